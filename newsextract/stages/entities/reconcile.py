"""Document-level label consistency for entities.

The encoder reads a text in windows, but a name means one thing throughout an article. If "Ann Lee"
is labeled ORG once and "Lee" PERSON ten times, both are people.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from spacy.tokens import Span
from spacy.util import filter_spans

from newsextract.language.lexicon import read_pairs, read_words
from newsextract.language.nouns import role_noun
from newsextract.language.person_names import is_family, is_given
from newsextract.language.rules import rule
from newsextract.stages.entities.boundaries import find_spans, name_words, opens_line
from newsextract.stages.entities.local_towns import find_local_towns
from newsextract.stages.entities.namesakes import find_people
from newsextract.stages.entities.org_cues import find_organizations, find_terms, is_of_people
from newsextract.stages.entities.teams import find_teams
from newsextract.stages.entities.towns import find_towns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PARTY = re.compile(r"(?:[RDI]|GOP)-\s?[A-Z]")
_LOOSE = frozenset(("ORG", "MISC", "PRODUCT"))
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """How each name is labeled; family names of people named in full, openings of organizations.

    ``begun`` counts the mentions of organizations of several words by the first one.
    """

    labels: dict[Words, Counter[str]]
    families: frozenset[str]
    openings: frozenset[Words]
    companies: frozenset[str]
    begun: Counter[str]
    stated_organizations: frozenset[Words]
    terms: frozenset[Words]


def find_entities(doc: Doc) -> list[Span]:
    """Return the entities of ``doc`` with their final edges and labels, in order.

    Args:
        doc: a document whose ``ents`` are those of the encoder, or of another recognizer.
    """
    entities = _correct_places(doc, find_spans(doc))
    evidence = _gather(doc, entities)
    return filter_spans(e for ent in entities for e in _reconcile(doc, ent, evidence))


def _correct_places(doc: Doc, entities: Sequence[Span]) -> list[Span]:
    """Return the entities with places, people and teams of the same name distinguished."""
    labels = dict.fromkeys(find_towns(doc, entities), "LOC")
    labels |= dict.fromkeys(find_local_towns(doc, entities), "LOC")
    labels |= dict.fromkeys(find_teams(doc, entities), "ORG")
    labels |= dict.fromkeys(find_people(doc, entities), "PERSON")
    return [
        Span(doc, ent.start, ent.end, label=labels[ent]) if ent in labels else ent
        for ent in entities
    ]


def _gather(doc: Doc, entities: Sequence[Span]) -> _Evidence:
    labels: dict[Words, Counter[str]] = defaultdict(Counter)
    for ent in entities:
        labels[name_words(doc, ent.start, ent.end)][ent.label_] += 1
    people = [words for words, counts in labels.items() if words and counts["PERSON"]]
    bodies = [words for words, counts in labels.items() if words and counts["ORG"]]
    begun: Counter[str] = Counter()
    for words in bodies:
        begun[words[0]] += labels[words]["ORG"] * (len(words) > 1)
    return _Evidence(
        labels,
        families=frozenset(words[-1] for words in people if len(words) > 1),
        openings=frozenset(words[:n] for words in bodies for n in range(2, min(len(words), 8))),
        companies=frozenset(words[0] for words in bodies if words[-1] in read_words("legal_forms")),
        begun=begun,
        stated_organizations=frozenset(_stated_organizations(doc, entities, people)),
        terms=frozenset(
            name_words(doc, ent.start, ent.end)
            for ent in find_terms(doc, (e for e in entities if e.label_ in _LOOSE))
        ),
    )


def _stated_organizations(
    doc: Doc, entities: Sequence[Span], people: Sequence[Words]
) -> Iterator[Words]:
    """Yield the names, marked as people's, that the text says are bodies'; no "the Clintons"."""
    plurals = {(f"{words[-1]}s",) for words in people}
    named = find_organizations(doc, (e for e in entities if e.label_ == "PERSON"))
    return (words for words in named if words not in plurals)


def _reconcile(doc: Doc, ent: Span, evidence: _Evidence) -> Iterator[Span]:
    """Yield ``ent`` with its label in the article; nothing if it is no name."""
    label = _fixed_label(ent)
    if label == ent.label_ and (label in _LOOSE or label == "PERSON"):
        words = name_words(doc, ent.start, ent.end)
        if _is_party(doc, ent) or (label == "ORG" and words in evidence.terms):
            return
        label = _label(doc, ent, words, evidence)
    yield Span(doc, ent.start, ent.end, label=label)


def _fixed_label(ent: Span) -> str:
    """Return the label of an entity: the encoder's, but for names that can only be one thing.

    "U.N." is an organization and "Russian Federation" a country, whatever they are taken for; a
    country's name may be a person's. "Ga." in "Macon, Ga." is a state.
    """
    if ent.text in read_words("known_bodies"):
        return "ORG"
    listed = ent.text.endswith(".") and ent.text in read_pairs("division_abbreviations")
    if listed and ent.start > 0 and ent.doc[ent.start - 1].text == ",":
        return "LOC"
    if ent.label_ != "PERSON" and ent.text.replace("’", "'") in _read_countries():
        return "LOC"
    return ent.label_


@cache
def _read_countries() -> frozenset[str]:
    listed = read_pairs("country_names").values()
    return frozenset(name.strip() for names in listed for name in names.split(";"))


@rule
def _is_party(doc: Doc, ent: Span) -> bool:
    """Whether a name is a party and a state: "(D-Mo.", ", D-Mo.", or taken for a person."""
    follows = ent.start > 0 and doc[ent.start - 1].text in ("(", ",")
    return (follows or ent.label_ == "PERSON") and bool(_PARTY.match(ent.text))


def _label(doc: Doc, ent: Span, words: Words, evidence: _Evidence) -> str:
    """Return the label of most mentions of this name; a person's shape decides for a person."""
    if not words:
        return ent.label_
    if _must_be_person(doc, ent, words, evidence):
        return "PERSON"
    if _must_be_organization(ent, words, evidence):
        return "ORG"
    counts = evidence.labels[words]
    label, count = counts.most_common(1)[0]
    return label if count > counts[ent.label_] else ent.label_


@rule
def _must_be_person(doc: Doc, ent: Span, words: Words, evidence: _Evidence) -> bool:
    """Whether a name has a person's form, or is the family name of somebody named in full.

    So is one that opens a line of an interview: "LEE: Yes".
    """
    if len(words) == 1 and words[0] in evidence.families and evidence.labels[words]["PERSON"]:
        return True
    if ent.label_ == "PERSON":
        turn = ent.text.isupper() and ent.end < len(doc) and doc[ent.end].text == ":"
        return turn and opens_line(doc, ent.start)
    return _is_person(doc, ent, words, evidence)


@rule
def _must_be_organization(ent: Span, words: Words, evidence: _Evidence) -> bool:
    opens = words in evidence.openings and not is_given(words[0])
    if ent.label_ == "PERSON" and (opens or words in evidence.stated_organizations):
        return True
    lone = ent.label_ in ("PERSON", "ORG") and len(words) == 1
    return lone and _is_lone_organization(words[0], evidence)


@rule
def _is_lone_organization(word: str, evidence: _Evidence) -> bool:
    """Whether a lone name is an organization's: marked so at times, and nobody's family name.

    An article introduces its people by full names, and its companies: "Ray Foods Plc"; and it
    speaks as often of the "Norefront Party" as of "Norefront".
    """
    counts = evidence.labels[(word,)]
    begins = evidence.begun[word] >= counts["PERSON"] > 0 and not is_of_people(word)
    if (begins or word in evidence.companies) and word not in evidence.families:
        return True
    most = counts["ORG"] if word in evidence.families else 2 * counts["ORG"]
    return counts["ORG"] > 0 and most >= counts["PERSON"]


@rule
def _is_person(doc: Doc, ent: Span, words: Words, evidence: _Evidence) -> bool:
    """Whether a name is a given name and a family name, of the article's people or of many.

    "Ann Clinton", marked as an organization; not "Virginia Tech", "Charlotte Observer".
    """
    if not 2 <= len(words) <= 3 or not ent[-1].text[:1].isupper():
        return False
    if not is_given(words[0]) or words[-1] in read_words("organization_nouns"):
        return False
    before = doc[ent.start - 1] if ent.start else None
    introduced = before is not None and role_noun(before.text) is not None
    if words[-1] in evidence.families or (introduced and len(words) == 2):
        return True
    return is_family(words[-1]) and not (before is not None and before.lower_ == "the")
