"""Floors under the figures: read, compared, raised, never lowered."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from newsextract.evaluation.tables import figures_of
from newsextract.evaluation.tally import add_up

from .corpora import CORPORA, Corpus, Measurement, digest_of

FLOORS = Path(__file__).with_name("floors.toml")
MARGIN = 0.3
_HEAD = FLOORS.read_text(encoding="utf8").split("\n[digests]")[0]
_NOT_PINNED = (
    "gold", "median km", "attributions", "kind accuracy", "mixed recall", "via accuracy",
)  # fmt: skip

Figures = dict[str, float]
Floors = dict[str, Figures]


def read_floors() -> tuple[dict[str, str], Floors]:
    """Return the digests of the corpora and the floors by corpus."""
    data = tomllib.loads(FLOORS.read_text(encoding="utf8"))
    return data.get("digests", {}), data.get("floors", {})


def measure(measurement: Measurement, corpus: Corpus) -> Figures:
    """Return the figures of ``corpus``, each named ``task: figure``."""
    return {
        f"{counted.task}: {figure.name}": figure.value
        for counted in measurement.tallies(corpus)
        for figure in figures_of(counted.measures, add_up(counted.tallies))
        if figure.name not in _NOT_PINNED
    }


def drops(floors: Mapping[str, float], figures: Mapping[str, float]) -> list[str]:
    """Return a line for each figure that is missing or under its floor."""
    return [
        f"{name}: {figures.get(name, math.nan):.2f} is under the floor of {floor:.1f}"
        for name, floor in floors.items()
        if not figures.get(name, math.nan) >= floor
    ]


def raised(floors: Mapping[str, float], figures: Mapping[str, float]) -> Figures:
    """Return the floors after ``figures``: none lower than before, new ones added."""
    reached = {name: math.floor(10 * (value - MARGIN)) / 10 for name, value in figures.items()}
    return {name: max(floors.get(name, 0.0), reached.get(name, 0.0)) for name in reached | floors}


def update(measurement: Measurement, folder: Path) -> Iterator[str]:
    """Write the raised floors; yield what stands in the way, and then write nothing."""
    _, floors = read_floors()
    reached = {corpus.path: measure(measurement, corpus) for corpus in CORPORA}
    refused = [
        f"{path}: {line}"
        for path, figures in reached.items()
        for line in drops(floors.get(path, {}), figures)
    ]
    if refused:
        yield from refused
        return
    new = {path: raised(floors.get(path, {}), figures) for path, figures in reached.items()}
    digests = {corpus.path: digest_of(corpus.file(folder)) for corpus in CORPORA}
    FLOORS.write_text(_as_toml(digests, new), encoding="utf8")


def _as_toml(digests: Mapping[str, str], floors: Floors) -> str:
    lines = [_HEAD, "[digests]", *(f'"{path}" = "{digest}"' for path, digest in digests.items())]
    for path, figures in floors.items():
        lines += ["", f'[floors."{path}"]']
        lines += [f'"{name}" = {value:.1f}' for name, value in figures.items()]
    return "\n".join(lines) + "\n"
