"""Per-article counts and the figures computed from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Error:
    """One wrong answer: the article, its group ("missed", "extra", …) and what was wrong."""

    article: str
    group: str
    detail: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """The counts of one article or, added up, of many."""

    counts: Counter[str] = field(default_factory=Counter)
    samples: list[float] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)

    def add_hits(self, name: str, hits: int, *, gold: int, found: int) -> None:
        """Count ``hits`` right answers among ``found`` given and ``gold`` wanted ones."""
        self.counts[f"{name} tp"] += hits
        self.counts[f"{name} fp"] += found - hits
        self.counts[f"{name} fn"] += gold - hits

    def add_sets(self, name: str, gold: Set[T], found: Set[T]) -> tuple[Set[T], Set[T]]:
        """Count two sets and return what was missed and what was found too much."""
        self.add_hits(name, len(gold & found), gold=len(gold), found=len(found))
        return gold - found, found - gold

    def add_case(self, name: str, right: bool) -> None:
        """Count one case of ``name`` that was or was not right."""
        self.counts[f"{name} all"] += 1
        self.counts[f"{name} right"] += right

    def add_error(self, article: str, group: str, *detail: object) -> None:
        """Remember a wrong answer for the listing."""
        self.errors.append(Error(article, group, tuple(str(d) for d in detail)))


def add_up(tallies: Iterable[Tally]) -> Tally:
    """Return the counts of all ``tallies`` in one."""
    total = Tally()
    for tally in tallies:
        total.counts.update(tally.counts)
        total.samples += tally.samples
        total.errors += tally.errors
    return total


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a table: F1 with precision and recall, a share in percent, or a number."""

    name: str
    value: float
    precision: float | None = None
    recall: float | None = None


class Measure(Protocol):
    """How a figure is made from counts."""

    @property
    def name(self) -> str: ...

    def of(self, counts: Mapping[str, float], samples: list[float]) -> Figure: ...


@dataclass(frozen=True, slots=True)
class F1:
    """Precision, recall and F1 in percent of the hits counted under ``counted``, or ``name``."""

    name: str
    counted: str = ""

    def of(self, counts: Mapping[str, float], samples: list[float]) -> Figure:
        """Return the figure."""
        key = self.counted or self.name
        hits = counts.get(f"{key} tp", 0)
        found = hits + counts.get(f"{key} fp", 0)
        gold = hits + counts.get(f"{key} fn", 0)
        p = hits / found if found else 0.0
        r = hits / gold if gold else 0.0
        value = 200 * p * r / (p + r) if p + r else 0.0
        return Figure(self.name, value, 100 * p, 100 * r)

    def is_defined(self, counts: Mapping[str, float]) -> bool:
        """Return whether there was anything to find or anything found."""
        key = self.counted or self.name
        return any(counts.get(f"{key} {part}", 0) for part in ("tp", "fp", "fn"))


@dataclass(frozen=True, slots=True)
class Share:
    """Two counts as a percentage."""

    name: str
    part: str
    whole: str

    def of(self, counts: Mapping[str, float], samples: list[float]) -> Figure:
        """Return the figure."""
        whole = counts.get(self.whole, 0)
        return Figure(self.name, 100 * counts.get(self.part, 0) / whole if whole else 0.0)

    def is_defined(self, counts: Mapping[str, float]) -> bool:
        """Return whether there was any case."""
        return bool(counts.get(self.whole, 0))


@dataclass(frozen=True, slots=True)
class Total:
    """A count as it is."""

    name: str
    count: str

    def of(self, counts: Mapping[str, float], samples: list[float]) -> Figure:
        """Return the figure."""
        return Figure(self.name, counts.get(self.count, 0))


@dataclass(frozen=True, slots=True)
class Median:
    """The upper median of the samples."""

    name: str

    def of(self, counts: Mapping[str, float], samples: list[float]) -> Figure:
        """Return the figure; not a number where there are no samples."""
        ordered = sorted(samples)
        return Figure(self.name, ordered[len(ordered) // 2] if ordered else float("nan"))
