"""Clean article markup to text, by the standard library alone (a page needs extra ``html``)."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset((
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "tr", "table",
    "section", "article", "figure", "figcaption", "pre", "header", "footer", "aside", "hr",
))  # fmt: skip
_SILENT = frozenset(("script", "style", "template"))


class _TextParser(HTMLParser):
    """Collects text; block elements end a paragraph, ``br`` a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[list[str]] = [[]]
        self._silent = 0

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Read "<![CDATA[…]]>"; what only begins like one is a comment, as in a browser."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self.paragraphs.append([])
        elif tag == "br":
            self.paragraphs[-1].append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self.paragraphs.append([])

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.paragraphs[-1].append(re.sub(r"\s+", " ", data))


def markup_to_text(markup: str) -> str:
    """Return the text of an HTML fragment: paragraphs with an empty line between them."""
    parser = _TextParser()
    parser.feed(markup)
    parser.close()
    paragraphs = ("".join(parts).strip() for parts in parser.paragraphs)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
