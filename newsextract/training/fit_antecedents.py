"""Fitting the scorer of antecedents on articles with gold coreference.

    python -m newsextract.training.fit_antecedents press_train.jsonl ontogum_train.jsonl \\
        gap_development.jsonl bbc.jsonl worldwide_train.jsonl

reads the articles as the shipped model does, prints how the scorer fitted on half of the first
corpus does on the other half, and writes the weights where they are read from. A better model reads
other names and other vectors: fit again after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from newsextract.stages.coreference.features import FEATURES
from newsextract.stages.coreference.link import WEIGHTS, choose_best
from newsextract.stages.scorer import Scorer, read_scorer, write_scorer
from newsextract.training.antecedent_examples import make_examples, read_corpus, read_with
from newsextract.training.arguments import read_arguments
from newsextract.training.choices import Example, fit_networks, with_blind

STEPS = 400
PENALTY = 3e-4
NOMINAL_WEIGHT, SOURCE_WEIGHT = 1.8, 3.0
"""How much more a nominal that stands for somebody counts, and one that is a source: most stand for
nobody named, and those that do are missed."""


def fit_scorer(examples: Sequence[Example]) -> Scorer:
    """Return the mean of several scorers fitted from different starts, as one scorer."""
    seen = with_blind(examples, FEATURES)
    return fit_networks(seen, steps=STEPS, penalty=PENALTY, weigh=weigh)


def weigh(example: Example) -> float:
    """Return how much an example counts."""
    pronoun, source = (example.rows[0, FEATURES.index(name)] for name in ("pronoun", "source"))
    if pronoun or example.right[-1]:
        return 1.0
    return SOURCE_WEIGHT if source else NOMINAL_WEIGHT


def describe_halves(
    articles: Sequence[Sequence[Example]], more: Sequence[Example]
) -> Iterator[str]:
    """Yield the share of right choices in each half of the articles, fitted on the other."""
    for number, name in enumerate(("even", "odd")):
        scorer = fit_scorer([*chain(*articles[1 - number :: 2]), *more])
        held = [*chain(*articles[number::2])]
        for kind, wanted in (("pronouns", True), ("nominals", False)):
            own = [e for e in held if bool(e.rows[0, FEATURES.index("pronoun")]) == wanted]
            hits = sum(bool(e.right[scorer.score(e.rows).argmax()]) for e in own)
            yield f"{name} articles, {kind}: {100 * hits / max(1, len(own)):.1f} % of {len(own)}"


def main(argv: Sequence[str] | None = None) -> int:
    """Fit the scorer on corpora of coreference, as a model reads them, and write its weights."""
    from newsextract.gazetteer import open_gazetteer
    from newsextract.pipeline import make_pipeline

    args = read_arguments(
        argv, description=main.__doc__, corpora="the first is tested by halves", output=WEIGHTS
    )
    read = read_with(make_pipeline(args.model), open_gazetteer())
    guess = choose_best(read_scorer(WEIGHTS))

    def list_examples(path: Path) -> list[list[Example]]:
        """Return the examples of each article: with the gold's links, and with the scorer's."""
        return [
            [e for gold in (True, False) for e in make_examples(*article, guess, follow_gold=gold)]
            for article in read_corpus(path, read=read)
        ]

    articles = list_examples(args.corpora[0])
    more = [e for path in args.corpora[1:] for article in list_examples(path) for e in article]
    for line in describe_halves(articles, more):
        print(line)
    write_scorer(fit_scorer([*chain(*articles), *more]), args.output)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
