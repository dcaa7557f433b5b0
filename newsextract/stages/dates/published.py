"""The publication date: from the caller, else a timestamp, the web address or the dateline.

No date is taken from the story itself.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsextract.language.addresses import day_in_address
from newsextract.language.calendar import MONTHS, WEEKDAYS
from newsextract.records import Block, Issue, PublishedFrom
from newsextract.stages.dates.stamps import Stamp, has_label, read_stamps

STORY_LENGTH = 80
"""Characters from which a paragraph counts as part of the story, not as a line of the page."""

_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WEEKDAY = re.compile(
    rf"\b(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})\b", re.IGNORECASE
)
_DATE_LIKE = re.compile(
    rf"\d[/.-]\d|\b(?:{'|'.join(MONTHS)})\b\.? ?\d|\d ?(?:{'|'.join(MONTHS)})\b", re.I
)
_OTHER_ARTICLES = re.compile(
    r"\b(?:related|recommended|more|most|read|also|latest|trending|popular|next|previous)\b", re.I
)
_TITLES = ("paragraph", "subhead", "headline", "section", "duplicate")
_UNCLEAR = "publication date unclear"


@dataclass(frozen=True, slots=True)
class Publication:
    """When an article was published: ISO 8601 and where that comes from; what was refused."""

    date: str | None = None
    origin: PublishedFrom | None = None
    issues: tuple[Issue, ...] = ()


def find_published(
    text: str,
    blocks: tuple[Block, ...],
    *,
    given: str | None = None,
    url: str | None = None,
    day_first: bool | None = None,
) -> Publication:
    """Return the publication date in ISO 8601 and where it came from.

    In this order count: the ``given`` date; a timestamp at the head or the foot of the article,
    "published" before "updated"; the article's web address (".../2022/06/14/...") above the text
    or in ``url``; the first dateline. A dateline without a year takes it from a timestamp only.
    What reads like a date but leaves a doubt ("03/04/2024", "OSLO, Aug 14 -") is an issue.
    """
    if given:
        return Publication(given, "given")
    order = day_order(text) if day_first is None else day_first
    lines = tuple(_stamp_blocks(text, blocks))
    if stamp := _from_timestamps(text, lines, order):
        return Publication(stamp, "timestamp")
    if day := _from_address(text, blocks, url):
        return Publication(day, "url")
    dateline = next((block for block in blocks if block.kind == "dateline"), None)
    if dateline and (day := _from_dateline(text, dateline, lines, order)):
        return Publication(day, "dateline")
    refused = (*lines, dateline) if dateline else lines
    return Publication(issues=tuple(_refuse(text, refused)))


def day_order(text: str) -> bool | None:
    """Return whether numeric dates in ``text`` put the day first; None if undecided."""
    orders = {int(a) > 12 for a, b in _NUMERIC.findall(text) if (int(a) > 12) != (int(b) > 12)}
    return orders.pop() if len(orders) == 1 else None


def _stamp_blocks(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield timestamps and bylines at the head, then those at the foot.

    The head may hold one paragraph (a summary) before the date, but where more dates follow within
    the story: then it is a chronology. The foot ends where a page continues to other articles: at
    "Related articles", or at a short line that reads like a title.
    """
    story = [i for i, block in enumerate(blocks) if _is_story(block)] or [len(blocks)]
    summary = story[1:2] if len(story) > 2 else []
    if any(block.kind == "timestamp" for start in summary for block in blocks[start : story[-1]]):
        summary = []
    head = summary[0] if summary else story[0]
    yield from (block for block in blocks[:head] if block.kind in ("timestamp", "byline"))
    for block in blocks[max(story[-1] + 1, head) :]:
        line = text[block.start : block.end]
        if block.kind in ("timestamp", "byline") or "first published on" in line:
            yield block
        elif block.kind in _TITLES or _OTHER_ARTICLES.search(line):
            return


def _is_story(block: Block) -> bool:
    return block.kind == "paragraph" and block.end - block.start >= STORY_LENGTH


def _line_above(text: str, end: int) -> str:
    """Return the last line before ``end`` that is not blank, trimmed."""
    while end and text[end - 1].isspace():
        end -= 1
    return text[text.rfind("\n", 0, end) + 1 : end].strip()


def _from_timestamps(text: str, lines: Sequence[Block], day_first: bool | None) -> str | None:
    """Return the first day that is said to be of publication; of an update where no other is.

    Two days of one line without a label ("3 May 2023 – 4 June 2023") are when something happens.
    """
    stamps: list[Stamp] = []
    for block in lines:
        above = _line_above(text, block.start)
        line = text[block.start : block.end]
        labeled = f"{above} {line}" if has_label(above, alone=True) else line
        found = [s for s in read_stamps(labeled, day_first=day_first) if s.year is not None]
        stamps += found if len(found) == 1 or has_label(labeled) else ()
    stamps.sort(key=lambda stamp: stamp.updated)
    return stamps[0].to_iso() if stamps else None


def _from_address(text: str, blocks: Sequence[Block], url: str | None) -> str | None:
    """Return the day in the article's address, or in one above the first paragraph."""
    addresses = [url or ""]
    for block in blocks:
        if block.kind == "paragraph":
            break
        addresses.append(text[block.start : block.end])
    days = (day_in_address(address) for address in addresses)
    return next((day for day in days if day), None)


def _to_day(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _from_dateline(
    text: str, dateline: Block, lines: Sequence[Block], day_first: bool | None
) -> str | None:
    line = text[dateline.start : dateline.end]
    stamp = next(iter(read_stamps(line, day_first=day_first)), None)
    if stamp is None:
        return None
    if stamp.year is not None:
        return stamp.to_iso()
    return _with_year(stamp, line, [text[block.start : block.end] for block in lines])


def _with_year(stamp: Stamp, line: str, stamps: Sequence[str]) -> str | None:
    """Return the day in the year of the timestamps, or next to it where that is nearer to them.

    A timestamp is here one whose day and month may change places: each of its readings counts. A
    weekday in the dateline must fit.
    """
    years = {int(year) for text in stamps for year in _YEAR.findall(text)}
    if len(years) != 1:
        return None
    year = years.pop()
    days = [_to_day(y, stamp.month, stamp.day) for y in (year, year - 1, year + 1)]
    weekday = _WEEKDAY.search(line)
    if weekday is not None:
        number = WEEKDAYS[weekday.group().lower()]
        days = [d for d in days if d and dt.date.fromisoformat(d).isoweekday() == number]
        return days[0] if len(days) == 1 else None
    return min(filter(None, days), key=lambda day: _distance(day, stamps), default=None)


def _distance(day: str, stamps: Sequence[str]) -> int:
    """Return how many days are between ``day`` and the nearest reading of the timestamps."""
    readings = [
        s.to_iso() for t in stamps for o in (True, False) for s in read_stamps(t, day_first=o)
    ]
    dates = [dt.date.fromisoformat(iso[:10]) for iso in readings if iso]
    return min((abs(dt.date.fromisoformat(day) - date).days for date in dates), default=0)


def _refuse(text: str, blocks: Sequence[Block]) -> Iterator[Issue]:
    for block in blocks:
        line = text[block.start : block.end]
        if _DATE_LIKE.search(line):
            yield Issue(_UNCLEAR, f"no full date can be read here: {line}", block.start, block.end)
