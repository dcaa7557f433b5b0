"""Toponym resolution: choose a place of the gazetteer for each toponym."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from newsextract.errors import InputError
from newsextract.gazetteer.reader import NONE, Gazetteer
from newsextract.language.lexicon import read_pairs
from newsextract.stages.places.context import CONTEXT, Home, describe_context, relate_candidates
from newsextract.stages.places.features import (
    OWN,
    Candidates,
    Floats,
    Ints,
    describe_own,
    gather_candidates,
)
from newsextract.stages.places.groups import Group, group_toponyms
from newsextract.stages.places.toponyms import Toponym

Bools = npt.NDArray[np.bool_]
WEIGHTS = Path(__file__).parents[2] / "data" / "place_weights.toml"
_MOST_AT_ONCE = 320
_FEWEST_EACH = 3
_MOST_GROUPS = 100
_ROUNDS = 3
_LEAST_SCORE = 0.42
_NEAR_CHORD = 161.0 / 6371.0


@dataclass(frozen=True)
class Weights:
    """The fitted weights: of a candidate by itself, then of the features in context, and the line
    (slope, offset) that makes a probability of the share of belief."""

    alone: Floats
    joint: Floats
    calibration: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The place that a toponym is: its index in the gazetteer, and the probability that it is."""

    index: int
    score: float


@cache
def read_weights() -> Weights:
    """Return the weights that ship with the package."""
    table = tomllib.loads(WEIGHTS.read_text(encoding="utf8"))
    slope, offset = table["calibration"]["slope"], table["calibration"]["offset"]
    return Weights(
        np.array([table["alone"][name] for name in OWN]),
        np.array([table["joint"][name] for name in OWN + CONTEXT]),
        (slope, offset),
    )


def resolve_toponyms(
    toponyms: Sequence[Toponym], gazetteer: Gazetteer, *, home: Home, weights: Weights | None = None
) -> list[Resolution | None]:
    """Return the most likely place of each toponym, or ``None``.

    The candidates of all names are weighed together: first each by its size and kind, then in
    rounds by what the article's other names most likely are (population and kind, divisions and
    countries in play, nearness). One sense a name an article.
    """
    weights = weights or read_weights()
    groups = group_toponyms(toponyms, gazetteer)
    resolved: list[Resolution | None] = [None] * len(toponyms)
    for first in range(0, len(groups), _MOST_GROUPS):
        part = [shift_container(group, first) for group in groups[first : first + _MOST_GROUPS]]
        found = resolve_groups(part, gazetteer, home=home, weights=weights)
        for group, resolution in zip(part, found, strict=True):
            for member in group.members:
                resolved[member] = resolution
    return resolved


def shift_container(group: Group, first: int) -> Group:
    """Return the group with its container numbered from ``first``, if it is among the next."""
    if group.container is None:
        return group
    number = group.container - first
    return replace(group, container=number if 0 <= number < _MOST_GROUPS else None)


def resolve_groups(
    groups: Sequence[Group], gazetteer: Gazetteer, *, home: Home, weights: Weights
) -> list[Resolution | None]:
    """Return the most likely place of each group."""
    candidates = gather_candidates(groups, gazetteer)
    resolved: list[Resolution | None] = [None] * len(groups)
    if not len(candidates.index):
        return resolved
    candidates, beliefs = weigh_candidates(candidates, groups, home=home, weights=weights)
    best, shares = choose_best(candidates, beliefs)
    for chosen, share in zip(best.tolist(), shares.tolist(), strict=True):
        score = calibrate(share, *weights.calibration)
        if score >= _LEAST_SCORE:
            index = int(candidates.index[chosen])
            resolved[int(candidates.group[chosen])] = Resolution(index, score)
    return resolved


def weigh_candidates(
    candidates: Candidates, groups: Sequence[Group], *, home: Home, weights: Weights
) -> tuple[Candidates, Floats]:
    """Return the candidates that are worth weighing, and the probability of each in its group."""
    own = describe_own(candidates, groups)
    beliefs = softmax_groups(own @ weights.alone, candidates.group)
    kept = keep_likely(candidates, beliefs, groups, home=home)
    candidates, own = candidates.take(kept), own[kept]
    beliefs = softmax_groups(own @ weights.alone, candidates.group)
    relations = relate_candidates(candidates, groups, home=home)
    for _ in range(_ROUNDS):
        context = describe_context(relations, beliefs)
        scores = np.concatenate([own, context], axis=1) @ weights.joint
        beliefs = softmax_groups(scores, candidates.group)
    return candidates, beliefs


def keep_likely(
    candidates: Candidates, beliefs: Floats, groups: Sequence[Group], *, home: Home
) -> Bools:
    """Return a mask of the candidates to weigh together: all, or the likeliest of each group.

    Those in a country or division that is in play, as far as is known before, go first.
    """
    if len(beliefs) <= _MOST_AT_ONCE:
        return np.ones(len(beliefs), dtype=bool)
    each = max(_FEWEST_EACH, _MOST_AT_ONCE // len(groups))
    played = np.bincount(candidates.division, weights=beliefs, minlength=NONE + 1)
    played[home.division] += 1.0
    played[NONE] = 0.0
    merit = beliefs * (0.05 + played[candidates.division])
    order = np.lexsort((-merit, candidates.group))
    starts = np.searchsorted(candidates.group[order], candidates.group[order])
    kept = np.zeros(len(beliefs), dtype=bool)
    kept[order] = np.arange(len(order)) - starts < each
    return kept


def softmax_groups(scores: Floats, group: Ints) -> Floats:
    """Return the probabilities of the scores within each group."""
    size = int(group[-1]) + 1
    highest = np.full(size, -np.inf)
    np.maximum.at(highest, group, scores)
    raised = np.exp(scores - highest[group])
    totals = np.bincount(group, weights=raised, minlength=size)
    return np.asarray(raised / totals[group])


def choose_best(candidates: Candidates, beliefs: Floats) -> tuple[Ints, Floats]:
    """Return the number of the likeliest candidate of each group that has some, and its share.

    Candidates near the likeliest are as good as it: its share of the belief is theirs too.
    """
    group = candidates.group
    order = np.lexsort((-beliefs, group))
    firsts = np.flatnonzero(np.diff(group, prepend=-1))
    best = order[firsts]
    sizes = np.diff(firsts, append=len(group))
    offset = candidates.point - candidates.point[np.repeat(best, sizes)]
    near = (offset**2).sum(axis=1) <= _NEAR_CHORD**2
    return best, np.add.reduceat(beliefs * near, firsts)


def calibrate(share: float, slope: float, offset: float) -> float:
    """Return the calibrated probability for a raw share of probability."""
    share = min(max(share, 1e-4), 1.0 - 1e-4)
    odds = slope * float(np.log(share / (1.0 - share))) + offset
    return round(1.0 / (1.0 + float(np.exp(-odds))), 3)


def find_home(code: str | None, gazetteer: Gazetteer) -> Home:
    """Return where the paper is local: ``code`` is "US", "US-LA" or "CA-ON".

    Raises:
        InputError: there is no such country or division.
    """
    if not code:
        return Home()
    country_code, _, division_code = code.upper().replace(".", "-").partition("-")
    postal = read_pairs("postal_codes").get(division_code, "")
    named = postal if postal.startswith(f"{country_code}.") else f"{country_code}.{division_code}"
    country = gazetteer.country(country_code)
    division = gazetteer.division(named) if division_code else None
    if country is None or (division_code and division is None):
        raise InputError(f"home {code!r} is no country or division: write it as US or US-LA")
    return Home(country, NONE if division is None else division)
