"""Find the time expressions of an article and resolve each of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from newsextract.language.doc import doc_text
from newsextract.records import Block, BlockKind, Date, Issue
from newsextract.stages.dates.bounds import bounds_of
from newsextract.stages.dates.clocks import bind_clocks
from newsextract.stages.dates.evidence import keep_dates
from newsextract.stages.dates.grammar import Expression, find_expressions, load_grammar
from newsextract.stages.dates.meaning import Broken, Meaning, Numeric
from newsextract.stages.dates.numeric import find_order, settle_numeric
from newsextract.stages.dates.resolve import Resolved
from newsextract.stages.dates.timeline import Timeline
from newsextract.stages.dates.words import split_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CREDIT = re.compile(r"\b(?:photo|photograph|picture|image)s?(?: by|:|/) ?[^.]+$", re.IGNORECASE)
_SILENT: frozenset[BlockKind] = frozenset({"duplicate", "boilerplate"})


def find_dates(
    doc: Doc,
    blocks: tuple[Block, ...],
    *,
    published: str | None = None,
    day_first: bool | None = None,
) -> tuple[tuple[Date, ...], tuple[Issue, ...]]:
    """Return the time expressions of an article, in text order, and issues with them.

    Args:
        doc: The article; sentence starts must be set.
        blocks: Its layout; duplicates and boilerplate are passed over.
        published: ISO 8601 date or date-time that relative expressions count from.
        day_first: Whether "03/04/2024" is 3 April; None: what the article's own dates tell.

    Values follow TIMEX3 (ISO-TimeML 1.2) with the conventions of TimeBank. Issues are of kind
    "impossible date", "unresolved date" (no anchor) and "ambiguous date" (day or month first).
    """
    text = doc_text(doc)
    expressions = bind_clocks(text, keep_dates(doc, text, find_all(text, blocks)))
    expressions, issues = settle(expressions, text, day_first)
    captions = tuple((b.start, b.end) for b in blocks if _is_caption(b, text))
    timeline = Timeline(doc, published, captions)
    dates: list[Date] = []
    for expression in expressions:
        resolved = timeline.resolve(expression)
        if resolved.value is None:
            issues.append(_issue("impossible date", expression, text))
            continue
        if resolved.open:
            issues.append(_issue("unresolved date", expression, text))
        dates.append(_record(len(dates) + 1, expression, resolved, text))
    return tuple(dates), tuple(sorted(issues, key=lambda issue: issue.start or 0))


def _is_caption(block: Block, text: str) -> bool:
    """Fires: a caption, and a paragraph that closes with "Photo: Ann Lee". Not: "in the photo"."""
    return block.kind == "caption" or bool(
        _CREDIT.search(text, max(block.start, block.end - 80), block.end)
    )


def find_all(text: str, blocks: tuple[Block, ...]) -> list[Expression]:
    """Return the unresolved expressions of the blocks that are searched."""
    grammar = load_grammar()
    found: list[Expression] = []
    for block in blocks:
        if block.kind not in _SILENT:
            words = split_words(text, (block.start, block.end), grammar.codes)
            found += find_expressions(words, grammar)
    return found


def settle(
    expressions: list[Expression], text: str, day_first: bool | None
) -> tuple[list[Expression], list[Issue]]:
    """Return the expressions with dates in digits read, and an issue for each that is open."""
    if day_first is None:
        day_first = find_order((e.meaning, text[e.start : e.end]) for e in expressions)
    settled: list[Expression] = []
    issues: list[Issue] = []
    for expression in expressions:
        meaning, is_open = _settle(expression.meaning, day_first)
        if is_open:
            issues.append(_issue("ambiguous date", expression, text))
        same = meaning is expression.meaning
        settled.append(expression if same else replace(expression, meaning=meaning))
    return settled, issues


def _settle(meaning: Meaning, day_first: bool | None) -> tuple[Meaning, bool]:
    if isinstance(meaning, Numeric):
        return settle_numeric(meaning, day_first)
    return meaning, False


def _issue(kind: str, expression: Expression, text: str) -> Issue:
    detail = text[expression.start : expression.end]
    if isinstance(expression.meaning, Broken):
        detail = expression.meaning.detail
    return Issue(kind, detail, expression.start, expression.end)


def _record(number: int, expression: Expression, resolved: Resolved, text: str) -> Date:
    value, start, end = resolved.value or "", expression.start, expression.end
    earliest, latest = bounds_of(value)
    return Date(
        id=f"T{number}",
        start=start,
        end=end,
        text=text[start:end],
        type=resolved.type or ("TIME" if "T" in value else "DATE"),
        value=value,
        mod=getattr(expression.meaning, "mod", None),
        earliest=earliest,
        latest=latest,
    )
