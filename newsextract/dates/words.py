"""From text to words with letters: the reader below the patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsextract.dates.numbers import CARDINALS, read_number, read_year
from newsextract.dates.patterns import Alphabet
from newsextract.lexicon import read_pairs

OTHER = "x"
# The letters of words that are not in the list but have a form of their own.
FORMS = {
    "DAYNUM": "d", "TWODIGIT": "2", "FOURDIGIT": "Y", "NUMERAL": "n", "CARDINAL": "w",
    "FRACTION": "f", "ORDINALNUM": "o", "HIGHORDINAL": "O", "DECADE": "D", "SHORTDECADE": "E",
    "ISODATE": "I", "NUMDATE": "N", "CLOCK": "C", "SHORTYEAR": "y", "YEARWORD": "v",
    "NINEELEVEN": "Z", "AGE": "g",
}  # fmt: skip

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?P<glued>\d\w*)?)"
    r"|(?P<iso>(?:1\d|20)\d\d(?P<sep>[-/])\d\d(?P=sep)\d\d"
    r"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z\b|[+-]\d\d:?\d\d)?)?(?![\w-]))"
    r"|(?P<clock>\d{1,2}(?:[:.]\d\d){0,2}\s?[ap](?:\.\s?m\.|m\b)"
    r"|\d{1,2}:\d\d(?::\d\d)?(?![\d:])"
    r"|\d{1,2}[.h:]\d\d(?=\s?(?:hrs?|hours|GMT|UTC|local time|[ap]m)\b)"
    r"|[0-2]\d[0-5]\d(?=\s?(?:hrs?|hours|GMT|UTC|local time|[A-Z]{1,2}[SD]T)\b))"
    r"|(?P<numdate>\d{1,2}(?P<sep2>[/.-])\d{1,2}(?P=sep2)(?:\d{4}|\d{2})(?![\w/-]|\.\d))"
    r"|(?P<nineeleven>9/11\b)"
    r"|(?P<decade>\d{3}0['’]?s\b|['’]\d0s\b)|(?P<shortdecade>\d0['’]?s\b)"
    r"|(?P<ordinal>\d{1,4}(?:st|nd|rd|th)\b)"
    r"|(?P<shortyear>['’]\d\d\b)"
    r"|(?P<fraction>(?:\d+[ -])?\d/\d\b(?!/)|\d*\s?[½¼¾])"
    r"|(?P<money>[$€£¥₹₡#]\s?[\d,.]*\d)"
    r"|(?P<numeral>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?P<unit>%|[^\W\d_]\w*)?)"
    r"|(?P<poss>['’]s\b)"
    r"|(?P<sign>[^\w\s])",
    re.IGNORECASE,
)
_DAYNUM = range(1, 32)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one block: their letters, and where each stands in the article."""

    text: str
    letters: str
    starts: list[int]
    ends: list[int]

    def word(self, index: int) -> str:
        """Return the word at ``index`` as written; "" outside the block."""
        if not 0 <= index < len(self.starts):
            return ""
        return self.text[self.starts[index] : self.ends[index]]


def load_alphabet() -> Alphabet:
    """Return the alphabet of the time words and of the forms of numbers."""
    alphabet = Alphabet()
    for word, entries in read_pairs("time_words").items():
        for entry in entries.split(";"):
            alphabet.add(word, entry.split()[0])
    for class_, letter in FORMS.items():
        alphabet.classes[class_] = {letter}
    return alphabet


def read_value(word: str, class_: str) -> str:
    """Return the value that the list gives ``word`` as a member of ``class_``."""
    entries = (e.split() for e in read_pairs("time_words")[word.lower()].split(";"))
    return next(value for name, value in entries if name == class_)


def split_words(text: str, span: tuple[int, int], codes: dict[str, str]) -> Words:
    """Return the words of ``text`` between the two offsets, with their letters."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, letter in _merge_numbers(_tokens(text, span, codes), text):
        letters.append(letter)
        starts.append(start)
        ends.append(end)
    return Words(text, "".join(letters), starts, ends)


def _tokens(
    text: str, span: tuple[int, int], codes: dict[str, str]
) -> Iterator[tuple[int, int, str]]:
    for match in _TOKEN.finditer(text, *span):
        kind = match.lastgroup
        if kind == "word":
            word = match.group().lower()
            letter = FORMS["CARDINAL"] if word in CARDINALS else codes.get(word, OTHER)
            yield match.start(), match.end(), letter
        elif kind == "sign" or kind == "poss":
            sign = match.group().replace("’", "'")
            yield match.start(), match.end(), codes.get(sign, OTHER)
        else:
            yield match.start(), match.end(), _form_of(match)


def _form_of(match: re.Match[str]) -> str:
    kind, text = match.lastgroup, match.group()
    if kind in _FIXED:
        return FORMS[_FIXED[kind]]
    if kind == "money" or match["unit"]:
        return OTHER
    if kind == "ordinal":
        return FORMS["ORDINALNUM" if int(text[:-2]) in _DAYNUM else "HIGHORDINAL"]
    if len(text) == 4 and text.isdecimal() and text[0] != "0":
        return FORMS["FOURDIGIT"]
    if len(text) <= 2:
        return FORMS["DAYNUM" if int(text) in _DAYNUM else "TWODIGIT"]
    return FORMS["NUMERAL"]


_FIXED = {
    "iso": "ISODATE", "clock": "CLOCK", "numdate": "NUMDATE", "nineeleven": "NINEELEVEN",
    "decade": "DECADE", "shortdecade": "SHORTDECADE", "shortyear": "SHORTYEAR",
    "fraction": "FRACTION",
}  # fmt: skip


def _merge_numbers(
    tokens: Iterator[tuple[int, int, str]], text: str
) -> Iterator[tuple[int, int, str]]:
    """Put number words that belong together into one word: "twenty" "-" "four"."""
    cardinal = FORMS["CARDINAL"]
    held: tuple[int, int] | None = None
    sign: tuple[int, int, str] | None = None
    for start, end, letter in tokens:
        if held and letter == cardinal and start - (sign[1] if sign else held[1]) <= 1:
            held, sign = (held[0], end), None
            continue
        if held and sign is None and start == held[1] and text[start:end] == "-":
            sign = (start, end, letter)
            continue
        if held:
            yield (*held, _number_letter(text[held[0] : held[1]]))
            held = None
            if sign:
                yield sign
                sign = None
        if letter == cardinal:
            held = (start, end)
        else:
            yield start, end, letter
    if held:
        yield (*held, _number_letter(text[held[0] : held[1]]))
        if sign:
            yield sign


def _number_letter(text: str) -> str:
    return FORMS["YEARWORD" if read_year(text) else "CARDINAL"]


def number_at(words: Words, index: int) -> int | None:
    """Return the whole number that the word at ``index`` writes, or None."""
    value = read_number(words.word(index))
    return int(value) if value is not None and value.denominator == 1 else None
