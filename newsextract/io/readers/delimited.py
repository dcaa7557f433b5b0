"""CSV and TSV files of any size; a damaged row costs only itself."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from newsextract.article import Article, Failure
from newsextract.errors import InputError
from newsextract.io.readers.fields import OWN_FIELDS, read_fields
from newsextract.io.readers.options import ReadOptions
from newsextract.io.readers.plain import describe_limit, error_handler, peek_encoding
from newsextract.io.readers.sources import InputFile

DELIMITERS = ",;\t|"
_SKIP = 1 << 20
_DECLARED = re.compile(r"\W?sep=([,;\t|])\W?\s*$", re.IGNORECASE)
"""A first line that tells spreadsheets the delimiter."""

_ESCAPED = re.compile("[\udc80-\udcff]")


def read_rows(
    stream: BinaryIO, file: InputFile, options: ReadOptions
) -> Iterator[Article | Failure]:
    """Yield the article of each row; the first row names the columns.

    A bad byte or a wrong number of fields costs its row. Where a quotation mark never closes, the
    row that it opens fails, and the lines after it are read as rows of their own.

    Raises:
        InputError: there is no header.
    """
    csv.field_size_limit(options.max_article_bytes)
    with _as_text(stream, options) as text:
        lines = _Lines(text, options)
        header, dialect = _read_header(lines, file, options)
        for row in _Rows(lines, len(header), dialect):
            if row.problem is None:
                yield _to_article(header, row, file, options)
            else:
                yield Failure(f"{file.path}:{row.first}", row.problem + _name_lines(row))


@dataclass(frozen=True, slots=True)
class _Dialect:
    delimiter: str
    quoting: bool
    spaced: bool
    """Whether spaces follow the delimiters."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of lines ``first`` to ``last``: its fields, or what is wrong with it."""

    first: int
    last: int
    fields: tuple[str, ...] = ()
    problem: str | None = None


def _as_text(stream: BinaryIO, options: ReadOptions) -> io.TextIOWrapper:
    encoding = peek_encoding(stream, options)
    return io.TextIOWrapper(stream, encoding, errors=error_handler(encoding), newline="")


class _Lines:
    """The numbered lines of a text, with pushback."""

    def __init__(self, text: io.TextIOWrapper, options: ReadOptions) -> None:
        self._text = text
        self._options = options
        self._again: deque[str] = deque()
        self.limit = options.max_article_bytes
        self.number = 0
        """The number of the last line read, from 1."""

    def read(self) -> str | None:
        """Return the next line, ``None`` at the end.

        Raises:
            InputError: it is too long; the next call reads the one after it.
        """
        line = self._again.popleft() if self._again else self._text.readline(self.limit + 1)
        if not line:
            return None
        self.number += 1
        if len(line) > self.limit and not line.endswith("\n"):
            while (part := self._text.readline(_SKIP)) and not part.endswith("\n"):
                pass
            raise InputError(describe_limit("line", self._options))
        return line

    def give_back(self, lines: list[str]) -> None:
        """Push back ``lines``, the last that were read."""
        self._again.extendleft(reversed(lines))
        self.number -= len(lines)


class _Rows:
    """The rows under a header, the broken ones among them."""

    def __init__(self, lines: _Lines, width: int, dialect: _Dialect) -> None:
        self._lines = lines
        self._width = width
        self._dialect = dialect

    def __iter__(self) -> Iterator[_Row]:
        """Yield good and broken rows; lines after a stray quotation mark must look like rows."""
        stray: _Row | None = None
        while (row := self._read()) is not None:
            if row.problem is None and not row.fields:
                continue
            if stray is not None and not self._is_row(row):
                stray = _Row(stray.first, row.last, problem=stray.problem)
                continue
            if stray is not None:
                yield stray
                stray = None
            if row.problem == _UNCLOSED:
                stray = row
            else:
                yield row
        if stray is not None:
            yield stray

    def _is_row(self, row: _Row) -> bool:
        """Return whether a line after a stray quotation mark begins a new row.

        Prose has spaces after its commas; the fields of most rows have none.
        """
        if row.problem is not None:
            return False
        return self._dialect.spaced or not any(field.startswith(" ") for field in row.fields)

    def _read(self) -> _Row | None:
        """Return the next row, ``None`` at the end."""
        first, taken = self._lines.number + 1, list[str]()
        try:
            fields = self.parse(taken)
        except InputError as error:
            return _Row(first, self._lines.number, problem=str(error))
        except csv.Error as error:
            if len(taken) > 1:
                self._lines.give_back(taken[1:])
                return _Row(first, first, problem=_UNCLOSED)
            unclosed = "unexpected end" in str(error) or "expected after" in str(error)
            return _Row(first, first, problem=_UNCLOSED if unclosed else str(error))
        if fields is None:
            return None
        return _Row(first, self._lines.number, tuple(fields), self._find_problem(fields, taken))

    def parse(self, taken: list[str]) -> list[str] | None:
        """Return the fields of the next row; ``taken`` collects the lines read for it."""
        rows = csv.reader(
            self._take(taken),
            delimiter=self._dialect.delimiter,
            quoting=csv.QUOTE_MINIMAL if self._dialect.quoting else csv.QUOTE_NONE,
            strict=True,
            skipinitialspace=self._dialect.spaced,
        )
        return next(rows, None)

    def _take(self, taken: list[str]) -> Iterator[str]:
        length = 0
        while (line := self._lines.read()) is not None:
            taken.append(line)
            length += len(line)
            if length > self._lines.limit:
                raise csv.Error("endless")
            yield line

    def _find_problem(self, fields: list[str], taken: list[str]) -> str | None:
        if fields and len(fields) != self._width:
            return f"the row has {len(fields)} fields, the header {self._width}"
        if bad := next(filter(None, map(_ESCAPED.search, taken)), None):
            byte = ord(bad.group()) - 0xDC00
            return (
                f"not text in this encoding: byte 0x{byte:02x}; give its encoding with --encoding"
            )
        return None


_UNCLOSED = "a quotation mark is never closed, or one stands inside a field"


def _read_header(
    lines: _Lines, file: InputFile, options: ReadOptions
) -> tuple[list[str], _Dialect]:
    """Return the names of the columns and how the file writes its rows.

    Raises:
        InputError: there is no first line, or it is too long or no row.
    """
    line = _read_filled(lines)
    declared = line is not None and _DECLARED.match(line)
    if declared:
        line = _read_filled(lines)
    if line is None:
        raise InputError("no header: the first row must name the columns")
    lines.give_back([line])
    tabs = ".tsv" in file.path.lower()
    delimiter = "\t" if tabs else max(DELIMITERS, key=line.count)
    delimiter = declared[1] if declared else delimiter
    quoting = options.quoting if options.quoting is not None else not tabs or line.startswith('"')
    dialect = _Dialect(delimiter, quoting, spaced=f"{delimiter} " in line)
    try:
        header = [name.strip() for name in _Rows(lines, 0, dialect).parse([]) or []]
    except csv.Error as error:
        raise InputError(f"no header: {error}") from None
    if any(map(_ESCAPED.search, header)):
        raise InputError(
            f"the header is not {options.encoding} text: give its encoding with --encoding"
        )
    return header if options.fields else _name_own_fields(header), dialect


def _read_filled(lines: _Lines) -> str | None:
    """Return the next line that is not blank."""
    line = lines.read()
    while line is not None and not line.strip():
        line = lines.read()
    return line


def _name_own_fields(header: list[str]) -> list[str]:
    """Return the header with our field names in lower case: "Text" is "text"."""
    small = [name.casefold() for name in header]
    return [
        low if low in OWN_FIELDS and small.count(low) == 1 else name
        for name, low in zip(header, small, strict=True)
    ]


def _to_article(
    header: list[str], row: _Row, file: InputFile, options: ReadOptions
) -> Article | Failure:
    fields = {name: value for name, value in zip(header, row.fields, strict=True) if value != ""}
    try:
        return read_fields(fields, options)
    except InputError as error:
        return Failure(f"{file.path}:{row.first}", str(error) + _name_lines(row))


def _name_lines(row: _Row) -> str:
    return "" if row.first == row.last else f" (lines {row.first}–{row.last})"
