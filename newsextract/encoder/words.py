"""Words as the network sees them: letter case, the break before, and quotation marks.

The vocabulary of the network is uncased and knows no line ends, so these three features are
embedded beside the word pieces. Training and extraction both come through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

CASES = ("lower", "title", "upper", "initial", "mixed", "digits", "alphanumeric", "other")
BREAKS = ("glued", "space", "line", "paragraph")
QUOTE_STATES = ("outside", "opening", "inside", "closing")

_OPENING, _CLOSING, _STRAIGHT = frozenset("“„«"), frozenset("”»"), frozenset('"‟＂')


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text with one feature value each (indices into the tuples above)."""

    texts: list[str]
    cases: list[int]
    breaks: list[int]
    quotes: list[int]

    def __len__(self) -> int:
        return len(self.texts)


@lru_cache(maxsize=32768)
def letter_case(word: str) -> int:
    """Return the index into ``CASES`` of ``word``.

    "of" is lower, "Kyiv" title, "NATO" upper, "J" initial, "McCain" mixed, "2024" digits.
    """
    if word.isdigit():
        return 5
    if any(c.isdigit() for c in word):
        return 6
    if not any(c.isalpha() for c in word):
        return 7
    if word.islower():
        return 0
    if word.isupper():
        return 3 if sum(c.isalpha() for c in word) == 1 else 2
    return 1 if word[0].isupper() and not any(c.isupper() for c in word[1:]) else 4


@lru_cache(maxsize=4096)
def break_between(gap: str) -> int:
    """Return the index into ``BREAKS`` for the white space ``gap`` before a word."""
    if not gap:
        return 0
    lines = gap.count("\n") or gap.count("\r")
    return 1 if not lines else 2 if lines == 1 else 3


def read_words(text: str, offsets: Iterable[tuple[int, int]]) -> Words:
    """Return the words of ``text`` at ``offsets``: half-open, in order, without white space."""
    texts, breaks, last = [], [], 0
    known: dict[str, str] = {}
    for start, end in offsets:
        word = text[start:end]
        texts.append(known.setdefault(word, word))
        breaks.append(break_between(text[last:start]) if last else 3)
        last = end
    return Words(texts, [letter_case(word) for word in texts], breaks, quote_states(texts, breaks))


def quote_states(texts: Sequence[str], breaks: Sequence[int]) -> list[int]:
    """Return for each word where it stands to double quotation marks of its line.

    Marks pair inside a line; a mark that is never closed reaches to the end of its line. A straight
    mark opens if it touches only the next word, closes if it touches only the previous one, and
    otherwise alternates.
    """
    states, inside = [], False
    for word, gap, next_gap in zip(texts, breaks, [*breaks, 3][1:], strict=True):
        inside = inside and gap < 2
        state = 2 if inside else 0
        mark = word[0] if len(word) <= 2 else ""
        if mark in _STRAIGHT:
            opens = next_gap == 0 if (gap == 0) != (next_gap == 0) else not inside
        else:
            opens = word == "``" or mark in _OPENING
        if opens:
            state, inside = 1, True
        elif word == "''" or mark in _CLOSING or mark in _STRAIGHT:
            state, inside = 3, False
        states.append(state)
    return states
