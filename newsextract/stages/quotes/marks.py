"""Pair opening and closing quotation marks line by line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsextract.records import Issue

_MARK = re.compile(r"[\"“”„«»‟＂]|``|''|(?<!\w)['‘](?=\w)|(?<=[\w.,!?…])['’](?!\w)")
_OPENING = frozenset(("“", "„", "«", "``"))
_CLOSING = frozenset(("”", "»", "''"))
_SINGLE = frozenset("'‘’")
_STRAIGHT = frozenset('"‟＂')
_ENDING = frozenset(".,!?…;")
_SHORTEST = 3


class Quotation(NamedTuple):
    """A stretch in quotation marks: ``start`` and ``end`` leave the marks out.

    ``closed`` is false where the mark is never closed: the quotation goes to its line's end, or to
    where it is opened again, as in the paragraphs of a long quote.
    """

    start: int
    end: int
    closed: bool


class _Mark(NamedTuple):
    start: int
    end: int
    text: str


def pair_marks(text: str) -> tuple[tuple[Quotation, ...], tuple[Issue, ...]]:
    """Return the outermost quotations of ``text``, and an issue for each mark left over.

    Marks pair inside a line and may be mixed ("Tavria”). An apostrophe ("the workers' rights") is
    not a mark: single marks count only in pairs, and only in a line without double marks.
    """
    found: list[Quotation] = []
    issues: list[Issue] = []
    at = 0
    for line in text.splitlines(keepends=True):
        marks = [_Mark(*m.span(), m.group()) for m in _MARK.finditer(text, at, at + len(line))]
        if marks:
            end = at + len(line.rstrip())
            quotations, odd = _pair_line(text, _without_apostrophes(text, marks), end)
            found += quotations
            issues += odd
        at += len(line)
    return tuple(found), tuple(issues)


def _without_apostrophes(text: str, marks: list[_Mark]) -> list[_Mark]:
    """Return ``marks`` with single ones only where they pair as quotation marks."""
    if all(m.text in _SINGLE for m in marks):
        return list(_single_pairs(text, marks))
    return [m for m in marks if m.text not in _SINGLE]


def _single_pairs(text: str, marks: list[_Mark]) -> Iterator[_Mark]:
    """Yield opening and closing single marks; one after punctuation closes first."""
    opens = [_opens(text, mark) for mark in marks]
    closing = _next_closing(text, marks, opens)
    i = 0
    while i < len(marks):
        close = closing[i] if opens[i] else None
        if close is None or marks[close].start - marks[i].end < _SHORTEST:
            i += 1
            continue
        yield marks[i]._replace(text="“")
        yield marks[close]._replace(text="”")
        i = close + 1


def _next_closing(text: str, marks: list[_Mark], opens: list[bool]) -> list[int | None]:
    """Return for each mark the next one that closes; one after punctuation goes first."""
    found: list[int | None] = [None] * len(marks)
    after_ending = plain = None
    for i in range(len(marks) - 1, -1, -1):
        found[i] = after_ending if after_ending is not None else plain
        if not opens[i]:
            plain = i
            after_ending = i if text[marks[i].start - 1] in _ENDING else after_ending
    return found


def _opens(text: str, mark: _Mark) -> bool:
    """Whether a mark without direction is before a word and not after one."""
    before = text[mark.start - 1] if mark.start else " "
    after = text[mark.end] if mark.end < len(text) else " "
    return not before.isalnum() and before not in _ENDING and not after.isspace()


def _pair_line(text: str, marks: list[_Mark], line_end: int) -> tuple[list[Quotation], list[Issue]]:
    found: list[Quotation] = []
    issues: list[Issue] = []
    opened: _Mark | None = None
    depth = 0
    for mark in marks:
        if opened is None:
            lone = mark.text in _CLOSING and not _opens(text, mark)
            if lone or (mark.text in _STRAIGHT and _ends_word(text, mark)):
                issues.append(_unbalanced(text, mark))
            else:
                opened, depth = mark, 1
        elif mark.text in _OPENING and mark.text == opened.text:
            depth += 1
        elif mark.text in _STRAIGHT and _reopens(text, mark):
            found.append(Quotation(opened.end, mark.start, False))
            opened, depth = mark, 1
        else:
            depth -= 1
            if depth <= 0 or mark.text not in _CLOSING:
                found.append(Quotation(opened.end, mark.start, True))
                opened = None
    if opened is not None:
        found.append(Quotation(opened.end, max(opened.end, line_end), False))
        if opened.end < line_end:
            issues.append(_unbalanced(text, opened))
    return found, issues


def _ends_word(text: str, mark: _Mark) -> bool:
    """Whether a mark is right behind a word and before a space: it closes, or means inches."""
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    return bool(before.strip()) and not after.strip()


def _reopens(text: str, mark: _Mark) -> bool:
    """Whether a straight mark opens a speech again, where paragraphs were run into one line.

    In '"It rains. "It pours," Ann Lee said.' the second mark does, after a space.
    """
    return text[mark.start - 1].isspace() and _opens(text, mark)


def _unbalanced(text: str, mark: _Mark) -> Issue:
    detail = f"{text[mark.start : mark.end]} has no other half in its paragraph"
    return Issue("unbalanced quotation mark", detail, mark.start, mark.end)


def last_opened(at: int, quotations: Sequence[Quotation]) -> Quotation | None:
    """Return the last quotation that begins at ``at`` or before; it may have ended."""
    i = bisect_right(quotations, (at, float("inf"), True)) - 1
    return quotations[i] if i >= 0 else None


def is_quoted(at: int, quotations: Sequence[Quotation]) -> bool:
    """Return whether the character at ``at`` is in quotation marks."""
    last = last_opened(at, quotations)
    return last is not None and at < last.end


def opens_quoted(at: int, quotations: Sequence[Quotation]) -> bool:
    """Whether the text that a mark at ``at`` opens is quoted; the mark may be ``''``."""
    return any(is_quoted(at + size, quotations) for size in (1, 2))
