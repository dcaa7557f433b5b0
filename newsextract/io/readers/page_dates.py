"""The publication date a web page declares: JSON-LD, metadata, ``<time>``, URL; no guesses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from newsextract.article import InputIssue, Origin
from newsextract.io.readers.dates import read_published
from newsextract.language.addresses import day_in_address

_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Report|Review)$")
_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "rnews:datepublished", "article.published", "article:published", "published_time",
    "publishdate", "publish-date", "publish_date", "pubdate", "publication_date",
    "publication-date", "parsely-pub-date", "sailthru.date", "bt:pubdate",
    "cxenseparse:recs:publishtime", "dcterms.issued", "dcterms.created", "dc.date.issued",
    "dc.date.created", "dcterms.date", "dc.date", "date", "citation_publication_date",
)  # fmt: skip
_TIMES = (
    ".//*[self::time or @itemprop='datePublished'][not(ancestor::aside or ancestor::nav or "
    "ancestor::footer or ancestor::blockquote or ancestor::figure or ancestor::li)]"
)
_BODIES = "//article | //main | //*[@role='main'] | //*[@itemprop='articleBody']/.."
_UPDATED = re.compile(r"updat|modif|edited|revised", re.IGNORECASE)
_PROSE_LENGTH = 60
_PARAGRAPH_LENGTH = 2000
_COMMENT = re.compile(r"comment|related|recommend|teaser|promo", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageDate:
    """What a page declares: an ISO 8601 date and where it is, or what was refused."""

    date: str | None = None
    origin: Origin = "metadata"
    issues: tuple[InputIssue, ...] = ()


def find_page_date(
    tree: Any,
    element: Any = None,
    *,
    url: str | None = None,
    day_first: bool | None = None,
) -> PageDate:
    """Return the publication date that a page declares for its article.

    In this order: JSON-LD of a type of article, ``<meta>`` as ``article:published_time``,
    ``<time>`` inside the article, the day in the address. Text of the page is never searched.

    Args:
        tree: the page, of lxml.
        element: the ``<article>``, where the page holds several; its own ``<time>`` comes first.
        url: the page's address.
        day_first: whether 03/04/2024 is 3 April.
    """
    declared = (_in_json(tree, _titles(tree, element)), _in_meta(tree))
    bodies = [element] if element is not None else tree.xpath(_BODIES)
    times = _in_times(bodies)
    candidates = chain(*declared, times) if element is None else chain(times, *declared)
    issues: list[InputIssue] = []
    for value in candidates:
        date, refused = read_published(value, day_first=day_first)
        if date:
            return PageDate(date)
        issues += refused
    if day := day_in_address(url or ""):
        return PageDate(day, "url")
    return PageDate(issues=tuple(dict.fromkeys(issues)))


def _titles(tree: Any, element: Any) -> list[str]:
    """Return the titles of the page or of one of its articles, letters and digits only."""
    if element is not None:
        found = element.xpath(".//h1 | .//h2")[:1]
    else:
        found = tree.xpath("//h1 | //head/title | //meta[@property='og:title']")
    return [_key(e.get("content") or "".join(e.itertext())) for e in found]


def _key(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))


def _in_json(tree: Any, titles: list[str]) -> Iterator[Any]:
    """Yield the dates of JSON-LD articles, the one with this headline first."""
    articles = [
        item
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
        for item in _items(script.text or "")
        if any(_ARTICLE_TYPE.search(str(kind)) for kind in _as_list(item.get("@type")))
    ]
    articles.sort(key=lambda item: not _is_called(item, titles))
    for item in articles:
        yield item.get("datePublished") or item.get("dateCreated")


def _items(text: str) -> Iterator[dict[str, Any]]:
    """Yield the top-level objects of a JSON-LD script; none if it is broken."""
    try:
        value = json.loads(text.strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return
    for item in _as_list(value):
        if isinstance(item, dict):
            yield item
            graph = [*_as_list(item.get("@graph")), *_as_list(item.get("mainEntity"))]
            yield from (part for part in graph if isinstance(part, dict))


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_called(item: dict[str, Any], titles: list[str]) -> bool:
    headline = _key(str(item.get("headline") or item.get("name") or ""))
    return bool(headline) and any(headline in title for title in titles)


def _in_meta(tree: Any) -> Iterator[str]:
    values: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        values.setdefault(name.strip().lower(), meta.get("content") or "")
    return (values[name] for name in _NAMES if values.get(name))


def _in_times(bodies: list[Any]) -> list[str]:
    """Return the dates of this article's ``<time>`` elements, publication first."""
    ranked: list[tuple[int, str]] = []
    text_of = cache(_read_beginning)  # once for all times in a paragraph
    for body in bodies[:1]:
        for time in body.xpath(_TIMES):
            value = time.get("datetime") or time.get("content") or "".join(time.itertext())
            rank = _rank_time(time, text_of)
            if rank is not None and value.strip():
                ranked.append((rank, value.strip()))
    return [value for _, value in sorted(ranked, key=lambda pair: pair[0])]


def _read_beginning(paragraph: Any) -> str:
    """Return the first part of a paragraph, enough to tell prose."""
    return "".join(paragraph.itertext())[:_PARAGRAPH_LENGTH]


def _rank_time(time: Any, text_of: Callable[[Any], str]) -> int | None:
    """Return 0 for a declared publication, 1 for a plain time, ``None`` for an update.

    A time in a paragraph of prose is part of the story.
    """
    around = [time, *list(time.iterancestors())[:2]]
    names = " ".join(
        f"{e.get('class', '')} {e.get('id', '')} {e.get('itemprop', '')}" for e in around
    )
    if _COMMENT.search(names):
        return None
    if "datePublished" in (time.get("itemprop") or "") or time.get("pubdate") is not None:
        return 0
    previous = time.getprevious()
    before = (previous.tail if previous is not None else time.getparent().text) or ""
    return None if _is_told(time, text_of) or _UPDATED.search(f"{names} {before[-40:]}") else 1


def _is_told(time: Any, text_of: Callable[[Any], str]) -> bool:
    """Return whether a ``<time>`` is in a sentence of the story."""
    paragraph = next(time.iterancestors("p"), None)
    if paragraph is None:
        return False
    text = text_of(paragraph).replace("".join(time.itertext()), "").strip()
    return len(text) > _PROSE_LENGTH or (text.endswith(".") and len(text.split()) > 3)
