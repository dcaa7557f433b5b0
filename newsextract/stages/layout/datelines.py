"""Datelines: the place, date and agency that open a report before its first sentence."""

from __future__ import annotations

import re

from newsextract.language.calendar import MONTHS
from newsextract.language.lexicon import read_words
from newsextract.language.strings import plain_spaces

_LONGEST = 90
_NAMES = "|".join(sorted({*map(str.title, MONTHS), *map(str.upper, MONTHS)}, key=len, reverse=True))
_WORD = r"[A-ZÀ-ÖØ-ÞŁŚŻ][\w'’.-]*"
_PLACE = rf"{_WORD}(?:(?: (?:and|&|de|del|da|do|dos|la|el|al|es|of|upon) | ?/ ?| |-){_WORD}){{0,4}}"
_DATE = (
    rf"(?:(?:{_NAMES})\b\.?(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? \d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:{_NAMES})\b\.?(?:,? \d{{4}})?"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{4})"
)
_AGENCY = r"(?:\([^()\n]{2,40}\)|/ ?[A-Z][\w .-]{1,25} ?/)"
_DATED_AGENCY = rf"(?:\({_DATE}\)|{_AGENCY})"
_SEPARATOR = r"(?:\s?\.?(?:--+|[-–—―]|_+|:)(?=\s|$|[\"“'A-Z])|\.(?=\s)|\s?_$)"
_MARK = re.compile(r"[-–—―_:/]")
_IN_BRACKETS = rf"(?: ?\[{_PLACE}\])?"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}{_IN_BRACKETS}(?: ?, ?{_PLACE}){{0,2}}?)"
    rf"(?P<date> ?[,–—-]? ?{_DATE})?"
    rf"(?P<agency> ?,? ?{_DATED_AGENCY})?"
    rf"(?P<date2> ?,? ?{_DATE})?"
    rf"\s?(?P<separator>{_SEPARATOR}|[-–—] ?/[^/\n]{{3,40}}/ ?[-–—]*(?=\s))"
)

_PLACELESS = re.compile(
    rf"(?:(?P<date>{_DATE}) ?)?(?P<agency>\((?=[A-Z])[A-Z][\w/&.-]*(?: [A-Z][\w/&.-]*){{0,3}}\))"
    r"\s?(?:--+|[-–—―_:])(?=\s)"
)


def find_dateline(text: str, *, first: bool) -> int | None:
    """Return where the dateline that opens the paragraph ``text`` ends, its dash included.

    Fires: "KYIV, Aug 14 (Reuters) - Russia", "Cape Town - Following", "(CNN) — Russia". Not:
    "Mr. Lee - who", "Ann Lee-Day".
    A place in small letters with no date or agency counts only in the ``first`` paragraph.
    """
    opening = plain_spaces(text[:_LONGEST])
    if placeless := _PLACELESS.match(opening):
        return placeless.end()
    match = _DATELINE.match(opening) if _MARK.search(opening) else None
    if not match:
        return None
    if match.end() == len(text) and "_" not in match["separator"] and not match["agency"]:
        return None
    rest = text[match.end() :].lstrip()
    if rest and not (rest[0].isupper() or rest[0] in "\"“'‘`(" or rest[0].isdigit()):
        return None
    return match.end() if _is_dateline(match, first=first) else None


def _is_dateline(match: re.Match[str], *, first: bool) -> bool:
    place, separator = match["place"], match["separator"].strip()
    dated = bool(match["date"] or match["agency"] or match["date2"])
    if separator == ".":
        return dated and bool(match["agency"])
    words = re.findall(r"\w+", place)
    if (not first and not dated) or any(w.lower() in read_words("not_datelines") for w in words):
        return False
    if dated or (place.isupper() and len(place) > 3) or (words[0].isupper() and len(words[0]) > 3):
        return True
    if match["separator"] == "-" and not match.string[match.end() : match.end() + 1].isspace():
        return False
    if separator.endswith(":"):
        return place in read_words("dateline_places")
    return len(words) <= 4
