"""JSON Lines, and JSON files with one article or a list of articles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from newsextract.article import Article, Failure
from newsextract.errors import InputError
from newsextract.io.readers.fields import read_fields
from newsextract.io.readers.options import ReadOptions
from newsextract.io.readers.plain import (
    decode,
    decode_around,
    describe_limit,
    has_bad_bytes,
    narrow,
    read_all,
)
from newsextract.io.readers.sources import InputFile
from newsextract.records.jsontext import describe_error, parse_json

_SKIP = 1 << 20
_DECODER = json.JSONDecoder()
_SEPARATOR = re.compile(r"[\s,\]]*")
_NEXT_OBJECT = re.compile(r",\s*(?=\{)")
_MOST_ATTEMPTS = 10_000


def read_lines(
    stream: BinaryIO, file: InputFile, options: ReadOptions
) -> Iterator[Article | Failure]:
    """Yield the article of each line; a bad line is a failure that names file and line."""
    (stream, encoding), number = narrow(stream, options), 0
    options = replace(options, encoding=encoding)
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

    A list item that is not JSON is a failure; the items after it are read.

    Raises:
        InputError: the file is too long or not JSON.
    """
    text, damaged = decode_around(read_all(stream, options), options.encoding)
    try:
        value = parse_json(text)
    except InputError as error:
        if "Extra data" in str(error):
            raise InputError(f"{error}; for one object a line give --input-format jsonl") from None
        if not text.lstrip().startswith("["):
            raise
        yield from _read_broken_list(text, file, options)
        return
    if not isinstance(value, list):
        if damaged is not None:
            raise damaged
        article = _article_of(value, options)
        yield article if article.id is not None else replace(article, id=file.id)
        return
    for number, item in enumerate(value, 1):
        try:
            if damaged is not None and has_bad_bytes(json.dumps(item, ensure_ascii=False)):
                raise damaged
            yield _article_of(item, options)
        except InputError as error:
            yield Failure(f"{file.path}[{number}]", str(error))


def _read_broken_list(
    text: str, file: InputFile, options: ReadOptions
) -> Iterator[Article | Failure]:
    """Yield the articles of a partly broken list, and a failure for each broken stretch.

    After a broken item, reading continues at the next article that follows a comma.

    Raises:
        InputError: too much of it is broken.
    """
    broken: Failure | None = None
    at, attempts = text.index("[") + 1, 0
    while (start := _SEPARATOR.match(text, at).end()) < len(text):  # type: ignore[union-attr]
        item, at, problem = _read_item(text, start, options)
        where = f"{file.path}: character {start + 1}"
        if item is not None or (problem and at and broken is None):
            if broken:
                yield broken
            yield item or Failure(where, problem)
            broken = None
            continue
        broken = broken or Failure(where, problem)
        attempts += 1
        if attempts > _MOST_ATTEMPTS:
            raise InputError("not JSON: too much of the file is damaged to go on")
        following = _NEXT_OBJECT.search(text, start + 1)
        at = following.end() if following else len(text)
    if broken:
        yield broken


def _read_item(text: str, start: int, options: ReadOptions) -> tuple[Article | None, int, str]:
    """Return the article of the JSON value at ``start`` and where that ends, or what is wrong.

    The end is 0 where there is no JSON value.
    """
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        return None, 0, describe_error(error)
    except (RecursionError, ValueError) as error:
        return None, 0, f"unreadable JSON: {error}"
    if has_bad_bytes(text[start:end]):
        return None, end, "not text in this encoding"
    try:
        return _article_of(value, options), end, ""
    except InputError as error:
        return None, end, str(error)


def _read_object(line: bytes, where: str, options: ReadOptions) -> Article | Failure:
    try:
        return _article_of(parse_json(decode(line, options.encoding)), options)
    except InputError as error:
        return Failure(where, str(error))


def _article_of(value: Any, options: ReadOptions) -> Article:
    if not isinstance(value, Mapping):
        raise InputError(f"a JSON {type(value).__name__}, not an object with a text")
    return read_fields(value, options)


def _skip_line(stream: BinaryIO) -> None:
    """Read on to the end of the line, a bounded part at a time."""
    while (part := stream.readline(_SKIP)) and not part.endswith(b"\n"):
        pass
