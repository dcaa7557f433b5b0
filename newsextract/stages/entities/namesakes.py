"""People with the name of a place: "London wrote" in an article about Jack London."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsextract.gazetteer.reader import open_gazetteer
from newsextract.language.doc import name_words, word_after, word_before
from newsextract.language.lexicon import read_words
from newsextract.language.rules import rule

if TYPE_CHECKING:
    from spacy.tokens import Span

_MOST_MENTIONS = 4
"""What the encoder takes for a place more often is one."""
_INSIDE = frozenset(
    ("in", "at", "near", "from", "to", "into", "across", "outside", "inside", "around", "through")
)
_LISTS = frozenset((",", "and", "or", "&"))


@rule
def find_people(entities: Sequence[Span]) -> Iterator[Span]:
    """Yield those of ``entities`` that are labeled as places and are somebody named in full.

    Fires: "Jack London left. London wrote". Not: "in London", "Hill, Texas", nor a country.
    """
    people = [name_words(ent) for ent in entities if ent.label_ == "PERSON"]
    names = {word for words in people if len(words) > 1 for word in (words[0], words[-1])}
    alone: dict[str, list[Span]] = defaultdict(list)
    for ent in entities:
        words = name_words(ent)
        if ent.label_ == "LOC" and len(words) == 1 and words[0] in names:
            alone[words[0]].append(ent)
    for word, mentions in alone.items():
        rare = len(mentions) <= _MOST_MENTIONS and not _is_country(word)
        if rare and not any(map(_is_located, mentions)):
            yield from mentions


def _is_country(word: str) -> bool:
    gazetteer = open_gazetteer()
    return any(gazetteer.is_country(index) for index, _ in gazetteer.find(word))


def _is_located(ent: Span) -> bool:
    """Whether something happens in a place of the name, or what is beside it is another place."""
    doc, before, after = ent.doc, word_before(ent).lower(), word_after(ent)
    listed = before in _LISTS and doc[ent.start - 2].ent_type_ == "LOC"
    behind = doc[ent.end + 1 : ent.end + 2]
    contained = after in _LISTS and any(token.ent_type_ == "LOC" for token in behind)
    return before in _INSIDE or listed or contained or after in read_words("place_followers")
