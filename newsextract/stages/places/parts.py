"""Split what the encoder marked as one place into the places that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from newsextract.gazetteer.names import name_key, strip_division
from newsextract.gazetteer.reader import Gazetteer
from newsextract.language.lexicon import read_words
from newsextract.stages.places.names import (
    expand_demonym,
    find_inside,
    is_region,
    read_abbreviations,
    strip_direction,
)
from newsextract.stages.places.toponyms import DIVISION_KINDS, Offsets

_PARTS = re.compile(
    r"\s*,\s+(?:in\s+)?|\s*/\s*| (?:in|IN) (?=[^\W\d_a-z])"
    rf"|(?<= )(?P<kind>(?i:{DIVISION_KINDS})) (?:of|in) "
)
_OPEN = re.compile(r"\s*\([^)]*$")
_OWNER = re.compile(r"(?:['’][sS]|(?<=s)['’]) (?=\w)")
_HYPHEN = re.compile(r"-")
_AND = re.compile(r" (?:and|AND|&) ")
_COMPOUND = re.compile(r"-[a-z]+$")
_SPACE = re.compile(r" ")
_NO_TOWN = re.compile(
    r"(?i:lake|mount|mt\.?|gulf|cape|bay|port|fort|river|new|old|upper|lower|little|greater"
    r"|republic of|state of|north|south|east|west|central|(?:north|south|east|west)ern)"
)
_FEDERAL_DISTRICT = frozenset(("DC", "D.C.", "D.C"))
LANDMARKS = frozenset(("White House", "Oval Office"))
_Splitter = Callable[[str, int, int, Gazetteer], tuple[Offsets, ...] | None]


def split_parts(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the parts of a name that begins at ``start``.

    "Austin, Texas" has two, and so has "Jiangsu province of China"; "eastern province of Anhui"
    has one. What a parenthesis opens that is not closed is no part: "Mo. (AP".
    """
    text = _OPEN.sub("", text)
    first = 0
    for gap in _PARTS.finditer(text):
        end = max(gap.start(), gap.end("kind"))
        if gap["kind"] is None or strip_division(strip_direction(name_key(text[first:end]))):
            yield start + first, start + end
            first = gap.end()
    yield start + first, start + len(text)


def split_names(text: str, start: int, end: int, gazetteer: Gazetteer) -> Iterator[Offsets]:
    """Yield where the places of a name without commas stand.

    The first splitter that has an answer decides; a name that the gazetteer knows as its own
    ("Guinea-Bissau", "Trinidad and Tobago", "Fort Worth") is not split.
    """
    name = text[start:end]
    parts: tuple[Offsets, ...] | None = None
    if not any(main for _, main in gazetteer.find(name)):
        parts = next((p for split in _SPLITTERS if (p := split(text, start, end, gazetteer))), None)
    yield from parts or ((start, end),)


def _split_container(
    text: str, start: int, end: int, gazetteer: Gazetteer
) -> tuple[Offsets, ...] | None:
    """Split "Perth Western Australia", where the country or division contains what is before it.

    Not "Lake Ontario", "South Georgia", nor "Washington DC", one place by two names.
    """
    for space in _SPACE.finditer(text, start, end):
        head, tail = text[start : space.start()], text[space.end() : end]
        town = _NO_TOWN.fullmatch(head) is None and tail not in _FEDERAL_DISTRICT
        if town and is_region(tail, gazetteer) and find_inside(head, tail, gazetteer):
            return (start, space.start()), (space.end(), end)
    return None


def _split_list(
    text: str, start: int, end: int, gazetteer: Gazetteer
) -> tuple[Offsets, ...] | None:
    """Split "Dover and Lyme", two places of the gazetteer."""
    joint = _AND.search(text, start + 1, end)
    if joint is None or gazetteer.find(text[start:end]):
        return None
    both = (start, joint.start()), (joint.end(), end)
    return both if all(gazetteer.find(text[first:last]) for first, last in both) else None


def _split_owner(
    text: str, start: int, end: int, gazetteer: Gazetteer
) -> tuple[Offsets, ...] | None:
    """Split "China's Hunan", but not "Queen Anne's County", "King's College".

    Of "Ann Lee's America" the second is a place.
    """
    joint = _OWNER.search(text, start + 1, end)
    if joint is None or gazetteer.find(text[start:end]):
        return None
    left, right = text[start : joint.start()], text[joint.end() : end]
    nouns = read_words("institution_nouns") | read_words("civic_nouns")
    if gazetteer.find(left) and right.partition(" ")[0] not in nouns:
        return (start, joint.start()), (joint.end(), end)
    known = right in gazetteer.well_known | LANDMARKS
    return ((joint.end(), end),) if known else None


def _split_countries(
    text: str, start: int, end: int, gazetteer: Gazetteer
) -> tuple[Offsets, ...] | None:
    """Split "U.S.-Egypt", the two sides of something."""
    joint = _HYPHEN.search(text, start + 1, end)
    if joint is None or gazetteer.find(text[start:end]):
        return None
    both = (start, joint.start()), (joint.end(), end)
    return both if all(_is_country(text[a:b], gazetteer) for a, b in both) else None


def _cut_compound(
    text: str, start: int, end: int, gazetteer: Gazetteer
) -> tuple[Offsets, ...] | None:
    """Cut the participle off "U.S.-led", "Cairo-based"."""
    tail = _COMPOUND.search(text, start + 1, end)
    if tail is None or gazetteer.find(text[start:end]):
        return None
    head = text[start : tail.start()]
    return (
        ((start, tail.start()),) if _is_country(head, gazetteer) or gazetteer.find(head) else None
    )


def _is_country(name: str, gazetteer: Gazetteer) -> bool:
    known = name in gazetteer.well_known or name in read_abbreviations()
    return known or expand_demonym(name) is not None


_SPLITTERS: tuple[_Splitter, ...] = (
    _split_owner, _split_countries, _cut_compound, _split_list, _split_container,
)  # fmt: skip
