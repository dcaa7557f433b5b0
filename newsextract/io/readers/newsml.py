"""IPTC NewsML-G2: a news item, alone or in a news message."""

from __future__ import annotations

from typing import Any

from newsextract.article import Article
from newsextract.io.readers.dates import read_published
from newsextract.io.readers.markup import markup_to_text
from newsextract.io.readers.nitf import read_nitf
from newsextract.io.readers.options import ReadOptions
from newsextract.io.readers.xmltree import find_all, find_first, line_of, text_under

_SILENT = ("head", "figure", "figcaption", "script", "style", "media")
_DATES = ("firstCreated", "contentCreated", "versionCreated")


def read_news_item(item: Any, options: ReadOptions) -> Article | None:
    """Return the article in a ``newsItem``, or ``None`` where it holds no text, as a picture does.

    Its ``guid`` is the id. The text is that of its ``inlineXML`` (XHTML or NITF) or its
    ``inlineData``; headline, byline, dateline, publisher and subjects are fields of ``meta``.

    Raises:
        InputError: the NITF document inside it has no text.
    """
    nitf = find_first(item, "nitf")
    inner = read_nitf(nitf, options) if nitf is not None else None
    text = inner.text if inner else _find_text(item)
    if not text:
        return None
    raw = next((date for name in _DATES if (date := line_of(item, name))), None)
    published, issues = read_published(raw, day_first=options.day_first)
    if published is None and inner is not None:
        published = inner.published
    meta = (inner.meta if inner else {}) | _read_meta(item)
    guid = str(item.get("guid") or "").strip() or (inner and inner.id)
    return Article(text, guid or None, published, meta, published_from="metadata", issues=issues)


def _find_text(item: Any) -> str:
    inline = find_first(item, "inlineXML")
    if inline is not None:
        return text_under(inline, silent=_SILENT)
    data = find_first(item, "inlineData")
    if data is None:
        return ""
    value = "".join(data.itertext()).strip()
    return markup_to_text(value) if "html" in (data.get("contenttype") or "") else value


def _read_meta(item: Any) -> dict[str, Any]:
    content = find_first(item, "contentMeta")
    content = item if content is None else content
    holder = find_first(item, "copyrightHolder")
    meta = {
        "title": line_of(content, "headline") or line_of(item, "title"),
        "byline": line_of(content, "by") or _find_creator(content),
        "dateline": line_of(content, "dateline"),
        "publisher": line_of(item, "copyrightHolder")
        or (holder is not None and holder.get("literal")),
        "subjects": _find_subjects(content),
        "slugline": line_of(content, "slugline"),
        "urgency": line_of(content, "urgency"),
        "status": _find_status(item),
    }
    return {name: value for name, value in meta.items() if value}


def _find_creator(content: Any) -> str | None:
    creator = find_first(content, "creator")
    return line_of(creator, "name") if creator is not None else None


def _find_subjects(content: Any) -> list[str]:
    """Return the subjects by name, by code where they have none."""
    found = [line_of(s, "name") or str(s.get("qcode") or "") for s in find_all(content, "subject")]
    return list(dict.fromkeys(filter(None, found)))


def _find_status(item: Any) -> str | None:
    """Return the publishing status where it is not the usual one: withheld, canceled."""
    status = find_first(item, "pubStatus")
    code = str(status.get("qcode") or "").rpartition(":")[2] if status is not None else ""
    return code if code not in ("", "usable") else None
