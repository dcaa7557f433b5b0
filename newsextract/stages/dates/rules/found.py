"""A match as its builder sees it: the words of its groups and the words around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from newsextract.language.calendar import MONTHS
from newsextract.stages.dates.meaning import Meaning
from newsextract.stages.dates.numbers import read_number, read_year
from newsextract.stages.dates.words import Words, read_ordinal, read_value


@dataclass(frozen=True, slots=True)
class Found:
    """A match of a pattern over the letters of ``words`` from the word ``offset`` on."""

    words: Words
    match: re.Match[str]
    groups: dict[str, tuple[str, ...]]
    offset: int = 0

    def span(self, name: str) -> tuple[int, int] | None:
        """Return which words are the group ``name``; None where it took no part."""
        for group in self.groups.get(name, ()):
            start, end = self.match.span(group)
            if start < end:
                return self.offset + start, self.offset + end
        return None

    def has(self, name: str) -> bool:
        """Return whether the group ``name`` took part in the match."""
        return self.span(name) is not None

    def text(self, name: str) -> str:
        """Return the words of a group as written; "" for one that took no part."""
        span = self.span(name)
        if span is None:
            return ""
        return self.words.slice(span[0], span[1] - 1)

    def word(self, name: str) -> str:
        """Return the words of a group in lower case."""
        return self.text(name).lower()

    def value(self, name: str, class_: str) -> str | None:
        """Return what the word list says of the word of a group."""
        return read_value(self.text(name), class_) if self.has(name) else None

    def integer(self, name: str, class_: str) -> int | None:
        """Return the value of a word in the list as a number."""
        value = self.value(name, class_)
        return None if value is None else int(value)

    def before(self, steps: int = 1) -> str:
        """Return the word ``steps`` before the match, in lower case."""
        return self.words.word(self.offset - steps).lower()

    def after(self, steps: int = 1) -> str:
        """Return the word ``steps`` behind the match as written."""
        return self.words.word(self.offset + self.match.end() + steps - 1)

    def day(self, name: str = "d") -> int | None:
        """Return the day of the month that a group writes: "3", "3rd", "third"."""
        text = self.word(name)
        if not text:
            return None
        digits = re.match(r"\d+", text)
        return int(digits.group()) if digits else read_ordinal(text)

    def month(self, name: str = "m") -> int | None:
        """Return the month of a group."""
        return MONTHS[self.word(name)] if self.has(name) else None

    def year(self, name: str = "y") -> int | None:
        """Return the year of a group: "1997", "'97", "nineteen ninety-seven"."""
        text = self.word(name)
        if not text:
            return None
        if text[0] in "'’" or len(text) == 2:
            short = int(text[-2:])
            return (2000 if short < 50 else 1900) + short
        return int(text) if text.isdecimal() else read_year(text)

    def capital(self, name: str) -> bool:
        """Return whether a group is written with a capital."""
        return self.text(name)[:1].isupper()

    def number(self, name: str) -> str | None:
        """Return the number of a group as TIMEX3 writes it: "3", "2.5", "X" for "several"."""
        text = self.word(name)
        if not text:
            return None
        value = read_number(text)
        if value is None:
            return None
        if value.denominator == 1:
            return str(value.numerator)
        return f"{float(value):.6f}".rstrip("0")


Builder = Callable[[Found], Meaning | None]
Rule = tuple[str, Builder]
