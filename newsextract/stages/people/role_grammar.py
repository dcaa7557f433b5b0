"""A grammar of roles: tokens as letters of word classes, roles as patterns of letters.

"the former mayor of Bath" reads ``dmrom``. The patterns find roles that the encoder, which marks
roles too, leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from newsextract.language.lexicon import read_pairs
from newsextract.language.nouns import (
    DASHES,
    OTHER_NAMES,
    POSSESSIVE_ENDINGS,
    POSSESSIVE_PRONOUNS,
    is_around_short_name,
    is_break,
    is_compound,
    is_hyphen,
    is_modifier,
    is_plural_role,
    role_noun,
)
from newsextract.language.person_names import is_title

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BY_WORD = {
    **dict.fromkeys(("of", "for", "to"), "o"),
    **dict.fromkeys(("at", "in", "from", "with", "on", "under", "against"), "i"),
    **dict.fromkeys(("and", "&"), "a"),
    **dict.fromkeys(("is", "was", "are", "were", "be", "became", "becomes", "remains"), "b"),
    **dict.fromkeys(("also", "now", "then", "still"), "e"),
    **dict.fromkeys(("man", "woman", "boy", "girl", "person", "people", "men", "women"), "y"),
    **dict.fromkeys(POSSESSIVE_PRONOUNS, "p"),
    **dict.fromkeys(POSSESSIVE_ENDINGS, "s"),
    **dict.fromkeys(DASHES, "-"),
    **{",": ",", "(": "(", ")": ")", "one": "u", "as": "k", "such": "q", "who": "w"},
    **dict.fromkeys(("which", "that", "whose"), "."),
}  # fmt: skip
_CLAUSE = frozenset(("VERB", "AUX", "PRON", "SCONJ", "ADV"))
_MODIFIER = r"[mrRys]|n(?=[nsmrRy])"
_HEAD = r"(?>(?:[mdpcrRs]|[ny]+(?=s)|,(?=j))*[rR])(?!n)"
_INSIDE = r"(?:[mdpcrRsynoitu]|a(?!d|[mpc]{0,4}[rR]))"
ROLE = re.compile(rf"(?:uod?)?{_HEAD}(?:[oi]{_INSIDE}*(?<![oiad]))?")
"""A role: modifiers, its noun, its complement."""
RUN = re.compile(rf"(?!s)p?(?:{_MODIFIER}|(?<=[rR])a(?=[mnrRs]*[rR]))+\Z")
"""The words before a name that can be its role."""
OFFICE = re.compile(rf"p?(?:{_MODIFIER}|(?<=[rR])a)*[rR]od?(m+a)?m+\Z")
"""An office of something: "President of the Republic", "Minister of Mines and Energy"."""
EXAMPLES = re.compile(r"(?<=q)[mrs]*R(?=k\Z)|[mrs]*R(?=(?:qk|[-(b])\Z)")
"""A plural before its examples: "such stars as", "stars such as", "two guards —", "winners are"."""
APPOSED = re.compile(
    rf"(?:[dc]|(?=[pu])|(?<!n)(?=n)|(?<!m)(?=m)|(?<=,)(?=r))(?P<role>{ROLE.pattern})\Z"
)
"""A noun phrase before a comma and a name: "The head of the agency, Ann Lee,"."""
AFTER = re.compile(
    r"(?:\([^rR)]{0,7}\))?"
    r"(?:\(|[,\-](?:c,)?(?:[we]+be*)?|be*(?=d|[^,.]*o)|[bvem]{1,5}k)[de]*"
    rf"(?P<role>{ROLE.pattern})"
)
"""What follows a name: a comma, an age, "is", "was elected as"; then its role."""
AFTER_OPENS = re.compile(r"[(,\-b]|[vem][bvem]{0,4}k")
"""How all that begins, within six letters."""
ANOTHER = re.compile(rf"(?:a|,a(?!d))[de]*(?P<role>{ROLE.pattern})")
"""What follows a role and "and": another one of the same person."""
SECOND = re.compile(r"a(?=[dp]?[mns]*[rRy])")
"""What joins a second office to the first: "founder and chief executive"."""


class WordClasses:
    """The letters of the tokens of a document, found as they are asked for."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._letter = cache(lambda i: _classify(doc[i]))

    def read(self, first: int, last: int) -> str:
        """Return the letters of a half-open range of tokens."""
        return "".join(map(self._letter, range(max(0, first), min(last, len(self.doc)))))


def _classify(token: Token) -> str:
    """Return the letter of a token: ``r`` a role noun, ``R`` its plural, ``m`` a modifier …"""
    return next((letter for holds, letter in _read_letters(token) if holds), "t")


def _read_letters(token: Token) -> Iterator[tuple[object, str]]:
    """Yield the letters that a token can have and whether it has them; the first counts."""
    doc, i, text, word, label = token.doc, token.i, token.text, token.lower_, token.ent_type_
    yield label and word in POSSESSIVE_ENDINGS, "s"
    yield label == "PERSON", "n"
    yield label in OTHER_NAMES and (token.ent_iob_ == "I" or not role_noun(text)), "m"
    abbreviated = text == "." and i > 0 and is_title(doc[i - 1].text)
    yield abbreviated and i + 1 < len(doc) and not doc[i + 1].is_sent_start, "m"
    yield is_break(token), "."
    yield is_hyphen(token) or is_around_short_name(token), "m"
    by_word = _BY_WORD.get(word) or "d" * (word in read_pairs("determiners"))
    yield by_word and not (text[:1].isalpha() and is_compound(doc, i)), by_word
    yield label in ("DATE", "MONEY") and not token.is_digit, "t"
    if token.pos_ != "VERB" and not (i + 1 < len(doc) and is_hyphen(doc[i + 1])):
        yield is_plural_role(text), "R"
        yield role_noun(text), "r"
    yield is_count(token), "m" if _is_glued(token) else "c"
    yield is_modifier(token) or is_compound(doc, i) or token.is_space, "m"
    yield token.pos_ in _CLAUSE and token.is_lower and not (i and doc[i - 1].lower_ == "to"), "v"


def _is_glued(token: Token) -> bool:
    """Whether a number is part of a word: "60" of "60m champion"."""
    return not token.whitespace_ and token.i + 1 < len(token.doc) and token.nbor().is_alpha


def is_count(token: Token) -> bool:
    """Whether a token is a count or an age ("two", "85-year-old") rather than a year."""
    if token.text.isdigit():
        return len(token.text) != 4
    return token.pos_ == "NUM" or token.lower_.endswith(("year-old", "yearold"))
