"""Split what the encoder marked as one place into the places that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from newsextract.gazetteer.names import name_key, strip_division
from newsextract.gazetteer.reader import Gazetteer
from newsextract.stages.places.names import (
    expand_demonym,
    find_inside,
    is_region,
    is_well_known,
    read_public_nouns,
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
_Splitter = Callable[[str, Gazetteer], tuple[Offsets, ...] | None]


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


def split_names(name: str, start: int, gazetteer: Gazetteer) -> Iterator[Offsets]:
    """Yield the offsets of the places of a name without commas that begins at ``start``.

    The first splitter that has an answer decides; a name that the gazetteer knows as its own
    ("Guinea-Bissau", "Trinidad and Tobago", "Fort Worth") is not split.
    """
    found = gazetteer.find(name)
    splitters = (_split_container,) if found else _SPLITTERS
    parts: tuple[Offsets, ...] | None = None
    if not any(main for _, main in found):
        parts = next((parts for split in splitters if (parts := split(name, gazetteer))), None)
    for first, last in parts or ((0, len(name)),):
        yield start + first, start + last


def _split_at(joint: re.Pattern[str], name: str) -> tuple[Offsets, Offsets] | None:
    """Return what is before and after the first joint of a name, which does not open it."""
    match = joint.search(name, 1)
    return match and ((0, match.start()), (match.end(), len(name)))


def _split_container(name: str, gazetteer: Gazetteer) -> tuple[Offsets, ...] | None:
    """Split "Perth Western Australia", where the country or division contains what is before it.

    Not "Lake Ontario", "South Georgia", nor "Washington DC", one place by two names.
    """
    for space in _SPACE.finditer(name):
        head, tail = name[: space.start()], name[space.end() :]
        town = _NO_TOWN.fullmatch(head) is None and tail not in _FEDERAL_DISTRICT
        if town and is_region(tail, gazetteer) and find_inside(head, tail, gazetteer):
            return (0, space.start()), (space.end(), len(name))
    return None


def _split_list(name: str, gazetteer: Gazetteer) -> tuple[Offsets, ...] | None:
    """Split "Dover and Lyme", two places of the gazetteer."""
    both = _split_at(_AND, name)
    return both if both and all(gazetteer.find(name[a:b]) for a, b in both) else None


def _split_owner(name: str, gazetteer: Gazetteer) -> tuple[Offsets, ...] | None:
    """Split "China's Hunan", but not "Queen Anne's County", "King's College".

    Of "Ann Lee's America" the second is a place.
    """
    both = _split_at(_OWNER, name)
    if both is None:
        return None
    left, right = (name[a:b] for a, b in both)
    if gazetteer.find(left) and right.partition(" ")[0] not in read_public_nouns():
        return both
    return both[1:] if right in gazetteer.well_known | LANDMARKS else None


def _split_countries(name: str, gazetteer: Gazetteer) -> tuple[Offsets, ...] | None:
    """Split "U.S.-Egypt", the two sides of something."""
    both = _split_at(_HYPHEN, name)
    return both if both and all(_is_country(name[a:b], gazetteer) for a, b in both) else None


def _cut_compound(name: str, gazetteer: Gazetteer) -> tuple[Offsets, ...] | None:
    """Cut the participle off "U.S.-led", "Cairo-based"."""
    tail = _COMPOUND.search(name, 1)
    head = name[: tail.start()] if tail else ""
    return ((0, len(head)),) if _is_country(head, gazetteer) or gazetteer.find(head) else None


def _is_country(name: str, gazetteer: Gazetteer) -> bool:
    return is_well_known(name, gazetteer) or expand_demonym(name) is not None


_SPLITTERS: tuple[_Splitter, ...] = (
    _split_owner, _split_countries, _cut_compound, _split_list, _split_container,
)  # fmt: skip
