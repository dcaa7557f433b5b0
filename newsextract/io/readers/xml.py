"""NITF 3.x and NewsML-G2, the XML of the news agencies (extra ``xml``).

Parsed without entities, DTDs or network access. A damaged item costs only itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.entities import html5
from typing import Any, BinaryIO

from newsextract.article import Article, Failure
from newsextract.errors import InputError, import_extra
from newsextract.io.readers.newsml import read_news_item
from newsextract.io.readers.nitf import read_nitf
from newsextract.io.readers.options import ReadOptions
from newsextract.io.readers.pages import read_page_text
from newsextract.io.readers.plain import read_all
from newsextract.io.readers.sources import InputFile
from newsextract.io.readers.xmltree import find_all, local_name

_READERS: dict[str, Callable[[Any, ReadOptions], Article | None]] = {
    "nitf": read_nitf,
    "newsItem": read_news_item,
}
_DOCTYPE = re.compile(
    rb"<!DOCTYPE\s+nitf\s+(?:PUBLIC\s+(\"[^\"]*\"|'[^']*')\s*|SYSTEM\s*)"
    rb"(?:\"[^\"]*\bnitf[\w.-]*\.dtd\"|'[^']*\bnitf[\w.-]*\.dtd')?\s*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_XML_ENTITIES = (b"amp", b"lt", b"gt", b"quot", b"apos")
_ITEM = re.compile(rb"<(?P<close>/)?(?:[\w.-]+:)?(?P<name>newsItem|nitf)(?:(?=[\s>])\s*>?)")
_ROOT = re.compile(rb"<(?![?!])([\w.:-]+)(?:\s[^<>]*)?>")


def read_items(
    stream: BinaryIO, file: InputFile, options: ReadOptions
) -> Iterator[Article | Failure]:
    """Yield the articles of an XML file: a NITF document, a NewsML-G2 item or message, or a page.

    Items without text, such as pictures, are skipped.

    Raises:
        InputError: the file is too long, is not XML, is XML of another kind, or declares
            entities or a DTD other than that of NITF, which is never loaded.
    """
    data = read_all(stream, options)
    try:
        root = parse_xml(data)
    except InputError as error:
        yield from _read_apart(data, file, options, error)
        return
    if local_name(root) == "html":
        yield from read_page_text(data, file, options)
        return
    items = list(find_all(root, *_READERS))
    if not items:
        raise InputError(
            f"XML of an unknown kind, its root is <{local_name(root)}>: NITF, NewsML-G2 and XHTML "
            "are read"
        )
    for number, item in enumerate(items, 1):
        yield from _read_item(item, file, options, number=number if len(items) > 1 else None)


def parse_xml(data: bytes) -> Any:
    """Return the root of an XML document; entities of HTML are characters.

    Raises:
        InputError: it is not well formed, or declares a DTD or entities.
    """
    etree = import_extra("defusedxml.ElementTree", "xml")
    common = import_extra("defusedxml.common", "xml")
    data = _ENTITY.sub(_to_number, _DOCTYPE.sub(b"", data, count=1))
    try:
        return etree.fromstring(data, forbid_dtd=True)
    except common.DefusedXmlException as error:
        kind = "a DTD" if isinstance(error, common.DTDForbidden) else "entities"
        raise InputError(f"the XML declares {kind}: refused, as an attack may do so") from None
    except (etree.ParseError, ValueError, LookupError) as error:
        raise InputError(f"not well-formed XML: {error}") from None


def _to_number(match: re.Match[bytes]) -> bytes:
    """Return an entity of HTML as numbers; XML's own, and unknown ones, stay."""
    if match[1] in _XML_ENTITIES:
        return match[0]
    characters = html5.get(match[1].decode("ascii") + ";", "")
    return b"".join(b"&#%d;" % ord(c) for c in characters) or match[0]


def _read_item(
    item: Any, file: InputFile, options: ReadOptions, *, number: int | None
) -> Iterator[Article | Failure]:
    where = file.path if number is None else f"{file.path}[{number}]"
    try:
        article = _READERS[local_name(item)](item, options)
    except InputError as error:
        yield Failure(where, str(error))
        return
    if article is not None:
        article_id = article.id or (file.id if number is None else None)
        yield replace(article, id=article_id)
    elif number is None:
        yield Failure(where, "the item holds no text")


def _read_apart(
    data: bytes, file: InputFile, options: ReadOptions, error: InputError
) -> Iterator[Article | Failure]:
    """Yield the items of a broken message one by one, each under the root's namespaces.

    Raises:
        InputError: ``error``, where the file holds no more than one item.
    """
    root, items = _ROOT.search(data), list(_split_items(data))
    if root is None or len(items) < 2 or items[0][0] == root.start() or "declares" in str(error):
        raise error
    head, tail = root.group(), b"</" + root[1] + b">"
    line, last = 1, 0
    for number, (start, end) in enumerate(items, 1):
        line, last = line + data.count(b"\n", last, start), start
        try:
            (item,) = find_all(parse_xml(head + data[start:end] + tail), *_READERS)
        except (InputError, ValueError) as problem:
            reason = str(problem) if isinstance(problem, InputError) else "the item never closes"
            yield Failure(f"{file.path}:{line}", f"item {number}: {reason}")
        else:
            yield from _read_item(item, file, options, number=number)


def _split_items(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the items of a message begin and end.

    One that never closes ends where the next one opens; one that lost its opening begins where
    the one before it closes.
    """
    tags = list(_ITEM.finditer(data))
    outer = b"newsItem" if any(tag["name"] == b"newsItem" for tag in tags) else b"nitf"
    opened, closed = None, 0
    for tag in tags:
        if tag["name"] != outer:
            continue
        if tag["close"]:
            closed, start = tag.end(), closed if opened is None else opened
            opened = None
            yield start, closed
        else:
            if opened is not None:
                yield opened, tag.start()
            opened = tag.start()
    if opened is not None:
        yield opened, len(data)
