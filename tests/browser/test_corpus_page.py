"""The page of a corpus in a real browser: search, choices, looks, hostile text, many quotes."""

from __future__ import annotations

import pytest
from looks import CONTRAST, NAMELESS, OVERFLOW
from report_records import make_hostile, make_records, read_example

from newsextract.views.report import CorpusOptions, render_corpus
from newsextract.views.report.corpus.reading import rows_of_records


def open_corpus(open_page, records, **options):
    """Open the page of ``records`` and wait for its search."""
    page = open_page(render_corpus(rows_of_records(records)), **options)
    page.wait_for_selector("html.ready")
    return page


def found(page) -> str:
    """Return what the page says about the number of quotes."""
    return page.inner_text(".found [role=status]")


def search(page, words: str) -> list[str]:
    """Search for ``words`` and return the statements that are shown."""
    page.fill("#words", words)
    page.locator(f'.quotes[data-words="{words}"]').wait_for(state="attached")
    return page.locator(".quotes blockquote").all_inner_texts()


def test_the_search_finds_words_anywhere(open_page):
    """In the statement, the speaker's name or the title; without case and accents."""
    page = open_corpus(open_page, [*make_records(60), read_example().to_dict()])
    assert found(page) == "75 quotes"
    assert page.locator(".quotes > li").count() == 40
    assert search(page, "sentence 17") == ["sentence 17"]
    assert len(search(page, "ann lee")) == 20
    assert search(page, "KALNINA flour") != []
    assert search(page, "no such words") == []
    assert found(page) == "0 quotes of 75"


def test_what_was_searched_is_lit_up(open_page):
    """Found words are marked in the statement."""
    page = open_corpus(open_page, make_records(9))
    search(page, "SENTENCE 3")
    assert page.locator(".quotes mark").all_inner_texts()[:2] == ["sentence", "3"]


def test_a_name_chooses_its_statements(open_page):
    """The list of names is a list of questions, and can be taken back."""
    page = open_corpus(open_page, make_records(30), reduced_motion="reduce")
    page.click(".pick[data-voice] >> text=Bo Diaz")
    assert found(page) == "10 quotes of 30"
    assert page.locator(".pick[aria-pressed=true]").inner_text() == "Bo Diaz"
    page.click(".drop")
    assert found(page) == "30 quotes"


def test_kinds_can_be_chosen(open_page):
    """Kind and source narrow the search."""
    page = open_corpus(open_page, [*make_records(30), read_example().to_dict()])
    page.select_option("#kind", "stance")
    assert found(page) == "2 quotes of 45"
    page.select_option("#kind", "")
    page.click(".pick[data-kind=document]")
    assert found(page) == "2 quotes of 45"


def test_more_is_shown_when_asked(open_page):
    """The list grows by a page, and the focus goes on to what is new."""
    page = open_corpus(open_page, make_records(100))
    page.click(".more")
    assert page.locator(".quotes > li").count() == 80
    page.click(".more")
    assert page.locator(".quotes > li").count() == 100
    assert page.locator(".more").is_hidden()


def test_links_lead_to_the_statement(open_page):
    """A page of an article is opened at the statement; an address as it is."""
    rows = rows_of_records(make_records(2))
    page = open_page(render_corpus(rows, CorpusOptions(pages={"a0": "p/a0.html"})))
    page.wait_for_selector("html.ready")
    links = page.locator(".quotes .from a").evaluate_all(
        "(all) => all.map((a) => a.getAttribute('href'))"
    )
    assert sorted(links) == ["https://example.org/1", "p/a0.html#Q1"]


def test_hostile_text_does_nothing(open_page):
    """Names, titles and statements are only text, in the list of the script too."""
    page = open_corpus(open_page, [make_hostile().to_dict()])
    search(page, "<script")
    assert page.title() != "broken"
    assert page.locator(".sheet img, .sheet script, a[href^=javascript]").count() == 0


def test_without_script_the_counts_are_there(open_page):
    """Charts, map and the newest statements need no script."""
    page = open_page(render_corpus(rows_of_records(make_records(30))), java_script_enabled=False)
    assert page.locator(".times rect.direct").count()
    assert page.locator(".map .dot").count() == 1
    assert page.locator(".quotes > li").count() == 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough(open_page, scheme):
    """Every text has a contrast of 4.5 to 1 (WCAG AA)."""
    page = open_corpus(open_page, [*make_records(9), read_example().to_dict()], color_scheme=scheme)
    search(page, "the")
    assert page.evaluate(CONTRAST) == []


def test_everything_has_a_name(open_page):
    """A screen reader has a word for each control."""
    assert open_corpus(open_page, make_records(9)).evaluate(NAMELESS) == []


@pytest.mark.parametrize("records", [make_records(9), [make_hostile().to_dict()]])
def test_a_narrow_screen_needs_no_sideways_scrolling(open_page, records):
    """At 360 pixels everything fits."""
    page = open_corpus(open_page, records, viewport={"width": 360, "height": 780})
    assert page.evaluate(OVERFLOW) <= 0


def test_a_hundred_thousand_quotes_can_be_searched(open_page):
    """The page stays usable: it is ready, and finds, in seconds on a busy machine."""
    records = make_records(1000)
    for record in records:
        quote = record["quotes"][0]
        record["quotes"] = [quote | {"id": f"Q{i}"} for i in range(100)]
    page = open_corpus(open_page, records)
    assert found(page) == "100,000 quotes"
    assert len(search(page, "sentence 7")) == 40
