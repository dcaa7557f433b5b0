"""Find the time expressions of an article and put each on the calendar."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsextract.dates.bounds import bounds_of
from newsextract.dates.grammar import Expression, find_expressions, load_grammar
from newsextract.dates.meaning import Broken, Fixed, Holiday, Meaning, Moment, Shift
from newsextract.dates.resolve import Anchors, Reference, Resolved, resolve
from newsextract.dates.tense import direction_at
from newsextract.dates.words import split_words
from newsextract.records import Block, BlockKind, Date, DateType, Issue

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NEAR = 120
_SAME_STORY = 1500
_SILENT: frozenset[BlockKind] = frozenset({"duplicate", "boilerplate"})


def find_dates(
    doc: Doc,
    blocks: tuple[Block, ...],
    *,
    published: str | None = None,
    day_first: bool | None = None,
) -> tuple[tuple[Date, ...], tuple[Issue, ...]]:
    """Return the time expressions of an article, in text order, and what stayed open.

    Args:
        doc: The article; sentence starts must be set.
        blocks: Its layout; duplicates and boilerplate are passed over.
        published: ISO 8601 date or date-time that relative expressions count from.
        day_first: Whether "03/04/2024" is 3 April; None: what the article's own dates tell.

    Values follow TIMEX3 (ISO-TimeML 1.2) with the conventions of TimeBank.
    """
    text = doc.text
    expressions = _expressions(text, blocks)
    sentences = [sent.start_char for sent in doc.sents] if len(doc) else []
    timeline = Timeline(text, sentences, published=published)
    dates: list[Date] = []
    issues: list[Issue] = []
    for expression in expressions:
        resolved = timeline.resolve(expression)
        if resolved.value is None:
            issues.append(_issue("impossible date", expression, text))
            continue
        if resolved.open:
            issues.append(_issue("unresolved date", expression, text))
        dates.append(_record(len(dates) + 1, expression, resolved.value, text))
    return tuple(dates), tuple(issues)


def _expressions(text: str, blocks: tuple[Block, ...]) -> list[Expression]:
    grammar = load_grammar()
    found: list[Expression] = []
    for block in blocks:
        if block.kind not in _SILENT:
            words = split_words(text, (block.start, block.end), grammar.codes)
            found += find_expressions(words, grammar)
    return found


def _issue(kind: str, expression: Expression, text: str) -> Issue:
    detail = text[expression.start : expression.end]
    if isinstance(expression.meaning, Broken):
        detail = expression.meaning.detail
    return Issue(kind, detail, expression.start, expression.end)


def _record(number: int, expression: Expression, value: str, text: str) -> Date:
    earliest, latest = bounds_of(value)
    start, end = expression.start, expression.end
    return Date(
        id=f"T{number}",
        start=start,
        end=end,
        text=text[start:end],
        type=_type_of(expression.meaning, value),
        value=value,
        mod=getattr(expression.meaning, "mod", None),
        earliest=earliest,
        latest=latest,
    )


def _type_of(meaning: Meaning, value: str) -> DateType:
    if isinstance(meaning, Fixed):
        return meaning.type
    return "TIME" if "T" in value else "DATE"


@dataclass
class Timeline:
    """The dates set so far, against which the next expression is resolved."""

    text: str
    sentences: list[int]
    published: str | None

    def __post_init__(self) -> None:
        self._day, self._clock = _read_published(self.published)
        self._last: Reference | None = None
        self._quarter: Reference | None = None
        self._last_at = self._quarter_at = 0

    def resolve(self, expression: Expression) -> Resolved:
        """Return the value of ``expression`` and remember the date that it sets."""
        meaning = expression.meaning
        anchors = Anchors(published=self._day)
        if isinstance(meaning, Shift):
            anchors = self._anchors_of(meaning, expression)
        elif isinstance(meaning, Moment | Holiday) and _leans(meaning):
            direction = self._direction(expression)
            anchors = Anchors(published=self._day, narrative=self._last, direction=direction)
        elif isinstance(meaning, Moment) and meaning.anchor == "narrative":
            near = self._last and expression.start - self._last_at < _NEAR
            anchors = Anchors(published=self._day, narrative=self._last if near else None)
        resolved = resolve(meaning, anchors)
        self._remember(resolved, expression)
        return resolved

    def _anchors_of(self, shift: Shift, expression: Expression) -> Anchors:
        clock = self._clock if shift.unit[0] == "T" else None
        if shift.like or shift.unit == "Q":
            if self._quarter and expression.start - self._quarter_at < _SAME_STORY:
                return Anchors(published=self._day, narrative=self._quarter)
            return Anchors(published=self._day)
        narrative = self._last if shift.anchor == "narrative" else None
        return Anchors(published=self._day, narrative=narrative, clock=clock)

    def _direction(self, expression: Expression):  # type: ignore[no-untyped-def]
        index = bisect_right(self.sentences, expression.start) - 1
        start = self.sentences[index] if index >= 0 else 0
        end = self.sentences[index + 1] if index + 1 < len(self.sentences) else len(self.text)
        return direction_at(self.text, expression.start, expression.end, (start, end))

    def _remember(self, resolved: Resolved, expression: Expression) -> None:
        if resolved.reference is None:
            return
        self._last, self._last_at = resolved.reference, expression.end
        if resolved.reference.grain == "Q" and not isinstance(expression.meaning, Shift):
            self._quarter, self._quarter_at = resolved.reference, expression.end


def _leans(meaning: Moment | Holiday) -> bool:
    """Return whether the tense of the clause decides the year or the week."""
    if meaning.lean is not None or meaning.year is not None or meaning.years is not None:
        return False
    if isinstance(meaning, Holiday):
        return True
    return meaning.month is not None or meaning.weekday is not None or meaning.part is not None


def _read_published(published: str | None) -> tuple[dt.date | None, str | None]:
    if not published:
        return None, None
    try:
        day = dt.date.fromisoformat(published[:10])
    except ValueError:
        return None, None
    return day, published[11:16] or None
