"""Encode words as letters of the pattern alphabet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from newsextract.language.lexicon import read_pairs
from newsextract.stages.dates.numbers import CARDINALS, read_year
from newsextract.stages.dates.patterns import Alphabet

OTHER = "x"
# The letters of words that are not in the list but have a form of their own.
FORMS = {
    "DAYNUM": "d", "TWODIGIT": "2", "FOURDIGIT": "Y", "NUMERAL": "n", "CARDINAL": "w",
    "FRACTION": "f", "ORDINALNUM": "o", "HIGHORDINAL": "O", "DECADE": "D", "SHORTDECADE": "E",
    "ISODATE": "I", "NUMDATE": "N", "CLOCK": "C", "SHORTYEAR": "y", "YEARWORD": "v",
    "NINEELEVEN": "Z", "FISCALYEAR": "F", "FISCALPART": "P", "ZEROCLOCK": "0",
}  # fmt: skip

_MERIDIEM = r"\s?[apAP](?:\.\s?[mM]\.|[mM]\b)"
_NAMED = (
    ("ISODATE", r"(?:1\d|20)\d\d(?:-\d\d-\d\d|/\d\d/\d\d|\.\d\d\.\d\d)"
     r"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?"
     rf"(?:Z\b|[+-]\d\d:?\d\d|{_MERIDIEM})?)?(?![\w-])"),
    ("CLOCK", rf"\d{{1,2}}(?:[:.]\d\d){{0,2}}{_MERIDIEM}|\d{{1,2}}:\d\d(?::\d\d)?(?!\.?\d|:)"
     r"|\d{1,2}h\d\d\b|(?:[01]\d|2[0-3])[0-5]\d(?:GMT|UTC|hrs|h)\b"),
    ("NUMDATE", r"(?:\d{1,2}/\d{1,2}/|\d{1,2}-\d{1,2}-|\d{1,2}\.\d{1,2}\.)(?:\d{4}|\d{2})"
     r"(?![\w/-]|\.\d)"),
    ("NINEELEVEN", r"9/11\b"),
    ("DECADE", r"\d{3}0['’]?s\b|['’]\d0s\b"),
    ("SHORTDECADE", r"\d0['’]?s\b"),
    ("ORDINALNUM", r"\d{1,4}(?:st|nd|rd|th|ST|ND|RD|TH)\b"),
    ("SHORTYEAR", r"['’]\d\d\b"),
    ("FRACTION", r"(?:\d+[ -])?\d/\d\b(?!/)|\d*\s?[½¼¾]"),
    ("NUMERAL", r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d%]|[^\W\d_])"),
)  # fmt: skip
_FISCALYEAR = r"FY[ '’]?(?:20)?\d\d\b"
_FISCALPART = re.compile(r"(?:[1-4]Q|Q[1-4]|[12]H|H[12])(?:FY|CY)?(?:20)?\d\d")
# Soft hyphens and spaces without width: web pages break long words with them.
_MARKS = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]+")
# A word, or an ordinal of two: "twenty-first".
_WORD = (
    r"[^\W\d_]+(?:[\u00ad\u200b-\u200d\u2060\ufeff]+[^\W\d_]+)*(?:\d\w*|-(?<=[nrfxh]ty-)"
    r"(?i:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b)?"
)
_AMOUNT = r"[$€£¥₹₡#]\s?[\d,.]*\d|\d[\d.,]*(?:%|\w*)|['’][sS]\b"
_NUMBER = "|".join([*(form for _, form in _NAMED), _AMOUNT])
_TOKEN = re.compile(rf"({_FISCALYEAR}|{_WORD}|(?=[\d$€£¥₹₡#'’½¼¾])(?:{_NUMBER})|[^\w\s])")
_FORM = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _NAMED))

_CARDINALS = re.compile("{0}.?{0}".format(FORMS["CARDINAL"]))
_DAYNUM = range(1, 32)
# No form is longer; what is remembered of a page of digits stays small.
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one block: their letters, and where each is in the article."""

    text: str
    letters: str
    starts: list[int]
    ends: list[int]

    def word(self, index: int) -> str:
        """Return the word at ``index`` as written; "" outside the block."""
        if not 0 <= index < len(self.starts):
            return ""
        return self.slice(index, index)

    def slice(self, first: int, last: int) -> str:
        """Return the text from word ``first`` to word ``last``, without marks inside words."""
        text = self.text[self.starts[first] : self.ends[last]]
        return text if text.isascii() else _MARKS.sub("", text)


def load_alphabet() -> Alphabet:
    """Return the alphabet of the time words and of the forms of numbers."""
    alphabet = Alphabet()
    for word, entries in read_pairs("time_words").items():
        for entry in entries.split(";"):
            alphabet.add(word, entry.split()[0])
    for word in CARDINALS:
        alphabet.codes[word] = FORMS["CARDINAL"]
    alphabet.codes["’s"] = alphabet.letter_of("'s")
    alphabet.codes["’"] = alphabet.letter_of("'")
    for class_, letter in FORMS.items():
        alphabet.classes[class_] = {letter}
    return alphabet


@lru_cache(maxsize=4096)
def read_value(word: str, class_: str) -> str:
    """Return the value that the list gives ``word`` as a member of ``class_``."""
    entries = (e.split() for e in read_pairs("time_words")[word.lower()].split(";"))
    return next(value for name, value in entries if name == class_)


def read_ordinal(word: str) -> int:
    """Return the number of an ordinal in lower case: "third", "twenty-first"."""
    tens, _, ones = word.rpartition("-")
    return CARDINALS.get(tens, 0) + int(read_value(ones, "ORDINAL"))


def split_words(text: str, span: tuple[int, int], codes: dict[str, str]) -> Words:
    """Return the words of ``text`` between the two offsets, with their letters.

    ``codes`` gives the letter of each known word, in the cases that text writes it in.
    """
    pieces = _TOKEN.split(text[span[0] : span[1]])
    offsets = list(accumulate(map(len, pieces), initial=span[0]))
    starts, ends = offsets[1:-1:2], offsets[2::2]
    known = codes.get
    forms = pieces[1::2]
    if _MARKS.search(text, *span):
        forms = [_MARKS.sub("", w) or w for w in forms]
    letters = "".join(
        [known(w) or (OTHER if w.isalpha() else _form_of(w[:_LONGEST])) for w in forms]
    )
    if FORMS["CARDINAL"] in letters:
        if _CARDINALS.search(letters):
            letters = _join_cardinals(letters, starts, ends)
        letters = _mark_years(letters, text, starts, ends)
    return Words(text, letters, starts, ends)


def all_cases(codes: dict[str, str]) -> dict[str, str]:
    """Return ``codes`` with the words in capitals and with a capital as well."""
    return {case: code for w, code in codes.items() for case in (w, w.capitalize(), w.upper())}


def _form_of_ordinal(word: str) -> str:
    if word.partition("-")[0] not in CARDINALS:
        return OTHER
    return FORMS["ORDINALNUM" if read_ordinal(word) in _DAYNUM else "HIGHORDINAL"]


def _join_cardinals(letters: str, starts: list[int], ends: list[int]) -> str:
    """Make one word of the words of a number: "twenty five", "twenty-five"."""
    cardinal, kept = FORMS["CARDINAL"], list[str]()
    first, last = list(starts), list(ends)
    starts.clear()
    ends.clear()
    for letter, start, end in zip(letters, first, last, strict=True):
        size = _joins(kept, ends, start) if letter == cardinal else 0
        if size:
            del kept[-size:], ends[-size:], starts[len(kept) + 1 :]
        else:
            starts.append(start)
        kept.append(letter)
        ends.append(end)
    return "".join(kept)


def _joins(letters: list[str], ends: list[int], start: int) -> int:
    """Return how many words before a number word belong to it: "twenty" 1, "twenty" "-" 2."""
    cardinal = FORMS["CARDINAL"]
    if letters and letters[-1] == cardinal and start - ends[-1] <= 1:
        return 1
    hyphen = len(letters) > 1 and letters[-2] == cardinal and ends[-1] == start
    return 2 if hyphen and ends[-1] - ends[-2] == 1 else 0


def _mark_years(letters: str, text: str, starts: list[int], ends: list[int]) -> str:
    """Mark number words that spell a year ("nineteen ninety-seven") with their own letter."""
    marked = list(letters)
    for match in re.finditer(FORMS["CARDINAL"], letters):
        if read_year(text[starts[match.start()] : ends[match.start()]]):
            marked[match.start()] = FORMS["YEARWORD"]
    return "".join(marked)


@lru_cache(maxsize=4096)
def _form_of(word: str) -> str:
    """Return the letter of an unlisted word, from its form if it contains digits."""
    if word[0].isalpha():
        if "-" in word:
            return _form_of_ordinal(word.lower())
        return _form_of_fiscal(word)
    if len(word) == 1 and not word.isdecimal():
        return OTHER
    match = _FORM.fullmatch(word)
    kind = match.lastgroup if match else None
    if kind is None:
        return _form_of_fiscal(word)
    if kind == "ORDINALNUM" and int(word[:-2]) not in _DAYNUM:
        kind = "HIGHORDINAL"
    elif kind == "NUMERAL" and len(word) == 4 and word.isdecimal():
        kind = "ZEROCLOCK" if word[0] == "0" else "FOURDIGIT"
    elif kind == "NUMERAL" and len(word) <= 2:
        kind = "DAYNUM" if int(word) in _DAYNUM else "TWODIGIT"
    return FORMS[kind]


def _form_of_fiscal(word: str) -> str:
    if _FISCALPART.fullmatch(word):
        return FORMS["FISCALPART"]
    return FORMS["FISCALYEAR"] if re.fullmatch(_FISCALYEAR, word) else OTHER
