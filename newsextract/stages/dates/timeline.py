"""The dates established so far, and the anchor of the next expression."""

from __future__ import annotations

import datetime as dt
import sys
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newsextract.stages.dates.direction import (
    direction_at,
    is_dated,
    speaks_of_now,
    sure_direction_at,
)
from newsextract.stages.dates.grammar import Expression
from newsextract.stages.dates.meaning import Fixed, Holiday, Meaning, Moment, Offset, Shift, Within
from newsextract.stages.dates.narrative import Story, count_from_anchor
from newsextract.stages.dates.resolve import Anchors, Direction, Reference, Resolved, resolve

if TYPE_CHECKING:
    from spacy.tokens import Doc

# How far back, in characters, a date still sets the day of a clock time, and a quarter the
# grain of "a year earlier".
_NEAR = 120
_SAME_STORY = 1500
# The most characters between the two ends of "Monday to Friday".
_LINK = 10
_TODAY = Shift(unit="D", amount=0)


@dataclass(slots=True)
class Timeline:
    """Walks through the expressions of one article in order."""

    doc: Doc
    published: str | None
    captions: tuple[tuple[int, int], ...] = ()
    _last: Reference | None = None
    _last_at: int = 0
    _quarter: Reference | None = None
    _quarter_at: int = 0
    _today: dt.date | None = field(init=False, default=None)
    _clock: str | None = field(init=False, default=None)
    _story: Story = field(init=False)
    _habit_end: int = field(init=False, default=-_LINK)

    def __post_init__(self) -> None:
        self._today, self._clock = read_published(self.published)
        self._story = Story(self.doc, self._today)

    def resolve(self, expression: Expression) -> Resolved:
        """Return the value of ``expression`` and remember the date that it sets."""
        told = self._tell(expression)
        resolved = told or self._resolve(self._settle(expression), expression)
        self._story.set(expression, resolved.reference, counted=told is not None)
        self._remember(resolved, expression)
        return resolved

    def _tell(self, expression: Expression) -> Resolved | None:
        """Return the value as counted from the narrative; None where that is not past."""
        anchor = self._story.anchor_for(expression)
        if anchor is None or self._direction(expression.meaning, expression) == "future":
            return None
        back = self._story.looks_back(expression, anchor)
        meaning = count_from_anchor(expression.meaning, back=back)
        resolved = resolve(meaning, Anchors(narrative=anchor))
        day = resolved.reference.day if resolved.reference else None
        return resolved if day and (self._today is None or day < self._today) else None

    def _resolve(self, meaning: Meaning, expression: Expression) -> Resolved:
        return resolve(meaning, self._anchors(meaning, expression))

    def _settle(self, expression: Expression) -> Meaning:
        """Return the meaning; "the quarter" that none was named for is the one reported on."""
        meaning = expression.meaning
        if isinstance(meaning, Moment) and meaning.like:
            return self._settle_quarter(meaning, expression)
        if isinstance(meaning, Moment) and meaning.weekday is not None:
            return self._settle_habit(meaning, expression)
        if meaning == _TODAY and speaks_of_now(self.doc, expression.start, expression.end):
            return Fixed(value="PRESENT_REF")
        if not isinstance(meaning, Shift) or meaning.unit != "Q" or meaning.anchor == "published":
            return meaning
        if meaning.amount == 0 and self._quarter_near(expression) is None:
            return replace(meaning, amount=-1, anchor="published")
        return meaning

    def _settle_quarter(self, year: Moment, expression: Expression) -> Moment:
        """Return the same quarter in another year: "the 1988 period"."""
        quarter = self._quarter_near(expression)
        part = f"Q{(quarter.day.month + 2) // 3}" if quarter else None
        return replace(year, part=part)

    def _settle_habit(self, weekday: Moment, expression: Expression) -> Meaning:
        """Return a set for both ends of "open Monday to Friday", unless the clause names a week."""
        closes = weekday.anchor == "narrative" and weekday.lean == "future"
        if closes and 0 <= expression.start - self._habit_end < _LINK:
            return repeat_weekday(weekday)
        if not weekday.habit or is_dated(self.doc, expression.start, expression.end):
            return weekday
        self._habit_end = expression.end
        return repeat_weekday(weekday)

    def _anchors(self, meaning: Meaning, expression: Expression) -> Anchors:
        return Anchors(
            published=self._today,
            narrative=self._narrative(meaning, expression),
            direction=self._direction(meaning, expression),
            clock=self._clock if _counts_from_now(meaning) else None,
        )

    def _narrative(self, meaning: Meaning, expression: Expression) -> Reference | None:
        if isinstance(meaning, Shift) and meaning.like and meaning.unit == "Y":
            return self._quarter_near(expression)
        if not isinstance(meaning, Shift | Moment) or meaning.anchor == "published":
            return None
        if isinstance(meaning, Shift):
            if meaning.unit == "Q" and (meaning.amount == 0 or self._quarter_near(expression)):
                return self._quarter_near(expression)
            return self._last
        if (meaning.weekday, meaning.month, meaning.part) != (None, None, None):
            return self._last
        near = self._last and expression.start - self._last_at < _NEAR
        return self._last if near and self._last and self._last.grain == "D" else None

    def _quarter_near(self, expression: Expression) -> Reference | None:
        near = expression.start - self._quarter_at < _SAME_STORY
        return self._quarter if near else None

    def _direction(self, meaning: Meaning, expression: Expression) -> Direction:
        meaning = _core(meaning)
        if not _leans(meaning):
            return None
        if isinstance(meaning, Moment) and meaning.weekday is not None:
            at = bisect_right(self.captions, (expression.start, sys.maxsize))
            pictured = at > 0 and expression.start < self.captions[at - 1][1]
            return direction_at(self.doc, expression.start, expression.end, pictured=pictured)
        return sure_direction_at(self.doc, expression.start, expression.end)

    def _remember(self, resolved: Resolved, expression: Expression) -> None:
        meaning, end = expression.meaning, expression.end
        if resolved.reference is None:
            return
        if isinstance(meaning, Shift) and meaning.anchor == "narrative" and meaning.amount < 0:
            return
        self._last, self._last_at = resolved.reference, end
        if isinstance(meaning, Moment) and meaning.like:
            return
        if isinstance(meaning, Shift) or not self._is_over(resolved.reference):
            return
        if not self._reports_later(expression, resolved.reference):
            self._quarter, self._quarter_at = resolved.reference, end

    def _reports_later(self, expression: Expression, quarter: Reference) -> bool:
        """Fires: "profit rose in the third quarter, after a flat second quarter"."""
        reported = self._quarter_near(expression)
        return reported is not None and reported.day > quarter.day

    def _is_over(self, quarter: Reference) -> bool:
        """Return whether results can be of this quarter, not only forecasts."""
        day, today = quarter.day, self._today
        if quarter.grain != "Q":
            return False
        return not today or (day.year, (day.month - 1) // 3) < (today.year, (today.month - 1) // 3)


def _counts_from_now(meaning: Meaning) -> bool:
    """Fires: "two hours ago". Not: "two hours later"."""
    return isinstance(meaning, Shift) and meaning.unit[0] == "T" and meaning.anchor == "published"


def repeat_weekday(weekday: Moment) -> Fixed:
    """Return the set of all such weekdays."""
    clock = f"T{weekday.clock}" if weekday.clock else ""
    return Fixed(value=f"XXXX-WXX-{weekday.weekday}{clock}", type="SET")


def _core(meaning: Meaning) -> Meaning:
    """Return the date inside a meaning that the tense may move."""
    if isinstance(meaning, Offset):
        return meaning.base
    return meaning.month if isinstance(meaning, Within) else meaning


def _leans(meaning: Meaning) -> bool:
    """Return whether the tense of the clause decides the year or the week."""
    if isinstance(meaning, Shift):
        return meaning.unit == "WE" and meaning.like
    if not isinstance(meaning, Moment | Holiday) or meaning.lean is not None:
        return False
    if meaning.year is not None or meaning.years is not None:
        return False
    if isinstance(meaning, Holiday):
        return True
    return (meaning.month, meaning.weekday, meaning.part) != (None, None, None)


def read_published(published: str | None) -> tuple[dt.date | None, str | None]:
    """Return day and clock time of an ISO 8601 date; two times None for what is none."""
    try:
        day = dt.date.fromisoformat((published or "")[:10])
    except ValueError:
        return None, None
    clock = (published or "")[11:16]
    return day, clock if len(clock) == 5 and clock[:2].isdecimal() else None
