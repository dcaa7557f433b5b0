"""Dates that occur alone: timestamps, and the date in a dateline."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from newsextract.language.calendar import MONTHS, is_date, is_month_day
from newsextract.language.strings import plain_spaces

_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)\b"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        rf"(?<!\d){_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}",
        rf"\b{_MONTH} ?{_DAY},? {_YEAR}",
        r"(?<!\d)(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4})(?!\d)",
        rf"(?<!\d){_DAY} {_MONTH}",
        rf"\b{_MONTH} ?{_DAY}",
    )
)

_CLOCK = re.compile(
    r"(?<![\d.:])(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d))(?:[:.][0-5]\d)?(?:\.\d+)?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?|\b(?P<hour2>1[0-2]|0?[1-9])\s?(?P<half2>[ap])\.?m\b\.?",
    re.IGNORECASE,
)

_PUBLISHED = r"published|posted|created|issued"
_UPDATED = r"updated?|modified|edited|revised|changed|corrected"
_LABEL = re.compile(rf"\b(?:{_PUBLISHED}|(?P<updated>{_UPDATED}))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date that occurs alone; ``year`` is None where the text leaves it out.

    ``updated`` tells that the text calls it the date of a later version.
    """

    year: int | None
    month: int
    day: int
    clock: str | None = None
    updated: bool = False

    def to_iso(self) -> str | None:
        """Return ``2024-08-14`` or ``2024-08-14T07:46``; None without a year."""
        if self.year is None:
            return None
        date = f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{date}T{self.clock}" if self.clock else date


def read_stamps(text: str, *, day_first: bool | None = None) -> list[Stamp]:
    """Return the dates in the short ``text``, each with its clock time and its label.

    Fires: "Updated: 14 August 2024 07:46". Abstains: "30 February 2024", and "03/04/2024"
    as long as ``day_first`` does not say which number is the day.
    """
    text = plain_spaces(text)
    found = _find_days(text, day_first)
    starts = [start for start, _, _ in found] + [len(text)]
    stamps, last = [], 0
    for index, (start, end, stamp) in enumerate(found):
        labels = list(_LABEL.finditer(text, last, start))
        before = text[labels[-1].end() if labels else last : start]
        next_label = _LABEL.search(text, end, starts[index + 1])
        after = text[end : next_label.start() if next_label else starts[index + 1]]
        updated = any(label["updated"] for label in labels[-1:])
        stamps.append(
            replace(stamp, clock=read_clock(after) or read_clock(before), updated=updated)
        )
        last = end
    return stamps


def has_label(text: str, *, alone: bool = False) -> bool:
    """Return whether ``text`` contains a word such as "Published" or "Updated"."""
    return bool(_LABEL.fullmatch(text.rstrip(":")) if alone else _LABEL.search(text))


def _find_days(text: str, day_first: bool | None) -> list[tuple[int, int, Stamp]]:
    """Return the days in ``text`` with where they are; the most explicit forms come first."""
    found: list[tuple[int, int, Stamp]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            stamp = _stamp_of(match, day_first)
            free = all(match.end() <= start or end <= match.start() for start, end, _ in found)
            if stamp and free:
                found.append((match.start(), match.end(), stamp))
    return sorted(found, key=lambda item: item[0])


def read_clock(text: str) -> str | None:
    """Return the first clock time in ``text`` as ``HH:MM``: "7:46 pm" is 19:46."""
    match = _CLOCK.search(text)
    if not match:
        return None
    hour = int(match["hour"] or match["hour2"])
    half = (match["half"] or match["half2"] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{match['minute'] or '00'}"


def order_day_month(first: int, second: int, day_first: bool | None) -> tuple[int, int] | None:
    """Return (month, day) of two numbers such as 14/08; None where both orders are possible."""
    orders = {
        (month, day)
        for month, day, wanted in ((second, first, True), (first, second, False))
        if is_month_day(month, day) and day_first in (None, wanted)
    }
    if not orders and day_first is not None:
        return order_day_month(first, second, None)
    return orders.pop() if len(orders) == 1 else None


def _stamp_of(match: re.Match[str], day_first: bool | None) -> Stamp | None:
    groups = match.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    if "a" in groups:
        ordered = order_day_month(int(groups["a"]), int(groups["b"]), day_first)
        if ordered is None:
            return None
        month, day = ordered
    else:
        name, day = groups["month"].lower(), int(groups["day"])
        month = int(name) if name.isdecimal() else MONTHS[name]
    fits = is_month_day(month, day) if year is None else is_date(year, month, day)
    return Stamp(year, month, day) if fits else None
