"""Textual cues that a name is an organization, or an acronym that is not one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newsextract.language.lexicon import read_words
from newsextract.language.nouns import POSSESSIVE_ENDINGS, role_noun
from newsextract.language.person_names import is_family, is_given
from newsextract.language.rules import rule
from newsextract.stages.entities.boundaries import name_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_ACRONYM = re.compile(r"[A-Z]{2,6}")
_QUOTES = frozenset("\"'“‘”’«»")
_JOINERS = frozenset(("-", "–", "/")) | POSSESSIVE_ENDINGS
_WITHIN = frozenset(("of", "in", "for", "at"))
_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "NUM"))


def find_organizations(doc: Doc, people: Iterable[Span]) -> Iterator[tuple[str, ...]]:
    """Yield the names of the PERSON spans that stand where only an organization can.

    Fires: "the Ansar,", "the newspaper Al Balagh", "the daily Rita Vestnesa". Not: "the Clinton
    campaign", "the Donald Tavria", "member of parliament Bo Ray", "the newspaper Ann Lee".
    """
    for ent in people:
        words = name_words(doc, ent.start, ent.end)
        personal = [is_of_people(word) for word in words]
        named = _has_article(doc, ent) and not any(personal)
        if words and (named or (_follows_noun(doc, ent) and not all(personal))):
            yield words


def is_of_people(word: str) -> bool:
    """Return whether a word is a personal name; "Al" also begins names of papers."""
    return word != "al" and (is_given(word) or is_family(word))


@rule
def _has_article(doc: Doc, ent: Span) -> bool:
    """Whether "the" is before a name that is not itself before a noun."""
    if ent.start == 0 or doc[ent.start - 1].lower_ != "the":
        return False
    after = doc[ent.end] if ent.end < len(doc) else None
    joined = after is not None and after.text in _JOINERS
    return after is None or (after.pos_ not in _NOMINAL and not joined)


@rule
def _follows_noun(doc: Doc, ent: Span) -> bool:
    """Whether the word before a name says what it is: "the daily Ray", 'the company "Ray"'.

    Not "the daily Ann Lee show".
    """
    at = ent.start - 1
    if at > 0 and doc[at].text in _QUOTES:
        at -= 1
    kind = at > 0 and doc[at].text in read_words("organization_nouns")
    return kind and doc[at - 1].lower_ not in _WITHIN and not _precedes_noun(doc, ent)


def _precedes_noun(doc: Doc, ent: Span) -> bool:
    return ent.end < len(doc) and doc[ent.end].pos_ == "NOUN"


@rule
def find_terms(doc: Doc, names: Iterable[Span]) -> Iterator[Span]:
    """Yield the acronyms among ``names`` that stand for something other than an organization.

    Fires: "foreign direct investment (FDI)", "the Fish Trade Agreement (FTA)". Not: "the election
    commission (EC)", "the chief commissioner (CC)", who may speak, "the Bank of Oslo (BO)".
    """
    for ent in names:
        if _is_in_parentheses(doc, ent) and _ACRONYM.fullmatch(ent.text):
            last = ent.start - 2
            last -= last > 0 and doc[last].text in POSSESSIVE_ENDINGS
            thing = doc[last].ent_type_ in ("MISC", "PRODUCT") or doc[last].lower_ in read_words(
                "term_nouns"
            )
            if thing or _spells(doc, last, ent.text):
                yield ent


def _is_in_parentheses(doc: Doc, ent: Span) -> bool:
    inside = ent.start > 1 and ent.end < len(doc)
    return inside and doc[ent.start - 1].text == "(" and doc[ent.end].text == ")"


def _spells(doc: Doc, last: int, initials: str) -> bool:
    """Whether words written small, up to the token ``last``, begin with ``initials``."""
    word, kinds = doc[last], read_words("organization_nouns")
    if word.ent_type_ or not word.is_lower or word.text in kinds or role_noun(word.text):
        return False
    at = last + 1
    for letter in reversed(initials.lower()):
        at -= 1
        while at > 0 and (doc[at].is_punct or doc[at].lower_ in _WITHIN):
            at -= 1
        if at < 0 or doc[at].lower_[:1] != letter:
            return False
    return True
