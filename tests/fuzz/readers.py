"""Harnesses of what reads files: articles or failures, and nothing raised."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

from newsextract.article import Article, Failure
from newsextract.errors import NewsextractError
from newsextract.io.readers import ReadOptions, read_articles
from newsextract.io.readers.markup import markup_to_text
from newsextract.stages.known import read_known
from newsextract.views.report.corpus import read_rows
from newsextract.views.report.inputs import read_extractions

LIMIT = 1 << 16
MOST_ITEMS = 10_000


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    shared = Path("/dev/shm")
    return tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None)


def _write(data: bytes, name: str) -> str:
    path = Path(_folder().name, name)
    path.write_bytes(data)
    return str(path)


def read_as(data: bytes, endings: tuple[str, ...]) -> None:
    """Read ``data`` as a file of each ending: articles or failures, within the limits."""
    options = ReadOptions(max_article_bytes=LIMIT)
    for ending in endings:
        stream = read_articles([_write(data, f"input{ending}")], options)
        for number, item in enumerate(stream):
            assert number < MOST_ITEMS
            assert item.reason if isinstance(item, Failure) else _is_article(item)


def _is_article(article: Article) -> bool:
    json.dumps(article.meta, allow_nan=False)
    return isinstance(article.text, str) and len(article.text) <= LIMIT


def read_markup(data: bytes) -> None:
    """Clean markup: what is silent stays silent."""
    text = data.decode("utf-8", "surrogateescape")
    assert len(markup_to_text(text)) <= 20 * len(text) + 20


def read_lists(data: bytes) -> None:
    """Files of the caller's own, records and known people: read, or refused with a reason."""
    for ending in (".jsonl", ".json"):
        path = _write(data, f"records{ending}")
        with suppress(NewsextractError):
            list(read_extractions(path, {}))
        with suppress(NewsextractError):
            read_rows(path)
    for ending in (".jsonl", ".csv"):
        with suppress(NewsextractError):
            read_known(_write(data, f"known{ending}"))


HARNESSES: dict[str, Callable[[bytes], None]] = {
    "plain": partial(read_as, endings=(".txt", "")),
    "lines": partial(read_as, endings=(".jsonl", ".json")),
    "delimited": partial(read_as, endings=(".csv", ".tsv")),
    "pages": partial(read_as, endings=(".html",)),
    "warc": partial(read_as, endings=(".warc",)),
    "parquet": partial(read_as, endings=(".parquet",)),
    "xml": partial(read_as, endings=(".xml", "")),
    "packed": partial(read_as, endings=(".jsonl.gz", ".txt.zst", ".warc.gz", ".warc.zst")),
    "markup": read_markup,
    "lists": read_lists,
}
