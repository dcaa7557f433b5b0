"""People with the name of a place: "London wrote" in an article about Jack London."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsextract.gazetteer.reader import open_gazetteer
from newsextract.language.doc import doc_text, name_words, word_after, word_before
from newsextract.language.lexicon import read_words
from newsextract.language.person_names import is_family, is_given
from newsextract.language.rules import rule

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_LONGEST_NAME = 4
_MOST_MENTIONS = 4
"""What the encoder takes for a place more often is one."""
_AGE = re.compile(r", \d\d?,")
_INSIDE = frozenset(
    ("in", "at", "near", "from", "to", "into", "across", "outside", "inside", "around", "through")
)
_DETERMINERS = frozenset(("the", "of", "a", "this"))
_LISTS = frozenset((",", "and", "or", "&"))


@rule
def find_people(doc: Doc, entities: Sequence[Span]) -> Iterator[Span]:
    """Yield those of ``entities`` that are labeled as places and are people.

    Fires: "Georgia Hill, 19, was", and then "Hill" where the article has no place of that name.
    Not: "in Georgia", "Hill, Texas"; a country only with an age ("Israel" beside "Israel Lee").
    """
    stated = [ent for ent in entities if ent.label_ == "LOC" and _is_stated(doc, ent)]
    yield from stated
    people = [*stated, *(ent for ent in entities if ent.label_ == "PERSON")]
    full = [(words, _is_aged(doc, ent)) for ent in people if len(words := name_words(ent)) > 1]
    pairs = [(name, aged) for words, aged in full for name in (words[:1], words[-1:])]
    names = {name for name, aged in pairs if aged or not _is_country(name[0])}
    alone: dict[tuple[str, ...], list[Span]] = defaultdict(list)
    for ent in entities:
        if ent.label_ == "LOC" and (words := name_words(ent)) in names:
            alone[words].append(ent)
    for mentions in alone.values():
        if len(mentions) <= _MOST_MENTIONS and not any(map(_is_located, mentions)):
            yield from mentions


def _is_stated(doc: Doc, ent: Span) -> bool:
    """Whether a name is before an age, or is a given and a family name."""
    words, before = name_words(ent), word_before(ent).lower()
    if not 1 < len(words) <= _LONGEST_NAME or "," in ent.text or before in _INSIDE | _DETERMINERS:
        return False
    named = len(words) == 2 and is_given(words[0]) and is_family(words[-1])
    street = words[-1] in read_words("road_nouns")
    return (named or _is_aged(doc, ent)) and not street and not open_gazetteer().find(ent.text)


def _is_aged(doc: Doc, ent: Span) -> bool:
    return _AGE.match(doc_text(doc), ent.end_char) is not None


def _is_country(word: str) -> bool:
    gazetteer = open_gazetteer()
    return any(gazetteer.is_country(index) for index, _ in gazetteer.find(word))


def _is_located(ent: Span) -> bool:
    """Whether something happens in a place of the name, or another place is behind it."""
    behind = ent.doc[ent.end + 1 : ent.end + 2]
    contained = word_after(ent) in _LISTS and any(token.ent_type_ == "LOC" for token in behind)
    return contained or word_before(ent).lower() in _INSIDE
