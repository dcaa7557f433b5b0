"""Span comparison: trim edges, join adjacent spans, count words."""

from __future__ import annotations

import re
from collections.abc import Iterable

Offsets = tuple[int, int]
Spans = tuple[Offsets, ...]

_EDGE = " \t\r\n\u00a0\"'“”‘’«»„.,;:!?–—-…"


def trim(text: str, start: int, end: int) -> Offsets:
    """Return the span without quotation marks, white space and closing punctuation at its edges.

    Conventions differ between corpora in what is at an edge; they must not decide a match.
    """
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def join(text: str, spans: Iterable[Offsets]) -> Spans:
    """Return ``spans`` trimmed; those with no word between them become one, empty ones go."""
    joined: list[Offsets] = []
    for start, end in (trim(text, *span) for span in sorted(spans)):
        if start >= end:
            continue
        if joined and not re.search(r"\w", text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def word_starts(text: str, spans: Iterable[Offsets]) -> frozenset[int]:
    """Return where the words under ``spans`` begin."""
    words = re.compile(r"\w+")
    found = ((start, words.finditer(text[start:end])) for start, end in spans)
    return frozenset(start + match.start() for start, matches in found for match in matches)
