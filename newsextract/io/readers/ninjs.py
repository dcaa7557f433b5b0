"""ninjs, the JSON of the news agencies (IPTC ninjs 1.x, 2.x and 3.x)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsextract.article import Article
from newsextract.errors import InputError
from newsextract.io.readers.markup import markup_to_text

_PLAIN_BODIES = ("body_text",)
_MARKUP_BODIES = ("body_xhtml", "body_html", "body_html5")


def is_ninjs(fields: Mapping[str, Any]) -> bool:
    """Return whether a JSON object is a ninjs item: it has a ``uri`` and a body of its kinds."""
    if "uri" not in fields or "text" in fields:
        return False
    return "bodies" in fields or any(name in fields for name in _PLAIN_BODIES + _MARKUP_BODIES)


def read_ninjs(item: Mapping[str, Any]) -> Article:
    """Return the article in a ninjs item; its ``uri`` is the id.

    Raises:
        InputError: the item has no body.
    """
    text = _first_body(item) or _old_body(item)
    if text is None:
        raise InputError(f"ninjs item {item['uri']!r} has no text body")
    published = item.get("firstcreated") or item.get("versioncreated") or item.get("contentcreated")
    meta = {
        "title": _first_headline(item),
        "byline": _byline(item),
        "url": item.get("altids", {}).get("url") if isinstance(item.get("altids"), dict) else None,
        "publisher": item.get("copyrightholder"),
        "language": item.get("language"),
        "usageterms": item.get("usageterms"),
        "urgency": item.get("urgency"),
    }
    kept = {name: value for name, value in meta.items() if value is not None}
    return Article(text, str(item["uri"]), published if isinstance(published, str) else None, kept)


def _first_body(item: Mapping[str, Any]) -> str | None:
    """Return the body of ninjs 2.x and 3.x: plain text before markup."""
    bodies = _objects(item.get("bodies"))
    kinds = [
        (str(body.get("contenttype") or body.get("contentType") or ""), body) for body in bodies
    ]
    kinds.sort(key=lambda pair: pair[0] != "text/plain")
    for kind, body in kinds:
        value = body.get("value")
        if isinstance(value, str):
            return markup_to_text(value) if "html" in kind else value
    return None


def _old_body(item: Mapping[str, Any]) -> str | None:
    """Return the body of ninjs 1.x."""
    for name in _PLAIN_BODIES + _MARKUP_BODIES:
        value = item.get(name)
        if isinstance(value, str):
            return value if name in _PLAIN_BODIES else markup_to_text(value)
    return None


def _first_headline(item: Mapping[str, Any]) -> str | None:
    headlines = [line.get("value") for line in _objects(item.get("headlines"))]
    candidates = (item.get("headline"), *headlines, item.get("title"))
    return next((line for line in candidates if isinstance(line, str)), None)


def _byline(item: Mapping[str, Any]) -> str | None:
    by = item.get("by") or item.get("byline")
    if isinstance(by, str):
        return by
    authors = [author.get("name") for author in _objects(item.get("people"))
               if author.get("rel") in ("author", "creator")]  # fmt: skip
    names = [name for name in authors if isinstance(name, str)]
    return ", ".join(names) or None


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
