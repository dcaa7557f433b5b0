"""Records: there and back, and walked without looking ids up by hand."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given
from strategies import extractions

from newsextract.records import Extraction, Source


@given(extractions())
def test_round_trip(extraction):
    """``from_dict`` gives back what ``to_dict`` wrote, through JSON too."""
    written = json.dumps(extraction.to_dict())
    assert Extraction.from_dict(json.loads(written)) == extraction


def test_order_of_fields(sample):
    """The record's fields stand in the order of the contract, without the text."""
    assert list(sample.to_dict()) == [
        "schema", "id", "published", "published_from", "language", "meta", "model", "layout",
        "people", "organizations", "places", "dates", "quotes", "sources", "issues",
    ]  # fmt: skip


def test_another_schema_is_refused(sample):
    """A record of another major version is not half read."""
    with pytest.raises(ValueError, match="newsextract/2"):
        Extraction.from_dict({**sample.to_dict(), "schema": "newsextract/2"})


def test_a_missing_field_is_named(sample):
    """What is no record says which field is missing."""
    data = sample.to_dict()
    del data["people"]
    with pytest.raises(KeyError, match="people"):
        Extraction.from_dict(data)


def test_a_field_of_later_versions_may_be_missing(sample):
    """Records that were written before there were genders are still read."""
    data = sample.to_dict()
    del data["people"][0]["gender"], data["people"][0]["gender_from"]
    del data["quotes"][1]["mentions"]
    record = Extraction.from_dict(data)
    assert record.people[0].gender is None
    assert record.quotes[1].mentions == ()


def test_text_of(sample):
    """The text under a record is the text of its offsets."""
    assert sample.text_of(sample.quotes[1].content[0]) == "We need\nthe room"
    assert sample.text_of(sample.layout[0]) == "Port of Nore to double in size"


def test_text_of_needs_the_text(sample):
    """A record that was read back says that it has no text, and how to give it."""
    bare = Extraction.from_dict(sample.to_dict())
    with pytest.raises(ValueError, match="text=") as caught:
        bare.text_of(sample.layout[0])
    assert "from_dict" in str(caught.value)
    whole = Extraction.from_dict(sample.to_dict(), text=sample.text)
    assert whole.text_of(sample.dates[0]) == "March 3"


def test_walking(sample):
    """From a quote to its speaker, to the person, and back."""
    first, second, third = sample.quotes
    speaker = sample.speaker_of(first)
    assert speaker.name == "Ann Lee"
    assert sample.entity_of(speaker) is sample.people[0]
    assert sample.via_of(second).name == "Nore Gazette"
    assert sample.via_of(first) is None
    assert sample.quotes_by(sample.people[0]) == (first, second)
    assert sample.quotes_by(sample.speaker_of(third)) == (third,)
    assert sample.entity_of(sample.speaker_of(third)) is None


def test_members_of_a_group_said_it(sample):
    """Who is a member of a group said what the group said; the group's namesake did not."""
    group = Source("S9", "group", "Ann Lee; Bo Day", members=("P1", "P2"), quotes=("Q9",))
    quote = dataclasses.replace(sample.quotes[2], speaker="S9")
    said = Extraction("x", people=sample.people, quotes=(quote,), sources=(group,))
    assert len(said.quotes_by(sample.people[0])) == 1
    assert said.quotes_by(sample.organizations[0]) == ()


def test_records_do_not_change(sample):
    """Records are values: nobody can write to them."""
    with pytest.raises(AttributeError):
        sample.people[0].name = "Bo Day"
