"""Scores of quotes: marginals, evidence, the fitted probability, and whether it holds."""

import itertools

import numpy as np
import pytest

from newsextract.encoder.arguments import CueFrame
from newsextract.encoder.evidence import (
    FEATURES,
    describe,
    read_weights,
    score_rows,
    write_weights,
)
from newsextract.encoder.labels import bioes_tags, encode_spans, legal_transitions
from newsextract.encoder.lines import Transitions
from newsextract.encoder.marginals import tag_marginals
from newsextract.evaluation.reliability import RELIABILITY, add_score
from newsextract.evaluation.tally import Tally
from newsextract.stages.quotes import find_quotes
from newsextract.stages.quotes.finding import DOUBTFUL
from newsextract.training.fit_scores import Cases, fit_weights
from tests.helpers import make_doc


def make_transitions(labels: tuple[str, ...], rng: np.random.Generator) -> Transitions:
    """Return random scores of the legal transitions between the tags of ``labels``."""
    legal, opens = legal_transitions(labels)
    size = len(opens)
    return Transitions(
        np.where(legal, rng.normal(size=(size, size)), -1e4).astype(np.float32),
        np.where(opens, rng.normal(size=size), -1e4).astype(np.float32),
        np.where(legal[:, 0], rng.normal(size=size), -1e4).astype(np.float32),
    )


def test_marginals_count_every_sequence() -> None:
    """Tags and spans have the share of all sequences' weight that goes through them."""
    rng = np.random.default_rng(7)
    labels = ("a", "b")
    size = len(bioes_tags(labels))
    transitions = make_transitions(labels, rng)
    emissions = rng.normal(size=(7, size)).astype(np.float32)
    lines = [(0, 3), (3, 7)]
    found = tag_marginals(emissions, lines, transitions)
    for first, last in lines:
        weights = {
            path: _weight(path, emissions[first:last], transitions)
            for path in itertools.product(range(size), repeat=last - first)
        }
        total = sum(weights.values())
        for i, tag in itertools.product(range(last - first), range(size)):
            share = sum(w for path, w in weights.items() if path[i] == tag) / total
            assert found.tags[first + i, tag] == pytest.approx(share, abs=1e-6)
        for start, end in itertools.combinations(range(last - first + 1), 2):
            for number, label in enumerate(labels):
                own = tuple(encode_spans([(0, end - start, label)], end - start, labels))
                share = sum(w for path, w in weights.items() if path[start:end] == own) / total
                chance = found.span_probability((first + start, first + end), number)
                assert chance == pytest.approx(share, abs=1e-6)


def _weight(path: tuple[int, ...], emissions: np.ndarray, transitions: Transitions) -> float:
    score = transitions.opening[path[0]] + transitions.closing[path[-1]]
    score += sum(transitions.between[a, b] for a, b in itertools.pairwise(path))
    return float(np.exp(score + sum(emissions[i, tag] for i, tag in enumerate(path))))


def test_marginals_do_not_depend_on_other_lines() -> None:
    """A line alone and in company has the same probabilities."""
    rng = np.random.default_rng(1)
    transitions = make_transitions(("a", "b", "c"), rng)
    emissions = rng.normal(size=(40, 13)).astype(np.float32)
    lines = [(0, 9), (9, 30), (30, 40)]
    together = tag_marginals(emissions, lines, transitions)
    alone = tag_marginals(emissions[9:30], [(0, 21)], transitions)
    assert together.tags[9:30] == pytest.approx(alone.tags, rel=1e-9)
    assert together.steps[:, 9:30] == pytest.approx(alone.steps, rel=1e-9)


def make_attribution(**changes) -> CueFrame:  # type: ignore[no-untyped-def]
    """Return an attribution whose parts are all fairly sure."""
    parts = {
        "cue": (4, 5), "source": (5, 6), "contents": ((0, 3), (6, 9)), "cue_exact": 0.9,
        "source_exact": 0.9, "content_exact": 0.8, "content_share": 0.9,
    }  # fmt: skip
    return CueFrame(**{**parts, **changes})


def describe_by_name(found: CueFrame, quotes: list[int] | None = None) -> dict[str, float]:
    """Return the features of an attribution in ten words by name."""
    return dict(zip(FEATURES, describe(found, quotes or [0] * 10), strict=True))


def test_what_is_not_there_is_no_evidence_and_says_so() -> None:
    """Neither a cue nor a source counts for its probability where there is none."""
    whole = describe_by_name(make_attribution())
    assert (whole["more_parts"], whole["no_cue"], whole["no_source"]) == (1.0, 0.0, 0.0)
    loose = describe_by_name(make_attribution(cue=None, source=None))
    assert (loose["no_cue"], loose["no_source"]) == (1.0, 1.0)
    assert (loose["cue_exact"], loose["source_exact"]) == (0.0, 0.0)


def test_quotation_marks_are_evidence() -> None:
    """Of three words two stand inside the marks; an opening mark does not count against them."""
    row = describe_by_name(make_attribution(contents=((0, 3),)), [1, 2, 2] + [0] * 7)
    assert row["quoted"] == pytest.approx(2 / 3)
    assert row["all_quoted"] == 1.0


def test_surer_parts_are_more_evidence() -> None:
    """Evidence rises with the probability of the parts."""
    low, high = (
        describe_by_name(make_attribution(content_exact=p, content_share=p)) for p in (0.5, 0.9)
    )
    assert low["content_exact"] < high["content_exact"]
    assert low["content_share"] < high["content_share"]


def test_weights_belong_to_a_model_folder(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """A folder without them has none; written ones are read back and give probabilities."""
    assert read_weights(tmp_path) is None
    weights = np.linspace(-1, 1, len(FEATURES))
    write_weights(weights, tmp_path)
    read = read_weights(tmp_path)
    assert read == pytest.approx(weights, abs=1e-4)
    assert score_rows([(0.0,) * len(FEATURES)], read) == [0.5]
    assert score_rows([], read) == []


def test_fitted_scores_hold() -> None:
    """Weights fitted on cases drawn from a known chance give that chance back."""
    rng = np.random.default_rng(3)
    rows = np.column_stack([np.ones(4000), rng.normal(size=4000)])
    right = rng.random(4000) < 1 / (1 + np.exp(-(0.5 + 1.5 * rows[:, 1])))
    assert fit_weights(Cases(rows, right)) == pytest.approx([0.5, 1.5], abs=0.15)


def test_calibration_error_is_the_gap_of_the_bins() -> None:
    """Ten scores of 0.8 with six right ones are 20 points off; full scores fall in the last bin."""
    tally = Tally()
    for right in [True] * 6 + [False] * 4:
        add_score(tally, 0.8, right=right)
    error = RELIABILITY[-1]
    assert error.of(tally.counts, []).value == pytest.approx(20.0)
    add_score(tally, 1.0, right=True)
    assert tally.counts["score 9 all"] == 1


def test_quotes_carry_the_score_of_their_content() -> None:
    """The first part's score is the quote's; a model without calibrated scores gives none."""
    doc = make_doc("[content It rains], [source Ann Lee] [cue said]. [content2 “Go,”] he left.")
    assert [quote.score for quote in find_quotes(doc, ())[0]] == [None, None]
    doc.spans["content"].attrs["score"] = [0.75, 0.25]
    assert find_quotes(doc, ())[0][0].score == 0.75


def test_doubtful_quotes_are_left_out_unless_marks_stand_around_them() -> None:
    """Under the least score only words in quotation marks are quotes; numbers leave no gap."""
    doc = make_doc(
        "[content It rains], [source Ann Lee] [cue said]. [content2 “Go,”] [cue2 she said]."
    )
    doc.spans["content"].attrs["score"] = [DOUBTFUL - 0.01, DOUBTFUL - 0.01]
    assert [(q.id, q.content[0].text) for q in find_quotes(doc, ())[0]] == [("Q1", "Go,")]
    doc.spans["content"].attrs["score"] = [DOUBTFUL, 0.0]
    assert [q.id for q in find_quotes(doc, ())[0]] == ["Q1", "Q2"]
