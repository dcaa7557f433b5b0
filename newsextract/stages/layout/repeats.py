"""Lines that repeat earlier ones, and labels glued to a headline that is repeated without them."""

from __future__ import annotations

import re

from newsextract.stages.layout.lines import Line, is_closed

_RUN = re.compile(r"([^\W_]+)|[\W_]+")
_LABEL = re.compile(r"[A-Z][\w &/|:»>•–-]{1,39}")
_HEAD_LINES = 12
_FEWEST = 3
_PART = 6
"""Words that a line must share with part of another to repeat it."""


def find_repeats(lines: list[Line]) -> dict[int, int]:
    """Return, for each line that repeats an earlier one, the index of that earlier line.

    Compared are letters and digits without case; lines under three words are left alone
    ("Yes.", "2."). A teaser or pull quote repeats part of a longer line: at least six words, from
    where a sentence or clause of it begins.
    """
    seen: dict[tuple[str, ...], int] = {}
    openings: dict[tuple[str, ...], tuple[int, int]] = {}
    kept: dict[int, list[str]] = {}
    repeats = {}
    for index, line in enumerate(lines):
        words, begins = _read_words(line.text)
        if len(words) < _FEWEST:
            continue
        first = seen.setdefault(tuple(words), index)
        holder, at = openings.get(tuple(words[:_PART]), (index, 0))
        if first != index:
            repeats[index] = first
        elif holder != index and kept[holder][at : at + len(words)] == words:
            repeats[index] = holder
        elif is_closed(line.text):
            kept[index] = words
            for at in begins:
                if at + _PART <= len(words):
                    openings.setdefault(tuple(words[at : at + _PART]), (index, at))
    return repeats


def _read_words(text: str) -> tuple[list[str], list[int]]:
    """Return the words of a line without case, and which of them follow a mark or open it."""
    words: list[str] = []
    begins: list[int] = []
    marks = ""
    for run in _RUN.finditer(text.casefold()):
        if run[1] is None:
            marks = run[0]
            continue
        if not words or marks.strip(" ,'’"):
            begins.append(len(words))
        words.append(run[1])
        marks = ""
    return words, begins


def split_label(lines: list[Line], headline: str | None) -> list[Line]:
    """Return ``lines`` with a section label cut off the headline it is glued to.

    "NewsRussia moves troops" is cut only where "Russia moves troops" is another line of the
    head of the text, or the ``headline`` that the caller gives.
    """
    others = {line.text for line in lines[:_HEAD_LINES]} | {headline}
    for index, line in enumerate(lines[:_HEAD_LINES]):
        cut = next((c for c in _cuts(line.text) if line.text[c:] in others), None)
        if cut is not None:
            return lines[:index] + line.cut(cut) + lines[index + 1 :]
    return lines


def _cuts(text: str) -> list[int]:
    """Return where a label could end: before each capital letter near the start."""
    if not _LABEL.match(text) or len(text) < 20:
        return []
    return [i for i in range(2, 40) if i < len(text) and not text[i].islower() and text[i] != " "]
