"""The dates of an article in chronological order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from newsextract.records import Date, Extraction
from newsextract.views.report.wording import count, word_day, word_value


@dataclass(frozen=True, slots=True)
class Moment:
    """One value on the timeline, with the expressions that name it.

    ``gap`` is the time since the previous moment, in words, if it is long; ``relation`` is
    "before", "after" or "same" as the day of publication, or "" if that is unknown.
    """

    label: str
    value: str
    dates: tuple[Date, ...]
    is_published: bool = False
    is_range: bool = False
    relation: str = ""
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The moments in order, and dates without a fixed position in time."""

    moments: tuple[Moment, ...]
    undated: tuple[Date, ...]


def build_timeline(extraction: Extraction) -> Timeline:
    """Return the dates of ``extraction`` as a timeline."""
    dated = [d for d in extraction.dates if d.earliest]
    undated = tuple(d for d in extraction.dates if not d.earliest)
    keyed = sorted(dated, key=lambda d: (d.earliest or "", d.latest or "", d.value or ""))
    moments = [_moment(list(group), extraction.published) for _, group in _by_value(keyed)]
    if extraction.published:
        _insert_published(moments, extraction.published)
    return Timeline(tuple(_add_gaps(moments)), undated)


def _by_value(dates: Iterable[Date]) -> groupby[tuple[str | None, ...], Date]:
    return groupby(dates, key=lambda d: (d.earliest, d.latest, d.value))


def _moment(dates: list[Date], published: str | None) -> Moment:
    first = dates[0]
    earliest, latest = (first.earliest or "")[:10], (first.latest or first.earliest or "")[:10]
    return Moment(
        label=word_value(first.value),
        value=first.value or "",
        dates=tuple(dates),
        is_range=earliest != latest,
        relation=_relate(earliest, latest, (published or "")[:10]),
    )


def _relate(earliest: str, latest: str, published: str) -> str:
    if not published:
        return ""
    if latest < published:
        return "before"
    return "after" if earliest > published else "same"


def _insert_published(moments: list[Moment], published: str) -> None:
    """Put the day of publication after the moments that begin before it."""
    position = sum((m.dates[0].earliest or "")[:10] < published[:10] for m in moments)
    moment = Moment(word_day(published), published, (), is_published=True, relation="same")
    moments.insert(position, moment)


def _add_gaps(moments: Iterable[Moment]) -> Iterable[Moment]:
    """Yield the moments, each with the years since the previous one if they are many."""
    before: int | None = None
    for moment in moments:
        year = _year(moment)
        passed = 0 if before is None or year is None else year - before
        before = before if year is None else year
        yield replace(moment, gap=count(passed, "year")) if passed > 1 else moment


def _year(moment: Moment) -> int | None:
    start = moment.dates[0].earliest if moment.dates else moment.value
    return int(start[:4]) if start and start[:4].isdecimal() else None
