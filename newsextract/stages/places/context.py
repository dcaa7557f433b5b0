"""Contextual evidence for a candidate: containing and nearby places in the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from newsextract.gazetteer.reader import NONE
from newsextract.stages.places.features import DIVISION, Candidates, Floats
from newsextract.stages.places.groups import Group

Singles = npt.NDArray[np.float32]

_RELATIONS = (
    "same_country", "same_division", "country_named", "division_named", "district_named",
    "contains_others", "near", "nearby",
)  # fmt: skip
CONTEXT = ("in_container", *_RELATIONS, "home_country", "home_division")
_NEAR_KM, _NEARBY_KM = 40.0, 150.0
_EARTH_KM = 6371.0
_CHANCE = 0.05
_BESIDE = 100.0
_FIRST_MENTIONS = 12


@dataclass(frozen=True)
class Home:
    """Where the paper is local: indexes of its country and first-order division."""

    country: int = NONE
    division: int = NONE


@dataclass(frozen=True)
class Relations:
    """What the candidates of an article are to each other, whatever is believed of them.

    ``others`` are the relations ``_RELATIONS``, shape (8, n, n); ``weights`` (n, groups) what each
    name counts for each candidate: nothing for its own, more for a name mentioned often or beside.
    ``holders`` (n, n) are the candidates of the container that is written beside the name.
    """

    group: npt.NDArray[np.int64]
    others: Singles
    weights: Floats
    holders: npt.NDArray[np.bool_] | None
    home: Floats


def relate_candidates(candidates: Candidates, groups: Sequence[Group], *, home: Home) -> Relations:
    """Return the relations of the candidates. What is inside a country or division is near it."""
    country, division, district = candidates.country, candidates.division, candidates.district
    named = [column[:, None] == candidates.index for column in (country, division, district)]
    inside = named[0].T | named[1].T
    wide = (candidates.kind <= DIVISION)[:, None]
    near, nearby = _measure_nearness(candidates.point)
    others = (
        (country[:, None] == country) & (country != NONE),
        np.where(wide, inside, (division[:, None] == division) & (division != NONE)),
        *named, inside | named[2].T, np.where(wide, inside, near), np.where(wide, inside, nearby),
    )  # fmt: skip
    at_home = [
        (country == home.country) & (country != NONE),
        (division == home.division) & (division != NONE),
    ]
    return Relations(
        candidates.group,
        np.stack(others, dtype=np.float32, casting="same_kind"),
        _weigh_names(candidates, groups),
        _find_holders(candidates, groups, named),
        np.stack(at_home, axis=1).astype(np.float64),
    )


def describe_context(relations: Relations, beliefs: Floats) -> Floats:
    """Return the features ``CONTEXT`` of each candidate, shape (n, len(CONTEXT)).

    ``beliefs`` are the probabilities of the candidates so far. Each other name of the article
    speaks for a candidate by the share of its belief that is in the same country or division, or
    near: as the logarithm of the odds against chance, so that a small share counts when chance
    would give next to none.
    """
    size, names = relations.weights.shape
    belief_of = np.zeros((size, names), dtype=np.float32)
    belief_of[np.arange(size), relations.group] = beliefs
    shares = relations.others.reshape(-1, size) @ belief_of
    odds = np.log1p(shares / _CHANCE).reshape(-1, size, names) / np.log1p(1.0 / _CHANCE)
    evidence = np.log1p(np.einsum("rng,ng->nr", odds, relations.weights))
    held = np.zeros(size) if relations.holders is None else relations.holders @ beliefs
    return np.concatenate([held[:, None], evidence, relations.home], axis=1)


def _weigh_names(candidates: Candidates, groups: Sequence[Group]) -> Floats:
    sizes = np.array([1.0 + np.log(len(group.members)) for group in groups])
    weights = sizes + np.exp(-_measure_gaps(groups) / _BESIDE)
    np.fill_diagonal(weights, 0.0)
    return np.asarray(weights[candidates.group])


def _measure_gaps(groups: Sequence[Group]) -> Floats:
    """Return for each pair of groups the characters between their first mentions, at the least."""
    starts = [group.starts[:_FIRST_MENTIONS] for group in groups]
    firsts = np.cumsum([0, *map(len, starts[:-1])])
    joined = np.array([start for some in starts for start in some], dtype=np.float64)
    gaps = np.abs(joined[:, None] - joined)
    return np.minimum.reduceat(np.minimum.reduceat(gaps, firsts, axis=0), firsts, axis=1)


def _find_holders(
    candidates: Candidates, groups: Sequence[Group], named: Sequence[Any]
) -> npt.NDArray[np.bool_] | None:
    """Return which candidates are the country, division or district of one beside theirs."""
    containers = np.array([-1 if g.container is None else g.container for g in groups])
    if containers.max(initial=-1) < 0:
        return None
    beside = containers[candidates.group][:, None] == candidates.group
    different = candidates.index[:, None] != candidates.index
    return np.asarray(beside & different & (named[0] | named[1] | named[2]))


def _measure_nearness(point: Floats) -> tuple[Floats, Floats]:
    """Return for each pair 1 / (1 + (distance / reach)²), for a short and a long reach."""
    squared = np.maximum(2.0 - 2.0 * (point @ point.T), 0.0) * _EARTH_KM**2
    return 1.0 / (1.0 + squared / _NEAR_KM**2), 1.0 / (1.0 + squared / _NEARBY_KM**2)
