"""Calendar arithmetic: names of months and weekdays, lengths of months, ISO weeks."""

from __future__ import annotations

import calendar
import datetime as dt

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
    "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip

WEEKDAYS = {
    "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
    "sunday": 7, "mon": 1, "tue": 2, "tues": 2, "wed": 3, "thu": 4, "thur": 4, "thurs": 4,
    "fri": 5, "sat": 6, "sun": 7,
}  # fmt: skip


def is_date(year: int, month: int, day: int) -> bool:
    """Return whether the calendar has this day (29 February only in leap years)."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return False
    return 1 <= day <= calendar.monthrange(year, month)[1]


def is_month_day(month: int, day: int) -> bool:
    """Return whether some year has this day: 29 February counts, 30 February does not."""
    return is_date(2000, month, day)


def add_months(day: dt.date, months: int) -> dt.date | None:
    """Return ``day`` moved by ``months``, cut to the month's length; None off the calendar."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    if not 1 <= year <= 9999:
        return None
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_days(day: dt.date, days: int) -> dt.date | None:
    """Return ``day`` moved by ``days``; None off the calendar."""
    ordinal = day.toordinal() + days
    return dt.date.fromordinal(ordinal) if 1 <= ordinal <= dt.date.max.toordinal() else None


def iso_week(day: dt.date) -> str:
    """Return the ISO week of ``day`` as TIMEX3 writes it: ``2024-W32``."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> dt.date | None:
    """Return the n-th ``weekday`` (1: Monday) of a month, from its end where n is negative."""
    first = dt.date(year, month, 1)
    last = first.replace(day=calendar.monthrange(year, month)[1])
    if nth > 0:
        day = add_days(first, (weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    else:
        day = add_days(last, -((last.isoweekday() - weekday) % 7) + 7 * (nth + 1))
    return day if day and day.month == month else None
