"""Find toponyms: finders run in priority order, and earlier matches win.

The encoder's places come first; lists, patterns and the gazetteer find what it missed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from newsextract.gazetteer.reader import Gazetteer
from newsextract.language.person_names import is_given
from newsextract.language.rules import rule
from newsextract.stages.places.abbreviations import find_abbreviations
from newsextract.stages.places.adjectives import find_adjectives
from newsextract.stages.places.embedded import find_embedded, nest_places
from newsextract.stages.places.encoded import find_encoded
from newsextract.stages.places.mistaken import find_mistaken
from newsextract.stages.places.names import find_places_called
from newsextract.stages.places.page import Page, Word
from newsextract.stages.places.toponyms import Toponym

_DATELINE_PLACE = re.compile(r"[^\W\d_][^\d(,/\n—–]*")
_DATELINE_END = re.compile(r"[\s.:_–—-]+$")
_ADDRESS_SIGNS = frozenset("/%_@#=-")


def find_toponyms(page: Page) -> list[Toponym]:
    """Return the toponyms of the article, in text order."""
    finders: tuple[Callable[[Page], Iterator[Toponym]], ...] = (
        find_encoded, find_adjectives, find_abbreviations, find_datelines, find_known,
        find_embedded,
    )  # fmt: skip
    page.add(list(find_mistaken(page)))
    page.take_people()
    for finder in finders:
        page.add(list(finder(page)))
    return sorted(nest_places(page), key=lambda toponym: (toponym.start, -toponym.end))


@rule
def find_datelines(page: Page) -> Iterator[Toponym]:
    """Yield the places of datelines: "OMAHA, Neb. (AP) --", "LAGOS/ABUJA (Reuters) -"."""
    for block in page.blocks:
        start = block.start if block.kind == "dateline" else block.end
        while match := _DATELINE_PLACE.match(page.text, start, block.end):
            name = match[0].removesuffix(_tail(match[0]))
            if is_known(name, page.gazetteer):
                yield Toponym(start, start + len(name), name, name)
            slash = page.text.startswith("/", match.end())
            start = match.end() + 1 if slash else block.end


def _tail(text: str) -> str:
    match = _DATELINE_END.search(text)
    return match[0] if match else ""


@rule
def find_known(page: Page) -> Iterator[Toponym]:
    """Yield names that are hardly anything but a place: countries, great cities, divisions."""
    known = page.gazetteer.well_known
    for run in page.names:
        if run.text not in known or is_given(run.text.lower()) or is_in_address(page.text, run):
            continue
        if page.is_unnamed(run.start, run.end):
            yield Toponym(run.start, run.end, run.text, run.text)


def is_in_address(text: str, run: Word) -> bool:
    """Return whether the words are a part of a web address or a tag: "/Egypt-s-FM", "#Egypt"."""
    return text[max(0, run.start - 1) : run.start] in _ADDRESS_SIGNS


def is_known(name: str, gazetteer: Gazetteer) -> bool:
    """Return whether the gazetteer has the name, as it is or by its abbreviation."""
    return bool(name.strip()) and bool(find_places_called(name, gazetteer))
