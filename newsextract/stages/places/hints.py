"""Hints beside a toponym: its kind, and the place that contains it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from newsextract.gazetteer.reader import Gazetteer
from newsextract.language.lexicon import read_words
from newsextract.language.rules import repair
from newsextract.stages.places.names import (
    find_divisions,
    find_inside,
    find_places_called,
    is_country,
    is_only_country,
    is_region,
)
from newsextract.stages.places.toponyms import DIVISION_KINDS, Hint, Offsets, Toponym

_WINDOW = 40
_KINDS: tuple[tuple[Hint, str, str, str], ...] = (
    (
        "division",
        r"region|oblast|province|governorate|prefecture|voivodeship|canton|republic|emirate|state"
        r"|autonomous region|territory",
        r"(?:region|oblast|province|governorate|prefecture|voivodeship|canton|republic|state)s"
        r"|territories",
        r"gov(?:ernor)?",
    ),
    (
        "district",
        r"county|district|department|parish|raion",
        r"counties|districts|departments|parishes",
        r"county executive",
    ),
    (
        "settlement",
        r"city|town|township|village|suburb|neighbou?rhood|borough",
        r"cities|(?:town|township|village|suburb|neighbou?rhood|borough)s",
        r"mayor|city council|city hall",
    ),
)
_AFTER = tuple(
    (
        hint,
        re.compile(rf"(?:'s|’s)?\s(?:(?:(?P<plural>{many})|{one})\b(?!\s[A-Z])|(?i:{office})\b)"),
    )
    for hint, one, many, office in _KINDS
)
_BEFORE = tuple(
    (
        hint,
        re.compile(
            rf"\b(?:(?:{one}|{many})(?:\s(?:of|called|named))?|(?i:{office})\sof)(?: the)?"
            r"\s(?:\S+\sand\s)?$"
        ),
    )
    for hint, one, many, office in _KINDS
)
_LIST_GAP = re.compile(r"(?:,| and| or|, and|, or| &)\s(?:the\s)?$")
_AGAINST = frozenset(("against", "v", "vs", "vs.", "versus"))
_BESIDE = frozenset((" ", " in ", " in the "))
_KIND_LAST = re.compile(rf" (?:{DIVISION_KINDS})$", re.IGNORECASE)
_CONTAINER_GAP = re.compile(r"\s?,\s+(?:in\s)?$|\s\($|,\s(?:also\s)?in\s(?:the\s)?$")


def add_hints(text: str, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
    """Return the toponyms, in text order, with their hints and containers.

    "the Kursk and Belgorod regions" are two divisions; in "Paris, Texas" the second contains the
    first, but "Paris and Texas" is a list.
    """
    hinted: list[Toponym] = []
    listed: Hint | None = None
    after: Toponym | None = None
    for toponym in reversed(toponyms):
        if toponym.form != "name":
            hinted.append(toponym)
            continue
        gap = text[toponym.end : after.start] if after else ""
        inherited = listed if _LIST_GAP.fullmatch(gap) else None
        found = _add_hint(text, toponym, gap=gap, after=after)
        if found.hint is None and inherited:
            found = replace(found, hint=inherited, container=None)
        listed = inherited or (found.hint if _is_plural(text, found.end) else None)
        hinted.append(found)
        after = found
    return tuple(reversed(hinted))


@repair(argument=1)
def hint_countries(
    text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer
) -> tuple[Toponym, ...]:
    """Return the toponyms; what may be a country or a state is one among countries.

    Fires: "Georgia and Azerbaijan", "Georgia beat Spain", "Armenia, Georgia, Iraq". Not: "Georgia
    and Alabama", "Peru, Georgia and Alabama", "Georgia, U.S.", nor where Atlanta is named.
    """
    beside: defaultdict[int, set[str]] = defaultdict(set)
    for number, (left, right) in enumerate(pairwise(toponyms)):
        if _joins_peers(text[left.end : right.start]):
            beside[number].add(right.name)
            beside[number + 1].add(left.name)
    hinted = list(toponyms)
    named: dict[Offsets | None, str] = {t.offsets: t.name for t in toponyms}
    about: dict[str, bool] = {}
    for at, names in beside.items():
        one = toponyms[at]
        if one.hint is not None or one.form != "name" or not is_country(one.name, gazetteer):
            continue
        divisions = find_divisions(one.name, gazetteer)
        peers = divisions and all(is_only_country(name, gazetteer) for name in names)
        if not peers or _is_held(divisions, named.get(one.container), gazetteer):
            continue
        if one.name not in about:
            about[one.name] = _is_about(divisions, set(named.values()), gazetteer)
        if not about[one.name]:
            hinted[at] = replace(one, hint="country", container=None)
    return tuple(hinted)


def _joins_peers(gap: str) -> bool:
    """Whether two countries or two states are joined: ", ", " and ", " beat ", " against "."""
    return bool(_LIST_GAP.fullmatch(gap)) or gap.strip() in read_words("match_verbs") | _AGAINST


def _is_about(divisions: set[int], names: set[str], gazetteer: Gazetteer) -> bool:
    """Whether what is best known by one of the names lies in the divisions: "Atlanta"."""
    division, population = gazetteer.columns["division"], gazetteer.columns["population"]
    for name in names:
        found = [index for index, main in gazetteer.find(name) if main]
        largest = max(found, key=lambda index: int(population[index]), default=None)
        if largest not in divisions and largest is not None and division[largest] in divisions:
            return True
    return False


def _is_held(divisions: set[int], container: str | None, gazetteer: Gazetteer) -> bool:
    """Whether a container is the nation of the divisions: "U.S." in "Georgia, U.S."."""
    nations = {int(gazetteer.columns["country"][index]) for index in divisions}
    found = find_places_called(container, gazetteer) if container else ()
    return any(index in nations for index, _ in found)


def contain_beside(
    text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer
) -> tuple[Toponym, ...]:
    """Return the toponyms; a region after places of it contains them.

    Fires: "Perth Australia", "Leon, Merida and Puebla in Mexico". Not: "Ontario in Ohio".
    """
    contained = list(toponyms)
    region: Toponym | None = None
    for number in reversed(range(len(toponyms) - 1)):
        left, right = toponyms[number : number + 2]
        gap = text[left.end : right.start]
        if gap in _BESIDE and right.form == "name" and is_region(right.name, gazetteer):
            region = right
        elif not _LIST_GAP.fullmatch(gap):
            region = None
        free = left.container is None and left.form == "name"
        if region and free and find_inside(left.name, region.name, gazetteer):
            contained[number] = replace(left, container=region.offsets)
    return tuple(contained)


@repair(argument=1)
def free_listed(
    text: str, toponyms: Sequence[Toponym], gazetteer: Gazetteer
) -> tuple[Toponym, ...]:
    """Return the toponyms; what is before another name of a list does not lie in it.

    Fires: "Leon, Spain and Malta" is not in Spain. Not: "Paris, Texas and Rome, Georgia".
    """
    freed = list(toponyms)
    for number, one in enumerate(toponyms[:-2]):
        holder, following = toponyms[number + 1 : number + 3]
        listed = one.container == holder.offsets and _LIST_GAP.fullmatch(
            text[holder.end : following.start]
        )
        if listed and not find_inside(one.name, holder.name, gazetteer):
            freed[number] = replace(one, container=None)
    return tuple(freed)


def _add_hint(text: str, toponym: Toponym, *, gap: str, after: Toponym | None) -> Toponym:
    hint = read_hint(text, toponym.start, toponym.end)
    contained = _CONTAINER_GAP.fullmatch(gap) or _is_division_of(toponym.text, gap)
    container = after.offsets if after and contained else toponym.container
    return replace(toponym, hint=hint, container=container)


def _is_division_of(name: str, gap: str) -> bool:
    """Whether "Yunnan province" is before "of China" or "in China"; not "the men of China"."""
    return gap.endswith((" of ", " in ")) and bool(_KIND_LAST.search((name + gap)[:-4]))


def read_hint(text: str, start: int, end: int) -> Hint | None:
    """Return what the words right after or before ``text[start:end]`` say that the place is.

    A plural after one name is of what lies in it: "Indiana counties".
    """
    following = text[end : end + _WINDOW]
    before = text[max(0, start - _WINDOW) : start]
    for hint, pattern in _AFTER:
        kind = pattern.match(following)
        if kind and (not kind["plural"] or _LIST_GAP.search(before)):
            return hint
    return next((hint for hint, pattern in _BEFORE if pattern.search(before)), None)


def _is_plural(text: str, end: int) -> bool:
    """Return whether a plural like "regions" or "counties" follows ``end``."""
    matches = (pattern.match(text, end) for _, pattern in _AFTER)
    return any(match and match["plural"] for match in matches)
