"""Document-level label consistency for entities.

The encoder reads a text in windows, but a name means one thing throughout an article. If "Ann Lee"
is labeled ORG once and "Lee" PERSON ten times, both are people.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from spacy.tokens import Span

from newsextract.language.doc import name_words, word_after, word_before
from newsextract.language.lexicon import read_pairs, read_words
from newsextract.language.rules import rule
from newsextract.stages.entities.boundaries import find_spans
from newsextract.stages.entities.namesakes import find_people
from newsextract.stages.entities.org_cues import find_organizations, find_terms, is_of_people
from newsextract.stages.entities.teams import find_teams
from newsextract.stages.entities.towns import find_towns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PARTY = re.compile(r"(?:[RDI]|GOP)-\s?[A-Z]")
_LOOSE = frozenset(("PERSON", "ORG", "MISC", "PRODUCT"))
"""Labels that the rest of the article may change."""
_LONGEST = 8
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What an article says of its names.

    Args:
        labels: how each name is labeled.
        families: family names of people named in full.
        begun: how many mentions of organizations begin with the words of a shorter name.
        companies: first words of names with a legal form, or of partners: "Marsh & McLennan".
    """

    labels: dict[Words, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    families: set[str] = field(default_factory=set)
    begun: Counter[Words] = field(default_factory=Counter)
    companies: set[str] = field(default_factory=set)


def find_entities(doc: Doc) -> list[Span]:
    """Return the entities of ``doc`` with their final edges and labels, in order.

    Args:
        doc: a document whose ``ents`` are those of the encoder, or of another recognizer.
    """
    entities = _read_neighbours(doc, find_spans(doc))
    evidence = _gather(entities)
    terms = set(map(name_words, find_terms(doc, entities)))
    return [
        _relabel(ent, _find_label(ent, evidence))
        for ent in entities
        if not (ent.label_ == "ORG" and name_words(ent) in terms)
        and not (_is_party(ent) or _is_family(ent))
    ]


def _relabel(ent: Span, label: str) -> Span:
    return ent if label == ent.label_ else Span(ent.doc, ent.start, ent.end, label=label)


def _read_neighbours(doc: Doc, entities: list[Span]) -> list[Span]:
    """Relabel each entity by its immediate context."""
    labels = dict.fromkeys(find_organizations(doc, entities), "ORG")
    labels |= dict.fromkeys(find_towns(doc, entities), "LOC")
    labels |= dict.fromkeys(find_teams(doc, entities), "ORG")
    labels |= dict.fromkeys(find_people(doc, entities), "PERSON")
    return [_relabel(ent, labels.get(ent, ent.label_)) for ent in entities]


def _gather(entities: Sequence[Span]) -> _Evidence:
    evidence = _Evidence()
    for ent in entities:
        words = name_words(ent)
        evidence.labels[words][ent.label_] += 1
        if ent.label_ == "PERSON" and len(words) > 1:
            evidence.families.add(words[-1])
        if ent.label_ == "ORG" and words:
            evidence.begun.update(words[:size] for size in range(1, min(len(words), _LONGEST)))
            if words[-1] in read_words("legal_forms") or "&" in ent.text.split():
                evidence.companies.add(words[0])
    return evidence


@rule
def _is_party(ent: Span) -> bool:
    """Whether a name is a party and a state: "(D-Mo.", ", D-Mo.", or taken for a person."""
    follows = word_before(ent) in ("(", ",") and ent.label_ in _LOOSE
    return (follows or ent.label_ == "PERSON") and bool(_PARTY.match(ent.text))


@rule
def _is_family(ent: Span) -> bool:
    """Whether a name is of several people: "the Beckhams", not "the Hastings campaign"."""
    plural = ent.label_ == "PERSON" and len(ent) == 1 and ent.text.endswith("s")
    modifies = any(t.pos_ in ("NOUN", "PROPN") for t in ent.doc[ent.end : ent.end + 1])
    return plural and not modifies and word_before(ent).lower() == "the"


def _find_label(ent: Span, evidence: _Evidence) -> str:
    """Return the label that a name has most often, or the only one that it can have."""
    words = name_words(ent)
    fixed = _fixed_label(ent)
    if fixed or ent.label_ not in _LOOSE or not words:
        return fixed or ent.label_
    if _must_be_person(ent, words, evidence):
        return "PERSON"
    if _must_be_organization(ent, words, evidence):
        return "ORG"
    counts = evidence.labels[words]
    return max((ent.label_, *counts), key=lambda label: counts[label])


def _fixed_label(ent: Span) -> str | None:
    """Return the label of a name that is only one thing, whatever it is taken for.

    "U.N." and "Holm & Pryde" are organizations, "Russian Federation" a country (but a person's name
    may be one's), and "Ga." in "Macon, Ga." a state.
    """
    partners = ent.label_ == "PERSON" and "&" in ent.text.split()
    if partners or ent.text in read_words("known_bodies"):
        return "ORG"
    listed = ent.text.endswith(".") and ent.text in read_pairs("division_abbreviations")
    country = ent.label_ != "PERSON" and ent.text.replace("’", "'") in _read_countries()
    return "LOC" if country or (listed and word_before(ent) == ",") else None


@cache
def _read_countries() -> frozenset[str]:
    listed = read_pairs("country_names").values()
    return frozenset(name.strip() for names in listed for name in names.split(";"))


@rule
def _must_be_person(ent: Span, words: Words, evidence: _Evidence) -> bool:
    """Whether a name is the family name of somebody named in full, or opens a turn: "LEE: Yes"."""
    turn = ent.label_ == "PERSON" and ent.text.isupper() and word_after(ent) == ":"
    lone = len(words) == 1 and words[0] in evidence.families
    return turn or (lone and evidence.labels[words]["PERSON"] > 0)


@rule
def _must_be_organization(ent: Span, words: Words, evidence: _Evidence) -> bool:
    """Whether a name labeled PERSON or ORG is an organization's.

    Longer names begin with it as often ("Norefront Party" and "Norefront"), or it is one word that
    is marked so at times, and nobody's family name.
    """
    counts = evidence.labels[words]
    if ent.label_ not in ("PERSON", "ORG") or words[0] in evidence.families:
        return False
    begins = evidence.begun[words] >= counts["PERSON"] > 0 and not any(map(is_of_people, words))
    lone = words[0] in evidence.companies or 0 < counts["PERSON"] <= 2 * counts["ORG"]
    return begins or (len(words) == 1 and lone)
