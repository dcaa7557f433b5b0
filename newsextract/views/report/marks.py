"""The annotated text: spans of a record as properly nested HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from newsextract.records import Block, Extraction, Organization, Person, Place, Quote
from newsextract.views.report.escape import plain, show
from newsextract.views.report.wording import word_value

MAX_DEPTH = 24  # browsers flatten elements nested deeper than a few hundred
_LONGEST_NUMBER = 6
_RANKS = ("quote", "source", "role", "affiliation", "person", "organization", "place", "date")
_ENTITIES = frozenset(("person", "organization", "place", "date"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text that belongs to a record.

    ``kind`` is the sort of span, ``record`` the id of the record that it shows, ``look`` the form
    of a mention or the kind of a quote, ``number`` the ordinal among all marks, and ``label`` its
    text for screen readers.
    """

    start: int
    end: int
    kind: str
    record: str
    look: str = ""
    number: int = 0
    label: str = ""

    @property
    def order(self) -> tuple[int, int, int]:
        """Sort key: of two marks that begin together, the outer one comes first."""
        rank = _RANKS.index(self.kind) if self.kind in _RANKS else len(_RANKS)
        return self.start, -self.end, rank


@dataclass(slots=True)
class _Writer:
    """The HTML of one text under construction.

    ``chipped`` are the quotes whose chip is written, ``levels`` those of the blocks that are
    headings; ``links`` makes the chips links.
    """

    text: str
    parts: list[str] = field(default_factory=list)
    open: list[Mark] = field(default_factory=list)
    chipped: set[str] = field(default_factory=set)
    left_out: set[int] = field(default_factory=set)
    levels: dict[str, int] = field(default_factory=dict)
    links: bool = True


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The text as HTML; ``left_out`` counts the marks nested too deep to be drawn."""

    html: str
    marks: int
    left_out: int


def collect_marks(extraction: Extraction) -> list[Mark]:
    """Return every mark of the record that lies inside the text, outer ones first."""
    size = len(extraction.text or "")
    names = {source.id: source.name for source in extraction.sources}
    quotes = (
        _quote_marks(quote, names.get(quote.speaker or "", "")) for quote in extraction.quotes
    )
    found = chain(_entity_marks(extraction), *quotes)
    inside = (m for m in found if 0 <= m.start < m.end <= size)
    ordered = sorted(inside, key=lambda mark: mark.order)
    return [replace(mark, number=number) for number, mark in enumerate(ordered)]


def _entity_marks(extraction: Extraction) -> Iterator[Mark]:
    for person in extraction.people:
        yield from _mention_marks(person, "person")
        for role in person.roles:
            yield Mark(role.start, role.end, "role", person.id)
        for affiliation in person.affiliations:
            yield Mark(affiliation.start, affiliation.end, "affiliation", person.id)
    for organization in extraction.organizations:
        yield from _mention_marks(organization, "organization")
    for place in extraction.places:
        yield from _mention_marks(place, "place")
    for date in extraction.dates:
        label = f"date, {word_value(date.value)}"
        yield Mark(date.start, date.end, "date", date.id, "name", label=label)


def _mention_marks(record: Person | Organization | Place, kind: str) -> Iterator[Mark]:
    label = f"{record.name}, {kind}"
    for mention in record.mentions:
        yield Mark(mention.start, mention.end, kind, record.id, mention.form, label=label)


def _quote_marks(quote: Quote, speaker: str) -> Iterator[Mark]:
    look = f"{quote.kind} {quote.mode}"
    label = f"Statement {short_number(quote.id)}, {quote.kind}, {speaker or 'speaker unknown'}"
    for part in quote.content:
        yield Mark(part.start, part.end, "quote", quote.id, look, label=label)
    if quote.cue:
        yield Mark(quote.cue.start, quote.cue.end, "cue", quote.id)
    if quote.source:
        yield Mark(quote.source.start, quote.source.end, "source", quote.id)


def mark_text(
    extraction: Extraction, marks: Sequence[Mark], *, level: int = 2, links: bool = True
) -> MarkedText:
    """Return the text of ``extraction`` in its blocks, with ``marks`` (in order) drawn.

    The text content of the HTML is the caller's text. A mark that crosses another or the edge
    of a block is drawn in pieces that carry the same number. The first headline is a heading of
    ``level``. With ``links`` the number of a statement is a link to its record.
    """
    levels = {"headline": level, "subhead": 2}
    writer = _Writer(extraction.text or "", levels=levels, links=links)
    waiting, carried = 0, list[Mark]()
    for start, end, kind in _pieces(extraction.layout, writer.text):
        first = waiting
        while waiting < len(marks) and marks[waiting].start < end:
            waiting += 1
        carried += marks[first:waiting]
        _write_block(writer, slice(start, end), kind, carried)
        carried = _carry(writer, (mark for mark in carried if mark.end > end))
    drawn = len(marks) - len(writer.left_out)
    return MarkedText("".join(writer.parts), drawn, len(writer.left_out))


def _carry(writer: _Writer, going_on: Iterable[Mark]) -> list[Mark]:
    """Return the marks that continue in the next block, as many as can be drawn."""
    marks = list(going_on)
    writer.left_out.update(m.number for m in marks[MAX_DEPTH:])
    return marks[:MAX_DEPTH]


def _pieces(layout: Iterable[Block], text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the blocks in order and the gaps between them (of kind ""), over the whole text.

    Blocks that overlap another or exceed the text are skipped.
    """
    position = 0
    for block in sorted(layout, key=lambda b: b.start):
        if position <= block.start < block.end <= len(text):
            if position < block.start:
                yield position, block.start, ""
            yield block.start, block.end, block.kind
            position = block.end
    if position < len(text):
        yield position, len(text), ""


def _write_block(writer: _Writer, piece: slice, kind: str, marks: list[Mark]) -> None:
    """Write one block or gap with its marks."""
    if not kind and not writer.text[piece].strip():
        writer.parts.append(f'<span class="gap">{show(writer.text[piece])}</span>')
        return
    heading = ""
    if kind in writer.levels:
        heading = f' role="heading" aria-level="{writer.levels[kind]}"'
    writer.parts.append(f'<div class="block {show(plain(kind or "paragraph"))}"{heading}>')
    if kind == "headline":
        writer.levels[kind] = 2
    _write_marks(writer, piece.start, piece.stop, marks)
    writer.parts.append("</div>")


def _write_marks(writer: _Writer, start: int, end: int, marks: list[Mark]) -> None:
    """Write the text from ``start`` to ``end``, cut wherever a mark opens or closes."""
    edges = {start, end, *_edges(marks, start, end)}
    waiting = 0
    position = start
    for edge in sorted(edges):
        writer.parts.append(show(writer.text[position:edge]))
        position = edge
        _close(writer, edge)
        while waiting < len(marks) and max(marks[waiting].start, start) <= edge < end:
            _open(writer, marks[waiting])
            waiting += 1
    while writer.open:
        writer.parts.append(_closing(writer.open.pop()))


def _edges(marks: list[Mark], start: int, end: int) -> Iterator[int]:
    for mark in marks:
        yield max(mark.start, start)
        yield min(mark.end, end)


def _open(writer: _Writer, mark: Mark) -> None:
    if len(writer.open) >= MAX_DEPTH:
        writer.left_out.add(mark.number)
        return
    writer.parts.append(_opening(writer, mark))
    writer.open.append(mark)


def _close(writer: _Writer, edge: int) -> None:
    """Close the marks that end at ``edge``; those open inside them continue in a new piece."""
    ending = [i for i, mark in enumerate(writer.open) if mark.end <= edge]
    if not ending:
        return
    lifted = writer.open[ending[0] :]
    writer.parts.extend(map(_closing, reversed(lifted)))
    del writer.open[ending[0] :]
    for mark in lifted:
        if mark.end > edge:
            _open(writer, mark)


def _opening(writer: _Writer, mark: Mark) -> str:
    record = show(plain(mark.record))
    # A group may hold other groups and a link; a button or a link may not.
    role = f' role="group" aria-label="{show(plain(mark.label))}"' if mark.label else ""
    if mark.kind not in _ENTITIES:
        chip = _chip(writer, mark, record) if mark.kind == "quote" else ""
        look = f"{mark.kind} {show(mark.look)}".strip()
        return f'<span class="{look}" data-q="{record}" data-m="{mark.number}"{role}>{chip}'
    depth = min(2, sum(m.kind in _ENTITIES for m in writer.open))
    classes = f"{mark.kind} {show(mark.look)} d{depth}"
    return f'<mark class="{classes}" data-r="{record}" data-m="{mark.number}"{role}>'


def _closing(mark: Mark) -> str:
    return "</mark>" if mark.kind in _ENTITIES else "</span>"


def short_number(record: str) -> str:
    """Return the number of a quote's id as it is shown: "12" for ``Q12``."""
    return record.removeprefix("Q")[:_LONGEST_NUMBER]


def _chip(writer: _Writer, mark: Mark, record: str) -> str:
    """Return the number of a quote, a link to its record; the style sheet draws it."""
    if mark.record in writer.chipped:
        return ""
    writer.chipped.add(mark.record)
    number = show(plain(short_number(mark.record)))
    if not writer.links:
        return f'<span class="chip {show(mark.look)}" data-n="{number}"></span>'
    return (
        f'<a class="chip {show(mark.look)}" href="#{record}" id="in-{record}" '
        f'data-n="{number}" data-r="{record}" aria-label="{show(plain(mark.label))}"></a>'
    )
