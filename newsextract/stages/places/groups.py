"""Group toponyms of one name, with their candidates in the gazetteer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsextract.gazetteer.names import name_key
from newsextract.gazetteer.reader import NONE, Found, Gazetteer
from newsextract.language.lexicon import read_pairs
from newsextract.stages.places.names import (
    find_exact,
    find_official,
    find_places_called,
    find_respaced,
    find_target,
    keep_inside,
    pick_countries,
    strip_settlement,
)
from newsextract.stages.places.toponyms import Hint, Toponym

_MOST_CANDIDATES = 60
_FEW_CANDIDATES = 20
_LARGE_COUNTRY = 12_000_000
_Sense = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Group:
    """The toponyms of an article that have one sense: same name, hint and container.

    ``members`` are their numbers, ``starts`` where they are, ``container`` the number of the
    group that contains this one, as written beside it.
    """

    members: tuple[int, ...]
    starts: tuple[int, ...]
    found: Found
    hint: Hint | None = None
    container: int | None = None


def group_toponyms(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> list[Group]:
    """Return the toponyms by sense, each group with its candidates.

    A name that occurs alone has the sense that it has elsewhere with a container: "Paris, Texas"
    makes "Paris" the one in Texas.
    """
    members = _find_members(toponyms)
    numbers = {n: number for number, group in enumerate(members.values()) for n in group}
    number_at = {toponym.offsets: numbers[n] for n, toponym in enumerate(toponyms)}
    groups = []
    for number, group in enumerate(members.values()):
        containers = (number_at.get(c) for n in group if (c := toponyms[n].container))
        container = next((c for c in containers if c not in (None, number)), None)
        first = toponyms[group[0]]
        found = find_candidates(first, contained=container is not None, gazetteer=gazetteer)
        starts = tuple(toponyms[n].start for n in group)
        groups.append(Group(tuple(group), starts, found, first.hint, container))
    return [
        keep_contained(group, groups, gazetteer, seat=toponyms[group.members[0]].form != "name")
        for group in groups
    ]


def keep_contained(
    group: Group, groups: Sequence[Group], gazetteer: Gazetteer, *, seat: bool
) -> Group:
    """Return the group with the candidates that its container may contain, if there are any.

    A country stays one: "Niger, Nigeria" is a list, though Nigeria has a state of that name. The
    ``seat`` of an organization may lie in a town: "York University in Toronto" is in Ontario.
    """
    if group.container is None or pick_countries(group.found, gazetteer):
        return group
    holders = find_holders(groups[group.container], gazetteer, seat=seat)
    columns = [gazetteer.columns[column] for column in ("country", "division", "district")]
    kept = keep_inside(group.found, holders, columns)
    return replace(group, found=kept) if kept else group


def find_holders(container: Group, gazetteer: Gazetteer, *, seat: bool) -> set[int]:
    """Return what may contain a place in ``container``: for a seat, a town's division."""
    found = [index for index, _ in container.found]
    if seat and found and all(gazetteer.feature_code(i).startswith("PPL") for i in found):
        population = gazetteer.columns["population"]
        largest = max(found, key=lambda index: int(population[index]))
        found = [int(gazetteer.columns["division"][largest])]
    return {*found} - {NONE}


def _find_members(toponyms: Sequence[Toponym]) -> dict[_Sense, list[int]]:
    names = {t.offsets: strip_settlement(t.name) or name_key(t.name) for t in toponyms}
    senses = _settle_senses(
        [(names[t.offsets], t.hint, t.container and names.get(t.container)) for t in toponyms]
    )
    contained = {sense[:2]: sense for sense in reversed(senses) if sense[2] is not None}
    members: dict[_Sense, list[int]] = {}
    for number, sense in enumerate(senses):
        whole = contained.get(sense[:2], sense) if sense[2] is None else sense
        members.setdefault(whole, []).append(number)
    return members


def _settle_senses(senses: Sequence[_Sense]) -> list[_Sense]:
    """Return the senses; a bare name is what the article says once: a country, "the city of" it."""
    told = {name: hint for name, hint, _ in senses if hint in ("country", "settlement")}
    return [
        (name, told.get(name) if hint is None else hint, container)
        for name, hint, container in senses
    ]


def find_candidates(toponym: Toponym, *, contained: bool, gazetteer: Gazetteer) -> Found:
    """Return the places that a toponym may mean, the most populous first when there are many.

    A facility is looked up by its exact name only: "Paris Hotel" is not Paris, and the "White
    House" no town if there is a building.
    """
    if toponym.form == "adjective" and toponym.name != toponym.text:
        return find_target(toponym.name, gazetteer)
    if toponym.kind == "facility":
        found = find_exact(toponym.name, gazetteer)
        return tuple(f for f in found if is_facility(f[0], gazetteer)) or found
    if postal := read_pairs("postal_codes").get(toponym.text):
        return find_target(postal, gazetteer)
    found = prefer_countries(find_places_called(toponym.name, gazetteer), gazetteer)
    alone = not contained and toponym.hint is None
    if alone:
        found = keep_large_countries(found, gazetteer) or drop_namesakes(found, gazetteer)
    if bare := strip_settlement(toponym.name):
        found += gazetteer.find_key(bare)
    if contained:
        found += find_respaced(toponym.name, gazetteer)
    if toponym.hint == "district":
        found += _find_counties(toponym.name, gazetteer)
    elif toponym.hint == "division":
        found += find_official(toponym.name, gazetteer)
    elif alone and 0 < len(found) < _FEW_CANDIDATES:
        found += _find_shortened(toponym.name, found, gazetteer)
    if len(found) > _MOST_CANDIDATES:
        population = gazetteer.columns["population"]
        found = tuple(sorted(found, key=lambda f: -int(population[f[0]])))[:_MOST_CANDIDATES]
    return found


def is_facility(index: int, gazetteer: Gazetteer) -> bool:
    """Whether a place of the gazetteer is neither a settlement nor a country or a part of one."""
    return not gazetteer.feature_code(index).startswith(("PPL", "ADM", "PCL"))


def prefer_countries(found: Found, gazetteer: Gazetteer) -> Found:
    """Drop candidates that have a country's or state's name only as a byname.

    "Mexico" is the country or the towns so called, not Mexico City or the State of Mexico, and
    "Mississippi" is not the river.
    """
    if pick_countries(found, gazetteer):
        return tuple((index, main) for index, main in found if main)
    if not any(main and gazetteer.is_division(index) for index, main in found):
        return found
    return tuple(f for f in found if f[1] or gazetteer.feature_code(f[0]) != "STM")


def keep_large_countries(found: Found, gazetteer: Gazetteer) -> Found:
    """Return the countries among the candidates that no town of their name competes with.

    "Mexico" is one, "Georgia" and "Lebanon" none; "Mexico, Mo." has a container. The nations of
    Britain count: "Wales" is no village.
    """
    population = gazetteer.columns["population"]
    return tuple(
        (index, main)
        for index, main in found
        if (gazetteer.is_country(index) and population[index] >= _LARGE_COUNTRY)
        or (main and gazetteer.is_british_nation(index))
    )


def drop_namesakes(found: Found, gazetteer: Gazetteer) -> Found:
    """Return the candidates without the divisions of a country that bear its name: "Panama"."""
    nations = pick_countries(found, gazetteer)
    country = gazetteer.columns["country"]
    return tuple(
        (index, main)
        for index, main in found
        if not (gazetteer.is_division(index) and int(country[index]) in nations)
    )


def _find_counties(name: str, gazetteer: Gazetteer) -> Found:
    """Return the counties that "Boone" in "Boone and Callaway counties" may be."""
    return gazetteer.find(f"{name} County") + gazetteer.find(f"{name} Parish")


def _find_shortened(name: str, found: Found, gazetteer: Gazetteer) -> Found:
    """Return the counties that "Hardy" may be short for beside the towns ``found``."""
    known = {index for index, _ in found}
    counties = _find_counties(name, gazetteer) if " " not in name else ()
    return tuple((index, False) for index, _ in counties if index not in known)
