"""Confidence intervals: bootstrap over articles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsextract.evaluation.tally import F1, Share, Tally

ROUNDS = 1000
SEED = 20240814


def bootstrap(
    tallies: Sequence[Tally], measure: F1 | Share, *, rounds: int = ROUNDS, percent: float = 95
) -> tuple[float, float]:
    """Return the interval that ``percent`` of resampled corpora put ``measure`` in.

    Each of ``rounds`` corpora draws as many articles as there are, with replacement (Efron's
    percentile bootstrap); one that holds no case of the measure does not count. The same tallies
    give the same interval.
    """
    names = sorted({name for tally in tallies for name in tally.counts})
    counts = np.array([[tally.counts[name] for name in names] for tally in tallies], dtype=float)
    generator = np.random.default_rng(SEED)
    share = np.full(len(tallies), 1 / len(tallies))
    sums = generator.multinomial(len(tallies), share, size=rounds) @ counts
    corpora = [dict(zip(names, row, strict=True)) for row in sums.tolist()]
    values = [measure.of(corpus, []).value for corpus in corpora if measure.is_defined(corpus)]
    if not values:
        return float("nan"), float("nan")
    tail = (100 - percent) / 2
    low, high = np.percentile(values, (tail, 100 - tail))
    return float(low), float(high)
