"""NITF 3.x, the News Industry Text Format of IPTC."""

from __future__ import annotations

from typing import Any

from newsextract.article import Article
from newsextract.errors import InputError
from newsextract.io.readers.dates import read_published
from newsextract.io.readers.options import ReadOptions
from newsextract.io.readers.xmltree import find_all, find_first, line_of, text_under

_SILENT = ("media", "media-caption", "media-reference", "body.head", "body.end", "copyrite")
_DATES = (("date.issue", "norm"), ("date.release", "norm"), ("pubdata", "date.publication"))


def read_nitf(document: Any, options: ReadOptions) -> Article | None:
    """Return the article in a NITF document.

    Its ``doc-id`` is the id, its text the paragraphs of ``body.content``; captions stay out.
    Headline, byline, dateline, publisher, subjects and keywords are fields of ``meta``.

    Raises:
        InputError: the document has no body.
    """
    body = find_first(document, "body.content", "body")
    text = text_under(body, silent=_SILENT) if body is not None else ""
    if not text:
        raise InputError("the NITF document has no text in its body.content")
    published, issues = read_published(_find_date(document), day_first=options.day_first)
    return Article(
        text, _attribute(document, "doc-id", "id-string"), published, _read_meta(document),
        published_from="metadata", issues=issues,
    )  # fmt: skip


def _find_date(document: Any) -> str | None:
    """Return the date of issue, else of release, else of print; else the one in the dateline."""
    values = (_attribute(document, name, attribute) for name, attribute in _DATES)
    return next(filter(None, values), _attribute(document, "story.date", "norm"))


def _attribute(document: Any, name: str, attribute: str) -> str | None:
    found = find_all(document, name)
    values = (str(element.get(attribute) or "").strip() for element in found)
    return next(filter(None, values), None)


def _find_byline(head: Any) -> str | None:
    """Return the byline, the author's office set off with a comma: "By Ivy Noor, Staff Writer"."""
    byline, office = line_of(head, "byline"), line_of(head, "byttl")
    if byline and office and byline.endswith(office) and byline != office:
        return f"{byline.removesuffix(office).rstrip(' ,')}, {office}"
    return byline


def _read_meta(document: Any) -> dict[str, Any]:
    head = find_first(document, "body.head")
    head = document if head is None else head
    subjects = [
        str(subject.get("tobject.subject.matter") or subject.get("tobject.subject.type") or "")
        for subject in find_all(document, "tobject.subject")
    ]
    keywords = [str(keyword.get("key") or "") for keyword in find_all(document, "keyword")]
    meta = {
        "title": line_of(head, "hl1", "hedline") or line_of(document, "title"),
        "byline": _find_byline(head),
        "dateline": line_of(head, "dateline"),
        "publisher": _attribute(document, "pubdata", "name") or line_of(head, "distributor"),
        "subjects": list(filter(None, subjects)),
        "keywords": list(filter(None, keywords)),
        "urgency": _attribute(document, "urgency", "ed-urg"),
    }
    return {name: value for name, value in meta.items() if value}
