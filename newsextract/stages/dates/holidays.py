"""Holidays: on a fixed day, on the n-th weekday of a month, or relative to Easter."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from newsextract.language.calendar import add_days, nth_weekday
from newsextract.language.lexicon import read_pairs


def holiday_date(name: str, year: int) -> dt.date | None:
    """Return the day of the holiday ``name`` in ``year``.

    The list writes it as ``12-25``, ``11 4 4`` (fourth Thursday of November), ``11 4 4 1`` (the
    day after that), ``5 -1 1`` (last Monday of May) or ``easter -2``.
    """
    rule = _read_rules()[_key(name)].split()
    if len(rule) == 1:
        return dt.date(year, *(int(part) for part in rule[0].split("-")))
    if rule[0] == "easter":
        return add_days(easter(year), int(rule[1]))
    month, nth, weekday, *after = (int(part) for part in rule)
    day = nth_weekday(year, month, nth, weekday)
    return add_days(day, after[0]) if day and after else day


@cache
def _read_rules() -> dict[str, str]:
    """Return the rule of each holiday, by the key of its name."""
    return {_key(name): rule for name, rule in read_pairs("holidays").items()}


def _key(name: str) -> str:
    """Return a name without spaces: "St.Patrick's Day" and "Black_Friday" occur."""
    return re.sub(r"[\s_]+", "", name)


def easter(year: int) -> dt.date:
    """Return Easter Sunday in the Gregorian calendar (the method of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * j) // 433
    month = (h + j - 7 * m + 90) // 25
    return dt.date(year, month, (h + j - 7 * m + 33 * month + 19) % 32)
