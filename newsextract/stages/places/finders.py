"""Find toponyms: finders run in priority order, and earlier matches win.

The encoder's places come first; lists, patterns and the gazetteer find what it missed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from newsextract.language.person_names import is_given
from newsextract.language.rules import rule
from newsextract.stages.places.abbreviations import find_abbreviations
from newsextract.stages.places.adjectives import find_adjectives
from newsextract.stages.places.embedded import find_embedded, nest_places
from newsextract.stages.places.encoded import find_encoded
from newsextract.stages.places.mistaken import find_mistaken
from newsextract.stages.places.names import find_places_called
from newsextract.stages.places.page import Page
from newsextract.stages.places.toponyms import Toponym, name_toponym

_DATELINE_PLACE = re.compile(r"[^\W\d_][^\d(,/\n—–]*")
_DATELINE_END = re.compile(r"[\s.:_–—-]+$")
_ADDRESS_SIGNS = frozenset("/%_@#=-")
"""What is before a word of a web address or a tag: "/Egypt-s-FM", "#Egypt"."""


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
            name = _DATELINE_END.sub("", match[0])
            if find_places_called(name, page.gazetteer):
                yield name_toponym(page.text, start, start + len(name))
            slash = page.text.startswith("/", match.end())
            start = match.end() + 1 if slash else block.end


@rule
def find_known(page: Page) -> Iterator[Toponym]:
    """Yield names that are hardly anything but a place: countries, great cities, divisions."""
    known = page.gazetteer.well_known
    for run in page.names:
        if run.text not in known or is_given(run.text.lower()):
            continue
        in_address = page.text[run.start - 1 : run.start] in _ADDRESS_SIGNS
        if not in_address and page.is_unnamed(run.start, run.end):
            yield name_toponym(page.text, run.start, run.end)
