"""Split a text into trimmed lines and rejoin hard-wrapped paragraphs."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from newsextract.stages.layout.datelines import find_dateline
from newsextract.stages.layout.kinds import is_clock, kind_alone

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_CLOSED = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_WIDTHS = range(25, 111)
_FEWEST = 4
_BROKEN = 0.4
_FEW_BROKEN = 0.2
_EVEN = 0.9
_SHORT = 0.6
_HEAD_LINES = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text without outer white space; ``alone``: an empty line is before it."""

    start: int
    end: int
    text: str
    alone: bool = True

    def cut(self, at: int) -> list[Line]:
        """Return the two lines before and behind the character ``at``, the second one alone."""
        head, rest = self.text[:at].rstrip(), self.text[at:].lstrip()
        return [
            Line(self.start, self.start + len(head), head, self.alone),
            Line(self.end - len(rest), self.end, rest),
        ]


def split_lines(text: str) -> list[Line]:
    """Return the non-blank lines of ``text``, trimmed."""
    lines: list[Line] = []
    last = 0
    for match in _LINE.finditer(text):
        line = match[0].strip()
        if not line:
            continue
        start = match.start() + match[0].index(line)
        gap = text[last : match.start()]
        alone = gap.replace("\r\n", "\n").count("\n") != 1 or not lines
        lines.append(Line(start, start + len(line), line, alone))
        last = match.end()
    return join_wrapped(lines, text)


def join_wrapped(lines: list[Line], text: str) -> list[Line]:
    """Return ``lines`` with paragraphs that were broken at a fixed width joined.

    A text counts as broken where many lines that another follows directly end inside a sentence,
    which continues in lower case on the next one; fewer are enough where none of those had room
    for a word more.
    """
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if not b.alone]
    width = _find_width([len(a.text) for a, _ in pairs])
    if len(pairs) < _FEWEST or width not in _WIDTHS:
        return lines
    broken = [(a, b) for a, b in pairs if _goes_on(a, b)]
    even = sum(not _has_room(a, b, width) for a, b in broken) >= _EVEN * len(broken)
    if len(broken) < (_FEW_BROKEN if even else _BROKEN) * len(pairs):
        return lines
    return [_joined(group, text) for group in _grouped(lines, width, even=even)]


def is_below_clock(lines: list[Line], index: int) -> bool:
    """Return whether a clock time is above a line, as over each entry of a live blog."""
    return index > 0 and is_clock(lines[index - 1].text)


def is_closed(text: str) -> bool:
    """Return whether ``text`` ends with the punctuation of a sentence."""
    return bool(_CLOSED.search(text))


def _goes_on(line: Line, following: Line) -> bool:
    return following.text[0].islower() and not is_closed(line.text)


def _has_room(line: Line, following: Line, width: int) -> bool:
    """Return whether the first word of ``following`` would have fitted into ``line``."""
    return len(line.text) + 1 + len(following.text.split(maxsplit=1)[0]) <= width


def _find_width(lengths: list[int]) -> int:
    """Return the length that lines come close to without going beyond, but for one in twenty."""
    ordered = sorted(lengths)
    return ordered[max(0, len(ordered) - 1 - len(ordered) // 20)] if ordered else 0


def _grouped(lines: list[Line], width: int, *, even: bool) -> list[list[Line]]:
    """Return ``lines`` by paragraphs; ``even``: broken only where there was no room."""
    groups: list[list[Line]] = []
    for index, line in enumerate(lines):
        ends = not groups or line.alone or _ends_paragraph(groups[-1][-1], line, width, even=even)
        if ends or (index < _HEAD_LINES and _opens_block(line.text)):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _ends_paragraph(line: Line, following: Line, width: int, *, even: bool) -> bool:
    """Return whether ``following`` begins another paragraph: its first word would have fitted.

    Where a sentence continues in lower case, nothing ends.
    """
    if following.text[0].islower() or not _has_room(line, following, width):
        return False
    return even or is_closed(line.text) or len(line.text) < _SHORT * width


def _opens_block(text: str) -> bool:
    """Return whether a line at the head is no part of the one above: a byline, a dateline."""
    return kind_alone(text) is not None or find_dateline(text, first=False) is not None


def _joined(group: list[Line], text: str) -> Line:
    start, end = group[0].start, group[-1].end
    return Line(start, end, text[start:end], group[0].alone)
