"""A record as readable text: who said what, who is who, where and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newsextract.records import Date, Extraction, Issue, Organization, Person, Place, Quote, Source
from newsextract.views.terminal import beside, clean, wrap

COLUMNS = 80
_NARROWEST, _MARGIN, _WIDEST_SPLIT = 40, 2, 28
_PUBLISHED = {
    "given": "",
    "metadata": " (from the metadata)",
    "url": " (from the address)",
    "timestamp": " (from the timestamp)",
    "dateline": " (from the dateline)",
}

Row = tuple[Sequence[str], Sequence[str]]


def render_text(extraction: Extraction, *, columns: int = COLUMNS) -> str:
    """Return ``extraction`` as lines of at most ``columns`` (40 or more), ended by a line feed.

    Safe for a terminal whatever the article contains: control sequences are removed.
    """
    columns = max(_NARROWEST, columns)
    lines = list(_head(extraction, columns))
    sections = (
        ("Who said what", _quote_rows(extraction)),
        ("Who is who", _person_rows(extraction)),
        ("Organizations", map(_organization_row, extraction.organizations)),
        ("Where", _place_rows(extraction)),
        ("When", map(_date_row, extraction.dates)),
        ("Odd", map(_issue_row, extraction.issues)),
    )
    for title, rows in sections:
        lines += _section(title, rows, columns)
    return "\n".join(lines) + "\n"


def _head(extraction: Extraction, columns: int) -> Iterator[str]:
    for block in extraction.layout if extraction.text is not None else ():
        if block.kind == "headline":
            yield from wrap(extraction.text_of(block), columns)
    published = extraction.published or "date unknown"
    origin = _PUBLISHED.get(extraction.published_from or "", "")
    yield from wrap(f"{published}{origin} · {extraction.id}", columns)


def _section(title: str, rows: Iterable[Row], columns: int) -> list[str]:
    split = min(_WIDEST_SPLIT, columns * 2 // 5)
    body = [
        line
        for left, right in rows
        for line in beside(left, right, margin=_MARGIN, split=split, columns=columns)
    ]
    return ["", title, *body] if body else []


def _quote_rows(extraction: Extraction) -> Iterator[Row]:
    sources = {source.id: source for source in extraction.sources}
    for quote in extraction.quotes:
        speaker = sources.get(quote.speaker or "")
        name = _speaker_name(speaker, quote)
        yield (name, *_how(quote, sources)), (_content(quote),)


def _speaker_name(speaker: Source | None, quote: Quote) -> str:
    if speaker:
        return speaker.name
    return f"? ({quote.source.text})" if quote.source else "?"


def _how(quote: Quote, sources: dict[str, Source]) -> Iterator[str]:
    """The line under the speaker: the cue, who relayed it, and whether it is a stance."""
    via = sources.get(quote.via or "")
    parts = (
        quote.cue.text if quote.cue else "",
        f"via {via.name}" if via else "",
        "stance" if quote.mode == "stance" else "",
        f"in {quote.in_quote}" if quote.in_quote else "",
    )
    if any(parts):
        yield " ".join(f"· {clean(part)}" for part in parts if part)


def _content(quote: Quote) -> str:
    text = " … ".join(part.text for part in quote.content)
    return f"“{text}”" if quote.kind == "direct" else text


def _person_rows(extraction: Extraction) -> Iterator[Row]:
    for person in extraction.people:
        yield (person.name,), tuple(_person_facts(person, extraction)) or ("–",)


def _person_facts(person: Person, extraction: Extraction) -> Iterator[str]:
    yield from dict.fromkeys(clean(role.text) for role in person.roles)
    bodies = dict.fromkeys(clean(a.text) for a in person.affiliations)
    if bodies:
        yield "of " + ", ".join(bodies)
    if person.aliases:
        yield "also " + ", ".join(person.aliases)
    said = len(extraction.quotes_by(person))
    if said:
        yield f"quoted {_times(said)}"


def _organization_row(organization: Organization) -> Row:
    others = ", ".join(organization.aliases)
    times = _times(len(organization.mentions))
    return (organization.name,), (f"{times}, also {others}" if others else times,)


def _place_rows(extraction: Extraction) -> Iterator[Row]:
    names = {place.id: place.name for place in extraction.places}
    for place in extraction.places:
        yield (place.name,), (" · ".join(_place_facts(place, names)),)


def _place_facts(place: Place, names: dict[str, str]) -> Iterator[str]:
    if place.container:
        yield f"in {names.get(place.container, place.container)}"
    if place.country_code:
        yield place.country_code
    if place.latitude is not None and place.longitude is not None:
        yield _coordinates(place.latitude, place.longitude)
    if place.kind == "facility":
        yield "facility"
    yield _times(len(place.mentions))


def _coordinates(latitude: float, longitude: float) -> str:
    """Degrees as people write them: ``51.73°N 36.19°E``."""
    north_south = "N" if latitude >= 0 else "S"
    east_west = "E" if longitude >= 0 else "W"
    return f"{abs(latitude):.2f}°{north_south} {abs(longitude):.2f}°{east_west}"


def _date_row(date: Date) -> Row:
    value = date.value or "unresolved"
    if date.mod:
        value += f" {date.mod}"
    if date.earliest and date.earliest != date.value:
        value += f" · {date.earliest} to {date.latest}" if date.latest else f" · {date.earliest}"
    return (date.text,), (value,)


def _issue_row(issue: Issue) -> Row:
    return (issue.kind.replace("_", " "),), (issue.detail,)


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n} times"
