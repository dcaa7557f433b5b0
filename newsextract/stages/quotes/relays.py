"""Relayed quotes: "Politico reports, citing a spokesman" is one quote."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsextract.language.doc import find_words, sentence_of, tokens_of, word_before
from newsextract.language.lexicon import read_words
from newsextract.language.rules import rule
from newsextract.records import Context, Quote, Span
from newsextract.stages.quotes.nesting import find_enclosing, nest_quotes
from newsextract.stages.values import Relay

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

_REACH = 12
_LONGEST_PHRASE = 30
_LEFT_OVER = 24
_NEAR = 500
"""Characters around a quote that are searched: an endless sentence takes linear time."""
_ENDS = frozenset((",", ".", ";", ":", '"', "”", "“", "that"))
_QUOTED = frozenset(("quoted", "cited"))
_HAVING = frozenset(("has", "had", "also", "is"))
_REPORTING = frozenset(("report", "reports", "reported", "writes", "wrote"))
_BREAKS = frozenset((",", "—", "–", "-", "”", '"'))


def find_relays(doc: Doc, quotes: Sequence[Quote]) -> tuple[tuple[Quote, ...], Mapping[str, Relay]]:
    """Return the quotes without those that only cite, and the relays by quote id.

    "X informed Y that Z, Reuters reported" is two quotes, Z by X and the whole by Reuters: the
    first is relayed by Reuters. "Reuters reported, citing X" is one.
    """
    names = [ent for ent in doc.ents if ent.label_ in ("ORG", "PERSON")]
    orgs = [ent for ent in names if ent.label_ == "ORG"]
    page = _Page(doc, names, orgs, _find_marks(doc, orgs))
    relays = [_find_relay(page, quote) for quote in quotes]
    dropped = {
        index
        for index in range(1, len(quotes))
        if relays[index - 1] and is_citing(quotes[index], quotes[index - 1])
    }
    for index, outer in enumerate(find_enclosing(quotes)):
        at = _twin(quotes, index) if outer is None else outer
        if at is None or at in dropped or index in dropped:
            continue
        medium = quotes[at].source
        if medium is not None and hands_on(page, quotes[index], quotes[at]):
            relays[index] = relays[index] or Relay(medium)
            if _same_content(quotes[index], quotes[at]):
                dropped.add(at)
    kept = [index for index in range(len(quotes)) if index not in dropped]
    numbered = nest_quotes(quotes[index] for index in kept)
    found = ((quote.id, relays[index]) for quote, index in zip(numbered, kept, strict=True))
    return numbered, {id_: relay for id_, relay in found if relay is not None}


@dataclass(frozen=True, slots=True)
class _Page:
    """A document, its people and organizations, and the tokens that can signal a relayed quote."""

    doc: Doc
    names: Sequence[DocSpan]
    orgs: Sequence[DocSpan]
    marks: Sequence[int]

    def org_at(self, i: int) -> DocSpan | None:
        """Return the organization whose name begins at token ``i``."""
        at = bisect_left(self.orgs, i, key=lambda ent: ent.start)
        org = self.orgs[at] if at < len(self.orgs) else None
        return org if org is not None and org.start == i else None

    def org_in(self, span: Span) -> DocSpan | None:
        """Return the organization that a source names, if it names no person before it."""
        tokens = tokens_of(self.doc, span)
        at = bisect_left(self.names, tokens.start, key=lambda ent: ent.start)
        name = self.names[at] if at < len(self.names) else None
        if name is None or name.end > tokens.stop or name.label_ != "ORG":
            return None
        return name


def _find_marks(doc: Doc, orgs: Sequence[DocSpan]) -> list[int]:
    """Return where organizations and words like "citing" stand."""
    found = find_words(doc, read_words("citing_words") | _QUOTED, "LOWER")
    return sorted({*found, *(org.start for org in orgs)})


def _find_relay(page: _Page, quote: Quote) -> Relay | None:
    tokens = _outside(page, quote)
    return by_citing(page, tokens) or by_quoted(page, tokens) or by_framing(page, quote, tokens)


def _outside(page: _Page, quote: Quote) -> list[int]:
    """Return the marks in the quote's sentences, near its words but outside its content."""
    context, (start, end) = quote.context, _extent(quote)
    around = Context(max(context.start, start - _NEAR), min(context.end, end + _NEAR))
    tokens = tokens_of(page.doc, around)
    near = page.marks[bisect_left(page.marks, tokens.start) : bisect_left(page.marks, tokens.stop)]
    starts = ((i, page.doc[i].idx) for i in near)
    return [i for i, at in starts if not any(p.start <= at < p.end for p in quote.content)]


def _extent(quote: Quote) -> tuple[int, int]:
    """Return where a quote begins and ends with its cue and source."""
    parts = [part for part in (*quote.content, quote.cue, quote.source) if part is not None]
    return min(part.start for part in parts), max(part.end for part in parts)


@rule
def by_citing(page: _Page, tokens: Sequence[int]) -> Relay | None:
    """ "Politico reports, citing a spokesman"; not "Ann Lee said, citing an aide"."""
    for i in tokens:
        if page.doc[i].lower_ not in read_words("citing_words"):
            continue
        medium, end = _org_before(page, i), _phrase_end(page.doc, i + 1)
        if medium is not None and end > i + 1:
            return Relay(_to_span(medium), _to_span(page.doc[i + 1 : end]))
    return None


def _org_before(page: _Page, i: int) -> DocSpan | None:
    """Return the organization named last before token ``i`` in its sentence."""
    at = bisect_left(page.orgs, i, key=lambda ent: ent.start) - 1
    org = page.orgs[at] if at >= 0 else None
    if org is None or i - org.end > _REACH:
        return None
    return org if sentence_of(page.doc, org.start) == sentence_of(page.doc, i) else None


def _phrase_end(doc: Doc, first: int) -> int:
    """Return where the phrase after "citing" ends: at a mark or the end of the sentence."""
    limit = min(len(doc), first + _LONGEST_PHRASE)
    for token in doc[first:limit]:
        opens = token.i > first and token.is_sent_start
        if opens or token.lower_ in _ENDS or token.is_space or _opens_saying(doc, token.i):
            return token.i
    return limit


def _opens_saying(doc: Doc, i: int) -> bool:
    """Whether "as" precedes a participle: "quotes an aide as saying"; not "such as bakers"."""
    return doc[i].lower_ == "as" and doc[i + 1 : i + 2].text.endswith("ing")


@rule
def by_quoted(page: _Page, tokens: Sequence[int]) -> Relay | None:
    """ "Ann Lee, quoted by Reuters, said"; not "Ann Lee quoted from the letter"."""
    quoted = (n for n, i in enumerate(tokens) if page.doc[i].lower_ in _QUOTED)
    for i in tokens[next(quoted, len(tokens)) + 1 :]:
        org = page.org_at(i)
        by = i - 1 - (page.doc[i - 1].lower_ == "the")
        if org is not None and page.doc[by].lower_ == "by":
            return Relay(_to_span(org))
    return None


@rule
def by_framing(page: _Page, quote: Quote, tokens: Sequence[int]) -> Relay | None:
    """ "Lee informed Ray that …, Reuters reported"; not "Reuters reported" with no other source."""
    source = quote.source
    if source is None:
        return None
    for i in tokens:
        org = page.org_at(i)
        if org is None or (org.start_char < source.end and org.end_char > source.start):
            continue
        verb = _find_verb(page.doc, org)
        if verb is not None and _frames(page.doc, quote, org, verb):
            return Relay(_to_span(org))
    return None


def _find_verb(doc: Doc, org: DocSpan) -> int | None:
    """Return the verb of handing on after a name: "Reuters reported", "the BBC has learned"."""
    at = org.end
    while at < len(doc) and doc[at].lower_ in _HAVING:
        at += 1
    return at if at < len(doc) and doc[at].lower_ in read_words("relaying_verbs") else None


def _frames(doc: Doc, quote: Quote, org: DocSpan, verb: int) -> bool:
    """Whether the medium closes the sentence after a comma, or opens it before the source."""
    first, source = org.start, quote.source.start if quote.source else 0
    before = word_before(org)
    if before == "the" and first > 1:
        before = doc[first - 2].text
    if before in _BREAKS and _closes(doc, verb + 1) and org.start_char > source:
        return org.start_char >= quote.content[-1].end
    opens = doc[first].is_sent_start or before == "The"
    return bool(opens) and org.end_char <= source and doc[verb].lower_ in _REPORTING


def _closes(doc: Doc, at: int) -> bool:
    return at >= len(doc) or doc[at].is_punct or doc[at].is_space


@rule
def is_citing(quote: Quote, before: Quote) -> bool:
    """Whether a quote is only "citing a spokesman" beside the quote that the spokesman gave."""
    cue = quote.cue
    if cue is None or cue.text.casefold() not in read_words("citing_words"):
        return False
    return before.context.end > cue.start


def _twin(quotes: Sequence[Quote], index: int) -> int | None:
    """Return the neighbor with the same content."""
    near = (other for other in (index - 1, index + 1) if 0 <= other < len(quotes))
    return next((n for n in near if _same_content(quotes[n], quotes[index])), None)


def _same_content(a: Quote, b: Quote) -> bool:
    return bool(a.content) and a.content == b.content


@rule
def hands_on(page: _Page, inner: Quote, outer: Quote) -> bool:
    """Whether ``outer`` is a medium's, and nothing but ``inner`` with its source and cue.

    Fires: "[Ann Lee told Bo it rained], Reuters reported". Not: "Bo Ray said [Ann Lee told him it
    rained]", since Bo Ray is no medium.
    """
    if outer.source is None or page.org_in(outer.source) is None or inner.source is None:
        return False
    if _same_content(inner, outer):
        return page.org_in(inner.source) is None
    start, end = _extent(inner)
    first, last = outer.content[0].start, outer.content[-1].end
    holds = first <= start and end <= last
    return outer.kind == "indirect" and holds and (last - first) - (end - start) <= _LEFT_OVER


def _to_span(span: DocSpan) -> Span:
    return Span(span.start_char, span.end_char, span.text)
