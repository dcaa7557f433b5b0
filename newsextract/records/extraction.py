"""Record classes: what one article says, as immutable values.

Offsets are half-open, in Unicode code points of the text as the caller gave it. Ids are
ordinals inside the article. Unknown is ``None``.
"""

from __future__ import annotations

import dataclasses
import types
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints

SCHEMA = "newsextract/1"

BlockKind = Literal[
    "headline", "section", "byline", "timestamp", "dateline", "caption", "credit",
    "subhead", "paragraph", "boilerplate", "duplicate",
]  # fmt: skip
Form = Literal["name", "adjective", "nominal", "pronoun"]
PublishedFrom = Literal["given", "metadata", "timestamp", "dateline", "url"]
PlaceKind = Literal["location", "facility"]
DateType = Literal["DATE", "TIME", "DURATION", "SET"]
QuoteKind = Literal["direct", "indirect", "mixed"]
QuoteMode = Literal["statement", "stance"]
Gender = Literal["female", "male"]
GenderFrom = Literal["known", "pronoun", "honorific", "name"]
SourceKind = Literal["person", "organization", "place", "document", "group", "unnamed"]


class HasOffsets(Protocol):
    """Anything that points into the article's text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, with the text itself."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Context:
    """The sentence or sentences that hold all parts of a quote."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the layout; ``of`` is the start of the block that a duplicate repeats."""

    kind: BlockKind
    start: int
    end: int
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in the text where an entity is mentioned."""

    start: int
    end: int
    text: str
    form: Form = "name"


@dataclass(frozen=True, slots=True)
class Role:
    """What the text says a person is: "Lithuanian Defence Minister"."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Affiliation:
    """The organization or party of a role; ``organization`` is the id of its record."""

    text: str
    start: int
    end: int
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A named person; ``name`` is the fullest form in the article, without title.

    ``gender`` is as the article tells it; ``gender_from`` says by what.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    key: str | None = None
    roles: tuple[Role, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    gender: Gender | None = None
    gender_from: GenderFrom | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """A named organization."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    key: str | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A named place; the fields from ``geonames_id`` on are ``None`` while it is unresolved.

    ``latitude`` and ``longitude`` are WGS 84 degrees; ``score`` is a probability.
    """

    id: str
    name: str
    kind: PlaceKind = "location"
    mentions: tuple[Mention, ...] = ()
    container: str | None = None
    geonames_id: int | None = None
    country_code: str | None = None
    admin1: str | None = None
    feature_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """A time expression with its TIMEX3 value (ISO-TimeML 1.2) and ISO 8601 bounds."""

    id: str
    start: int
    end: int
    text: str
    type: DateType
    value: str | None
    mod: str | None = None
    earliest: str | None = None
    latest: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What is attributed to a source; ``speaker`` and ``via`` are ids of sources.

    ``mentions`` are the ids of the people, organizations and places mentioned in the content.
    """

    id: str
    kind: QuoteKind
    mode: QuoteMode
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    context: Context
    speaker: str | None = None
    via: str | None = None
    in_quote: str | None = None
    mentions: tuple[str, ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who or what is behind quotes; ``entity`` is the id of its person, organization or place."""

    id: str
    kind: SourceKind
    name: str
    entity: str | None = None
    members: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """Something odd in the text; the offsets are ``None`` where it concerns the whole article."""

    kind: str
    detail: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one article.

    ``text`` is the caller's text: kept for :meth:`text_of`, not part of the record.
    """

    id: str
    schema: str = SCHEMA
    published: str | None = None
    published_from: PublishedFrom | None = None
    language: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)
    model: str | None = None
    layout: tuple[Block, ...] = ()
    people: tuple[Person, ...] = ()
    organizations: tuple[Organization, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[Date, ...] = ()
    quotes: tuple[Quote, ...] = ()
    sources: tuple[Source, ...] = ()
    issues: tuple[Issue, ...] = ()
    text: str | None = field(default=None, compare=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain JSON values, in the order of the contract."""
        return {name: to_plain(getattr(self, name)) for name in _FIELD_ORDER}

    @classmethod
    def from_dict(cls, data: dict[str, Any], *, text: str | None = None) -> Extraction:
        """Return the extraction that ``data`` (of :meth:`to_dict`) describes.

        Raises:
            ValueError: ``data`` was written by another major version of the schema.
            KeyError: a field of the contract is missing.
        """
        if data.get("schema") != SCHEMA:
            raise ValueError(f"schema is {data.get('schema')!r}, this version reads {SCHEMA!r}")
        fields = record_fields(Extraction)
        values = {name: from_plain(type_, data[name]) for name, type_ in fields.items()}
        return cls(**values, text=text)

    def text_of(self, span: HasOffsets) -> str:
        """Return the text under ``span``, a record of this extraction that has offsets.

        Raises:
            ValueError: the extraction was read back without its text.
        """
        if self.text is None:
            raise ValueError("this extraction has no text: give it to from_dict(data, text=...)")
        return self.text[span.start : span.end]

    def _repr_html_(self) -> str:
        """Return the marked text and the statements, for the output of a notebook cell."""
        from newsextract.views.report import render_notebook

        return render_notebook(self)

    def entity_of(self, source: Source) -> Person | Organization | Place | None:
        """Return the person, organization or place that ``source`` is."""
        entities: tuple[Person | Organization | Place, ...]
        entities = (*self.people, *self.organizations, *self.places)
        return next((e for e in entities if e.id == source.entity), None)

    def speaker_of(self, quote: Quote) -> Source | None:
        """Return the source that said ``quote``."""
        return next((s for s in self.sources if s.id == quote.speaker), None)

    def via_of(self, quote: Quote) -> Source | None:
        """Return the source that handed ``quote`` on."""
        return next((s for s in self.sources if s.id == quote.via), None)

    def quotes_by(self, who: Person | Organization | Place | Source) -> tuple[Quote, ...]:
        """Return the quotes that ``who`` said, alone or as a member of a group."""
        ids = {s.id for s in self.sources if who.id in (s.id, s.entity, *s.members)}
        return tuple(q for q in self.quotes if q.speaker in ids)


_FIELD_ORDER = (
    "schema", "id", "published", "published_from", "language", "meta", "model", "layout",
    "people", "organizations", "places", "dates", "quotes", "sources", "issues",
)  # fmt: skip

_LATER_FIELDS = {"Person": frozenset({"gender", "gender_from"}), "Quote": frozenset({"mentions"})}
"""Fields that records of the first versions lack, by class."""

T = TypeVar("T")


@cache
def record_fields(cls: type) -> dict[str, Any]:
    """Return the fields of a record class that are part of the record, with their types."""
    hints = get_type_hints(cls)
    names = _FIELD_ORDER if cls is Extraction else [f.name for f in dataclasses.fields(cls)]
    return {name: hints[name] for name in names}


def to_plain(value: Any) -> Any:
    """Return ``value``, a record or a part of one, as plain JSON values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: to_plain(getattr(value, name)) for name in record_fields(type(value))}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    return value


def from_plain(type_: Any, value: Any) -> Any:
    """Return the record value of type ``type_`` that :func:`to_plain` made ``value`` of.

    A field that an earlier version did not write yet has its default.
    """
    if get_origin(type_) in (Union, types.UnionType):
        if value is None:
            return None
        type_ = next(t for t in get_args(type_) if t is not type(None))
    if get_origin(type_) is tuple:
        return tuple(from_plain(get_args(type_)[0], item) for item in value)
    if dataclasses.is_dataclass(type_) and isinstance(type_, type):
        fields = record_fields(type_).items()
        later = _LATER_FIELDS.get(type_.__name__, frozenset())
        given = {n: t for n, t in fields if n in value or n not in later}
        return type_(**{name: from_plain(t, value[name]) for name, t in given.items()})
    return value
