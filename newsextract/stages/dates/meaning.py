"""The meaning of an expression before it is resolved, as small frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from newsextract.records import DateType

Lean = Literal["past", "future", "this", "onward"]
Anchor = Literal["published", "narrative"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A point or stretch of the calendar, as far as the words name it.

    ``part`` is a season, quarter or half ("SU", "Q3", "H1"); ``years`` moves the year from
    that of the anchor ("July last year": -1); ``lean`` is said by the words themselves
    ("last March"), not by the tense, or "onward" in a narrative; ``week`` asks for the week
    that the day is in; ``habit``: no one day is meant where the tense allows it ("open Monday
    to Friday"); ``like``: a quarter where the text speaks of one ("the 1988 period");
    ``doubt``: the words alone do not show whether a date is meant ("May").
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None
    years: int | None = None
    lean: Lean | None = None
    daypart: str | None = None
    clock: str | None = None
    mod: str | None = None
    anchor: Anchor = "published"
    week: bool = False
    habit: bool = False
    like: bool = False
    doubt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A move of ``amount`` units from an anchor: "two days ago", "next week", "the day after".

    ``weekday`` picks a day of the week moved to ("Monday last week"); ``like`` says that the
    grain follows what is compared ("from a year earlier" beside a quarter is a quarter).
    """

    unit: str
    amount: int
    anchor: Anchor = "published"
    weekday: int | None = None
    daypart: str | None = None
    clock: str | None = None
    mod: str | None = None
    like: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A value that needs no anchor: a duration, a set, a reference such as PAST_REF."""

    value: str
    type: DateType = "DATE"
    mod: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A named day, or its ``week``: "Christmas", "last Thanksgiving", "Easter week"."""

    name: str
    year: int | None = None
    lean: Lean | None = None
    daypart: str | None = None
    years: int | None = None
    week: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """The n-th day, or n-th ``weekday``, of a month (-1: the last): "the last Friday of May".

    ``month`` may be a year where no weekday is asked for: "the last day of the year".
    """

    month: Moment | Shift
    nth: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """A move from a date in the same expression: "a week from Monday", "the day after Christmas".

    ``weekday`` asks for the first such day before or after it: "the Monday after Easter".
    """

    base: Moment | Shift | Holiday
    unit: str
    amount: int
    weekday: int | None = None
    daypart: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Two moments written as one expression: "December 13-15"."""

    first: Moment
    last: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A date that the calendar does not have: "30 February"."""

    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric:
    """A date in digits whose order of day and month the article decides: "03/04/2024"."""

    first: int
    second: int
    year: int


Meaning = Moment | Shift | Fixed | Holiday | Within | Offset | Range | Broken | Numeric
