"""Recover toponyms that the encoder labeled PERSON or ORG."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsextract.language.lexicon import read_words
from newsextract.language.rules import rule
from newsextract.stages.places.page import Entity, Page
from newsextract.stages.places.toponyms import Toponym, name_toponym

_FEWEST_PEOPLE = 1000
_CAPITALS = r"(?:ST\.|[A-Z][a-z]?[A-Z][A-Z'’]*)(?:[ -][A-Z][A-Z'’]*){0,3}"
_DATELINE = re.compile(
    rf"(?:^|(?<=[.!?”\"]\s)|(?<=\s\s)|(?<=\n))(?P<place>{_CAPITALS})(?:,\s[A-Z][\w.]+(?:\s[A-Z]\w+)?)?"
    r"\s?(?:\([\w ./]{2,30}\)\s?)?\Z",
    re.MULTILINE,
)
_DASH = re.compile(r"--|—|–|-\s")
_LONGEST_DATELINE = 90
_FOLLOWER = re.compile(r"(?:['’]s)?\s(\w+)")


@rule
def find_mistaken(page: Page) -> Iterator[Toponym]:
    """Yield places by position: datelines inside of paragraphs, and towns before their offices.

    Fires: "CORSICANA — A woman", "[PERSON Monroe] police". Not: "USA — A woman" in a list of
    organizations, "[PERSON Ann Monroe] police".
    """
    for dash in _DASH.finditer(page.text):
        first = max(0, dash.start() - _LONGEST_DATELINE)
        match = _DATELINE.search(page.text, first, dash.start())
        if match and page.gazetteer.most_people(match["place"]) >= _FEWEST_PEOPLE:
            yield name_toponym(page.text, *match.span("place"))
    for entity in page.entities:
        name = page.text[entity.start : entity.end]
        office = entity.label in ("PERSON", "ORG") and _precedes_office(page, entity)
        if office and page.gazetteer.most_people(name) >= _FEWEST_PEOPLE:
            yield name_toponym(page.text, entity.start, entity.end)


def _precedes_office(page: Page, entity: Entity) -> bool:
    match = _FOLLOWER.match(page.text, entity.end)
    return match is not None and match[1] in read_words("place_followers")
