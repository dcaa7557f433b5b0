"""Recover towns that the encoder labeled PERSON or ORG: in a list of places, or called a town."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsextract.gazetteer.reader import Gazetteer, open_gazetteer
from newsextract.language.doc import doc_text
from newsextract.language.person_names import is_family, is_given, is_title
from newsextract.language.rules import rule
from newsextract.stages.entities.boundaries import name_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_LISTED = re.compile(r",? and |, ")
_INSIDE = re.compile(r",? in ")
_FEWEST_PEOPLE = 1000
_ENUMERATED = 3
_KINDS = frozenset(("LOC", "PERSON", "ORG"))
_SETTLEMENTS = frozenset(
    ("borough", "city", "hamlet", "municipality", "parish", "port", "shire", "suburb", "town")
    + ("township", "village")
)
_RULERS = frozenset(("archbishop", "bishop", "governor", "mayor", "premier"))


@rule
def find_towns(doc: Doc, entities: Sequence[Span]) -> Iterator[Span]:
    """Yield those of ``entities`` that are labeled as people or organizations and are towns.

    Fires: "in Basra, Najaf and Kirkuk", where all lie in one country; "the shire of Najaf", and
    then "Najaf". Not: "In Lincoln, Clinton and Ray met", who bear names of people, unless the list
    ends with what they are in: "Lincoln, Clinton and Wayne in Nebraska".
    """
    gazetteer = open_gazetteer()
    named = _named_countries(entities, gazetteer)
    people = [e for e in entities if e.label_ == "PERSON" and len(e) > 1]
    families = {name_words(doc, e.start, e.end)[-1:] for e in people}
    yield from _find_called(doc, entities, families)
    yield from _find_repeated(doc, entities, people)
    for run in _find_lists(doc_text(doc), entities):
        countries = named | _countries_of(run, gazetteer)
        for ent in run:
            words = name_words(doc, ent.start, ent.end)
            if ent.label_ == "LOC" or words in families or not words:
                continue
            enclosed = _closes_in_region(doc_text(doc), run)
            told = enclosed or not _is_personal(words)
            if told and countries & set(_find_countries(ent, gazetteer, by_any_name=enclosed)):
                yield ent


def _find_repeated(doc: Doc, entities: Sequence[Span], people: Sequence[Span]) -> Iterator[Span]:
    """Yield what is labeled as a person no more often than as a place, and never titled."""
    parts = {word for ent in people for word in name_words(doc, ent.start, ent.end)}
    lone: dict[tuple[str, ...], list[Span]] = defaultdict(list)
    places: Counter[tuple[str, ...]] = Counter()
    for ent in entities:
        words = name_words(doc, ent.start, ent.end)
        places[words] += ent.label_ == "LOC"
        if ent.label_ == "PERSON" and parts.isdisjoint(words):
            lone[words].append(ent)
    for words, mentions in lone.items():
        if len(mentions) <= places[words] and not any(_is_titled(doc, ent) for ent in mentions):
            yield from mentions


def _is_titled(doc: Doc, ent: Span) -> bool:
    return ent.start > 0 and is_title(doc[ent.start - 1].text)


def _find_called(
    doc: Doc, entities: Sequence[Span], families: set[tuple[str, ...]]
) -> Iterator[Span]:
    """Yield the names behind "the town of" or "mayor of", and the same if nobody is called so."""
    called = [ent for ent in entities if ent.label_ != "LOC" and _is_called_town(doc, ent)]
    others = [e for e in entities if called and e.label_ == "PERSON" and e not in called]
    titled = {name_words(doc, e.start, e.end) for e in others if _is_titled(doc, e)}
    names = {name_words(doc, e.start, e.end) for e in called} - families - titled
    yield from (*called, *(e for e in others if name_words(doc, e.start, e.end) in names))


def _is_called_town(doc: Doc, ent: Span) -> bool:
    before = [token.lower_ for token in doc[max(0, ent.start - 2) : ent.start]]
    named = before[1:] == ["of"] and before[0] in _SETTLEMENTS | _RULERS
    return named and ent.label_ in _KINDS and bool(open_gazetteer().find(ent.text))


def _find_lists(text: str, entities: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield the lists of names that have a conjunction, and a place among or behind them."""
    run: list[Span] = []
    joined = False
    for ent in (*entities, None):
        gap = text[run[-1].end_char : ent.start_char] if run and ent is not None else ""
        if ent is not None and _LISTED.fullmatch(gap) and ent.label_ in _KINDS:
            run.append(ent)
            joined = joined or "and" in gap
            continue
        if joined and (any(e.label_ == "LOC" for e in run) or _closes_in_region(text, run)):
            yield run
        run, joined = [ent] if ent is not None and ent.label_ in _KINDS else [], False


def _closes_in_region(text: str, run: Sequence[Span]) -> bool:
    """Whether "in" and a place follow a list of three."""
    if len(run) < _ENUMERATED:
        return False
    inside = _INSIDE.match(text, run[-1].end_char)
    if inside is None:
        return False
    doc, last = run[-1].doc, run[-1].end
    following = doc[last : last + 3]
    return any(token.ent_type_ == "LOC" for token in following)


def _is_personal(words: tuple[str, ...]) -> bool:
    """Whether a name is a given or a family name, or one of each; three words are not."""
    if len(words) > 2:
        return False
    return is_given(words[0]) or is_family(words[-1])


def _named_countries(entities: Sequence[Span], gazetteer: Gazetteer) -> set[int]:
    count = len(gazetteer.meta["countries"])
    places = (ent.text for ent in entities if ent.label_ == "LOC")
    return {i for name in places for i, main in gazetteer.find(name) if main and i < count}


def _countries_of(run: Sequence[Span], gazetteer: Gazetteer) -> set[int]:
    return {i for ent in run if ent.label_ == "LOC" for i in _find_countries(ent, gazetteer)}


def _find_countries(ent: Span, gazetteer: Gazetteer, *, by_any_name: bool = False) -> Iterator[int]:
    """Yield the countries of the towns that have the name of an entity."""
    country, population = gazetteer.columns["country"], gazetteer.columns["population"]
    for index, main in gazetteer.find(ent.text):
        if (main or by_any_name) and population[index] >= _FEWEST_PEOPLE:
            yield int(country[index])
