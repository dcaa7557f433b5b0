"""Assign the roles that the encoder marks to the person beside them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsextract.language.doc import sentence_of
from newsextract.language.person_names import is_title
from newsextract.language.rules import rule
from newsextract.stages.people.mentions import NameMention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_BEFORE = 2
_AFTER = 7
_OPENS_APPOSITION = frozenset((",", "(", "–", "—", "-"))
_COPULAS = frozenset(("is", "was", "became", "remains", "as"))


def find_marked(doc: Doc, mentions: Sequence[NameMention]) -> Iterator[tuple[NameMention, Span]]:
    """Yield each role of ``doc.spans["role"]`` with the name that it belongs to.

    Args:
        doc: the annotated document; a model without roles has none.
        mentions: the names of people, in text order.
    """
    firsts = [mention.first for mention in mentions]
    for span in doc.spans.get("role", ()):
        after = bisect_left(firsts, span.end)
        following = mentions[after] if after < len(mentions) else None
        if following is not None and stands_before(doc, span, following):
            yield following, span
        elif after and stands_after(doc, span, mentions[after - 1]):
            yield mentions[after - 1], span


@rule
def stands_before(doc: Doc, role: Span, mention: NameMention) -> bool:
    """Whether nothing but a title or a comma is between: "the coroner, Dr Ann Lee"."""
    gap = doc[role.end : mention.first]
    return len(gap) <= _BEFORE and all(token.text == "," or is_title(token.text) for token in gap)


@rule
def stands_after(doc: Doc, role: Span, mention: NameMention) -> bool:
    """Whether the role is an apposition or a predicate: "Ann Lee, 44, the mayor", "was a nurse".

    Not "Ann Lee met the mayor".
    """
    gap = doc[mention.last : role.start]
    if not 0 < len(gap) <= _AFTER or sentence_of(doc, role.start)[0] > mention.first:
        return False
    opening = gap[0]
    links = opening.text in _OPENS_APPOSITION or opening.lower_ in _COPULAS
    return links and not any(_breaks(token) for token in gap[1:])


def _breaks(token: Token) -> bool:
    return token.pos_ in ("VERB", "PROPN", "PRON", "SCONJ") or token.is_quote or token.text == ";"
