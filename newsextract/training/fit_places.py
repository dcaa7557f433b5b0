"""Fitting the weights of place resolution on articles whose toponyms have known coordinates.

A conditional logit over the candidates of each name: the weights of a candidate by itself first,
then those in context, where the context is what the weights found so far believe.

    python -m newsextract.training.fit_places lgl_train.jsonl lgl_dev.jsonl geovirus_dev.jsonl

reads the articles as the shipped model does, and writes the weights where they are read from. A
better model finds other names: fit again after it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from newsextract.stages.places.context import (
    CONTEXT,
    Home,
    Relations,
    describe_context,
    relate_candidates,
)
from newsextract.stages.places.features import OWN, Floats, Ints
from newsextract.stages.places.resolve import (
    WEIGHTS,
    Bools,
    Weights,
    choose_best,
    keep_likely,
    softmax_groups,
)
from newsextract.training.place_examples import Example, read_examples, read_with

STEPS = 600
RATE = 0.05
PENALTY = 0.01
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
    "division": 1.5,
    "has_namesake_city": -4.0,
    "byname": -0.5,
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
FIXED = {"usual": 2.0}
ROUNDS = 3


def fit_weights(examples: Sequence[Example]) -> Weights:
    """Return the weights fitted on the examples."""
    alone = fit_logit([(e.own, e.candidates.group, e.right) for e in examples], OWN)
    examples = [prune_example(example, alone) for example in examples]
    related = [relate_candidates(e.candidates, e.groups, home=Home()) for e in examples]
    beliefs = [softmax_groups(e.own @ alone, e.candidates.group) for e in examples]
    joint = np.zeros(len(OWN) + len(CONTEXT))
    for _ in range(ROUNDS):
        features = describe_examples(examples, related, beliefs)
        data = [(f, e.candidates.group, e.right) for f, e in zip(features, examples, strict=True)]
        joint = fit_logit(data, OWN + CONTEXT)
        beliefs = [softmax_groups(features @ joint, group) for features, group, _ in data]
    return Weights(alone, joint, fit_line(examples, beliefs))


def prune_example(example: Example, alone: Floats) -> Example:
    """Return the example with the candidates that resolution would weigh together."""
    candidates = example.candidates
    beliefs = softmax_groups(example.own @ alone, candidates.group)
    kept = keep_likely(candidates, beliefs, example.groups, home=Home())
    return Example(example.groups, candidates.take(kept), example.right[kept], example.judged)


def describe_examples(
    examples: Sequence[Example], related: Sequence[Relations], beliefs: Sequence[Floats]
) -> list[Floats]:
    """Return all features of the candidates of each article."""
    return [
        np.concatenate([example.own, describe_context(relations, belief)], axis=1)
        for example, relations, belief in zip(examples, related, beliefs, strict=True)
    ]


def fit_logit(data: Iterable[tuple[Floats, Ints, Bools]], names: tuple[str, ...]) -> Floats:
    """Return the weights that make the right candidates of each group likely (Adam, full batch).

    The penalty pulls them to what is known beforehand (``STARTING``): local papers name too few
    seas and continents to learn that those are well known. What the press of the world means by
    "Paris" (``FIXED``) is left out of the fit: the corpus is of towns that are called so too.
    """
    features, group, right = join_groups(data)
    features = features * np.array([name not in FIXED for name in names])
    start = np.array([(STARTING | FIXED).get(name, 0.0) for name in names])
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


def fit_line(examples: Sequence[Example], beliefs: Sequence[Floats]) -> tuple[float, float]:
    """Return slope and offset of the logistic line from the share of belief to being right."""
    shares, hits = [], []
    for example, belief in zip(examples, beliefs, strict=True):
        best, share = choose_best(example.candidates, belief)
        judged = np.isin(example.candidates.group[best], example.judged)
        shares.append(np.clip(share[judged], 1e-4, 1 - 1e-4))
        hits.append(example.right[best][judged])
    share, hit = np.concatenate(shares), np.concatenate(hits)
    odds = np.log(share / (1 - share))
    line = np.array([0.5, 0.0])
    inputs = np.stack([odds, np.ones_like(odds)], axis=1)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-inputs @ line))
        line = line + RATE * inputs.T @ (hit - chance) / len(hit)
    return float(line[0]), float(line[1])


def write_weights(weights: Weights, path: Path) -> None:
    """Write the weights as TOML."""
    lines = [
        "# Weights of place resolution, fitted by newsextract.training.fit_places on articles of",
        "# the Local-Global Lexicon and GeoVirus. Consumed by newsextract.stages.places.resolve.",
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


def main(argv: Sequence[str] | None = None) -> int:
    """Fit the weights on corpora of toponyms, as a model finds them, and write them."""
    from newsextract.gazetteer import open_gazetteer
    from newsextract.pipeline import make_pipeline

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument(
        "corpora", type=Path, nargs="+", help="articles with located toponyms, one a line"
    )
    parser.add_argument("--model", help="folder of the model; the shipped one when not given")
    parser.add_argument("--output", type=Path, default=WEIGHTS, help="the file of weights")
    args = parser.parse_args(argv)
    gazetteer = open_gazetteer()
    read = read_with(make_pipeline(args.model), gazetteer)
    examples = [e for path in args.corpora for e in read_examples(path, gazetteer, read=read)]
    write_weights(fit_weights(examples), args.output)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
