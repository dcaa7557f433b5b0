"""JSON Lines, and JSON files of one article or a list of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from newsextract.article import Article, Failure
from newsextract.errors import InputError
from newsextract.io.readers.fields import read_fields
from newsextract.io.readers.options import ReadOptions
from newsextract.io.readers.plain import decode, describe_limit, read_all
from newsextract.io.readers.sources import InputFile
from newsextract.records.jsontext import parse_json

_SKIP = 1 << 20


def read_lines(
    stream: BinaryIO, file: InputFile, options: ReadOptions
) -> Iterator[Article | Failure]:
    """Yield the article of each line; a bad line is a failure that names file and line."""
    number = 0
    while line := stream.readline(options.max_article_bytes + 1):
        number += 1
        where = f"{file.path}:{number}"
        if len(line) > options.max_article_bytes and not line.endswith(b"\n"):
            _skip_line(stream)
            yield Failure(where, describe_limit("line", options))
        elif line.strip():
            yield _read_object(line, where, options)


def read_whole(
    stream: BinaryIO, file: InputFile, options: ReadOptions
) -> Iterator[Article | Failure]:
    """Yield the articles of a JSON file: one object, or a list of objects.

    Raises:
        InputError: the file is too long or not JSON.
    """
    try:
        value = parse_json(decode(read_all(stream, options), options.encoding))
    except InputError as error:
        if "Extra data" in str(error):
            raise InputError(f"{error}; for one object a line give --input-format jsonl") from None
        raise
    if not isinstance(value, list):
        article = _article_of(value, options)
        yield article if article.id is not None else _with_id(article, file.id)
        return
    for number, item in enumerate(value, 1):
        try:
            yield _article_of(item, options)
        except InputError as error:
            yield Failure(f"{file.path}[{number}]", str(error))


def _read_object(line: bytes, where: str, options: ReadOptions) -> Article | Failure:
    try:
        return _article_of(parse_json(decode(line, options.encoding)), options)
    except InputError as error:
        return Failure(where, str(error))


def _article_of(value: Any, options: ReadOptions) -> Article:
    if not isinstance(value, Mapping):
        raise InputError(f"a JSON {type(value).__name__}, not an object with a text")
    return read_fields(value, options)


def _with_id(article: Article, article_id: str | None) -> Article:
    return Article(article.text, article_id, article.published, article.meta)


def _skip_line(stream: BinaryIO) -> None:
    """Read on to the end of the line, a bounded part at a time."""
    while (part := stream.readline(_SKIP)) and not part.endswith(b"\n"):
        pass
