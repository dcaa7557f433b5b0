"""The first and last instant that a TIMEX3 value covers, as ISO 8601."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

from newsextract.language.calendar import add_days, is_date

_PARTS = {
    "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12), "H1": (1, 6), "H2": (7, 12),
    "SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14),
}  # fmt: skip
_DAYPARTS = {
    "MO": ("00:00", "11:59"), "AF": ("12:00", "17:59"), "EV": ("18:00", "23:59"),
    "NI": ("18:00", "23:59"),
}  # fmt: skip
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_YEARS = re.compile(r"\d{2,4}")

Bounds = tuple[str | None, str | None]
_NONE: Bounds = (None, None)


@lru_cache(maxsize=4096)
def bounds_of(value: str | None) -> Bounds:
    """Return (earliest, latest) of a value, each ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM``.

    Both are inclusive. A duration, a set, a reference and a value with unknown parts have
    none; of a range written as one expression, the outer bounds.
    """
    if not value or "X" in value or value[0] == "P" or value.endswith("_REF"):
        return _NONE
    if "/" in value:
        first, _, last = value.partition("/")
        return bounds_of(first)[0], bounds_of(last)[1]
    date, _, time = value.partition("T")
    earliest, latest = _day_bounds(date)
    if not time or earliest is None or earliest != latest:
        return earliest, latest
    return _time_bounds(earliest, time)


def _day_bounds(date: str) -> Bounds:
    if match := _DAY.fullmatch(date):
        return (date, date) if is_date(*(int(g) for g in match.groups())) else _NONE
    if match := _WEEK.fullmatch(date):
        return _week_bounds(int(match[1]), int(match[2]), weekend=bool(match[3]))
    if _YEARS.fullmatch(date):
        width = 4 - len(date)
        year = max(date + "0" * width, "0001")
        return f"{year}-01-01", f"{date}{'9' * width}-12-31"
    year, _, part = date.partition("-")
    if not year.isdecimal() or len(year) != 4:
        return _NONE
    first, last = (
        _PARTS.get(part) or (int(part), int(part)) if part in _PARTS or _is_month(part) else (0, 0)
    )
    return _month_bounds(int(year), first, last) if first else _NONE


def _is_month(part: str) -> bool:
    return len(part) == 2 and part.isdecimal() and 1 <= int(part) <= 12


def _month_bounds(year: int, first: int, last: int) -> Bounds:
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    if not 1 <= end_year <= 9999 or year < 1:
        return _NONE
    end = calendar.monthrange(end_year, end_month)[1]
    return f"{year:04}-{first:02}-01", f"{end_year:04}-{end_month:02}-{end:02}"


def _week_bounds(year: int, week: int, *, weekend: bool) -> Bounds:
    try:
        monday = dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return _NONE
    last = add_days(monday, 6)
    first = add_days(monday, 5) if weekend else monday
    return first.isoformat() if first else None, last.isoformat() if last else None


def _time_bounds(day: str, time: str) -> Bounds:
    if time in _DAYPARTS:
        first, last = _DAYPARTS[time]
        return f"{day}T{first}", f"{day}T{last}"
    if time.startswith("24"):
        following = add_days(dt.date.fromisoformat(day), 1)
        return (f"{following}T00:00",) * 2 if following else _NONE
    if not re.fullmatch(r"\d\d(?::\d\d){0,2}", time):
        return day, day
    first = time if ":" in time else f"{time}:00"
    last = time if ":" in time else f"{time}:59"
    return f"{day}T{first}", f"{day}T{last}"
