"""What the words beside a toponym say about it: its kind, and the place that contains it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsextract.places.toponyms import Hint, Toponym

_WINDOW = 40
_KINDS: tuple[tuple[Hint, str], ...] = (
    (
        "division",
        r"region|oblast|province|governorate|prefecture|voivodeship|canton|republic|emirate|state"
        r"|autonomous region|territory",
    ),
    ("district", r"county|district|department|parish|raion|counties"),
    ("settlement", r"city|town|township|village|suburb|neighbou?rhood|borough"),
)
_AFTER = tuple(
    (hint, re.compile(rf"(?:'s|’s)?\s(?:{words})(?P<plural>s)?\b(?!\s[A-Z])"))
    for hint, words in _KINDS
)
_BEFORE = tuple(
    (
        hint,
        re.compile(rf"\b(?:{words})s?(?:\s(?:of|called|named))?(?: the)?\s(?:\S+\sand\s)?$"),
    )
    for hint, words in _KINDS
)
_LIST_GAP = re.compile(r"(?:,| and| or|, and|, or| &)\s(?:the\s)?$")
_CONTAINER_GAP = re.compile(r"\s?,\s+(?:in\s)?$|\s\($|,\s(?:also\s)?in\s(?:the\s)?$")


def add_hints(text: str, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
    """Return the toponyms, in text order, with their hints and containers.

    "the Kursk and Belgorod regions" are two divisions; in "Paris, Texas" the second contains the
    first, but "Paris and Texas" is a list.
    """
    hinted: list[Toponym] = []
    after: Toponym | None = None
    for toponym in reversed(toponyms):
        found = _add_hint(text, toponym, after=after)
        hinted.append(found)
        after = found
    return tuple(reversed(hinted))


def _add_hint(text: str, toponym: Toponym, *, after: Toponym | None) -> Toponym:
    if toponym.form != "name":
        return toponym
    hint = read_hint(text, toponym.start, toponym.end)
    gap = text[toponym.end : after.start] if after else ""
    container = None
    if after and after.start - toponym.end < _WINDOW:
        if hint is None and after.hint and _LIST_GAP.fullmatch(gap) and _is_plural(text, after):
            hint = after.hint
        if _CONTAINER_GAP.fullmatch(gap) and after.form == "name":
            container = after.start
    return replace(toponym, hint=hint, container=container)


def read_hint(text: str, start: int, end: int) -> Hint | None:
    """Return what the words right after or before ``text[start:end]`` say that the place is."""
    following = text[end : end + _WINDOW]
    for hint, pattern in _AFTER:
        if pattern.match(following):
            return hint
    before = text[max(0, start - _WINDOW) : start]
    return next((hint for hint, pattern in _BEFORE if pattern.search(before)), None)


def _is_plural(text: str, toponym: Toponym) -> bool:
    following = text[toponym.end : toponym.end + _WINDOW]
    if re.match(r"\scounties\b", following):
        return True
    matches = (pattern.match(following) for _, pattern in _AFTER)
    return any(match and match["plural"] for match in matches)
