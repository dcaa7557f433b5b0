"""Abbreviations of places: "U.S.", "Calif.", and "TX" in "Austin, TX"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from newsextract.language.lexicon import read_pairs, read_words
from newsextract.language.rules import rule
from newsextract.stages.places.names import read_variants
from newsextract.stages.places.page import Page
from newsextract.stages.places.toponyms import Toponym, name_toponym

_AFTER_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*,\s$")
_POSTAL = re.compile(r"(?<=,\s)[A-Z]{2}\b(?![.'’]?\w)")
_SEAT = re.compile(r"\b(?:[RD]|GOP)-(?P<place>[A-Z][a-z]+(?: [A-Z][a-z]+)?)")
_CAPITALS = re.compile(r"\b[A-Z]{2,}\s$")
_CAPITALS_AFTER = re.compile(r"\s[A-Z]{2,}\b")
_NAME_AFTER = re.compile(r"\s[^\W\d_a-z]")
_YEAR = re.compile(r"\d\s$")
_REACH = 30


@rule
def find_abbreviations(page: Page) -> Iterator[Toponym]:
    """Yield the abbreviations; those that are words too only after a name and a comma.

    Fires: "in Fresno, Calif.", "the U.S. economy", "Austin, TX", "Joliet, Ill". Not: "Miss. Lee",
    "100 B.C.", "THEY GAVE US A". In the name of an organization it is left to those who look there.
    """
    whole = {(e.start, e.end) for e in page.entities}
    listed = read_pairs("division_abbreviations") | read_variants()
    for match in _listed().finditer(page.text):
        start, end = match.span()
        mistaken = listed[match[0]].isupper() and {(start, end), (start, end - 1)} & whole
        alone = page.is_outside_bodies(start, end) or mistaken
        if alone and _is_meant(page.text, match):
            yield Toponym(start, end, match[0], read_variants().get(match[0], match[0]))
    for match in _SEAT.finditer(page.text):
        if page.gazetteer.find(match["place"]):
            yield name_toponym(page.text, *match.span("place"))
    for match in _POSTAL.finditer(page.text):
        target = read_pairs("postal_codes").get(match[0])
        if target and _follows_name(page.text, match.start()):
            yield Toponym(match.start(), match.end(), match[0], target)


@cache
def _listed() -> re.Pattern[str]:
    """The abbreviations, by first letters: a search skips to where one of these stands."""
    listed = read_pairs("division_abbreviations").keys() | read_variants().keys()
    rests: dict[str, list[str]] = defaultdict(list)
    for short in sorted(listed, key=len, reverse=True):
        rests[short[0]].append(re.escape(short[1:]))
    branches = (rf"{a}(?<![\w.&]{a})(?:{'|'.join(rest)})(?!\w)" for a, rest in rests.items())
    return re.compile("|".join(branches))


def _is_meant(text: str, match: re.Match[str]) -> bool:
    short = match[0]
    if _is_unclear(short):
        named = short[-1] != "." and _NAME_AFTER.match(text, match.end())
        return _follows_name(text, match.start()) and not named
    if short == "US":
        before = text[max(0, match.start() - _REACH) : match.start()]
        shouted = _CAPITALS.search(before) or _CAPITALS_AFTER.match(text, match.end())
        return not shouted and not text.startswith("$", match.end())
    return not _YEAR.search(text, max(0, match.start() - _REACH), match.start())


def _is_unclear(short: str) -> bool:
    """Whether an abbreviation is a word too: "Miss.", "MISS." or "Miss", but not "N.Y"."""
    variant = short not in read_pairs("division_abbreviations") and "." not in short[:-1]
    return variant or short in read_words("unclear_abbreviations")


def _follows_name(text: str, start: int) -> bool:
    return bool(_AFTER_NAME.search(text[max(0, start - _REACH) : start]))
