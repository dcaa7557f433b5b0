"""Format figures and errors as text."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from newsextract.evaluation.tally import Error, Figure, Measure, Tally
from newsextract.views.terminal import clean, cut

_DETAIL = 60


def figures_of(measures: Iterable[Measure], tally: Tally) -> list[Figure]:
    """Return the figures of ``measures`` over ``tally``."""
    return [measure.of(tally.counts, tally.samples) for measure in measures]


def plain_figures(figures: Iterable[Figure]) -> dict[str, float | None]:
    """Return names and values rounded to two places, for JSON; not a number is ``None``."""
    return {f.name: None if math.isnan(f.value) else round(f.value, 2) for f in figures}


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """Return the lines of a table of figures."""
    for figure in figures:
        if figure.precision is None:
            yield f"  {figure.name:28s}{figure.value:7.1f}"
        else:
            yield (
                f"  {figure.name:28s}P {figure.precision:5.1f}  R {figure.recall:5.1f}"
                f"  F1 {figure.value:5.1f}"
            )


def error_listing(errors: Sequence[Error], *, most: int) -> Iterator[str]:
    """Return errors by group, the largest group first, ``most`` of each spread over the corpus."""
    sizes = Counter(error.group for error in errors)
    for group, size in sizes.most_common():
        yield f"  {group}: {size}"
        members = [error for error in errors if error.group == group]
        for error in members[:: max(1, math.ceil(size / most))]:
            details = (cut(clean(detail), _DETAIL) for detail in error.detail)
            yield f"    {error.article}: " + " | ".join(details)
