"""Name mentions of one entity label, with their words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newsextract.language.doc import doc_text, entities_of, word_after
from newsextract.language.gender import given_gender
from newsextract.language.lexicon import read_pairs, read_words
from newsextract.language.nouns import POSSESSIVE_ENDINGS, POSSESSIVE_PRONOUNS, is_break
from newsextract.language.person_names import GENERATIONS, Name, is_given, read_name, title_length
from newsextract.language.strings import DASHES
from newsextract.records import Block

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_LONGEST_SHORT = 5
_LONGEST_NICKNAME = 6
_MOST_MODIFIERS = 12
"""Words between a preposition and a name: a line of nothing but names takes linear time."""
_SHORTEST_WORD = 3
_ENCLOSING = frozenset(("()", '""', "“”", "‘’", "''"))
_KNOWN_AS = re.compile(
    r"[”\"]?,? \(?(?:(?:who|is|was|better|also|formerly|popularly|widely|commonly) )*"
    r"(?:known (?:[a-z]+ ){0,4}as|(?:who )?performs as|nicknamed|dubbed|née|nee|born|alias|aka"
    r"|a\.k\.a\.) [“\"‘']?"
)
_MODIFIERS = frozenset(("ADJ", "DET", "NOUN", "PRON", "PROPN"))
_PARTY = re.compile(r"[DRI]-[A-Z]")


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name where it is: token offsets ``first`` and ``last`` (half-open), and characters.

    ``depends`` tells that another brings it in: "a rally for his wife Ann Lee", "and his wife, Jo".
    """

    first: int
    last: int
    start: int
    end: int
    text: str
    name: Name
    depends: bool = False


def find_names(doc: Doc, blocks: Sequence[Block]) -> tuple[NameMention, ...]:
    """Return the people named in ``doc``, without titles and possessive endings."""
    entities = _join_nicknames(doc, entities_of(doc, blocks, "PERSON"))
    found = cut_titles(doc, list(filter(None, (to_mention(doc, ent) for ent in entities))))
    return tuple(_with_family(doc, found, n) for n in range(len(found)))


def _with_family(doc: Doc, mentions: Sequence[NameMention], n: int) -> NameMention:
    """Return a mention with its family name, "Hill" for Jo in "Bo Hill and his wife, Jo"."""
    mention = mentions[n]
    at = mention.first - 1 - (mention.first > 0 and doc[mention.first - 1].text == ",")
    if mention.name.is_full or at < 1 or doc[at].lower_ not in read_words("family_nouns"):
        return mention
    before = mentions[n - 1] if n and doc[at - 1].lower_ in POSSESSIVE_PRONOUNS else None
    if before is None or not before.name.is_full or any(map(is_break, doc[before.last : at])):
        return mention
    words = (*mention.name.words, before.name.words[-1])
    return replace(mention, name=replace(mention.name, words=words), depends=True)


def _join_nicknames(doc: Doc, entities: Iterable[Span]) -> list[Span]:
    """Return the names, joined where a nickname divides them: Bo "Ace" Ray, Bo (Ace) Ray."""
    names: list[Span] = []
    for ent in entities:
        first, last = _before_nickname(doc, ent), ent.end
        if word_after(ent) == ")" and ent.text.count("(") > ent.text.count(")"):
            last += 1
        if names and _adds_family(doc, names[-1], ent):
            first, last = names.pop().start, last + 1
        elif names and first < names[-1].end:
            first = names.pop().start
        names.append(doc[first:last])
    return names


def _before_nickname(doc: Doc, ent: Span) -> int:
    """Return where a name begins, in front of a nickname before it or around its first words."""
    close = next((t.i for t in ent if t.text == ")"), ent.start - 1)
    for at in range(close - 2, max(0, close - _LONGEST_NICKNAME), -1):
        if doc[at - 1].pos_ == "PROPN" and _is_enclosed(doc[at : close + 1]):
            return at - 1
    return ent.start


def _adds_family(doc: Doc, before: Span, ent: Span) -> bool:
    """Whether a family name is in brackets: "Ann (Lee)"; not "Bath (Lee)"."""
    gap = doc[before.end : ent.end + 1]
    if len(before) > 1 or len(gap) != 3 or not _is_enclosed(gap):
        return False
    given, family = (given_gender(read_name(name.text)) for name in (before, ent))
    return given is not None and family is None


def _is_enclosed(gap: Span) -> bool:
    """Whether capitalized words are between marks or brackets, and nothing else."""
    if not 3 <= len(gap) <= _LONGEST_NICKNAME or gap[0].text + gap[-1].text not in _ENCLOSING:
        return False
    return all(token.text[:1].isupper() for token in gap[1:-1])


def find_aliases(doc: Doc, mentions: Sequence[NameMention]) -> Iterator[tuple[Name, Name]]:
    """Yield the names that the text says are one person's: 'Bo Ray, better known as "Ace"'."""
    text = doc_text(doc)
    for one, other in pairwise(mentions):
        gap = text[one.end : other.start]
        if _KNOWN_AS.fullmatch(gap) or (gap == " (" and _in_other_letters(one.text, other.text)):
            yield one.name, other.name


def _in_other_letters(one: str, other: str) -> bool:
    """Whether a name is written in another alphabet than the one before: "Ann Lee (李安)"."""
    return not other.isascii() and set(re.findall(r"\w", one)).isdisjoint(other)


def cut_titles(doc: Doc, mentions: Sequence[NameMention]) -> tuple[NameMention, ...]:
    """Return ``mentions`` without abbreviations before a family name that is also given in full.

    "DCI Lee" and "Engr. Lee" beside "Ann Lee" are "Lee"; "AB Lee" beside "Ann Lee" has initials.
    """
    given: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.name.is_full and not _is_short(doc[mention.first].text):
            given[mention.name.words[-1]].add(mention.name.words[0][0])
    return tuple(_cut_title(doc, m, given[m.name.words[-1]]) for m in mentions)


def _cut_title(doc: Doc, mention: NameMention, given: set[str]) -> NameMention:
    title = doc[mention.first].text
    short = mention.last - mention.first == 2 and _is_short(title)
    if not short or not given or (title[0].casefold() in given and title[-1] != "."):
        return mention
    return to_mention(doc, doc[mention.first + 1 : mention.last]) or mention


def _is_short(word: str) -> bool:
    """Whether a word is an abbreviation: "DCI", "Hon."; initials are not, "D.E." or "JD"."""
    capitals = word.isupper() and 2 < len(word) < _LONGEST_SHORT
    return "." not in word[:-1] and (capitals or (word[-1] == "." and len(word) > 2))


def to_mention(doc: Doc, ent: Span) -> NameMention | None:
    """Return the name in ``ent``, if any: titles before it and a possessive ending are cut off.

    So is the period that ends a sentence, which words like "Sen" take for their own.
    """
    first, last = trim(doc, ent.start, ent.end)
    if first == last or doc[first].text in GENERATIONS:
        return None
    comma = last < len(doc) and doc[last].text == ","
    last += (1 + comma) * (doc[last + comma : last + comma + 1].text in GENERATIONS)
    before = doc[first - 1].text if first else ""
    start = doc[first].idx
    written = doc[last - 1].text in GENERATIONS or len(doc[last - 1]) < _SHORTEST_WORD
    text = doc[first:last].text.rstrip(DASHES if written else f"{DASHES}.")
    name = read_name(text, before)
    mention = NameMention(first, last, start, start + len(text), text, name, _depends(doc, first))
    return mention if name.words else None


def _depends(doc: Doc, first: int) -> bool:
    """Whether a preposition precedes a name and its modifiers."""
    at, end = first - 1, max(0, first - 1 - _MOST_MODIFIERS)
    while at > end and doc[at].pos_ in _MODIFIERS:
        at -= 1
    return at >= 0 and doc[at].pos_ == "ADP"


def _is_origin(word: str) -> bool:
    """Whether a word before a name says where somebody is from: "Briton", not "German"."""
    return word in read_pairs("demonyms") and not is_given(word.casefold())


def _is_party(doc: Doc, at: int) -> bool:
    """Whether a comma brings in party and state: "Ann Lee, D-Va."."""
    return doc[at].text == "," and _PARTY.match(doc[at + 1 : at + 4].text) is not None


def _ends_abbreviation(doc: Doc, at: int) -> bool:
    """Whether a bracket closes after an organization's initials: "… of Investigation (FBI)"."""
    short = doc[at - 1].text
    opens = at > 2 and doc[at].text == ")" and doc[at - 2].text == "("
    return opens and short.isupper() and doc[at - 3].text[:1] == short[-1]


def trim(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Return the token bounds of a name without titles, white space and possessive endings.

    "Briton Ann Lee" loses where she is from; "French Hill" is a given name and a family name.
    """
    while first < last and (doc[last - 1].text in POSSESSIVE_ENDINGS or doc[last - 1].is_space):
        last -= 1
    last = next((at for at in range(first + 1, last) if _is_party(doc, at)), last)
    first = next((at for at in range(first + 1, last) if _ends_abbreviation(doc, at)), first)
    while first < last - 1 and (doc[first].is_punct or doc[first].is_space):
        first += 1
    origin = doc[first].text if first < last else ""
    first += first < last - 1 - origin.endswith(("ch", "sh")) and _is_origin(origin)
    cut = doc[first].idx + title_length(doc[first:last].text) if first < last else 0
    while first < last - 1 and doc[first].idx < cut:
        first += 1
    return first, last
