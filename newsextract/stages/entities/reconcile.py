"""Document-level label consistency for entities.

The encoder reads a text in windows, but a name means one thing throughout an article. If "Ann Lee"
is labeled ORG once and "Lee" PERSON ten times, both are people; "Ann Lee and Bo Ray" is two people.
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
from newsextract.language.nouns import POSSESSIVE_ENDINGS, role_noun
from newsextract.language.person_names import is_family, is_given, is_title
from newsextract.language.rules import rule
from newsextract.language.strings import initials_of
from newsextract.stages.entities.boundaries import find_spans, name_words, opens_line
from newsextract.stages.entities.local_towns import find_local_towns
from newsextract.stages.entities.namesakes import find_people
from newsextract.stages.entities.org_cues import find_organizations, find_terms, is_of_people
from newsextract.stages.entities.teams import find_teams
from newsextract.stages.entities.towns import find_towns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PARTY = re.compile(r"(?:[RDI]|GOP)-\s?[A-Z]")
_ACRONYM = 4
_LOOSE = frozenset(("ORG", "MISC", "PRODUCT"))
_JOINTS = frozenset(("and", "or", "vs.", "vs", "of", "&")) | POSSESSIVE_ENDINGS
Entity = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """How each name is labeled; family names and initials of people, first words of organizations.

    ``begun`` counts the mentions of organizations of several words by the first one.
    """

    labels: dict[tuple[str, ...], Counter[str]]
    families: frozenset[str]
    full_families: frozenset[str]
    initials: frozenset[str]
    openings: frozenset[tuple[str, ...]]
    companies: frozenset[str]
    begun: Counter[str]
    stated_organizations: frozenset[tuple[str, ...]]
    terms: frozenset[tuple[str, ...]]


def find_entities(doc: Doc) -> list[Span]:
    """Return the entities of ``doc`` with their final edges and labels, in order.

    Args:
        doc: a document whose ``ents`` are those of the encoder, or of another recognizer.
    """
    entities = _correct_places(doc, find_spans(doc))
    evidence = _gather(doc, entities)
    reconciled = (e for ent in entities for e in _reconcile(doc, ent, evidence))
    return filter_spans(Span(doc, first, last, label=label) for first, last, label in reconciled)


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
    labels: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for ent in entities:
        labels[name_words(doc, ent.start, ent.end)][ent.label_] += 1
    people = [words for words, counts in labels.items() if words and counts["PERSON"]]
    bodies = [words for words, counts in labels.items() if words and counts["ORG"]]
    begun: Counter[str] = Counter()
    for words in bodies:
        begun[words[0]] += labels[words]["ORG"] * (len(words) > 1)
    return _Evidence(
        labels,
        families=frozenset(words[-1] for words in people),
        full_families=frozenset(words[-1] for words in people if len(words) > 1),
        initials=frozenset(initials_of(words) for words in people if len(words) > 1),
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
    doc: Doc, entities: Sequence[Span], people: Sequence[tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    """Yield the names, marked as people's, that the text says are bodies'; no "the Clintons"."""
    plurals = {(f"{words[-1]}s",) for words in people}
    named = find_organizations(doc, (e for e in entities if e.label_ == "PERSON"))
    return (words for words in named if words not in plurals)


def _reconcile(doc: Doc, ent: Span, evidence: _Evidence) -> Iterator[Entity]:
    """Yield ``ent`` with its label in the article, split if it is several entities."""
    label = _fixed_label(ent)
    if label != ent.label_ or (label not in _LOOSE and label != "PERSON"):
        yield ent.start, ent.end, label
        return
    parts = list(_split(doc, ent, evidence)) if ent.end - ent.start > 2 else []
    if parts:
        yield from parts
        return
    if _is_party(doc, ent) or _is_term(doc, ent, evidence):
        return
    first = _skip_roles(doc, ent.start, ent.end)
    if first > ent.start and ent.label_ != "PERSON" and _is_person(doc, first, ent.end, evidence):
        yield first, ent.end, "PERSON"
    else:
        yield ent.start, ent.end, _label(doc, ent, evidence)


def _fixed_label(ent: Span) -> str:
    """Return the label of an entity: the encoder's, but for names that can only be one thing.

    "U.N." is an organization and "Russian Federation" a country, whatever they are taken for; a
    country's name may be a person's.
    """
    if ent.text in read_words("known_bodies"):
        return "ORG"
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


@rule
def _is_term(doc: Doc, ent: Span, evidence: _Evidence) -> bool:
    """Whether a name is the initials of something that the article spells out: "FDI"."""
    return ent.label_ == "ORG" and name_words(doc, ent.start, ent.end) in evidence.terms


def _label(doc: Doc, ent: Span, evidence: _Evidence) -> str:
    """Return the label of most mentions of this name; a person's shape decides for a person."""
    words = name_words(doc, ent.start, ent.end)
    counts = evidence.labels[words]
    if not words:
        return ent.label_
    if _must_be_person(doc, ent, evidence):
        return "PERSON"
    if _must_be_organization(doc, ent, evidence):
        return "ORG"
    label, count = counts.most_common(1)[0]
    return label if count > counts[ent.label_] else ent.label_


@rule
def _must_be_person(doc: Doc, ent: Span, evidence: _Evidence) -> bool:
    words = name_words(doc, ent.start, ent.end)
    if _is_family(words, evidence) or _is_speaker_label(doc, ent, evidence):
        return True
    return ent.label_ != "PERSON" and _is_person(doc, ent.start, ent.end, evidence)


@rule
def _must_be_organization(doc: Doc, ent: Span, evidence: _Evidence) -> bool:
    words = name_words(doc, ent.start, ent.end)
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
    if (begins or word in evidence.companies) and word not in evidence.full_families:
        return True
    most = counts["ORG"] if word in evidence.full_families else 2 * counts["ORG"]
    return counts["ORG"] > 0 and most >= counts["PERSON"]


@rule
def _is_family(words: tuple[str, ...], evidence: _Evidence) -> bool:
    """Whether a lone name is the family name of a full one, and marked as a person somewhere."""
    lone = len(words) == 1 and words[0] in evidence.full_families
    return lone and evidence.labels[words]["PERSON"] > 0


@rule
def _is_speaker_label(doc: Doc, ent: Span, evidence: _Evidence) -> bool:
    """Whether capitals open a line of a transcript: "WALLACE: Good evening", "“AL: Yes".

    Few letters are the initials of somebody in the article, else of an organization.
    """
    if ent.label_ != "ORG" or ent.end >= len(doc) or doc[ent.end].text != ":":
        return False
    opens = opens_line(doc, ent.start)
    named = len(ent.text) > _ACRONYM or ent.text.casefold() in evidence.initials
    return opens and len(ent) == 1 and ent.text.isupper() and named


@rule
def _is_person(doc: Doc, first: int, last: int, evidence: _Evidence) -> bool:
    """Whether a name is a given name and a family name, of the article's people or of many.

    "Ann Clinton", marked as an organization; not "Virginia Tech", "Charlotte Observer".
    """
    words = name_words(doc, first, last)
    if not 2 <= len(words) <= 3 or not doc[last - 1].text[:1].isupper():
        return False
    if not is_given(words[0]) or words[-1] in read_words("organization_nouns"):
        return False
    introduced = first > 0 and role_noun(doc[first - 1].text) is not None
    if words[-1] in evidence.families or (introduced and len(words) == 2):
        return True
    return is_family(words[-1]) and not (first > 0 and doc[first - 1].lower_ == "the")


@rule
def _split(doc: Doc, ent: Span, evidence: _Evidence) -> Iterator[Entity]:
    """Yield the parts of "Ann Lee and Bo Ray", "NBC's Ann Lee"; nothing for another name."""
    joint = next((t.i for t in ent if t.lower_ in _JOINTS and ent.start < t.i < ent.end - 1), None)
    if joint is None or _closes_quote(doc, ent.start, joint):
        return
    left = (_skip_roles(doc, ent.start, joint), joint)
    right = (_skip_roles(doc, joint + 1, ent.end), ent.end)
    people = [_stands_for_person(doc, *part, evidence) for part in (left, right)]
    word = doc[joint].lower_
    if word in POSSESSIVE_ENDINGS and people[1]:
        yield ent.start, joint, "PERSON" if people[0] else "ORG"
        yield (*right, "PERSON")
    elif word == "of" and people[0]:
        yield (*left, "PERSON")
        yield (*right, "ORG")
    elif word not in POSSESSIVE_ENDINGS and word != "of" and all(people):
        yield (*left, "PERSON")
        yield (*right, "PERSON")


def _closes_quote(doc: Doc, first: int, last: int) -> bool:
    """Whether an apostrophe closes a nickname: "Bo ‘Ace’ Ray"."""
    before = doc[first:last].text
    return doc[last].text in ("'", "’") and ("‘" in before or " '" in before)


def _skip_roles(doc: Doc, first: int, last: int) -> int:
    """Return where a name begins after roles and titles: "Democrat Ann Lee", "Sen. Ann Lee"."""
    while first < last - 2 and (role_noun(doc[first].text) or is_title(doc[first].text)):
        first += 1
    return first


def _stands_for_person(doc: Doc, first: int, last: int, evidence: _Evidence) -> bool:
    """Whether a part of a name is a person's: full, or a family name known by itself."""
    words = name_words(doc, first, last)
    if len(words) == 1:
        return words[0] in evidence.families
    return _is_person(doc, first, last, evidence)
