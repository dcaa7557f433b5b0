"""The page of a corpus in a real browser: filters, charts, the list, looks, many articles."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from invented_corpus import make_records as invent_records
from looks import CONTRAST, NAMELESS, OVERFLOW, SCREENS, find_faults, processor_time
from report_records import make_hostile, make_records, read_example

from newsextract.views.report import CorpusOptions, render_corpus
from newsextract.views.report.corpus.reading import rows_of_extractions, rows_of_records

WIDE = {"viewport": {"width": 1400, "height": 844}}
GENDERS = ("female", "male", None)


def make_varied(number: int = 60) -> list[dict]:
    """Return small records with publishers, genders, cues, countries and, of one, another year."""
    records = make_records(number)
    for i, record in enumerate(records):
        record["meta"]["publisher"] = ("Herald", "Echo")[i % 2]
        record["people"][0]["gender"] = GENDERS[i % 3]
        record["quotes"][0]["score"] = 0.5 + i / 1000
        record["quotes"][0]["cue"] = {"start": 0, "end": 4, "text": "said"}
        record["places"][0] |= {"country_code": ("GB", "LV")[i % 4 == 0]}
        record["places"][0] |= {"name": ("Nore", "Riga")[i % 4 == 0], "geonames_id": i % 4 == 0}
    records[5]["published"] = "1931-01-01"
    return records


def open_corpus(open_page, records, options=None, **screen):
    """Open the page of ``records`` and wait for its script."""
    page = open_page(render_corpus(rows_of_records(records), options), **screen)
    page.wait_for_selector("html.ready")
    return page


def found(page) -> str:
    """Return what the page says about the number of statements."""
    page.wait_for_selector("html.ready")
    return page.inner_text(".found [role=status]")


def search(page, words: str) -> list[str]:
    """Search for ``words`` and return the statements that are shown."""
    page.fill("[name=words]", words)
    page.wait_for_function(
        "(words) => document.documentElement.matches('.ready') && chosen.words === words",
        arg=words,
    )
    return page.locator(".quotes blockquote .said").all_inner_texts()


def test_words_are_found_anywhere(open_page):
    """In the statement, the speaker's name or the title; without case and accents."""
    page = open_corpus(open_page, [*make_records(60), read_example().to_dict()])
    assert found(page) == "73 statements in 61 articles"
    assert page.locator(".quotes > li").count() == 20
    assert search(page, "sentence 17") == ["sentence 17"]
    search(page, "ann lee")
    assert found(page).startswith("20 statements")
    assert search(page, "KALNINA flour") != []
    assert search(page, "no such words") == []
    assert found(page) == "0 statements in 0 articles"


def test_a_phrase_is_found_as_it_stands(open_page):
    """Words in quotation marks stand together and whole; a word alone may go on."""
    records = make_records(3)
    texts = ("against illegal immigration", "immigration that is illegal", "illegal immigrations")
    for record, text in zip(records, texts, strict=True):
        record["quotes"][0]["content"][0]["text"] = text
    page = open_corpus(open_page, records)
    assert search(page, '"Illegal immigration"') == [texts[0]]
    assert sorted(search(page, "illegal immigration")) == sorted(texts)
    assert page.locator(".quotes mark").count() >= 6


@pytest.mark.parametrize("screen", SCREENS)
def test_filters_work_together_and_live_in_the_address(open_page, screen):
    """All at once, after a reload, and back again."""
    page = open_corpus(open_page, make_varied(), **screen)
    assert found(page) == "60 statements in 60 articles"
    page.select_option("[name=publisher]", "Herald")
    assert found(page) == "30 statements in 30 articles"
    page.select_option("[name=country]", "LV")
    assert found(page) == "15 statements in 15 articles"
    page.select_option("[name=kind]", "direct")
    assert found(page) == "5 statements in 5 articles"
    page.fill("[name=from]", "2025-03-01")
    page.fill("[name=to]", "2025-06-30")
    assert found(page) == "2 statements in 2 articles"
    assert {"publisher=Herald", "country=LV", "kind=direct", "from=2025-03-01"} <= set(
        page.url.partition("#")[2].split("&")
    )
    page.reload()
    assert found(page) == "2 statements in 2 articles"
    assert page.input_value("[name=publisher]") == "Herald"
    assert page.input_value("[name=from]") == "2025-03-01"
    for expected in ("", "5 statements in 5 articles", "15 statements in 15 articles"):
        page.go_back()
        assert expected in found(page)
    page.click(".drop >> text=publisher: Herald")
    assert found(page) == "15 statements in 15 articles"
    page.go_back()
    page.click(".clear")
    assert found(page) == "60 statements in 60 articles"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [("mode", "stance", "2 stances"), ("mode", "all", "75 quotes"), ("who", "document", "2 state"),
     ("gender", "female", "20 state"), ("kind", "mixed", "23 state")],
)  # fmt: skip
def test_each_menu_filters(open_page, name, value, expected):
    """Mode, kind of speaker, gender and kind."""
    page = open_corpus(open_page, [*make_varied(), read_example().to_dict()])
    page.select_option(f"[name={name}]", value)
    assert found(page).startswith(expected)


def test_a_speaker_is_chosen_by_a_part_of_the_name(open_page):
    """Names are proposed while one types; an address with a name that is none finds nothing."""
    page = open_corpus(open_page, make_varied())
    page.fill("[name=speaker]", "bo d")
    assert page.locator("#speakers option").evaluate_all("(all) => all.map((o) => o.value)") == [
        "Bo Diaz"
    ]
    page.keyboard.press("Tab")
    assert found(page).startswith("20 statements")
    assert "speaker=Bo+Diaz" in page.url


@pytest.mark.parametrize("screen", SCREENS)
def test_bars_names_and_dots_are_filters(open_page, screen):
    """Each click narrows everything else, a second takes it back."""
    page = open_corpus(open_page, make_varied(), **screen)
    page.click("#voices .pick >> text=Bo Diaz")
    assert found(page).startswith("20 statements")
    assert page.locator("#voices .pick[aria-pressed=true]").inner_text() == "Bo Diaz"
    assert page.locator("#voices .pick").count() == 3
    page.click("#genders .pick >> nth=0")
    assert found(page) == "20 statements in 20 articles"
    page.click(".map .dot circle >> nth=0", force=True)
    found(page)
    assert "place=" in page.url
    page.click("#voices .pick[aria-pressed=true]")
    found(page)
    assert "speaker" not in page.url
    page.click("#pairs-publishers th .pick >> text=Herald")
    found(page)
    assert "publisher=Herald" in page.url


def test_places_of_one_name_are_filters_apart(open_page):
    """The later one is told by its country; in the address too."""
    records = make_records(5)
    for record in records[3:]:
        record["places"][0] |= {"geonames_id": 8, "country_code": "US"}
    page = open_corpus(open_page, records, **WIDE)
    assert page.locator("#places .pick").all_inner_texts() == ["Nore", "Nore (US)"]
    page.click("#places .pick >> text=Nore (US)")
    assert found(page) == "2 statements in 2 articles"
    page.reload()
    assert found(page) == "2 statements in 2 articles"
    assert page.locator(".map .dot.hot").get_attribute("data-r") == "1"
    page.click("#places .pick >> nth=0")
    assert found(page) == "3 statements in 3 articles"


def test_a_place_counts_the_same_once_it_is_chosen(open_page):
    """Articles without a statement too, as long as nothing is asked of statements."""
    records = make_records(3)
    records[0]["quotes"] = []
    page = open_corpus(open_page, records, **WIDE)
    before = page.inner_text("#places tbody tr")
    page.click("#places .pick")
    assert found(page) == "2 statements in 3 articles"
    assert page.inner_text("#places tbody tr") == before
    assert before.split() == ["Nore", "GB", "3", "6"]


@pytest.mark.parametrize(
    ("control", "after"),
    [
        ("#voices .pick", "#voices .pick[aria-pressed=true]"),
        (".quotes .pick >> nth=1", ".quotes li:first-child .pick[aria-pressed=true]"),
        ("[data-bar='1']", "[data-bar='0']"),
        (".zoom-all", "[data-bar='0']"),
        (".drop >> nth=1", ".drop"),
        (".clear", ".download"),
    ],
)
def test_the_focus_stays_where_it_was(open_page, control, after):
    """What is drawn anew gets it back, or what stands first in the same place."""
    page = open_corpus(open_page, make_records(9), **WIDE)
    page.fill("[name=from]", "2025-01-01")
    page.select_option("[name=kind]", "direct")
    found(page)
    page.focus(control)
    page.keyboard.press("Enter")
    found(page)
    assert page.evaluate("(after) => document.activeElement.matches(after)", after)


def bars(page) -> list[str]:
    """Return what the bars over time say."""
    return page.locator("[data-bar]").evaluate_all("(all) => all.map((b) => b.ariaLabel)")


@pytest.mark.parametrize("screen", SCREENS)
def test_one_odd_year_does_not_flatten_the_rest(open_page, screen):
    """It is left out and said to be; a bar zooms in, a button out."""
    page = open_corpus(open_page, make_varied(), **screen)
    assert page.inner_text(".axis span >> nth=0").endswith("2025")
    assert "1 statement of other years" in page.inner_text(".time-note")
    page.click(".zoom-all")
    assert found(page) == "60 statements in 60 articles"
    assert any(label.startswith("1930–1931") or "1931" in label for label in bars(page))
    page.click(".zoom-all")
    bar = page.locator("[data-bar]:has(rect.direct)").first
    bar.click(position={"x": 2, "y": 60})
    assert found(page) == "7 statements in 7 articles"
    assert "from=2025-01" in page.url
    page.click(".zoom-out")
    page.click(".zoom-out")
    assert not found(page).startswith("7 ")


def test_the_days_around_a_chosen_one_say_what_they_hold(open_page):
    """And a search that finds nothing does not say that nothing is dated."""
    records = make_records(3)
    for record, day in zip(records, ("11", "12", "30"), strict=True):
        record["published"] = f"2025-01-{day}"
    page = open_corpus(open_page, records, **WIDE)
    page.fill("[name=from]", "2025-01-11")
    page.fill("[name=to]", "2025-01-11")
    assert found(page) == "1 statement in 1 article"
    assert {"11 January 2025: 1 statement", "12 January 2025: 1 statement"} <= set(bars(page))
    search(page, "no such words")
    assert page.inner_text(".time-note") == ""


def test_a_drag_over_bars_chooses_their_time(open_page):
    """From the first to the last that the pointer went over."""
    page = open_corpus(open_page, make_varied(), **WIDE)
    boxes = [page.locator("[data-bar]").nth(i).bounding_box() for i in (0, 30)]
    page.mouse.move(boxes[0]["x"] + 3, boxes[0]["y"] + 50)
    page.mouse.down()
    page.mouse.move(boxes[1]["x"] + 3, boxes[1]["y"] + 50, steps=4)
    assert page.locator("[data-bar].in").count() == 31
    page.mouse.up()
    found(page)
    assert "from=" in page.url
    assert "to=" in page.url


def test_the_axis_of_time_answers_to_keys(open_page):
    """One stop; arrows go from bar to bar and Enter zooms in."""
    page = open_corpus(open_page, make_varied(), **WIDE)
    page.focus("[data-bar='0']")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.bar") == "1"
    page.keyboard.press("Enter")
    found(page)
    assert "from=" in page.url


def test_a_statement_is_shown_with_all_that_is_known(open_page):
    """Speaker, cue, sentence with the content set off, publisher, day, score and kind."""
    page = open_page(render_corpus(rows_of_extractions([read_example()])), **WIDE)
    page.wait_for_selector("html.ready")
    search(page, "rest hours")
    item = page.locator(".quotes > li").first
    text = item.inner_text()
    assert "Marta Ozola told" in text
    assert "The Harbour News" in text
    assert "14 May 2024" in text
    assert "98 % sure" in text
    assert item.locator(".said").inner_text().startswith("We asked for rest hours")
    assert "president of the Latvian" in item.locator(".around").all_inner_texts()[-1]


def test_links_lead_into_the_text(open_page):
    """To the statement on the page of an article, or to its words on the web."""
    page = open_corpus(open_page, make_records(2), CorpusOptions(pages={"a0": "p/a0.html"}))
    links = page.locator(".quotes .from a").evaluate_all(
        "(all) => all.map((a) => a.getAttribute('href'))"
    )
    assert sorted(links) == ["https://example.org/1#:~:text=sentence%201", "p/a0.html#Q1"]


def test_a_citation_is_copied(open_page):
    """Who, what, where, when, and the link."""
    page = open_corpus(open_page, make_varied(12), **WIDE)
    page.evaluate("navigator.clipboard.writeText = async (text) => (window.copied = text)")
    search(page, '"sentence 0"')
    page.click(".copy >> nth=0")
    assert page.evaluate("window.copied") == (
        "Ann Lee: “sentence 0”. “Title 0”, Herald, 11 January 2025. "
        "https://example.org/0#:~:text=sentence%200"
    )
    assert page.inner_text(".copy >> nth=0") == "Copied"


@pytest.mark.parametrize("screen", SCREENS)
def test_the_result_is_downloaded_as_csv(open_page, screen):
    """What the filters leave, with every column; no cell is a formula."""
    records = make_varied()
    records[7]["quotes"][0]["content"][0]["text"] = '=HYPERLINK("x"), 7'
    page = open_corpus(open_page, records, **screen)
    page.select_option("[name=publisher]", "Echo")
    with page.expect_download() as download:
        page.click(".download")
    assert download.value.suggested_filename == "quotes.csv"
    text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    rows = {row["article"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert len(rows) == 30
    assert rows["a1"] == {
        "article": "a1", "date": "2025-02-11", "title": "Title 1", "publisher": "Echo",
        "link": "https://example.org/1#:~:text=sentence%201", "quote": "Q1", "speaker": "Bo Diaz",
        "speaker_kind": "person", "gender": "male", "cue": "said", "kind": "mixed",
        "mode": "statement", "score": "0.5", "content": "sentence 1", "sentence": "sentence 1",
    }  # fmt: skip
    assert rows["a7"]["content"] == '\'=HYPERLINK("x"), 7'


def test_shares_of_women_and_men(open_page):
    """Of the quotes of people, as far as it is known."""
    page = open_corpus(open_page, make_varied(), **WIDE)
    rows = page.locator("#genders tbody tr").all_inner_texts()
    assert [row.split()[0] for row in rows] == ["Women", "Men", "Not"]
    assert all("20 · 33 %" in row for row in rows)


def test_who_quotes_whom_and_who_speaks_of_whom(open_page):
    """Publishers and their speakers; those who pass on; speakers and those they mention."""
    records = make_varied(12)
    for record in records:
        record["people"].append(record["people"][0] | {"id": "P2", "name": "Di Roe"})
        record["quotes"][0]["mentions"] = ["P1", "P2"]
    page = open_corpus(open_page, [*records, read_example().to_dict()], **WIDE)
    herald = page.locator("#pairs-publishers tr:has-text('Herald')").inner_text()
    assert "Ann Lee" in herald
    assert page.locator("#pairs-relays").is_hidden()
    assert "Di Roe" in page.locator("#pairs-about").inner_text()


def test_more_is_shown_when_asked(open_page):
    """The list grows by a page, and the focus goes on to what is new."""
    page = open_corpus(open_page, make_records(50))
    page.click(".more")
    page.locator(".quotes > li").nth(39).wait_for()
    page.click(".more")
    page.locator(".quotes > li").nth(49).wait_for()
    assert page.locator(".more").is_hidden()


def test_hostile_text_does_nothing(open_page):
    """Names, titles and statements are only text, in what the script draws too."""
    hostile = make_hostile()
    page = open_page(render_corpus(rows_of_extractions([hostile, replace(hostile, id="b")])))
    page.wait_for_selector("html.ready")
    page.select_option("[name=mode]", "all")
    search(page, "<script")
    assert page.title() != "broken"
    assert page.locator(".sheet img, .sheet script, a[href^=javascript]").count() == 0


@pytest.mark.parametrize("address", ["#%E0%A4%A", "#from=soon&country=%3Cimg%3E&kind=x", "#search"])
def test_a_strange_address_breaks_nothing(open_page, address):
    """The page opens, whatever stands behind its name."""
    page = open_corpus(open_page, make_records(3))
    page.goto("about:blank")
    page.goto(page_url(page, address))
    assert "statement" in found(page)


def page_url(page, address: str) -> str:
    """Return the address of the page that was open before, with another end."""
    page.go_back()
    return page.url.partition("#")[0] + address


def test_without_script_the_counts_are_there(open_page):
    """Totals, names, kinds and the newest statements need no script."""
    page = open_page(render_corpus(rows_of_records(make_records(30))), java_script_enabled=False)
    assert "Ann Lee\t\t10" in page.inner_text("#voices table")
    assert page.locator(".map .dot").count() == 1
    assert page.locator(".quotes > li").count() == 20


@pytest.mark.parametrize("screen", SCREENS)
def test_looks(open_page, screen):
    """Contrast, names of controls, nothing wider than the screen, no serious fault by axe-core."""
    page = open_corpus(open_page, [*make_varied(), read_example().to_dict()], **screen)
    search(page, "the")
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(OVERFLOW) <= 0
    assert find_faults(page) == []


def test_hostile_text_fits_a_narrow_screen(open_page):
    """At 360 pixels too."""
    narrow = {"viewport": {"width": 360, "height": 780}}
    page = open_corpus(open_page, [make_hostile().to_dict()], **narrow)
    assert page.evaluate(OVERFLOW) <= 0


def test_sentences_are_unpacked_on_demand(open_page):
    """Of many packs the page opens the first; a search opens them all."""
    records = make_records(1000)
    for record in records:
        quote = record["quotes"][0]
        record["quotes"] = [quote | {"id": f"Q{i}"} for i in range(20)]
    page = open_corpus(open_page, records)
    unpacked = "() => [lines.filter(Boolean).length, packs.length]"
    assert page.evaluate(unpacked) == [1, 5]
    search(page, "sentence 7")
    assert page.evaluate(unpacked) == [5, 5]


@pytest.mark.slow
def test_twenty_thousand_articles_open_in_three_seconds(open_page):
    """Of the page's own work, which does not count what else the machine does."""
    page = open_page(render_corpus(rows_of_records(invent_records(20_000))))
    page.wait_for_selector("html.ready")
    assert processor_time(page, ready="html.ready") < 3
