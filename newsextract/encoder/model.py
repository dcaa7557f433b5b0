"""The files of a model folder, and the network run over windows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from newsextract.encoder.viterbi import Transitions
from newsextract.encoder.windows import PieceReader, Window, cut_windows, load_pieces
from newsextract.encoder.words import Words
from newsextract.errors import ModelError

Floats = NDArray[np.float32]
CLS, SEP = 101, 102
GROUP = 48
"""Windows whose outputs are held at once: memory stays flat on a text of any length."""


@dataclass(frozen=True)
class Model:
    """A loaded model; ``threads`` windows run at the same time, one window a run.

    One window a run and one thread a window: the scales of a dynamically quantised network come
    from the whole tensor, so company or padding would change an article's record.
    """

    name: str
    heads: dict[str, slice]
    deprels: tuple[str, ...]
    arrays: dict[str, Floats]
    read_pieces: PieceReader
    session: onnxruntime.InferenceSession
    threads: int = 1

    def transitions(self, head: str) -> Transitions:
        """Return the tag transitions of ``head``: entity or attribution."""
        return Transitions(
            *(self.arrays[f"{head}_{part}"] for part in ("between", "opening", "closing"))
        )

    @cached_property
    def pool(self) -> ThreadPoolExecutor | None:
        """The threads that run windows, if there is more than one."""
        return ThreadPoolExecutor(self.threads) if self.threads > 1 else None

    def run(self, words: Words) -> Iterator[tuple[int, Floats]]:
        """Yield (first word, outputs of all heads (words, width)) for groups of windows."""
        pieces = [self.read_pieces(word) for word in words.texts]
        windows = cut_windows([len(p) for p in pieces], words.breaks)
        for at in range(0, len(windows), GROUP):
            group = windows[at : at + GROUP]
            feeds = [_feed(words, pieces, window) for window in group]
            outputs = self.pool.map(self._run, feeds) if self.pool else map(self._run, feeds)
            kept = [
                out[w.first - w.start : w.last - w.start]
                for w, out in zip(group, outputs, strict=True)
            ]
            yield group[0].first, np.concatenate(kept)

    def _run(self, feed: dict[str, NDArray[np.int64]]) -> Floats:
        output: Floats = self.session.run(["heads"], feed)[0]
        return output

    def count_pieces(self, words: Words) -> int:
        """Return how many word pieces the network reads for ``words``."""
        return sum(len(self.read_pieces(word)) for word in words.texts)


def _feed(
    words: Words, pieces: Sequence[Sequence[int]], window: Window
) -> dict[str, NDArray[np.int64]]:
    """Return the inputs of one window: pieces with both end marks, features, first positions."""
    part = slice(window.start, window.end)
    ids, marks, first = lay_out(words, pieces, part)
    return {
        "pieces": np.array(ids, np.int64),
        "features": np.array(marks, np.int64),
        "first": np.array(first, np.int64),
    }


def lay_out(
    words: Words, pieces: Sequence[Sequence[int]], part: slice
) -> tuple[list[int], list[list[int]], list[int]]:
    """Return piece ids, the three features of each piece, and each word's first position."""
    ids, first = [CLS], []
    cases, breaks, quotes = [7], [0], [0]
    features = zip(
        pieces[part], words.cases[part], words.breaks[part], words.quotes[part], strict=True
    )
    for word, case, gap, quote in features:
        first.append(len(ids))
        ids += word
        cases += [case] * len(word)
        breaks += [gap] * len(word)
        quotes += [quote] * len(word)
    return [*ids, SEP], [[*cases, 7], [*breaks, 0], [*quotes, 0]], first


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
            _slices(about["heads"]),
            tuple(about["deprels"]),
            decoding,
            load_pieces(folder / "tokenizer.json"),
            _open_session(folder / "encoder.onnx"),
            threads,
        )
    except Exception as error:
        raise ModelError(
            f"no usable model in {folder} ({error}): install newsextract again, "
            "or give the folder that `newsextract train` wrote"
        ) from error


def _slices(widths: dict[str, int]) -> dict[str, slice]:
    slices, at = {}, 0
    for name, width in widths.items():
        slices[name] = slice(at, at + width)
        at += width
    return slices


def _open_session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
