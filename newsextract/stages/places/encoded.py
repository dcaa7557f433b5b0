"""Places from the encoder: split compounds, drop what is not a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from newsextract.language.calendar import WEEKDAYS
from newsextract.language.lexicon import read_words
from newsextract.language.person_names import is_given
from newsextract.language.rules import rule
from newsextract.stages.places.names import is_well_known, read_abbreviations, read_variants
from newsextract.stages.places.page import Entity, Page
from newsextract.stages.places.parts import LANDMARKS, split_names, split_parts
from newsextract.stages.places.toponyms import Toponym, name_toponym, read_toponym

_SIDE = re.compile(r"(?:north|south|east|west)-?(?:east|west)? of (?:the )?", re.IGNORECASE)
_CAPITAL_SIDE = re.compile(
    r"(?:North|South|East|West)-?(?:[Ee]ast|[Ww]est)?(?:ern)? (?=[^\W\d_a-z])|Central (?=[A-Z])"
)
_SMALL = re.compile(r"[a-z-]+ (?=[^\W\d_a-z])")
_SIDE_ALONE = re.compile(
    r"(?:North|South|East|West|Northeast|Northwest|Southeast|Southwest)ern|Central"
)
_STORM = re.compile(r"(?:Tropical )?(?:Storm|Hurricane|Typhoon|Cyclone) [A-Z]")
_BUILDING = re.compile(
    r" (?:Airport|Apartments|Arena|Bridge|Cathedral|Cemetery|Cent(?:er|re)|Courthouse|Dam"
    r"|Elementary|Hall|Hospital|Hotel|Jail|Mall|Museum|Prison|Resort|Stadium|Theat(?:er|re)|Tower"
    r"|Zoo)$"
)
_ROAD = re.compile(r"([^\W\d_].*?)[ -]\d{1,4}[A-Z]?")
_JOINTS = frozenset({" and ", " & ", " of ", " of the ", "-"})


@rule
def find_encoded(page: Page) -> Iterator[Toponym]:
    """Yield the encoder's places and facilities; "Austin, Texas" in one is two."""
    yield from find_joined(page)
    for entity in page.entities:
        if entity.label == "FAC" or (entity.label == "LOC" and _is_building(page, entity)):
            yield read_toponym(page.text, entity.start, entity.end, kind="facility")
        elif entity.label == "LOC" and not _is_no_place(page, entity):
            name = page.text[entity.start : _cut_number(page, entity)]
            for first, last in split_parts(name, entity.start):
                for start, end in split_names(page.text[first:last], first, page.gazetteer):
                    proper = _skip_side(page, start, end)
                    toponym = read_toponym(page.text, proper, _take_stop(page.text, proper, end))
                    if not toponym.text.islower() or toponym.start == entity.start:
                        yield toponym


def _cut_number(page: Page, entity: Entity) -> int:
    """Return where a name ends: without the number of a road in "Ohio 63", not in "Region 8"."""
    road = _ROAD.fullmatch(page.text, entity.start, entity.end)
    return road.end(1) if road and is_well_known(road[1], page.gazetteer) else entity.end


def _skip_side(page: Page, start: int, end: int) -> int:
    """Return where a name begins: "Nebraska" of "Northeast Nebraska", "Mass." of "Western Mass.".

    "North Dakota" and "South Fayette" are names, and "Ohio" of "suburban Ohio" is one.
    """
    if beside := _SIDE.match(page.text, start, end):
        return beside.end()
    side = _CAPITAL_SIDE.match(page.text, start, end) or _SMALL.match(page.text, start, end)
    if side is None or page.gazetteer.find(page.text[start:end]):
        return start
    return side.end() if is_well_known(page.text[side.end() : end], page.gazetteer) else start


def _take_stop(text: str, start: int, end: int) -> int:
    """Return where a name ends: with the period that "Vt." has after it."""
    stopped = text.startswith(".", end) and text[start : end + 1] in read_abbreviations()
    return end + stopped


@rule
def _is_building(page: Page, entity: Entity) -> bool:
    """Whether the last word of a place is a building's, and no settlement has the name.

    Some are known: towns are called "White House", but none that the press means.
    """
    name = page.text[entity.start : entity.end]
    listed = _BUILDING.search(name) is not None and not page.gazetteer.find(name)
    return listed or name in LANDMARKS


@rule
def _is_no_place(page: Page, entity: Entity) -> bool:
    """Whether a place is a club, a storm or a disease: "City won", "Storm Ann", "West Nile virus".

    So is a side: "Northern, Central and Coastal areas". Not: "the City", "Storm Lake", which the
    gazetteer knows, "the Texas flu season", "Northern Region". Storms have given names: where an
    article speaks of one, "Ian" is another.
    """
    name = page.text[entity.start : entity.end]
    if _is_other_word(page, entity, name):
        return True
    if name.lower() in read_words("place_nouns"):
        return page.text[max(0, entity.start - 4) : entity.start].lower() != "the "
    if name in page.gazetteer.well_known:
        return False
    side = _SIDE_ALONE.fullmatch(name) and page.text.startswith((",", " and "), entity.end)
    if side or name in page.namesakes:
        return True
    storm = _STORM.match(name) or (page.storms and is_given(name.lower()))
    return bool(storm) and not page.gazetteer.find(name)


def _is_other_word(page: Page, entity: Entity, name: str) -> bool:
    """Whether the encoder took a day or a road for a place: "Sat", "Highway 9".

    Also an abbreviation after a comma, "Seattle, Wash", which ``find_abbreviations`` reads.
    """
    road = _ROAD.fullmatch(name)
    if road and road[1].split()[-1].lower() in read_words("road_nouns"):
        return True
    shortened = name in read_variants() and page.text.endswith(", ", 0, entity.start)
    return shortened or name.lower() in WEEKDAYS


@rule
def find_joined(page: Page) -> Iterator[Toponym]:
    """Yield two places of the encoder that are one: "Newfoundland" and "Labrador"."""
    places = [entity for entity in page.entities if entity.label == "LOC"]
    for first, second in pairwise(places):
        if page.text[first.end : second.start] in _JOINTS:
            whole = name_toponym(page.text, first.start, second.end)
            if page.gazetteer.find(whole.name):
                yield whole
