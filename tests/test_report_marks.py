"""The marked text: what is drawn where, and that the text stays as it was."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from report_records import make_crowded, make_emoji, make_hostile, read_example
from strategies import articles, extractions

from newsextract.records import Block, Extraction, Mention, Person
from newsextract.views.report.escape import plain, safe_link, show, writable
from newsextract.views.report.marks import MAX_DEPTH, collect_marks, mark_text


class Reader(HTMLParser):
    """Reads the text of a piece of HTML, under each mark and altogether."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.marks: dict[int, str] = defaultdict(str)
        self.deepest = 0
        self._open: list[tuple[str, int | None]] = []

    def handle_starttag(self, tag, attrs):
        number = dict(attrs).get("data-m")
        self._open.append((tag, None if number is None else int(number)))
        self.deepest = max(self.deepest, len(self._open))

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        self.text += data
        for _, number in self._open:
            if number is not None:
                self.marks[number] += data


def read(extraction: Extraction) -> Reader:
    """Return what the HTML of the marked text says."""
    reader = Reader()
    reader.feed(mark_text(extraction, collect_marks(extraction)).html)
    reader.close()
    assert not reader._open
    return reader


@pytest.mark.parametrize("make", [read_example, make_emoji, make_hostile])
def test_every_mark_holds_the_text_of_its_offsets(make):
    """Marks nest, cross and follow emoji, and each holds exactly its span."""
    extraction = make()
    reader = read(extraction)
    text = extraction.text
    assert reader.text == text
    for mark in collect_marks(extraction):
        between = text[mark.start : mark.end]
        assert reader.marks[mark.number].split() == between.split()


@given(articles(), extractions())
def test_any_record_over_any_text_keeps_the_text(text, extraction):
    """Offsets out of order or out of the text are left out; the text is never changed."""
    assert read(replace(extraction, text=text)).text == text


def test_blocks_that_overlap_or_leave_the_text_are_passed_over():
    """The first of two blocks that overlap counts."""
    layout = (Block("headline", 0, 4), Block("paragraph", 2, 9), Block("caption", 5, 99))
    html = mark_text(Extraction("x", layout=layout, text="Head tail"), ()).html
    assert '<div class="block headline" role="heading" aria-level="2">Head</div>' in html
    assert "caption" not in html
    assert '<div class="block paragraph"> tail</div>' in html


def test_a_mark_across_blocks_is_drawn_in_pieces_of_one_number():
    """A quotation may run over two paragraphs."""
    layout = (Block("paragraph", 0, 3), Block("paragraph", 5, 8))
    person = Person("P1", "x", mentions=(Mention(1, 7, "x"),))
    extraction = Extraction("x", layout=layout, people=(person,), text="abc\n\ndef")
    html = mark_text(extraction, collect_marks(extraction)).html
    assert html.count('data-m="0"') == 2
    assert read(extraction).marks[0] == "bcde"


def test_marks_nested_too_deep_are_counted_not_drawn():
    """Thousands of marks over one word do not nest thousands of elements."""
    extraction = make_crowded(4000)
    drawn = mark_text(extraction, collect_marks(extraction))
    assert drawn.left_out > 900
    assert read(extraction).deepest <= MAX_DEPTH + 3


def test_ten_thousand_marks_are_drawn_in_linear_size():
    """The HTML of marks that all cross grows with their number, not with its square."""
    small, large = (mark_text(e, collect_marks(e)) for e in map(make_crowded, (2_000, 10_000)))
    assert len(large.html) < 7 * len(small.html)


ESCAPES = [
    ("<b>&\"'", "&lt;b&gt;&amp;&quot;&#x27;", "markup is text"),
    ("a\rb", "a&#13;b", "the parser would make a newline of a bare carriage return"),
    ("a\u202eb", 'a<span class="bidi" data-c="U+202E">\u202e</span>b', "an override is shut in"),
    ("a\u200fb", "a\u200fb", "a mark without reach stays as it is"),
]


@pytest.mark.parametrize(("text", "html", "reason"), ESCAPES)
def test_show(text, html, reason):
    """Text is shown, never obeyed."""
    assert show(text) == html, reason


LINKS = [
    ("https://example.org/a?b=c#d", True, "an address"),
    (" http://example.org ", True, "white space around it"),
    ("javascript:alert(1)", False, "a script"),
    ("JaVaScRiPt:alert(1)//https://x", False, "a script that names an address"),
    ("data:text/html,x", False, "a page of its own"),
    ("//example.org", False, "no scheme"),
    ("https://a b", False, "a space inside"),
    (None, False, "nothing"),
    (7, False, "no text"),
]


@pytest.mark.parametrize(("url", "is_safe", "reason"), LINKS)
def test_safe_link(url, is_safe, reason):
    """Only web addresses become links."""
    assert (safe_link(url) is not None) is is_safe, reason


def test_what_cannot_be_written_is_replaced_one_for_one():
    """Lone surrogates and NUL would break the file or the parser."""
    assert writable("a\ud800b\x00c") == "a\ufffdb\ufffdc"
    assert plain("a\u202eb") == "ab"
