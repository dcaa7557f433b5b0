"""Sports teams called by the name of their town are organizations, not places."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from newsextract.gazetteer.reader import open_gazetteer
from newsextract.language.doc import doc_text
from newsextract.language.lexicon import read_words
from newsextract.language.rules import rule
from newsextract.language.strings import LISTED

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_SCORE = r"\d{1,3}[-–]\d{1,3}"
_DECIDED = re.compile(r"\s(?:lost|won|drew|tied)\b")
_COUNT = re.compile(r"\s\d{1,3},? (?:and )?")
_LAST_COUNT = re.compile(r"\s\d{1,3}\b(?![.,]?\d|\s[a-z%])")
_BEATEN = re.compile(
    rf"{_SCORE} (?:[a-z-]+ )?(?:win|victory|defeat|loss|draw|success|triumph)"
    r" (?:over|against|to|with|by) $"
)
_LOST = re.compile(rf"\s(?:lost|won|drew|tied) {_SCORE}\b")
_PLAYER = r"[\w.'’-]{1,30} \([^()\n]{2,30}\)"
_LINE_UP = re.compile(rf"{_PLAYER}(?:(?:, | and ){_PLAYER}){{2,40}}")
_REACH = 40


@rule
def find_teams(doc: Doc, entities: Sequence[Span]) -> Iterator[Span]:
    """Yield those of ``entities`` that are labeled as places and play a match.

    Fires: "Nore beat Lyme 24-10", "Nore 34, Lyme 12", "Nore lost 2-0", "a 2-0 win over Lyme", and
    then "Dover and Calais lost"; "Kidd (Dover), Low (Lyme), Ray (Calais)". Not: "floods beat Nore's
    wall", "Nore lost power", nor national sides ("Georgia beat Spain").
    """
    text = doc_text(doc)
    sides = {side for pair in pairwise(entities) if _play(text, *pair) for side in pair}
    sides |= {ent for ent in entities if _has_result(text, ent) and not _is_nation(ent)}
    sides |= set(_find_in_line_up(text, entities))
    if not sides:
        return
    sides |= {ent for ent in entities if _DECIDED.match(text, ent.end_char)}
    for one, other in reversed(list(pairwise(entities))):
        gap = text[one.end_char : other.start_char]
        if other in sides and LISTED.fullmatch(gap) and _is_side(one) and not _is_nation(one):
            sides.add(one)
    yield from (ent for ent in entities if ent in sides and ent.label_ == "LOC")


def _play(text: str, one: Span, other: Span) -> bool:
    """Whether two names are the sides of a match, not both of them nations."""
    gap = text[one.end_char : other.start_char]
    met = _met().fullmatch(gap) and not text.startswith(("'s", "’s"), other.end_char)
    counted = _COUNT.fullmatch(gap) and _LAST_COUNT.match(text, other.end_char)
    sides = (met or counted) and _is_side(one) and _is_side(other)
    return bool(sides) and not (_is_nation(one) and _is_nation(other))


def _find_in_line_up(text: str, entities: Sequence[Span]) -> Iterator[Span]:
    """Yield the clubs of players in a list, if one of them is known for a club."""
    clubs = [e for e in entities if text[e.start_char - 1 : e.end_char + 1] == f"({e.text})"]
    starts = [e.start_char for e in clubs]
    for match in _LINE_UP.finditer(text):
        inside = clubs[bisect(starts, match.start()) : bisect(starts, match.end())]
        if any(e.label_ == "ORG" for e in inside):
            yield from inside


def _has_result(text: str, ent: Span) -> bool:
    before = text[max(0, ent.start_char - _REACH) : ent.start_char]
    return bool(_BEATEN.search(before) or _LOST.match(text, ent.end_char))


def _is_side(ent: Span) -> bool:
    return ent.label_ in ("LOC", "ORG") or (ent.label_ == "PERSON" and len(ent) == 1)


def _is_nation(ent: Span) -> bool:
    """Whether a side is a country's, or a nation's of Britain."""
    gazetteer = open_gazetteer()
    found = [index for index, main in gazetteer.find(ent.text) if main]
    return any(gazetteer.is_country(i) or gazetteer.is_british_nation(i) for i in found)


@cache
def _met() -> re.Pattern[str]:
    """Return the pattern of the words between two sides that met."""
    verbs = "|".join(sorted(read_words("match_verbs")))
    return re.compile(
        rf"\s(?:(?:have|has|had|also)\s)?(?:(?:{verbs})\s"
        rf"|(?:lost|fell|drew|tied|won|travels?)\s(?:{_SCORE}\s)?(?:to|with|against|at|over)\s"
        rf"|[a-z][^.;:\n]{{0,60}}\sto\s(?:beat|defeat|edge|down|top)\s)"
    )
