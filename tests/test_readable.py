"""Markup, entities and lost marks: read through at the same length, or said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsextract import Article
from newsextract.language.masks import join_lines
from newsextract.language.readable import SOFT, cover_text, make_readable
from newsextract.records import Block
from newsextract.stages.layout import find_blocks


def words(text: str) -> str:
    """Return what is read, its white space single and without fillers."""
    return " ".join(make_readable(text)[0].replace(SOFT, "").split())


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("&ldquo;Yes,&rdquo; she said", "“Yes,” she said"),
        ("&quot;Yes,&quot; she said", '"Yes," she said'),
        ("&#8220;Yes,&#x201D; she said", "“Yes,” she said"),
        ("It isn&rsquo;t so&nbsp;late", "It isn’t so late"),
        ("Pen &amp; Ink", "Pen & Ink"),
        ("\u0093Yes,\u0094 she said \u0096 it\u0092s late", "“Yes,” she said – it’s late"),
        ("\ufffdYes,\ufffd she said, \ufffdit\ufffds late.\ufffd", "“Yes,” she said, “it’s late.”"),
        ("?Yes,? she said. ?It is late.?", "“Yes,” she said. “It is late.”"),
        ("``Yes,'' she said.", "“Yes,” she said."),
        ("â€œYes,â€\x9d she said â€“ itâ€™s late", "“Yes,” she said – it’s late"),
        ("â\x80\x9cYes,â\x80\x9d she said", "“Yes,” she said"),
        ("<p>One.</p><p>Two <b>or</b> three.</p>", "One. Two or three."),
        ("<b>O</b>nce <a href='/2019/05/03'>upon</a>", "Once upon"),
        ("One<!-- <p>no</p> --> two<script>if (a < b) { c() }</script>", "One two"),
    ],
)
def test_dirt_is_read_through(text: str, read: str) -> None:
    """Each piece keeps its length, and nothing is said of what is understood."""
    readable, issues = make_readable(text)
    assert len(readable) == len(text)
    assert words(text) == read
    assert issues == ()


@pytest.mark.parametrize(
    "text",
    ["5' 11'', she said", "a château", "Really? Yes. ?", "What? No? Yes?", "a < b and c > d",
     "R&D, AT&T & Co; so", "&unknown; &;",
     "<3 and <laughs>", "<!-- never closed", "<script> never closed", "“Yes,” she said", "no dirt"],
)  # fmt: skip
def test_what_only_looks_like_dirt_stays(text: str) -> None:
    """Signs, unknown names, tags that HTML does not have."""
    assert make_readable(text)[0] == text


def test_paragraphs_of_markup_are_blocks() -> None:
    """Tags between paragraphs end a line, those inside do not."""
    text = "<h1>Boats stay away today</h1><p>One <i>and</i> two.</p><p>Three.<br/>Four.</p>"
    readable = make_readable(text)[0]
    lines = [" ".join(readable[b.start : b.end].split()) for b in find_blocks(readable)]
    assert lines == ["Boats stay away today", "One and two.", "Three.", "Four."]


@pytest.mark.parametrize("text", ["The caf\ufffd is shut.", "\ufffdYes, she said.", "a \ufffd b"])
def test_what_is_lost_is_an_issue(text: str) -> None:
    """It says where the first is."""
    readable, (issue,) = make_readable(text)
    assert issue.kind == "damaged text"
    assert readable == text
    assert text[issue.start : issue.end] == "\ufffd"


def test_text_decoded_as_another_encoding_is_an_issue() -> None:
    """What stands for a letter is not guessed, only said."""
    readable, (issue,) = make_readable("The cafÃ© is shut.")
    assert readable == "The cafÃ© is shut."
    assert (issue.kind, issue.start) == ("damaged text", 7)


def test_words_broken_at_a_line_end_are_whole() -> None:
    """The hyphen stays where the word has it elsewhere too."""
    text = "A well-known inter-\nnational, well-\r\nknown North-\nSouth port"
    joined = join_lines(text, (Block("paragraph", 0, len(text)),))
    assert len(joined) == len(text)
    assert joined.replace(SOFT, "") == "A well-known international, well-known North- South port"


@settings(derandomize=True, deadline=None)
@given(st.text(st.sampled_from("a A.,?<>&;/!-\n\"'\ufffd\u0093\u0094pb#")), st.text())
def test_any_text_keeps_its_length_and_is_covered(dirty: str, other: str) -> None:
    """Whatever it holds; blocks of what is read cover what stands there."""
    for text in (dirty, other, dirty + "<p>" + other + "</p>", "<script>" + dirty):
        readable, _ = make_readable(text)
        assert len(readable) == len(text)
        position = 0
        for block in cover_text(find_blocks(readable), text):
            assert not text[position : block.start].strip()
            assert text[block.start : block.end].strip()
            position = block.end
        assert not text[position:].strip()


def test_markup_is_read_in_linear_time() -> None:
    """Openings without an end are looked at once."""
    for text in ("<!-- ", "<script>", "<a ", "&#", "<p"):
        make_readable(text * 100_000)


@pytest.mark.model
def test_a_record_of_markup_points_into_it(extractor) -> None:
    """Names and quotes are clean; offsets are the caller's."""
    text = (
        "<p>The port will shut for a week, its chief <a href='https://nore.example/2019/05/03/a'>"
        "Ann Lee</a> said on Monday.</p><p>&ldquo;We need the room,&rdquo; said Omar Diaz.</p>"
    )
    record = extractor(Article(text, published="2024-08-14"))
    assert [person.name for person in record.people] == ["Ann Lee", "Omar Diaz"]
    assert [date.value for date in record.dates] == ["P1W", "2024-08-12"]
    assert record.quotes[-1].kind == "direct"
    assert record.quotes[-1].content[0].text == "We need the room,"
    assert all(text[m.start : m.end] == m.text for p in record.people for m in p.mentions)
