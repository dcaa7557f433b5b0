"""Noun phrases about people: role nouns, modifiers, phrase boundaries."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsextract.language.lexicon import read_pairs, read_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

POSSESSIVE_PRONOUNS = frozenset(("his", "her", "their", "its", "my", "our", "your", "whose"))
POSSESSIVE_ENDINGS = frozenset(("'s", "’s", "'", "’"))
DASHES = frozenset(("—", "–", "--", "-", "―"))
SMALL_WORDS = frozenset(("the", "a", "an", "of", "for", "and", "in", "on", "at", "to", "by", "s"))
"""Articles, prepositions and a cut-off 's, which tell nothing when names are compared."""
OTHER_NAMES = frozenset(("ORG", "FAC", "LOC", "MISC", "NORP"))
"""Labels of names that are no person's."""
_ROLE_ENDING = re.compile(r"\w{3}(?:ist|man|woman|person|ologist)$")
_MODIFIERS = frozenset(("ADJ", "NOUN", "PROPN", "X", "NUM"))


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """Return the singular of a noun in lower case, by its ending: not of "gas", of "mps"."""
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("people") and len(word) > 6:
        return word[:-6] + "person"
    if word.endswith(("sses", "ches", "shes", "xes", "zzes")):
        return word[:-2]
    short = len(word) < 4 and word[-2:-1] in "aeiou"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and not short:
        return word[:-1]
    return word


def is_plural(word: str) -> bool:
    """Whether a noun in lower case has the ending of a plural: not "boss"."""
    return singular(word) != word


@lru_cache(maxsize=4096)
def role_noun(word: str) -> str | None:
    """Return the singular of a role noun or title, spelled out; ``None`` for another word.

    >>> role_noun("Sens."), role_noun("spokesmen"), role_noun("table")
    ('senator', 'spokesman', None)
    """
    plain = word.rstrip(".").casefold()
    for form in (plain, singular(plain)):
        if form in read_pairs("titles"):
            return read_pairs("titles")[form]
        if form in read_words("role_nouns") or _ROLE_ENDING.search(form):
            return form
    return None


@lru_cache(maxsize=4096)
def is_plural_role(word: str) -> bool:
    """Whether ``word`` is the plural of a role noun: "Sens.", "developers"."""
    plain = word.rstrip(".").casefold()
    return singular(plain) != plain and role_noun(plain) is not None


def is_break(token: Token) -> bool:
    """Whether ``token`` ends any phrase: a line end, a period, a colon."""
    return "\n" in token.text or token.text in (".", ":", ";", "!", "?", "…", "•", "|")


def is_around_short_name(token: Token) -> bool:
    """Whether a bracket is around the short form of the name before it: "Palang Party (PP)"."""
    doc, opens = token.doc, token.i - 2 * (token.text == ")")
    if opens < 1 or doc[opens].text != "(" or doc[opens + 2 : opens + 3].text != ")":
        return False
    return doc[opens + 1].text[:1].isupper() and doc[opens - 1].ent_type_ in OTHER_NAMES


def is_modifier(token: Token) -> bool:
    """Whether ``token`` can stand before a role noun in its phrase; a verb after a noun cannot."""
    lower = token.lower_
    if (
        lower in ("percent", "%")
        or lower in read_words("function_words")
        or lower in read_words("time_nouns")
    ):
        return False
    if token.pos_ == "VERB":
        after_noun = token.i > 0 and token.nbor(-1).pos_ in ("NOUN", "PROPN", "PRON")
        return not after_noun and lower in read_words("role_modifiers")
    if token.pos_:
        return token.pos_ in _MODIFIERS
    return token.text[:1].isalnum()


def is_hyphen(token: Token) -> bool:
    """Whether ``token`` joins two words: a hyphen or slash without spaces around it."""
    if token.text not in ("-", "/", "–") or token.i == 0 or token.whitespace_:
        return False
    return not token.nbor(-1).whitespace_


def is_compound(doc: Doc, i: int) -> bool:
    """Whether token ``i`` is part of a word with hyphens: "in" in "commander-in-chief"."""
    if is_hyphen(doc[i]):
        return True
    after = i + 1 < len(doc) and is_hyphen(doc[i + 1])
    return after or (i > 0 and is_hyphen(doc[i - 1]))


def is_determiner(token: Token) -> bool:
    """Whether ``token`` opens a noun phrase and is no part of a role."""
    return token.lower_ in read_pairs("determiners")
