"""Ranges and pairs of dates: "December 13-15", "January–June", "Monday to Friday"."""

from __future__ import annotations

from newsextract.language.calendar import MONTHS, is_month_day
from newsextract.stages.dates.meaning import Meaning, Moment, Range
from newsextract.stages.dates.rules.found import Found, Rule
from newsextract.stages.dates.rules.shared import year_shift


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
    """Fires: "June 24" in "between June 24 and July 8, 2022": the year follows."""
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


def month_range(found: Found) -> Meaning | None:
    """Fires: "January-June", "the October-December quarter of 2023" (Q4). Not: "May-be"."""
    first, last = found.month("m"), found.month("m2")
    if first is None or last is None or not found.capital("m") or not found.capital("m2"):
        return None
    year, years = found.year(), year_shift(found)
    if last == first + 2 and first % 3 == 1 and found.word("kind") in ("quarter", "period"):
        return Moment(year=year, years=years, part=f"Q{last // 3}")
    start = Moment(year=year and year - (first > last), month=first)
    return Range(first=start, last=Moment(year=year, years=years, month=last))


def open_days(found: Found) -> Meaning | None:
    """Fires: "Monday" in "open Monday to Friday". Not: "from Monday to Friday"."""
    if found.before() in ("from", "between", "last", "next", "this", "on", "until", "late"):
        return None
    weekday = found.integer("wd", "WEEKDAY")
    return Moment(weekday=weekday, habit=True) if found.capital("wd") else None


RULES: tuple[Rule, ...] = (
    ("d:DAYNUM", second_day),
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
    (
        "the? {MON} -|–|— ( m2:MONTHABBR . | m2:MONTH ) kind:quarter|period|half ( of? ( y:YEAR | "
        "( yw:last|this|next year ) ) )?",
        month_range,
    ),
    ("{MON} -|–|— ( m2:MONTHABBR . | m2:MONTH ) ( of? ( y:YEAR | {YW} ) )?", month_range),
    ("wd:WEEKDAY > -|–|to|through|thru WEEKDAY", open_days),
)
