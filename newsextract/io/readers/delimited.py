"""CSV of any size, with quoted newlines; tab-separated where the ending is ``.tsv``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from newsextract.article import Article, Failure
from newsextract.errors import InputError
from newsextract.io.readers.fields import read_fields
from newsextract.io.readers.options import ReadOptions
from newsextract.io.readers.plain import describe_limit
from newsextract.io.readers.sources import InputFile

_SKIP = 1 << 20


def read_rows(
    stream: BinaryIO, file: InputFile, options: ReadOptions
) -> Iterator[Article | Failure]:
    """Yield the article of each row; the first row names the columns.

    Raises:
        InputError: there is no header, or the file is not text in this encoding.
    """
    with _as_text(stream, options) as text:
        csv.field_size_limit(options.max_article_bytes)
        tabs = ".tsv" in file.path.lower()
        rows = csv.reader(_BoundedLines(text, options), delimiter="\t" if tabs else ",")
        header = _read_header(rows)
        while True:
            line = rows.line_num + 1
            try:
                row = next(rows, None)
                if row is None:
                    return
                if row:
                    yield _read_row(header, row, options)
            except UnicodeDecodeError as error:
                raise InputError(_describe_bytes(error, options)) from None
            except (InputError, csv.Error) as error:
                yield Failure(f"{file.path}:{line}", str(error))


def _as_text(stream: BinaryIO, options: ReadOptions) -> io.TextIOWrapper:
    utf8 = options.encoding.lower().replace("_", "-") in ("utf-8", "utf8")
    return io.TextIOWrapper(stream, "utf-8-sig" if utf8 else options.encoding, newline="")


class _BoundedLines:
    """The lines of a text; one that is too long is an error, and the next one follows."""

    def __init__(self, text: io.TextIOWrapper, options: ReadOptions) -> None:
        self._text = text
        self._options = options

    def __iter__(self) -> _BoundedLines:
        return self

    def __next__(self) -> str:
        limit = self._options.max_article_bytes
        line = self._text.readline(limit + 1)
        if not line:
            raise StopIteration
        if len(line) > limit and not line.endswith("\n"):
            while (part := self._text.readline(_SKIP)) and not part.endswith("\n"):
                pass
            raise InputError(describe_limit("line", self._options))
        return line


def _read_header(rows: Iterator[list[str]]) -> list[str]:
    try:
        header = next(rows, None)
    except UnicodeDecodeError as error:
        raise InputError(f"not {error.encoding} text: {error.reason}") from None
    if not header:
        raise InputError("no header: the first row must name the columns")
    return header


def _read_row(header: list[str], row: list[str], options: ReadOptions) -> Article:
    if len(row) != len(header):
        raise InputError(f"the row has {len(row)} fields, the header {len(header)}")
    fields = {name: value for name, value in zip(header, row, strict=True) if value != ""}
    return read_fields(fields, options)


def _describe_bytes(error: UnicodeDecodeError, options: ReadOptions) -> str:
    byte = error.object[error.start]
    return f"not {options.encoding} text: byte 0x{byte:02x}; name the encoding with --encoding"
