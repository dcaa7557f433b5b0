"""Flatten records into the tables that all sinks and frames share."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from newsextract.records import Extraction, Organization, Person, Place, Quote, Span
from newsextract.records.focus import find_focus

TABLES_VERSION = 2

ColumnType = Literal["text", "integer", "real", "json"]
Value = str | int | float | None
Row = tuple[Value, ...]
Rows = dict[str, list[Row]]

_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column; values of type ``json`` are JSON texts."""

    name: str
    type: ColumnType
    required: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: ``columns`` point to the primary key of ``table``."""

    columns: tuple[str, ...]
    table: str
    cascades: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its primary key is ``key``; ``indexes`` are columns often searched."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the rows."""
        return tuple(column.name for column in self.columns)


def parse_columns(spec: str) -> tuple[Column, ...]:
    """Return the columns that ``spec`` lists: ``name``, ``name:type``; ``!`` means required."""
    columns = []
    for word in spec.split():
        name, _, type_ = word.rstrip("!").partition(":")
        columns.append(Column(name, type_ or "text", word.endswith("!")))  # type: ignore[arg-type]
    return tuple(columns)


def _rows_table(
    name: str,
    spec: str,
    *,
    points_to: Sequence[tuple[str, str]] = (),
    indexes: tuple[tuple[str, ...], ...] = (),
) -> Table:
    """Return a table of rows that belong to an article; ``points_to`` are (column, table)."""
    article = Reference(("article_id",), "articles", cascades=True)
    others = tuple(Reference(("article_id", column), table) for column, table in points_to)
    columns = parse_columns(f"article_id! {spec}")
    return Table(name, columns, ("article_id", "id"), (article, *others), indexes)


TABLES: tuple[Table, ...] = (
    Table(
        "articles",
        parse_columns(
            "id! published published_from language title url country meta:json!"
            " text_length:integer text model schema!"
        ),
        ("id",),
        indexes=(("published",), ("country",)),
    ),
    _rows_table("layout", "id:integer! kind! start:integer! end:integer! of:integer"),
    _rows_table(
        "people",
        "id! name! aliases:json! key gender gender_from",
        indexes=(("name",), ("key",)),
    ),
    _rows_table("organizations", "id! name! aliases:json! key", indexes=(("name",), ("key",))),
    _rows_table(
        "person_roles",
        "id:integer! person! text! start:integer! end:integer!",
        points_to=(("person", "people"),),
    ),
    _rows_table(
        "person_affiliations",
        "id:integer! person! text! start:integer! end:integer! organization",
        points_to=(("person", "people"), ("organization", "organizations")),
    ),
    _rows_table(
        "places",
        "id! name! kind! container geonames_id:integer country_code admin1 feature_code"
        " latitude:real longitude:real population:integer score:real",
        points_to=(("container", "places"),),
        indexes=(("geonames_id",), ("country_code",)),
    ),
    _rows_table(
        "mentions",
        "id:integer! entity! start:integer! end:integer! text! form!",
        indexes=(("article_id", "entity"),),
    ),
    _rows_table(
        "dates",
        "id! start:integer! end:integer! text! type! value mod earliest latest",
        indexes=(("earliest",),),
    ),
    _rows_table("sources", "id! kind! name! entity members:json!", indexes=(("name",),)),
    _rows_table(
        "quotes",
        "id! kind! mode! content! start:integer! end:integer! cue cue_start:integer cue_end:integer"
        " source source_start:integer source_end:integer context context_start:integer!"
        " context_end:integer! speaker via in_quote score:real",
        points_to=(("speaker", "sources"), ("via", "sources"), ("in_quote", "quotes")),
        indexes=(("article_id", "speaker"),),
    ),
    _rows_table(
        "quote_parts",
        "id:integer! quote! start:integer! end:integer! text!",
        points_to=(("quote", "quotes"),),
    ),
    _rows_table(
        "quote_mentions",
        "id:integer! quote! entity!",
        points_to=(("quote", "quotes"),),
        indexes=(("article_id", "entity"),),
    ),
    _rows_table("issues", "id:integer! kind! detail! start:integer end:integer"),
)


ENTITIES = Table(
    "entities",
    parse_columns(
        "key! kind! name! aliases:json! gender first_seen last_seen articles:integer!"
        " quotes:integer! statements:integer!"
    ),
    ("key",),
    indexes=(("name",),),
)
ENTITY_MENTIONS = Table(
    "entity_mentions",
    parse_columns("article_id! id! name! key! first_key! basis!"),
    ("article_id", "id"),
    (Reference(("article_id",), "articles", cascades=True),),
    (("key",),),
)
ENTITY_MERGES = Table(
    "entity_merges", parse_columns("key! merged_into! basis! undone:integer!"), ("key",)
)
LINK_TABLES = (ENTITIES, ENTITY_MENTIONS, ENTITY_MERGES)
"""What linking writes: who is who over all articles, which record is whom, which keys merged."""


def find_table(name: str) -> Table:
    """Return the table called ``name``."""
    return next(table for table in TABLES if table.name == name)


def flatten(extraction: Extraction, *, store_text: bool = False) -> Rows:
    """Return the rows of every table of ``extraction``, in text order.

    NUL and lone surrogates, which databases refuse, each become U+FFFD, so that offsets still hold.

    Args:
        extraction: the record of one article.
        store_text: keep the article's text in ``articles.text``.
    """
    article_id = storable(extraction.id)
    rows: Rows = {"articles": [_article_row(extraction, store_text)]}
    for name, find_rows in _ROW_FINDERS.items():
        rows[name] = [(article_id, *_storable_row(row)) for row in find_rows(extraction)]
    return rows


def storable(value: Any) -> Any:
    """Return a JSON value that every store takes: no NUL, lone surrogate, NaN or infinity."""
    if isinstance(value, str):
        return _NOT_STORABLE.sub("\ufffd", value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {storable(str(key)): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    if value is None or isinstance(value, int):
        return value
    return storable(str(value))


def to_json(value: Any) -> str:
    """Return ``value`` as JSON text that every store takes."""
    return json.dumps(storable(value), ensure_ascii=False)


def _storable_row(row: Sequence[Value]) -> Iterator[Value]:
    for value in row:
        yield _NOT_STORABLE.sub("\ufffd", value) if isinstance(value, str) else value


def _article_row(record: Extraction, store_text: bool) -> Row:
    url, text = record.meta.get("url"), record.text
    row: Row = (
        record.id,
        record.published,
        record.published_from,
        record.language,
        find_title(record),
        url if isinstance(url, str) else None,
        find_focus(record).country_code,
        to_json(record.meta),
        None if text is None else len(text),
        text if store_text else None,
        record.model,
        record.schema,
    )
    return tuple(_storable_row(row))


def find_title(record: Extraction) -> str | None:
    """Return the caller's title, else the headline found in the text, if that is known."""
    given = record.meta.get("title")
    if isinstance(given, str) and given.strip():
        return given
    head = next((block for block in record.layout if block.kind == "headline"), None)
    if head is None or record.text is None:
        return None
    return " ".join(record.text_of(head).split()) or None


def _layout_rows(record: Extraction) -> Iterator[Row]:
    for number, block in enumerate(record.layout, 1):
        yield number, block.kind, block.start, block.end, block.of


def _people_rows(record: Extraction) -> Iterator[Row]:
    for person in record.people:
        names = to_json(person.aliases)
        yield person.id, person.name, names, person.key, person.gender, person.gender_from


def _organization_rows(record: Extraction) -> Iterator[Row]:
    for body in record.organizations:
        yield body.id, body.name, to_json(body.aliases), body.key


def _role_rows(record: Extraction) -> Iterator[Row]:
    pairs = ((person, role) for person in record.people for role in person.roles)
    for number, (person, role) in enumerate(pairs, 1):
        yield number, person.id, role.text, role.start, role.end


def _affiliation_rows(record: Extraction) -> Iterator[Row]:
    pairs = ((person, body) for person in record.people for body in person.affiliations)
    for number, (person, body) in enumerate(pairs, 1):
        yield number, person.id, body.text, body.start, body.end, body.organization


def _place_rows(record: Extraction) -> Iterator[Row]:
    names = find_table("places").column_names[1:]
    for place in record.places:
        yield tuple(getattr(place, name) for name in names)


def _mention_rows(record: Extraction) -> Iterator[Row]:
    entities: tuple[Person | Organization | Place, ...] = (
        *record.people,
        *record.organizations,
        *record.places,
    )
    pairs = [(mention, entity.id) for entity in entities for mention in entity.mentions]
    pairs.sort(key=lambda pair: (pair[0].start, pair[0].end, pair[1]))
    for number, (mention, entity) in enumerate(pairs, 1):
        yield number, entity, mention.start, mention.end, mention.text, mention.form


def _date_rows(record: Extraction) -> Iterator[Row]:
    names = find_table("dates").column_names[1:]
    for date in record.dates:
        yield tuple(getattr(date, name) for name in names)


def _source_rows(record: Extraction) -> Iterator[Row]:
    for source in record.sources:
        yield source.id, source.kind, source.name, source.entity, to_json(source.members)


def _quote_rows(record: Extraction) -> Iterator[Row]:
    for quote in record.quotes:
        yield (
            quote.id,
            quote.kind,
            quote.mode,
            " … ".join(part.text for part in quote.content),
            *_content_ends(quote),
            *_text_and_ends(quote.cue),
            *_text_and_ends(quote.source),
            None if record.text is None else record.text_of(quote.context),
            quote.context.start,
            quote.context.end,
            quote.speaker,
            quote.via,
            quote.in_quote,
            quote.score,
        )


def _content_ends(quote: Quote) -> tuple[int, int]:
    """Return the start of the first and the end of the last part of the content."""
    parts = quote.content or (quote.context,)
    return parts[0].start, parts[-1].end


def _text_and_ends(span: Span | None) -> tuple[str | None, int | None, int | None]:
    return (None, None, None) if span is None else (span.text, span.start, span.end)


def _part_rows(record: Extraction) -> Iterator[Row]:
    pairs = ((quote, part) for quote in record.quotes for part in quote.content)
    for number, (quote, part) in enumerate(pairs, 1):
        yield number, quote.id, part.start, part.end, part.text


def _quote_mention_rows(record: Extraction) -> Iterator[Row]:
    pairs = ((quote.id, entity) for quote in record.quotes for entity in quote.mentions)
    for number, (quote, entity) in enumerate(pairs, 1):
        yield number, quote, entity


def _issue_rows(record: Extraction) -> Iterator[Row]:
    for number, issue in enumerate(record.issues, 1):
        yield number, issue.kind, issue.detail, issue.start, issue.end


_ROW_FINDERS = {
    "layout": _layout_rows,
    "people": _people_rows,
    "organizations": _organization_rows,
    "person_roles": _role_rows,
    "person_affiliations": _affiliation_rows,
    "places": _place_rows,
    "mentions": _mention_rows,
    "dates": _date_rows,
    "sources": _source_rows,
    "quotes": _quote_rows,
    "quote_parts": _part_rows,
    "quote_mentions": _quote_mention_rows,
    "issues": _issue_rows,
}
