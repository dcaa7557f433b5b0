"""Places in the names of public institutions: "Ohio Supreme Court", "University of Georgia"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from newsextract.language.lexicon import read_words
from newsextract.language.person_names import is_given
from newsextract.language.rules import rule
from newsextract.records import HasOffsets
from newsextract.stages.places.names import (
    expand_demonym,
    find_exact,
    read_abbreviations,
    read_public_nouns,
    strip_direction,
)
from newsextract.stages.places.page import Page
from newsextract.stages.places.toponyms import Offsets, Toponym

_BODIES = frozenset({"ORG", "FAC", "MISC"})
_LONGEST = 4
_COUNTIES = ("County", "Parish")
_FEWEST_PEOPLE = 2000
_CITY = 100_000
_WORDS = re.compile(r"\S+")
_STREET = re.compile(r" (?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Boulevard|Lane)$")
_INSIDE = re.compile(r",? in (?:the )?")
_OF = re.compile(
    r"\bof (?:the |[a-z-]+ern )?(?P<place>[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,3})$"
)


@rule
def find_embedded(page: Page) -> Iterator[Toponym]:
    """Yield the places at the head or the end of the names of public institutions, as adjectives.

    Fires: "Springfield" in "Springfield City Council", "Georgia" in "University of Georgia". Not:
    "Manchester" in "Manchester United", "Lincoln" in "Lincoln High School".
    """
    mentioned = {toponym.text for toponym in page.found}
    for entity in page.entities:
        if entity.label in _BODIES and (found := _find_namesake(page, entity, mentioned)):
            yield replace(found, container=_find_site(page, entity))


def _find_site(page: Page, body: HasOffsets) -> Offsets | None:
    """Return the span of the place named as the site: "York University in Toronto"."""
    inside = _INSIDE.match(page.text, body.end)
    return next((t.offsets for t in page.found if inside and t.start == inside.end()), None)


def nest_places(page: Page) -> Iterator[Toponym]:
    """Yield the toponyms found, and after those that are named for a place that one.

    "Oslo Central Hospital", which the gazetteer has not, lies in "Oslo"; "Oslo" is an adjective.
    "Cuba Street" is anywhere.
    """
    mentioned = {t.text for t in page.found if t.kind == "location"}
    for toponym in page.found:
        named = toponym.form == "name" and " " in toponym.text and not _STREET.search(toponym.text)
        unknown = named and not find_exact(toponym.name, page.gazetteer)
        if unknown and (inner := _find_namesake(page, toponym, mentioned)):
            yield from (replace(toponym, container=inner.offsets), inner)
        else:
            yield toponym


def _find_namesake(page: Page, body: HasOffsets, mentioned: set[str]) -> Toponym | None:
    """Return the place that a public institution or a building is named for."""
    return find_head(page, body, mentioned) or find_tail(page, body, mentioned)


@rule
def find_head(page: Page, body: HasOffsets, mentioned: set[str]) -> Toponym | None:
    """Return the place that the name of a public institution or a building begins with.

    The whole beginning wins: "West Virginia Police", but "Western Ontario School Board".
    """
    text = page.text[body.start : body.end]
    words = list(_WORDS.finditer(text))[: _LONGEST + 1]
    first = 1 if words and words[0][0].lower() == "the" else 0
    found = _find_at(page, body, words[first:], mentioned)
    sided = len(words) > first + 2 and not strip_direction(f"{words[first][0].lower()} ")
    return found or (_find_at(page, body, words[first + 1 :], mentioned) if sided else None)


def _find_at(
    page: Page, body: HasOffsets, words: list[re.Match[str]], mentioned: set[str]
) -> Toponym | None:
    """Return the longest place that the words of the name of ``body`` begin with."""
    for last in range(len(words) - 2, -1, -1):
        following = [re.sub(r"['’]s$", "", w[0].rstrip(".,")) for w in words[last + 1 :]]
        start, end = body.start + words[0].start(), body.start + words[last].end()
        name = re.sub(r"['’]s?$", "", page.text[start:end])
        placed = isinstance(body, Toponym)
        if is_seat(page, name, following=following, mentioned=mentioned, placed=placed):
            return _make(page, start, start + len(name))
    return None


def is_seat(
    page: Page, name: str, *, following: list[str], mentioned: set[str], placed: bool
) -> bool:
    """Return whether ``name`` before the words ``following`` is where the organization is.

    A building (``placed``) that is named for a known place is there: "Boston Garden". One that is
    named for a town that the article does not name may be somebody's: "Hampden Park".
    """
    if name in read_abbreviations():
        return True
    if not name[:1].isupper() or name in read_words("civic_nouns") or following[0] in _COUNTIES:
        return False
    if name.endswith(_COUNTIES):
        return bool(page.gazetteer.find(name))
    known = name in mentioned or name in page.gazetteer.well_known or expand_demonym(name)
    if name in page.gazetteer.well_known and is_kind(following[-1]) and following != ["Party"]:
        return True
    if not follows_place([word.capitalize() for word in following] if placed else following):
        return placed and bool(known)
    called = following[0] != "City" and (is_given(name.lower()) or name in page.families)
    patron = called or following[0] == "Administration"
    least = _CITY if placed or name.endswith(" City") else _FEWEST_PEOPLE
    return bool(known) or (not patron and page.gazetteer.most_people(name) >= least)


def is_kind(word: str) -> bool:
    """Whether a name ends with what it is: "Association", "School"."""
    listed = word.lower() in read_words("organization_nouns")
    return listed or word in read_public_nouns()


def follows_place(following: list[str]) -> bool:
    """Return whether the words may follow a place in an ORG name: "City Council", "Police".

    "City" alone does not: "Emerald City Players".
    """
    nouns = read_public_nouns()
    return following[0] in nouns and (following[0] != "City" or nouns.issuperset(following[1:2]))


@rule
def find_tail(page: Page, body: HasOffsets, mentioned: set[str]) -> Toponym | None:
    """Return the place after the last "of" of a name: "University of Georgia"."""
    match = _OF.search(page.text[body.start : body.end])
    if match is None:
        return None
    name = match["place"].partition("-")[0]
    known = name in mentioned or name in page.gazetteer.well_known
    placed = _INSIDE.match(page.text, body.end) is not None
    if not known and not (placed and page.gazetteer.most_people(name) >= _FEWEST_PEOPLE):
        return None
    start = body.start + match.start("place")
    return _make(page, start, start + len(name))


def _make(page: Page, start: int, end: int) -> Toponym:
    text = page.text[start:end]
    return Toponym(start, end, text, expand_demonym(text) or text, form="adjective")
