"""Resolve a meaning against an anchor to a TIMEX3 value; each distinct pair is computed once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from newsextract.language.calendar import add_days, add_months, is_date, iso_week, nth_weekday
from newsextract.records import DateType
from newsextract.stages.dates.holidays import holiday_date
from newsextract.stages.dates.meaning import (
    Fixed,
    Holiday,
    Meaning,
    Moment,
    Offset,
    Range,
    Shift,
    Within,
)

Direction = Literal["past", "future", None]
Grain = Literal["D", "W", "M", "Q", "Y"]

_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_PART_MONTHS = {"Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7, **_SEASON_MONTHS}
_MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}
_OVER_NEW_YEAR = 8
"""Months back from which a month that the story tells is the one to come."""
_DAYS_IN = {"D": 1, "W": 7, "2W": 14}


@dataclass(frozen=True, slots=True)
class Reference:
    """A day on the calendar with the grain at which the text set it."""

    day: dt.date
    grain: Grain = "D"


@dataclass(frozen=True, slots=True)
class Anchors:
    """What relative expressions count from.

    ``published`` is the day of publication, ``narrative`` the date set in the text before, if the
    expression counts from it;
    ``direction`` is where the tense of the clause points.
    """

    published: dt.date | None = None
    narrative: Reference | None = None
    direction: Direction = None
    clock: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value, and the reference it sets for what follows; ``open``: an anchor was missing.

    ``type`` is that of TIMEX3, ``None`` where the value tells it.
    """

    value: str | None
    reference: Reference | None = None
    open: bool = False
    type: DateType | None = None


@lru_cache(maxsize=4096)
def resolve(meaning: Meaning, anchors: Anchors) -> Resolved:
    """Return the value of ``meaning`` as seen from ``anchors``."""
    resolver = _RESOLVERS.get(type(meaning))
    return resolver(meaning, anchors) if resolver else Resolved(None)


def _base(anchors: Anchors) -> Reference | None:
    if anchors.narrative:
        return anchors.narrative
    return Reference(anchors.published) if anchors.published else None


def _moment(moment: Moment, anchors: Anchors) -> Resolved:
    base = _base(anchors)
    if moment.month is None and moment.part is None:
        if moment.weekday is not None:
            return _weekday(moment, base, anchors)
        if moment.year is None and moment.years is None:
            return _of_day(base.day if base else None, moment)
    year = _year_of(moment, base, anchors)
    if moment.month is None or moment.day is None:
        return _of_period(moment, year)
    if year is None or not is_date(year, moment.month, moment.day):
        date = f"XXXX-{moment.month:02}-{moment.day:02}"
        return Resolved(date + _time(moment), open=True)
    day = dt.date(year, moment.month, moment.day)
    return Resolved(iso_week(day), Reference(day, "W")) if moment.week else _of_day(day, moment)


def _of_period(moment: Moment, year: int | None) -> Resolved:
    """Return the value of a year, a month or a part of a year."""
    grain: Grain = "Y"
    value, first = f"{year:04}" if year else "XXXX", 1
    if moment.part:
        grain, value, first = "Q", f"{value}-{moment.part}", _PART_MONTHS.get(moment.part, 1)
    elif moment.month is not None:
        grain, value, first = "M", f"{value}-{moment.month:02}", moment.month
    reference = Reference(dt.date(year, first, 1), grain) if year else None
    return Resolved(value, reference, open=year is None)


def _time(meaning: Moment | Shift | Offset) -> str:
    if not isinstance(meaning, Offset) and meaning.clock:
        return f"T{meaning.clock}"
    return f"T{meaning.daypart}" if meaning.daypart else ""


def _of_day(day: dt.date | None, meaning: Moment | Shift | Offset) -> Resolved:
    if day is None:
        return Resolved("XXXX-XX-XX" + _time(meaning), open=True)
    return Resolved(day.isoformat() + _time(meaning), Reference(day))


def _weekday(moment: Moment, base: Reference | None, anchors: Anchors) -> Resolved:
    assert moment.weekday is not None
    if base is None:
        return Resolved(f"XXXX-WXX-{moment.weekday}{_time(moment)}", open=True)
    ahead = (moment.weekday - base.day.isoweekday()) % 7
    if moment.lean == "future":
        days = ahead or 7
    elif moment.lean == "past":
        days = ahead - 7
    elif moment.lean == "this":
        days = moment.weekday - base.day.isoweekday()
    elif moment.lean == "onward" or anchors.direction == "future":
        days = ahead
    else:
        days = ahead and ahead - 7
    return _of_day(add_days(base.day, days), moment)


def _year_of(moment: Moment, base: Reference | None, anchors: Anchors) -> int | None:
    """Return the year of a moment: written, counted from the anchor, or the nearest that fits."""
    if moment.year is not None or base is None:
        return moment.year
    if moment.years is not None:
        return _on_calendar(base.day.year + moment.years)
    if base.grain == "Y" and moment.lean == "future":
        return _on_calendar(base.day.year + 1)
    width = 1
    if moment.month is not None and moment.day is not None:
        start, here = (moment.month - 1) * 31 + moment.day, (base.day.month - 1) * 31 + base.day.day
    elif moment.month is not None:
        start, here = moment.month, base.day.month
    else:
        width = 6 if (moment.part or "")[0] == "H" else 3
        start, here = _PART_MONTHS.get(moment.part or "", base.day.month), base.day.month
    shift = _year_shift(here - start, width, moment, anchors.direction)
    return _on_calendar(base.day.year + shift)


def _on_calendar(year: int) -> int | None:
    return year if 1 <= year <= 9999 else None


def _year_shift(since: int, width: int, moment: Moment, direction: Direction) -> int:
    """Return how many years away the right one is; ``since``: units from its start to now."""
    inside = 0 <= since < width
    over = since >= width
    if moment.lean == "past":
        return 0 if over else -1
    if moment.lean == "future":
        return 1 if over or inside else 0
    if moment.lean in ("this", "onward") or inside:
        return int(over if moment.lean == "onward" else _is_over_new_year(since, moment))
    if moment.month is not None and moment.day is None and direction:
        return (1 if over else 0) if direction == "future" else (0 if over else -1)
    if moment.part is not None and moment.part[0] in "QH" and direction != "future":
        return 0 if over else -1
    return _nearest(since, 372 if moment.day is not None else 12, direction)


def _is_over_new_year(since: int, moment: Moment) -> bool:
    """Fires: "that January" after November. Not: "this January", "that March" after May."""
    told = moment.lean == "this" and moment.anchor == "narrative" and moment.day is None
    return told and since >= _OVER_NEW_YEAR


def _nearest(since: int, year: int, direction: Direction) -> int:
    """Return the shift to the year that fits: 7.5 months back to 4.5 ahead; tense moves it."""
    middle = year * 5 // 8
    if direction == "past":
        middle += year // 12
    elif direction == "future":
        middle -= year // 4
    if since > middle:
        return 1
    return -1 if since < middle - year else 0


def _holiday(holiday: Holiday, anchors: Anchors) -> Resolved:
    year = holiday.year
    base = anchors.narrative.day if anchors.narrative else anchors.published
    if year is None and base is None:
        fixed = holiday_date(holiday.name, 2001)
        moves = fixed != _same_day(holiday_date(holiday.name, 2002), 2001)
        day = "XXXX-XX-XX" if moves or not fixed else f"XXXX-{fixed.month:02}-{fixed.day:02}"
        return Resolved(day, open=True)
    if year is None and base is not None:
        if holiday.years is not None:
            year = base.year + holiday.years
        else:
            year = _holiday_year(holiday, base, None if holiday.week else anchors.direction)
    date = holiday_date(holiday.name, year) if year and _on_calendar(year) else None
    if date and holiday.week:
        return Resolved(iso_week(date), Reference(date, "W"))
    return _of_day(date, Moment(daypart=holiday.daypart))


def _same_day(day: dt.date | None, year: int) -> dt.date | None:
    return day.replace(year=year) if day and (day.month, day.day) != (2, 29) else None


def _holiday_year(holiday: Holiday, base: dt.date, direction: Direction) -> int:
    this = holiday_date(holiday.name, base.year)
    since = (base - this).days if this else 0
    if holiday.lean == "this":
        return base.year
    if holiday.lean == "past" or (holiday.lean is None and direction == "past"):
        past = since > 0 or (since == 0 and holiday.lean is None)
        return base.year if past else base.year - 1
    if holiday.lean in ("future", "onward") or direction == "future":
        return base.year if since <= 0 else base.year + 1
    return base.year + (abs(since) > 183) * (1 if since > 0 else -1)


def _range(range_: Range, anchors: Anchors) -> Resolved:
    """Return a range; where the first half names no year, it is the one before the last half."""
    last = _moment(range_.last, anchors)
    start = range_.first
    if start.year is None and last.reference:
        later = (start.month or 0) > (range_.last.month or 0)
        start = replace(start, year=last.reference.day.year - later)
    first = _moment(start, anchors)
    return Resolved(f"{first.value}/{last.value}", last.reference, first.open or last.open)


def _within(within: Within, anchors: Anchors) -> Resolved:
    """Return a day of a month or year by its number, or of a month by weekday and number."""
    month = resolve(within.month, anchors)
    if month.reference is None:
        number = within.nth if within.weekday is None and within.nth > 0 else None
        return Resolved(f"{month.value}-{number:02}" if number else f"{month.value}-XX", open=True)
    first = month.reference.day.replace(day=1)
    first = first.replace(month=1) if month.reference.grain == "Y" else first
    if within.weekday is not None:
        return _of_day(nth_weekday(first.year, first.month, within.nth, within.weekday), Moment())
    months = 12 if month.reference.grain == "Y" else 1
    following = add_months(first, months) if within.nth < 0 else first
    day = add_days(following, within.nth - (within.nth > 0)) if following else None
    inside = day and (day.month == first.month or (months == 12 and day.year == first.year))
    return _of_day(day, Moment()) if inside else Resolved(None)


def _offset(offset: Offset, anchors: Anchors) -> Resolved:
    """Return the shifted date, at the granularity of its anchor."""
    base = resolve(offset.base, anchors)
    if base.reference is None:
        return Resolved("XXXX-XX-XX" + _time(offset), open=True)
    day = _move(base.reference.day, offset.unit, offset.amount)
    if day is None:
        return Resolved(None, open=True)
    if offset.weekday is not None:
        ahead = (offset.weekday - day.isoweekday()) % 7
        day = add_days(day, ahead if offset.amount > 0 else ahead and ahead - 7)
    grain = base.reference.grain
    if day and grain == "W":
        return Resolved(iso_week(day), Reference(day, "W"))
    if day and grain in ("M", "Y"):
        value = day.isoformat()[: 7 if grain == "M" else 4]
        return Resolved(value, Reference(day, grain))
    return _of_day(day, offset)


def _move(day: dt.date, unit: str, amount: int) -> dt.date | None:
    if unit in _DAYS_IN:
        return add_days(day, amount * _DAYS_IN[unit])
    return add_months(day, amount * _MONTHS_IN[unit]) if unit in _MONTHS_IN else None


def _shift(shift: Shift, anchors: Anchors) -> Resolved:
    base = _base(anchors)
    if base is None:
        return Resolved(_open_value(shift), open=True)
    if shift.unit in _DAYS_IN:
        return _shift_days(shift, base)
    if shift.unit == "WE":
        return _weekend(shift, base, anchors)
    if shift.unit in _MONTHS_IN:
        return _shift_months(shift, base)
    return _shift_clock(shift, base, anchors)


def _open_value(shift: Shift) -> str:
    """Return what is known without an anchor: ``XXXX-WXX`` for a week, ``XXXX`` for a year."""
    if shift.weekday is not None:
        return f"XXXX-WXX-{shift.weekday}{_time(shift)}"
    forms = {
        "W": "XXXX-WXX", "2W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX",
        "Y": "XXXX", "DE": "XXX", "CE": "XX", "ML": "X",
    }  # fmt: skip
    return forms.get(shift.unit, "XXXX-XX-XX") + _time(shift)


def _shift_days(shift: Shift, base: Reference) -> Resolved:
    if shift.unit == "D" and base.grain != "D":
        return _day_within(shift, base)
    day = add_days(base.day, shift.amount * _DAYS_IN[shift.unit])
    if day is None:
        return Resolved(None, open=True)
    if shift.weekday is not None:
        return _of_day(add_days(day, shift.weekday - day.isoweekday()), shift)
    if shift.unit == "D":
        return _of_day(day, shift)
    return Resolved(iso_week(day), Reference(day, "W"))


def _day_within(shift: Shift, base: Reference) -> Resolved:
    """Return what is known of a day near a month or year: "that day" after "in May 2019"."""
    near = {"M": base.day.isoformat()[:7], "Y": f"{base.day.year:04}-XX"}
    known = near.get(base.grain) if abs(shift.amount) < _DAYS_IN["W"] else None
    return Resolved((known or "XXXX-XX") + "-XX" + _time(shift), open=True)


def _weekend(shift: Shift, base: Reference, anchors: Anchors) -> Resolved:
    """Return a weekend; "the weekend" is the last one on a workday, unless the tense says next."""
    back = shift.like and base.day.isoweekday() < 6 and anchors.direction != "future"
    day = add_days(base.day, -7 if back else shift.amount * 7)
    if day is None:
        return Resolved(None, open=True)
    return Resolved(f"{iso_week(day)}-WE", Reference(day, "W"))


def _shift_months(shift: Shift, base: Reference) -> Resolved:
    day = add_months(base.day, shift.amount * _MONTHS_IN[shift.unit])
    if day is None:
        return Resolved(None, open=True)
    unit = base.grain if shift.like and base.grain in ("M", "Q") else shift.unit
    if unit == "M":
        return Resolved(day.isoformat()[:7], Reference(day.replace(day=1), "M"))
    if unit == "Q":
        quarter = f"{day.year:04}-Q{(day.month + 2) // 3}"
        return Resolved(quarter, Reference(day, "Q"))
    digits = {"CE": 2, "ML": 1}.get(unit, 4)
    if unit == "DE" and shift.amount == 0:
        digits = 3
    return Resolved(f"{day.year:04}"[:digits], Reference(day, "Y"))


def _shift_clock(shift: Shift, base: Reference, anchors: Anchors) -> Resolved:
    """Return the day, or the minute where the publication time is known: "two hours ago"."""
    seconds = {"TH": 3600, "TM": 60, "TS": 1}.get(shift.unit)
    if seconds is None or anchors.clock is None or abs(shift.amount) > 100_000:
        return _of_day(base.day, shift)
    hour, minute = (int(part) for part in anchors.clock.split(":")[:2])
    then = dt.datetime.combine(base.day, dt.time(hour, minute))
    try:
        then += dt.timedelta(seconds=seconds * shift.amount)
    except OverflowError:
        return Resolved(None, open=True)
    return Resolved(then.isoformat()[:16], Reference(then.date()))


def _fixed(fixed: Fixed, _: Anchors) -> Resolved:
    return Resolved(fixed.value, type=fixed.type)


_RESOLVERS: dict[type, Callable[..., Resolved]] = {
    Fixed: _fixed,
    Moment: _moment,
    Holiday: _holiday,
    Range: _range,
    Within: _within,
    Offset: _offset,
    Shift: _shift,
}
