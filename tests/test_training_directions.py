"""Fitting the direction of weekdays: which days are known, and that the weights learn."""

from __future__ import annotations

from pathlib import Path

from newsextract.stages.dates.direction import chance_ahead, read_weights
from newsextract.training.fit_directions import Example, find_days, fit_weights, write_weights


def test_days_that_are_known_without_a_clause() -> None:
    """Annotated weekdays, and days with their month near the publication date; no others."""
    text = "They met Friday and meet on August 20, after July 2 and on 13 August 2019."
    friday = {"text": "Friday", "start": 9, "end": 15, "value": "2024-08-09"}
    row = {"text": text, "dct": "2024-08-14", "timexes": [friday]}
    found = [(text[start:end], ahead) for start, end, ahead in find_days(row)]
    assert found == [("Friday", False), ("August 20", True)]
    assert list(find_days({"text": text})) == []


def test_fit_learns_what_the_examples_show(tmp_path: Path) -> None:
    """A feature that goes with days ahead gets a weight that says so, and is read back."""
    ahead = [Example(frozenset({"odd_before"}), True)] * 30
    behind = [Example(frozenset({"past_before"}), False)] * 30
    weights = fit_weights(ahead + behind)
    assert chance_ahead({"odd_before"}, weights) > 0.8
    assert chance_ahead({"past_before"}, weights) < 0.2
    write_weights(weights, tmp_path / "weights.toml")
    assert '"odd_before"' in (tmp_path / "weights.toml").read_text(encoding="utf8")


def test_shipped_weights_know_the_tenses() -> None:
    """What the package ships points ahead for a modal and back for a past form."""
    weights = read_weights()
    assert chance_ahead({"modal_before", "any_modal"}, weights) > 0.8
    assert chance_ahead({"past_before", "any_past"}, weights) < 0.2
