"""Terminal text: display width, wrapping and truncation by columns, no control sequences."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

_WIDE = "WF"
_ZERO_WIDTH = {"Mn", "Me", "Cf"}
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """Return ``text`` on one line, without terminal control sequences.

    White space of any length becomes one space. Control characters, lone surrogates and marks
    that change the direction of writing become U+FFFD, so that an article cannot send escape codes.
    """
    return " ".join("".join(map(_clean_character, text)).split())


def _clean_character(c: str) -> str:
    if c.isprintable() or c.isspace():
        return c
    if unicodedata.category(c) == "Cf" and c not in _BIDI:
        return c
    return "\ufffd"


def width(text: str) -> int:
    """Return how many columns ``text`` takes: East Asian wide characters two, accents none."""
    if text.isascii():
        return len(text)
    return sum(map(_character_width, text))


def _character_width(c: str) -> int:
    if unicodedata.category(c) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(c) in _WIDE else 1


def pad(text: str, columns: int) -> str:
    """Return ``text`` with spaces after it, so that it takes at least ``columns``."""
    return text + " " * (columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """Return ``text`` in lines of at most ``columns``, broken at spaces where there are any."""
    lines: list[str] = []
    line, used = "", 0
    for word in _pieces(clean(text), columns):
        size = width(word)
        if line and used + 1 + size > columns:
            lines.append(line)
            line, used = word, size
        else:
            line = f"{line} {word}" if line else word
            used += size + (used > 0)
    return [*lines, line]


def _pieces(text: str, columns: int) -> Iterator[str]:
    """Yield the words of ``text``, with overlong ones cut to line length."""
    for word in text.split(" "):
        start = used = 0
        for i, c in enumerate(word if len(word) > columns // 2 else ""):
            size = _character_width(c)
            if used + size > columns and i > start:
                yield word[start:i]
                start, used = i, 0
            used += size
        yield word[start:]


def cut(text: str, columns: int) -> str:
    """Return the longest beginning of ``text`` that fits, at least one character."""
    used = 0
    for i, c in enumerate(text):
        used += _character_width(c)
        if used > columns and i:
            return text[:i]
    return text


def beside(
    left: Sequence[str], right: Sequence[str], *, margin: int, split: int, columns: int
) -> list[str]:
    """Return two cells side by side as lines: ``left`` from ``margin``, ``right`` from ``split``.

    Each cell is a sequence of texts; each begins a new line and is wrapped.
    """
    lefts = [line for text in left for line in wrap(text, split - margin - 2)]
    rights = [line for text in right for line in wrap(text, columns - split)]
    pairs = zip_longest(lefts, rights, fillvalue="")
    return [(" " * margin + pad(a, split - margin) + b).rstrip() for a, b in pairs]
