"""Finding the places that an article names: each finder yields toponyms, the first has its way.

The encoder's places come first; what it leaves out is found by lists, patterns and the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from newsextract.gazetteer.names import name_key, strip_division
from newsextract.gazetteer.reader import Gazetteer
from newsextract.lexicon import read_words
from newsextract.places.abbreviations import find_abbreviations
from newsextract.places.adjectives import find_adjectives
from newsextract.places.embedded import find_embedded, nest_places
from newsextract.places.mistaken import find_mistaken
from newsextract.places.names import (
    expand_demonym,
    find_places_called,
    is_river,
    read_abbreviations,
    strip_direction,
)
from newsextract.places.page import Entity, Page, Word
from newsextract.places.toponyms import DIVISION_KINDS, Toponym, read_toponym

_PARTS = re.compile(
    r"\s*,\s+(?:in\s+)?|\s*/\s*"
    rf"|(?<= )(?P<kind>(?i:{DIVISION_KINDS})) (?:of|in) "
)
_BEFORE_COMMA = re.compile(r"(?:[^\W\d_a-z][\w.'’-]* ){0,3}[^\W\d_a-z][\w.'’-]*(?=,\s$)")
_DATELINE_PLACE = re.compile(r"[^\W\d_][^\d(,/\n—–]*")
_DATELINE_END = re.compile(r"[\s.:_–—-]+$")
_SIDE = re.compile(r"(?:north|south|east|west)-?(?:east|west)? of (?:the )?", re.IGNORECASE)
_NEXT_WORD = re.compile(r" ([^\W\d_]+)")
_STORM = re.compile(r"(?:Tropical )?(?:Storm|Hurricane|Typhoon|Cyclone) [A-Z]")
_BUILDING = re.compile(
    r" (?:Airport|Apartments|Arena|Bridge|Cathedral|Cemetery|Cent(?:er|re)|Courthouse|Dam"
    r"|Elementary|Hall|Hospital|Hotel|Jail|Mall|Museum|Prison|Resort|Stadium|Theat(?:er|re)|Tower|Zoo)$"
)
_ADDRESS_SIGNS = frozenset("/%_@#=-")
_JOINTS = frozenset({" and ", " & ", " of ", " of the ", "-"})
_SHORTEST = 4
_REACH = 70


def find_toponyms(page: Page) -> list[Toponym]:
    """Return the toponyms of the article, in text order."""
    finders: tuple[Callable[[Page], Iterator[Toponym]], ...] = (
        find_encoded, find_adjectives, find_abbreviations, find_datelines, find_contained,
        find_repeated, find_known, find_embedded,
    )  # fmt: skip
    page.add(list(find_mistaken(page)))
    page.take_people()
    for finder in finders:
        page.add(list(finder(page)))
    return sorted(nest_places(page), key=lambda toponym: (toponym.start, -toponym.end))


def find_encoded(page: Page) -> Iterator[Toponym]:
    """Yield the encoder's places and facilities; "Austin, Texas" in one is two."""
    yield from find_joined(page)
    for entity in page.entities:
        if entity.label == "FAC" or (entity.label == "LOC" and _is_building(page, entity)):
            yield read_toponym(page.text, entity.start, entity.end, kind="facility")
        elif entity.label == "LOC" and not _is_no_place(page, entity):
            side = _SIDE.match(page.text, entity.start, entity.end)
            first = side.end() if side else entity.start
            for part in split_parts(page.text[first : entity.end], first):
                for start, end in _split_pair(page, *part):
                    yield _as_river(page, read_toponym(page.text, start, end))


def _split_pair(page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the two places of "U.S.-Egypt" stand; "Guinea-Bissau" is one."""
    left, dash, right = page.text[start:end].partition("-")
    two = dash and _is_country(page, left) and _is_country(page, right)
    if two and not page.gazetteer.find(page.text[start:end]):
        yield start, start + len(left)
        yield end - len(right), end
    else:
        yield start, end


def _is_country(page: Page, name: str) -> bool:
    known = name in page.gazetteer.well_known or name in read_abbreviations()
    return known or expand_demonym(name) is not None


def _as_river(page: Page, toponym: Toponym) -> Toponym:
    """Return the river where an article says so: "the Missouri" is it, "the Missouri fan" not."""
    before = page.text[max(0, toponym.start - 4) : toponym.start].lower()
    after = _NEXT_WORD.match(page.text, toponym.end)
    alone = after is None or after[1] in read_words("function_words")
    river = f"{toponym.name} River"
    if before != "the " or not alone or not is_river(river, page.gazetteer):
        return toponym
    return replace(toponym, name=river)


def _is_building(page: Page, entity: Entity) -> bool:
    """Whether the last word of a place is a building's, and no settlement has the name."""
    name = page.text[entity.start : entity.end]
    return _BUILDING.search(name) is not None and not page.gazetteer.find(name)


def _is_no_place(page: Page, entity: Entity) -> bool:
    """Whether a place of the encoder is a club or a storm: "City won", "Storm Ann", "Typhoon Bo".

    Not: "the City", "Storm Lake", which the gazetteer knows.
    """
    name = page.text[entity.start : entity.end]
    if name.lower() in read_words("place_nouns"):
        return page.text[max(0, entity.start - 4) : entity.start].lower() != "the "
    if name in page.gazetteer.well_known:
        return False
    return name in page.storms or (bool(_STORM.match(name)) and not page.gazetteer.find(name))


def find_joined(page: Page) -> Iterator[Toponym]:
    """Yield two places of the encoder that are one: "Newfoundland" and "Labrador"."""
    places = [entity for entity in page.entities if entity.label == "LOC"]
    for first, second in pairwise(places):
        if page.text[first.end : second.start] in _JOINTS:
            whole = page.text[first.start : second.end]
            if page.gazetteer.find(whole):
                yield Toponym(first.start, second.end, whole, whole)


def split_parts(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a name stand, ``start`` being the name's own.

    "Austin, Texas" has two, and so has "Jiangsu province of China"; "eastern province of Anhui"
    has one.
    """
    first = 0
    for gap in _PARTS.finditer(text):
        end = max(gap.start(), gap.end("kind"))
        if gap["kind"] is None or strip_division(strip_direction(name_key(text[first:end]))):
            yield start + first, start + end
            first = gap.end()
    yield start + first, start + len(text)


def find_datelines(page: Page) -> Iterator[Toponym]:
    """Yield the places of datelines: "OMAHA, Neb. (AP) --" names Omaha."""
    for block in page.blocks:
        if block.kind == "dateline":
            match = _DATELINE_PLACE.match(page.text, block.start, block.end)
            end = match.end() - len(_tail(match[0])) if match else block.start
            if match and is_known(page.text[block.start : end], page.gazetteer):
                yield Toponym(
                    block.start, end, page.text[block.start : end], match[0][: end - block.start]
                )


def _tail(text: str) -> str:
    match = _DATELINE_END.search(text)
    return match[0] if match else ""


def find_contained(page: Page) -> Iterator[Toponym]:
    """Yield the names before a comma and a place that holds one so called: "Paola, Kansas"."""
    for container in page.found:
        before = page.text[max(0, container.start - _REACH) : container.start]
        match = _BEFORE_COMMA.search(before)
        if match and container.form == "name":
            yield from _find_inside(page, container, match[0])


def _find_inside(page: Page, container: Toponym, run: str) -> Iterator[Toponym]:
    holders = {index for index, _ in find_places_called(container.name, page.gazetteer)}
    end = page.text.rindex(",", 0, container.start)
    country, division = page.gazetteer.columns["country"], page.gazetteer.columns["division"]
    words = run.split(" ")
    for first in range(len(words)):
        name = " ".join(words[first:])
        found = (index for index, _ in page.gazetteer.find(name))
        if any(i not in holders and {int(country[i]), int(division[i])} & holders for i in found):
            if page.is_free(end - len(name), end):
                yield Toponym(end - len(name), end, name, name)
            return


def find_repeated(page: Page) -> Iterator[Toponym]:
    """Yield further occurrences of a name that the encoder took for a place elsewhere."""
    names = {t.text for t in page.found if t.form == "name" and len(t.text) >= _SHORTEST}
    for run in page.names:
        if run.text in names and page.is_unnamed(run.start, run.end):
            yield Toponym(run.start, run.end, run.text, run.text)


def find_known(page: Page) -> Iterator[Toponym]:
    """Yield names that are hardly anything but a place: countries, great cities, divisions."""
    known = page.gazetteer.well_known
    for run in page.names:
        if run.text not in known or run.text in _first_names() or is_in_address(page.text, run):
            continue
        if page.is_unnamed(run.start, run.end):
            yield Toponym(run.start, run.end, run.text, run.text)


def is_in_address(text: str, run: Word) -> bool:
    """Return whether the words are a part of a web address or a tag: "/Egypt-s-FM", "#Egypt"."""
    return text[max(0, run.start - 1) : run.start] in _ADDRESS_SIGNS


@cache
def _first_names() -> frozenset[str]:
    return read_words("given_names_female") | read_words("given_names_male")


def is_known(name: str, gazetteer: Gazetteer) -> bool:
    """Return whether the gazetteer has the name, as it stands or by its abbreviation."""
    return bool(name.strip()) and bool(find_places_called(name, gazetteer))
