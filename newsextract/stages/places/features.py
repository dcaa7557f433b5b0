"""Candidate places for each toponym, and their own features: size and kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from newsextract.gazetteer.reader import NONE, Gazetteer
from newsextract.stages.places.groups import Group

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

OWN = (
    "population_of_settlement", "population_of_division", "population_of_district",
    "country", "division", "district", "region", "facility", "main_name", "largest",
    "hint_fits", "hint_fails", "has_namesake_city", "byname", "usual",
)  # fmt: skip
_NATURE = frozenset({
    "BAY", "CAPE", "CHN", "CONT", "DLTA", "DSRT", "GULF", "ISL", "ISLS", "LK", "LKS", "MT", "MTS",
    "OCN", "PCL", "PEN", "RGN", "RF", "SD", "SEA", "STM", "STRT", "SWMP", "VAL", "VLC",
})  # fmt: skip
COUNTRY, DIVISION, DISTRICT, REGION, FACILITY, SETTLEMENT = range(6)
_KINDS = {
    "PCLI": COUNTRY, "PCLH": COUNTRY, "ADM1": DIVISION, "ADM1H": DIVISION, "ADM2": DISTRICT,
    "ADM2H": DISTRICT,
}  # fmt: skip
_FAMOUS = 6.5
_NEW_YORK_CITY = 5128581
_USUAL_POPULATION = np.array([1e6, 1e6, 1e5, 0.0, 0.0, 100.0])
_LISTED_WITH_COUNTRY = 1.35
_FITTING = {
    "country": (COUNTRY,),
    "division": (DIVISION, COUNTRY), "district": (DISTRICT, DIVISION), "settlement": (SETTLEMENT,),
}  # fmt: skip


@dataclass(frozen=True)
class Candidates:
    """The candidates of all groups of an article, as parallel arrays.

    ``group`` numbers the group of each (ascending), ``kind`` is 0 country, 1 first-order and 2
    second-order division, 3 region or nature, 4 facility, 5 settlement. ``country``, ``division``
    and ``district`` are indexes of the gazetteer; ``usual`` is 1 for what news means by the name;
    ``point`` are unit vectors, shape (n, 3).
    """

    index: Ints
    group: Ints
    main: Floats
    kind: Ints
    population: Floats
    usual: Floats
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
    kind = number_kinds(tuple(gazetteer.meta["features"]))[columns["feature"][index]]
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
        usual=find_usual(gazetteer, index, np.array(mains, dtype=bool)),
        population=np.log10(np.where(people > 0, people, _USUAL_POPULATION[kind]) + 10.0),
        country=columns["country"][index].astype(np.int64),
        division=columns["division"][index].astype(np.int64),
        district=columns["district"][index].astype(np.int64),
        point=point,
    )


def find_usual(gazetteer: Gazetteer, index: Ints, main: npt.NDArray[np.bool_]) -> Floats:
    """Return 1 for what news means by a name: capitals by their main one, and New York City."""
    codes = np.array(gazetteer.meta["features"])[gazetteer.columns["feature"][index]]
    ids = gazetteer.columns["id"][index]
    capitals = (codes == "PPLC") & main
    return np.asarray(capitals | (ids == _NEW_YORK_CITY), dtype=np.float64)


@cache
def number_kinds(codes: tuple[str, ...]) -> Ints:
    """Return for each feature code of a gazetteer the number of its kind."""
    return np.array([_number_kind(code) for code in codes], dtype=np.int64)


def _number_kind(code: str) -> int:
    if code in _KINDS:
        return _KINDS[code]
    if code.startswith("PPL"):
        return SETTLEMENT
    return REGION if code in _NATURE or code[:2] in ("MT", "LK", "IS") else FACILITY


def describe_own(candidates: Candidates, groups: Sequence[Group]) -> Floats:
    """Return the features ``OWN`` of each candidate, shape (n, len(OWN))."""
    kind, population = candidates.kind, candidates.population
    is_kind = [(kind == number).astype(np.float64) for number in range(6)]
    fits, fails = _compare_hints(candidates, groups)
    return np.stack(
        [
            is_kind[SETTLEMENT] * population, is_kind[DIVISION] * population,
            is_kind[DISTRICT] * population,
            *is_kind[:5], candidates.main, _is_largest(candidates, len(groups)), fits, fails,
            _has_namesake(candidates, groups),
            is_kind[SETTLEMENT] * (1.0 - candidates.main) * np.maximum(0.0, _FAMOUS - population),
            candidates.usual,
        ],
        axis=1,
    )  # fmt: skip


def _is_largest(candidates: Candidates, groups: int) -> Floats:
    largest = np.zeros(groups)
    np.maximum.at(largest, candidates.group, candidates.population)
    return (candidates.population >= largest[candidates.group]).astype(np.float64)


def _has_namesake(candidates: Candidates, groups: Sequence[Group]) -> Floats:
    """Return whether a candidate city of the same name lies in the division.

    The capital of its country may lie elsewhere: "Washington" is not the state. The words beside
    the name say which is meant, where there are any.
    """
    told = np.array([group.hint in ("division", "district") for group in groups], dtype=bool)
    divisions = candidates.group * (NONE + 1) + candidates.division
    nations = candidates.group * (NONE + 1) + candidates.country
    found = np.isin(divisions, divisions[candidates.kind == SETTLEMENT])
    found |= np.isin(nations, nations[candidates.usual > 0])
    meant = ~told[candidates.group] & (candidates.kind == DIVISION)
    return np.asarray(found & meant, dtype=np.float64)


def _compare_hints(candidates: Candidates, groups: Sequence[Group]) -> tuple[Floats, Floats]:
    fits, fails = np.zeros(len(candidates.kind)), np.zeros(len(candidates.kind))
    for number, group in enumerate(groups):
        if group.hint:
            own = candidates.group == number
            fit = np.isin(candidates.kind, _FITTING[group.hint])
            strength = _LISTED_WITH_COUNTRY if group.hint == "country" else 1.0
            fits[own & fit] = strength
            fails[own & ~fit] = strength
    return fits, fails
