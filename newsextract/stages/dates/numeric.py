"""Dates in digits alone: "14/08/2024", "3.4.2024", and the order of day and month in them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsextract.language.calendar import is_date
from newsextract.stages.dates.meaning import Broken, Meaning, Moment, Numeric
from newsextract.stages.dates.stamps import order_day_month

_DAY_MONTH = re.compile(r"\d{1,2}(?:st|nd|rd|th)?[ -](?:of )?[A-Z][a-z]{2}")


def find_order(meanings: Iterable[tuple[Meaning, str]]) -> bool | None:
    """Return whether the article's dates put the day first; None if undecided.

    Numeric dates with a number above 12 decide; else dates in words that read "14 August".
    """
    orders: set[bool] = set()
    words = False
    for meaning, text in meanings:
        if isinstance(meaning, Numeric) and (meaning.first > 12) != (meaning.second > 12):
            orders.add(meaning.first > 12)
        words = words or (isinstance(meaning, Moment) and bool(_DAY_MONTH.match(text)))
    if orders:
        return orders.pop() if len(orders) == 1 else None
    return True if words else None


def settle_numeric(numeric: Numeric, day_first: bool | None) -> tuple[Meaning, bool]:
    """Return the meaning of a numeric date, and whether the order of its numbers stayed open."""
    ordered = order_day_month(numeric.first, numeric.second, day_first)
    if ordered is None and numeric.first <= 12 and numeric.second <= 12:
        return Moment(year=numeric.year), True
    if ordered is None or not is_date(numeric.year, *ordered):
        detail = f"{numeric.first}/{numeric.second}/{numeric.year} is no day of the calendar"
        return Broken(detail=detail), False
    return Moment(year=numeric.year, month=ordered[0], day=ordered[1]), False
