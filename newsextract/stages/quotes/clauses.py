"""What stands around an attribution: clauses it interrupts, paragraphs it announces."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from newsextract.language.doc import sentence_of
from newsextract.language.rules import repair, rule
from newsextract.stages.quotes.marks import Quotation, is_quoted

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

_OPENERS = frozenset(
    ("after", "although", "and", "as", "because", "but", "if", "since", "that", "when", "where",
     "which", "while", "who", "whose")
)  # fmt: skip
_NOMINAL = frozenset(("DET", "NOUN", "PROPN", "ADJ"))
_SHORTEST = 3
_TELLING = frozenset(("told", "tells"))
_TELLING_THAT = _TELLING | frozenset(
    ("advised", "assured", "assures", "cautioned", "convinced", "informed", "informs", "notified",
     "persuaded", "reassured", "reminded", "reminds", "warned", "warns")
)  # fmt: skip
_ADDRESSED = _NOMINAL | {"PRON"}
_LONGEST_NAME = 5
_LEAD = 2
_PASSIVE = frozenset(("was", "were", "been", "being", "be", "is", "are"))
_JOINTS = frozenset((",", "and", "&", "'s", "’s", "'", "’"))


@repair(argument=0)
def link_announced(
    links: Sequence[int], *, cues: Sequence[DocSpan], contents: Sequence[DocSpan]
) -> list[int]:
    """Return the cue of each content, where a colon at a line's end announces the next line.

    In "Ann Lee said:" and a new line "It rains." the cue has no other content. A colon after more
    words ("said this: …", "said that it rains:") announces nothing of hers.
    """
    linked, taken = list(links), set(links)
    starts = {content.start: i for i, content in enumerate(contents)}
    for number, cue in enumerate(cues):
        at = _start_of_announced(cue)
        content = starts.get(at, starts.get(at + 1) if _is_mark(cue.doc, at) else None)
        if number not in taken and content is not None:
            linked[content] = number
    return linked


def _start_of_announced(cue: DocSpan) -> int:
    """Return the token after the cue, its colon and the line's end, -1 if that is not there."""
    doc, at = cue.doc, cue.end
    if at < len(doc) and doc[at].text == ":":
        at += 1
    if doc[at - 1].text != ":" or at == len(doc) or "\n" not in doc[at].text:
        return -1
    while at < len(doc) and doc[at].is_space:
        at += 1
    return at


def _is_mark(doc: Doc, at: int) -> bool:
    return 0 <= at < len(doc) and doc[at].is_quote


@rule
def clause_after(doc: Doc, content: DocSpan, *, cue: DocSpan, source: DocSpan) -> DocSpan | None:
    """Return the clause that a cue with its source holds up, where ``content`` only opens it.

    In "the north, where, according to Ann Lee, two towns were lost" the encoder may give "the
    north, where": what Ann Lee said is "two towns were lost". "The north was lost, according to
    Ann Lee" has no clause that is held up, and neither has a source at its sentence's end.
    """
    last = content[-1]
    if content.end > cue.start or source.start < cue.end or last.lower_ not in _OPENERS:
        return None
    start = source.end
    if start >= len(doc) or doc[start].text != ",":
        return None
    _, end = sentence_of(doc, source.start)
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return doc[start + 1 : end] if end - start > _SHORTEST else None


@repair(argument=0)
def source_without_turn(source: DocSpan) -> DocSpan:
    """Return the source without the label of a turn before it: "AL: Bo Ray", "LEE: Bo Ray"."""
    doc, start = source.doc, source.start
    opens = start == 0 or "\n" in doc[start - 1].text
    turn = opens and doc[start].is_upper and source.end > start + 2 and doc[start + 1].text == ":"
    return doc[start + 2 : source.end] if turn else source


def source_with_apposition(parts: Sequence[DocSpan], *, cue: DocSpan, source: DocSpan) -> DocSpan:
    """Return the source with the noun phrase before it that was taken for content.

    In "the head of the force, Ann Lee, said that it rained" the phrase before the name belongs to
    the source. In "The bridge, Ann Lee said, will stay closed" a comma after the cue takes the
    clause up again, and the phrase is content; so is "Among voters, a poll shows it leads".
    """
    doc = source.doc
    after = [part for part in parts if part.start >= cue.end]
    if not after or _goes_on(after[0]) or source[0].pos_ == "PRON":
        return source
    for part in parts:
        if _is_phrase_before(part, source, cue) and part[0].pos_ in _NOMINAL:
            return doc[part.start : source.end]
    return source


@repair(argument=0)
def without_opening(
    parts: Sequence[DocSpan], *, cue: DocSpan, source: DocSpan
) -> Sequence[DocSpan]:
    """Return the parts without a phrase that opens the sentence of a whole quotation.

    In 'At the summit, Ann Lee said, "It rains."' the phrase is the reporter's; in 'These roads, Ann
    Lee said, "lead to Nore"' and 'But, Ann Lee said, "It rains."' it is hers.
    """
    after = [part for part in parts if part.start >= cue.end]
    if not after or not _opens_quoted(after[0]) or _begins_small(after[0]):
        return parts
    return [p for p in parts if not (_is_phrase_before(p, source, cue) and _has_noun(p))]


@repair(argument=0)
def without_addressee(parts: Sequence[DocSpan], *, cue: DocSpan) -> tuple[DocSpan, ...]:
    """Return the parts without whom "told" needs: "told Reuters the bridge is closed".

    Fires: "informed the mayor that it is closed". Not: "She was told Ann Lee is ill", which tells
    no name, nor "said the mayor that night was ill".
    """
    passive = any(token.lower_ in _PASSIVE for token in cue)
    first = parts[0]
    if passive or cue[-1].lower_ not in _TELLING_THAT or first.start != cue.end:
        return tuple(parts)
    told = _find_that(first)
    if told is None and cue[-1].lower_ in _TELLING:
        name = next((ent for ent in first.ents if ent.start == first.start), None)
        told = name.end if name is not None and first.doc[name.end].text not in _JOINTS else None
    if told is None or told + 1 >= first.end:
        return tuple(parts)
    return (first.doc[told : first.end], *parts[1:])


def _find_that(part: DocSpan) -> int | None:
    """Return where "that" stands after nothing but a few words for somebody."""
    for token in part[: _LONGEST_NAME + 1]:
        if token.lower_ == "that" and token.i > part.start:
            return token.i
        if token.pos_ not in _ADDRESSED:
            return None
    return None


@repair(argument=0)
def within_reach(
    parts: Sequence[DocSpan], *, cue: DocSpan, quotations: Sequence[Quotation]
) -> tuple[DocSpan, ...]:
    """Return the parts without what the reporter says after them, outside of quotation marks.

    In 'Ann Lee said it rains. "It pours." The bridge is closed.' the last sentence is the
    reporter's, and so is the end of '"It rains," Ann Lee said of the storm that came.'; not that of
    '"It rains," she said, but "not for long."'
    """
    _, end = sentence_of(cue.doc, cue.start)
    first = parts[0]
    if first.end <= cue.start and _opens_quoted(first) and is_quoted(first[0].idx + 1, quotations):
        end = cue.start
    return tuple(
        part
        for part in parts
        if part is first
        or part.start < end
        or _opens_quoted(part)
        or any(is_quoted(token.idx + 1, quotations) for token in part[:_LEAD])
    )


@rule
def narrated_before(parts: Sequence[DocSpan], cue: DocSpan) -> int | None:
    """Return the number of the first part that another's doing sets apart from those before it.

    In '"It rains," Ann Lee said. Bo Ray shook his head. "It pours."' the last words are hardly
    Ann Lee's.
    """
    doc = cue.doc
    for number, (before, part) in enumerate(pairwise(parts), 1):
        opens = sentence_of(doc, part.start)[0]
        start, end = sentence_of(doc, max(opens, 1) - 1)
        silent = start >= before.end and not start <= cue.start < end
        if silent and part.start <= opens + 1 and doc[start].ent_type_ == "PERSON":
            return number
    return None


def _opens_quoted(part: DocSpan) -> bool:
    return part[0].is_quote or (part.start > 0 and part.doc[part.start - 1].is_quote)


def _has_noun(part: DocSpan) -> bool:
    return any(token.pos_ in ("NOUN", "PROPN") for token in part)


def _begins_small(part: DocSpan) -> bool:
    """Whether the first word goes on with a sentence."""
    return next((token.text[:1].islower() for token in part if token.is_alpha), False)


def _goes_on(part: DocSpan) -> bool:
    """Whether a comma stands before the part, with white space between them or not."""
    at = part.start - 1
    while at > 0 and part.doc[at].is_space:
        at -= 1
    return "," in (part[0].text, part.doc[at].text)


def _is_phrase_before(part: DocSpan, source: DocSpan, cue: DocSpan) -> bool:
    """Whether the part is "PART, SOURCE CUE", and has no verb and no quotation mark."""
    touches = part.end < source.start <= part.end + 1 and part.doc[part.end].text == ","
    plain = not any(token.pos_ in ("VERB", "AUX") or token.is_quote for token in part)
    return touches and plain and source.end <= cue.start
