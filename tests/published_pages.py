"""Sixty made-up web pages: thirty that declare a date of publication, thirty that do not."""

# ruff: noqa: E501
from __future__ import annotations

import json
from dataclasses import dataclass

DAY = "2024-08-14"
_STORY = (
    "The port of Nore will close for a week, Mayor Ann Lee said on Monday, after a crane fell.",
    "“We were lucky,” said Omar Diaz, who sells fish there, and who saw the crane go in 2019 as well.",
    "A new one was ordered on 3 May 2023 and is due by 2030, the council of the town has been told.",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, what its publication date is, and why."""

    why: str
    html: str
    published: str | None = None


def _page(*, head: str = "", above: str = "", below: str = "", around: str = "") -> str:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in _STORY)
    article = f"<article><h1>Port to close</h1>{above}{story}{below}</article>"
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Port to close</title>{head}"
        f"</head><body><nav><a href=/>Home</a></nav><main>{article}</main>{around}</body></html>"
    )


def _meta(name: str, value: str, key: str = "property") -> str:
    return f'<meta {key}="{name}" content="{value}">'


def _linked(*items: object) -> str:
    text = json.dumps(items[0] if len(items) == 1 else list(items))
    return f'<script type="application/ld+json">{text}</script>'


def _article(
    day: str = f"{DAY}T07:46:00Z", kind: object = "NewsArticle", **fields: object
) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": kind, "datePublished": day} | fields


_SECOND, _MINUTE = f"{DAY}T07:46:00Z", f"{DAY}T07:46:00"
_URL = '<link rel="canonical" href="https://nore.example/{}/port-to-close">'

DECLARED = (
    Page("JSON-LD", _page(head=_linked(_article())), _SECOND),
    Page("JSON-LD in a graph, after the site's own",
         _page(head=_linked({"@graph": [{"@type": "WebPage", "datePublished": "2011-01-01"}, _article()]})), _SECOND),
    Page("JSON-LD in a list", _page(head=_linked({"@type": "Organization"}, _article())), _SECOND),
    Page("JSON-LD of two types", _page(head=_linked(_article(kind=["Article", "Report"]))), _SECOND),
    Page("JSON-LD of a live blog", _page(head=_linked(_article(kind="LiveBlogPosting"))), _SECOND),
    Page("JSON-LD of a type with its address", _page(head=_linked(_article(kind="https://schema.org/NewsArticle"))), _SECOND),
    Page("JSON-LD of the article named like the page, not of another",
         _page(head=_linked(_article("2020-02-02", headline="Bus fares rise"), _article(headline="Port to close"))), _SECOND),
    Page("JSON-LD before metadata", _page(head=_linked(_article()) + _meta("article:published_time", "2024-08-20")), _SECOND),
    Page("JSON-LD, published before modified", _page(head=_linked(_article(dateModified="2024-08-20"))), _SECOND),
    Page("JSON-LD with a raw line end in a string",
         _page(head=_linked(_article(description="a@b")).replace("a@b", "a\nb")), _SECOND),
    Page("JSON-LD in the basic form", _page(head=_linked(_article("20240814T074600Z"))), f"{_MINUTE}+00:00"),
    Page("JSON-LD in words", _page(head=_linked(_article("Aug. 14, 2024, 7:46 a.m. ET"))), _MINUTE),
    Page("broken JSON-LD, good metadata", _page(
        head='<script type="application/ld+json">{"datePublished": </script>' + _meta("article:published_time", _SECOND)), _SECOND),
    Page("Open Graph", _page(head=_meta("article:published_time", f"{_MINUTE}+01:00")), f"{_MINUTE}+01:00"),
    Page("Open Graph beside an update", _page(
        head=_meta("article:modified_time", "2024-08-20") + _meta("article:published_time", DAY)), DAY),
    Page("metadata by name", _page(head=_meta("date", DAY, "name")), DAY),
    Page("Dublin Core", _page(head=_meta("DC.date.issued", DAY, "name")), DAY),
    Page("Dublin Core terms", _page(head=_meta("dcterms.created", DAY, "name")), DAY),
    Page("metadata of Parsely", _page(head=_meta("parsely-pub-date", _SECOND, "name")), _SECOND),
    Page("metadata of Sailthru", _page(head=_meta("sailthru.date", "2024-08-14 07:46:00", "name")), _MINUTE),
    Page("microdata in the head", _page(head=_meta("datePublished", DAY, "itemprop")), DAY),
    Page("RFC 2822", _page(head=_meta("pubdate", "Wed, 14 Aug 2024 07:46:00 GMT", "name")), f"{_MINUTE}+00:00"),
    Page("seconds since 1970", _page(head=_meta("publish-date", "1723621560", "name")), f"{_MINUTE}+00:00"),
    Page("a time element", _page(above=f'<time datetime="{DAY}">yesterday</time>'), DAY),
    Page("a time element, published before updated", _page(
        above=f'<p>Updated <time datetime="2024-08-20">x</time></p><p>Published <time datetime="{DAY}">y</time></p>'), DAY),
    Page("a time element with the date as its text", _page(above="<time>14 August 2024</time>"), DAY),
    Page("microdata in the article", _page(above='<span itemprop="datePublished" content="2024-08-14">x</span>'), DAY),
    Page("the day in the address", _page(head=_URL.format("2024/08/14")), DAY),
    Page("the month's name in the address", _page(head=_URL.format("news/2024/aug/14")), DAY),
    Page("a refused one, then a good one", _page(head=_linked(_article("soon")) + _meta("date", DAY, "name")), DAY),
)  # fmt: skip

UNDECLARED = (
    Page("no date at all", _page()),
    Page("a copyright line", _page(around="<footer>© 2019 Nore Gazette</footer>")),
    Page("a copyright line of a day", _page(around="<footer>Copyright 5 May 2019 Nore Gazette</footer>")),
    Page("links to other articles", _page(around='<aside>Related <a href=/x>Fire</a> <time datetime="2018-05-05">x</time></aside>')),
    Page("links to other articles, inside the article",
         _page(below='<aside><h3>Related</h3><time datetime="2018-05-05">5 May 2018</time></aside>')),
    Page("teasers in a list", _page(below='<ul><li><a href=/x>Fire</a> <time datetime="2018-05-05">x</time></li></ul>')),
    Page("a comment's date", _page(below='<div class="comment"><time datetime="2024-09-01">1 Sept</time> Shame!</div>')),
    Page("a comment's date outside", _page(around='<section id=comments><time datetime="2024-09-01">x</time></section>')),
    Page("only an update", _page(above='<p>Last updated: <time datetime="2024-08-20">x</time></p>')),
    Page("only an update in the metadata", _page(head=_meta("article:modified_time", "2024-08-20"))),
    Page("only an update in JSON-LD", _page(head=_linked({"@type": "NewsArticle", "dateModified": "2024-08-20"}))),
    Page("the site's own date", _page(head=_linked({"@type": "WebSite", "datePublished": "2011-01-01"}))),
    Page("the publisher's founding", _page(head=_linked({"@type": "NewsMediaOrganization", "foundingDate": "1855-01-01"}))),
    Page("an event's date", _page(head=_linked({"@type": "Event", "startDate": "2024-12-01"}))),
    Page("a picture's date", _page(head=_linked({"@type": "ImageObject", "datePublished": "2009-01-01"}))),
    Page("a video's date", _page(head=_linked({"@type": "VideoObject", "uploadDate": "2009-01-01"}))),
    Page("a day and a month that could change places", _page(head=_meta("date", "03/04/2024", "name"))),
    Page("the same on the page", _page(above="<p class=date>03/04/2024</p>")),
    Page("a month only", _page(head=_meta("date", "August 2024", "name"))),
    Page("a year only", _page(head=_meta("article:published_time", "2024"))),
    Page("a relative date", _page(head=_meta("date", "yesterday", "name"), above="<time>3 hours ago</time>")),
    Page("no day of the calendar", _page(head=_meta("date", "2024-02-30", "name"))),
    Page("zeros", _page(head=_meta("date", "0000-00-00", "name"))),
    Page("the first second of 1970", _page(head=_meta("date", "0", "name"))),
    Page("a clock without a day", _page(above='<time datetime="07:46">7:46</time>')),
    Page("an address with a number", _page(head=_URL.format("article/2024/081412"))),
    Page("an address with a month", _page(head=_URL.format("2024/08"))),
    Page("an address with no such day", _page(head=_URL.format("2024/02/31"))),
    Page("a day in a caption", _page(above='<figure><img src=p.jpg><figcaption>Port <time datetime="2009-01-01">in 2009</time></figcaption></figure>')),
    Page("a day quoted from elsewhere", _page(below='<blockquote>So it goes <time datetime="2009-01-01">2009</time></blockquote>')),
)  # fmt: skip
