"""Recover towns that the encoder labeled PERSON or ORG: in a list of places, or called a town."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from newsextract.gazetteer.reader import open_gazetteer
from newsextract.language.doc import doc_text, name_words, word_before
from newsextract.language.person_names import is_family, is_given, is_title
from newsextract.language.rules import rule
from newsextract.language.strings import LISTED

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_FEWEST_PEOPLE = 1000
_INSIDE = re.compile(r",? in ")
_CALLED = re.compile(
    r"(?:city|municipality|port|shire|suburb|town|township|village"
    r"|archbishop|bishop|governor|mayor|premier) of $",
    re.IGNORECASE,
)


@rule
def find_towns(doc: Doc, entities: list[Span]) -> Iterator[Span]:
    """Yield those of ``entities`` that are labeled as people or organizations and are towns.

    Fires: "in Basra, Najaf and Kirkuk", where all lie in one country; "the shire of Najaf", "mayor
    of Najaf", and then "Najaf". Not: "In Lincoln, Clinton and Ray met", who bear names of people,
    unless the list ends with what they are in: "Lincoln, Clinton and Wayne in Nebraska".
    """
    people = [ent for ent in entities if ent.label_ == "PERSON"]
    taken = {words[-1:] for ent in people if len(words := name_words(ent)) > 1}
    taken |= {name_words(ent) for ent in people if is_title(word_before(ent))}
    text = doc_text(doc)
    called = [ent for ent in entities if ent.label_ in ("PERSON", "ORG") and _is_called(text, ent)]
    names = {name_words(ent) for ent in called} - taken
    yield from (*called, *(ent for ent in people if name_words(ent) in names))
    for listed, region in _find_lists(text, entities):
        countries = _countries_of(ent for ent in (*listed, *region) if ent.label_ == "LOC")
        for ent in listed:
            words = name_words(ent)
            free = words not in taken and (region or not _is_personal(words))
            if ent.label_ in ("PERSON", "ORG") and free and countries & _countries_of([ent]):
                yield ent


def _is_called(text: str, ent: Span) -> bool:
    called = _CALLED.search(text, max(0, ent.start_char - 20), ent.start_char)
    return bool(called and open_gazetteer().find(ent.text))


def _find_lists(text: str, entities: list[Span]) -> Iterator[tuple[list[Span], list[Span]]]:
    """Yield the lists of names that close with "and", and what follows them: "in Nebraska"."""
    gaps = [text[one.end_char : other.start_char] for one, other in pairwise(entities)]
    start = 0
    for end, gap in enumerate([*gaps, ""], 1):
        if not LISTED.fullmatch(gap):
            inside = end - start > 2 and _INSIDE.fullmatch(gap)
            if end - start > 1 and " and " in gaps[end - 2]:
                yield entities[start:end], entities[end : end + 1] if inside else []
            start = end


def _is_personal(words: Sequence[str]) -> bool:
    """Whether a name is a given or a family name, or one of each; three words are not."""
    return not words or (len(words) < 3 and (is_given(words[0]) or is_family(words[-1])))


def _countries_of(places: Iterable[Span]) -> set[int]:
    """Return the countries of the places that have the names of entities."""
    gazetteer = open_gazetteer()
    country, population = gazetteer.columns["country"], gazetteer.columns["population"]
    found = (index for ent in places for index, main in gazetteer.find(ent.text) if main)
    return {int(country[index]) for index in found if population[index] >= _FEWEST_PEOPLE}
