"""Counts as shapes: stacked bars over time, and rows of bars."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from newsextract.views.report.corpus.counting import KINDS, SOURCE_KINDS, UNKNOWN, Corpus, Said
from newsextract.views.report.wording import MONTHS

_MOST_BARS = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar, in hundredths of the longest."""

    kind: str
    start: float
    length: float
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its label and its parts."""

    label: str
    total: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """Statements over time: one bar for each ``step``; ``undated`` are left out."""

    bars: tuple[Bar, ...]
    step: str
    most: int
    undated: int


def stack(label: str, counts: Counter[str], most: int) -> Bar:
    """Return the bar of ``counts`` by kind of quote; ``most`` is the total of a full bar."""
    pieces, start = [], 0.0
    for kind in KINDS:
        length = 100 * counts[kind] / most if most else 0.0
        pieces.append(Piece(kind, round(start, 3), round(length, 3), counts[kind]))
        start += length
    return Bar(label, sum(counts[kind] for kind in KINDS), tuple(pieces))


def stack_sources(corpus: Corpus) -> list[Bar]:
    """Return a full-length bar for each kind of source: how its statements are quoted."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for quote in _statements(corpus):
        kind = UNKNOWN if quote.voice is None else corpus.voices[quote.voice].kind
        counts[kind][quote.kind] += 1
    kinds = [k for k in (*SOURCE_KINDS, UNKNOWN) if k in counts]
    return [stack(kind, counts[kind], counts[kind].total()) for kind in kinds]


def count_kinds(corpus: Corpus) -> Counter[str]:
    """Return the number of statements of each kind."""
    return Counter(quote.kind for quote in _statements(corpus))


def stack_times(corpus: Corpus) -> Times:
    """Return the statements by date of publication, in steps that give a readable number."""
    days: dict[dt.date, Counter[str]] = defaultdict(Counter)
    undated = 0
    dates = [_parse_day(paper.published) for paper in corpus.articles]
    for quote in _statements(corpus):
        day = dates[quote.article]
        if day is None:
            undated += 1
        else:
            days[day][quote.kind] += 1
    if not days:
        return Times((), "day", 0, undated)
    step, starts = _choose_step(min(days), max(days))
    counts = _gather(days, starts)
    most = max(c.total() for c in counts)
    bars = (stack(_label(s, step), c, most) for s, c in zip(starts, counts, strict=True))
    return Times(tuple(bars), step, most, undated)


def _statements(corpus: Corpus) -> Iterable[Said]:
    return (quote for quote in corpus.quotes if quote.mode == "statement")


def _parse_day(published: str | None) -> dt.date | None:
    try:
        day = dt.date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    return day if day.year < dt.MAXYEAR else None


def _gather(days: dict[dt.date, Counter[str]], starts: Sequence[dt.date]) -> list[Counter[str]]:
    """Return the counts of the days from each start to the next."""
    counts: list[Counter[str]] = [Counter() for _ in starts]
    at = 0
    for day in sorted(days):
        while at + 1 < len(starts) and starts[at + 1] <= day:
            at += 1
        counts[at] += days[day]
    return counts


def _choose_step(first: dt.date, last: dt.date) -> tuple[str, list[dt.date]]:
    """Return the finest step that needs no more bars than can be read, and its starts."""
    for name, start, following in _STEPS:
        starts = [start(first)]
        while len(starts) <= _MOST_BARS and starts[-1] <= last:
            starts.append(following(starts[-1]))
        if starts[-1] > last:
            return name, starts[:-1]
    years = max(1, (last.year - first.year) // _MOST_BARS + 1)
    return f"{years} years", [
        dt.date(year, 1, 1) for year in range(first.year, last.year + 1, years)
    ]


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


_STEPS: tuple[
    tuple[str, Callable[[dt.date], dt.date], Callable[[dt.date], dt.date]], ...
] = (
    ("day", lambda day: day, lambda day: day + dt.timedelta(days=1)),
    (
        "week",
        lambda day: day - dt.timedelta(days=day.weekday()),
        lambda day: day + dt.timedelta(days=7),
    ),
    ("month", lambda day: day.replace(day=1), _next_month),
    ("year", lambda day: dt.date(day.year, 1, 1), lambda day: dt.date(day.year + 1, 1, 1)),
)  # fmt: skip


def _label(day: dt.date, step: str) -> str:
    month = MONTHS[day.month - 1][:3]
    if step in ("day", "week"):
        return f"{day.day} {month} {day.year}"
    return f"{month} {day.year}" if step == "month" else str(day.year)
