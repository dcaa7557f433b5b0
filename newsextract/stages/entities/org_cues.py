"""Textual cues that a name is an organization, or an acronym that is not one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newsextract.language.doc import name_words, word_after, word_before
from newsextract.language.lexicon import read_words
from newsextract.language.nouns import POSSESSIVE_ENDINGS, role_noun
from newsextract.language.person_names import is_family, is_given
from newsextract.language.rules import rule
from newsextract.language.strings import initials_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_ACRONYM = re.compile(r"[A-Z]{2,6}")
_QUOTES = frozenset("\"'“‘”’«»")
_WITHIN = frozenset(("of", "in", "for", "at"))


@rule
def find_organizations(doc: Doc, entities: Iterable[Span]) -> Iterator[Span]:
    """Yield those of ``entities`` that are labeled as people and are called an organization.

    Fires: "the newspaper Al Balagh", "the daily Rita Vestnesa", 'the company "Tavria"'. Not:
    "member of parliament Bo Ray", "the daily Ray show", "the newspaper Ann Lee".
    """
    for ent in entities:
        at = ent.start - 1 - (word_before(ent) in _QUOTES)
        called = at > 0 and doc[at].text in read_words("organization_nouns")
        if ent.label_ == "PERSON" and called and doc[at - 1].lower_ not in _WITHIN:
            modifies = any(token.pos_ == "NOUN" for token in doc[ent.end : ent.end + 1])
            if not modifies and not all(map(is_of_people, name_words(ent))):
                yield ent


def is_of_people(word: str) -> bool:
    """Whether a word is a personal name; "Al" also begins names of papers."""
    return word != "al" and (is_given(word) or is_family(word))


@rule
def find_terms(doc: Doc, entities: Iterable[Span]) -> Iterator[Span]:
    """Yield the acronyms among ``entities`` that stand for something other than an organization.

    Fires: "foreign direct investment (FDI)", "the Fish Trade Agreement (FTA)". Not: "the election
    commission (EC)", "the chief commissioner (CC)", who may speak, "the Bank of Oslo (BO)".
    """
    for ent in entities:
        acronym = ent.label_ in ("ORG", "MISC", "PRODUCT") and _ACRONYM.fullmatch(ent.text)
        if acronym and ent.start > 1 and word_before(ent) + word_after(ent) == "()":
            at = ent.start - 2
            word = doc[at - (at > 0 and doc[at].text in POSSESSIVE_ENDINGS)]
            thing = word.ent_type_ in ("MISC", "PRODUCT") or word.lower_ in read_words("term_nouns")
            if thing or _spells(word, ent.text):
                yield ent


def _spells(word: Token, initials: str) -> bool:
    """Whether lower-case words up to ``word`` begin with the letters of ``initials``."""
    kinds = read_words("organization_nouns")
    if word.ent_type_ or not word.is_lower or word.text in kinds or role_noun(word.text):
        return False
    before = word.doc[max(0, word.i - 2 * len(initials)) : word.i + 1]
    words = [t.lower_ for t in before if not t.is_punct and t.lower_ not in _WITHIN]
    return initials_of(words[-len(initials) :]) == initials.lower()
