"""Web pages: the articles in a page and their metadata (extra ``html``)."""

from __future__ import annotations

import codecs
import copy
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from newsextract.article import Article, InputIssue
from newsextract.errors import InputError, import_extra
from newsextract.io.readers.options import ReadOptions
from newsextract.io.readers.page_dates import find_page_date
from newsextract.io.readers.page_sizes import (
    MOST_ELEMENTS,
    count_elements,
    read_plainly,
    thin_out,
)
from newsextract.io.readers.plain import read_all
from newsextract.io.readers.sources import InputFile

_META = {
    "title": "title",
    "author": "byline",
    "url": "url",
    "sitename": "publisher",
    "description": "description",
}
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_HEAD_BYTES = 4096
_FEW, _MOSTLY = 3, 10
_ARTICLE_LENGTH = 250
_NOT_AN_ARTICLE = "ancestor-or-self::*[contains(concat(@class, ' ', @id), 'comment')]"
_ARTICLES = (
    "//article[not(ancestor::article or ancestor::aside or ancestor::nav or ancestor::footer "
    f"or {_NOT_AN_ARTICLE})]"
)


def read_page(stream: BinaryIO, file: InputFile, options: ReadOptions) -> Iterator[Article]:
    """Yield the articles of a page: one, or each of several ``<article>`` elements.

    The first has the file's name as id, the others also their number ("page#2").

    Raises:
        InputError: the page is too long or holds no article.
    """
    yield from read_page_text(read_all(stream, options), file, options)


def read_page_text(page: bytes, file: InputFile, options: ReadOptions) -> Iterator[Article]:
    """Yield the articles of the page that ``file`` holds, as :func:`read_page` does."""
    articles = extract_page(page, options)
    if not articles:
        raise InputError("no article found in this page")
    for number, article in enumerate(articles, 1):
        yield with_id(article, file.id, number)


def with_id(article: Article, page_id: str | None, number: int) -> Article:
    """Return ``article``, number ``number`` of a page, with an id of its own."""
    article_id = page_id if page_id is None or number == 1 else f"{page_id}#{number}"
    return replace(article, id=article_id)


def extract_page(
    page: bytes, options: ReadOptions, *, url: str | None = None, charset: str | None = None
) -> list[Article]:
    """Return the articles of an HTML page with title, byline, date and publisher.

    Args:
        page: HTML, decoded by :func:`decode_page`.
        options: the order of day and month in dates.
        url: its address, for relative links and dates in it.
        charset: the encoding that the server declared.

    Raises:
        InputError: the page breaks the parser.
    """
    text, issues = decode_page(page, charset)
    tree = _parse(text)
    if tree is None:
        return []
    issues += tuple(thin_out(tree))
    if count_elements(tree) > MOST_ELEMENTS:
        return read_plainly(tree, url=url, issues=issues)
    elements = [element for element in tree.xpath(_ARTICLES) if _is_article(element)]
    if len(elements) > 1:
        found = [_extract(tree, options, url=url, element=element) for element in elements]
    else:
        found = [_extract(tree, options, url=url)]
    return [
        replace(article, issues=(*issues, *article.issues))
        for article in found
        if article is not None
    ]


def decode_page(page: bytes, charset: str | None = None) -> tuple[str, tuple[InputIssue, ...]]:
    """Return a page as text, and an issue where bytes had to be replaced.

    UTF-8 takes precedence over what is declared, because text that decodes as UTF-8 is hardly ever
    anything else. A few bad bytes among many good ones do not change that.
    """
    if page.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _replace_bad(page, "utf-16")
    try:
        return page.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        declared = _name_charset(charset) or _declared(page)
    text, issues = _replace_bad(page, "utf-8")
    bad = text.count("\ufffd")
    good = sum(c > "\x7f" for c in text) - bad
    if declared not in (None, "utf-8") and good < _MOSTLY * bad:
        return _replace_bad(page, declared)
    if bad > good and (declared is None or bad > _FEW):
        return _replace_bad(page, "cp1252")
    return text, issues


def _declared(page: bytes) -> str | None:
    """Return the encoding that the page's head names; one that can be read is not UTF-16."""
    match = _CHARSET.search(page, 0, _HEAD_BYTES)
    name = _name_charset(match[1].decode("latin-1")) if match else None
    return "utf-8" if name and name.startswith("utf-16") else name


def _name_charset(label: str | None) -> str | None:
    """Return Python's name of an encoding, Windows-1252 for Latin 1 and ASCII as in browsers."""
    try:
        name = codecs.lookup(label or "").name
    except (LookupError, ValueError):
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _replace_bad(page: bytes, encoding: str) -> tuple[str, tuple[InputIssue, ...]]:
    before = page.count("\ufffd".encode())
    try:
        text = page.decode(encoding, "replace")
    except (LookupError, ValueError):
        return _replace_bad(page, "utf-8")
    bad = text.count("\ufffd") - before
    if bad <= 0:
        return text, ()
    detail = f"{bad} places are not {encoding} text and were replaced by U+FFFD"
    return text, (InputIssue("damaged text", detail),)


def _parse(text: str) -> Any:
    trafilatura = import_extra("trafilatura", "html")
    try:
        return trafilatura.load_html(text.replace("\0", "\ufffd"))
    except Exception as error:
        raise InputError(f"the page cannot be read: {type(error).__name__}: {error}") from error


def _is_article(element: Any) -> bool:
    """Return whether an ``<article>`` is one, not a teaser: two paragraphs, some length."""
    lengths = [len("".join(p.itertext()).strip()) for p in element.iter("p")]
    return sum(length > 0 for length in lengths) > 1 and sum(lengths) >= _ARTICLE_LENGTH


def _extract(
    tree: Any, options: ReadOptions, *, url: str | None, element: Any = None
) -> Article | None:
    """Return the article of a page, or the one in ``element`` of a page that holds several."""
    part = tree if element is None else _page_of(tree, element)
    trafilatura = import_extra("trafilatura", "html")
    try:
        found: Any = trafilatura.bare_extraction(
            part, url=url, with_metadata=True, include_comments=False, include_tables=False
        )
    except Exception as error:
        raise InputError(f"the page cannot be read: {type(error).__name__}: {error}") from error
    if found is None or not found.text:
        return None
    values = {ours: getattr(found, theirs, None) for theirs, ours in _META.items()}
    meta = {name: value for name, value in values.items() if value}
    if url is not None:
        meta["url"] = url
    if element is not None and (heading := _heading(element)):
        meta["title"] = heading
    day = find_page_date(tree, element, url=meta.get("url"), day_first=options.day_first)
    return Article(
        found.text, None, day.date, meta, published_from=day.origin, issues=day.issues
    )  # fmt: skip


def _page_of(tree: Any, element: Any) -> Any:
    """Return a page with the head of ``tree`` and nothing but ``element`` in its body."""
    html = import_extra("lxml.html", "html")
    page = html.Element("html")
    page.extend(copy.deepcopy(head) for head in tree.iterchildren("head"))
    body = html.Element("body")
    body.append(copy.deepcopy(element))
    page.append(body)
    return page


def _heading(element: Any) -> str | None:
    headings = element.xpath(".//h1 | .//h2")
    return " ".join("".join(headings[0].itertext()).split()) if headings else None
