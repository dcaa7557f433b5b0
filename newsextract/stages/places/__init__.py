"""Places: find toponyms and resolve them against the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from newsextract.gazetteer.reader import Gazetteer, open_gazetteer
from newsextract.records import Block, Person, Place
from newsextract.stages.places.collect import collect_places
from newsextract.stages.places.evidence import find_evidence
from newsextract.stages.places.finders import find_toponyms
from newsextract.stages.places.hints import add_hints, contain_beside, free_listed, hint_countries
from newsextract.stages.places.page import open_page
from newsextract.stages.places.resolve import find_home, resolve_toponyms
from newsextract.stages.places.toponyms import Toponym

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["find_home", "find_places", "read_toponyms"]


def find_places(
    doc: Doc,
    blocks: Sequence[Block],
    *,
    gazetteer: Gazetteer | None = None,
    home: str | None = None,
    people: Iterable[Person] = (),
) -> tuple[Place, ...]:
    """Return the places that ``doc`` names, in the order of their first mentions.

    Args:
        doc: the annotated article: its entities are read.
        blocks: its layout; blocks that repeat others are passed over.
        gazetteer: the gazetteer to resolve against; the one that ships when not given.
        home: where the paper is local, "US" or "US-LA" (ISO 3166): tips the scales between places
            of one name.
        people: the article's people, whose names are no places.

    Raises:
        ModelError: the gazetteer that ships is missing or broken.
        InputError: ``home`` is no country or division.
    """
    gazetteer = gazetteer or open_gazetteer()
    at_home = find_home(home, gazetteer)
    toponyms, evidence = read_toponyms(doc, blocks, gazetteer=gazetteer, people=people)
    resolutions = resolve_toponyms([*toponyms, *evidence], gazetteer, home=at_home)
    return collect_places(toponyms, resolutions[: len(toponyms)], gazetteer)


def read_toponyms(
    doc: Doc, blocks: Sequence[Block], *, gazetteer: Gazetteer, people: Iterable[Person] = ()
) -> tuple[tuple[Toponym, ...], tuple[Toponym, ...]]:
    """Return the toponyms of ``doc`` in text order, and the names that are evidence only."""
    mentions = [m for person in people for m in person.mentions if m.form == "name"]
    page = open_page(doc, blocks, gazetteer=gazetteer, people=mentions)
    toponyms = add_hints(page.text, find_toponyms(page))
    toponyms = free_listed(page.text, toponyms, gazetteer)
    toponyms = contain_beside(page.text, toponyms, gazetteer)
    toponyms = hint_countries(page.text, toponyms, gazetteer)
    return toponyms, tuple(find_evidence(page))
