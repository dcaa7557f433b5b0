"""Roles after a name: appositions, relative clauses and copulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsextract.language.nouns import (
    DASHES,
    POSSESSIVE_ENDINGS,
    POSSESSIVE_PRONOUNS,
    is_break,
    is_compound,
    is_determiner,
    is_hyphen,
    is_modifier,
    is_plural_role,
    role_noun,
)
from newsextract.language.rules import rule
from newsextract.stages.people.mentions import NameMention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 40
_PREPOSITIONS = frozenset(
    ("of", "for", "at", "in", "from", "to", "with", "on", "by", "under", "against", "and", "&")
)
_BARE_NOUNS = frozenset(
    ("man", "woman", "boy", "girl", "person", "individual", "guy", "gentleman", "lady", "people")
    + ("men", "women", "boys", "girls", "guys")
)
_COPULAS = frozenset(("is", "was", "are", "were", "became", "becomes", "remains", "be"))


def find_after(doc: Doc, mention: NameMention) -> list[tuple[int, int]]:
    """Return the roles after a name, as token spans.

    "Ann Lee, the mayor of Bath and chair of the board," gives two; "Ann Lee, Bo Ray and" none.
    """
    at = skip_parenthesis(doc, mention.last)
    if at >= len(doc):
        return []
    if doc[at].text == "(":
        return _read_apposition(doc, at + 1)
    if doc[at].text == "," or (doc[at].text in DASHES and not is_hyphen(doc[at])):
        return _read_comma(doc, at + 1)
    return _read_copula(doc, at) or _read_as(doc, at)


def skip_parenthesis(doc: Doc, at: int) -> int:
    """Return the token after "(R-Wis.)" where a short parenthesis without a role stands."""
    if at >= len(doc) or doc[at].text != "(":
        return at
    close = next((i for i in range(at, min(at + 9, len(doc))) if doc[i].text == ")"), None)
    if close is None or any(role_noun(t.text) for t in doc[at + 1 : close]):
        return at
    return close + 1


@rule
def _read_comma(doc: Doc, at: int) -> list[tuple[int, int]]:
    """Read what follows the comma: an age is stepped over, "who is" is a copula."""
    if at + 1 < len(doc) and (doc[at].like_num and doc[at + 1].text == ","):
        at += 2
    if at < len(doc) and doc[at].lower_ in ("who", "now", "then", "also"):
        return _read_copula(doc, at + 1)
    return _read_apposition(doc, at)


@rule
def _read_apposition(doc: Doc, at: int) -> list[tuple[int, int]]:
    """Read the phrases of an apposition; one in the plural is the next item of a list.

    Not "whose wife": that is somebody else.
    """
    if at < len(doc) and doc[at].lower_ == "whose":
        return []
    spans = read_phrase_after(doc, at, min(len(doc), at + _LONGEST))
    if spans and spans[-1][1] < len(doc) and doc[spans[-1][1]].ent_type_ == "PERSON":
        spans.pop()
    return [(a, b) for a, b in spans if not _is_plural_phrase(doc, a, b)]


def _is_plural_phrase(doc: Doc, first: int, last: int) -> bool:
    """Whether the head of a role is plural: "other guests"; not "one of the guests"."""
    nouns = [t for t in doc[first:last] if role_noun(t.text)]
    return bool(nouns) and is_plural_role(nouns[0].text) and doc[first].lower_ != "one"


@rule
def _read_copula(doc: Doc, at: int) -> list[tuple[int, int]]:
    """Read "is also the mayor of Bath", "is mayor of Bath"; not "is leader in the polls"."""
    if at + 1 >= len(doc) or doc[at].lower_ not in _COPULAS:
        return []
    if at + 2 < len(doc) and doc[at + 1].lower_ in ("also", "now", "still"):
        at += 1
    spans = read_phrase_after(doc, at + 1, min(len(doc), at + _LONGEST))
    if doc[at + 1].lower_ in ("a", "an", "the"):
        return spans
    return spans if any(t.lower_ == "of" for a, b in spans for t in doc[a:b]) else []


@rule
def _read_as(doc: Doc, at: int) -> list[tuple[int, int]]:
    """Read "was elected as mayor of Bath", "will continue as acting chief"."""
    for i in range(at, min(at + 6, len(doc) - 1)):
        token = doc[i]
        if token.lower_ == "as" and i > at:
            return read_phrase_after(doc, i + 1, min(len(doc), i + _LONGEST))
        if token.pos_ not in ("AUX", "VERB", "ADV"):
            break
    return []


def read_phrase_after(doc: Doc, at: int, limit: int) -> list[tuple[int, int]]:
    """Return the roles in the noun phrases that begin at token ``at``, joined by "and"."""
    spans: list[tuple[int, int]] = []
    while at < limit:
        span = _read_role(doc, at, limit)
        if span is None:
            break
        spans.append(span)
        at = span[1]
        if at + 1 < limit and doc[at].text == "," and doc[at + 1].lower_ == "and":
            at += 1
            if at + 1 < limit and doc[at + 1].lower_ in ("the", "other", "others"):
                break
        if at >= limit or doc[at].lower_ not in ("and", "&"):
            break
        at += 1
    return spans


def _read_role(doc: Doc, at: int, limit: int) -> tuple[int, int] | None:
    """Return one role: modifiers, the role noun, and what belongs to it."""
    start = at
    while start < limit and (is_determiner(doc[start]) or doc[start].lower_ in ("also", "now")):
        start += 1
    one_of = start + 1 < limit and doc[start : start + 2].text.casefold() == "one of"
    head = _find_head(doc, start + 2 * one_of, limit)
    if head is None or doc[head].lower_ in _BARE_NOUNS:
        return None
    return start, _complement_end(doc, head + 1, limit)


def _find_head(doc: Doc, at: int, limit: int) -> int | None:
    """Return the role noun that ends the run of modifiers beginning at ``at``."""
    head = None
    for i in range(at, limit):
        token = doc[i]
        if token.ent_type_ == "PERSON" and not _possesses(doc, i):
            return None if token.ent_iob_ == "B" and head == i - 1 else head
        if role_noun(token.text) and not _goes_on(doc, i, limit):
            head = i
        elif not _can_precede(doc, i):
            break
    return head


def _possesses(doc: Doc, i: int) -> bool:
    """Whether the name at ``i`` is followed by a possessive ending."""
    while i + 1 < len(doc) and doc[i].ent_type_ == "PERSON":
        i += 1
    return doc[i].text in POSSESSIVE_ENDINGS


def _goes_on(doc: Doc, i: int, limit: int) -> bool:
    """Whether the role noun is only the first half of a word: "vice" in "chief-of-staff"."""
    return i + 2 < limit and is_hyphen(doc[i + 1])


def _can_precede(doc: Doc, i: int) -> bool:
    token = doc[i]
    if is_modifier(token) or is_determiner(token) or is_compound(doc, i):
        return True
    inside = token.ent_type_ in ("ORG", "LOC", "FAC", "NORP", "MISC") and token.ent_iob_ == "I"
    listed = token.text == "," and i + 1 < len(doc) and doc[i + 1].pos_ == "ADJ"
    return (
        inside
        or listed
        or token.text in POSSESSIVE_ENDINGS
        or (token.lower_ in POSSESSIVE_PRONOUNS)
    )


def _complement_end(doc: Doc, at: int, limit: int) -> int:
    """Return where the words end that belong to a role noun: "of the board of trade"."""
    if at >= limit or not _opens_complement(doc[at]):
        return at
    i = at
    while i < limit:
        token = doc[i]
        if token.ent_iob_ == "I" and i > at:
            i += 1
            continue
        if _closes_complement(token) or _starts_role(doc, i, limit):
            break
        i += 1
    while i > at and (doc[i - 1].lower_ in _PREPOSITIONS or is_determiner(doc[i - 1])):
        i -= 1
    return i


def _opens_complement(token: Token) -> bool:
    """Whether a complement opens: "mayor of", "spokeswoman for", "nominee to replace"."""
    return token.lower_ in _PREPOSITIONS and token.lower_ not in ("and", "&", "by")


def _closes_complement(token: Token) -> bool:
    if is_break(token) or token.text in (",", "(", ")") or token.lower_ in ("who", "which", "that"):
        return True
    if token.text in DASHES and not is_hyphen(token):
        return True
    return token.pos_ in ("AUX", "PRON", "SCONJ") or _is_clause_verb(token)


def _is_clause_verb(token: Token) -> bool:
    """Whether ``token`` is a verb of the sentence, not the infinitive of the complement."""
    if token.ent_type_ or is_compound(token.doc, token.i) or token.text[:1].isupper():
        return False
    if token.pos_ == "ADV":
        return token.lower_ not in ("so", "very")
    return token.pos_ == "VERB" and token.nbor(-1).lower_ != "to"


def _starts_role(doc: Doc, i: int, limit: int) -> bool:
    """Whether the "and" at ``i`` opens another role, or another clause."""
    if doc[i].lower_ != "and" or i + 1 >= limit:
        return False
    return is_determiner(doc[i + 1]) or _read_role_head(doc, i + 1, limit) is not None


def _read_role_head(doc: Doc, at: int, limit: int) -> int | None:
    return _find_head(doc, at, min(limit, at + 6))
