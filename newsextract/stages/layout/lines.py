"""The lines of a text, trimmed; lines that a fixed width has broken are one again."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_CLOSED = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_WIDTHS = range(50, 101)


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text without outer white space; ``alone``: an empty line stands before it."""

    start: int
    end: int
    text: str
    alone: bool = True


def split_lines(text: str) -> list[Line]:
    """Return the lines of ``text`` that hold more than white space, trimmed."""
    lines: list[Line] = []
    last = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        if not raw.strip():
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        end = start + len(raw.strip())
        gap = text[last : match.start()]
        alone = gap.replace("\r\n", "\n").count("\n") != 1 or not lines
        lines.append(Line(start, end, text[start:end], alone))
        last = match.end()
    return join_wrapped(lines, text)


def join_wrapped(lines: list[Line], text: str) -> list[Line]:
    """Return ``lines`` with paragraphs that were broken at a fixed width put together.

    A text counts as broken where most lines that another follows directly are of one
    width and end inside a sentence.
    """
    followed = [a for a, b in itertools.pairwise(lines) if not b.alone]
    if len(followed) < 4:
        return lines
    broken = sum(len(a.text) in _WIDTHS and not _CLOSED.search(a.text) for a in followed)
    if broken < 0.6 * len(followed):
        return lines
    return [_joined(group, text) for group in _grouped(lines)]


def _grouped(lines: list[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not line.alone and len(groups[-1][-1].text) >= _WIDTHS.start - 10:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _joined(group: list[Line], text: str) -> Line:
    start, end = group[0].start, group[-1].end
    return Line(start, end, text[start:end], group[0].alone)
