"""Parse publication dates as files and pages write them; refuse ambiguous ones."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

from newsextract.article import InputIssue, is_missing, to_iso

YEARS = range(1600, 2100)
"""Years in which an article may have been published."""

_SECONDS = range(10**8, 4 * 10**9)
_MAIL = re.compile(r"(?:[A-Z][a-z]{2},? )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d")
_DIGITS = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_LABEL = re.compile(r"(?:first )?(?:published|posted|date)(?: on)?:? +", re.IGNORECASE)
_CLOCK = re.compile(r"\d ?[ap]\.?m\b|\d[:.h]\d\d\b.*:|\b\d{1,2}[:h]\d\d", re.IGNORECASE)
_OFFSET = re.compile(r"[+-]\d\d:?\d\d\b|\b(?:UTC|GMT)\b|\dZ\b", re.IGNORECASE)
_LONGEST = 80


def read_published(
    value: Any, *, day_first: bool | None = None
) -> tuple[str | None, tuple[InputIssue, ...]]:
    """Return a date as ISO 8601, or ``None`` and, if something was refused, an issue.

    Args:
        value: ISO 8601, kept as written in the extended form; RFC 2822 ("Wed, 14 Aug 2024
            07:46:00 GMT"); a date in English words or in numbers ("May 14, 2024"); seconds or
            milliseconds since 1970; a day as a number (``20240814``); a date object.
        day_first: whether 03/04/2024 is 3 April. Without it such a date is refused.
    """
    is_blank = isinstance(value, str) and not value.strip()
    if value is None or is_blank or is_missing(value):
        return None, ()
    try:
        return _checked(_read(value, day_first)), ()
    except (ValueError, OverflowError) as error:
        shown = repr(value) if len(repr(value)) <= _LONGEST else f"{repr(value)[:_LONGEST]}…"
        return None, (InputIssue("publication date refused", f"{shown}: {error}"),)


def _read(value: Any, day_first: bool | None) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("not a date")
    text = str(value).strip() if isinstance(value, str) else repr(value)
    if _DIGITS.fullmatch(text) and (number := _read_number(text)):
        return number
    try:
        return to_iso(text) or ""
    except ValueError:
        return _read_words(_LABEL.sub("", text, count=1), day_first)


def _read_number(text: str) -> str | None:
    """Return the date behind digits: a day, a day with its time, seconds or milliseconds.

    Raises:
        ValueError: they are no day of the calendar, or no second between 1973 and 2096.
    """
    digits = text.partition(".")[0]
    if digits == text and len(digits) in (8, 14):
        clock = f"T{digits[8:]}" if digits[8:] else ""
        return dt.datetime.fromisoformat(f"{digits[:8]}{clock}").isoformat()[: 19 if clock else 10]
    number = float(text)
    seconds = number if abs(number) < _SECONDS.stop else number / 1000
    if not _SECONDS.start <= seconds < _SECONDS.stop:
        raise ValueError("a number must be a day (20240814) or (milli)seconds since 1970")
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat()


def _read_words(text: str, day_first: bool | None) -> str:
    if _MAIL.match(text):
        return parsedate_to_datetime(text).isoformat()
    if len(text) > _LONGEST or not any(c.isdigit() for c in text):
        raise ValueError("not a date")
    if day_first is None:
        readings = {_parse(text, "DMY"), _parse(text, "MDY")}
        if len(readings) > 1:
            raise ValueError("day and month could be swapped: use --day-first or --no-day-first")
        found = readings.pop()
    else:
        found = _parse(text, "DMY" if day_first else "MDY")
    if found is None:
        raise ValueError("not a full date")
    return found


@lru_cache(maxsize=1024)
def _parse(text: str, order: str) -> str | None:
    """Return what ``dateparser`` reads: day, month and year in full, nothing relative.

    A named zone is left out: "IST" and "CST" are several, and "ET" has two offsets.
    """
    import dateparser

    settings = {
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": order,
        "PREFER_LOCALE_DATE_ORDER": False,
    }
    found = dateparser.parse(text, languages=["en"], settings=settings)
    if found is None:
        return None
    if not _CLOCK.search(text):
        return str(found.date().isoformat())
    return str((found if _OFFSET.search(text) else found.replace(tzinfo=None)).isoformat())


def _checked(date: str) -> str:
    if int(date[:4]) not in YEARS:
        raise ValueError("too early or too late to be a publication date")
    if date.startswith("1970-01-01T00:00"):
        raise ValueError("zero seconds since 1970, which stands for no date")
    return date
