"""What other libraries find becomes records with the right offsets."""

from __future__ import annotations

import pytest
import spacy

from .heideltime import read_timeml, read_with_heideltime
from .peers import extract_with_textacy, names_of, read_with_spacy, search_with_dateparser

TEXT = "\n\nShe left & came back on Monday.\nIn < two years, she said."
TIMEML = """<?xml version="1.0"?>
<!DOCTYPE TimeML SYSTEM "TimeML.dtd">
<TimeML>


She left & came back on <TIMEX3 tid="t1" type="DATE" value="1998-03-02">Monday</TIMEX3>.
In < <TIMEX3 tid="t2" type="DURATION" value="P2Y" mod="LESS_THAN">two years</TIMEX3>, she said.
</TimeML>
"""


@pytest.mark.parametrize("text", [TEXT, TEXT[2:], TEXT + "\n"])
def test_read_timeml(text):
    """Offsets are those of the text, whatever white space the program leaves out."""
    found = [(text[start:end], *rest) for start, end, *rest in read_timeml(TIMEML, text)]
    assert found == [
        ("Monday", "DATE", "1998-03-02", None),
        ("two years", "DURATION", "P2Y", "LESS_THAN"),
    ]


def test_names_of():
    """Countries, areas and facilities are places; other labels are left out."""
    nlp = spacy.blank("en")
    patterns = {"PERSON": "Ann", "GPE": "Nore", "ORG": "UN", "CARDINAL": "five"}
    nlp.add_pipe("entity_ruler").add_patterns(
        [{"label": label, "pattern": word} for label, word in patterns.items()]
    )
    record = names_of(nlp, {"id": "a", "text": "Ann of Nore told five at the UN."})
    assert [p.name for p in record.people] == ["Ann"]
    assert [p.name for p in record.places] == ["Nore"]
    assert [o.mentions[0].start for o in record.organizations] == [29]


def test_dateparser():
    """Its days are dates, with the words it found them in."""
    gold = {"id": "a", "dct": "2024-08-14", "text": "It rained on 3 May 2024."}
    (date,) = search_with_dateparser([gold])["a"].dates
    assert date.value == "2024-05-03"
    assert gold["text"][date.start : date.end] == date.text


@pytest.mark.model
def test_textacy(extractor):
    """A quotation with its speaker and cue; a text with an odd mark gives none."""
    pytest.importorskip("textacy")
    text = "“We need the room for ships,” Mayor Ann Lee said on Monday."
    golds = [{"id": "a", "text": text}, {"id": "b", "text": text + " “No"}]
    records = extract_with_textacy(golds, extractor)
    (quote,) = records["a"].quotes
    assert "Ann" in quote.source.text
    assert quote.cue.text == "said"
    assert records["b"].quotes == ()


def test_what_is_absent_says_so(monkeypatch):
    """A peer that is not there gives no figures, rather than zeros."""
    monkeypatch.delenv("NEWSEXTRACT_HEIDELTIME", raising=False)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("spacy.util.is_package", lambda name: False)
    gold = [{"id": "a", "dct": "2024-08-14", "text": "No."}]
    assert read_with_heideltime(gold) is None
    assert extract_with_textacy(gold, None) is None
    assert read_with_spacy(gold) is None
