"""Quotes without a source of their own: find who continues speaking."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsextract.language.doc import doc_text, sentence_of
from newsextract.language.lexicon import read_words
from newsextract.language.rules import rule
from newsextract.records import Quote, Span
from newsextract.stages.speakers.context import Scene
from newsextract.stages.speakers.entity_index import Referent
from newsextract.stages.speakers.registry import Attributed

_MOST_PARAGRAPHS = 20
_NEAR = 4
_PASSIVE = frozenset(("was", "were", "is", "are", "be", "been", "being", "'s", "’s"))
_PRESENT = re.compile(r"[^s]s$")
_OPENING, _CLOSING = "\"“«„‘'", "\"”»“’'"


def continue_speaker(scene: Scene, found: Sequence[Attributed], index: int) -> Referent | None:
    """Return the speaker of a quote that names none, by the first rule that answers.

    "…" over a paragraph end that closes with "Ann Lee said" is Ann Lee's; a quote that
    follows hers directly is hers; "was accused of" leaves open by whom.
    """
    item = found[index]
    if item.quote.cue is not None:
        return from_sentence(scene, found, index) or from_topic(scene, item.quote.cue)
    rules = (from_open_paragraph, from_previous)
    answers = (answer(scene, found, index) for answer in rules)
    return next((speaker for speaker in answers if speaker is not None), None)


@rule
def from_sentence(scene: Scene, found: Sequence[Attributed], index: int) -> Referent | None:
    """ "…, she said, adding that …", "Citing a poll, she said …": the sentence's speaker.

    Not "is being called", nor a noun ("claims of").
    """
    quote = found[index].quote
    if quote.cue is None or is_passive(quote) or not _is_verb(scene, quote.cue):
        return None
    before = reversed(found[max(0, index - _NEAR) : index])
    for other in (*before, *found[index + 1 : index + 1 + _NEAR]):
        apart = other.quote.context.end <= quote.context.start
        apart = apart or other.quote.context.start >= quote.context.end
        if not apart and other.quote.source is not None:
            return other.speaker
    return None


@rule
def from_topic(scene: Scene, cue: Span) -> Referent | None:
    """ "Says he will win." as an item of a list: the person whom the article is about.

    Not "Asked whether …", whose subject comes later, nor where somebody is before the cue.
    """
    span = scene.doc.char_span(cue.start, cue.end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    first = scene.doc[sentence_of(scene.doc, span.start)[0]]
    opens = first.pos_ == "VERB" and first.is_title and _PRESENT.search(first.lower_)
    if not opens or any(t.pos_ in ("PRON", "PROPN") for t in scene.doc[first.i : span.start]):
        return None
    return scene.topic


def _is_verb(scene: Scene, cue: Span) -> bool:
    """Whether the first word of a cue is an active verb: not the one of "when asked if"."""
    tokens = scene.doc.char_span(cue.start, cue.end, alignment_mode="expand")
    first = tokens[0] if tokens is not None and len(tokens) else None
    if first is not None and first.i and first.nbor(-1).lower_ in ("when", "if", "once"):
        return False
    return first is not None and (first.pos_ == "VERB" or first.lower_.endswith("ing"))


@rule
def from_open_paragraph(scene: Scene, found: Sequence[Attributed], index: int) -> Referent | None:
    """The paragraph opens a quotation mark, and the next one opens it again and has a source."""
    for i in range(index, min(len(found) - 1, index + _MOST_PARAGRAPHS)):
        if not _runs_on(doc_text(scene.doc), found[i].quote, found[i + 1].quote):
            return None
        if found[i + 1].speaker is not None:
            return found[i + 1].speaker
    return None


def _runs_on(text: str, quote: Quote, after: Quote) -> bool:
    """Whether a direct quote is left open, and the next one opens the paragraph after it."""
    if quote.kind != "direct" or not quote.content or not after.content:
        return False
    if _is_closed(text, quote):
        return False
    opens = text[quote.content[-1].end : after.content[0].start].strip()
    return opens in tuple(_OPENING) or not opens


def _is_closed(text: str, quote: Quote) -> bool:
    """Whether a closing quotation mark is at the end of the content."""
    end = quote.content[-1].end
    around = text[max(0, end - 1) : end + 2].split("\n", maxsplit=1)[0]
    return any(mark in around for mark in _CLOSING)


@rule
def from_previous(scene: Scene, found: Sequence[Attributed], index: int) -> Referent | None:
    """The quote before it, in this paragraph or the one before, continues."""
    before = _neighbor(found, index, -1)
    if before is None or _apart(scene, before.quote, found[index].quote) > 1:
        return None
    return before.speaker


def _neighbor(found: Sequence[Attributed], index: int, step: int) -> Attributed | None:
    """Return the next quote in a direction that is in no other quote."""
    i = index + step
    while 0 <= i < len(found):
        if found[i].enclosing is None:
            return found[i]
        i += step
    return None


def _apart(scene: Scene, left: Quote, right: Quote) -> int:
    """Return how many paragraph ends lie between two quotes."""
    gap = doc_text(scene.doc)[left.context.end : max(left.context.end, right.context.start)]
    return sum(1 for line in gap.split("\n")[1:-1] if line.strip()) + ("\n" in gap)


@rule
def is_passive(quote: Quote) -> bool:
    """Whether the source as written is spoken of: "Lee was accused of", not "was quoted as"."""
    if quote.cue is not None and quote.cue.text.startswith("Asked"):
        return True
    if quote.cue is None or (quote.source is not None and quote.source.start > quote.cue.start):
        return False
    words = quote.cue.text.casefold().split()
    if words[0] == "asked" and _is_apart(quote):
        return True
    pairs = ((a, b) for i, a in enumerate(words) for b in words[i + 1 : i + 3])
    return any(a in _PASSIVE and b in read_words("passive_cues") for a, b in pairs)


def _is_apart(quote: Quote) -> bool:
    """Whether one comma is between source and cue: "Ann Lee, asked if"."""
    source, cue = quote.source, quote.cue
    near = source is not None and cue is not None and cue.start - source.end == len(", ")
    return near and source is not None and "," not in source.text
