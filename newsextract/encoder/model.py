"""The files of a model folder, and the network run over windows."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from newsextract.encoder.evidence import read_weights
from newsextract.encoder.lines import Transitions
from newsextract.encoder.windows import PieceReader, Window, cut_windows, load_pieces
from newsextract.encoder.words import Words
from newsextract.errors import ModelError

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Outputs = Iterator[tuple[int, Floats]]
PADDING, CLS, SEP, MASK = 0, 101, 102, 103
GROUP = 48
"""Windows whose outputs are held at once: memory stays flat on a text of any length."""


@dataclass(frozen=True)
class Model:
    """A loaded model; ``threads`` windows run at the same time, one window a run.

    One window a run and one thread a window: the scales of a dynamically quantised network come
    from the whole tensor, so company or padding would change an article's record. ``convention`` is
    an index into ``CONVENTIONS``: by which corpus's guide attributions are found.
    """

    name: str
    heads: dict[str, slice]
    deprels: tuple[str, ...]
    arrays: dict[str, Floats]
    read_pieces: PieceReader
    session: onnxruntime.InferenceSession
    threads: int = 1
    score_weights: NDArray[np.float64] | None = None
    convention: int = 0

    def transitions(self, head: str) -> Transitions:
        """Return the tag transitions of ``head``: entity, cue, loose, phrase or roles."""
        return Transitions(
            *(self.arrays[f"{head}_{part}"] for part in ("between", "opening", "closing"))
        )

    @property
    def pool(self) -> ThreadPoolExecutor | None:
        """The threads that run windows, if there is more than one; a forked child makes its own."""
        if self.threads == 1:
            return None
        if (process := os.getpid()) not in self._pools:
            self._pools[process] = ThreadPoolExecutor(self.threads)
        return self._pools[process]

    @cached_property
    def _pools(self) -> dict[int, ThreadPoolExecutor]:
        return {}

    def run(self, words: Words, *, syntax: bool = True) -> Outputs:
        """Return (first word, outputs of the heads (words, width)) for groups of windows.

        With threads the first group starts at once, and each other one while the outputs of the
        one before are read. Without ``syntax`` the last heads, those of trees, are left out.
        """
        width = None if syntax else self.heads["dependent"].start
        pieces = [self.read_pieces(word) for word in words.texts]
        windows = cut_windows([len(p) for p in pieces], words.breaks)
        groups = [windows[at : at + GROUP] for at in range(0, len(windows), GROUP)]
        begin = partial(self._start, words, pieces, width=width)
        return _collect(groups, begin, begun=begin(groups[0]) if groups else iter(()))

    def _start(
        self,
        words: Words,
        pieces: Sequence[Sequence[int]],
        group: Sequence[Window],
        *,
        width: int | None,
    ) -> Iterator[Floats]:
        """Start the windows of a group; those that read the same, as filler does, are run once."""
        feeds = [_feed(words, pieces, window) for window in group]
        keys = [b"".join(part.tobytes() for part in feed.values()) for feed in feeds]
        once = dict(zip(keys, feeds, strict=True))
        run = partial(self._run, width=width)
        outputs = (self.pool.map if self.pool else map)(run, once.values())
        return outputs if len(once) == len(feeds) else _share(outputs, keys)

    def _run(self, feed: dict[str, Ints], width: int | None) -> Floats:
        convention = np.array(self.convention)
        output: Floats = self.session.run(["heads"], feed | {"convention": convention})[0]
        return output if width is None else output[:, :width].copy()

    def count_pieces(self, words: Words) -> int:
        """Return how many word pieces the network reads for ``words``."""
        return sum(len(self.read_pieces(word)) for word in words.texts)


def _collect(
    groups: Sequence[Sequence[Window]],
    begin: Callable[[Sequence[Window]], Iterator[Floats]],
    *,
    begun: Iterator[Floats],
) -> Outputs:
    for group, following in zip_longest(groups, groups[1:]):
        outputs = _lay_together(group, begun)
        if following is not None:
            begun = begin(following)
        yield group[0].first, outputs
        del outputs  # before the next ones are laid together


def _lay_together(group: Sequence[Window], outputs: Iterator[Floats]) -> Floats:
    """Return the outputs that are kept of each window, without holding all of them twice."""
    first, last = group[0].first, group[-1].last
    table: Floats | None = None
    for window, output in zip(group, outputs, strict=True):
        if table is None:
            table = np.empty((last - first, output.shape[1]), output.dtype)
        kept = output[window.first - window.start : window.last - window.start]
        table[window.first - first : window.last - first] = kept
    assert table is not None
    return table


def _share(outputs: Iterator[Floats], keys: Sequence[bytes]) -> Iterator[Floats]:
    """Yield the output of each of ``keys``, given one of each in the order of the first ones."""
    known = dict(zip(dict.fromkeys(keys), outputs, strict=True))
    yield from (known[key] for key in keys)


def _feed(words: Words, pieces: Sequence[Sequence[int]], window: Window) -> dict[str, Ints]:
    """Return the inputs of one window: pieces with both end marks, features, first positions."""
    ids, marks, first = lay_out(words, pieces, slice(window.start, window.end))
    return {"pieces": ids, "features": marks, "first": first}


def lay_out(words: Words, pieces: Sequence[Sequence[int]], part: slice) -> tuple[Ints, Ints, Ints]:
    """Return piece ids (n,), the three features of each piece (3, n), each word's first position.

    Both end marks are among the pieces.
    """
    own = pieces[part]
    sizes = np.array([1, *map(len, own), 1])
    ids = np.fromiter(chain((CLS,), *own, (SEP,)), np.int64, int(sizes.sum()))
    marks = [
        (7, *words.cases[part], 7),
        (0, *words.breaks[part], 0),
        (0, *words.quotes[part], 0),
    ]
    return ids, np.repeat(np.array(marks, np.int64), sizes, axis=1), np.cumsum(sizes[:-1])[:-1]


def load_model(folder: Path, *, threads: int = 1) -> Model:
    """Return the model in ``folder``, the one file set that training exports.

    Raises:
        ModelError: a file is missing or cannot be read.
    """
    try:
        about: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf8"))
        with np.load(folder / "decoding.npz", allow_pickle=False) as arrays:
            decoding = {name: arrays[name] for name in arrays.files}
        return Model(
            about["name"],
            slice_heads(about["heads"]),
            tuple(about["deprels"]),
            decoding,
            load_pieces(folder / "tokenizer.json"),
            _open_session(folder / "encoder.onnx"),
            threads,
            read_weights(folder),
        )
    except Exception as error:
        raise ModelError(
            f"no usable model in {folder} ({error}): install newsextract again, "
            "or give the folder that `newsextract train` wrote"
        ) from error


def slice_heads(widths: dict[str, int]) -> dict[str, slice]:
    """Return where the outputs of each head stand among those of all."""
    slices, at = {}, 0
    for name, width in widths.items():
        slices[name] = slice(at, at + width)
        at += width
    return slices


def _open_session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"],
        # The fused sum and norm is slower than its two parts.
        disabled_optimizers=["SkipLayerNormFusion"],
    )  # fmt: skip
