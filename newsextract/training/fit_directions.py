"""Fitting the weights that tell whether a weekday or a day of a month lies behind or ahead.

    python -m newsextract.training.fit_directions timebank_train.jsonl polnear_train.jsonl

Articles with annotated time expressions (``timexes`` and ``dct``) give the weekdays whose value is
known. Articles with a publication date (``published``) give the days that are written with their
month: within two weeks of publication the nearest such day is the one meant.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from newsextract.language.calendar import MONTHS, WEEKDAYS, is_date
from newsextract.stages.dates.direction import BIAS, WEIGHTS
from newsextract.stages.dates.tense import clause_at, describe_clause
from newsextract.training.arguments import read_arguments

if TYPE_CHECKING:
    from spacy.language import Language

STEPS = 400
RATE = 0.05
PENALTY = 0.01
NEAR_DAYS = 14
# What grammar tells before any corpus: the weights that rare features keep.
STARTING = {
    BIAS: -0.4,
    "modal_before": 2.5, "cue_before": 2.5, "until_before": 2.5, "infinitive_before": 2.5,
    "present_before": 1.5, "be_before": 1.0, "passive_before": 0.5,
    "past_before": -2.5, "has_before": -1.5, "report_before": 0.0,
    "modal_after": 2.0, "cue_after": 2.0, "infinitive_after": 2.0, "until_after": 2.0,
    "present_after": 0.5, "be_after": 0.5, "past_after": -2.0,
    "has_after": -1.5, "any_past": -0.2, "any_modal": 0.2,
    "before_owned": 2.5, "ahead_owned": 3.0, "ahead_here": 3.0, "after_owned": -1.5,
    "since_here": -2.0, "for_here": 3.5, "ahead_near": 4.0, "after_near": -3.0,
    "cue_owned": 3.0,
}  # fmt: skip
_NAMES = "|".join(name.title() for name in sorted(MONTHS, key=len, reverse=True))
_DAY = re.compile(
    rf"\b(?P<month>{_NAMES})\b\.? (?P<day>\d\d?)\b(?!,? \d{{4}}|\d|[-–:])"
    rf"|\b(?P<day2>\d\d?) (?P<month2>{_NAMES})\b(?!,? \d{{4}})"
)
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Example:
    """The features of the clause around a day, and whether the day lies ahead."""

    features: frozenset[str]
    ahead: bool


def find_days(row: Mapping[str, Any]) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, lies ahead) of the days in an article that are known without a clause."""
    published = row.get("dct") or row.get("published")
    if not published:
        return
    today = dt.date.fromisoformat(published[:10])
    for timex in row.get("timexes", ()):
        words, value = timex["text"], timex["value"][:10]
        if _WEEKDAY.search(words) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            distance = (dt.date.fromisoformat(value) - today).days
            if not re.search(r"\d", words) and 0 < abs(distance) <= 7:
                yield timex["start"], timex["end"], distance > 0
    for match in _DAY.finditer(row["text"]):
        month = MONTHS[(match["month"] or match["month2"]).lower()]
        days = _distances(today, month, int(match["day"] or match["day2"]))
        distance = min(days, key=abs, default=0)
        if 0 < abs(distance) <= NEAR_DAYS:
            yield match.start(), match.end(), distance > 0


def _distances(today: dt.date, month: int, day: int) -> list[int]:
    years = (today.year - 1, today.year, today.year + 1)
    return [(dt.date(y, month, day) - today).days for y in years if is_date(y, month, day)]


def read_examples(path: Path, nlp: Language) -> list[Example]:
    """Return the examples in a corpus (one JSON article a line), as ``nlp`` reads its texts."""
    from newsextract.pipeline import make_doc
    from newsextract.stages.layout import find_blocks

    examples = []
    with path.open(encoding="utf8", newline="\n") as lines:
        for row in map(json.loads, lines):
            if days := list(find_days(row)):
                doc = make_doc(nlp, row["text"], find_blocks(row["text"]))
                clauses = [(clause_at(doc, start, end), ahead) for start, end, ahead in days]
                examples += [Example(describe_clause(c), ahead) for c, ahead in clauses if c]
    return examples


def fit_weights(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights of a logistic regression, drawn to ``STARTING`` (Adam, full batch)."""
    names = sorted({BIAS, *STARTING, *(name for e in examples for name in e.features)})
    columns = {name: i for i, name in enumerate(names)}
    inputs = np.zeros((len(examples), len(names)))
    inputs[:, columns[BIAS]] = 1
    for row, example in zip(inputs, examples, strict=True):
        row[[columns[name] for name in example.features]] = 1
    wanted = np.array([example.ahead for example in examples], float)
    start = np.array([STARTING.get(name, 0.0) for name in names])
    weights, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1):
        ahead = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (ahead - wanted) / max(len(examples), 1) + PENALTY * (weights - start)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        weights -= RATE * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
    return dict(zip(names, weights.tolist(), strict=True))


def write_weights(weights: Mapping[str, float], path: Path) -> None:
    """Write the weights as TOML."""
    lines = [
        "# Weights of the direction of weekdays and months, fitted by",
        "# newsextract.training.fit_directions on TimeBank, AQUAINT (TempEval-3) and the dated",
        "# articles of PolNeAR. Consumed by newsextract.stages.dates.direction.",
        "",
        "[weights]",
        *(f'"{name}" = {value:.2f}' for name, value in weights.items() if abs(value) >= 0.05),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf8")


def main(argv: Sequence[str] | None = None) -> int:
    """Fit the weights on corpora with dated articles and write them."""
    from newsextract.pipeline import make_pipeline

    args = read_arguments(
        argv, description=main.__doc__, corpora="dated articles, one JSON a line", output=WEIGHTS
    )
    nlp = make_pipeline(args.model)
    examples = [e for path in args.corpora for e in read_examples(path, nlp)]
    write_weights(fit_weights(examples), args.output)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
