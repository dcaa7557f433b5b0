"""Past or future for a bare weekday or month: a linear classifier over its clause."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from newsextract.stages.dates.resolve import Direction
from newsextract.stages.dates.tense import clause_at, describe_clause, signal_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

WEIGHTS = Path(__file__).parents[2] / "data" / "direction_weights.toml"
BIAS = "bias"
_DATING = ("past", "has", "modal", "cue", "until", "infinitive")
_SURE_AHEAD = 0.75
_SURE_BEHIND = 0.85
_PICTURED = re.compile("present|be_")
_VAGUE = re.compile("present|be_")


@cache
def read_weights() -> Mapping[str, float]:
    """Return the weights that ship with the package, by feature."""
    weights: dict[str, float] = tomllib.loads(WEIGHTS.read_text(encoding="utf8"))["weights"]
    return weights


def direction_at(doc: Doc, start: int, end: int, *, pictured: bool = False) -> Direction:
    """Return where the weekday at ``doc.text[start:end]`` points: the likelier side.

    "will meet on Friday", "is due Friday", "before Sunday's vote" point ahead; "met on Friday" and
    "has said Friday" back.

    Args:
        doc: The article; sentence starts must be set.
        start: Where the expression starts.
        end: Where it ends.
        pictured: Whether it is in a caption, whose present tense tells of the past.
    """
    ahead = _chance_at(doc, start, end, _PICTURED if pictured else None)
    if ahead is None:
        return None
    return "future" if ahead > 0.5 else "past"


def sure_direction_at(doc: Doc, start: int, end: int) -> Direction:
    """Return the direction of a month or holiday, or None (the nearest) if the clause does not say.

    Not every present tense tells: "his promise in March matters".
    """
    ahead = _chance_at(doc, start, end, _VAGUE)
    if ahead is None or 1 - _SURE_BEHIND < ahead < _SURE_AHEAD:
        return None
    return "future" if ahead >= _SURE_AHEAD else "past"


def _chance_at(doc: Doc, start: int, end: int, ignored: re.Pattern[str] | None) -> float | None:
    """Return the probability that a date is in the future, from the features of its clause."""
    clause = clause_at(doc, start, end)
    if clause is None:
        return None
    features = describe_clause(clause)
    return chance_ahead(
        (name for name in features if not (ignored and ignored.search(name))), read_weights()
    )


def chance_ahead(features: Iterable[str], weights: Mapping[str, float]) -> float:
    """Return the probability that a clause with these features refers to the future."""
    score = weights[BIAS] + sum(weights.get(name, 0.0) for name in features)
    return 1 / (1 + math.exp(-score))


def speaks_of_now(doc: Doc, start: int, end: int) -> bool:
    """Return whether an opening "today" is of our time: "Today, most people own a phone".

    Not: "Today, the mayor resigned", "Today is a sad day", "Today, police are looking for him".
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or span.text != "Today" or not span[0].is_sent_start:
        return False
    clause = clause_at(doc, end, end)
    if clause is None or not clause.after:
        return False
    words = clause.after
    signals = ((at, name) for at in range(len(words)) if (name := signal_of(words, at)))
    at, name = next(signals, (0, ""))
    told = words[at].text.endswith("s") and words[0].text != ","
    if name == "present":
        return not told
    following = [word.text for word in words[at + 1 : at + 4]]
    return name == "be" and at > 0 and not any(word.endswith("ing") for word in following)


def is_dated(doc: Doc, start: int, end: int) -> bool:
    """Return whether the clause refers to one week: "met Monday to Friday". Not: "opens …"."""
    clause = clause_at(doc, start, end)
    features = describe_clause(clause) if clause else frozenset()
    return any(f"{name}_before" in features for name in _DATING)
