"""Repairs of attributions: interrupted clauses, parts that belong to another cue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from newsextract.language.doc import sentence_of, word_after
from newsextract.language.rules import repair
from newsextract.stages.quotes.attributions import Attribution
from newsextract.stages.quotes.marks import Quotation, is_quoted, opens_quoted

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

_OPENERS = frozenset(
    ("after", "although", "and", "as", "because", "but", "if", "since", "that", "when", "where",
     "which", "while", "who", "whose")
)  # fmt: skip
_SHORTEST = 3
_LEAD = 2


@repair(argument=0)
def take_clause(attribution: Attribution) -> Attribution:
    """Give a cue and source the clause they interrupt, if the content only opens that clause.

    In "the north, where, according to Ann Lee, two towns were lost" the encoder may give "the
    north", alone or before the clause: what Ann Lee said is "two towns were lost". "The north was
    lost, according to Ann Lee" has no clause that is held up, and neither has a source at its
    sentence's end.
    """
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or not 1 <= len(attribution.contents) <= 2:
        return attribution
    content, doc, start = attribution.contents[0], cue.doc, source.end
    if not content.end <= cue.start < cue.end <= source.start or not _is_held_up(
        content, cue.start
    ):
        return attribution
    if word_after(source) != ",":
        return attribution
    if len(attribution.contents) == 2:
        return replace(attribution, contents=attribution.contents[1:])
    end = _without_marks(doc, start, sentence_of(doc, source.start)[1])
    clause = (doc[start + 1 : end],)
    return replace(attribution, contents=clause) if end - start > _SHORTEST else attribution


def _is_held_up(content: DocSpan, cue: int) -> bool:
    """Whether a word that opens a clause stands before the cue, at most one after the content."""
    end = _without_marks(content.doc, content.end - 1, cue)
    between = [t for t in content.doc[content.end : end] if not t.is_punct]
    return len(between) < 2 and content.doc[end - 1].lower_ in _OPENERS


def _without_marks(doc: Doc, start: int, end: int) -> int:
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return end


@repair(argument=0)
def leave_to_nearer(attributions: list[Attribution]) -> list[Attribution]:
    """Leave a part that is in another sentence to the attribution whose cue is there.

    In "Oslo asked the firm to sail. Bergen wants a subsidy." the encoder may give "to sail" to
    both. A part that no other cue claims stays: "It rains. It pours, Ann Lee said." A quotation
    with a cue is not repeated without one, and 'She added: "It pours."' takes nothing from the
    sentences before it.
    """
    taken = {part.start for a in attributions for part in a.contents if a.cue is not None}
    attributions = [
        _without_earlier(a)
        for a in attributions
        if a.cue is not None or a.contents[0].start not in taken
    ]
    claims = {
        (part.start, part.end, sentence_of(part.doc, a.cue.start))
        for a in attributions
        for part in a.contents
        if a.cue is not None
    }
    return [_without_claimed(a, claims) for a in attributions]


def _without_earlier(attribution: Attribution) -> Attribution:
    """Drop the parts in earlier sentences where a colon follows the cue."""
    cue, parts = attribution.cue, attribution.contents
    if cue is None or word_after(cue) != ":":
        return attribution
    first = sentence_of(cue.doc, cue.start)[0]
    own = tuple(part for part in parts if part.start >= first)
    return replace(attribution, contents=own or parts)


def _without_claimed(
    attribution: Attribution, claims: set[tuple[int, int, tuple[int, int]]]
) -> Attribution:
    cue, parts = attribution.cue, attribution.contents
    if cue is None:
        return attribution
    sentence = sentence_of(cue.doc, cue.start)
    own = tuple(
        part
        for part in parts
        if (there := sentence_of(cue.doc, part.start)) == sentence
        or (part.start, part.end, there) not in claims
    )
    return replace(attribution, contents=own or parts)


@repair(argument=0)
def keep_near(attribution: Attribution, quotations: Sequence[Quotation]) -> Attribution:
    """Drop the parts that the reporter says after the cue's sentence, outside of quotation marks.

    In 'Ann Lee said it rains. "It pours." The bridge is closed.' the last sentence is the
    reporter's, and so is the end of '"It rains," Ann Lee said of the storm that came.'; not that of
    '"It rains," she said, but "not for long."'
    """
    cue, parts = attribution.cue, attribution.contents
    if cue is None or attribution.source is None or len(parts) < 2:
        return attribution
    end = sentence_of(cue.doc, cue.start)[1]
    first = parts[0]
    if first.end <= cue.start and _begins_at_mark(first) and opens_quoted(first[0].idx, quotations):
        end = cue.start
    near = tuple(
        part
        for part in parts
        if part is first
        or part.start < end
        or _begins_at_mark(part)
        or any(is_quoted(token.idx + 1, quotations) for token in part[:_LEAD])
    )
    return replace(attribution, contents=near)


def _begins_at_mark(part: DocSpan) -> bool:
    return part[0].is_quote or (part.start > 0 and part.doc[part.start - 1].is_quote)
