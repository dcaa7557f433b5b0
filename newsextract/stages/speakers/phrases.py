"""Reading a source phrase: its head, its determiner, the names that it coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsextract.language.lexicon import read_pairs, read_words
from newsextract.language.nouns import (
    DASHES,
    POSSESSIVE_ENDINGS,
    POSSESSIVE_PRONOUNS,
    is_around_short_name,
    is_compound,
    is_hyphen,
    is_modifier,
    is_plural_role,
    role_noun,
    singular,
)
from newsextract.language.person_names import is_title
from newsextract.stages.speakers.entity_index import EntityIndex, Occurrence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_EDGES = frozenset("\"“”‘’',.;:()[]—–-") | {"--", "``", "''"} | POSSESSIVE_ENDINGS
"""Marks and endings that are trimmed from a phrase, as white space is."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source phrase as token offsets; ``head`` is the token of its head noun.

    ``determiner`` is "definite", "indefinite", "possessive" or ``None``; ``names`` are the
    coordinated names where the head is one; ``possessor`` is the token before "'s".
    """

    first: int
    last: int
    head: int
    determiner: str | None = None
    names: tuple[Occurrence, ...] = ()
    coordinated: bool = False
    possessor: int | None = None
    zone_end: int = 0

    def text(self, doc: Doc) -> str:
        """Return the phrase as written, with single spaces."""
        return " ".join(doc[self.first : self.last].text.split())

    def noun(self, doc: Doc) -> str:
        """Return the head noun in lower case and singular."""
        return singular(doc[self.head].lower_)


def read_phrase(doc: Doc, index: EntityIndex, tokens: range) -> Phrase | None:
    """Return the phrase that ``tokens`` write; ``None`` if there is none.

    "a spokesman for Ann Lee" has the head "spokesman"; "Clinton's campaign" "campaign";
    "campaign manager Ann Lee" the name.
    """
    span = doc[tokens.start : tokens.stop]
    inside = [token.i for token in span if not token.is_space and token.text not in _EDGES]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    determiner = _read_determiner(doc[first].lower_) if last - first > 1 else None
    start = first + (determiner is not None)
    end = _zone_end(doc, index, start, last)
    head = _last_word(doc, start, end)
    owners = (i - 1 for i in range(end - 2, start, -1) if doc[i].text in POSSESSIVE_ENDINGS)
    return Phrase(
        first, last, head, determiner,
        names=tuple(coordinated_names(doc, index, head, last)),
        coordinated=is_coordinated(doc, index, head, last),
        possessor=next(owners, None), zone_end=end,
    )  # fmt: skip


def _read_determiner(word: str) -> str | None:
    return "possessive" if word in POSSESSIVE_PRONOUNS else read_pairs("determiners").get(word)


def _zone_end(doc: Doc, index: EntityIndex, start: int, last: int) -> int:
    """Return where the words up to the head noun end: at a preposition, comma or verb."""
    for i in range(start + 1, last):
        named = index.by_token.get(i)
        inside = named is not None and i > named.first
        if not inside and _ends_zone(doc[i]) and not _is_inner_bracket(doc[i], last):
            return i
    return last


def _is_inner_bracket(token: Token, last: int) -> bool:
    """Whether words go on behind a short name in brackets: "United Nations (UN) officials"."""
    after = token.i + (1 if token.text == ")" else 3)
    goes_on = after < last and token.doc[after].pos_ in ("NOUN", "PROPN", "ADJ")
    return goes_on and is_around_short_name(token)


def _ends_zone(token: Token) -> bool:
    if token.text in POSSESSIVE_ENDINGS or is_hyphen(token):
        return False
    if token.text in _EDGES:
        return token.text not in ("“", "”", '"', "‘", ".")
    if token.lower_ in read_words("function_words"):
        return True
    if token.pos_ in ("VERB", "AUX"):
        in_role = token.lower_ in read_words("role_modifiers")
        return not in_role and not is_compound(token.doc, token.i)
    return token.text in DASHES or (token.is_space and "\n" in token.text)


def _last_word(doc: Doc, start: int, end: int) -> int:
    """Return the last token of the zone that is a word or number: "aides" in "aides familiar"."""
    words = [i for i in range(start, end) if doc[i].text[:1].isalnum() or doc[i].text == "%"]
    while len(words) > 1 and doc[words[-1]].pos_ == "ADJ" and doc[words[-2]].pos_ == "NOUN":
        words.pop()
    return words[-1] if words else start


def coordinated_names(doc: Doc, index: EntityIndex, head: int, last: int) -> Iterator[Occurrence]:
    """Yield the name at the head and those joined to it by a comma or "and".

    Not Pyongyang in "China, Pyongyang's only ally".
    """
    named = index.by_token.get(head)
    if named is None:
        return
    yield named
    at = named.last
    while at < last:
        other = index.by_token.get(at)
        if other is not None and other.first == at:
            at = other.last
            owns = at < last and doc[at].text in POSSESSIVE_ENDINGS
            alike = other.referent.kind == named.referent.kind
            if alike and not owns and _is_joined(doc, other.first):
                yield other
        else:
            at += 1


def _is_joined(doc: Doc, at: int) -> bool:
    """Whether "and" or a comma precedes the name at ``at``, even with a title or "the" between."""
    i = at - 1
    while i > 0 and (doc[i].pos_ == "DET" or role_noun(doc[i].text) or is_title(doc[i].text)):
        i -= 1
    return doc[i].lower_ in ("and", ",", "&")


def is_coordinated(doc: Doc, index: EntityIndex, head: int, last: int) -> bool:
    """Whether "and" follows the head: "Trump and his aides"; not "a poet and former mayor"."""
    named = index.by_token.get(head)
    at = named.last if named is not None else head + 1
    if at >= last - 1 or doc[at].lower_ not in ("and", "&"):
        return False
    after = at + 1
    while named is None and after < last - 1 and _is_before_noun(doc[after]):
        after += 1
    if role_noun(doc[after].text) and not is_plural_role(doc[after].text):
        return False
    return named is not None or not _closes_with_name(doc, index, at, last)


def _is_before_noun(token: Token) -> bool:
    return is_modifier(token) and role_noun(token.text) is None


def _closes_with_name(doc: Doc, index: EntityIndex, at: int, last: int) -> bool:
    """Whether two roles of one person are joined: "his wife and running mate Ann Lee"."""
    named = index.by_token.get(last - 1)
    return named is not None and named.first > at and bool(role_noun(doc[named.first - 1].text))


def pronoun_kind(token: Token) -> str | None:
    """Return what a pronoun asks of its antecedent: "male", "plural", "relative" …"""
    return read_pairs("pronouns").get(token.lower_)
