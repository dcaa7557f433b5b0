"""Recover towns of the regions that an article names, labeled PERSON by the encoder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from newsextract.gazetteer.reader import Gazetteer, open_gazetteer
from newsextract.language.doc import doc_text
from newsextract.language.lexicon import read_words
from newsextract.language.nouns import role_noun
from newsextract.language.person_names import is_family, is_given, is_title
from newsextract.language.rules import rule
from newsextract.stages.entities.boundaries import name_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    Mentions = dict[tuple[str, ...], list[Span]]

_FEWEST_PEOPLE = 5000


@rule
def find_local_towns(doc: Doc, entities: Sequence[Span]) -> Iterator[Span]:
    """Yield those of ``entities`` that are labeled as people and are towns of a region in play.

    Fires: in an article about Punjab "Okara was flooded"; in one about Oregon "Salem and Eugene
    lost power". Not: "Okara said", "Mayor Okara", "Ali Okara", "Eugene lost power".
    """
    lone = _gather_lone(doc, entities)
    if not lone:
        return
    gazetteer = open_gazetteer()
    divisions = _find_divisions(entities, gazetteer)
    local = {
        words: mentions
        for words, mentions in lone.items()
        if divisions & set(_divisions_of(mentions[0].text, gazetteer))
    }
    sure = [e for words, found in local.items() if not _is_personal(words) for e in found]
    yield from sure
    places = {*sure, *(ent for ent in entities if ent.label_ == "LOC")}
    doubtful = {ent for found in local.values() for ent in found} - places
    text = doc_text(doc)
    for pair in pairwise(entities):
        joined = text[pair[0].end_char : pair[1].start_char] == " and "
        if joined and not places.isdisjoint(pair):
            yield from doubtful.intersection(pair)


def _gather_lone(doc: Doc, entities: Sequence[Span]) -> Mentions:
    """Return the names of people that are parts of no longer ones and never act as a person."""
    people = [ent for ent in entities if ent.label_ == "PERSON"]
    parts = {w for e in people if len(e) > 1 for w in name_words(doc, e.start, e.end)}
    lone: Mentions = defaultdict(list)
    for ent in people:
        words = name_words(doc, ent.start, ent.end)
        if words and parts.isdisjoint(words):
            lone[words].append(ent)
    return {w: found for w, found in lone.items() if not any(_is_person(doc, e) for e in found)}


def _is_person(doc: Doc, ent: Span) -> bool:
    """Fires: "Mr Okara", "coach Okara", "Okara said", "said Okara.", "Okara, 40".

    Not: "said Okara was flooded".
    """
    before, after = doc[max(0, ent.start - 1) : ent.start].text, doc[ent.end : ent.end + 2]
    if is_title(before) or role_noun(before) is not None:
        return True
    says = read_words("reporting_verbs")
    ends = len(after) == 0 or not after[0].is_alpha
    aged = len(after) == 2 and after[0].text == "," and after[1].text.isdigit()
    said = (before.lower() in says and ends) or any(t.lower_ in says for t in after[:1])
    return aged or said


def _is_personal(words: tuple[str, ...]) -> bool:
    return any(is_given(word) or is_family(word) for word in words)


def _find_divisions(entities: Sequence[Span], gazetteer: Gazetteer) -> set[int]:
    """Return the first-order divisions that are named, or that the best known places lie in."""
    countries, divisions = len(gazetteer.meta["countries"]), len(gazetteer.meta["divisions"])
    division, population = gazetteer.columns["division"], gazetteer.columns["population"]
    found: set[int] = set()
    for name in {ent.text for ent in entities if ent.label_ == "LOC"}:
        called = [index for index, main in gazetteer.find(name) if main]
        named = {index for index in called if countries <= index < countries + divisions}
        largest = max(called, key=lambda index: int(population[index]), default=None)
        if not named and largest is not None and largest >= countries:
            named = {int(division[largest])}
        found |= named
    return found


def _divisions_of(name: str, gazetteer: Gazetteer) -> Iterator[int]:
    division, population = gazetteer.columns["division"], gazetteer.columns["population"]
    for index, main in gazetteer.find(name):
        if main and population[index] >= _FEWEST_PEOPLE:
            yield int(division[index])
