"""Which words and numbers are dates: what stands near, and the entities that they stand in."""

from __future__ import annotations

import pytest
from spacy.tokens import Span
from test_dates import make_doc, values_of

from newsextract.records import Block
from newsextract.stages.dates import find_dates

YEARS = [
    ("It opened in 1987.", ["1987"]),
    ("Its 1987 report and the 1987 riots.", ["1987", "1987"]),
    ("In 1987 farmers left.", ["1987"]),
    ("By 2030 prices must fall.", ["2030"]),
    ("Various 2019 reports.", ["2019"]),
    ("In 2016 24 ships sank.", ["2016"]),
    ("The 2014 Main Street fire.", ["2014"]),
    ("He saw in 1987 what others saw.", ["1987"]),
    ("In the 70s and 80s.", ["197", "198"]),
    ("The 16th and 17th centuries.", ["15", "16"]),
    ("In the financial year 2019-20 and the 2020/21 season.", ["2019/2020", "2020/2021"]),
    ("In 1984 votes were counted.", ["1984"]),
    ("The fiscal year 2021 and the 2020 fiscal year.", ["2021", "2020"]),
    ("1Q22, 3QFY23, Q4 FY21, 2H20 and Q2'19.", [
        "2022-Q1", "2023-Q3", "2021-Q4", "2020-H2", "2019-Q2"]),
]  # fmt: skip

NO_YEARS = [
    "Nearly 2000 people marched.",
    "It is 1970 metres high and cost 2015 dollars.",
    "They live at 1987 Oak Avenue.",
    "Dial 0800 1987 2015.",
    "Sections 1987 and 1990 apply; so does Article 2001.",
    "They lost 1987 goats and 1950 hens.",
    "A man in his 40s and 50s.",
    "Highs in the 80s, lows in the 50s.",
    "It holds 2010 fans.",
    "A crowd of 2010 fans and the number 1987 bus.",
    "Ann scored ten points in the third quarter.",
    "Leeds led 14-10 after the first quarter.",
    "She was timed at 1:52.4.",
    "There were 1984 votes, 2001 pages and 1990 pens.",
    "Dial 555-2019 under Law 2003/54.",
    "Sales rose in the third quarter of the game.",
]


@pytest.mark.parametrize(("text", "values"), YEARS)
def test_number_is_a_year(text: str, values: list[str]) -> None:
    """A preposition, a determiner or a form of years shows a year."""
    assert [value for _, value in values_of(text)] == values


@pytest.mark.parametrize("text", NO_YEARS)
def test_number_is_no_year(text: str) -> None:
    """Counts, streets, runs of numbers, degrees, ages and matches are no dates."""
    assert values_of(text) == []


def test_quarter_of_a_year() -> None:
    """Beside money a quarter is of a year."""
    assert values_of("Profit fell 3% in the second quarter.") == [
        ("the second quarter", "2024-Q2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "label", "name", "values"),
    [
        ("She reads the Friday Post.", "ORG", "Friday Post", []),
        ("She reads on Friday.", "DATE", "Friday", ["2024-08-09"]),
        ("The Easter Accord failed.", "MISC", "Easter Accord", []),
        ("Easter failed.", "MISC", "Easter", ["2024-03-31"]),
        ("The Easter Accord failed.", "MISC", "Easter", []),
        ("At Easter Ann spoke.", "PERSON", "Ann", ["2024-03-31"]),
        ("At Easter President Lee spoke.", "PERSON", "Lee", ["2024-03-31"]),
        ("May spoke.", "PERSON", "May", []),
        ("May was dry.", "DATE", "May", ["2024-05"]),
        ("He drove a Corso 2008.", "PRODUCT", "Corso 2008", []),
        ("She told 50 Minutes so.", "MISC", "50 Minutes", []),
        ("She told it in 50 minutes.", "DATE", "50 minutes", ["PT50M"]),
        ("He won at Euro 2008.", "MISC", "Euro 2008", ["2008"]),
        ("June gains were small.", "DATE", "June", ["2024-06"]),
        ("August is dull.", "DATE", "August", ["2024-08"]),
        ("They met Sheffield Wednesday twice.", "LOC", "Sheffield", []),
    ],
)
def test_entities_decide_what_stands_in_a_name(
    text: str, label: str, name: str, values: list[str]
) -> None:
    """Inside a longer name there is no date; the encoder's dates settle what words leave open."""
    doc = make_doc(text)
    start = text.index(name)
    span = doc.char_span(start, start + len(name), label=label)
    assert isinstance(span, Span)
    doc.set_ents([span])
    dates, _ = find_dates(doc, (Block("paragraph", 0, len(text)),), published="2024-08-14")
    assert [date.value for date in dates] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("in june 1998 and september", ["1998-06", "2024-09"]),
        ("in may 1998 they may march", ["1998-05"]),
        ("It fell in Nov\u00adember 2019 and on 3 Ja\u200bnuary 2020.", ["2019-11", "2020-01-03"]),
    ],
)
def test_months_as_written(text: str, values: list[str]) -> None:
    """Small letters and marks inside words do not hide a month; "may" needs a year."""
    assert [value for _, value in values_of(text)] == values
