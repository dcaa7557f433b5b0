"""Calibrated probability of an attribution, from the encoder's evidence for it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsextract.encoder.arguments import CueFrame

FEATURES = (
    "bias", "content_exact", "content_share", "cue_exact", "source_exact", "no_cue", "no_source",
    "quoted", "all_quoted", "more_parts", "words",
)  # fmt: skip
WEIGHTS_FILE = "scores.json"
Row = tuple[float, ...]
_INSIDE = 2
_UNSURE = 1e-3


def describe(found: CueFrame, quotes: Sequence[int]) -> Row:
    """Return the ``FEATURES`` of an attribution.

    Args:
        found: its parts and their probabilities.
        quotes: where each word stands to quotation marks (``words.QUOTE_STATES``).
    """
    words = max(1, sum(end - start for start, end in found.contents))
    inside = sum(quotes[start:end].count(_INSIDE) for start, end in found.contents)
    quoted = inside / words
    return (
        1.0,
        _log_odds(found.content_exact),
        _log_odds(found.content_share),
        _log_odds(found.cue_exact) if found.cue is not None else 0.0,
        _log_odds(found.source_exact) if found.source is not None else 0.0,
        float(found.cue is None),
        float(found.source is None),
        quoted,
        float(quoted > 1 - 1.5 / words),
        float(len(found.contents) - 1),
        math.log(words),
    )


def _log_odds(probability: float) -> float:
    p = min(max(probability, _UNSURE), 1 - _UNSURE)
    return math.log(p / (1 - p))


def score_rows(rows: Sequence[Row], weights: NDArray[np.float64]) -> list[float]:
    """Return the probability that each attribution is right, to three places."""
    if not rows:
        return []
    totals = (np.array(rows) * weights).sum(1)
    scores: list[float] = (1 / (1 + np.exp(-np.clip(totals, -30, 30)))).round(3).tolist()
    return scores


def read_weights(folder: Path) -> NDArray[np.float64] | None:
    """Return the weights of ``FEATURES`` that were fitted for the model in ``folder``, if any."""
    path = folder / WEIGHTS_FILE
    if not path.exists():
        return None
    table: dict[str, float] = json.loads(path.read_text(encoding="utf8"))
    return np.array([table[name] for name in FEATURES])


def write_weights(weights: NDArray[np.float64], folder: Path) -> None:
    """Write the weights of ``FEATURES`` into the folder of the model that they were fitted for."""
    table = {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)}
    (folder / WEIGHTS_FILE).write_text(json.dumps(table, indent=1) + "\n", encoding="utf8")
