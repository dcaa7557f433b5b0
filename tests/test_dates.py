"""Time expressions: what is found, and what it means on 14 August 2024, a Wednesday."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from newsextract.records import Block, Date, Issue
from newsextract.stages.dates import find_dates
from newsextract.stages.layout import find_blocks

_NLP = spacy.blank("en")
_NLP.add_pipe("sentencizer")
PUBLISHED = "2024-08-14T07:46"


def make_doc(text: str) -> Doc:
    """Return ``text`` with sentences and no parts of speech, as before any model has read it."""
    return _NLP(text.encode("utf8", "replace").decode("utf8"))


def dates_of(
    text: str, *, published: str | None = PUBLISHED, day_first: bool | None = None
) -> tuple[tuple[Date, ...], tuple[Issue, ...]]:
    """Return dates and issues of ``text`` as one paragraph."""
    block = Block("paragraph", 0, len(text))
    return find_dates(make_doc(text), (block,), published=published, day_first=day_first)


def test_a_clock_stays_in_its_block() -> None:
    """A day that opens the next paragraph is not that of the clock time before it."""
    text = "Doors open at 7 p.m.\n\nMay 3, 2024 is over."
    dates, _ = find_dates(make_doc(text), find_blocks(text), published=PUBLISHED)
    assert [date.value for date in dates] == ["2024-08-14T19:00", "2024-05-03"]


def values_of(text: str, *, published: str | None = PUBLISHED) -> list[tuple[str, str | None]]:
    """Return text and value of each date."""
    return [(d.text, d.value) for d in dates_of(text, published=published)[0]]


ABSOLUTE = [
    ("It began on 14 August 2024 07:46.", [("14 August 2024 07:46", "2024-08-14T07:46")]),
    ("Done on Friday, Aug. 9, 2024.", [("Friday, Aug. 9, 2024", "2024-08-09")]),
    ("By the twenty-first of May 1999.", [("the twenty-first of May 1999", "1999-05-21")]),
    ("Held on April 24 and 25.", [("April 24", "2024-04-24"), ("25", "2024-04-25")]),
    ("From December 13-15, 2022.", [("December 13-15, 2022", "2022-12-13/2022-12-15")]),
    (
        "Between June 24 and July 8, 2022.",
        [("June 24", "2022-06-24"), ("July 8, 2022", "2022-07-08")],
    ),
    (
        "It ran from January to March last year.",
        [("January", "2023-01"), ("March last year", "2023-03")],
    ),
    ("Between 3 and 5 May.", [("3", "2024-05-03"), ("5 May", "2024-05-05")]),
    ("In early 1990 and mid-1996.", [("early 1990", "1990"), ("mid-1996", "1996")]),
    ("The late '90s and the nineties.", [("The late '90s", "199"), ("the nineties", "199")]),
    (
        "In the noughties and the late nineties.",
        [("the noughties", "200"), ("the late nineties", "199")],
    ),
    ("The 20th century.", [("The 20th century", "19")]),
    ("In two thousand and four.", [("two thousand and four", "2004")]),
    ("Two thousand people and two thousand five hundred cows.", []),
    ("It rang at eleven thirty.", []),
    ("Sent 2024-08-14 10:30 PM.", [("2024-08-14 10:30 PM", "2024-08-14T22:30")]),
    ("Sent 2024-08-14 99:99.", [("2024-08-14 99:99", "2024-08-14")]),
    ("At a quarter to one.", [("a quarter to one", "2024-08-14T12:45")]),
    ("Sales fell in the June quarter.", [("the June quarter", "2024-Q2")]),
    ("Between 7400 and 44 BC.", [("7400", "BC7400"), ("44 BC", "BC0044")]),
    ("In 44 BC and A.D. 250.", [("44 BC", "BC0044"), ("A.D. 250", "0250")]),
    ("The third quarter of 2023.", [("The third quarter of 2023", "2023-Q3")]),
    ("FY2023 and the 2015-16 season.", [("FY2023", "2023"), ("2015-16", "2015/2016")]),
    ("The summer of '69.", [("The summer of '69", "1969-SU")]),
    ("In nineteen ninety-seven.", [("nineteen ninety-seven", "1997")]),
    ("Since 9/11 it is so.", [("9/11", "2001-09-11")]),
    ("Born on ٣ May ٢٠٢٤.", [("٣ May ٢٠٢٤", "2024-05-03")]),
    ("On 2022 July 14.", [("2022 July 14", "2022-07-14")]),
]

RELATIVE = [
    ("He left on Monday.", [("Monday", "2024-08-12")]),
    ("The ferry sank at 4 in the morning on Sunday.",
     [("4 in the morning", "2024-08-11T04:00"), ("Sunday", "2024-08-11")]),
    ("He will return on Friday.", [("Friday", "2024-08-16")]),
    ("The deadline is due Friday.", [("Friday", "2024-08-16")]),
    ("He said the case is heard in October.", [("October", "2024-10")]),
    ("She resigned in October.", [("October", "2023-10")]),
    ("The talks on Dec. 25 failed.", [("Dec. 25", "2023-12-25")]),
    ("Dec. 25 is a holiday.", [("Dec. 25", "2024-12-25")]),
    ("Last week and early next year.", [("Last week", "2024-W32"), ("early next year", "2025")]),
    ("Monday last week.", [("Monday last week", "2024-08-05")]),
    ("Three weeks ago.", [("Three weeks ago", "2024-W30")]),
    ("Ten minutes ago.", [("Ten minutes ago", "2024-08-14T07:36")]),
    ("Yesterday morning and tonight.", [
        ("Yesterday morning", "2024-08-13TMO"), ("tonight", "2024-08-14TNI")]),
    ("The day before yesterday.", [("The day before yesterday", "2024-08-12")]),
    ("Over the weekend.", [("the weekend", "2024-W32-WE")]),
    ("The end of the month.", [("The end of the month", "2024-08")]),
    ("Last winter and next spring.", [("Last winter", "2023-WI"), ("next spring", "2025-SP")]),
    ("Last Thanksgiving.", [("Last Thanksgiving", "2023-11-23")]),
    ("Earlier Monday, he left.", [("Monday", "2024-08-12")]),
    ("The blast came at about 10:35 a.m. on Monday.", [
        ("10:35 a.m. on Monday", "2024-08-12T10:35")]),
    ("It fell in the year ended Oct. 31.", [("the year", "P1Y"), ("Oct. 31", "2023-10-31")]),
    ("But October may be dry.", [("October", "2024-10")]),
    ("It saw October fall away.", [("October", "2023-10")]),
    ("The judge fixed Monday for it.", [("Monday", "2024-08-19")]),
    ("The judge fixed it on Monday for them.", [("Monday", "2024-08-12")]),
    ("On March 3 last year and the 5th of May of this year.", [
        ("March 3 last year", "2023-03-03"), ("the 5th of May of this year", "2024-05-05")]),
    ("December wheat futures fell.", [("December", "2024-12")]),
    ("December wheat prices fell.", [("December", "2023-12")]),
    ("She will one day sing; one day of rain.", [
        ("one day", "FUTURE_REF"), ("one day", "P1D")]),
    ("Prices Fall Today, the bank said.", [("Today", "2024-08-14")]),
    ("In the first and third quarters of 2021.", [
        ("the first", "2021-Q1"), ("third quarters of 2021", "2021-Q3")]),
    ("In 1975 and by 2040, 300 homes are due.", [("1975", "1975"), ("2040", "2040")]),
    ("From Monday to Friday.", [("Monday", "2024-08-12"), ("Friday", "2024-08-16")]),
]  # fmt: skip

SPANS = [
    ("A 52-year-old man.", [("52-year-old", "P52Y")]),
    ("In 2 1/2 years.", [("2 1/2 years", "P2Y6M")]),
    ("Two 19-year-olds and a 3-week-old.", [("19-year-olds", "P19Y"), ("3-week-old", "P3W")]),
    ("Half an hour.", [("Half an hour", "PT30M")]),
    ("It takes 1 hr 20 min.", [("1 hr 20 min", "PT1H20M")]),
    ("Two days and 3 hours.", [("Two days and 3 hours", "P2DT3H")]),
    ("The past five years.", [("The past five years", "P5Y")]),
    ("It took about two weeks.", [("two weeks", "P2W")]),
    ("Several months; decades.", [("Several months", "PXM"), ("decades", "PXDE")]),
    ("Teens, 15 to 19-year-olds.", [("15 to 19-year-olds", "P15Y")]),
    ("A five year low.", [("five year", "P5Y")]),
    ("Every Monday, twice a week.", [("Every Monday", "XXXX-WXX-1"), ("twice a week", "P1W")]),
    ("On Monday and Sunday nights, on Monday and on weekends.", [
        ("Monday", "XXXX-WXX-1TNI"), ("Sunday nights", "XXXX-WXX-7TNI"),
        ("Monday", "2024-08-12"), ("weekends", "XXXX-WXX-WE")]),
    ("Saturdays at 5:30 pm.", [("Saturdays at 5:30 pm", "XXXX-WXX-6T17:30")]),
    ("The annual fair.", [("annual", "P1Y")]),
    ("It ends by 6 o'clock.", [("6 o'clock", f"{PUBLISHED[:10]}T06:00")]),
    ("It opens at 0900 GMT.", [("0900 GMT", f"{PUBLISHED[:10]}T09:00")]),
    ("We fear future losses and the future.", [
        ("future", "FUTURE_REF"), ("the future", "FUTURE_REF")]),
    ("Now, in the past, recently.", [
        ("Now", "PRESENT_REF"), ("the past", "PAST_REF"), ("recently", "PAST_REF")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ABSOLUTE + RELATIVE + SPANS)
def test_expression_has_its_value(text: str, expected: list[tuple[str, str]]) -> None:
    """Each expression is found with its span and value."""
    assert values_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They may march on.",  # modal and verb
        "He sat in the sun.",  # short forms of weekdays
        "A second man came.",  # ordinal
        "Prices fall again.",  # season as verb
        "Theresa May met April Ryan.",  # names
        "She died in Mar del Plata.",  # place
        "They won 2-1.",  # score
        "It costs $1990.",  # price
        "There were 1,990 people.",  # count
        "Flight 1990 landed.",  # number
        "The deal is worth 1.5 million.",  # sum
        "In the second half they scored.",  # half of a match
        "He reads the Daily Star.",  # title
        "She is in her 30s.",  # age in words
        "She sang in Days of Glory.",  # title of a work
        "Its future role, Ann's future job, a future in doubt.",  # somebody's
        "The third quarter-final is hers.",  # a match
        "In the Summer Palace she slept.",  # a building
        "They work at all hours, and in business hours.",  # no length of time
        "Shares of Nore Chips (2030.TW) rose.",  # a company on the stock exchange
        "She spoke on the BBC's Today programme.",  # a broadcast
        "He slept there two weekends.",  # counted weekends
        "He read the minutes of the meeting.",  # a record
    ],
)
def test_look_alike_is_no_date(text: str) -> None:
    """Words that only look like time are left alone."""
    assert values_of(text) == []


def test_narrative_moves_with_the_text() -> None:
    """ "Earlier" and "the next day" count from the date last set, "ago" from publication."""
    text = "It began on 3 May 2020. Two days later it spread. The next day it ended. A year ago."
    assert [value for _, value in values_of(text)] == [
        "2020-05-03", "2020-05-05", "2020-05-06", "2023",
    ]  # fmt: skip


def test_compared_year_takes_the_grain_of_the_quarter() -> None:
    """ "A year earlier" beside a quarter is that quarter of the year before."""
    text = "Sales rose in the second quarter of 2023 from a year earlier."
    assert values_of(text)[1] == ("a year earlier", "2022-Q2")


def test_what_a_quarter_is_compared_with() -> None:
    """ "A year ago" near a quarter is a quarter; a quarter to come is compared with nothing."""
    text = "Sales rose in the third quarter of 2023. The year-ago loss was small, {}as a year ago."
    quarters = [value for _, value in values_of(text.format("")) if value]
    assert quarters[1:] == ["2022-Q3", "2022-Q3"]
    forecast = values_of(text.format("not after the third quarter of 2025, "))
    assert [value for _, value in forecast][1:] == ["2022-Q3", "2025-Q3", "2022-Q3"]


def test_quarter_reported_on_is_the_latest() -> None:
    """An earlier quarter named beside it changes nothing; a later one does."""
    text = "Profit rose in the third quarter of 2023 after a loss in the {} quarter{}. The quarter"
    earlier, later = text.format("first", " of 2023"), text.format("final", " of 2023")
    assert values_of(earlier + " was good.")[-1] == ("The quarter", "2023-Q3")
    assert values_of(later + " was good.")[-1] == ("The quarter", "2023-Q4")


def test_quarter_that_none_was_named_for_is_the_last_one() -> None:
    """However often it is named: each counts from publication."""
    found = values_of(
        "The quarter was bad. Sales fell in the quarter, and tax rose in the quarter."
    )
    assert [value for _, value in found] == ["2024-Q2"] * 3


def test_period_of_another_year_is_the_quarter_reported_on() -> None:
    """Beside a quarter "the 2022 period" is one, else a year; "the latest period" is none alone."""
    text = "It rose in the second quarter of 2023. The 2022 period was bad, the latest period good."
    assert [value for _, value in values_of(text)] == ["2023-Q2", "2022-Q2", "2023-Q2"]
    assert values_of("The 2022 period was weak.") == [("The 2022 period", "2022")]
    assert values_of("The latest period was weak.") == []


def test_hours_later_count_from_the_narrative() -> None:
    """The clock of publication is for "ago" alone."""
    text = "He fell on Monday. Two hours later he died. Two hours ago they met."
    assert [value for _, value in values_of(text)] == [
        "2024-08-12", "2024-08-12", "2024-08-14T05:46",
    ]  # fmt: skip


def test_day_near_a_month_or_year_is_not_known() -> None:
    """ "That day" after a month is a day of it, after a day that day; a week later may be over."""
    text = "It began {}. That day it rained. Two days later it burned. Ten days later it ended."
    assert [value for _, value in values_of(text.format("in May 2020"))] == [
        "2020-05", "2020-05-XX", "2020-05-XX", "XXXX-XX-XX",
    ]  # fmt: skip
    assert [value for _, value in values_of(text.format("in 2020"))][1:3] == ["2020-XX-XX"] * 2
    days = [value for _, value in values_of(text.format("on 3 May 2020"))]
    assert days == ["2020-05-03", "2020-05-03", "2020-05-05", "2020-05-15"]


def test_without_publication_date_the_known_is_kept() -> None:
    """Unknown parts are X, and each such date leaves an issue."""
    text = "On Friday, July 25 passed, and last week too."
    dates, issues = dates_of("He left on Friday. On July 25 and last week.", published=None)
    assert [d.value for d in dates] == ["XXXX-WXX-5", "XXXX-07-25", "XXXX-WXX"]
    assert {i.kind for i in issues} == {"unresolved date"}
    assert len(issues) == 3
    assert dates_of(text, published=None)[0]


def test_order_of_day_and_month() -> None:
    """The option decides, else the article's own dates; what stays open is an issue."""
    text = "Signed on 03/04/2024."
    assert [d.value for d in dates_of(text, day_first=True)[0]] == ["2024-04-03"]
    assert [d.value for d in dates_of(text, day_first=False)[0]] == ["2024-03-04"]
    dates, issues = dates_of(text)
    assert [d.value for d in dates] == ["2024"]
    assert [i.kind for i in issues] == ["ambiguous date"]
    assert dates_of(text + " Ends 25/12/2024.")[0][0].value == "2024-04-03"


@pytest.mark.parametrize("text", ["On 30 February 2024.", "On 31/31/2024.", "It is 13:61 p.m. now"])
def test_impossible_date_is_an_issue(text: str) -> None:
    """What the calendar does not have gives an issue and no date of its own."""
    dates, issues = dates_of(text)
    assert "impossible date" in {i.kind for i in issues}
    assert all(d.value == "PRESENT_REF" for d in dates)


def test_bounds_and_modifier() -> None:
    """A value has inclusive ISO bounds; a modifier is kept beside it."""
    (date,) = dates_of("It starts early next year.")[0]
    assert (date.mod, date.earliest, date.latest) == ("START", "2025-01-01", "2025-12-31")


def test_duplicates_are_passed_over() -> None:
    """A line that stands twice gives its dates once."""
    line = "The harbour was shut on Monday for repairs"
    text = f"{line}\n\n{line}"
    assert len(find_dates(make_doc(text), find_blocks(text), published=PUBLISHED)[0]) == 1


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.text(alphabet="0123456789/:-.,' MonMaydaysyearsagolastq½٣\ud800\n", max_size=80))
def test_any_text_is_accepted(text: str) -> None:
    """Any text gives dates in order, each with the text of its span."""
    doc = make_doc(text) if text else None
    if doc is None:
        return
    dates, _ = find_dates(doc, find_blocks(doc.text), published=PUBLISHED)
    position = 0
    for date in dates:
        assert doc.text[date.start : date.end] == date.text
        assert date.start >= position
        position = date.end
