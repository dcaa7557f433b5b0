"""Turn attributions into quotes: repair, filter, trim, classify."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from newsextract.language.doc import doc_text, sentence_of
from newsextract.language.lexicon import read_words
from newsextract.language.rules import rule
from newsextract.records import Block, Context, Issue, Quote, QuoteKind, QuoteMode, Span
from newsextract.stages.quotes.attributions import Attribution, read_attributions, read_turns
from newsextract.stages.quotes.clauses import keep_near, leave_to_nearer, take_clause
from newsextract.stages.quotes.marks import (
    Quotation,
    is_quoted,
    last_opened,
    opens_quoted,
    pair_marks,
)
from newsextract.stages.quotes.nesting import nest_quotes
from newsextract.stages.quotes.signed import find_labeled, find_signed
from newsextract.stages.quotes.speeches import (
    give_to_adjacent,
    part_speeches,
    take_following,
    take_next_line,
    take_reopened,
)
from newsextract.stages.quotes.turns import Offsets, find_turns

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

NON_QUOTING_BLOCKS = frozenset(
    ("duplicate", "caption", "credit", "boilerplate", "section", "byline", "timestamp")
)
"""Blocks never searched for quotes."""

DOUBTFUL = 0.27
"""Score below which an indirect quote is dropped, chosen on dev articles: about half the F1, the
optimal threshold (Lipton et al. 2014). Quotations in marks are always kept.
"""

_SPACE = " \t\r\n\u00a0"
_OUTER = _SPACE + ",;"
_EDGE = _OUTER + ":–—-"
_FEW_MARKS = 4
_LETTERS = re.compile(r"\w+")
_ANONYMITY = re.compile(r"(?:not to|to not) be (?:\w+ly )?(?:identified|named|quoted)\b", re.I)


def find_quotes(doc: Doc, blocks: Sequence[Block]) -> tuple[tuple[Quote, ...], tuple[Issue, ...]]:
    """Return the quotes of ``doc`` in text order, and an issue for each unbalanced mark.

    Args:
        doc: the annotated document.
        blocks: its layout; captions, credits and repeated blocks are not searched.

    Speakers are not resolved here: ``source`` is what is beside the cue.
    """
    text = doc_text(doc)
    quotations, issues = pair_marks(text)
    silent = [(b.start, b.end) for b in blocks if b.kind in NON_QUOTING_BLOCKS]
    filled = [q for q in quotations if text[q.start : q.end].strip()]
    labeled = find_turns(doc, blocks) or find_labeled(doc, filled)
    by_words = {turn.parts: turn for turn in (*labeled, *find_signed(doc, filled))}
    turns = list(read_turns(doc, by_words.values()))
    owners = _find_owners(turns)
    found = turns + [
        attribution
        for attribution in find_attributions(doc, quotations)
        if not _repeats_turn(attribution, owners)
        and not _inside(attribution.start, silent)
        and (attribution.cue is not None or opens_quoted(attribution.start, quotations))
    ]
    found.sort(key=lambda a: (a.start, a.contents[-1].end_char))
    own = _OwnMarks(text, quotations)
    quotes = (_to_quote(doc, attribution, own) for attribution in found)
    kept = [quote for quote in quotes if not _is_doubtful(quote) and not _is_anonymity(quote)]
    return nest_quotes(kept), issues


@rule
def _is_doubtful(quote: Quote) -> bool:
    return quote.kind == "indirect" and quote.score is not None and quote.score < DOUBTFUL


@rule
def _is_anonymity(quote: Quote) -> bool:
    """Whether the content is a request for anonymity.

    Fires: "who asked not to be named". Not: "asked not to be disturbed".
    """
    return quote.kind == "indirect" and bool(_ANONYMITY.match(quote.content[0].text))


def _find_owners(turns: Sequence[Attribution]) -> dict[int, Attribution]:
    """Return the turn that each token belongs to: its words, a label before them, and its mark."""
    owners: dict[int, Attribution] = {}
    for turn in turns:
        begin = min(s.start for s in (turn.source, turn.contents[0]) if s is not None) - 1
        owners |= dict.fromkeys(range(begin, turn.contents[-1].end), turn)
    return owners


@rule
def _repeats_turn(attribution: Attribution, owners: Mapping[int, Attribution]) -> bool:
    """Whether the encoder's attribution repeats a turn: its cue is the colon, or there is none.

    What somebody is quoted for by the speaker of a turn stays: "LEE: Bo says it rains."
    """
    turn, cue = owners.get(attribution.contents[0].start), attribution.cue
    if cue is None:
        return turn is not None
    marked = owners.get(cue.start)
    if marked is not None and marked.cue is not None and marked.cue.start == cue.start:
        return True
    return turn is not None and not turn.contents[0].start <= cue.start < turn.contents[-1].end


def find_attributions(doc: Doc, quotations: Sequence[Quotation]) -> list[Attribution]:
    """Return the attributions of the encoder that have content, repaired."""
    found = leave_to_nearer(read_attributions(doc))
    near = [keep_near(take_clause(a), quotations) for a in found]
    whole = take_following(doc, near, quotations)
    parted = take_next_line(doc, part_speeches(whole, quotations), quotations)
    speeches = give_to_adjacent(doc, parted, quotations)
    return [*speeches, *take_reopened(doc, speeches, quotations)]


def _inside(at: int, ranges: Sequence[Offsets]) -> bool:
    i = bisect_right(ranges, (at, float("inf"))) - 1
    return i >= 0 and at < ranges[i][1]


class _OwnMarks:
    """Tells whose quotation marks are whose: those that enclose a cue are another speaker's."""

    def __init__(self, text: str, quotations: Sequence[Quotation]) -> None:
        self.all = quotations
        self._text = text
        self._inside: dict[Quotation, Sequence[Quotation]] = {}

    def of(self, cue: DocSpan | None) -> Sequence[Quotation]:
        """Return the quotations that tell what is verbatim of the words with this cue.

        In “He said he was ‘done’,” they are those within the marks around "said".
        """
        around = None if cue is None else last_opened(cue.start_char, self.all)
        if cue is None or around is None or not around.closed or cue.end_char > around.end:
            return self.all
        if around not in self._inside:
            inside, _ = pair_marks(self._text[around.start : around.end])
            self._inside[around] = [
                Quotation(around.start + q.start, around.start + q.end, q.closed) for q in inside
            ]
        return self._inside[around]


def _to_quote(doc: Doc, attribution: Attribution, own: _OwnMarks) -> Quote:
    """Return the quote, which has no number yet."""
    text, quotations = doc_text(doc), own.of(attribution.cue)
    parts = [trim(text, s.start_char, s.end_char, own.all) for s in attribution.contents]
    parts = [part for part in parts if part[0] < part[1]] or [
        (s.start_char, s.end_char) for s in attribution.contents
    ]
    kind = "direct" if attribution.verbatim else quote_kind(text, parts, quotations)
    return Quote(
        "",
        kind,
        quote_mode(attribution.cue, kind),
        tuple(Span(start, end, text[start:end]) for start, end in parts),
        _to_span(attribution.cue, text),
        _to_span(attribution.source, text),
        find_context(doc, attribution),
        score=attribution.score,
    )


def _to_span(span: DocSpan | None, text: str) -> Span | None:
    """Return the span without white space and commas at its edges, if it is more than those."""
    if span is None:
        return None
    start, end = _strip(text, span.start_char, span.end_char, left=_OUTER + "”»-", right=_OUTER)
    if start == end:
        start, end = span.start_char, span.start_char + 1
    return Span(start, end, text[start:end])


def _strip(text: str, start: int, end: int, *, left: str, right: str) -> Offsets:
    while start < end and text[start] in left:
        start += 1
    while end > start and text[end - 1] in right:
        end -= 1
    return start, end


def trim(text: str, start: int, end: int, quotations: Sequence[Quotation]) -> Offsets:
    """Return the part without white space, and without the quotation marks around all of it.

    ``“We won,”`` gives ``We won,``, and so does ``“We won`` where a mark closes after the comma;
    ``that “we won”`` and ``“small” numbers`` stay as they are.
    """
    start, end = _strip(text, start, end, left=_EDGE, right=_SPACE)
    return _inside_marks(start, _to_closing_mark(text, start, end, quotations), quotations)


def _to_closing_mark(text: str, start: int, end: int, quotations: Sequence[Quotation]) -> int:
    """Return where the quotation that begins at ``start`` ends, unless words are before its mark.

    Else ``end``.
    """
    last = last_opened(end, quotations)
    if last is None or not last.closed or abs(last.start - start) > 1:
        return end
    short = end < last.end <= end + _FEW_MARKS
    return last.end if short and not _LETTERS.search(text, end, last.end) else end


def _inside_marks(start: int, end: int, quotations: Sequence[Quotation]) -> Offsets:
    """Return the part without its outer marks, as far as there are such marks."""
    first = last_opened(start + 2, quotations)
    if first is None or first.start < start:
        last = last_opened(end, quotations)
        if last is not None and last.start <= start and last.end < end <= last.end + 2:
            return start, last.end
        return start, end
    if end < first.end:
        return first.start, end
    return (first.start, first.end) if end <= first.end + 2 else (start, end)


def quote_kind(text: str, parts: Sequence[Offsets], quotations: Sequence[Quotation]) -> QuoteKind:
    """Return direct where all words of the content are in quotation marks, mixed where some."""
    words = (match for part in parts for match in _LETTERS.finditer(text, *part))
    quoted = [is_quoted(word.start(), quotations) for word in words]
    if not any(quoted):
        return "indirect"
    return "direct" if all(quoted) else "mixed"


def quote_mode(cue: DocSpan | None, kind: QuoteKind) -> QuoteMode:
    """Return stance if the cue expresses a belief, wish or intention rather than speech.

    "believes", "wants to" are stances; "said", "was quoted as saying he believes" statements.
    """
    if cue is None or kind == "direct":
        return "statement"
    words = {token.lower_ for token in cue if token.is_alpha}
    is_stance = words & read_words("stance_cues") and not words & read_words("speaking_cues")
    return "stance" if is_stance else "statement"


def find_context(doc: Doc, attribution: Attribution) -> Context:
    """Return the sentences that hold content, cue and source."""
    parts = (attribution.cue, attribution.source, *attribution.contents)
    spans = [part for part in parts if part is not None]
    first, _ = sentence_of(doc, min(s.start for s in spans))
    _, last = sentence_of(doc, max(s.end for s in spans) - 1)
    while last > first + 1 and doc[last - 1].is_space:
        last -= 1
    end = doc[last - 1].idx + len(doc[last - 1])
    return Context(doc[first].idx, max(end, *(s.end_char for s in spans)))
