"""A record as text for people."""

from __future__ import annotations

import dataclasses
import unicodedata

from hypothesis import given, settings
from strategies import extractions

from newsextract.records import Extraction
from newsextract.views.terminal import width
from newsextract.views.text import COLUMNS, render_text

SHOWN = """\
Port of Nore to double in size
2025-03-03 (from the dateline) · nore

Who said what
  Ann Lee                   The port will double in size by next year
  · said
  Ann Lee                   “We need the room”
  · told · via Nore
  Gazette
  Fishermen                 for their berths
  · fear · stance

Who is who
  Ann Lee                   Mayor
                            of Nore
                            also Lee
                            quoted 2 times

Organizations
  Nore Gazette              once

Where
  Nore                      GB · 51.48°N 0.78°E · once

When
  March 3                   2025-03-03
  next year                 2026 · 2026-01-01 to 2026-12-31
  Monday                    2025-03-03

Odd
  unresolved date           nothing says which Monday
"""


def test_whole_record(sample):
    """Who said what, who is who, where and when, aligned."""
    assert render_text(sample) == SHOWN


def test_empty_record():
    """A record of nothing says so in one line."""
    assert render_text(Extraction("empty", text="")) == "date unknown · empty\n"


def test_record_without_its_text(sample):
    """A record that was read back is shown without the headline."""
    bare = Extraction.from_dict(sample.to_dict())
    assert render_text(bare) == SHOWN.partition("\n")[2]


def test_unknown_speaker_shows_the_words(sample):
    """Where nobody could be found, the source as written stands in its place."""
    quote = dataclasses.replace(sample.quotes[1], speaker=None, via=None)
    lines = render_text(dataclasses.replace(sample, quotes=(quote,))).splitlines()
    assert any(line.startswith("  ? (she)  ") for line in lines)


@settings(max_examples=50)
@given(extractions())
def test_any_record_fits(extraction):
    """No line is wider than 80 columns, and nothing reaches the terminal that it would obey."""
    lines = render_text(extraction).split("\n")
    assert all(width(line) <= COLUMNS for line in lines)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for line in lines for c in line)
