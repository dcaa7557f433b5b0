"""Gold files: read them, hide the answers from the extractor, compare them with records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from newsextract.article import Article
from newsextract.errors import InputError
from newsextract.evaluation.coreference import join_tokens
from newsextract.evaluation.tally import Tally
from newsextract.evaluation.tasks import Task
from newsextract.records import Extraction, HasOffsets, Organization, Person, Place
from newsextract.records.jsontext import parse_json

Gold = dict[str, Any]


def read_gold(path: str | Path) -> list[Gold]:
    """Return the articles of a gold file, one JSON object per line with ``id`` and ``text``.

    Rows of GAP have ``ID`` and ``Text``, those of OntoGUM ``tokens`` in place of a text.

    Raises:
        InputError: the file is missing, or a line is not such an object.
    """
    return list(_objects(Path(path), ("id", "text")))


def read_records(path: str | Path, texts: Mapping[str, str]) -> dict[str, Extraction]:
    """Return the records of a JSON Lines file by id, each with its text of ``texts``.

    Raises:
        InputError: the file is missing, or a line is not a record.
    """
    records = {}
    for number, data in enumerate(_objects(Path(path), ("id", "schema")), 1):
        try:
            records[data["id"]] = Extraction.from_dict(data, text=texts.get(data["id"]))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}, record {number}: {error}") from error
    return records


def _objects(path: Path, fields: Sequence[str]) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_bytes().decode("utf8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _object(line, fields, where=f"{path}, line {number}")


def _object(line: str, fields: Sequence[str], *, where: str) -> dict[str, Any]:
    value = parse_json(line, where)
    if isinstance(value, dict) and "text" in fields:
        value = _with_text(value)
    missing = [name for name in fields if not isinstance(value, dict) or name not in value]
    if missing:
        raise InputError(f"{where}: no field {missing[0]!r}")
    return {**value, "id": str(value["id"])}


def _with_text(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of GAP or OntoGUM with the fields that the others have."""
    if "Text" in row and "ID" in row:
        return {"id": row["ID"], "text": row["Text"], **row}
    if "tokens" in row and "text" not in row:
        return {"text": join_tokens(row["tokens"])[0], **row}
    return row


def article_of(gold: Gold) -> Article:
    """Return what an extraction may see of ``gold``: text, id and publication date."""
    published = gold.get("published") or gold.get("dct")
    return Article(gold["text"], id=gold["id"], published=published)


def tally_articles(
    task: Task, gold: Iterable[Gold], records: Mapping[str, Extraction]
) -> list[Tally]:
    """Return the counts of each article of ``gold``, in order.

    Raises:
        InputError: an article has no record, or a record's offsets do not give its text.
    """
    tallies = []
    for article in gold:
        if article["id"] not in records:
            raise InputError(f"no record for the article {article['id']!r}")
        record = records[article["id"]]
        check_offsets(article["text"], record)
        tallies.append(task.tally(article, record))
    return tallies


def check_offsets(text: str, record: Extraction) -> None:
    """Raise where a span of ``record`` does not give its own text.

    Raises:
        InputError: the offsets point elsewhere.
    """
    for span, words in _spans(record):
        if text[span.start : span.end] != words:
            raise InputError(f"{record.id}: {span.start}:{span.end} does not give {words!r}")


def _spans(record: Extraction) -> Iterator[tuple[HasOffsets, str]]:
    entities: tuple[Person | Organization | Place, ...]
    entities = (*record.people, *record.organizations, *record.places)
    yield from ((mention, mention.text) for entity in entities for mention in entity.mentions)
    yield from ((date, date.text) for date in record.dates)
    for quote in record.quotes:
        parts = (*quote.content, *filter(None, (quote.cue, quote.source)))
        yield from ((part, part.text) for part in parts)
