"""Lines that stand twice, and labels glued to a headline that stands again without them."""

from __future__ import annotations

import re

from newsextract.stages.layout.lines import Line

_NOT_WORD = re.compile(r"[\W_]+")
_LABEL = re.compile(r"[A-Z][\w &/|:»>•–-]{1,39}")
_HEAD_LINES = 12


def find_repeats(lines: list[Line]) -> dict[int, int]:
    """Return, for each line that repeats an earlier one, the index of that earlier line.

    Compared are letters and digits without case; lines under three words are left alone
    ("Yes.", "2.").
    """
    seen: dict[str, int] = {}
    repeats = {}
    for index, line in enumerate(lines):
        key = _NOT_WORD.sub(" ", line.text.casefold()).strip()
        if key.count(" ") < 2:
            continue
        first = seen.setdefault(key, index)
        if first != index:
            repeats[index] = first
    return repeats


def split_label(lines: list[Line], headline: str | None) -> list[Line]:
    """Return ``lines`` with a section label cut off the headline it is glued to.

    "NewsRussia moves troops" is cut only where "Russia moves troops" is another line of the
    head of the text, or the ``headline`` that the caller gives.
    """
    others = {line.text for line in lines[:_HEAD_LINES]} | {headline}
    for index, line in enumerate(lines[:_HEAD_LINES]):
        cut = next((c for c in _cuts(line.text) if line.text[c:] in others), None)
        if cut is not None:
            return lines[:index] + _cut(line, cut) + lines[index + 1 :]
    return lines


def _cuts(text: str) -> list[int]:
    """Return where a label could end: before each capital letter near the start."""
    if not _LABEL.match(text) or len(text) < 20:
        return []
    return [i for i in range(2, 40) if i < len(text) and not text[i].islower() and text[i] != " "]


def _cut(line: Line, at: int) -> list[Line]:
    label = line.text[:at].rstrip()
    return [
        Line(line.start, line.start + len(label), label, line.alone),
        Line(line.start + at, line.end, line.text[at:], True),
    ]
