"""Fitting the weights of place resolution on articles whose toponyms have known coordinates.

A conditional logit over the candidates of each name: the weights of a candidate by itself first,
then those in context, where the context is what the weights found so far believe.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from newsextract.gazetteer.reader import Gazetteer
from newsextract.places.features import (
    CONTEXT,
    OWN,
    Candidates,
    Floats,
    Home,
    Ints,
    describe_context,
    describe_own,
    gather_candidates,
)
from newsextract.places.groups import Group, group_toponyms
from newsextract.places.hints import add_hints
from newsextract.places.resolve import Bools, Weights, softmax_groups
from newsextract.places.toponyms import Toponym, read_toponym

STEPS = 600
RATE = 0.05
PENALTY = 0.04
STARTING = {
    "population_of_settlement": 0.8,
    "population_of_division": 0.8,
    "population_of_district": 1.1,
    "country": 10.0,
    "region": 10.0,
    "facility": 4.0,
    "main_name": 1.0,
    "hint_fits": 2.0,
    "hint_fails": -2.0,
    "has_namesake_city": -1.5,
    "in_container": 2.0,
    "same_country": 0.6,
    "country_named": 1.0,
    "same_division": 1.0,
    "division_named": 1.0,
    "district_named": 1.0,
    "near": 1.0,
    "nearby": 1.0,
    "home_country": 1.5,
    "home_division": 3.0,
}
ROUNDS = 3
NEAR_KM = 161.0


@dataclass(frozen=True)
class Example:
    """An article: its candidates, which of them are right, and the groups that are known."""

    groups: list[Group]
    candidates: Candidates
    own: Floats
    right: Bools
    judged: tuple[int, ...]


def read_examples(path: Path, gazetteer: Gazetteer) -> list[Example]:
    """Return the articles of a corpus of toponyms (one JSON article a line)."""
    with path.open(encoding="utf8") as file:
        examples = (read_example(json.loads(line), gazetteer) for line in file)
        return [example for example in examples if example.right.any()]


def read_example(article: dict[str, Any], gazetteer: Gazetteer) -> Example:
    """Return an article with the candidates of its marked toponyms.

    A candidate is right when it has the toponym's GeoNames id or lies within 161 km of it.
    """
    text, gold = article["text"], sorted(article["toponyms"], key=lambda t: int(t["start"]))
    marked = [read_toponym(text, t["start"], t["end"]) for t in gold]
    toponyms: list[Toponym] = list(add_hints(text, marked))
    groups = group_toponyms(toponyms, gazetteer)
    candidates = gather_candidates(groups, gazetteer)
    right, judged = np.zeros(len(candidates.index), dtype=bool), []
    for number, group in enumerate(groups):
        own = np.flatnonzero(candidates.group == number)
        located = [gold[n] for n in group.members if "lat" in gold[n]]
        if located and len(own):
            right[own] = find_right(candidates.take(own), located[0], gazetteer)
            judged.append(number)
    return Example(groups, candidates, describe_own(candidates, groups), right, tuple(judged))


def find_right(candidates: Candidates, toponym: dict[str, Any], gazetteer: Gazetteer) -> Bools:
    """Return which candidates are the marked place."""
    lat, lon = np.radians(toponym["lat"]), np.radians(toponym["lon"])
    point = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    near = np.linalg.norm(candidates.point - point, axis=1) * 6371.0 <= NEAR_KM
    same = gazetteer.columns["id"][candidates.index] == toponym.get("geonames_id", -1)
    return np.asarray(near | same)


def fit_weights(examples: list[Example]) -> Weights:
    """Return the weights fitted on the examples."""
    alone = fit_logit([(e.own, e.candidates.group, e.right) for e in examples], OWN)
    beliefs = [softmax_groups(e.own @ alone, e.candidates.group) for e in examples]
    joint = np.zeros(len(OWN) + len(CONTEXT))
    for _ in range(ROUNDS):
        features = [describe_example(e, b) for e, b in zip(examples, beliefs, strict=True)]
        joint = fit_logit(
            [(f, e.candidates.group, e.right) for f, e in zip(features, examples, strict=True)],
            OWN + CONTEXT,
        )
        beliefs = [
            softmax_groups(f @ joint, e.candidates.group)
            for f, e in zip(features, examples, strict=True)
        ]
    return replace(Weights(alone, joint, (1.0, 0.0)), calibration=fit_line(examples, beliefs))


def describe_example(example: Example, beliefs: Floats) -> Floats:
    """Return all features of the candidates of an article."""
    context = describe_context(example.candidates, beliefs, example.groups, home=Home())
    return np.concatenate([example.own, context], axis=1)


def fit_logit(data: Iterable[tuple[Floats, Ints, Bools]], names: tuple[str, ...]) -> Floats:
    """Return the weights that make the right candidates of each group likely (Adam, full batch).

    The penalty pulls them to what is known beforehand (``STARTING``): local papers name too few
    seas and continents to learn that those are well known.
    """
    features, group, right = join_groups(data)
    start = np.array([STARTING.get(name, 0.0) for name in names])
    weights = start.copy()
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    count = int(group[-1]) + 1
    for step in range(1, STEPS + 1):
        beliefs = softmax_groups(features @ weights, group)
        hit = beliefs * right
        wanted = hit / np.bincount(group, weights=hit, minlength=count)[group]
        slope = features.T @ (beliefs - wanted) / count + PENALTY * (weights - start)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        corrected = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
        weights -= RATE * corrected
    return weights


def join_groups(data: Iterable[tuple[Floats, Ints, Bools]]) -> tuple[Floats, Ints, Bools]:
    """Return the groups that have a right candidate, of all articles, numbered anew."""
    features, groups, rights, first = [], [], [], 0
    for block, group, right in data:
        solvable = np.bincount(group, weights=right)[group] > 0
        _, numbers = np.unique(group[solvable], return_inverse=True)
        features.append(block[solvable])
        groups.append(numbers + first)
        rights.append(right[solvable])
        first += int(numbers.max()) + 1 if len(numbers) else 0
    return np.concatenate(features), np.concatenate(groups), np.concatenate(rights)


def fit_line(examples: list[Example], beliefs: list[Floats]) -> tuple[float, float]:
    """Return slope and offset of the logistic line from the share of belief to being right."""
    shares, hits = [], []
    for example, belief in zip(examples, beliefs, strict=True):
        for number in example.judged:
            own = example.candidates.group == number
            best = int(np.argmax(belief[own]))
            point = example.candidates.point[own]
            near = np.linalg.norm(point - point[best], axis=1) * 6371.0 <= NEAR_KM
            shares.append(np.clip(belief[own][near].sum(), 1e-4, 1 - 1e-4))
            hits.append(bool(example.right[own][best]))
    odds = np.log(np.array(shares) / (1 - np.array(shares)))
    line = np.array([0.5, 0.0])
    inputs = np.stack([odds, np.ones_like(odds)], axis=1)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-inputs @ line))
        line = line + RATE * inputs.T @ (np.array(hits) - chance) / len(hits)
    return float(line[0]), float(line[1])


def write_weights(weights: Weights, path: Path) -> None:
    """Write the weights as TOML."""
    lines = [
        "# Weights of place resolution, fitted by newsextract.training.fit_places on the training",
        "# part of the Local-Global Lexicon. Consumed by newsextract.places.resolve.",
        "",
        "[alone]",
        *(f"{name} = {value:.4f}" for name, value in zip(OWN, weights.alone, strict=True)),
        "",
        "[joint]",
        *(f"{n} = {value:.4f}" for n, value in zip(OWN + CONTEXT, weights.joint, strict=True)),
        "",
        "[calibration]",
        f"slope = {weights.calibration[0]:.4f}",
        f"offset = {weights.calibration[1]:.4f}",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf8")
