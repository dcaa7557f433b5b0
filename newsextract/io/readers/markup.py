"""Convert clean article markup to text with the standard library (pages need extra ``html``)."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset((
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "tr", "table",
    "section", "article", "figure", "figcaption", "pre", "header", "footer", "aside", "hr",
    "hl1", "hl2", "block", "dt", "dd", "bq", "note", "td", "th", "abstract",
))  # fmt: skip
_SILENT = frozenset(("script", "style", "template"))
_QUOTED = r"""[^<>"']*+(?:"[^"]*+"[^<>"']*+|'[^']*+'[^<>"']*+)*+>"""
_NO_TAG = re.compile(rf"<(?!!)(?!\?[^<>]*+>)(?!/?[a-zA-Z](?:[^<>]*+>|{_QUOTED}))")
"""An unclosed tag: the parser would search to the end of the text each time."""


class TextCollector:
    """Collects the text between tags; block elements end a paragraph, ``br`` a line."""

    def __init__(self) -> None:
        self._paragraphs: list[list[str]] = [[]]
        self._silent = 0

    def start(self, tag: str) -> None:
        """Take the beginning of an element."""
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self._paragraphs.append([])
        elif tag == "br":
            self._paragraphs[-1].append("\n")

    def end(self, tag: str) -> None:
        """Handle the end of an element."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self._paragraphs.append([])

    def add(self, text: str) -> None:
        """Take the text between two tags."""
        if not self._silent:
            self._paragraphs[-1].append(re.sub(r"\s+", " ", text))

    def text(self) -> str:
        """Return what was collected: paragraphs with an empty line between them."""
        lines = ("".join(parts).strip() for parts in self._paragraphs)
        return "\n\n".join(line for line in lines if line)


class _TextParser(HTMLParser):
    """Hands tags and text of HTML to a collector."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.collector = TextCollector()

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Read "<![CDATA[…]]>"; what only begins like one is a comment, as in a browser."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.collector.start(tag)

    def handle_endtag(self, tag: str) -> None:
        self.collector.end(tag)

    def handle_data(self, data: str) -> None:
        self.collector.add(data)


def markup_to_text(markup: str) -> str:
    """Return the text of an HTML fragment: paragraphs with an empty line between them."""
    parser = _TextParser()
    parser.feed(_NO_TAG.sub("&lt;", _end_comments(markup)))
    parser.close()
    return parser.collector.text()


def _end_comments(markup: str) -> str:
    """Return ``markup`` up to a comment that never closes, as a browser reads it."""
    start = markup.find("<!--", markup.rfind("-->") + 1)
    return markup if start < 0 else markup[:start]
