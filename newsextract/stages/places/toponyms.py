"""A place name as recognized in the text, before it is resolved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from newsextract.language.strings import DASHES
from newsextract.records import Form, PlaceKind
from newsextract.stages.places.names import expand_demonym

Offsets = tuple[int, int]
_SIDES = (
    r"(?:north|south|east|west|mid)-?(?:east|west)?(?:ern)?|central|mainland|downtown|rural|coastal"
)
_KINDS = (
    r"province|prefecture|region|state|county|district|oblast|governorate|upazila|city|town|village"
    r"|river|islands?|peninsula|sea|lake|valley"
)
_SMALL_BEFORE = re.compile(rf"(?:(?:{_SIDES}|{_KINDS}|port|capital|and|of|the)\s+)+(?=[^\W\d_a-z])")
_BEFORE_NAME = re.compile(r"(?:\d{1,5}[A-Z]?\s+|[RDI]-)(?=[^\W\d_a-z])")
_SMALL_AFTER = re.compile(rf"(?:\s+(?:autonomous\s+)?(?:{_KINDS}))+$")
_SEVERAL_AFTER = re.compile(rf"\s+(?:counties|cities|(?:{_KINDS})s)$")
DIVISION_KINDS = "province|prefecture|region|state|county|district"
"""Words for a division after its name, before what it is of: "Yunnan province of China"."""
Hint = Literal["country", "division", "district", "settlement"]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of a place at ``start:end``.

    ``name`` is what is looked up: the text itself, the text with its kind ("Cebu province"), or
    what an adjective or an abbreviation stands for. ``hint`` is what the words beside it say that
    it is. ``container`` is the place of the toponym that says where it lies: "Texas" in "Austin,
    Texas", or "Oslo" inside of "Oslo Hospital".
    """

    start: int
    end: int
    text: str
    name: str
    form: Form = "name"
    kind: PlaceKind = "location"
    hint: Hint | None = None
    container: Offsets | None = None

    @property
    def offsets(self) -> Offsets:
        """Where the name stands: its start and end."""
        return self.start, self.end


def name_toponym(text: str, start: int, end: int) -> Toponym:
    """Return the toponym at ``start:end``: a name that is looked up as it is written."""
    return Toponym(start, end, text[start:end], text[start:end])


def read_toponym(text: str, start: int, end: int, *, kind: PlaceKind = "location") -> Toponym:
    """Return the toponym at ``start:end``: an adjective where it is one, else a name."""
    surface = _SEVERAL_AFTER.sub("", _strip_signs(text[start:end]))
    end = start + len(surface)
    place = expand_demonym(surface)
    if place is not None:
        return Toponym(start, end, surface, place, form="adjective", kind=kind)
    if kind == "facility":
        return Toponym(start, end, surface, surface, kind=kind)
    first, last = trim_small(text, start, end)
    before = _BEFORE_NAME.match(surface)
    return Toponym(first, last, text[first:last], surface[before.end() if before else 0 :])


def _strip_signs(name: str) -> str:
    """Return a name without the dash, the mark-up or the unopened parenthesis that it ends with."""
    signs = f"{DASHES}<" if "(" in name else f"{DASHES}<)"
    return name.rstrip(signs) or name


def trim_small(text: str, start: int, end: int) -> Offsets:
    """Return where the name is without the words in lower case beside it.

    "Ukraine" of "southern Ukraine", "Cebu" of "Cebu province", "Anhui" of "eastern province of
    Anhui"; all of "South Sudan". Nor is a party part of it ("R-London"), or the number of a house.
    """
    before = _SMALL_BEFORE.match(text, start, end) or _BEFORE_NAME.match(text, start, end)
    first = before.end() if before else start
    after = _SMALL_AFTER.search(text, first, end)
    return first, after.start() if after and after.start() > first else end
