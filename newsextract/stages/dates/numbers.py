"""Numbers as news writes them: "21", "1,500", "2 1/2", "twenty-four", "nineteen ninety-seven"."""

from __future__ import annotations

import re
from fractions import Fraction

CARDINALS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000,
}  # fmt: skip

_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_LONGEST = 15


def read_number(text: str) -> Fraction | None:
    """Return the value of a number in digits or words; None for what is no number."""
    if text[-1:] in _VULGAR:
        whole = read_number(text[:-1].strip()) if text[:-1].strip() else Fraction(0)
        return None if whole is None else whole + _VULGAR[text[-1]]
    if text[:1].isdecimal() or text[:1] == ".":
        return _read_digits(text)
    return _read_words(re.split(r"[\s-]+", text.lower()))


def read_year(text: str) -> int | None:
    """Return the year that words spell: "nineteen ninety-seven", "two thousand and four"."""
    words = [w for w in re.split(r"[\s-]+", text.lower()) if w != "and"]
    values = [CARDINALS.get(w, -1) for w in words]
    if len(values) < 2 or -1 in values:
        return None
    if values[:2] == [2, 1000] and sum(values[2:]) < 100:
        return 2000 + sum(values[2:])
    is_clock = values[0] <= 12 and values[1] < 60
    if 10 <= values[0] <= 20 and not is_clock and 10 <= values[1] < 100:
        return values[0] * 100 + sum(values[1:])
    return None


def _read_digits(text: str) -> Fraction | None:
    plain = text.replace(",", "")
    if len(plain) > _LONGEST:
        return None
    if match := re.fullmatch(r"(?:(\d+)[ -])?(\d)/(\d)", plain):
        whole, above, below = match.groups()
        return Fraction(int(whole or 0)) + Fraction(int(above), int(below) or 1)
    try:
        return Fraction(plain)
    except ValueError:
        return None


def _read_words(words: list[str]) -> Fraction | None:
    total = current = 0
    for word in words:
        if word == "and":
            continue
        value = CARDINALS.get(word)
        if value is None:
            return None
        if value >= 100:
            current = max(current, 1) * value
            if value == 1000:
                total, current = total + current, 0
        else:
            current += value
    return Fraction(total + current)
