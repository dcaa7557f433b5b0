"""What speaks for a candidate: its size and kind, and the other places of the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from newsextract.gazetteer.reader import NONE, Gazetteer
from newsextract.places.groups import Group

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

OWN = (
    "population_of_settlement", "population_of_division", "population_of_district",
    "country", "division", "district", "region", "facility", "main_name", "largest",
    "hint_fits", "hint_fails", "has_namesake_city",
)  # fmt: skip
CONTEXT = (
    "in_container", "same_country", "same_division", "country_named", "division_named",
    "district_named", "contains_others", "near", "nearby", "home_country", "home_division",
)  # fmt: skip
_NEAR_KM, _NEARBY_KM = 40.0, 150.0
_EARTH_KM = 6371.0
_CHANCE = 0.05
_NATURE = frozenset({
    "BAY", "CAPE", "CHN", "CONT", "DLTA", "DSRT", "GULF", "ISL", "ISLS", "LK", "LKS", "MT", "MTS",
    "OCN", "PCL", "PEN", "RGN", "RF", "SD", "SEA", "STM", "STRT", "SWMP", "VAL", "VLC",
})  # fmt: skip
_KINDS = {"PCLI": 0, "PCLH": 0, "ADM1": 1, "ADM1H": 1, "ADM2": 2, "ADM2H": 2}
_REGION, _FACILITY, _SETTLEMENT = 3, 4, 5
_USUAL_POPULATION = np.array([1e6, 1e6, 1e5, 0.0, 0.0, 100.0])
_FITTING = {"division": (1, 0), "district": (2, 1), "settlement": (5,)}


@dataclass(frozen=True)
class Candidates:
    """The candidates of all groups of an article, as parallel arrays.

    ``group`` numbers the group of each (ascending), ``kind`` is 0 country, 1 first-order and 2
    second-order division, 3 region or nature, 4 facility, 5 settlement. ``country``, ``division``
    and ``district`` are indexes of the gazetteer; ``point`` are unit vectors, shape (n, 3).
    """

    index: Ints
    group: Ints
    main: Floats
    kind: Ints
    population: Floats
    country: Ints
    division: Ints
    district: Ints
    point: Floats

    def take(self, chosen: Any) -> Candidates:
        """Return the candidates that ``chosen`` (a mask or numbers) selects."""
        return Candidates(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


def gather_candidates(groups: Sequence[Group], gazetteer: Gazetteer) -> Candidates:
    """Return the candidates of the groups with what the gazetteer says of them.

    Where it does not know a population, the candidate is taken to have one usual for its kind.
    """
    pairs = [(n, index, main) for n, group in enumerate(groups) for index, main in group.found]
    numbers, indexes, mains = zip(*pairs, strict=True) if pairs else ((), (), ())
    index = np.array(indexes, dtype=np.int64)
    columns = gazetteer.columns
    kind = number_kinds(gazetteer)[columns["feature"][index]]
    people = columns["population"][index].astype(np.float64)
    latitude = np.radians(columns["latitude"][index].astype(np.float64))
    longitude = np.radians(columns["longitude"][index].astype(np.float64))
    flat = np.cos(latitude)
    point = np.stack([flat * np.cos(longitude), flat * np.sin(longitude), np.sin(latitude)], axis=1)
    return Candidates(
        index=index,
        group=np.array(numbers, dtype=np.int64),
        main=np.array(mains, dtype=np.float64),
        kind=kind,
        population=np.log10(np.where(people > 0, people, _USUAL_POPULATION[kind]) + 10.0),
        country=columns["country"][index].astype(np.int64),
        division=columns["division"][index].astype(np.int64),
        district=columns["district"][index].astype(np.int64),
        point=point,
    )


def number_kinds(gazetteer: Gazetteer) -> Ints:
    """Return for each feature code of the gazetteer the number of its kind."""
    return np.array([_number_kind(code) for code in gazetteer.meta["features"]], dtype=np.int64)


def _number_kind(code: str) -> int:
    if code in _KINDS:
        return _KINDS[code]
    if code.startswith("PPL"):
        return _SETTLEMENT
    return _REGION if code in _NATURE or code[:2] in ("MT", "LK", "IS") else _FACILITY


def describe_own(candidates: Candidates, groups: Sequence[Group]) -> Floats:
    """Return the features ``OWN`` of each candidate, shape (n, len(OWN))."""
    kind, population = candidates.kind, candidates.population
    is_kind = [(kind == number).astype(np.float64) for number in range(6)]
    fits, fails = _compare_hints(candidates, groups)
    return np.stack(
        [
            is_kind[_SETTLEMENT] * population, is_kind[1] * population, is_kind[2] * population,
            *is_kind[:5], candidates.main, _is_largest(candidates, len(groups)), fits, fails,
            _has_namesake(candidates, groups),
        ],
        axis=1,
    )  # fmt: skip


def _is_largest(candidates: Candidates, groups: int) -> Floats:
    largest = np.zeros(groups)
    np.maximum.at(largest, candidates.group, candidates.population)
    return (candidates.population >= largest[candidates.group]).astype(np.float64)


def _has_namesake(candidates: Candidates, groups: Sequence[Group]) -> Floats:
    """Return whether a city of the same name, a candidate too, lies in the division.

    The words beside the name say which is meant, where there are any.
    """
    open_groups = np.array([group.hint is None for group in groups], dtype=bool)[candidates.group]
    settled = candidates.kind == _SETTLEMENT
    pairs = np.stack([candidates.group, candidates.division], axis=1).tolist()
    cities = {tuple(pair) for pair, city in zip(pairs, settled, strict=True) if city}
    found = np.array([tuple(pair) in cities for pair in pairs], dtype=bool)
    return np.asarray(found & open_groups & (candidates.kind == _KINDS["ADM1"]), dtype=np.float64)


def _compare_hints(candidates: Candidates, groups: Sequence[Group]) -> tuple[Floats, Floats]:
    fits, fails = np.zeros(len(candidates.kind)), np.zeros(len(candidates.kind))
    for number, group in enumerate(groups):
        if group.hint:
            own = candidates.group == number
            fit = np.isin(candidates.kind, _FITTING[group.hint])
            fits[own & fit] = 1.0
            fails[own & ~fit] = 1.0
    return fits, fails


@dataclass(frozen=True)
class Home:
    """Where the paper is local: indexes of its country and first-order division."""

    country: int = NONE
    division: int = NONE


def describe_context(
    candidates: Candidates, beliefs: Floats, groups: Sequence[Group], *, home: Home
) -> Floats:
    """Return the features ``CONTEXT`` of each candidate, shape (n, len(CONTEXT)).

    ``beliefs`` are the probabilities of the candidates so far. Each other name of the article
    speaks for a candidate by the share of its belief that is in the same country or division, or
    near: as the logarithm of the odds against chance, so that a small share counts when chance
    would give next to none. What is inside a country or division is near it.
    """
    evidence = _Evidence(candidates, beliefs, groups)
    country, division = candidates.country, candidates.division
    same_country = (country[:, None] == country[None, :]) & (country != NONE)[:, None]
    same_division = (division[:, None] == division[None, :]) & (division != NONE)[:, None]
    wide = (candidates.kind <= _KINDS["ADM1"])[:, None]
    inside = (country[None, :] == candidates.index[:, None]) | (
        division[None, :] == candidates.index[:, None]
    )
    held = inside | (candidates.district[None, :] == candidates.index[:, None])
    near, nearby = (
        np.where(wide, inside, kernel) for kernel in _measure_nearness(candidates.point)
    )
    return np.stack(
        [
            _weigh_containers(candidates, beliefs, groups),
            evidence.weigh(same_country), evidence.weigh(np.where(wide, inside, same_division)),
            evidence.weigh(candidates.index[None, :] == country[:, None]),
            evidence.weigh(candidates.index[None, :] == division[:, None]),
            evidence.weigh(candidates.index[None, :] == candidates.district[:, None]),
            evidence.weigh(held), evidence.weigh(near), evidence.weigh(nearby),
            (country == home.country) * (home.country != NONE),
            (division == home.division) * (home.division != NONE),
        ],
        axis=1,
    )  # fmt: skip


class _Evidence:
    """How the other names of an article speak for each candidate."""

    def __init__(self, candidates: Candidates, beliefs: Floats, groups: Sequence[Group]) -> None:
        group = candidates.group
        self._starts = np.flatnonzero(np.diff(group, prepend=-1))
        present = group[self._starts]
        sizes = np.array([1.0 + np.log(len(g.members)) for g in groups])[present]
        self._weights = sizes[None, :] * (group[:, None] != present[None, :])
        self._beliefs = beliefs

    def weigh(self, relation: Any) -> Floats:
        """Return the evidence from the candidates of others that stand in ``relation``, (n, n)."""
        shares = np.add.reduceat(relation * self._beliefs[None, :], self._starts, axis=1)
        odds = np.log1p(shares / _CHANCE) / np.log1p(1.0 / _CHANCE)
        return np.asarray(np.log1p((odds * self._weights).sum(axis=1)))


def _measure_nearness(point: Floats) -> tuple[Floats, Floats]:
    """Return for each pair 1 / (1 + (distance / reach)²), for a short and a long reach."""
    squared = np.maximum(2.0 - 2.0 * (point @ point.T), 0.0) * _EARTH_KM**2
    return 1.0 / (1.0 + squared / _NEAR_KM**2), 1.0 / (1.0 + squared / _NEARBY_KM**2)


def _weigh_containers(candidates: Candidates, beliefs: Floats, groups: Sequence[Group]) -> Floats:
    inside = np.zeros(len(beliefs))
    for number, group in enumerate(groups):
        if group.container is None:
            continue
        own = np.flatnonzero(candidates.group == number)
        for holder in np.flatnonzero(candidates.group == group.container):
            index = candidates.index[holder]
            held = (candidates.country[own] == index) | (candidates.division[own] == index)
            held |= candidates.district[own] == index
            inside[own[held & (candidates.index[own] != index)]] += beliefs[holder]
    return inside
