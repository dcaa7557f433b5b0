"""Where the clause around an expression points: back, ahead, or neither."""

from __future__ import annotations

import re

from newsextract.dates.resolve import Direction
from newsextract.lexicon import read_words

_WINDOW = 160
_WORD = re.compile(r"[^\W\d_]+(?:['’](?:ll|ve|d|s|re))?")


def direction_at(text: str, start: int, end: int, bounds: tuple[int, int]) -> Direction:
    """Return the direction of the verb nearest to ``text[start:end]`` in its sentence.

    "will meet on Friday", "is due Friday", "to be held in March" point ahead; "met on Friday"
    and "has said Friday" back. The verb before the expression decides, else the one after.
    """
    before = text[max(bounds[0], start - _WINDOW) : start]
    found = _last(before)
    if found is None:
        found = _first(text[end : min(bounds[1], end + _WINDOW)])
    return found


def _last(text: str) -> Direction:
    """Return the direction of the last verb; one that reports counts only close by.

    "said Friday" points back, but "said the plant was to open in May" does not end at "said".
    """
    words = [m.group().lower() for m in _WORD.finditer(text)]
    for index in range(len(words) - 1, -1, -1):
        if words[index] in read_words("reporting_verbs") and index < len(words) - 3:
            return None
        found = _direction_of(words, index)
        if found:
            return found
    return None


def _first(text: str) -> Direction:
    words = [m.group().lower() for m in _WORD.finditer(text)]
    for index in range(len(words)):
        found = _direction_of(words, index)
        if found:
            return found
    return None


def _direction_of(words: list[str], index: int) -> Direction:
    """Return what one word says, read with its neighbours, or None."""
    word = words[index]
    if word in ("will", "shall", "won") or word.endswith(("'ll", "’ll")):
        return "future"
    if word in read_words("future_cues"):
        return "future"
    if word == "until":
        return "future" if index else None
    if word in ("early", "soon") and words[index - 1 : index] == ["as"]:
        return "future"
    if word == "to":
        return _direction_of_infinitive(words, index)
    if word in read_words("past_verbs"):
        return "past"
    if word.endswith("ed") and len(word) > 3:
        return "past"
    return None


def _direction_of_infinitive(words: list[str], index: int) -> Direction:
    """Fires: "plans to visit", "to be held". Not: "to Paris", "used to live"."""
    before = words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    if before in read_words("infinitive_cues") or after == "be":
        return "future"
    return None
