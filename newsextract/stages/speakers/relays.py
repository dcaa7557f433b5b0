"""Attribution inside attribution: quotes in quotes, and who hands a quote on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from newsextract.language.lexicon import read_words
from newsextract.records import Quote, Span
from newsextract.stages.speakers.context import Scene
from newsextract.stages.speakers.entity_index import NamedSpan, Referent

_REACH = 12
_PASSIVE = frozenset(("was", "were", "is", "are", "be", "been", "being", "'s", "’s"))
_LEFT_OVER = 24
_CLOSING_MEDIUM = re.compile(r"[”\"]?,[”\"]? (?:the )?([A-Z]\w+) (?:has )?reported[.\n]")
Resolve = Callable[[int, int], Referent | None]


@dataclass(slots=True, eq=False)
class Attributed:
    """A quote while its sources are resolved; ``enclosing`` is the index of the quote around it."""

    quote: Quote
    enclosing: int | None = None
    speaker: Referent | None = None
    via: Referent | None = None


def find_enclosing(quotes: Sequence[Quote]) -> list[int | None]:
    """Return for each quote the index of the smallest quote whose content holds its content."""
    spans = [(q.content[0].start, q.content[-1].end) if q.content else (0, 0) for q in quotes]
    order = sorted(range(len(quotes)), key=lambda i: (spans[i][0], -spans[i][1]))
    enclosing: list[int | None] = [None] * len(quotes)
    open_: list[int] = []
    for i in order:
        while open_ and not _inside(quotes[i], quotes[open_[-1]], spans[i]):
            open_.pop()
        if open_ and spans[i] != spans[open_[-1]]:
            enclosing[i] = open_[-1]
        open_.append(i)
    return enclosing


def _inside(inner: Quote, outer: Quote, span: tuple[int, int]) -> bool:
    """Whether one part of ``outer`` holds all of ``inner``'s content."""
    start, end = span
    return any(p.start <= start and end <= p.end for p in outer.content)


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
    """Whether one comma stands between source and cue: "Ann Lee, asked if"."""
    source, cue = quote.source, quote.cue
    near = source is not None and cue is not None and cue.start - source.end == len(", ")
    return near and source is not None and "," not in source.text


def set_via(scene: Scene, item: Attributed, resolve: Resolve) -> None:
    """Set the speaker and the source that hands the quote on, where two are named."""
    tokens = _outside(scene, item.quote)
    for rule in (by_citing, by_quoted_by, by_closing_medium):
        found = rule(scene, item, tokens=tokens, resolve=resolve)
        if found is not None:
            speaker, via = found
            if speaker.key != via.key:
                item.speaker, item.via = speaker, via
            return


def unwrap(scene: Scene, item: Attributed, resolve: Resolve) -> None:
    """Take apart "Lee told Ray that …, Reuters reported" where only the whole was found.

    The content becomes what Ann Lee told; the medium becomes ``via``. Not "Reuters reported that
    …", where the medium's own words come first.
    """
    quote = item.quote
    span = _closing_span(scene, item)
    if span is None or item.speaker is None:
        return
    named = next((n for i in span if (n := scene.cast.by_token.get(i)) is not None), None)
    if named is None or named.referent.kind != "person" or named.first - span.start > _REACH:
        return
    verb = next((i for i in range(named.last, named.last + 3) if _is_relaying(scene, i)), None)
    that = next((i for i in span if scene.doc[i].lower_ == "that"), None)
    if verb is None or that is None or not verb < that <= verb + _REACH:
        return
    end = quote.content[0].end
    start = scene.doc[that + 1].idx
    item.quote = replace(
        quote,
        content=(Span(start, end, scene.text[start:end]),),
        cue=_to_span(scene, verb, verb + 1),
        source=_to_span(scene, span.start, named.last),
    )
    item.via, item.speaker = item.speaker, resolve(span.start, named.last)


def _closing_span(scene: Scene, item: Attributed) -> range | None:
    """Return the content's tokens, where a medium closes the sentence after them."""
    quote = item.quote
    if quote.kind != "indirect" or len(quote.content) != 1 or quote.source is None:
        return None
    if item.speaker is None or item.speaker.kind != "organization":
        return None
    part = quote.content[0]
    if quote.source.start < part.end:
        return None
    span = scene.doc.char_span(part.start, part.end, alignment_mode="expand")
    return range(span.start, span.end) if span is not None and len(span) > _REACH else None


def _is_relaying(scene: Scene, i: int) -> bool:
    return i < len(scene.doc) and scene.doc[i].lower_ in read_words("relaying_verbs")


def _to_span(scene: Scene, first: int, last: int) -> Span:
    start, end = scene.doc[first].idx, scene.doc[last - 1].idx + len(scene.doc[last - 1])
    return Span(start, end, scene.text[start:end])


def by_citing(
    scene: Scene, item: Attributed, *, tokens: Sequence[int], resolve: Resolve
) -> tuple[Referent, Referent] | None:
    """ "Politico reports, citing a spokesman"; not "the firm said, citing a report"."""
    for i in tokens:
        if scene.doc[i].lower_ not in read_words("citing_words"):
            continue
        medium = _name_before(scene, i)
        cited = resolve(i + 1, _phrase_end(scene, i + 1))
        if medium is not None and cited is not None and cited.kind != "document":
            return cited, medium.referent
    return None


def by_quoted_by(
    scene: Scene, item: Attributed, *, tokens: Sequence[int], resolve: Resolve
) -> tuple[Referent, Referent] | None:
    """ "Ann Lee, quoted by Reuters, said", "was quoted as saying by Reuters"."""
    if item.speaker is None:
        return None
    quoted = next((i for i in tokens if scene.doc[i].lower_ in ("quoted", "cited")), None)
    if quoted is None:
        return None
    for i in tokens:
        named = scene.cast.by_token.get(i)
        if i > quoted and named and named.first == i and scene.doc[i - 1].lower_ in ("by", "the"):
            return (item.speaker, named.referent) if _is_medium(named) else None
    return None


def by_closing_medium(
    scene: Scene, item: Attributed, *, tokens: Sequence[int], resolve: Resolve
) -> tuple[Referent, Referent] | None:
    """ "Lee informed Ray that …, Reuters reported"; not "Reuters reported" with no other source."""
    quote = item.quote
    if item.speaker is None or quote.source is None:
        return None
    for i in tokens:
        named = scene.cast.by_token.get(i)
        if named is None or named.first != i or not _is_medium(named):
            continue
        if (
            scene.doc[i].idx < quote.source.end
            and scene.doc[named.last - 1].idx >= quote.source.start
        ):
            continue
        if _relays(scene, named) and _frames(scene, item, named):
            return item.speaker, named.referent
    medium = _closing_word(scene, item)
    return (item.speaker, medium) if medium is not None else None


def _closing_word(scene: Scene, item: Attributed) -> Referent | None:
    """Return the medium in ", Reuters reported." that was not recognised as a name."""
    match = _CLOSING_MEDIUM.match(scene.text, item.quote.content[-1].end)
    if match is None or item.quote.source is None or match.start(1) < item.quote.source.end:
        return None
    return Referent("organization", match.group(1))


def _is_medium(named: NamedSpan) -> bool:
    return named.referent.kind == "organization"


def _relays(scene: Scene, named: NamedSpan) -> bool:
    """Whether a verb of handing on follows the name: "Reuters reported", "the BBC has learned"."""
    at = named.last
    while at < len(scene.doc) and scene.doc[at].lower_ in ("has", "had", "also", "is"):
        at += 1
    return at < len(scene.doc) and scene.doc[at].lower_ in read_words("relaying_verbs")


def _frames(scene: Scene, item: Attributed, named: NamedSpan) -> bool:
    """Whether the medium closes the sentence after a comma, or opens it before the source."""
    doc, quote = scene.doc, item.quote
    before = doc[named.first - 1].text if named.first else ""
    after = doc[named.last + 1] if named.last + 1 < len(doc) else None
    if before == "the" and named.first > 1:
        before = doc[named.first - 2].text
    closes = before in (",", "—", "–", "-", "”", '"') and (
        after is None or after.is_punct or after.is_space
    )
    source = quote.source.start if quote.source else 0
    if closes and doc[named.first].idx > source:
        return doc[named.first].idx >= quote.content[-1].end
    opens = doc[named.first].is_sent_start or (named.first > 0 and before == "The")
    return bool(opens) and doc[named.last - 1].idx < source and doc[named.last].lower_ in (
        "report", "reports", "reported", "writes", "wrote"
    )  # fmt: skip


def _outside(scene: Scene, quote: Quote) -> list[int]:
    """Return the bodies and words of citing in the quote's sentences, outside its content."""
    start, end = quote.context.start, min(quote.context.end, len(scene.text))
    span = scene.doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return []
    markers = scene.markers[bisect_left(scene.markers, span.start) :]
    near = takewhile(lambda i: i < span.end, markers)
    inside = [(p.start, p.end) for p in quote.content]
    return [i for i in near if not any(a <= scene.doc[i].idx < b for a, b in inside)]


def _name_before(scene: Scene, i: int) -> NamedSpan | None:
    """Return the organisation named last before token ``i`` in its sentence."""
    for named in scene.names_before(i, 4):
        near = i - named.last <= _REACH and scene.sentence_of(named.first) == scene.sentence_of(i)
        if near and named.referent.kind == "organization":
            return named
    return None


def _phrase_end(scene: Scene, first: int) -> int:
    """Return where the phrase after "citing" ends: at a mark or the end of the sentence."""
    for i in range(first, min(len(scene.doc), first + 30)):
        token = scene.doc[i]
        if (
            token.text in (",", ".", ";", ":", '"', "”", "“")
            or token.is_space
            or token.lower_ == "that"
        ):
            return i
        if i > first and token.is_sent_start:
            return i
    return min(len(scene.doc), first + 30)


def join_duplicates(found: Sequence[Attributed]) -> list[Attributed]:
    """Return the quotes without those that only hand another one on.

    "X informed Y that Z, Reuters reported" may be two quotes, Z by X and the whole by Reuters:
    the first is kept, via Reuters.
    """
    dropped = {index for index in range(1, len(found)) if _is_citing(found[index - 1 : index + 2])}
    for index, inner in enumerate(found):
        outer_index = inner.enclosing if inner.enclosing is not None else _twin(found, index)
        if outer_index is None or outer_index in dropped or index in dropped:
            continue
        outer = found[outer_index]
        if _hands_on(inner, outer):
            inner.via = inner.via or outer.speaker
            inner.enclosing = outer.enclosing
            dropped.add(outer_index)
    return _reindex(found, dropped)


def _is_citing(near: Sequence[Attributed]) -> bool:
    """Whether a quote is only "citing a spokesman" beside the quote that the spokesman gave."""
    before, item = near[0], near[1]
    cue = item.quote.cue
    if cue is None or cue.text.casefold() not in read_words("citing_words") or not before.via:
        return False
    return before.quote.context.end > cue.start


def _twin(found: Sequence[Attributed], index: int) -> int | None:
    """Return the neighbour with the same content and another source."""
    quote = found[index].quote
    for other in (index - 1, index + 1):
        if 0 <= other < len(found) and _same_content(found[other].quote, quote):
            return other
    return None


def _same_content(a: Quote, b: Quote) -> bool:
    return bool(a.content) and [(p.start, p.end) for p in a.content] == [
        (p.start, p.end) for p in b.content
    ]


def _hands_on(inner: Attributed, outer: Attributed) -> bool:
    """Whether ``outer`` is a medium whose quote is all of ``inner``, source and cue included."""
    if outer.speaker is None or outer.speaker.kind != "organization" or inner.speaker is None:
        return False
    if inner.speaker.key == outer.speaker.key:
        return _same_content(inner.quote, outer.quote)
    if _same_content(inner.quote, outer.quote):
        return inner.speaker.kind in ("person", "unnamed", "group")
    if outer.quote.kind != "indirect" or inner.quote.source is None:
        return False
    parts = [
        *inner.quote.content,
        inner.quote.source,
        *([inner.quote.cue] if inner.quote.cue else []),
    ]
    start, end = min(p.start for p in parts), max(p.end for p in parts)
    first, last = outer.quote.content[0].start, outer.quote.content[-1].end
    return first <= start and end <= last and (last - first) - (end - start) <= _LEFT_OVER


def _reindex(found: Sequence[Attributed], dropped: set[int]) -> list[Attributed]:
    """Return the kept quotes, with ``enclosing`` counted among them."""
    kept = [i for i in range(len(found)) if i not in dropped]
    new = {old: position for position, old in enumerate(kept)}
    for i in kept:
        around = found[i].enclosing
        while around is not None and around in dropped:
            around = found[around].enclosing
        found[i].enclosing = new[around] if around is not None else None
    return [found[i] for i in kept]
