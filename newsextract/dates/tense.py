"""Where the clause around an expression points: back, ahead, or neither."""

from __future__ import annotations

import re
from typing import Literal

from newsextract.dates.resolve import Direction
from newsextract.lexicon import read_words

_WINDOW = 160
_WORD = re.compile(r"[^\W\d_]+(?:['’](?:ll|ve|d|s|re|t))?")
_BE = frozenset({"is", "are", "be", "being", "am", "gets", "get"})
_FUTURE = frozenset({"will", "shall", "won't", "would", "can", "could", "may", "might", "should"})
_SOON = frozenset({"early", "soon"})

Sign = Literal["past", "future", "present"]


def direction_at(text: str, start: int, end: int, bounds: tuple[int, int]) -> Direction:
    """Return the direction of the verb that governs ``text[start:end]`` in its sentence.

    "will meet on Friday", "is due Friday", "to be held in March" point ahead; "met on Friday"
    and "has said Friday" back; "when the case is heard in May" neither. The verb before the
    expression decides, else the first one after it.
    """
    before = _words(text[max(bounds[0], start - _WINDOW) : start])
    after = _words(text[end : min(bounds[1], end + _WINDOW)])
    sign = _last_sign(before) or _first_sign(after)
    return sign if sign in ("past", "future") else None


def _words(text: str) -> list[str]:
    return [m.group().lower().replace("’", "'") for m in _WORD.finditer(text)]


def _last_sign(words: list[str]) -> Sign | None:
    """Return the sign of the last verb; one that reports counts only close by.

    "said Friday" points back, but "said the plant was to open in May" does not end at "said".
    """
    for index in range(len(words) - 1, -1, -1):
        if words[index] in read_words("reporting_verbs") and index < len(words) - 3:
            return "present"
        if sign := _sign(words, index):
            return sign
    return None


def _first_sign(words: list[str]) -> Sign | None:
    signs = (_sign(words, index) for index in range(len(words)))
    return next((sign for sign in signs if sign), None)


def _sign(words: list[str], index: int) -> Sign | None:
    """Return what one word says, read with the words before it, or None."""
    return next((sign for rule in _RULES if (sign := rule(words, index))), None)


def _modal(words: list[str], index: int) -> Sign | None:
    """Fires: "will", "they'll", "would". Not: "goodwill"."""
    return "future" if words[index] in _FUTURE or words[index].endswith("'ll") else None


def _cue(words: list[str], index: int) -> Sign | None:
    """Fires: "due", "scheduled", "planned for", "as early as", "until". Not: "Until" at the start."""
    word, before = words[index], words[index - 1] if index else ""
    if word in read_words("future_cues") or (word in _SOON and before == "as"):
        return "past" if "had" in words[max(0, index - 3) : index] else "future"
    if word == "until":
        return "future" if index else None
    return "future" if word == "for" and before in ("planned", "set", "called") else None


def _infinitive(words: list[str], index: int) -> Sign | None:
    """Fires: "plans to visit", "to be held". Not: "to Paris", "used to live"."""
    if words[index] != "to":
        return None
    before = words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    return "future" if before in read_words("infinitive_cues") or after == "be" else None


def _past(words: list[str], index: int) -> Sign | None:
    """Fires: "met", "visited". "is visited" is present, "to be visited" is left to "to"."""
    word = words[index]
    if word not in read_words("past_verbs") and not (word.endswith("ed") and len(word) > 3):
        return None
    before = words[max(0, index - 2) : index]
    if "be" in before:
        return None
    return "present" if _BE.intersection(before) else "past"


_RULES = (_modal, _cue, _infinitive, _past)
