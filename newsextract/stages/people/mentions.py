"""The names of one label in a document, as mentions that know their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsextract.language.doc import entities_of
from newsextract.language.person_names import Name, read_name, title_length
from newsextract.language.strings import DASHES
from newsextract.records import Block, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_POSSESSIVES = ("'s", "’s", "'", "’")


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name where it stands: token offsets ``first`` and ``last`` (half-open), and characters."""

    first: int
    last: int
    start: int
    end: int
    text: str
    name: Name

    def to_record(self) -> Mention:
        """Return the mention as the record has it."""
        return Mention(self.start, self.end, self.text)


def find_names(doc: Doc, blocks: Sequence[Block]) -> tuple[NameMention, ...]:
    """Return the people named in ``doc``, without titles and possessive endings."""
    mentions = (to_mention(doc, ent) for ent in entities_of(doc, blocks, "PERSON"))
    return tuple(m for m in mentions if m is not None and m.name.words)


def to_mention(doc: Doc, ent: Span) -> NameMention | None:
    """Return the name in ``ent``: titles before it and a possessive ending are cut off."""
    first, last = trim(doc, ent.start, ent.end)
    if first >= last:
        return None
    before = doc[first - 1].text if first else ""
    start = doc[first].idx
    text = doc[first:last].text.rstrip(DASHES)
    return NameMention(first, last, start, start + len(text), text, read_name(text, before))


def trim(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Return the token bounds of a name without titles, white space and possessive endings."""
    while first < last and (doc[last - 1].text in _POSSESSIVES or doc[last - 1].is_space):
        last -= 1
    cut = doc[first].idx + title_length(doc[first:last].text) if first < last else 0
    while first < last - 1 and doc[first].idx < cut:
        first += 1
    return first, last
