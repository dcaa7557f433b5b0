"""Document-level label consistency for entities.

The encoder reads a text in windows, but a name means one thing throughout an article: what the text
calls a newspaper once is no person elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from spacy.tokens import Span

from newsextract.language.doc import name_words
from newsextract.language.lexicon import read_pairs, read_words
from newsextract.language.rules import rule
from newsextract.stages.entities.boundaries import find_spans
from newsextract.stages.entities.namesakes import find_people
from newsextract.stages.entities.org_cues import find_organizations, find_terms, is_of_people

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PARTY = re.compile(r"(?:[RDI]|GOP)-\s?[A-Z]")
_THINGS = frozenset(("ORG", "MISC", "PRODUCT"))
_LONGEST = 8
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What an article says of its names.

    Args:
        labels: how each name is labeled.
        families: family names of people named in full.
        begun: how many mentions of organizations begin with the words of a shorter name.
        stated: names that the text calls an organization.
        terms: acronyms of what is no organization.
    """

    labels: dict[Words, Counter[str]]
    families: frozenset[str]
    begun: Counter[Words]
    stated: frozenset[Words]
    terms: frozenset[Words]


def find_entities(doc: Doc) -> list[Span]:
    """Return the entities of ``doc`` with their final edges and labels, in order.

    Args:
        doc: a document whose ``ents`` are those of the encoder, or of another recognizer.
    """
    found = find_spans(doc)
    people = set(find_people(found))
    entities = [_relabel(ent, "PERSON") if ent in people else ent for ent in found]
    evidence = _gather(doc, entities)
    terms = {ent for ent in entities if ent.label_ == "ORG" and name_words(ent) in evidence.terms}
    return [
        _relabel(ent, _find_label(ent, evidence))
        for ent in entities
        if ent not in terms and not _is_party(ent)
    ]


def _relabel(ent: Span, label: str) -> Span:
    return ent if label == ent.label_ else Span(ent.doc, ent.start, ent.end, label=label)


def _gather(doc: Doc, entities: Sequence[Span]) -> _Evidence:
    labels: dict[Words, Counter[str]] = defaultdict(Counter)
    for ent in entities:
        labels[name_words(ent)][ent.label_] += 1
    people = [words for words, counts in labels.items() if words and counts["PERSON"]]
    bodies = [words for words, counts in labels.items() if words and counts["ORG"]]
    begun: Counter[Words] = Counter()
    for words in bodies:
        for size in range(1, min(len(words), _LONGEST)):
            begun[words[:size]] += labels[words]["ORG"]
    named = find_organizations(doc, (ent for ent in entities if ent.label_ == "PERSON"))
    plurals = {(f"{words[-1]}s",) for words in people}
    terms = find_terms(doc, (ent for ent in entities if ent.label_ in _THINGS))
    return _Evidence(
        labels,
        families=frozenset(words[-1] for words in people if len(words) > 1),
        begun=begun,
        stated=frozenset(named) - plurals,
        terms=frozenset(map(name_words, terms)),
    )


@rule
def _is_party(ent: Span) -> bool:
    """Whether what is taken for a person is a party and a state: "D-Mo."."""
    return ent.label_ == "PERSON" and bool(_PARTY.match(ent.text))


def _find_label(ent: Span, evidence: _Evidence) -> str:
    """Return the label that the article agrees on; names that are only one thing have theirs."""
    fixed = _fixed_label(ent)
    if fixed or ent.label_ != "PERSON":
        return fixed or ent.label_
    return "ORG" if _is_organization(name_words(ent), evidence) else "PERSON"


def _fixed_label(ent: Span) -> str | None:
    """Return the label of a name that is only one thing, whatever it is taken for.

    "U.N." is an organization, "Russian Federation" a country (but a person's name may be one's).
    """
    if ent.text in read_words("known_bodies"):
        return "ORG"
    country = ent.label_ != "PERSON" and ent.text.replace("’", "'") in _read_countries()
    return "LOC" if country else None


@cache
def _read_countries() -> frozenset[str]:
    listed = read_pairs("country_names").values()
    return frozenset(name.strip() for names in listed for name in names.split(";"))


@rule
def _is_organization(words: Words, evidence: _Evidence) -> bool:
    """Whether a name labeled PERSON is an organization's.

    The text calls it one; longer names begin with it as often ("Norefront Party" and "Norefront");
    or it is one word that is marked so at times, and nobody's family name.
    """
    counts = evidence.labels[words]
    if words in evidence.stated:
        return True
    if not words or words[0] in evidence.families:
        return False
    begins = evidence.begun[words] >= counts["PERSON"] > 0 and not any(map(is_of_people, words))
    return begins or (len(words) == 1 and 0 < counts["PERSON"] <= 2 * counts["ORG"])
