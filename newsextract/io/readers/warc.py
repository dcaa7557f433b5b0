"""WARC archives, CC-News among them: the article of each HTML response (extra ``warc``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from newsextract.article import Article, Failure
from newsextract.errors import InputError, import_extra
from newsextract.io.readers.options import ReadOptions
from newsextract.io.readers.pages import extract_page
from newsextract.io.readers.plain import describe_limit
from newsextract.io.readers.sources import InputFile

_PAGE_TYPES = ("text/html", "application/xhtml+xml")


def read_records(
    stream: BinaryIO, file: InputFile, options: ReadOptions
) -> Iterator[Article | Failure]:
    """Yield the article of each HTML page; its address is its id.

    Pictures, redirects, errors and pages without an article are passed over.

    Raises:
        InputError: the archive is damaged.
    """
    fastwarc = import_extra("fastwarc.warc", "warc")
    quiet = _QuietStream(stream)
    records = fastwarc.ArchiveIterator(
        quiet, record_types=fastwarc.WarcRecordType.response, auto_decode="all"
    )
    try:
        for record in records:
            if _is_page(record):
                item = _read_page(record, file, options)
                if item is not None:
                    yield item
    except (OSError, ValueError, RuntimeError) as error:
        if quiet.error is None:
            raise InputError(f"not a WARC archive that can be read: {error}") from error
    if quiet.error is not None:
        raise quiet.error


class _QuietStream:
    """A stream that ends at an error and keeps it: the parser is not made for errors of ours."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._count = 0
        self.error: InputError | None = None

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes, none at the end or after an error."""
        if self.error is not None:
            return b""
        try:
            data = self._stream.read1(size)  # type: ignore[attr-defined]
        except InputError as error:
            self.error, data = error, b""
        self._count += len(data)
        return bytes(data)

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._count


def _is_page(record: Any) -> bool:
    if record.http_headers is None or record.http_headers.status_code != 200:
        return False
    return (record.http_content_type or "").lower() in _PAGE_TYPES


def _read_page(record: Any, file: InputFile, options: ReadOptions) -> Article | Failure | None:
    url = record.headers.get("WARC-Target-URI", "").strip("<>")
    limit = options.max_article_bytes
    if record.content_length > limit or len(page := record.reader.read(limit + 1)) > limit:
        return Failure(f"{file.path}: {url}", describe_limit("page", options), id=url)
    try:
        article = extract_page(page, url=url or None)
    except InputError as error:
        return Failure(f"{file.path}: {url}", str(error), id=url)
    if article is None:
        return None
    crawled = record.headers.get("WARC-Date")
    meta = article.meta | ({"crawled": crawled} if crawled else {})
    return Article(article.text, url or None, article.published, meta)
