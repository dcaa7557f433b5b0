"""What a run of past sentences counts from, and what releases it; seen from 14 August 2024."""

from __future__ import annotations

import pytest
from test_dates import make_doc, values_of

from newsextract.records import Block
from newsextract.stages.dates import find_dates

TOLD = [
    # month after month, the year of the anchor; over the turn of a year
    ("In May 1961 the mill burned. In July it was sold.", ["1961-05", "1961-07"]),
    ("In November 2004 she retired. In February she died.", ["2004-11", "2005-02"]),
    ("In 1988 he moved to Cork. In the autumn he married.", ["1988", "1988-FA"]),
    # days and weekdays
    ("On Jan. 28, 2010, the dam broke. By Feb. 2 the town was dry.", ["2010-01-28", "2010-02-02"]),
    ("On Monday, 3 June 1957, it rained. On Thursday the bridge fell.", [
        "1957-06-03", "1957-06-06"]),
    # the words themselves count from it
    ("She left Cork in April 1931. The next autumn she came back.", ["1931-04", "1931-FA"]),
    ("The school opened in 1977. That September it had two pupils.", ["1977", "1977-09"]),
    ("The ship sailed in May 1905. The following March it sank.", ["1905-05", "1906-03"]),
    ("In October 2009 the firm grew. Two quarters later it was gone.", ["2009-10", "2010-Q2"]),
    # what had been before counts back
    ("In June 2015 he was tried. In April he had lost his seat.", ["2015-06", "2015-04"]),
    ("In October 1990 he fled. In March he had lost his seat.", ["1990-10", "1990-03"]),
    ("On 3 May 2007 she vanished. On Thursday evening they had dined.", [
        "2007-05-03", "2007-05-03TEV"]),
    ("On 3 May 2007 she vanished. By the Sunday they had given up.", ["2007-05-03", "2007-05-06"]),
    ("She won in October 1997. That January she had lost.", ["1997-10", "1998-01"]),
    ("She won in May 1997. That March she had lost.", ["1997-05", "1997-03"]),
    # holidays
    ("They met in May 2011. By Christmas they had parted.", ["2011-05", "2011-12-25"]),
    # the last date of a sentence counts, whatever it is told of
    ("Born on 2 May 1951, she left Cork in June 1969. In July she wed.", [
        "1951-05-02", "1969-06", "1969-07"]),
    # words without a verb after the date, words that report before it
    ("She was born on 2 May 1951 in Cork. In July they left.", ["1951-05-02", "1951-07"]),
    ("They said that on May 2, 2011, he fled. On May 4 he slept.", ["2011-05-02", "2011-05-04"]),
    ("On 3 May 2011 he fled. On Friday he was charged.", ["2011-05-03", "2011-05-06"]),
    ("On May 3, 2011, he fled; on the Friday he slept.", ["2011-05-03", "2011-05-06"]),
    # one thing after another in a sentence
    ("It opened in May 2011, closed in July and burned in March.", [
        "2011-05", "2011-07", "2012-03"]),
    ("In 2003 he won. The year before, he had lost. Two years later he left.", [
        "2003", "2002", "2005"]),
    ("In May 2003 he won. A year earlier, he had lost.", ["2003-05", "2002-05"]),
    ("It was Monday, 3 June 1957. On Tuesday it rained.", ["1957-06-03", "1957-06-04"]),
    ("He lost in 2003. In May of the following year he left.", ["2003", "2004-05"]),
    # but not to a month that comes soon, nor over a semicolon, nor from a year
    ("In October 2012 it opened. In November, 300 had joined.", ["2012-10", "2012-11"]),
    ("In 1998 the mill closed. In April they sat in; by autumn they had lost.", [
        "1998", "1998-04", "1998-FA"]),
    # a year that times an event, and the next one
    ("The flood of 1931 began on May 3 and ended in June.", ["1931", "1931-05-03", "1931-06"]),
    ("She won in 1971 and again the next year.", ["1971", "1972"]),
    # a story that begins with what is told of a date
    ("Lee, lost on May 3, 2011, was found two days later. On May 9 he slept.", [
        "2011-05-03", "2011-05-05", "2011-05-09"]),
    # at the end of a clause
    ("The trial opened in January 2021. Jurors retired on Feb. 3.", ["2021-01", "2021-02-03"]),
    # what is told moves it on
    ("In November 1989 it fell. Ten months later they voted. In December he died.", [
        "1989-11", "1990-09", "1990-12"]),
    ("In 2009 it burned. In May of that year he left. The next month he died.", [
        "2009", "2009-05", "2009-06"]),
    ("In 2003 he won; the year before, he lost.", ["2003", "2002"]),
    # the season or month after a year is the next year's
    ("She married in 1955 and the following spring bore a son.", ["1955", "1956-SP"]),
    ("In 1998 the firm grew. It was sold that autumn.", ["1998", "1998-FA"]),
    ("It was bought in June 2017. Work began that October and ended in March.", [
        "2017-06", "2017-10", "2018-03"]),
    # joined in one sentence
    ("He was hurt in May 2012 and died in August.", ["2012-05", "2012-08"]),
    # lines that open with a date, in the present tense
    ("May 2, 2016: Ann opens a shop.\n\nJuly 9: It burns.", ["2016-05-02", "2016-07-09"]),
]  # fmt: skip

RELEASED = [
    # by the present or the future
    ("In May 1961 the mill burned. In July it is sold.", ["1961-05", "2024-07"]),
    ("In May 2011 he lost. He will return in October.", ["2011-05", "2024-10"]),
    ("In May 1961 the mill burned. At Christmas it is sold.", ["1961-05", "2024-12-25"]),
    # a weekday counts from a date that opens its sentence
    ("He fled on May 3, 2011. On Friday he slept.", ["2011-05-03", "2024-08-09"]),
    # by words that report
    ("In May 2011 the firm grew. On Monday, it said sales fell.", ["2011-05", "2024-08-12"]),
    ("The firm, founded in May 1961, said sales fell in July.", ["1961-05", "2024-07"]),
    ("It opened in January 2021. Sales fell in July, the firm said.", ["2021-01", "2024-07"]),
    ("He was elected in May 2010. In June, he said, he stood again.", ["2010-05", "2024-06"]),
    ("The bank was founded in 1872. In May it said profits fell.", ["1872", "2024-05"]),
    ("In May 2011 he lost. Growth slows over the next month.", ["2011-05", "2024-09"]),
    # by a date that counts from today
    ("In May 2011 he lost. Last week he won. In June he slept.", [
        "2011-05", "2024-W32", "2024-06"]),
    ("She won in 1971, and hopes for the next year rose.", ["1971", "2025"]),
    # a year in a name or a noun phrase sets nothing
    ("The law of 2011 lapsed on June 3.", ["2011", "2024-06-03"]),
    ("A law of 2011 was dropped. In June he slept.", ["2011", "2024-06"]),
    # nor does what happened within weeks
    ("Lee, lost on July 30, was found two days later. In June he slept.", [
        "2024-07-30", "2024-08-01", "2024-06"]),
    # a weekday long after the day in another paragraph
    ("On May 3, 2011, he lost.\n\nOn Friday he won.", ["2011-05-03", "2024-08-09"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values"), TOLD)
def test_narrative_counts_from_its_date(text: str, values: list[str]) -> None:
    """After an explicit past date the run counts from it."""
    assert [value for _, value in values_of(text)] == values


@pytest.mark.parametrize(("text", "values"), RELEASED)
def test_narrative_is_released(text: str, values: list[str]) -> None:
    """The present, a report, and a date that counts from today bring back the publication date."""
    assert [value for _, value in values_of(text)] == values


def test_plural_present_releases() -> None:
    """ "Rents rise" speaks of now, "rents doubled" does not."""
    text = "In May 2011, rents doubled. Rents *rise most in June."
    plain = text.replace("*", "")
    doc = make_doc(plain)
    for token in doc:
        noun = token.lower_ == "rents"
        token.pos_ = "NOUN" if noun else "VERB" if token.idx == text.index("*") else ""
    dates, _ = find_dates(doc, (Block("paragraph", 0, len(plain)),), published="2024-08-14")
    assert [date.value for date in dates] == ["2011-05", "2024-06"]
