"""ninjs, the JSON of the news agencies (IPTC ninjs 1.x, 2.x and 3.x).

Names are compared ignoring case and underscores: 1.x and 2.x write ``versioncreated``, 3.x
``versionCreated``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from newsextract.article import Article, is_missing
from newsextract.errors import InputError
from newsextract.io.readers.dates import read_published
from newsextract.io.readers.markup import markup_to_text
from newsextract.io.readers.options import ReadOptions

_OLD_BODIES = ("bodytext", "bodyxhtml", "bodyhtml", "bodyhtml5")
_DATES = ("firstcreated", "contentcreated", "versioncreated")
_MAIN = ("main", "", "body", "fulltext", "article")


def is_ninjs(fields: Mapping[str, Any]) -> bool:
    """Return whether a JSON object is a ninjs item: it has a ``uri`` and a body of its kinds."""
    if "uri" not in fields or "text" in fields:
        return False
    names = {_plain(name) for name in fields}
    return "bodies" in names or not names.isdisjoint(_OLD_BODIES)


def read_ninjs(fields: Mapping[str, Any], options: ReadOptions) -> Article:
    """Return the article in a ninjs item; its ``uri`` is the id.

    Raises:
        InputError: the item has no body.
    """
    item = _plain_names(fields)
    text = _find_body(item)
    if text is None:
        raise InputError(f"ninjs item {item['uri']!r} has no text body")
    raw = next((item[name] for name in _DATES if item.get(name)), None)
    published, issues = read_published(raw, day_first=options.day_first)
    uri = item["uri"]
    return Article(
        text, uri if isinstance(uri, str) else None, published, _read_meta(item),
        published_from="metadata", issues=issues,
    )  # fmt: skip


def _read_meta(item: Mapping[str, Any]) -> dict[str, Any]:
    meta = {
        "title": _find_headline(item),
        "byline": _find_byline(item),
        "url": _find_url(item),
        "publisher": item.get("copyrightholder"),
        "language": item.get("language"),
        "usageterms": item.get("usageterms"),
        "urgency": item.get("urgency"),
        "dateline": item.get("located"),
        "subjects": [name for subject in _objects(item.get("subjects") or item.get("subject"))
                     if isinstance(name := subject.get("name"), str)] or None,
    }  # fmt: skip
    return {
        name: value for name, value in meta.items() if value is not None and not is_missing(value)
    }


def _find_body(item: Mapping[str, Any]) -> str | None:
    """Return the body: the one whose role is main, plain text before markup."""
    bodies = [*_objects(item.get("bodies")), *_old_bodies(item)]
    texts = [body for body in bodies if isinstance(body.get("value"), str)]
    if not texts:
        return None
    body = min(texts, key=_rank_body)
    value = str(body["value"])
    return markup_to_text(value) if "html" in _type_of(body) else value


def _old_bodies(item: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the bodies of ninjs 1.x in the form of 2.x."""
    for name in _OLD_BODIES:
        kind = "text/plain" if name == "bodytext" else "text/html"
        yield {"contenttype": kind, "value": item.get(name)}


def _rank_body(body: Mapping[str, Any]) -> tuple[int, bool, int]:
    role = str(body.get("role") or "").rpartition(":")[2].casefold()
    rank = _MAIN.index(role) if role in _MAIN else len(_MAIN)
    return rank, _type_of(body) != "text/plain", -len(body["value"])


def _type_of(body: Mapping[str, Any]) -> str:
    return str(body.get("contenttype") or "").casefold()


def _find_headline(item: Mapping[str, Any]) -> str | None:
    lines = sorted(_objects(item.get("headlines")), key=lambda line: line.get("role") != "main")
    candidates = (item.get("headline"), *(line.get("value") for line in lines), item.get("title"))
    return next((line for line in candidates if isinstance(line, str)), None)


def _find_byline(item: Mapping[str, Any]) -> str | None:
    by = item.get("by") or item.get("byline")
    if isinstance(by, str):
        return by
    authors = [author.get("name") for author in _objects(item.get("people"))
               if author.get("rel") in ("author", "creator")]  # fmt: skip
    names = [name for name in authors if isinstance(name, str)]
    return ", ".join(names) or None


def _find_url(item: Mapping[str, Any]) -> str | None:
    ids = item.get("altids")
    found = ids.get("url") if isinstance(ids, Mapping) else None
    return found if isinstance(found, str) else None


def _plain(name: Any) -> str:
    return str(name).casefold().replace("_", "")


def _plain_names(item: Mapping[str, Any]) -> dict[str, Any]:
    return {_plain(name): value for name, value in item.items()}


def _objects(value: Any) -> list[dict[str, Any]]:
    items = value if isinstance(value, list) else []
    return [_plain_names(item) for item in items if isinstance(item, Mapping)]
