"""Clock times followed by their day: "at 05:20 (03:20 GMT) on Sunday"."""

from __future__ import annotations

import re
from dataclasses import replace

from newsextract.stages.dates.grammar import Expression
from newsextract.stages.dates.meaning import Moment, Shift

_ZONE = r"(?:(?:local|[A-Z]\w+) [Tt]ime|[A-Z]{2,4})"
_BEFORE_DAY = re.compile(rf"[\s,()]*(?:{_ZONE}[\s,()]*)?(?:(?:on|of)\s*)?")
_BEFORE_CLOCK = re.compile(rf"[\s,()]*(?:{_ZONE}[\s,(]*)?(?:(?:and|to|until|or|-|–)\s*)?")


def bind_clocks(text: str, expressions: list[Expression]) -> list[Expression]:
    """Return the expressions with each clock time on the day that follows it directly.

    Fires: "05:20 (03:20 GMT) on Sunday", "9am UK time on Friday", "between 9 a.m. and 5 p.m. on
    Friday". Not: "at 9 p.m. and on Tuesday", "On Monday, at 9 p.m.".
    """
    bound = list(expressions)
    for at in range(len(bound) - 2, -1, -1):
        clock, day = bound[at], bound[at + 1]
        if not _is_clock(clock) or not isinstance(day.meaning, Moment | Shift):
            continue
        gap = _BEFORE_CLOCK if day.meaning.clock else _BEFORE_DAY
        same_line = "\n" not in text[clock.end : day.start]
        if same_line and _is_day(day.meaning) and gap.fullmatch(text, clock.end, day.start):
            meaning = replace(day.meaning, clock=clock.meaning.clock, daypart=None)  # type: ignore[union-attr]
            bound[at] = replace(clock, meaning=meaning)
    return bound


def _is_clock(expression: Expression) -> bool:
    meaning = expression.meaning
    return isinstance(meaning, Moment) and meaning.clock is not None and not _is_day(meaning)


def _is_day(meaning: Moment | Shift) -> bool:
    if isinstance(meaning, Shift):
        return meaning.unit == "D"
    return meaning.weekday is not None or meaning.day is not None
