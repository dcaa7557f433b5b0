"""Roles beside a person's name: those that the encoder marks, and those that a grammar finds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from newsextract.language.doc import sentence_of
from newsextract.language.lexicon import read_pairs
from newsextract.language.nouns import (
    DASHES,
    POSSESSIVE_PRONOUNS,
    is_break,
    is_compound,
    is_determiner,
    is_hyphen,
    is_plural,
    is_plural_role,
    role_noun,
)
from newsextract.language.person_names import is_title
from newsextract.language.rules import rule
from newsextract.records import Role
from newsextract.stages.people import role_grammar as grammar
from newsextract.stages.people.mentions import NameMention
from newsextract.stages.people.role_grammar import WordClasses

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_BEFORE, _AFTER = 16, 40
_PREDICATE, _LONGEST_JOIN = 25, 3
_SKIPPED = ("DET", "ADV")
_BREAKS = ("VERB", "PROPN", "PRON", "SCONJ")
_COPULAS = frozenset(("as", "became", "become", "becomes", "becoming", "remained", "remains"))
_NEAR_BEFORE, _NEAR_AFTER = 2, 7
_LINKS = DASHES | {",", "("}
_OTHERS = frozenset(("other", "both", "all"))
_JOINS = frozenset((",", ";", "and", "&"))
_SHARING_GAP = 9
_SHARING = 12
_ANOTHERS = re.compile(r"[^oi]*[rR].*[oi]d?(?=(?:n+s)?m*r\Z)")
_COMPLEMENT = re.compile("[oi]")
Range = tuple[int, int]


def find_roles(doc: Doc, mentions: Sequence[NameMention]) -> dict[int, list[Role]]:
    """Return the roles beside ``mentions``, in text order, by the name's start in the text."""
    places = {mention.first: n for n, mention in enumerate(mentions)}
    classes = WordClasses(doc)
    found: dict[int, list[Role]] = defaultdict(list)
    pairs = list(find_marked(classes, mentions))
    pairs += [(m, r) for m in mentions for r in (*find_before(classes, m), *find_after(classes, m))]
    parts = ((m, office) for m, role in pairs for office in split_offices(classes, role))
    for mention, (first, last) in parts:
        role = to_role(doc, first, last)
        if role is None:
            continue
        owners = [mention]
        if _has_plural_head(classes, first, last):
            at = places[mention.first]
            before = mentions[max(0, at - _SHARING) : at + 1]
            after = mentions[at : at + 1 + _SHARING]
            owners += share_role(doc, after if last <= mention.first else before[::-1])
        for owner in owners:
            others = found[owner.start]
            if not any(role.start < own.end and own.start < role.end for own in others):
                others.append(role)
    return found


def to_role(doc: Doc, first: int, last: int) -> Role | None:
    """Return the role in the tokens, in whole words, without a leading "the", "his" or "three"."""
    while first < last and _is_before_role(doc[first]):
        first += 1
    while last > first and (doc[last - 1].is_space or doc[last - 1].text == ","):
        last -= 1
    if first >= last:
        return None
    aged = doc[first].lower_ in ("old", "year")
    while first and not aged and (is_hyphen(doc[first]) or is_hyphen(doc[first - 1])):
        first -= 1
    span = doc[first:last]
    return Role(span.text, span.start_char, span.end_char)


def split_offices(classes: WordClasses, role: Range) -> list[Range]:
    """Return the offices in a role: two in "wife and manager", one in "head of parks and roads".

    A title is one of its own in "party chairman Gen."; not in "Detective Sgt.", "former Gov.".
    """
    first, last = role
    letters = classes.read(first, last)
    joins = (match.start() for match in grammar.SECOND.finditer(letters))
    cuts = (first + at for at in joins if re.search("[rR]", letters[:at]))
    edges = [first - 1, *cuts, last]
    parts = ((before + 1, after) for before, after in pairwise(edges))
    return [office for part in parts for office in _split_title(classes.doc, *part)]


def _split_title(doc: Doc, first: int, last: int) -> list[Range]:
    """Split "vice-presidential nominee Gov." in two, and "head of the agency, Dr."."""
    for at in range(first + 1, last):
        office = doc[at - 1].text
        if not _is_short_title(doc[at].text) or _is_short_title(office):
            continue
        if office == "," or (role_noun(office) and (at - first > 1 or not is_title(office))):
            return [(first, at), (at, last)]
    return [(first, last)]


def _is_short_title(word: str) -> bool:
    """Whether a word is a title that is written short: "Gov.", "Lt", "Prof"."""
    plain = word.rstrip(".").casefold()
    return read_pairs("titles").get(plain, plain) != plain


def _is_before_role(token: Token) -> bool:
    """Whether a word before a role is no part of it: "the", "his", "three"; not "two-time"."""
    word = token.lower_
    if token.is_space or is_determiner(token) or word in POSSESSIVE_PRONOUNS:
        return True
    counts = word in _OTHERS or (token.pos_ == "NUM" and token.is_alpha and word != "one")
    return counts and not is_compound(token.doc, token.i)


def _has_plural_head(classes: WordClasses, first: int, last: int) -> bool:
    """Whether a role is of several people: "ministers of health", not "one of the ministers"."""
    inner = _COMPLEMENT.search(classes.read(first, last), 1)
    end = first + inner.start() if inner else last
    noun = "".join(classes.doc[first:end].text.split()[-1:]).casefold()
    return is_plural(noun) or is_plural_role(noun)


@rule
def share_role(doc: Doc, mentions: Sequence[NameMention]) -> list[NameMention]:
    """Return the names that share a role with the first: "Sens. Ann Lee (D-Mo.) and Bo Ray".

    Args:
        doc: the annotated document.
        mentions: the names from the first one on: forward after a role in the plural, backward
            before one ("Ann Lee and Bo Ray, ministers in Bath").
    """
    shared: list[NameMention] = []
    for mention, other in pairwise(mentions):
        one, two = sorted((mention, other), key=lambda m: m.first)
        gap = doc[one.last : two.first]
        ends_list = (t.pos_ == "VERB" or (is_break(t) and t.text != ";") for t in gap)
        if len(gap) > _SHARING_GAP or any(ends_list):
            break
        if role_noun(doc[two.first - 1].text) or not any(t.text in _JOINS for t in gap[-2:]):
            break
        ends, forward = any(t.lower_ == "and" for t in gap), other is two
        if ends and shared and not forward:
            break
        shared.append(other)
        if ends and forward:
            break
    return shared


def find_before(classes: WordClasses, mention: NameMention) -> list[Range]:
    """Return the roles directly before a name, or before the comma in front of it.

    "Lithuanian Defence Minister Ann Lee", "[Judge] Ann Lee", "The head of the agency, Dr. Ann Lee,
    said"; not "After the talks, Ann Lee said".
    """
    doc, end = classes.doc, mention.first
    end -= end > 0 and doc[end - 1].text in (")", "]")
    while end and doc[end - 1].text.rstrip(".").casefold() in read_pairs("honorifics"):
        end -= 1
    start = max(sentence_of(doc, mention.first)[0], end - _BEFORE)
    letters = classes.read(start, end)
    if letters.endswith(","):
        return _before_comma(classes, mention, start, end - 1)
    run = grammar.OFFICE.search(letters) or grammar.RUN.search(letters)
    if run is None:
        return _before_examples(letters, start)
    first = start + run.start()
    if first > start and doc[first - 1].text == "," and is_title(doc[first:end].text):
        return [*_before_comma(classes, mention, start, first - 1), (first, end)]
    is_role = re.search("[rRy]", run[0]) and _ends_in_role(doc, first, end)
    return [(first, end)] if is_role else []


@rule
def _before_examples(letters: str, start: int) -> list[Range]:
    """Return the plural that the names exemplify: "such stars as Ann Lee", "two guards — Bo Ray".

    Not in "left the ministers as Ann Lee", where nothing says that she is one.
    """
    match = grammar.EXAMPLES.search(letters)
    return [(start + match.start(), start + match.end())] if match else []


def _ends_in_role(doc: Doc, first: int, end: int) -> bool:
    """Whether the phrase is a role: its last word is one, or it is "role of something"."""
    if role_noun(doc[end - 1].text.strip()) or doc[end - 1].text == ".":
        return True
    nouns = [t.i for t in doc[first:end] if role_noun(t.text)]
    if not nouns:
        return False
    capitalized = all(t.text[:1].isupper() or not t.is_alpha for t in doc[nouns[-1] : end])
    return capitalized or doc[nouns[-1] + 1].lower_ in ("of", "for", "to", "-")


@rule
def _before_comma(
    classes: WordClasses, mention: NameMention, start: int, comma: int
) -> list[Range]:
    """Return the role in "The head of the agency, Ann Lee,", a subject or closed off itself."""
    match = grammar.APPOSED.search(classes.read(start, comma))
    if match is None:
        return []
    first = start + match.start()
    opens = first == sentence_of(classes.doc, first)[0]
    before, after = classes.read(first - 1, first), classes.read(mention.last, mention.last + 1)
    closed = after in (",", ".", "-", ")", "(", "") or (after == "a" and "R" in match["role"])
    if closed or opens or before in (",", "-") or (before == "v" and after in ("o", "i")):
        return [(start + match.start("role"), comma)]
    return []


def find_after(classes: WordClasses, mention: NameMention) -> Iterator[Range]:
    """Yield the roles after a name: "Ann Lee, 52, the mayor of Bath and chair of the board".

    Not in "Ann Lee, Bo Ray and others", "Ann Lee, other guests".
    """
    if not grammar.AFTER_OPENS.match(classes.read(mention.last, mention.last + 6)):
        return
    letters = classes.read(mention.last, mention.last + _AFTER)
    match = grammar.AFTER.match(letters)
    while match:
        role = match["role"]
        if role[0] == "u" or role.lstrip("mdpcsny,")[:1] == "r":
            yield mention.last + match.start("role"), mention.last + match.end("role")
        match = grammar.ANOTHER.match(letters, match.end())


def find_marked(
    classes: WordClasses, mentions: Sequence[NameMention]
) -> Iterator[tuple[NameMention, Range]]:
    """Yield each role that the encoder marks, with the name of its holder.

    Args:
        classes: those of the document; a model without roles has none in ``doc.spans["role"]``.
        mentions: the names of people, in text order.
    """
    doc = classes.doc
    firsts = [mention.first for mention in mentions]
    owner: NameMention | None = None
    end = 0
    for span in doc.spans.get("role", ()):
        place = bisect_left(firsts, span.end)
        start, sentence = span.start, sentence_of(doc, span.start)[0]
        before = [m for m in mentions[place - 1 : place] if m.first >= sentence]
        after = mentions[place : place + 1]
        if after and stands_before(doc, span, after[0]):
            start, owner = _own_start(classes, span), after[0]
        elif before and (stands_after(doc, span, before[0]) or is_predicate(doc, span, before[0])):
            owner = before[0]
        elif owner is None or not is_joined(doc, end, start):
            owner = None
            continue
        end = span.end
        yield owner, (start, end)


@rule
def is_joined(doc: Doc, first: int, last: int) -> bool:
    """Whether a role goes on with another one: "Ann Lee, actor, director and a producer"."""
    gap = doc[first:last]
    return len(gap) <= _LONGEST_JOIN and all(t.text in _JOINS or is_determiner(t) for t in gap)


@rule
def is_predicate(doc: Doc, role: Span, mention: NameMention) -> bool:
    """Whether a verb makes the role that of its subject: "Lee was recently named the mayor".

    Not "Ann Lee met the mayor", "Ann Lee, who met the mayor".
    """
    if role.start - mention.last > _PREDICATE:
        return False
    before = [token for token in doc[mention.last : role.start] if token.pos_ not in _SKIPPED][-2:]
    copula = any(token.lower_ in _COPULAS or token.pos_ == "AUX" for token in before[-1:])
    return copula or [token.pos_ for token in before] == ["AUX", "VERB"]


def _own_start(classes: WordClasses, role: Span) -> int:
    """Return where the role before a name begins: "President" in "a foe of President Ann Lee"."""
    other = _ANOTHERS.match(classes.read(role.start, role.end))
    return role.start + (other.end() if other else 0)


@rule
def stands_before(doc: Doc, role: Span, mention: NameMention) -> bool:
    """Whether nothing but a title or a comma is between: "the coroner, Dr Ann Lee"."""
    gap = doc[role.end : mention.first]
    return len(gap) <= _NEAR_BEFORE and all(t.text == "," or is_title(t.text) for t in gap)


@rule
def stands_after(doc: Doc, role: Span, mention: NameMention) -> bool:
    """Whether the role is an apposition: "Ann Lee, 44, the mayor", "Ann Lee (mayor)".

    Not "Ann Lee met the mayor".
    """
    gap = doc[mention.last : role.start]
    near = 0 < len(gap) <= _NEAR_AFTER and gap[0].lower_ in _LINKS
    return near and not any(t.pos_ in _BREAKS or t.is_quote or t.text == ";" for t in gap[1:])
