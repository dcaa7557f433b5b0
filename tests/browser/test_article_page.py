"""The page of an article in a real browser: marks, clicks, keys, looks, and hostile text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from looks import (
    CONTRAST,
    MARKS,
    NAMELESS,
    OVERFLOW,
    OVERLAPS,
    SCREENS,
    find_faults,
    processor_time,
)
from report_records import make_crowded, make_emoji, make_hostile, read_example

from newsextract.records import Context, Extraction, Quote, Source, Span
from newsextract.views.report import render_article
from newsextract.views.report.escape import writable
from newsextract.views.report.marks import collect_marks

expect = pytest.importorskip("playwright.sync_api", reason="needs Playwright").expect

NARROW = {"viewport": {"width": 360, "height": 780}}


def open_example(open_page, **options):
    """Open the page of the example."""
    return open_page(render_article(read_example()), **options)


@pytest.mark.parametrize("make", [read_example, make_emoji, make_hostile])
def test_marks_are_where_the_offsets_say(open_page, make):
    """Offsets count code points: an emoji before a mark does not shift it."""
    extraction = make()
    page = open_page(render_article(extraction))
    text = writable(extraction.text)
    assert page.locator(".text").evaluate("(e) => e.textContent") == text
    drawn = page.evaluate(MARKS)
    for mark in collect_marks(extraction):
        assert drawn[str(mark.number)].split() == text[mark.start : mark.end].split()


def test_carriage_returns_stay(open_page):
    """A text with CRLF line ends keeps them."""
    page = open_page(render_article(Extraction("x", text="One\r\nTwo\rThree\n")))
    assert page.locator(".text").evaluate("(e) => e.textContent") == "One\r\nTwo\rThree\n"


@pytest.mark.parametrize(("tab", "record"), [("statements", "Q15"), ("who", "P5"),
                                             ("places", "L11"), ("dates", "T12")])  # fmt: skip
def test_a_click_on_a_record_scrolls_to_the_text(open_page, tab, record):
    """Each kind of record leads to its place in the text."""
    page = open_example(open_page, reduced_motion="reduce")
    page.click(f"#tab-{tab}")
    mark = page.locator(f'.text [data-r="{record}"], .text .quote[data-q="{record}"]').first
    page.click(f"#{record} .go")
    expect(mark).to_be_in_viewport(ratio=0.99)
    assert page.locator(".text .hot").count()


def test_a_second_click_goes_to_the_next_mention(open_page):
    """The records of a person lead through its mentions, and round again."""
    page = open_example(open_page, reduced_motion="reduce")
    page.click("#tab-who")
    words = []
    for _ in range(4):
        page.click("#P2 .go")
        words.append(page.inner_text(".pill-text"))
    assert words == [f"Marta Ozola, person · {n} of 3" for n in (1, 2, 3, 1)]


def test_a_click_on_a_mark_opens_its_record(open_page):
    """The panel with the record opens and shows it."""
    page = open_example(open_page, reduced_motion="reduce")
    page.click('.text mark[data-r="L7"]')
    assert page.locator("#panel-places").is_visible()
    assert page.locator("#panel-statements").is_hidden()
    expect(page.locator("#L7")).to_be_in_viewport(ratio=0.99)
    assert "hot" in page.get_attribute("#L7", "class")


@pytest.mark.parametrize("act", ["hover", "focus"])
def test_a_statement_is_joined_to_its_speaker(open_page, act):
    """On hover and on focus: the source lights up and a line leads to the words."""
    page = open_example(open_page)
    getattr(page, act)('.chip[data-r="Q5"]')
    assert page.locator('.text .source.hot[data-q="Q5"]').count()
    assert page.locator('.text mark.warm[data-r="P3"]').count() == 2
    assert page.locator(".join path.near").count() == 1
    assert "hot" in page.get_attribute("#Q5", "class")


def test_a_pronoun_is_joined_to_the_name(open_page):
    """A source that is no mention of its person is led back to the last name before it."""
    example = read_example()
    sources = tuple(replace(s, entity="P2") if s.id == "S11" else s for s in example.sources)
    page = open_page(render_article(replace(example, sources=sources)))
    page.hover('.chip[data-r="Q13"]')
    assert page.locator(".join path.far").count() == 1


def test_the_keyboard_reaches_everything(open_page):
    """One stop for the text, arrows from mark to mark, Enter to the record, Escape lets go."""
    page = open_example(open_page)
    page.focus(".legend button:last-child")
    page.keyboard.press("Tab")
    focused = "document.activeElement"
    assert page.evaluate(f"{focused}.matches('.text mark')")
    assert page.inner_text(".pill-text").startswith("Baltic, place")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{focused}.textContent") == "second week"
    page.keyboard.press("Enter")
    assert page.evaluate(f"{focused}.closest('.rec')?.dataset.r") == "T1"
    page.keyboard.press("Escape")
    assert page.locator(".hot").count() == 0


def test_tabs_answer_to_arrows(open_page):
    """The pattern of tabs: one stop, arrows choose, the panel is named by its tab."""
    page = open_example(open_page)
    page.focus("#tab-statements")
    page.keyboard.press("ArrowRight")
    assert page.get_attribute("#tab-who", "aria-selected") == "true"
    assert page.locator("#panel-who").is_visible()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.locator("#panel-notes").is_visible()


def test_kinds_can_be_hidden(open_page):
    """The legend's buttons say whether they are pressed."""
    page = open_example(open_page)
    page.click("[data-show=place]")
    assert page.get_attribute("[data-show=place]", "aria-pressed") == "false"
    color = page.locator(".text mark.place").first.evaluate(
        "(e) => getComputedStyle(e).borderBottomColor"
    )
    assert color == "rgba(0, 0, 0, 0)"


def test_hidden_numbers_are_no_stops(open_page):
    """Arrows pass over them, and Tab still leads into the text."""
    page = open_example(open_page)
    focused = "document.activeElement"
    number = page.evaluate("""() => {
      const stops = [...document.querySelectorAll(".text :is(mark, .chip)")];
      return stops.findIndex((stop) => stop.matches(".chip")) - 1;
    }""")
    before = page.locator(".text :is(mark, .chip)").nth(number)
    before.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{focused}.matches('.chip')")
    page.click("[data-show=quote]")
    expect(page.locator(".text [tabindex='0']")).to_be_visible()
    before.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"{focused}.matches('mark')")
    expect(before).not_to_be_focused()


def test_without_script_everything_is_there(open_page):
    """All panels are shown, and a statement's number leads to its record."""
    page = open_example(open_page, java_script_enabled=False)
    for name in ("statements", "who", "places", "dates", "notes"):
        assert page.locator(f"#panel-{name}").is_visible()
    assert page.get_attribute('.chip[data-r="Q3"]', "href") == "#Q3"


def test_in_print_everything_is_there(open_page):
    """All panels are printed, and no button is."""
    page = open_example(open_page)
    page.emulate_media(media="print")
    for name in ("statements", "who", "places", "dates", "notes"):
        assert page.locator(f"#panel-{name}").is_visible()
    assert page.locator(".tabs").is_hidden()
    assert page.locator(".ask").is_hidden()
    for number, name in ((2, "Marta Ozola"), (15, "Estonia")):
        assert page.locator(f"#Q{number} .num").inner_text().endswith(str(number))
        assert page.locator(f"#Q{number} .go").inner_text() == name
        assert page.locator(f'.text .chip[data-r="Q{number}"]').is_visible()
    assert page.evaluate(OVERLAPS, ".chip, .num") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tab", ["statements", "who", "places", "dates", "notes"])
def test_contrast_is_enough(open_page, scheme, tab):
    """Every text has a contrast of 4.5 to 1 (WCAG AA), lit up or not."""
    page = open_example(open_page, color_scheme=scheme, reduced_motion="reduce")
    page.click(f"#tab-{tab}")
    assert page.evaluate(CONTRAST) == []
    page.hover('.chip[data-r="Q5"]')
    assert page.evaluate(CONTRAST) == []


def test_everything_has_a_name(open_page):
    """A screen reader has a word for each control."""
    assert open_example(open_page).evaluate(NAMELESS) == []


@pytest.mark.parametrize("make", [read_example, make_hostile])
def test_a_narrow_screen_needs_no_sideways_scrolling(open_page, make):
    """At 360 pixels everything fits."""
    page = open_page(render_article(make()), **NARROW)
    assert page.evaluate(OVERFLOW) <= 0


def test_on_a_narrow_screen_a_tap_opens_the_statement_in_place(open_page):
    """The record opens over the text, Back goes back, and the text has not moved."""
    page = open_example(open_page, **NARROW, reduced_motion="reduce")
    chip = page.locator('.text .chip[data-r="Q5"]')
    chip.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    chip.click()
    assert "fair, funded and final" in page.inner_text(".sheet blockquote")
    assert page.url.endswith("#Q5")
    expect(chip).to_be_in_viewport(ratio=0.99)
    page.go_back()
    expect(page.locator(".sheet")).to_be_hidden()
    assert page.evaluate("scrollY") == before
    assert not page.url.endswith("#Q5")


def test_a_tapped_statement_closes_and_leads_to_the_list(open_page):
    """The sheet has a button back to the text, and a link to the record in the list."""
    page = open_example(open_page, **NARROW, reduced_motion="reduce")
    page.click('.text mark[data-r="P2"]')
    page.click(".sheet .said-list a >> nth=1")
    assert "written promise" in page.inner_text(".sheet blockquote")
    page.click(".sheet-close")
    expect(page.locator(".sheet")).to_be_hidden()
    page.click('.text mark[data-r="P2"]')
    page.click(".sheet-list")
    expect(page.locator("#P2")).to_be_in_viewport(ratio=0.99)


@pytest.mark.parametrize("screen", SCREENS)
def test_an_address_scrolls_the_text_and_the_list(open_page, screen):
    """``#Q14`` shows the statement in the text and in its record, with motion and without."""
    page = open_example(open_page, **screen)
    address = page.url + "#Q14"
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator('.text .quote[data-q="Q14"]').first).to_be_in_viewport(ratio=0.99)
    wide = screen["viewport"]["width"] > 900
    card = page.locator("#Q14") if wide else page.locator(".sheet .rec")
    expect(card).to_be_in_viewport(ratio=0.99)
    assert "freight" in card.inner_text()


@pytest.mark.parametrize("screen", SCREENS)
def test_words_are_found_in_text_and_statements(open_page, screen):
    """Without case and accents; Enter goes from place to place."""
    page = open_example(open_page, **screen, reduced_motion="reduce")
    page.fill("#find", "LIEPAJA")
    assert page.inner_text("#found") == "1 in the text, 0 of 15 statements"
    page.fill("#find", "friday")
    assert page.inner_text("#found") == "2 in the text, 1 of 15 statements"
    assert page.locator(".rec.said:visible").count() == 1
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.inner_text("#found") == "2 of 2 in the text"
    expect(page.locator(".block.duplicate")).to_be_in_viewport()
    page.fill("#find", "")
    assert page.locator(".rec.said:visible").count() == 15


@pytest.mark.parametrize("screen", SCREENS)
def test_a_speaker_can_be_chosen(open_page, screen):
    """Only the speaker's statements stay in the list and tinted in the text."""
    page = open_example(open_page, **screen)
    page.select_option("#speaker", label="Marta Ozola (2)")
    assert page.locator(".rec.said:visible").count() == 2
    assert page.locator(".text .quote:not(.out)").evaluate_all(
        "(all) => [...new Set(all.map((e) => e.dataset.q))]"
    ) == ["Q2", "Q3"]


def make_numbered(number: int) -> Extraction:
    """Return a record with ``number`` statements in one paragraph."""
    said = [f"It is {i} now. " for i in range(number)]
    ends = [sum(map(len, said[: i + 1])) for i in range(number)]
    quotes = tuple(
        Quote(f"Q{i + 1}", kind, "statement", (Span(end - len(words), end - 2, words[:-2]),),
              None, None, Context(0, 1), "S1")
        for i, (words, end) in enumerate(zip(said, ends, strict=True))
        for kind in (("direct", "indirect", "mixed")[i % 3],)
    )  # fmt: skip
    source = Source("S1", "person", "Ann Lee", None, (), tuple(q.id for q in quotes))
    return Extraction("long", quotes=quotes, sources=(source,), text="".join(said))


@pytest.mark.parametrize("screen", SCREENS)
def test_badges_never_cover_text(open_page, screen):
    """Numbers of three digits too, in the text and in the list."""
    page = open_page(render_article(make_numbered(120)), **screen)
    assert page.locator(".chip, .said > .num").count() == 240
    assert page.evaluate(OVERLAPS, ".chip, .num") == []


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_no_serious_fault(open_page, screen):
    """On every panel, with a sheet open, and filtered."""
    page = open_example(open_page, **screen, reduced_motion="reduce")
    assert find_faults(page) == []
    for tab in ("who", "places", "dates", "notes", "statements"):
        page.click(f"#tab-{tab}")
        assert find_faults(page) == []
    page.fill("#find", "strike")
    page.click('.text .chip[data-r="Q5"]')
    assert find_faults(page) == []


def test_marks_have_roles_and_labels(open_page):
    """A screen reader says whose mention a mark is, and who made a statement."""
    page = open_example(open_page)
    pronoun = page.get_by_role("group", name="Henrik Aalto, person", exact=True).last
    assert pronoun.inner_text() == "He"
    name = "Statement 2, direct, Marta Ozola"
    assert page.get_by_role("group", name=name).count() == 1
    assert page.get_by_role("link", name=name).count() == 1


def test_the_headline_stands_once(open_page):
    """It is the heading of the page where it stands in the text; another title is above it."""
    page = open_example(open_page)
    heading = page.get_by_role("heading", level=1)
    assert heading.count() == 1
    assert heading.inner_text() == page.title()
    example = read_example()
    page = open_page(render_article(replace(example, meta={"title": "Strike goes on"})))
    assert page.get_by_role("heading", level=1).inner_text() == "Strike goes on"
    assert page.get_by_role("heading", level=2).first.inner_text().startswith("Baltic ferry")


def test_hostile_text_does_nothing(open_page):
    """Scripts, end tags, addresses of scripts and overrides of direction are only text."""
    page = open_page(render_article(make_hostile()))
    assert page.title() != "broken"
    assert page.locator(".text img, .text script, .side img").count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0
    isolated = "(all) => all.every((e) => getComputedStyle(e).unicodeBidi === 'isolate')"
    assert page.locator(".bidi").evaluate_all(isolated)
    page.click("#tab-who")
    page.locator("#panel-who .go").first.click(force=True)


def test_an_override_of_direction_turns_nothing(open_page):
    """The text after it runs on from left to right."""
    page = open_page(render_article(Extraction("x", text="ab\u202ecdef")))
    after = """() => {
      const node = document.querySelector(".block").lastChild;
      const range = document.createRange();
      const left = (i) => { range.setStart(node, i); range.setEnd(node, i + 1);
                            return range.getBoundingClientRect().left; };
      return left(0) < left(3);
    }"""
    assert page.evaluate(after)


def test_the_policy_stops_what_is_not_the_page_s_own(browser, tmp_path):
    """A script or style that is put into the page does not run."""
    path = tmp_path / "page.html"
    path.write_text(render_article(read_example()), encoding="utf8")
    page = browser.new_page()
    page.goto(path.as_uri())
    ran = """() => {
      const script = document.createElement("script");
      script.textContent = "window.intruder = 1";
      document.body.append(script);
      document.body.setAttribute("style", "color: rgb(1, 2, 3)");
      return [window.intruder ?? null, getComputedStyle(document.body).color];
    }"""
    intruder, color = page.evaluate(ran)
    page.close()
    assert intruder is None
    assert color != "rgb(1, 2, 3)"


def test_ten_thousand_marks_do_not_stop_the_page(open_page):
    """It loads, and a record with thousands of mentions can be chosen."""
    page = open_page(render_article(make_crowded(10_000, is_nested=False)), reduced_motion="reduce")
    assert processor_time(page) < 4.0
    page.click("#tab-who")
    page.click("#P3 .go")
    assert page.locator(".text mark.hot").count() >= 2_500


def test_marks_nested_without_end_are_counted(open_page):
    """Those too deep to be drawn are said, and the page stands."""
    page = open_page(render_article(make_crowded(10_000)), reduced_motion="reduce")
    assert processor_time(page) < 4.0
    page.click("#tab-notes")
    assert "not drawn" in page.inner_text("#panel-notes")


def make_long() -> Extraction:
    """Return a record of some 5,000 words: the example many times over."""
    example = read_example()
    times = 5000 // len(example.text.split()) + 1
    step = len(example.text) + 1
    people = tuple(
        replace(p, id=f"{p.id}-{i}", mentions=tuple(
            replace(m, start=m.start + i * step, end=m.end + i * step) for m in p.mentions
        ), roles=(), affiliations=())
        for i in range(times) for p in example.people
    )  # fmt: skip
    quotes = tuple(
        replace(q, id=f"Q{i * len(example.quotes) + n}", cue=None, source=None, content=tuple(
            replace(c, start=c.start + i * step, end=c.end + i * step) for c in q.content
        ))
        for i in range(times) for n, q in enumerate(example.quotes)
    )  # fmt: skip
    text = "\n".join([example.text] * times)
    return replace(example, text=text, people=people, quotes=quotes, layout=())


@pytest.mark.parametrize(("make", "most"), [(read_example, 0.2), (make_long, 1.0)])
def test_the_page_is_fast(open_page, make, most):
    """Seconds of processor time to load, lay out and draw it; waiting does not count."""
    page = open_page(render_article(make()))
    assert processor_time(page) < most
