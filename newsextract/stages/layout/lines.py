"""The lines of a text, trimmed; lines that a fixed width has broken are one again."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_CLOSED = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_WIDTHS = range(25, 111)
_FEWEST = 4
_BROKEN = 0.4
_SHORT = 0.6


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

    A text counts as broken where many lines that another follows directly end inside a sentence,
    which goes on in small letters on the next one.
    """
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if not b.alone]
    if len(pairs) < _FEWEST:
        return lines
    broken = sum(_goes_on(a, b) for a, b in pairs)
    width = _find_width([len(a.text) for a, _ in pairs])
    if broken < _BROKEN * len(pairs) or width not in _WIDTHS:
        return lines
    return [_joined(group, text) for group in _grouped(lines, width)]


def _goes_on(line: Line, following: Line) -> bool:
    return following.text[0].islower() and not _CLOSED.search(line.text)


def _find_width(lengths: list[int]) -> int:
    """Return the length that lines come close to without going beyond, but for one in twenty."""
    ordered = sorted(lengths)
    return ordered[max(0, len(ordered) - 1 - len(ordered) // 20)]


def _grouped(lines: list[Line], width: int) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not line.alone and not _ends_paragraph(groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _ends_paragraph(line: Line, following: Line, width: int) -> bool:
    """Return whether ``following`` begins another paragraph: its first word would have fitted.

    Where a sentence goes on in small letters, nothing ends.
    """
    if following.text[0].islower():
        return False
    length = len(line.text)
    fits = length + 1 + len(following.text.split(maxsplit=1)[0]) <= width
    closed = bool(_CLOSED.search(line.text))
    return fits and (closed or length < _SHORT * width)


def _joined(group: list[Line], text: str) -> Line:
    start, end = group[0].start, group[-1].end
    return Line(start, end, text[start:end], group[0].alone)
