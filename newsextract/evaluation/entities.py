"""Named entities: exact spans of people, places and organizations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsextract.evaluation.tally import F1, Tally
from newsextract.records import Extraction, Organization, Person, Place

_KINDS = {
    "person": "person",
    "per": "person",
    "location": "place",
    "loc": "place",
    "organization": "organization",
    "org": "organization",
}
MEASURES = (F1("person"), F1("place"), F1("organization"), F1("micro"))

Entity = tuple[int, int, str]


def tally(gold: dict[str, Any], record: Extraction) -> Tally:
    """Count the mentions by name of one article; facilities are not places here."""
    result = Tally()
    labeled = ((s, e, _KINDS.get(label.lower())) for s, e, label in gold["entities"])
    wanted = {(s, e, kind) for s, e, kind in labeled if kind}
    found = set(_found(record))
    for kind in ("person", "place", "organization"):
        result.add_sets(
            kind, {x for x in wanted if x[2] == kind}, {x for x in found if x[2] == kind}
        )
    missed, extra = result.add_sets("micro", wanted, found)
    for group, entities in (("missed", missed), ("extra", extra)):
        for start, end, kind in sorted(entities):
            result.add_error(gold["id"], f"{group} {kind}", gold["text"][start:end])
    return result


def _found(record: Extraction) -> Iterator[Entity]:
    locations = (place for place in record.places if place.kind != "facility")
    entities: tuple[tuple[str, tuple[Person | Place | Organization, ...]], ...] = (
        ("person", record.people),
        ("place", tuple(locations)),
        ("organization", record.organizations),
    )
    for kind, group in entities:
        for entity in group:
            yield from ((m.start, m.end, kind) for m in entity.mentions if m.form == "name")
