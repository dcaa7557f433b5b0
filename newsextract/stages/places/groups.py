"""Group toponyms of one name, with their candidates in the gazetteer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsextract.gazetteer.names import name_key
from newsextract.gazetteer.reader import Found, Gazetteer
from newsextract.language.lexicon import read_pairs
from newsextract.stages.places.names import (
    find_exact,
    find_official,
    find_places_called,
    find_respaced,
    find_target,
    strip_settlement,
)
from newsextract.stages.places.toponyms import Hint, Offsets, Toponym

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
    places = {toponym.offsets: n for n, toponym in enumerate(toponyms)}
    groups = []
    for group in members.values():
        containers = [places.get(c) for n in group if (c := toponyms[n].container) is not None]
        inside = [
            numbers[c] for c in containers if c is not None and numbers[c] != numbers[group[0]]
        ]
        first = toponyms[group[0]]
        found = find_candidates(first, contained=bool(inside), gazetteer=gazetteer)
        starts = tuple(toponyms[n].start for n in group)
        container = inside[0] if inside else None
        groups.append(Group(tuple(group), starts, found, first.hint, container))
    seats = {n for n, group in enumerate(groups) if toponyms[group.members[0]].form != "name"}
    return [
        keep_contained(group, groups, gazetteer, seat=n in seats) for n, group in enumerate(groups)
    ]


def keep_contained(
    group: Group, groups: Sequence[Group], gazetteer: Gazetteer, *, seat: bool = False
) -> Group:
    """Return the group with the candidates that its container may contain, if there are any.

    A country stays one: "Niger, Nigeria" is a list, though Nigeria has a state of that name. The
    ``seat`` of an organization may lie in a town: "York University in Toronto" is in Ontario.
    """
    country, division, district = (
        gazetteer.columns[name] for name in ("country", "division", "district")
    )
    listed = any(main and gazetteer.is_country(index) for index, main in group.found)
    if group.container is None or listed:
        return group
    holders = find_holders(groups[group.container], gazetteer, seat=seat)
    kept = tuple(
        (index, main)
        for index, main in group.found
        if index not in holders
        and not holders.isdisjoint(
            (int(country[index]), int(division[index]), int(district[index]))
        )
    )
    return replace(group, found=kept) if kept else group


def find_holders(container: Group, gazetteer: Gazetteer, *, seat: bool) -> set[int]:
    """Return what may contain a place in ``container``: for a seat, a town's division."""
    columns, features = gazetteer.columns, gazetteer.meta["features"]
    found = [index for index, _ in container.found]
    towns = [i for i in found if features[columns["feature"][i]].startswith("PPL")]
    if not seat or not towns or len(towns) < len(found):
        return set(found)
    return {int(columns["division"][max(towns, key=lambda i: int(columns["population"][i]))])}


def _find_members(toponyms: Sequence[Toponym]) -> dict[_Sense, list[int]]:
    names = {t.offsets: strip_settlement(t.name) or name_key(t.name) for t in toponyms}
    senses = _settle_senses([_read_sense(toponym, names) for toponym in toponyms])
    contained: dict[tuple[str, str | None], _Sense] = {}
    for sense in senses:
        if sense[2] is not None:
            contained.setdefault(sense[:2], sense)
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


def _read_sense(toponym: Toponym, names: dict[Offsets, str]) -> _Sense:
    container = None if toponym.container is None else names.get(toponym.container)
    return names[toponym.offsets], toponym.hint, container


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
    if not contained and toponym.hint is None:
        found = keep_large_countries(found, gazetteer) or drop_namesakes(found, gazetteer)
    if bare := strip_settlement(toponym.name):
        found = found + gazetteer.find_key(bare)
    if contained:
        found = found + find_respaced(toponym.name, gazetteer)
    if toponym.hint == "district":
        found = found + _find_counties(toponym.name, gazetteer)
    elif toponym.hint is None and not contained and 0 < len(found) < _FEW_CANDIDATES:
        found = found + _find_shortened(toponym.name, found, gazetteer)
    elif toponym.hint == "division":
        found = found + find_official(toponym.name, gazetteer)
    if len(found) > _MOST_CANDIDATES:
        population = gazetteer.columns["population"]
        found = tuple(sorted(found, key=lambda f: -int(population[f[0]])))[:_MOST_CANDIDATES]
    return found


def is_facility(index: int, gazetteer: Gazetteer) -> bool:
    """Whether a place of the gazetteer is neither a settlement nor a country or a part of one."""
    code = gazetteer.meta["features"][gazetteer.columns["feature"][index]]
    return not code.startswith(("PPL", "ADM", "PCL"))


def prefer_countries(found: Found, gazetteer: Gazetteer) -> Found:
    """Drop candidates that have a country's or state's name only as a byname.

    "Mexico" is the country or the towns so called, not Mexico City or the State of Mexico, and
    "Mississippi" is not the river.
    """
    if any(main and gazetteer.is_country(index) for index, main in found):
        return tuple((index, main) for index, main in found if main)
    if not any(main and gazetteer.is_division(index) for index, main in found):
        return found
    river = gazetteer.meta["features"].index("STM")
    feature = gazetteer.columns["feature"]
    return tuple((index, main) for index, main in found if main or feature[index] != river)


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
    nations = {index for index, main in found if main and gazetteer.is_country(index)}
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
