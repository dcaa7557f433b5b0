"""Cut oversized pages down in linear time before they are parsed.

trafilatura's time grows with the square of a table's cells and of an element's attributes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from newsextract.article import Article, InputIssue
from newsextract.io.readers.xmltree import line_of, text_under

MOST_ELEMENTS = 30_000
MOST_CELLS = 500
MOST_ATTRIBUTES = 200
_SILENT = ("script", "style", "template", "noscript", "nav", "footer", "aside", "form", "head")
_KIND = "oversized page"


def count_elements(tree: Any) -> int:
    """Return how many elements a page has, or one more than are read, if there are more."""
    return sum(1 for _ in islice(tree.iter(), MOST_ELEMENTS + 1))


def thin_out(tree: Any) -> Iterator[InputIssue]:
    """Remove long tables and excess attributes from a page; yield an issue for each kind."""
    emptied = 0
    for table in reversed(list(tree.iter("table"))):  # inner ones before those they stand in
        if _cells(table) > MOST_CELLS:
            emptied += 1
            table.tag = "p"
            for child in list(table):
                table.remove(child)
    if emptied:
        yield InputIssue(_KIND, f"{emptied} tables of more than {MOST_CELLS} cells left out")
    crowded = [element for element in tree.iter() if len(element.attrib) > MOST_ATTRIBUTES]
    for element in crowded:
        element.attrib.clear()
    if crowded:
        yield InputIssue(_KIND, f"the attributes of {len(crowded)} elements left out")


def _cells(table: Any) -> int:
    return sum(1 for _ in islice(table.iter("td", "th", "tr"), MOST_CELLS + 1))


def read_plainly(tree: Any, *, url: str | None, issues: tuple[InputIssue, ...]) -> list[Article]:
    """Return the text of a page's ``<article>``, or of all of it, with its title."""
    part = next(tree.iter("article", "main"), tree)
    text = text_under(part, silent=_SILENT)
    if not text:
        return []
    named = {"title": line_of(tree, "title"), "url": url}
    meta = {name: value for name, value in named.items() if value}
    detail = f"more than {MOST_ELEMENTS} elements: read without telling the article from the rest"
    return [Article(text, None, None, meta, issues=(*issues, InputIssue(_KIND, detail)))]
