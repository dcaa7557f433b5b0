"""Record values in the reader's words."""

from __future__ import annotations

import re
from collections.abc import Callable

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_PARTS = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night"}
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute"}
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_REFERENCES = {"PRESENT_REF": "now", "PAST_REF": "in the past", "FUTURE_REF": "in the future"}

SOURCE_KINDS = {
    "person": "person",
    "organization": "organization",
    "place": "place",
    "document": "document",
    "group": "group",
    "unnamed": "unnamed",
}


def word_value(value: str | None) -> str:
    """Return a TIMEX3 value in words, or the value itself if no simple words fit.

    Example:
        ``2024-W32`` is "week 32 of 2024"; ``P3D`` is "3 days".
    """
    if value is None:
        return "unresolved"
    if value in _REFERENCES:
        return _REFERENCES[value]
    for pattern, word in _WORDINGS:
        match = re.fullmatch(pattern, value)
        if match:
            return word(match)
    return value


def word_day(date: str | None) -> str:
    """Return an ISO 8601 date or date-time in words, or "" for none.

    Example:
        ``2024-08-14T07:46`` is "14 August 2024, 07:46".
    """
    return word_value(date) if date else ""


def count(number: int, noun: str) -> str:
    """Return ``number`` with its noun, which takes an s for more than one: "1,234 places"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _day(match: re.Match[str]) -> str:
    year, month, day = match[1], int(match[2]), int(match[3])
    if not 1 <= month <= 12:
        return match[0]
    dated = f"{day} {MONTHS[month - 1]}" + ("" if "X" in year else f" {year}")
    time = (match[4] or "")[1:]
    return f"{dated}, {_PARTS.get(time, time[:5])}" if time else dated


def _month(match: re.Match[str]) -> str:
    month = int(match[2])
    if not 1 <= month <= 12:
        return match[0]
    return MONTHS[month - 1] + ("" if "X" in match[1] else f" {match[1]}")


def _weekday(match: re.Match[str]) -> str:
    return _DAYS[int(match[1]) - 1]


def _duration(match: re.Match[str]) -> str:
    unit = _UNITS.get((match[1] or "") + match[3], "")
    if not unit:
        return match[0]
    if match[2] == "X":
        return f"some {unit}s"
    return f"{match[2]} {unit}{'' if match[2] == '1' else 's'}"


def _decade(match: re.Match[str]) -> str:
    return f"the {match[1]}0s"


def _century(match: re.Match[str]) -> str:
    number = int(match[1]) + 1
    ending = "th" if 10 < number % 100 < 14 else _ENDINGS.get(number % 10, "th")
    return f"the {number}{ending} century"


_WORDINGS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"(\d{4}|XXXX)-(\d\d)-(\d\d)(T.+)?", _day),
    (r"(\d{4}|XXXX)-(\d\d)", _month),
    (r"(\d{4})-W(\d\d)", lambda m: f"week {int(m[2])} of {m[1]}"),
    (r"(\d{4})-W(\d\d)-WE", lambda m: f"weekend of week {int(m[2])}, {m[1]}"),
    (r"(\d{4})-Q([1-4])", lambda m: f"quarter {m[2]} of {m[1]}"),
    (r"(\d{4})-(SP|SU|FA|WI)", lambda m: f"{_SEASONS[m[2]]} {m[1]}"),
    (r"XXXX-WXX-([1-7])", _weekday),
    (r"P(T?)(\d+(?:\.\d+)?|X)([YMWDH])", _duration),
    (r"(\d{3})", _decade),
    (r"(\d{2})", _century),
)
