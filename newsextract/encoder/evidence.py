"""How sure the encoder is of an attribution: what speaks for it, and the probability made of it."""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsextract.encoder.labels import ATTRIBUTION_LABELS
from newsextract.encoder.links import Links, Range
from newsextract.encoder.marginals import Marginals

FEATURES = (
    "bias", "content_exact", "content_overlap", "cue_exact", "source_exact", "link_to_cue",
    "link_to_source", "no_link_to_source", "no_cue", "no_source", "quoted", "all_quoted",
    "more_parts", "words",
)  # fmt: skip
WEIGHTS_FILE = "scores.json"
SOURCE, CUE, CONTENT = range(len(ATTRIBUTION_LABELS))
_INSIDE = 2
_UNSURE = 1e-3
Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The spans of one text by label, and their links: cues to sources, contents to cues."""

    spans: dict[str, list[Range]]
    to_source: Links
    to_cue: Links


def describe_attributions(
    found: Found, marginals: Marginals, *, starts: Sequence[int], quotes: Sequence[int]
) -> list[Row]:
    """Return for each content the ``FEATURES`` of the attribution that it is a part of.

    Args:
        found: spans and links.
        marginals: of the tags that the spans were read from.
        starts: the first words of the lines.
        quotes: where each word stands to quotation marks (``words.QUOTE_STATES``).
    """
    contents = found.spans["content"]
    within = marginals.of_label(CONTENT).sum(1)
    stray = within.copy()
    for start, end in contents:
        stray[start:end] = 0.0
    strays = np.add.reduceat(stray, starts) if len(stray) else stray
    inside = np.array(quotes) == _INSIDE
    rows: list[Row] = [()] * len(contents)
    for members in _group(found.to_cue.keys):
        parts = [contents[m] for m in members]
        mass = sum(float(within[start:end].sum()) for start, end in parts)
        words = sum(end - start for start, end in parts)
        beside = float(strays[bisect_right(starts, parts[0][0]) - 1])
        quoted = sum(int(inside[start:end].sum()) for start, end in parts) / words
        exact = math.prod(marginals.span_probability(part, CONTENT) for part in parts)
        row = (
            1.0,
            _log_odds(exact),
            _log_odds(mass / (words + beside)),
            *_describe_links(found, marginals, members),
            quoted,
            float(quoted > 1 - 1.5 / words),
            float(len(parts) - 1),
            math.log(words),
        )
        for member in members:
            rows[member] = row
    return rows


def _group(cues: Sequence[int]) -> list[list[int]]:
    """Return the contents of each cue together, and each content without one alone."""
    groups: dict[int, list[int]] = {}
    for content, cue in enumerate(cues):
        groups.setdefault(cue if cue >= 0 else -1 - content, []).append(content)
    return list(groups.values())


def _describe_links(found: Found, marginals: Marginals, members: list[int]) -> Row:
    """Return the features from ``cue_exact`` to ``no_source``."""
    to_cue = min(found.to_cue.margins[m] for m in members)
    cue = found.to_cue.keys[members[0]]
    if cue < 0:
        return (0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0)
    margin, source = found.to_source.margins[cue], found.to_source.keys[cue]
    cue_exact = _log_odds(marginals.span_probability(found.spans["cue"][cue], CUE))
    if source < 0:
        return (cue_exact, 0.0, to_cue, 0.0, margin, 0.0, 1.0)
    span = found.spans["source"][source]
    source_exact = _log_odds(marginals.span_probability(span, SOURCE))
    return (cue_exact, source_exact, to_cue, margin, 0.0, 0.0, 0.0)


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
