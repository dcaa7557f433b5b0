"""Convert records to displaCy's manual format (``manual=True``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from newsextract.records import Extraction

Label = tuple[int, int, str, str]  # start, end, label, id of the record

_GEONAMES = "https://www.geonames.org/{}"


def to_displacy(extraction: Extraction, style: Literal["ent", "span"] = "ent") -> dict[str, Any]:
    """Return ``extraction`` as ``spacy.displacy.render(..., manual=True)`` takes it.

    Args:
        extraction: a record with its text.
        style: "ent" holds names and dates, without nested ones; "span" holds all of them, and
            the content, cue and source of every quote, stacked. Parts of a quote carry its id
            as their link.

    Raises:
        ValueError: the extraction has no text, or the style is unknown.

    Example:
        ``displacy.render(to_displacy(record, "span"), style="span", manual=True)``
    """
    if extraction.text is None:
        raise ValueError("this extraction has no text: give it to from_dict(data, text=...)")
    if style == "ent":
        return {"text": extraction.text, "ents": _draw_ents(extraction), "title": None}
    if style == "span":
        return _draw_spans(extraction)
    raise ValueError(f"style is {style!r}: it can be 'ent' or 'span'")


def _draw_ents(extraction: Extraction) -> list[dict[str, Any]]:
    """Return the names and dates in text order; of two that overlap, the longer one."""
    links = {p.id: p.geonames_id for p in extraction.places if p.geonames_id}
    found = sorted(_entities(extraction), key=lambda item: (item[0] - item[1], item[0]))
    taken = bytearray(len(extraction.text or ""))
    ents = []
    for start, end, label, record in found:
        if not 0 <= start < end <= len(taken) or any(taken[start:end]):
            continue
        taken[start:end] = b"\1" * (end - start)
        ent: dict[str, Any] = {"start": start, "end": end, "label": label}
        if record in links:
            ent |= {"kb_id": str(links[record]), "kb_url": _GEONAMES.format(links[record])}
        ents.append(ent)
    return sorted(ents, key=lambda ent: ent["start"])


def _entities(extraction: Extraction) -> Iterator[Label]:
    for records, label in (
        (extraction.people, "PERSON"),
        (extraction.organizations, "ORG"),
        (extraction.places, "LOC"),
    ):
        for record in records:
            for mention in record.mentions:
                if mention.form in ("name", "adjective"):
                    yield mention.start, mention.end, label, record.id
    for date in extraction.dates:
        yield date.start, date.end, "DATE", date.id


def _quote_labels(extraction: Extraction) -> Iterator[Label]:
    for quote in extraction.quotes:
        for part in quote.content:
            yield part.start, part.end, "CONTENT", quote.id
        for span, label in ((quote.cue, "CUE"), (quote.source, "SOURCE")):
            if span:
                yield span.start, span.end, label, quote.id


def _draw_spans(extraction: Extraction) -> dict[str, Any]:
    """Return tokens, cut at white space and wherever a span begins or ends, with the spans."""
    text = extraction.text or ""
    found = (*_entities(extraction), *_quote_labels(extraction))
    labels = sorted(label for label in found if 0 <= label[0] < label[1] <= len(text))
    tokens = list(_cut(text, labels))
    first = {start: number for number, (start, _) in enumerate(tokens)}
    last = {end: number for number, (_, end) in enumerate(tokens, 1)}
    spans = [
        {"start": start, "end": end, "start_token": first[start], "end_token": last[end]}
        | {"label": label, "kb_id": record if record.startswith("Q") else ""}
        for start, end, label, record in labels
        if start in first and end in last
    ]
    words = [text[start:end] for start, end in tokens]
    return {"text": text, "tokens": words, "spans": spans, "title": None}


def _cut(text: str, labels: Iterable[Label]) -> Iterator[tuple[int, int]]:
    edges = {edge for start, end, _, _ in labels for edge in (start, end)}
    begin: int | None = None
    for i, c in enumerate(text):
        if begin is not None and (c.isspace() or i in edges):
            yield begin, i
            begin = None
        if begin is None and not c.isspace():
            begin = i
    if begin is not None:
        yield begin, len(text)
