"""The article page: the annotated text beside its records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsextract.records import Extraction, Organization, Person, Place, Quote, Role, Source
from newsextract.views.report.escape import safe_link
from newsextract.views.report.marks import collect_marks, mark_text, short_number
from newsextract.views.report.page import render_page
from newsextract.views.report.placemap import COUNTRY, PlaceMap, Spot, draw_region, is_position
from newsextract.views.report.timeline import build_timeline

_MAP_SIZE = (520.0, 330.0)


@dataclass(frozen=True, slots=True)
class Statement:
    """A quote as the panel shows it; ``entity`` is the record that its speaker is."""

    quote: Quote
    number: str
    speaker: Source | None
    via: Source | None
    entity: str
    related: str
    percent: int | None

    @property
    def is_direct(self) -> bool:
        """Return whether the whole content is in quotation marks."""
        return self.quote.kind == "direct"


@dataclass(frozen=True, slots=True)
class Who:
    """A person or organization as the panel shows it, with distinct ``roles``."""

    record: Person | Organization
    roles: tuple[Role, ...]
    affiliations: tuple[str, ...]
    statements: tuple[str, ...]


def render_article(extraction: Extraction, *, back: str | None = None) -> str:
    """Return the page of one article as self-contained HTML.

    Args:
        extraction: a record with its text.
        back: a link to the page of the corpus that the article belongs to.

    Raises:
        ValueError: the extraction was read back without its text.
        MissingExtra: Jinja2 is not installed.
    """
    require_text(extraction)
    said = _statements_of(extraction)
    statements = list_statements(extraction)
    title = title_of(extraction)
    is_in_text = _is_headline(title, extraction)
    return render_page(
        "article",
        extraction=extraction,
        title=title,
        is_in_text=is_in_text,
        url=safe_link(extraction.meta.get("url")),
        back=back,
        marked=mark_text(extraction, collect_marks(extraction), level=1 if is_in_text else 2),
        statements=statements,
        speakers=_count_speakers(statements),
        people=[_describe(person, said) for person in extraction.people],
        organizations=[_describe(body, said) for body in extraction.organizations],
        voices=_other_voices(extraction),
        map=_draw_places(extraction),
        containers={place.id: place.name for place in extraction.places},
        timeline=build_timeline(extraction),
    )


def require_text(extraction: Extraction) -> None:
    """Raise ``ValueError`` if ``extraction`` was read back without its text."""
    if extraction.text is None:
        raise ValueError(
            f"article {extraction.id!r} has no text to show: "
            "give it to Extraction.from_dict(data, text=...)"
        )


def title_of(extraction: Extraction) -> str:
    """Return the title that the caller gave, else the headline, else the id."""
    given = extraction.meta.get("title")
    if isinstance(given, str) and given.strip():
        return given.strip()
    return headline_of(extraction) or extraction.id


def headline_of(extraction: Extraction) -> str:
    """Return the first headline of the text on one line, or "" where there is none."""
    first = next((b for b in extraction.layout if b.kind == "headline"), None)
    headline = extraction.text[first.start : first.end] if first and extraction.text else ""
    return " ".join(headline.split())


def _is_headline(title: str, extraction: Extraction) -> bool:
    """Return whether the text itself has ``title`` as its headline."""
    return " ".join(title.split()).casefold() == headline_of(extraction).casefold() != ""


def _count_speakers(statements: Iterable[Statement]) -> list[tuple[str, int]]:
    """Return the speakers with their number of statements, most frequent first."""
    names = Counter(s.speaker.name if s.speaker else "" for s in statements)
    return names.most_common()


def list_statements(extraction: Extraction) -> list[Statement]:
    """Return the quotes of ``extraction`` with who said them."""
    sources = {source.id: source for source in extraction.sources}
    return [_state(quote, sources) for quote in extraction.quotes]


def _state(quote: Quote, sources: dict[str, Source]) -> Statement:
    speaker, via = sources.get(quote.speaker or ""), sources.get(quote.via or "")
    voices = [source for source in (speaker, via) if source]
    related = [e for s in voices for e in (s.entity, *s.members) if e]
    return Statement(
        quote=quote,
        number=short_number(quote.id),
        speaker=speaker,
        via=via,
        entity=(speaker.entity or "") if speaker else "",
        related=" ".join(related),
        percent=None if quote.score is None else round(100 * quote.score),
    )


def _statements_of(extraction: Extraction) -> dict[str, list[str]]:
    """Return the quotes that each entity said, alone or as a member of a group."""
    speakers = {s.id: {s.entity, *s.members} for s in extraction.sources}
    said: dict[str, list[str]] = defaultdict(list)
    for quote in extraction.quotes:
        for entity in speakers.get(quote.speaker or "", ()):
            if entity:
                said[entity].append(quote.id)
    return said


def _describe(record: Person | Organization, said: dict[str, list[str]]) -> Who:
    """Return what the panel says about a person or organization."""
    person = record if isinstance(record, Person) else None
    roles = {role.text: role for role in reversed(person.roles)} if person else {}
    affiliations = dict.fromkeys(a.text for a in person.affiliations) if person else {}
    return Who(
        record=record,
        roles=tuple(sorted(roles.values(), key=lambda role: role.start)),
        affiliations=tuple(affiliations),
        statements=tuple(said.get(record.id, ())),
    )


def _other_voices(extraction: Extraction) -> list[Source]:
    """Return the sources that are neither a listed person nor organization."""
    listed = {person.id for person in extraction.people}
    listed |= {body.id for body in extraction.organizations}
    return [source for source in extraction.sources if source.entity not in listed]


def _draw_places(extraction: Extraction) -> PlaceMap | None:
    """Return the map of the places whose position is known, or ``None`` without one."""
    spots = list(_join_spots(extraction.places))
    return draw_region(spots, *_MAP_SIZE) if spots else None


def _join_spots(places: Iterable[Place]) -> Iterator[Spot]:
    """Merge places at one point into a spot named after the most mentioned one."""
    points: dict[tuple[float, float], list[Place]] = defaultdict(list)
    for place in sorted(places, key=lambda p: -len(p.mentions)):
        longitude, latitude = place.longitude, place.latitude
        if longitude is not None and latitude is not None and is_position(longitude, latitude):
            points[longitude, latitude].append(place)
    for (longitude, latitude), (first, *others) in points.items():
        times = sum(max(1, len(place.mentions)) for place in (first, *others))
        is_area = (first.feature_code or "").startswith(COUNTRY)
        yield Spot(first.id, first.name, longitude, latitude, times, is_area=is_area)
