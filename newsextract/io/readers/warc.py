"""WARC archives, CC-News among them: the article of each HTML response (extra ``warc``).

Records are independent: one with a bad header, length, chunk or compression is a failure that
names its URL, and reading continues with the next record.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from newsextract.article import Article, Failure, InputIssue
from newsextract.errors import InputError
from newsextract.io.readers.http import Response, parse_headers, parse_response, unpack_body
from newsextract.io.readers.members import MemberStream
from newsextract.io.readers.options import ReadOptions
from newsextract.io.readers.pages import extract_page, with_id
from newsextract.io.readers.plain import describe_limit
from newsextract.io.readers.sources import InputFile, NoArticle

_Found = Article | Failure | NoArticle

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_PAGE = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_OTHER_TYPES = (
    "warcinfo", "resource", "request", "metadata", "revisit", "conversion", "continuation",
)  # fmt: skip
_MARK = re.compile(rb"WARC/\d\.\d+\r?\n(?=[A-Za-z-]+ *:)")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile("[0-9]{1,20}")
_DIGESTS = ("sha1", "sha256", "md5")
_LONGEST_HEAD = 1 << 16
_SEPARATOR = 4


@dataclass(frozen=True, slots=True)
class _Record:
    """A record of the decompressed archive: offset, headers, content and errors."""

    offset: int
    headers: dict[str, str]
    content: bytes = b""
    problem: str | None = None

    @property
    def url(self) -> str:
        return self.headers.get("warc-target-uri", "").strip("<>")

    @property
    def type(self) -> str:
        return self.headers.get("warc-type", "").lower()

    @property
    def where(self) -> str:
        return self.url or f"byte {self.offset}"

    @property
    def is_intact(self) -> bool:
        """Whether the content matches its digest, or there is none of a known kind."""
        name, _, digest = self.headers.get("warc-block-digest", "").partition(":")
        if name.lower() not in _DIGESTS:
            return True
        hashed = hashlib.new(name.lower(), self.content, usedforsecurity=False)
        encoded = base64.b32encode(hashed.digest()).decode("ascii").rstrip("=")
        return digest.rstrip("=").upper() in (encoded, hashed.hexdigest().upper())


def read_records(stream: BinaryIO, file: InputFile, options: ReadOptions) -> Iterator[_Found]:
    """Yield the articles of each HTML page; its address is its id.

    Images, redirects and errors are skipped, and pages without an article counted, unless the
    record does not match its digest and may have been anything.

    Args:
        stream: the archive as stored, compressed or not.
        file: names it.
        options: the limit for one page.

    Raises:
        InputError: the archive is a decompression bomb.
    """
    for record in _Archive(MemberStream(stream, file.path), options):
        if record.problem is not None:
            where = f"{file.path}: {record.where}"
            yield Failure(where, record.problem, id=record.url or None)
        elif record.type == "response":
            found = list(_read_response(record, file, options))
            yield from found if record.is_intact else _tell_of_damage(found, record, file)
        elif record.type not in _OTHER_TYPES:
            yield Failure(
                f"{file.path}: {record.where}", f"a record of no known type: {record.type!r}"
            )


def _read_response(record: _Record, file: InputFile, options: ReadOptions) -> Iterator[_Found]:
    response = parse_response(record.content)
    if response is None and "http" in record.headers.get("content-type", "http"):
        where = f"{file.path}: {record.where}"
        yield Failure(where, "the record holds no HTTP response", id=record.url or None)
    elif response is not None and response.status == 200 and _is_page(response):
        yield from _read_page(record, response, file, options)


def _tell_of_damage(found: list[_Found], record: _Record, file: InputFile) -> Iterator[_Found]:
    """Yield what was read from a record that does not match its digest, or a failure."""
    problem = "the record's content does not match its digest"
    if not found or isinstance(found[0], NoArticle):
        yield Failure(f"{file.path}: {record.where}", problem, id=record.url or None)
        return
    issue = InputIssue("damaged text", problem)
    for item in found:
        if isinstance(item, Article):
            yield replace(item, issues=(*item.issues, issue))
        else:
            yield item


def _is_page(response: Response) -> bool:
    return response.content_type in _PAGE_TYPES or bool(_PAGE.match(response.body))


def _read_page(
    record: _Record, response: Response, file: InputFile, options: ReadOptions
) -> Iterator[_Found]:
    limit, url = options.max_article_bytes, record.url
    try:
        page = unpack_body(response, limit)
        if len(page) > limit:
            raise InputError(describe_limit("page", options))
        found = extract_page(page, options, url=url or None, charset=response.charset)
    except InputError as error:
        yield Failure(f"{file.path}: {record.where}", str(error), id=url or None)
        return
    if not found:
        yield NoArticle()
    crawled = record.headers.get("warc-date")
    for number, article in enumerate(found, 1):
        article.meta.update({"crawled": crawled} if crawled else {})
        yield with_id(article, url or None, number)


class _Archive:
    """The records of an archive, read through a sliding window."""

    def __init__(self, members: MemberStream, options: ReadOptions) -> None:
        self._members = members
        self._options = options
        self._data = bytearray()
        self._offset = 0
        """Where the window begins in the unpacked archive."""
        self._reported = 0

    def __iter__(self) -> Iterator[_Record]:
        """Yield the records, and a problem for damage that left nothing of a record."""
        while self._skip_blank():
            start = self._offset
            record = self._next_record()
            if record.problem is None and self._is_damaged(start):
                record = replace(record, problem="the record's compression is damaged")
            if record.problem is None:
                yield from self._report_damage(start)
            else:
                self._reported = len(self._members.damages)
            yield record
        yield from self._report_damage(self._offset)

    def _report_damage(self, offset: int) -> Iterator[_Record]:
        """Yield a problem for damage before ``offset`` that no record has reported."""
        damages = self._members.damages
        if self._reported < len(damages) and damages[self._reported][1] <= offset:
            self._reported = len(damages)
            yield _Record(
                offset, {}, problem="a record is lost before this: its compression is damaged"
            )

    def _is_damaged(self, start: int) -> bool:
        end = self._offset
        damages = self._members.damages[self._reported :]
        return any(start < at <= end + _SEPARATOR and began < end for began, at in damages)

    def _fill(self, length: int) -> bool:
        """Read until the window holds ``length`` bytes; return whether it does."""
        while len(self._data) < length and (more := self._members.read()):
            self._data += more
        return len(self._data) >= length

    def _drop(self, length: int) -> None:
        del self._data[:length]
        self._offset += length

    def _skip_blank(self) -> bool:
        """Skip line ends; return whether any byte is left."""
        while self._fill(1):
            blank = len(self._data) - len(self._data.lstrip(b"\r\n"))
            self._drop(blank)
            if self._data:
                return True
        return False

    def _next_record(self) -> _Record:
        start = self._offset
        self._fill(_LONGEST_HEAD)
        end = _HEAD_END.search(self._data, 0, _LONGEST_HEAD)
        if not _MARK.match(self._data) or end is None:
            self._go_to_mark(1)
            return _Record(start, {}, problem="no WARC record begins here")
        headers = parse_headers(bytes(self._data[: end.start()]))
        declared = headers.get("content-length", "")
        if not _LENGTH.fullmatch(declared):
            self._go_to_mark(end.end())
            return _Record(start, headers, problem=f"the record's length is {declared[:40]!r}")
        return self._read_content(headers, end.end(), int(declared))

    def _read_content(self, headers: dict[str, str], head: int, length: int) -> _Record:
        """Return the record whose content of ``length`` bytes follows ``head`` bytes of header."""
        start = self._offset
        if length > self._options.max_article_bytes:
            begin = bytes(self._data[head : head + _LONGEST_HEAD])
            self._go_to_mark(head)
            return _Record(start, headers, begin, problem=self._describe_length(begin))
        end = head + length
        whole = self._fill(end)
        if not whole or not self._ends_at(end):
            self._go_to_mark(head)
            return _Record(start, headers, problem=self._describe_end(start))
        content = bytes(self._data[head:end])
        self._drop(end)
        return _Record(start, headers, content)

    def _ends_at(self, end: int) -> bool:
        """Return whether another record, or nothing, follows the separator at ``end``."""
        self._fill(end + _SEPARATOR + 16)
        rest = bytes(self._data[end : end + _SEPARATOR + 16])
        blank = rest.lstrip(b"\r\n")
        return not blank or blank.startswith(b"WARC/") or rest.startswith(b"\r\n\r\n")

    def _describe_length(self, begin: bytes) -> str | None:
        response = parse_response(begin)
        is_page = response is None or _is_page(response)
        return describe_limit("page", self._options) if is_page else None

    def _describe_end(self, start: int) -> str:
        if self._is_damaged(start):
            return "the record's compression is damaged, or the archive is cut off"
        return "the record is cut off, or longer or shorter than it says"

    def _go_to_mark(self, start: int) -> None:
        """Go to the next record after ``start`` bytes of the window, or to the end."""
        self._drop(start)
        while (mark := _MARK.search(self._data)) is None:
            self._drop(max(0, len(self._data) - _SEPARATOR * 16))
            before = len(self._data)
            if not self._fill(before + 1):
                self._drop(before)
                return
        self._drop(mark.start())
