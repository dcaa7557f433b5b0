"""Dates found from another date, ranges, clock times with their day; seen from 14 August 2024."""

from __future__ import annotations

import pytest
from test_dates import make_doc, values_of

from newsextract.records import Block
from newsextract.stages.dates import find_dates

FIRES = [
    ("On the last Sunday of April and the third Monday in March 2022.", [
        "2024-04-28", "2022-03-21"]),
    ("On the first day of May and the last day of next month.", ["2024-05-01", "2024-09-30"]),
    ("On the 9th of next month.", ["2024-09-09"]),
    ("On the last day of the year.", ["2024-12-31"]),
    ("The week before last and the year after next.", ["2024-W31", "2026"]),
    ("The night before last.", ["2024-08-12TNI"]),
    ("The weekend after next.", ["2024-W35-WE"]),
    ("It starts two weeks from Thursday.", ["2024-08-29"]),
    ("It starts Tuesday week and ends Friday fortnight.", ["2024-08-27", "2024-08-30"]),
    ("On 2020.08.03 and 3 May '19.", ["2020-08-03", "2019-05-03"]),
    ("It starts a fortnight on Saturday.", ["2024-08-31"]),
    ("A month ago today and ten years ago this week.", ["2024-07-14", "2014-W33"]),
    ("It closed a week ago Monday.", ["2024-08-05"]),
    ("It opens a week after Labor Day.", ["2024-09-09"]),
    ("It opens the day after Labor Day.", ["2024-09-03"]),
    ("It shut the Monday after Easter 2022.", ["2022-04-18"]),
    ("Three days before May 2, 2020, it shut.", ["2020-04-29"]),
    ("Output in April-June and the January-March quarter of 2021.", [
        "2024-04/2024-06", "2021-Q1"]),
    ("Output in May-August last year.", ["2023-05/2023-08"]),
    ("It opens on the 6th and 7th of next month.", ["2024-09-06", "2024-09-07"]),
    ("It shut in the 2021-22 financial year.", ["2021/2022"]),
    ("The March-quarter loss and the June quarter.", ["2024-Q1", "2024-Q2"]),
    ("It shut two weeks before Easter 2022.", ["2022-04-03"]),
    ("Two weeks earlier this month it shut.", ["P2W", "2024-08"]),
    ("Output in November-February 2020.", ["2019-11/2020-02"]),
    ("On 7-Feb-19, 30.11.21 and 11-30-21.", ["2019-02-07", "2021-11-30", "2021-11-30"]),
    ("The bank opens Tuesday to Friday.", ["XXXX-WXX-2", "XXXX-WXX-5"]),
    ("It fell this past Thursday.", ["2024-08-08"]),
    ("It rang at 04:10 (0210 GMT) on Monday.", [
        "2024-08-12T04:10", "2024-08-12T02:10", "2024-08-12"]),
    ("Work ran between 8 a.m. and 6 p.m. on Tuesday.", ["2024-08-13T08:00", "2024-08-13T18:00"]),
    ("At 0715 hours yesterday it rang.", ["2024-08-13T07:15", "2024-08-13"]),
    ("It rang at 0915GMT.", ["2024-08-14T09:15"]),
    ("Before the Sept. 11 attacks.", ["2001-09-11"]),
    ("A decade ago this month it shut.", ["2014-08"]),
    ("It opens the first Sunday of every month.", ["P1M"]),
    ("It hailed overnight Sunday and overnight on Monday.", ["2024-08-11TNI", "2024-08-12TNI"]),
    ("Doors will close at 7.45 on Tuesday evening.", ["2024-08-20T19:45"]),
    ("It rang at 2:10 on Monday night and 8:20 on Tuesday morning.", [
        "2024-08-12T02:10", "2024-08-13T08:20"]),
    ("It rang at 6.05 on 9 May 2020 and on Monday at 9.40.", [
        "2020-05-09T06:05", "2024-08-12T09:40"]),
    ("It rang at half past four on Sunday.", ["2024-08-11T04:30", "2024-08-11"]),
    ("A quarter past two; at quarter to six; at eight o'clock on Monday.", [
        "2024-08-14T02:15", "2024-08-14T05:45", "2024-08-12T08:00", "2024-08-12"]),
    ("It rang at 0530 on Monday.", ["2024-08-12T05:30", "2024-08-12"]),
    ("It rang at 7 a.m. Eastern Time on Monday.", ["2024-08-12T07:00", "2024-08-12"]),
    ("It rang on Monday at noon.", ["2024-08-12T12:00"]),
    ("In the week ending 2 August.", ["2024-W31"]),
    ("It shut in the winter of 2020-21 and reopened in spring.", ["2020-WI", "2021-SP"]),
    ("It shut in Thanksgiving week; it opens in Easter week.", ["2024-W48", "2024-W13"]),
    ("It shut two Fridays ago.", ["2024-08-02"]),
    ("It shut on Tuesday last and opens Monday next.", ["2024-08-13", "2024-08-19"]),
    ("It is open 9am to 5pm, Tuesday to Friday.", [
        "XXXX-WXX-2T09:00", "XXXX-WXX-2T17:00", "XXXX-WXX-2", "XXXX-WXX-5"]),
]  # fmt: skip

LOOK_ALIKES = [
    ("The second May was warm.", []),
    ("A week after he left, it rained.", ["P1W"]),
    ("He was held for a week on Monday.", ["P1W", "2024-08-12"]),
    ("They met Tuesday to Friday.", ["2024-08-13", "2024-08-16"]),
    ("The band will play Thursday to Saturday.", ["2024-08-15", "2024-08-17"]),
    ("It rang at 9 p.m. He left on Monday.", ["2024-08-14T21:00", "2024-08-12"]),
    ("It rang at 9 p.m. and on Tuesday it fell.", ["2024-08-14T21:00", "2024-08-13"]),
    ("He said that June was dry.", ["2024-06"]),
    ("Build 2020.18.03 of 3 May.", ["2024-05-03"]),
    ("It won 12-5-10.", []),
    ("She swam it in 9.40 on Monday.", ["2024-08-12"]),
    ("A quarter to a third of it; a quarter past the mark.", []),
    ("Dial 0530 for 0800 123; agent 0070 came.", []),
    ("A week of rain ended.", ["P1W"]),
    ("He shone in spring training.", []),
    ("It closed at 9.75 on Monday.", ["2024-08-12"]),
    ("The first Sunday of the month was wet.", ["2024-08-04"]),
    ("He works two Fridays a month.", ["XXXX-WXX-5", "P1M"]),
    ("It shut Tuesday last week.", ["2024-08-06"]),
    ("It will open at 9am Tuesday.", ["2024-08-20T09:00"]),
    ("Before the Sept. 11 vote.", ["2024-09-11"]),
]


@pytest.mark.parametrize(("text", "values"), FIRES)
def test_date_is_found_from_another(text: str, values: list[str]) -> None:
    """The expression as a whole has the value."""
    assert [value for _, value in values_of(text)] == values


@pytest.mark.parametrize(("text", "values"), LOOK_ALIKES)
def test_look_alike_keeps_its_own_values(text: str, values: list[str]) -> None:
    """What only looks like such an expression is read as before."""
    assert [value for _, value in values_of(text)] == values


def test_present_tense_of_a_caption_is_of_the_past() -> None:
    """ "Cars wait on Monday" under a picture is over; in the article it lies ahead."""
    line = "Cars go by ferry on Monday"
    doc = make_doc(line)
    doc[1].pos_ = "VERB"
    kinds = ("caption", "paragraph")
    found = [
        find_dates(doc, (Block(kind, 0, len(line)),), published="2024-08-14")[0] for kind in kinds
    ]
    assert [dates[0].value for dates in found] == ["2024-08-12", "2024-08-19"]
