"""Quotes without a source of their own: find who continues speaking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from newsextract.language.doc import doc_text, sentence_of, tokens_of
from newsextract.language.lexicon import read_words
from newsextract.language.rules import rule
from newsextract.records import Quote, Span
from newsextract.stages.speakers.entity_index import Referent
from newsextract.stages.speakers.registry import Attributed
from newsextract.stages.speakers.state import State

_MOST_PARAGRAPHS = 21
_NEAR = 4
_MOST_BETWEEN = 3
_SUBJECT_REACH = 200
"""Tokens before a cue in which its subject is looked for: an endless sentence takes linear time."""
_PASSIVE = frozenset(("was", "were", "is", "are", "be", "been", "being", "'s", "’s"))
_PRESENT = re.compile(r"[^s]s$")
_RUNS_ON = re.compile(
    r"""[^"”»“’'][^\S\n]*+\n\s*+["“«„‘']?\s*+"""
    r"""|[^"”»“’\n][.!?…]?["”»][ \t\u00a0]+["“«]"""
)
"""From the last character of a paragraph that closes no mark, or of a quotation that another one
follows at once, to the first word after it.
"""


def continue_speaker(state: State, found: Sequence[Attributed], index: int) -> Referent | None:
    """Return the speaker of a quote that names none, by the first rule that answers.

    "…" over a paragraph end that closes with "Ann Lee said" is Ann Lee's; a quote that
    follows hers directly is hers; "was accused of" leaves open by whom.
    """
    cue = found[index].quote.cue
    if cue is not None:
        return from_sentence(found, index) or from_subject(state, cue) or from_topic(state, cue)
    return from_open_paragraph(state, found, index) or from_previous(state, found, index)


@rule
def from_sentence(found: Sequence[Attributed], index: int) -> Referent | None:
    """ "…, she said, adding that …": the sentence's speaker."""
    here = found[index].quote.context
    near = (*reversed(found[max(0, index - _NEAR) : index]), *found[index + 1 : index + 1 + _NEAR])
    for item in near:
        there = item.quote.context
        if item.quote.source and there.start < here.end and here.start < there.end:
            return item.speaker
    return None


@rule
def from_subject(state: State, cue: Span) -> Referent | None:
    """ "Ann Lee left the talks, saying it was late": the first name with a verb behind it."""
    doc, span = state.doc, tokens_of(state.doc, cue)
    if not span or not doc[span.start].lower_.endswith("ing"):
        return None
    for i in range(max(sentence_of(doc, span.start)[0], span.start - _SUBJECT_REACH), span.start):
        named = state.index.by_token.get(i)
        if named is None or named.last >= span.start:
            continue
        after = doc[named.last + (doc[named.last].text == ",")]
        acts = after.i < span.start and after.pos_ in ("VERB", "AUX")
        if acts and named.referent.kind in ("person", "organization"):
            return named.referent
    return None


@rule
def from_topic(state: State, cue: Span) -> Referent | None:
    """ "Says he will win." as an item of a list: the person whom the article is about.

    Not "Asked whether …", whose subject comes later, nor where somebody is before the cue.
    """
    span = tokens_of(state.doc, cue)
    if not span:
        return None
    first = state.doc[sentence_of(state.doc, span.start)[0]]
    near = span.start - first.i <= _SUBJECT_REACH
    opens = near and first.pos_ == "VERB" and first.is_title and _PRESENT.search(first.lower_)
    if not opens or any(t.pos_ in ("PRON", "PROPN") for t in state.doc[first.i : span.start]):
        return None
    return state.topic


@rule
def from_open_paragraph(state: State, found: Sequence[Attributed], index: int) -> Referent | None:
    """The paragraph opens a quotation mark, and the next one opens it again and has a source.

    So it is with two quotations in a row: “We need it.” “It is late,” Ann Lee said.
    """
    text = doc_text(state.doc)
    for one, other in pairwise(found[index : index + _MOST_PARAGRAPHS]):
        if one.quote.kind != "direct" or not one.quote.content or not other.quote.content:
            return None
        end, start = one.quote.content[-1].end, other.quote.content[0].start
        if not _RUNS_ON.fullmatch(text, max(0, end - 1), start):
            return None
        if other.speaker is not None:
            return other.speaker
    return None


@rule
def from_previous(state: State, found: Sequence[Attributed], index: int) -> Referent | None:
    """The speaker of the previous quote continues; stances that no person holds are skipped.

    Such is "few expect rain". A person continues past a paragraph or two of narration: “It rains,”
    Ann Lee said. Two roads were shut. “It is late.”
    """
    for i in range(index - 1, -1, -1):
        quote, speaker = found[i].quote, found[i].speaker
        is_person = speaker is not None and speaker.kind == "person"
        if quote.in_quote is None and (is_person or quote.mode != "stance"):
            limit = _MOST_BETWEEN if is_person else 1
            return speaker if _apart(state, quote, found[index].quote) <= limit else None
    return None


def _apart(state: State, left: Quote, right: Quote) -> int:
    """Return how many paragraph ends lie between two quotes."""
    gap = doc_text(state.doc)[left.context.end : right.context.start]
    return sum(1 for line in gap.split("\n")[1:-1] if line.strip()) + ("\n" in gap)


@rule
def is_passive(quote: Quote) -> bool:
    """Whether the source as written is spoken of: "Lee was accused of", not "was quoted as"."""
    cue, source = quote.cue, quote.source
    if cue is None or source is None:
        return False
    if source.start > cue.start:
        return cue.text.startswith("Asked")
    words = cue.text.casefold().split()
    if words[0] == "asked" and cue.start - source.end == len(", ") and "," not in source.text:
        return True
    pairs = ((a, b) for i, a in enumerate(words) for b in words[i + 1 : i + 3])
    return any(a in _PASSIVE and b in read_words("passive_cues") for a, b in pairs)
