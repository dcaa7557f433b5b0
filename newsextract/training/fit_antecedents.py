"""Fitting the scorer of antecedents on articles with gold coreference.

    python -m newsextract.training.fit_antecedents press_train.jsonl ontogum_train.jsonl \\
        gap_development.jsonl

reads the articles as the shipped model does, prints how the scorer fitted on half of the first
corpus does on the other half, and writes the weights where they are read from. A better model reads
other names and other vectors: fit again after it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from newsextract.stages.coreference.features import FEATURES
from newsextract.stages.coreference.link import (
    WEIGHTS,
    Scorer,
    choose_best,
    read_scorer,
    write_scorer,
)
from newsextract.training.antecedent_examples import (
    Example,
    Gold,
    Reading,
    make_examples,
    read_corpus,
    read_with,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Article = tuple[Reading, Gold]
HIDDEN = 8
NETWORKS = 8
STEPS = 300
RATE = 0.01
PENALTY = 1e-3
SPREAD = 0.25
BLIND = 3
"""Every so many examples one is seen again without the encoder's scores, which texts may lack."""
NOMINAL_WEIGHT, SOURCE_WEIGHT = 1.8, 3.0
"""How much more a nominal that stands for somebody counts, and one that is a source: most stand for
nobody named, and those that do are missed."""


def fit_scorer(examples: Sequence[Example]) -> Scorer:
    """Return the mean of several scorers fitted from different starts, as one scorer."""
    return fit_networks([*examples, *map(_blind, examples[::BLIND])])


def _blind(example: Example) -> Example:
    """Return an example without what the encoder says."""
    keep = np.array([not name.startswith("network") for name in FEATURES], np.float32)
    return Example(example.rows * keep, example.right)


def fit_networks(examples: Sequence[Example]) -> Scorer:
    """Return the scorer that makes the right candidates likely (softmax over them, Adam).

    Several right candidates share what is right: those that the gold does not tell apart. The
    networks are fitted side by side, each with a loss of its own, and then are one.
    """
    rows = np.concatenate([example.rows for example in examples])
    right = np.concatenate([example.right for example in examples])
    sizes = [len(example.right) for example in examples]
    worth = [weigh(example) for example in examples]
    weights = np.repeat(np.array(worth) / len(sizes), sizes).astype(np.float32)
    parts = _start()
    means = [np.zeros_like(part) for part in parts]
    squares = [np.zeros_like(part) for part in parts]
    for step in range(1, STEPS + 1):
        slopes = _slopes(parts, (rows, right, weights), sizes)
        for n, slope in enumerate(slopes):
            means[n] = 0.9 * means[n] + 0.1 * slope
            squares[n] = 0.999 * squares[n] + 0.001 * slope**2
            change = means[n] / (1 - 0.9**step) / (np.sqrt(squares[n] / (1 - 0.999**step)) + 1e-8)
            parts[n] = (parts[n] - RATE * change).astype(np.float32)
    hidden, bias, output, direct = parts
    return Scorer(hidden, bias, output.ravel() / np.float32(NETWORKS), direct.mean(axis=1))


def _start() -> list[Floats]:
    """Return the first hidden (features, units of all), bias, output (networks, units), direct."""
    draw = np.random.default_rng(0)
    hidden = draw.normal(0, SPREAD, (len(FEATURES), NETWORKS * HIDDEN)).astype(np.float32)
    output = draw.normal(0, SPREAD, (NETWORKS, HIDDEN)).astype(np.float32)
    bias = np.full(NETWORKS * HIDDEN, 0.1, np.float32)
    return [hidden, bias, output, np.zeros((len(FEATURES), NETWORKS), np.float32)]


def weigh(example: Example) -> float:
    """Return how much an example counts."""
    pronoun, source = (example.rows[0, FEATURES.index(name)] for name in ("pronoun", "source"))
    if pronoun or example.right[-1]:
        return 1.0
    return SOURCE_WEIGHT if source else NOMINAL_WEIGHT


def _slopes(
    parts: Sequence[Floats], data: tuple[Floats, NDArray[np.bool_], Floats], sizes: Sequence[int]
) -> tuple[Floats, ...]:
    """Return the gradient of the mean losses and of the penalty, in the order of the parts.

    ``data`` are the features, what is right and the weight of each candidate.
    """
    rows, right, weights = data
    hidden, bias, output, direct = parts
    starts = np.cumsum([0, *sizes[:-1]])
    inner = rows @ hidden + bias
    active = np.maximum(inner, 0).reshape(len(rows), *output.shape)
    scores = np.einsum("cnh,nh->cn", active, output) + rows @ direct
    shares = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes, axis=0))
    shares /= np.repeat(np.add.reduceat(shares, starts), sizes, axis=0)
    hit = shares * right[:, None]
    wanted = hit / np.repeat(np.maximum(np.add.reduceat(hit, starts), 1e-9), sizes, axis=0)
    error = ((shares - wanted) * weights[:, None]).astype(np.float32)
    back = (error[:, :, None] * output).reshape(inner.shape) * (inner > 0)
    return (
        rows.T @ back + PENALTY * hidden,
        back.sum(0),
        np.einsum("cnh,cn->nh", active, error) + PENALTY * output,
        rows.T @ error + PENALTY * direct,
    )


def fit_twice(articles: Sequence[Article], more: Sequence[Example]) -> Scorer:
    """Return a scorer fitted on gold links, then also on the links that the first one makes."""
    guess = choose_best(read_scorer())
    first = [e for article in articles for e in make_examples(*article, guess)]
    own = choose_best(fit_scorer([*first, *more]))
    then = [e for article in articles for e in make_examples(*article, own, follow_gold=False)]
    return fit_scorer([*first, *more, *then])


def describe_halves(articles: Sequence[Article], more: Sequence[Example]) -> Iterator[str]:
    """Yield the share of right choices in each half of the articles, fitted on the other."""
    for number, name in enumerate(("even", "odd")):
        scorer = fit_twice(articles[1 - number :: 2], more)
        held = [e for a in articles[number::2] for e in make_examples(*a, choose_best(scorer))]
        for kind, wanted in (("pronouns", True), ("nominals", False)):
            own = [e for e in held if bool(e.rows[0, FEATURES.index("pronoun")]) == wanted]
            hits = sum(bool(e.right[scorer.score(e.rows).argmax()]) for e in own)
            yield f"{name} articles, {kind}: {100 * hits / max(1, len(own)):.1f} % of {len(own)}"


def main(argv: Sequence[str] | None = None) -> int:
    """Fit the scorer on corpora of coreference, as a model reads them, and write its weights."""
    from newsextract.gazetteer import open_gazetteer
    from newsextract.pipeline import make_pipeline

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("corpora", type=Path, nargs="+", help="the first is tested by halves")
    parser.add_argument("--model", help="folder of the model; the shipped one when not given")
    parser.add_argument("--output", type=Path, default=WEIGHTS, help="the file of weights")
    args = parser.parse_args(argv)
    read = read_with(make_pipeline(args.model), open_gazetteer())
    guess = choose_best(read_scorer())
    articles = list(read_corpus(args.corpora[0], read=read))
    others = (article for path in args.corpora[1:] for article in read_corpus(path, read=read))
    more = [e for article in others for e in make_examples(*article, guess)]
    for line in describe_halves(articles, more):
        print(line)
    write_scorer(fit_twice(articles, more), args.output)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
