"""Fitting what makes a probability of the encoder's evidence for an attribution.

``python -m newsextract.training.fit_scores GOLD.jsonl --model DIR`` reads articles with gold
attributions that the model was not trained on, prints how well scores fitted on half of them hold
on the other half, and writes the weights fitted on all into the model's folder.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsextract.encoder.component import SHIPPED, NewsEncoder, word_places, words_of
from newsextract.encoder.decode import label_words
from newsextract.encoder.evidence import FEATURES, describe, score_rows, write_weights
from newsextract.evaluation import press, quotes
from newsextract.evaluation.gold import Gold, article_of, read_gold
from newsextract.evaluation.reliability import RELIABILITY, add_score
from newsextract.evaluation.tables import figures_of, table
from newsextract.evaluation.tally import Tally, add_up
from newsextract.extractor import Extractor
from newsextract.loading import load
from newsextract.pipeline import find_component
from newsextract.stages.layout import find_blocks

Floats = NDArray[np.float64]
STEPS = 30
PENALTY = 2.0


@dataclass(frozen=True, slots=True)
class Cases:
    """Quotes as ``FEATURES`` (quotes, features), and which of them are right."""

    rows: Floats
    right: NDArray[np.bool_]


def read_cases(articles: Iterable[Gold], extractor: Extractor) -> list[Cases]:
    """Return the quotes that ``extractor`` finds in each gold article."""
    encoder = find_component(extractor.nlp, NewsEncoder)
    return [_read_article(gold, extractor, encoder) for gold in articles]


def _read_article(gold: Gold, extractor: Extractor, encoder: NewsEncoder) -> Cases:
    """Return the quotes of one article; scores in its record are the numbers of their rows.

    They count from 1: what no model weighs has a score below, and is no case.
    """
    article = article_of(gold)
    blocks = find_blocks(article.text)
    doc = extractor.nlp.make_doc(article.text)
    places = word_places(doc)
    words = words_of(doc, places)
    labels = label_words(encoder.model, words)
    labels.frames = [replace(f, score=float(n)) for n, f in enumerate(labels.frames, 1)]
    record = extractor.read(encoder.write(doc, labels, places), article, blocks=blocks)
    judge = quotes.judge_quotes if "attributions" in gold else press.judge_quotes
    judged = [
        (int(q.score), right)
        for q, right in judge(gold, record)
        if q.score is not None and q.score >= 1.0
    ]
    rows = np.array([describe(labels.frames[number - 1], words.quotes) for number, _ in judged])
    return Cases(rows.reshape(-1, len(FEATURES)), np.array([right for _, right in judged], bool))


def join_cases(cases: Sequence[Cases]) -> Cases:
    """Return the quotes of several articles in one."""
    return Cases(np.concatenate([c.rows for c in cases]), np.concatenate([c.right for c in cases]))


def fit_weights(cases: Cases) -> Floats:
    """Return the weights of a logistic regression (Newton's method), drawn a little to zero."""
    weights = np.zeros(cases.rows.shape[1])
    pull = np.full(len(weights), PENALTY)
    pull[0] = 1e-6
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-cases.rows @ weights))
        slope = cases.rows.T @ (cases.right - chance) - pull * weights
        bend = (cases.rows.T * (chance * (1 - chance))) @ cases.rows + np.diag(pull)
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def describe_halves(cases: Sequence[Cases]) -> Iterator[str]:
    """Yield how the scores fitted on every other article hold on those between, and around."""
    halves = [join_cases(cases[0::2]), join_cases(cases[1::2])]
    tallies = [_count(halves[1], fit_weights(halves[0])), _count(halves[0], fit_weights(halves[1]))]
    for name, tally in (("second", tallies[0]), ("first", tallies[1])):
        yield f"{name} half of the articles, by weights fitted on the other"
        yield from table(figures_of(RELIABILITY[-1:], tally))
    both = add_up(tallies)
    yield "both halves, each by weights fitted on the other"
    for number, figure in enumerate(figures_of(RELIABILITY, both)):
        size = both.counts[f"score {number} all"]
        yield next(iter(table([figure]))) + (f"  of {size}" if size else "")


def _count(cases: Cases, weights: Floats) -> Tally:
    """Count right and wrong quotes by the scores that ``weights`` give them."""
    tally = Tally()
    scores = score_rows([tuple(row) for row in cases.rows.tolist()], weights)
    for score, right in zip(scores, cases.right.tolist(), strict=True):
        add_score(tally, score, right=right)
    return tally


def main(argv: Sequence[str] | None = None) -> int:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(
        prog="python -m newsextract.training.fit_scores",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("gold", metavar="GOLD", help="articles with attributions, not trained on")
    parser.add_argument(
        "--model", metavar="DIR", default=str(SHIPPED), help="model folder (default: the shipped)"
    )
    args = parser.parse_args(argv)
    cases = read_cases(read_gold(args.gold), load(args.model))
    for line in describe_halves(cases):
        print(line)
    write_weights(fit_weights(join_cases(cases)), Path(args.model))
    return 0


if __name__ == "__main__":
    sys.exit(main())
