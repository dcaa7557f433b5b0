"""Whether a weekday or month lies behind or ahead: a linear classifier over its clause."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from newsextract.stages.dates.resolve import Direction
from newsextract.stages.dates.tense import clause_at, describe_clause

if TYPE_CHECKING:
    from spacy.tokens import Doc

WEIGHTS = Path(__file__).parents[2] / "data" / "direction_weights.toml"
BIAS = "bias"
_DATING = ("past", "has", "modal", "cue", "until", "infinitive")
_SURE = 0.5


@cache
def read_weights() -> Mapping[str, float]:
    """Return the weights that ship with the package, by feature."""
    weights: dict[str, float] = tomllib.loads(WEIGHTS.read_text(encoding="utf8"))["weights"]
    return weights


def direction_at(doc: Doc, start: int, end: int, *, sure: float = _SURE) -> Direction:
    """Return the direction of the clause around ``doc.text[start:end]``.

    Args:
        doc: The article; sentence starts must be set.
        start: Where the expression starts.
        end: Where it ends.
        sure: The least probability of a direction; below it the answer is None.

    "will meet on Friday", "is due Friday", "before Sunday's vote" point ahead; "met on Friday"
    and "has said Friday" back; None where the clause does not tell.
    """
    clause = clause_at(doc, start, end)
    if clause is None:
        return None
    ahead = chance_ahead(describe_clause(clause), read_weights())
    if ahead > sure:
        return "future"
    return "past" if ahead <= 1 - sure else None


def chance_ahead(features: Iterable[str], weights: Mapping[str, float]) -> float:
    """Return the probability that what a clause with these features dates lies ahead."""
    score = weights[BIAS] + sum(weights.get(name, 0.0) for name in features)
    return 1 / (1 + math.exp(-score))


def is_dated(doc: Doc, start: int, end: int) -> bool:
    """Return whether the clause tells of one week: "met Monday to Friday". Not: "opens …"."""
    clause = clause_at(doc, start, end)
    features = describe_clause(clause) if clause else frozenset()
    return any(f"{name}_before" in features for name in _DATING)
