"""Harnesses of what reads text: any labels, by rules or by chance, and no model."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser

from checks import check_blocks, check_text
from standin import make_extractor, stand_in_of

from newsextract import Article, Extraction, Extractor
from newsextract.records.tables import flatten
from newsextract.stages.dates.published import find_published
from newsextract.stages.layout import find_blocks
from newsextract.views.report import render_article, render_notebook
from newsextract.views.text import render_text

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@cache
def _extractor() -> Extractor:
    return make_extractor()


def _prepare(data: bytes) -> tuple[str, Extractor]:
    """Return the text that ``data`` holds, and an extractor with the labels that it asks for."""
    extractor = _extractor()
    stand_in_of(extractor).seed = int.from_bytes(data[:2]) or None
    return data[2:].decode("utf-8", "surrogateescape"), extractor


def lay_out(data: bytes) -> None:
    """Layout and date of publication, with a headline and byline from the text or from nowhere."""
    text = data.decode("utf-8", "surrogateescape")
    lines = [*text.split("\n"), "", ""]
    for headline, byline in ((None, None), (lines[0], lines[1]), (lines[-3], text)):
        blocks = find_blocks(text, headline=headline, byline=byline)
        check_blocks(text, Extraction("a", layout=blocks))
        find_published(text, blocks, url=headline)


def run_stages(data: bytes) -> None:
    """Every stage, on labels by rules or by chance."""
    check_text(*_prepare(data))


def show(data: bytes) -> None:
    """Pages, text and tables of a record: nothing of an article becomes an element or a script."""
    text, extractor = _prepare(data)
    half = text[: len(text) // 2]
    meta = {"title": half, "byline": text, "url": half, "publisher": [text]}
    record = extractor(Article(text, id=text, meta=meta))
    assert _scripts(render_article(record)) in _own_scripts()
    render_notebook(record)
    assert not _CONTROL.search(render_text(record))
    flatten(record, store_text=True)


@cache
def _own_scripts() -> list[list[str]]:
    """Return what the pages of a record without quotes and of one with them have of their own."""
    plain = _extractor()(Article("“We won,” Ann Lee said."))
    assert plain.quotes
    return [_scripts(render_article(r)) for r in (Extraction("a", text=""), plain)]


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        dangerous = [name for name, _ in attrs if name.startswith("on")]
        if tag in ("script", "iframe", "object", "embed", "base", "form", "link") or dangerous:
            self.found.append(tag)


def _scripts(page: str) -> list[str]:
    parser = _Scripts()
    parser.feed(page)
    return parser.found


HARNESSES: dict[str, Callable[[bytes], None]] = {
    "layout": lay_out,
    "stages": run_stages,
    "shown": show,
}
