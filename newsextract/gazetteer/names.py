"""Keys under which place names are stored and looked up."""

from __future__ import annotations

import re
from functools import lru_cache

from newsextract.language.strings import fold

MAX_NAME = 120
CACHED = 1 << 14
_EXPANDED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "point"}
_INITIALS = re.compile(r"\b(?:\w )+\w\b")
_DIVISION = (
    "oblast|region|province|governorate|state|district|county|prefecture|voivodeship|department"
    "|canton|krai|republic|municipality|emirate|raion|rayon|territory|autonomous region|sheng"
)
_DIVISION_LAST = re.compile(rf"^(?P<name>.+?) (?:{_DIVISION})$")
_DIVISION_FIRST = re.compile(rf"^(?:the )?(?:{_DIVISION}|co) (?:of )?(?P<name>.+)$")


@lru_cache(maxsize=CACHED)
def name_key(name: str) -> str:
    """Return the key of ``name``: folded, initials joined, "St." at the start written out.

    "U.S." and "US" have the key "us"; "St. Louis" and "Saint Louis" the key "saint louis".
    """
    key = fold(name[:MAX_NAME])
    key = _INITIALS.sub(_join_initials, key)
    first, space, rest = key.partition(" ")
    if first == "the" and rest:
        return name_key(rest)
    return _EXPANDED.get(first, first) + space + rest if rest else key


def _join_initials(match: re.Match[str]) -> str:
    words = match[0].split()
    return "".join(words) if all(len(word) == 1 for word in words) else match[0]


def strip_division(key: str) -> str | None:
    """Return the key without the word that says what kind of division it is, if there is one.

    "kursk oblast" and "county kerry" give "kursk" and "kerry"; "kursk" gives ``None``.
    """
    match = _DIVISION_LAST.match(key) or _DIVISION_FIRST.match(key)
    return match["name"] if match else None
