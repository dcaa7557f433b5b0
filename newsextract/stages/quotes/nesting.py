"""Nested quotes: find the quote that contains another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from newsextract.records import Quote

_DEEPEST = 20
"""Open quotes that are searched, so that many overlapping ones take linear time."""


def nest_quotes(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return ``quotes`` numbered in order, each with the id of the quote that it is inside."""
    quotes = tuple(quotes)
    return tuple(
        replace(quote, id=f"Q{number}", in_quote=None if outer is None else f"Q{outer + 1}")
        for number, (quote, outer) in enumerate(zip(quotes, find_enclosing(quotes), strict=True), 1)
    )


def find_enclosing(quotes: Sequence[Quote]) -> list[int | None]:
    """Return for each quote the index of the smallest quote whose content holds its content."""
    spans = [(q.content[0].start, q.content[-1].end) if q.content else (0, 0) for q in quotes]
    order = sorted(range(len(quotes)), key=lambda i: (spans[i][0], -spans[i][1]))
    enclosing: list[int | None] = [None] * len(quotes)
    open_: list[int] = []
    for i in order:
        while open_ and spans[open_[-1]][1] <= spans[i][0]:
            open_.pop()
        around = (j for j in reversed(open_[-_DEEPEST:]) if spans[j] != spans[i])
        enclosing[i] = next((j for j in around if _holds(quotes[j], spans[i])), None)
        open_.append(i)
    return enclosing


def _holds(outer: Quote, span: tuple[int, int]) -> bool:
    """Whether one part of the content of ``outer`` holds ``span``."""
    start, end = span
    return any(p.start <= start and end <= p.end for p in outer.content)
