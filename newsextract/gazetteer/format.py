"""The gazetteer file format: a JSON header and memory-mapped arrays.

The file starts with the line ``newsextract gazetteer 1`` and a line of JSON (``meta``, and each
array's type, length and offset); the arrays follow, each aligned to eight bytes. Numbers are
little-endian.
"""

from __future__ import annotations

import json
import mmap
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from newsextract.errors import ModelError

MAGIC = b"newsextract gazetteer 1\n"
_LONGEST_HEAD = 1 << 20
Array = npt.NDArray[Any]

MEND = "reinstall newsextract, or build one with newsextract gazetteer build --from DIR"


def write_file(path: Path, *, meta: dict[str, Any], arrays: dict[str, Array]) -> None:
    """Write the arrays (one-dimensional) and ``meta`` (JSON values) to ``path``."""
    little = {name: array.astype(array.dtype.newbyteorder("<")) for name, array in arrays.items()}
    places, position = {}, 0
    for name, array in little.items():
        places[name] = [array.dtype.str, len(array), position]
        position += _padded(array.nbytes)
    head = json.dumps({"meta": meta, "arrays": places}, sort_keys=True, ensure_ascii=False)
    encoded = head.encode()
    encoded += b" " * (-(len(MAGIC) + len(encoded) + 1) % 8) + b"\n"
    with path.open("wb") as file:
        file.write(MAGIC + encoded)
        for array in little.values():
            file.write(array.tobytes().ljust(_padded(array.nbytes), b"\0"))


def read_file(path: Path) -> tuple[dict[str, Any], dict[str, Array]]:
    """Return the meta data and the read-only arrays of the gazetteer at ``path``.

    Raises:
        ModelError: the file is missing, cut short or no gazetteer; the message says how to mend it.
    """
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError as error:
        raise ModelError(f"no gazetteer at {path}: {MEND}") from error
    except (OSError, ValueError) as error:
        raise ModelError(f"the gazetteer {path} cannot be read ({error}): {MEND}") from error
    if data[: len(MAGIC)] != MAGIC:
        raise ModelError(f"{path} is not a gazetteer of this version: {MEND}")
    try:
        return _read_arrays(data)
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"the gazetteer {path} is cut short or broken: {MEND}") from error


def _read_arrays(data: mmap.mmap) -> tuple[dict[str, Any], dict[str, Array]]:
    line_end = data.find(b"\n", len(MAGIC), _LONGEST_HEAD)
    head = json.loads(data[len(MAGIC) : line_end])
    base = line_end + 1
    arrays = {
        name: np.frombuffer(data, dtype=dtype, count=length, offset=base + position)
        for name, (dtype, length, position) in head["arrays"].items()
    }
    return head["meta"], arrays


def _padded(size: int) -> int:
    return size + -size % 8
