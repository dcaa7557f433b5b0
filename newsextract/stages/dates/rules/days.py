"""Days, months and clock times: "14 August 2024", "May 3", "Friday", "10:30 a.m."."""

from __future__ import annotations

import re
from dataclasses import replace

from newsextract.language.calendar import MONTHS, WEEKDAYS, is_date, is_month_day
from newsextract.language.lexicon import read_words
from newsextract.stages.dates.meaning import Broken, Leftover, Meaning, Moment, Numeric, Range
from newsextract.stages.dates.rules.found import Found, Rule
from newsextract.stages.dates.rules.shared import UP_TO, clock_of, extras, lean_of, year_shift

# Months that are also names count alone only behind a cue.
_NAMES = frozenset({"may", "march", "april", "june", "august", "jan", "mar", "sep", "dec"})
_OWNERS = frozenset(("a", "an", "its", "their", "our", "his", "her", "my", "'s", "’s", "latest"))


def calendar_date(found: Found) -> Meaning | None:
    """Fires: "Friday, Aug. 7, 1998", "the 3rd of May". Not: "may 5", "30 February"."""
    if not found.capital("m") and len(found.text("m")) < 6:
        return None
    month, day, year = found.month(), found.day(), found.year()
    assert month is not None
    assert day is not None
    fits = is_month_day(month, day) if year is None else is_date(year, month, day)
    if not fits:
        return Broken(detail=f"the calendar has no day {day} in month {month}")
    lean = lean_of(found) if year is None else None
    return Moment(year=year, month=month, day=day, lean=lean, **extras(found))


def week_of(found: Found) -> Meaning | None:
    """Fires: "the week of March 6". Not: "the week of rain"."""
    date = calendar_date(found)
    return replace(date, week=True) if isinstance(date, Moment) else date


def ranged_dates(found: Found) -> Meaning | None:
    """Fires: "December 13-15, 2022", "July 30 - August 2". Not: "May 2-1 win"."""
    month, year = found.month(), found.year()
    last_month = found.month("m2") or month
    first, last = found.day("d"), found.day("d2")
    if not found.capital("m") or month is None or last_month is None:
        return None
    if first is None or last is None or (last_month == month and last <= first):
        return None
    if not (is_month_day(month, first) and is_month_day(last_month, last)):
        return None
    return Range(
        first=Moment(year=year, month=month, day=first),
        last=Moment(year=year, month=last_month, day=last),
    )


def first_of_pair(found: Found) -> Meaning | None:
    """Fires: "June 24" in "between June 24 and July 8, 2022": the year stands behind."""
    month, day, year = found.month(), found.day(), found.year("y2")
    if month is None or not found.capital("m"):
        return None
    if day is None:
        return Moment(year=year, month=month, years=year_shift(found))
    return Moment(year=year, month=month, day=day) if is_month_day(month, day) else None


def first_day_of_pair(found: Found) -> Meaning | None:
    """Fires: "12" in "on 12 and 14 July". Not: "12" in "12 and a half"."""
    month, day = found.month("m2"), found.day()
    if not found.capital("m2") or month is None or day is None or not is_month_day(month, day):
        return None
    return Moment(year=found.year("y2"), month=month, day=day)


def second_day(found: Found) -> Meaning | None:
    """Fires: "25" in "April 24 and 25". Not: "24 and 25 people"."""
    month = found.before(3) if found.before(3) != "." else found.before(4)
    day = found.day()
    if found.before() not in ("and", "or", "&") or month not in MONTHS or day is None:
        return None
    dated = found.before(2).isdecimal() and is_month_day(MONTHS[month], day)
    return Moment(month=MONTHS[month], day=day) if dated else None


def month_and_year(found: Found) -> Meaning | None:
    """Fires: "January 1998", "mid-June last year". Not: "may 1998 be"."""
    if not found.capital("m"):
        return None
    return Moment(year=found.year(), month=found.month(), years=year_shift(found), **extras(found))


def month_alone(found: Found) -> Meaning | None:
    """Fires: "in March", "last May". Not: "may", "the march", "June Lee", "Theresa May"."""
    word = found.word("m")
    if not found.capital("m") and len(word) < 6:
        return None
    marked = any(found.has(g) for g in ("e", "en", "ap", "dir", "week"))
    if word in ("march", "may", "august") and not found.capital("m"):
        return None
    if not marked and not _reads_as_month(found, word):
        return None
    return Moment(month=found.month(), lean=lean_of(found), **extras(found))


def _reads_as_month(found: Found, word: str) -> bool:
    following, before = found.after(), found.before()
    short = len(word) < 5 and word not in ("may", "june", "july")
    if short and (following[:1].isalpha() or (before == "-" and found.before(2)[:1].isalpha())):
        return False
    if before == "the" or (before in _OWNERS and following[:1].islower()):
        return word != "may" or following[:1].islower()
    if found.before() in read_words("month_cues"):
        named = (
            word in _NAMES
            and following[:1].isupper()
            and following.lower() not in read_words("month_cues")
        )
        return not (named and found.before() in ("and", ",", "by", "from", "for", "("))
    if word in _NAMES or len(word) <= 4:
        return word == "june" and following in ("'s", "’s")
    return not following[:1].isupper()


def weekday_alone(found: Found) -> Meaning | None:
    """Fires: "Friday", "last Monday night", "9 a.m. Tuesday". Not: "sun", "he sat"."""
    word = found.word("wd")
    if len(word) < 6 and (not found.capital("wd") or not _short_weekday(found)):
        return None
    lean = lean_of(found)
    narrative = found.word("dir").split()[-1:] in (["previous"], ["following"])
    if lean is None and found.before() in UP_TO and found.before(2) in WEEKDAYS:
        lean, narrative = "future", True
    return Moment(
        weekday=found.integer("wd", "WEEKDAY"),
        lean=lean,
        anchor="narrative" if narrative else "published",
        **extras(found),
    )


def _short_weekday(found: Found) -> bool:
    if found.word("wd") in ("sun", "sat", "wed", "mon"):
        return found.has("dir") or (found.before() == "on" and found.after() in (".", ","))
    return found.has("dir") or found.before() in ("on", "by", "since", "until")


def iso_date(found: Found) -> Meaning | None:
    """Fires: "2024-08-14", "2024-08-14T07:46:00Z". Not: "2024-13-40"."""
    text = found.text("iso").replace("/", "-")
    year, month, day = (int(part) for part in text[:10].split("-"))
    if not is_date(year, month, day):
        return Broken(detail=f"the calendar has no {text[:10]}")
    clock = text[11:16] or None
    return Moment(year=year, month=month, day=day, clock=clock)


def numeric_date(found: Found) -> Meaning | None:
    """Fires: "14/08/2024", "3.4.2024", "03/04/24". Not: "24/7/365", "1-2-03"."""
    text = found.text("num")
    first, second, year = (int(part) for part in re.split(r"[/.-]", text))
    if year < 100:
        if "/" not in text or not (1 <= first <= 31 and 1 <= second <= 31):
            return None
        year += 2000 if year < 50 else 1900
    return Numeric(first=first, second=second, year=year)


def leftover(found: Found) -> Meaning | None:
    """Fires: "2022 July 14", "July, 14, 2022", "14/Aug/2022". Not: "2022 may 14"."""
    return Leftover() if found.capital("m") else None


def nine_eleven(found: Found) -> Meaning | None:
    """Fires: "9/11", "Sept. 11 attacks" is left to the calendar."""
    return Moment(year=2001, month=9, day=11) if found.text("z") else None


def clock_alone(found: Found) -> Meaning | None:
    """Fires: "at 10:35 a.m.", "1300 GMT", "noon". Not: "a 10:35 ratio"."""
    text = found.text("c")
    marked = (
        found.has("z")
        or found.has("z2")
        or re.search(r"[ap]\.?\s?m", text, re.IGNORECASE)
        or found.has("k")
    )
    if found.has("z") and text.isdecimal() and found.before() in ("in", "of", "for", "the"):
        return None
    if not marked and found.before() not in (
        "at", "by", "around", "from", "until", "till", "about", "before", "after", "since", "to",
    ):  # fmt: skip
        return None
    clock = clock_of(found)
    if clock is None:
        meant = marked or found.before() == "at"
        return Broken(detail=f"{text} is not a time of day") if meant else None
    if found.capital("k") and found.before() not in ("", ".", '"'):
        return None
    if found.has("k") and found.before() in ("high", "until") and found.after() != ".":
        return None
    return Moment(clock=clock, daypart=None, anchor="narrative", mod=extras(found)["mod"])


RULES: tuple[Rule, ...] = (
    ("d:DAYNUM", second_day),
    ("iso:ISODATE", iso_date),
    ("{APX} {PRE} ( {DIR}? {WD} ,? )? ( dir:last|this|next )? {MDY} {POST}", calendar_date),
    (
        "{PRE} ( {DIR}? {WD} ,? the? )? the? {D} -? of? {MON} ( ( , | - )? y:YEAR )? {POST}",
        calendar_date,
    ),
    ("the week of|beginning|ending {MDY}", week_of),
    ("the d:ORDINAL of {MON} ( ,? y:YEAR )?", calendar_date),
    ("{MON} {D} - d2:DAYNUM|ORDINALNUM ( ,? y:YEAR )?", ranged_dates),
    ("{MON} {D} – d2:DAYNUM|ORDINALNUM ( ,? y:YEAR )?", ranged_dates),
    ("{MON} {D} to d2:DAYNUM|ORDINALNUM ( ,? y:YEAR )?", ranged_dates),
    ("{D} ( - | – | to ) d2:DAYNUM|ORDINALNUM of? {MON} ( ,? y:YEAR )?", ranged_dates),
    (
        "{MON} {D} ( - | – ) ( m2:MONTHABBR . | m2:MONTH ) d2:DAYNUM|ORDINALNUM ( ,? y:YEAR )?",
        ranged_dates,
    ),
    (
        "{MON} {D} > {TO} the? ( m2:MONTHABBR . | m2:MONTH ) DAYNUM|ORDINALNUM ,? y2:YEAR",
        first_of_pair,
    ),
    ("{D} {MON} > {TO} the? DAYNUM|ORDINALNUM ( MONTHABBR . | MONTH ) ,? y2:YEAR", first_of_pair),
    (
        "{MON} > {TO} ( m2:MONTHABBR . | m2:MONTH ) of? ( y2:YEAR | ( yw:last|this|next year ) )",
        first_of_pair,
    ),
    (
        "{D} > ( and | or | & | , ) DAYNUM|ORDINALNUM of? ( m2:MONTHABBR . | m2:MONTH ) ( ,? "
        "y2:YEAR )?",
        first_day_of_pair,
    ),
    ("{EDGED} {MON} ( , | of | - )? ( y:YEAR|SHORTYEAR )", month_and_year),
    ("{EDGED} {MON} of? ( yw:last|this|next|that year )", month_and_year),
    ("{APX} {EDGED} {DIR}? m:MONTH", month_alone),
    ("( e:EDGE -? on? )? {AT} ( the? {DIR} )? wd:WEEKDAY {POST}", weekday_alone),
    ("z:NINEELEVEN", nine_eleven),
    ("num:NUMDATE", numeric_date),
    ("YEAR ,|-|/|.? m:MONTH .|,|-|/? DAYNUM|ORDINALNUM", leftover),
    ("m:MONTH , DAYNUM|ORDINALNUM ,? YEAR", leftover),
    ("DAYNUM|ORDINALNUM /|. m:MONTH /|. YEAR", leftover),
    ("{APX} ( c:CLOCK ( ( z:local time ) | z2:ZONE )? | k:NOON )", clock_alone),
    ("c:DAYNUM o ' clock", clock_alone),
    ("{APX} c:FOURDIGIT ( ( z:hours|hrs|local time? ) | z2:ZONE )", clock_alone),
)
