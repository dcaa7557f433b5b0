"""The page of one article, and its form in a notebook, as files."""

from __future__ import annotations

import re
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from report_records import HOSTILE, make_hostile, read_example
from strategies import articles, extractions

from newsextract.errors import MissingExtra
from newsextract.records import Extraction, Place, Source
from newsextract.views.report import page as page_module
from newsextract.views.report import render_article, render_notebook
from newsextract.views.report.article import title_of


def test_the_page_shows_every_record():
    """Each person, place, date and statement has an element of its own."""
    extraction = read_example()
    page = render_article(extraction)
    for records in (extraction.people, extraction.organizations, extraction.places):
        assert all(f'id="{record.id}"' in page for record in records)
    assert all(f'id="{quote.id}"' in page for quote in extraction.quotes)
    assert all(f'id="{date.id}"' in page for date in extraction.dates)


def test_the_page_is_the_same_each_time():
    """One record gives one page, byte for byte."""
    assert render_article(read_example()) == render_article(read_example())


def test_the_page_is_small():
    """It is one file of far less than 400 KB, for a readable article."""
    assert len(render_article(read_example()).encode()) < 150_000


def test_the_page_names_nothing_outside():
    """No address is loaded: style, script, map and icon are inside."""
    page = render_article(read_example())
    assert not re.findall(r"""(?:src|href|url\()\s*=?\s*["']?(?:https?:)?//""", page)
    assert "@import" not in page


def test_the_policy_allows_the_page_s_own_style_and_script_only():
    """Hashes, not unsafe-inline; nothing may be loaded or sent."""
    page = render_article(read_example())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    assert "default-src &#39;none&#39;" in policy
    assert policy.count("sha256-") == 2
    assert "unsafe" not in policy
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert not re.search(r"<[^>]+\son[a-z]+=", page)


def test_hostile_strings_stay_text():
    """A script in any field of a record is shown, not run."""
    page = render_article(make_hostile())
    body = page.split("<body", 1)[1]
    assert body.count("<script") == body.count("</script>") == 1
    assert "<img" not in body
    assert "<svg onload" not in body
    assert 'href="javascript' not in body.lower()
    assert "\x00" not in page
    page.encode("utf8")


@pytest.mark.parametrize("render", [render_article, render_notebook])
def test_no_override_of_direction_reaches_past_its_element(render):
    """Every one that is shown stands alone in an element that isolates it."""
    body = render(make_hostile()).split("</style>", 1)[1]
    alone = body.count('<span class="bidi" data-c="U+202E">\u202e</span>')
    assert body.count("\u202e") == alone > 0


@settings(max_examples=25)
@given(articles(), extractions())
def test_any_record_makes_a_page(text, extraction):
    """Content never raises."""
    extraction = replace(extraction, text=text)
    render_article(extraction).encode("utf8")
    render_notebook(extraction).encode("utf8")


def test_a_record_without_text_is_refused():
    """The page shows the text: without one it says how to give it."""
    with pytest.raises(ValueError, match="give it to"):
        render_article(replace(read_example(), text=None))


def test_an_empty_article_has_a_page():
    """Nothing found is said in words."""
    page = render_article(Extraction("x", text=""))
    assert "No statements were found." in page
    assert "No places were found." in page


TITLES = [
    ({"title": " Given "}, "Given", "the caller's title, trimmed"),
    (
        {"title": ""},
        "Baltic ferry strike enters second week as talks stall in Riga",
        "the headline",
    ),
    ({"title": 7}, "Baltic ferry strike enters second week as talks stall in Riga", "no text"),
]


@pytest.mark.parametrize(("meta", "title", "reason"), TITLES)
def test_title_of(meta, title, reason):
    """The caller's title comes first, then the headline."""
    assert title_of(replace(read_example(), meta=meta)) == title, reason


def test_a_position_that_is_none_of_the_earth_s_is_not_drawn():
    """A latitude of 400 gives no map, and no error."""
    place = Place("L1", "Nore", latitude=400.0, longitude=1.0)
    assert '<svg class="map"' not in render_article(Extraction("x", places=(place,), text="Nore"))


def test_a_link_back_to_the_corpus():
    """The page of an article that belongs to a corpus leads back to it."""
    assert 'href="../c.html"' in render_article(read_example(), back="../c.html")


def test_a_notebook_shows_the_text_and_who_said_what():
    """The compact form has no script, and its style touches only itself."""
    html = read_example()._repr_html_()
    assert "<script" not in html
    assert "Marta Ozola" in html
    assert "Rīta Vēstnesis" in html
    style = html.split("</style>")[0].removeprefix("<style>")
    rules = [line for line in style.splitlines() if line]
    assert all(rule.startswith(".newsextract") for rule in rules)


def test_a_notebook_has_no_links_and_no_ids():
    """There is no list for a link to lead to, and a second cell would repeat the ids."""
    html = render_notebook(read_example())
    assert '<span class="chip direct statement" data-n="2">' in html
    assert "<a " not in html
    assert " id=" not in html


def test_a_source_that_only_relays_leads_to_what_it_passes_on():
    """Its first statement is the first of those."""
    source = Source("S1", "document", "a report", relays=("Q7",))
    page = render_article(Extraction("x", sources=(source,), text="Nore"))
    assert 'data-first="Q7"' in page


def test_a_notebook_shows_a_record_without_text():
    """The statements are shown; the text is not asked for."""
    html = render_notebook(replace(read_example(), text=None))
    assert "<details open>" in html
    assert 'class="nx-text"' not in html


def test_a_notebook_escapes():
    """What an article says is text in a notebook too."""
    assert "<img" not in make_hostile()._repr_html_()
    assert HOSTILE[:8] not in make_hostile()._repr_html_()


def test_without_jinja_the_extra_is_named(monkeypatch):
    """The error says what to install."""
    page_module._environment.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtra, match=r"newsextract\[report\]"):
        render_article(read_example())
