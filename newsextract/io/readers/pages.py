"""Web pages: the article in a page and its metadata (extra ``html``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from newsextract.article import Article
from newsextract.errors import InputError, import_extra
from newsextract.io.readers.fields import read_date
from newsextract.io.readers.options import ReadOptions
from newsextract.io.readers.plain import read_all
from newsextract.io.readers.sources import InputFile

_META = {
    "title": "title",
    "author": "byline",
    "url": "url",
    "sitename": "publisher",
    "description": "description",
}


def read_page(stream: BinaryIO, file: InputFile, options: ReadOptions) -> Iterator[Article]:
    """Yield the one article of a page.

    Raises:
        InputError: the page is too long or holds no article.
    """
    article = extract_page(read_all(stream, options))
    if article is None:
        raise InputError("no article found in this page")
    yield Article(article.text, file.id, article.published, article.meta)


def extract_page(page: bytes | str, *, url: str | None = None) -> Article | None:
    """Return the article of an HTML page with title, byline, date and publisher.

    Args:
        page: HTML; bytes are decoded as the page or its bytes say.
        url: where it was found, for relative links and dates in the address.

    Raises:
        InputError: the page breaks the parser.
    """
    trafilatura = import_extra("trafilatura", "html")
    try:
        found: Any = trafilatura.bare_extraction(
            page, url=url, with_metadata=True, include_comments=False, include_tables=False
        )
    except Exception as error:
        raise InputError(f"the page cannot be read: {type(error).__name__}: {error}") from error
    if found is None or not found.text:
        return None
    values = {ours: getattr(found, theirs, None) for theirs, ours in _META.items()}
    meta = {name: value for name, value in values.items() if value}
    if url is not None:
        meta["url"] = url
    return Article(found.text, None, read_date(found.date), meta)
