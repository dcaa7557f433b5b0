"""The parts of the dates stage: patterns, numbers, holidays, bounds, tense, stamps."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import spacy
from test_dates import make_doc

from newsextract.records import Block
from newsextract.stages.dates import find_dates
from newsextract.stages.dates.bounds import bounds_of
from newsextract.stages.dates.direction import direction_at, sure_direction_at
from newsextract.stages.dates.holidays import easter, holiday_date
from newsextract.stages.dates.numbers import read_number, read_year
from newsextract.stages.dates.patterns import Alphabet, compile_pattern
from newsextract.stages.dates.stamps import read_clock, read_stamps

_NLP = spacy.blank("en")


@pytest.mark.parametrize(
    ("words", "matches"),
    [
        ("two days ago", True),
        ("the two days ago", True),
        ("two ago", False),
        ("days two ago", False),
    ],
)
def test_pattern_reads_like_the_phrase(words: str, matches: bool) -> None:
    """A pattern is a regular expression over one letter a word."""
    alphabet = Alphabet()
    alphabet.add("two", "NUM")
    alphabet.add("days", "UNITS")
    compiled = compile_pattern("the? n:NUM u:UNITS ago", alphabet, {})
    letters = "".join(alphabet.letter_of(word) for word in words.split())
    assert bool(re.fullmatch(compiled.regex, letters)) is matches


def test_unbalanced_pattern_is_refused() -> None:
    """A mistake in a rule shows when the grammar is compiled."""
    with pytest.raises(ValueError, match="parenthesis"):
        compile_pattern("( a", Alphabet(), {})


@pytest.mark.parametrize(
    ("text", "value"),
    [("21", 21), ("1,500", 1500), ("twenty-four", 24), ("two hundred and five", 205), ("no", None)],
)
def test_number_is_read(text: str, value: int | None) -> None:
    """Digits and words give the same numbers."""
    assert read_number(text) == value


def test_year_in_words_is_no_count() -> None:
    """ "nineteen ninety-seven" is a year, "twenty-four" is not."""
    assert read_year("nineteen ninety-seven") == 1997
    assert read_year("twenty-four") is None


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("2024-08-14", ("2024-08-14", "2024-08-14")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024-W32", ("2024-08-05", "2024-08-11")),
        ("2024-W32-WE", ("2024-08-10", "2024-08-11")),
        ("2024-Q3", ("2024-07-01", "2024-09-30")),
        ("2023-WI", ("2023-12-01", "2024-02-29")),
        ("198", ("1980-01-01", "1989-12-31")),
        ("00", ("0001-01-01", "0099-12-31")),
        ("2022-12-13/2022-12-15", ("2022-12-13", "2022-12-15")),
        ("2024-08-14T07:46", ("2024-08-14T07:46", "2024-08-14T07:46")),
        ("2024-08-14TMO", ("2024-08-14T00:00", "2024-08-14T11:59")),
        ("2024-08-14T24:00", ("2024-08-15T00:00", "2024-08-15T00:00")),
        ("P3D", (None, None)),
        ("XXXX-08", (None, None)),
        ("PAST_REF", (None, None)),
        ("BC0044", (None, None)),
        (None, (None, None)),
    ],
)
def test_bounds_cover_the_value(value: str | None, bounds: tuple[str | None, str | None]) -> None:
    """Bounds are the first and last day or minute; what is open has none."""
    assert bounds_of(value) == bounds


def test_holidays_move_by_their_rule() -> None:
    """Fixed days, n-th weekdays, days after them, and days counted from Easter."""
    assert easter(2024) == dt.date(2024, 3, 31)
    assert holiday_date("christmas eve", 2024) == dt.date(2024, 12, 24)
    assert holiday_date("thanksgiving", 2024) == dt.date(2024, 11, 28)
    assert holiday_date("black friday", 2024) == dt.date(2024, 11, 29)
    assert holiday_date("memorial day", 2024) == dt.date(2024, 5, 27)
    assert holiday_date("good friday", 2024) == dt.date(2024, 3, 29)


def test_holidays_are_known_however_they_are_spaced() -> None:
    """Between the words of a name may be no space, two, or what a hashtag has."""
    assert holiday_date("st.patrick's day", 2024) == dt.date(2024, 3, 17)
    assert holiday_date("valentine 's day", 2024) == dt.date(2024, 2, 14)
    assert holiday_date("black_friday", 2024) == dt.date(2024, 11, 29)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("They met on Friday.", "past"),
        ("They will meet on Friday.", "future"),
        ("The vote, expected on Friday, matters.", "future"),
        ("It had been due to expire Friday.", "past"),
        ("He was told to leave as early as Friday.", "future"),
        ("On Friday, they will meet.", "future"),
        ("Two parties planned a march for Friday.", "future"),
        ("They called a strike for Friday.", "future"),
        ("They paid for Friday's strike.", "past"),
        ("A march is planned on Friday.", "future"),
        ("Ahead of a summit on Friday, both sides dug in.", "future"),
        ("After a summit on Friday, both sides dug in.", "past"),
        ("After a loss on Friday, they must win.", "past"),
        ("They await Friday's verdict.", "future"),
        ("They agreed on Friday.", "past"),
        ("The board has decided to open it on Friday.", "future"),
        ("The unit asked it to respond by Friday.", "future"),
        ("The play was to open on Friday, but did not.", "future"),
        ("The play was to have opened on Friday.", "past"),
        ("Neither of them could be reached Friday.", "past"),
        ("The talks could resume Friday.", "future"),
        ("It could not stop the storm that tore the roof off Friday.", "past"),
        ("They will look past Friday's ruling.", None),
        ("They will play in Friday's final.", "future"),
        ("The firm plans to cut jobs on Friday.", "future"),
        ("The unit asked the crew to go by Friday.", "future"),
        ("The court is shut until Friday.", "future"),
        ("The court will not meet until Friday.", "future"),
        ("The court did not meet until Friday.", "past"),
        ("They did nothing until Friday.", "past"),
        ("The hearing was postponed to Friday.", "future"),
        ("They moved to Leeds on Friday.", "past"),
        ("They ordered flags lowered through Friday.", "future"),
        ("They met Tuesday through Friday.", "past"),
        ("The mayor speaks on Friday.", None),
        ("The bank reports on Friday.", None),
        ("The visit on Friday.", None),
        ("They met after he said he would be going to United Bank Friday.", "future"),
        ("They spoke of a planned summit on Friday.", "future"),
        ("They planned summits on Friday.", "past"),
        ("Ask me on Friday,” she said.", None),
        ("Friday again.", None),
    ],
)
def test_clause_gives_the_direction(text: str, direction: str | None) -> None:
    """The verb before the expression decides, else the first one after it."""
    start = text.index("Friday")
    point = direction_at if direction else sure_direction_at
    assert point(_NLP(text), start, start + len("Friday")) == direction


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Updated: July 18, 2022 5:36 pm", "2022-07-18T17:36"),
        ("Wed, 14 Aug 2024", "2024-08-14"),
        ("2024-08-14T07:46:00Z", "2024-08-14T07:46"),
        ("30 February 2024", None),
        ("no date", None),
    ],
)
def test_stamp_is_read(text: str, iso: str | None) -> None:
    """A timestamp gives day and clock time in ISO 8601."""
    assert [stamp.to_iso() for stamp in read_stamps(text)] == ([iso] if iso else [])


def test_clock_is_read() -> None:
    """Twelve-hour times become 24-hour times."""
    assert [read_clock(t) for t in ("12 a.m.", "12:30 pm", "7.46pm", "25:61")] == [
        "00:00", "12:30", "19:46", None,
    ]  # fmt: skip


def test_what_several_are_to_do_lies_ahead() -> None:
    """ "passengers face" as "they face"; not what the model calls no verb."""
    doc = _NLP("Passengers face delays on Friday after talks failed")
    for token, tag in zip(
        doc, ["NOUN", "VERB", "NOUN", "ADP", "PROPN", "SCONJ", "NOUN", "VERB"], strict=True
    ):
        token.pos_ = tag
    assert direction_at(doc, 26, 32) == "future"
    doc[1].pos_ = "NOUN"
    assert direction_at(doc, 26, 32) == "past"


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("They *travel to Bath on Friday", "future"),
        ("The court *meets on Friday", "future"),
        ("United *host City on Friday", "future"),
        ("They said United *host City on Friday", "future"),
        ("They watched him *lose on Friday", "past"),
        ("They saw United *lose on Friday", "past"),
        ("The bank *reports on Friday", "past"),
        ("The bank *reports earnings on Friday", "future"),
    ],
)
def test_present_tense_lies_ahead(text: str, direction: str) -> None:
    """But not an infinitive after a verb of the past; "*" marks a verb."""
    verb, plain = text.find("*"), text.replace("*", "")
    doc = _NLP(plain)
    for token in doc:
        is_verb = token.idx == verb or token.text in ("said", "watched", "saw")
        token.pos_ = "VERB" if is_verb else "ADP" if token.text == "on" else "NOUN"
    assert direction_at(doc, len(plain) - len("Friday"), len(plain)) == direction


def test_part_of_speech_decides_where_it_is_set() -> None:
    """A word in "ed" that the model calls an adjective is no past tense."""
    doc = _NLP("An unspecified date in October")
    assert sure_direction_at(doc, 23, 30) == "past"
    doc[1].pos_ = "ADJ"
    assert sure_direction_at(doc, 23, 30) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Today, most people *own a phone.", "PRESENT_REF"),
        ("Today, the prize is seen as the best.", "PRESENT_REF"),
        ("Today most people *own a phone.", "PRESENT_REF"),
        ("Today, the mayor resigned.", "2024-08-14"),
        ("Today, the mayor will resign.", "2024-08-14"),
        ("Today, police are looking for him.", "2024-08-14"),
        ("Today is a sad day.", "2024-08-14"),
        ("Today the court *hears it.", "2024-08-14"),
        ("The court *hears it today.", "2024-08-14"),
        ("Today", "2024-08-14"),
    ],
)
def test_today_is_the_day_or_our_time(text: str, value: str) -> None:
    """What is so "today", in the present tense, is so in our time; "*" marks a verb."""
    verb, plain = text.find("*"), text.replace("*", "")
    doc = make_doc(plain)
    for token in doc:
        token.pos_ = "VERB" if token.idx == verb else ""
    (date,), _ = find_dates(doc, (Block("paragraph", 0, len(plain)),), published="2024-08-14")
    assert date.value == value
