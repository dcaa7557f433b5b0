"""Datelines: the place, date and agency before the first sentence of a report."""

from __future__ import annotations

import re

from newsextract.language.calendar import MONTHS, WEEKDAYS
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
_AGENCY = r"(?:\((?:dpa|epa|[A-Z\d][^()\n]{1,39})\)|/ ?[A-Z][\w .-]{1,25} ?/)"
_DATED_AGENCY = rf"(?:\({_DATE}\)|{_AGENCY})"
_SEPARATOR = r"(?:\s?\.?(?:--+|[-–—―]|_+|:| \|)(?=\s|$|[\"“'A-Z])|\.(?=\s)|\s?_$)"
_MARK = re.compile(r"[-–—―_:/|]")
_IN_BRACKETS = rf"(?: ?\[{_PLACE}\])?"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}{_IN_BRACKETS}(?: ?, ?{_PLACE}){{0,2}}?)"
    rf"(?P<date> ?[,–—-]? ?{_DATE}\.?)?"
    rf"(?P<agency> ?,? ?{_DATED_AGENCY})?"
    rf"(?P<date2> ?,? ?{_DATE})?(?:(?<=\d), [A-Z]{{2,6}}(?= ?[–—-]))?"
    rf"\s?(?P<separator>{_SEPARATOR}|[-–—] ?/[^/\n]{{3,40}}/ ?[-–—]*(?=\s))"
)
_BARE = re.compile(
    rf"(?:(?:{_PLACE}(?:, {_PLACE})?, {_DATE}) \([A-Z]{{2,6}}\)|\((?:CNN|CBS|NBC|ABC|AP|AFP)\))"
    r"(?= [A-Z“])"
)
_PLACELESS = re.compile(
    rf"(?:(?P<date>{_DATE}) ?)?(?P<agency>\((?=[A-Z])[A-Z][\w/&.-]*(?: [A-Z][\w/&.-]*){{0,3}}\))"
    r"\s?(?:--+|[-–—―_:])(?=\s)"
)


def find_dateline(text: str, *, first: bool) -> int | None:
    """Return where the dateline that opens the paragraph ``text`` ends, its dash included.

    Fires: "KYIV, Aug 14 (Reuters) - Russia", "Cape Town - Following", "(CNN) — Russia", "New
    Delhi, Aug 14 (PTI) The". Not: "Mr. Lee - who", "Ann Lee-Day", "Monday - The", "Labour (UK)".
    A place in lower case with no date or agency counts only in the ``first`` paragraph.
    """
    opening = plain_spaces(text[:_LONGEST])
    if undashed := _BARE.match(opening) or _PLACELESS.match(opening):
        return undashed.end()
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
    words = re.findall(r"\w+", place)
    if separator == ".":
        return bool(match["agency"])
    if (not first and not dated) or words[0].lower() in WEEKDAYS:
        return False
    if not read_words("not_datelines").isdisjoint(map(str.lower, words)):
        return False
    if dated or any(part.isupper() and len(part) > 3 for part in (place, words[0])):
        return True
    if separator.endswith(":"):
        return place in read_words("dateline_places")
    glued = match["separator"] == "-" and not match.string[match.end() :][:1].isspace()
    return separator != "|" and not glued and len(words) <= 4
