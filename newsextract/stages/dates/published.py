"""The publication date: what the caller gives, else a timestamp, a web address, the dateline."""

from __future__ import annotations

import datetime as dt
import re

from newsextract.language.calendar import MONTHS
from newsextract.records import Block, PublishedFrom
from newsextract.stages.dates.stamps import Stamp, read_stamp

_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}(?!\d)")
_UPDATED = re.compile(r"\b(?:updated|modified|edited)\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"https?://\S*?/((?:19|20)\d\d)[/-]"
    r"(\d\d?|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/-](\d\d?)(?![^/_-])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.,$€£-])(?:19|20)\d\d(?![\d.,%]\d|-\d)")


def find_published(
    text: str, blocks: tuple[Block, ...], *, given: str | None = None
) -> tuple[str | None, PublishedFrom | None]:
    """Return the publication date in ISO 8601 and where it came from, or two times None.

    A timestamp that says "updated" counts only where no other is there; the article's own web
    address above it may tell the day (".../2022/06/14/..."). A dateline without a year takes the
    year from the text, where only one fits.
    """
    if given:
        return given, "given"
    day_first = day_order(text)
    if stamp := _from_timestamps(text, blocks, day_first) or _from_address(text, blocks):
        return stamp, "timestamp"
    if stamp := _from_datelines(text, blocks, day_first):
        return stamp, "dateline"
    return None, None


def day_order(text: str) -> bool | None:
    """Return whether numeric dates in ``text`` put the day first; None where nothing tells."""
    orders = {int(a) > 12 for a, b in _NUMERIC.findall(text) if (int(a) > 12) != (int(b) > 12)}
    return orders.pop() if len(orders) == 1 else None


def _from_timestamps(text: str, blocks: tuple[Block, ...], day_first: bool | None) -> str | None:
    lines = [text[b.start : b.end] for b in blocks if b.kind == "timestamp"]
    lines += [text[b.start : b.end] for b in blocks if b.kind == "byline"]
    for line in sorted(lines, key=lambda line: bool(_UPDATED.search(line))):
        stamp = read_stamp(line, day_first=day_first)
        if stamp and (iso := stamp.to_iso()):
            return iso
    return None


def _from_address(text: str, blocks: tuple[Block, ...]) -> str | None:
    """Return the day in a web address that opens the text, before the first paragraph."""
    for block in blocks:
        if block.kind == "paragraph":
            return None
        match = _ADDRESS.match(text, block.start, block.end)
        if match:
            year, month, day = match.groups()
            number = MONTHS.get(month.lower()) or int(month)
            return _to_day(int(year), number, int(day))
    return None


def _to_day(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _from_datelines(text: str, blocks: tuple[Block, ...], day_first: bool | None) -> str | None:
    for block in blocks:
        if block.kind != "dateline":
            continue
        stamp = read_stamp(text[block.start : block.end], day_first=day_first)
        if stamp:
            return stamp.to_iso() or _with_year(stamp, text)
    return None


def _with_year(stamp: Stamp, text: str) -> str | None:
    """Return the date of a dateline without a year, in the latest year that the text names.

    The latest year named is the year of the report or the one after it is due; a text that
    names none gives no date, since any year would be a guess.
    """
    years = [int(year) for year in _YEAR.findall(text)]
    return _to_day(max(years), stamp.month, stamp.day) if years else None
