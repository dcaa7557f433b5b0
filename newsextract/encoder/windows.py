"""Word pieces, and windows over them: the network reads at most ``MAX_PIECES`` at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from tokenizers import Tokenizer

MAX_PIECES = 256
MAX_WORD_PIECES = 12
OVERLAP = 48
_BODY = MAX_PIECES - 2


class PieceReader(Protocol):
    """Anything that turns one word into the ids of its pieces."""

    def __call__(self, word: str) -> tuple[int, ...]: ...


def load_pieces(path: Path) -> PieceReader:
    """Return the word-piece reader of the tokenizer file at ``path``, with a bounded cache.

    A word of more than ``MAX_WORD_PIECES`` pieces (a long address) keeps its first ones.
    """
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    unknown: int = tokenizer.token_to_id("[UNK]") or 0

    @lru_cache(maxsize=32768)
    def read(word: str) -> tuple[int, ...]:
        ids = tokenizer.encode(word[:200], add_special_tokens=False).ids
        return tuple(ids[:MAX_WORD_PIECES]) or (unknown,)

    return read


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``start`` to ``end`` go through the network; ``first`` to ``last`` are kept."""

    start: int
    end: int
    first: int
    last: int


def cut_windows(lengths: Sequence[int], breaks: Sequence[int], *, used: int = 0) -> list[Window]:
    """Return windows that keep every word once, cut at line ends where a line fits.

    Args:
        lengths: pieces of each word, each at most ``MAX_WORD_PIECES``.
        breaks: the break before each word (``words.BREAKS``).
        used: pieces by which the first window is smaller; training varies it.
    """
    windows: list[Window] = []
    start, pieces = 0, used
    for first, last in _lines(breaks):
        size = sum(lengths[first:last])
        if first > start and pieces + size > _BODY:
            windows.append(Window(start, first, start, first))
            start, pieces = first, 0
        if size > _BODY:
            windows += _cut_line(lengths, first, last)
            start, pieces = last, 0
        else:
            pieces += size
    if start < len(lengths):
        windows.append(Window(start, len(lengths), start, len(lengths)))
    return windows


def _lines(breaks: Sequence[int]) -> list[tuple[int, int]]:
    starts = [i for i, gap in enumerate(breaks) if gap >= 2 or i == 0]
    return list(pairwise([*starts, len(breaks)]))


def _cut_line(lengths: Sequence[int], first: int, last: int) -> list[Window]:
    """Cut one long line into windows that overlap; each half of an overlap has one keeper."""
    windows, start, keep = [], first, first
    while start < last:
        end, pieces = start, 0
        while end < last and pieces + lengths[end] <= _BODY:
            pieces += lengths[end]
            end += 1
        if end == last:
            windows.append(Window(start, last, keep, last))
            break
        back, middle, overlap = end, end, 0
        while overlap < OVERLAP:
            back -= 1
            overlap += lengths[back]
            middle = back if overlap <= OVERLAP // 2 else middle
        windows.append(Window(start, end, keep, middle))
        start, keep = back, middle
    return windows
