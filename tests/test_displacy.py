"""Records as spaCy's visualizer takes them, drawn by it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from report_records import make_emoji, read_example
from spacy import displacy
from strategies import articles, extractions

from newsextract.records import Extraction, Mention, Organization, Place
from newsextract.views.displacy import to_displacy


def test_ents_stand_where_their_text_is():
    """Offsets count code points, as spaCy's do."""
    drawn = to_displacy(make_emoji())
    ents = [(drawn["text"][e["start"] : e["end"]], e["label"]) for e in drawn["ents"]]
    assert ents == [("Ann 𝒳 Lee", "PERSON"), ("Nore", "LOC"), ("Monday", "DATE")]


def test_of_two_that_overlap_the_longer_is_an_ent():
    """The visualizer draws no ent inside another."""
    text = "Bank of Nore"
    body = Organization("O1", text, mentions=(Mention(0, 12, text),))
    place = Place("L1", "Nore", mentions=(Mention(8, 12, "Nore"),))
    drawn = to_displacy(Extraction("x", organizations=(body,), places=(place,), text=text))
    assert [e["label"] for e in drawn["ents"]] == ["ORG"]


def test_a_place_links_to_its_geonames_page():
    """A resolved place has a knowledge-base id."""
    riga = next(e for e in to_displacy(read_example())["ents"] if e.get("kb_id") == "456172")
    assert riga["kb_url"] == "https://www.geonames.org/456172"


def test_pronouns_are_no_ents():
    """Only names and adjectives are drawn as entities."""
    drawn = to_displacy(read_example())
    assert "He" not in {drawn["text"][e["start"] : e["end"]] for e in drawn["ents"]}


def test_spans_cover_their_tokens():
    """Tokens are cut where a span begins or ends, inside a word too."""
    drawn = to_displacy(make_emoji(), "span")
    words = {
        s["label"]: "".join(drawn["tokens"][s["start_token"] : s["end_token"]])
        for s in drawn["spans"]
    }
    assert words["CONTENT"] == "👩‍👩‍👧go,"
    assert words["PERSON"] == words["SOURCE"] == "Ann𝒳Lee"
    assert {s["kb_id"] for s in drawn["spans"]} == {"", "Q1"}


@pytest.mark.parametrize("style", ["ent", "span"])
def test_the_visualizer_draws_it(style):
    """Both styles are drawn without a model."""
    html = displacy.render(to_displacy(read_example(), style), style=style, manual=True)
    assert "Ozola" in html


@settings(max_examples=30)
@given(articles(), extractions())
def test_any_record_is_drawn(text, extraction):
    """Content never raises."""
    extraction = replace(extraction, text=text)
    for style in ("ent", "span"):
        displacy.render(to_displacy(extraction, style), style=style, manual=True)


def test_misuse_says_what_is_wrong():
    """No text, or a style that the visualizer does not have for records."""
    with pytest.raises(ValueError, match="no text"):
        to_displacy(Extraction("x"))
    with pytest.raises(ValueError, match="'ent' or 'span'"):
        to_displacy(Extraction("x", text=""), "dep")


def test_it_is_a_name_of_the_package():
    """``newsextract.to_displacy`` is imported when it is used."""
    import newsextract

    assert newsextract.to_displacy is to_displacy
