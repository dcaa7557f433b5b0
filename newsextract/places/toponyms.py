"""A place name as recognised in the text, before it is resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from newsextract.places.names import expand_demonym
from newsextract.records import Form, PlaceKind
from newsextract.text import DASHES

Offsets = tuple[int, int]
DIVISION_KINDS = "province|prefecture|region|state|county|district"
"""Words for a division after its name, before what it is of: "Yunnan province of China"."""
Hint = Literal["division", "district", "settlement"]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of a place at ``start:end``.

    ``name`` is what is looked up: the text itself, or what an adjective or an abbreviation stands
    for. ``hint`` is what the words beside it say that it is. ``container`` is the
    place of the toponym that says where it lies: "Texas" in "Austin, Texas", or "Oslo" inside of
    "Oslo Hospital".
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


def read_toponym(text: str, start: int, end: int, *, kind: PlaceKind = "location") -> Toponym:
    """Return the toponym at ``start:end``: an adjective where it is one, else a name."""
    surface = text[start:end].rstrip(DASHES) or text[start:end]
    end = start + len(surface)
    place = expand_demonym(surface)
    if place is None:
        return Toponym(start, end, surface, surface, kind=kind)
    return Toponym(start, end, surface, place, form="adjective", kind=kind)
