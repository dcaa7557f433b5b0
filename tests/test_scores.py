"""Scores of quotes: marginals, evidence, the fitted probability, and whether it holds."""

import itertools

import numpy as np
import pytest

from newsextract.encoder.evidence import (
    FEATURES,
    Found,
    describe_attributions,
    read_weights,
    score_rows,
    write_weights,
)
from newsextract.encoder.labels import (
    ATTRIBUTION_LABELS,
    bioes_tags,
    encode_spans,
    legal_transitions,
)
from newsextract.encoder.links import Links
from newsextract.encoder.marginals import Marginals, tag_marginals
from newsextract.encoder.stretches import Transitions
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
    transitions = make_transitions(ATTRIBUTION_LABELS, rng)
    emissions = rng.normal(size=(40, 13)).astype(np.float32)
    lines = [(0, 9), (9, 30), (30, 40)]
    together = tag_marginals(emissions, lines, transitions)
    alone = tag_marginals(emissions[9:30], [(0, 21)], transitions)
    assert together.tags[9:30] == pytest.approx(alone.tags, rel=1e-9)
    assert together.steps[:, 9:30] == pytest.approx(alone.steps, rel=1e-9)


def test_words_outside_of_any_span_are_left_out_without_changing_the_rest() -> None:
    """Where O leads by far, a line is cut; what stands beside keeps its probabilities."""
    rng = np.random.default_rng(3)
    transitions = make_transitions(("a",), rng)
    emissions = rng.normal(size=(30, 5)).astype(np.float32)
    emissions[10:20, 0] += 30
    whole = tag_marginals(emissions, [(0, 30)], transitions)
    emissions[10:20, 0] += 300
    assert whole.tags[10:20, 0] == pytest.approx(1.0)
    further = tag_marginals(emissions, [(0, 30)], transitions)
    assert further.tags == pytest.approx(whole.tags, abs=1e-3)


def describe(spans, *, to_source=(), to_cue=(), sure=0.9, quotes=None):  # type: ignore[no-untyped-def]
    """Return the features by name of each content of a line of ten words."""
    tags = encode_spans(
        [(*r, name) for name, own in spans.items() for r in own], 10, ATTRIBUTION_LABELS
    )
    marginals = Marginals(np.full((10, 13), (1 - sure) / 12), np.full((4, 10, 3), -0.01))
    marginals.tags[np.arange(10), tags] = sure
    by_label = {label: spans.get(label, []) for label in ATTRIBUTION_LABELS}
    links = [Links(list(keys), [2.0] * len(keys)) for keys in (to_source, to_cue)]
    rows = describe_attributions(
        Found(by_label, *links), marginals, starts=[0], quotes=quotes or [0] * 10
    )
    return [dict(zip(FEATURES, row, strict=True)) for row in rows]


def test_parts_of_one_attribution_share_their_evidence() -> None:
    """Two contents of one cue are judged as one, with the cue and the source."""
    spans = {"content": [(0, 3), (6, 9)], "cue": [(4, 5)], "source": [(5, 6)]}
    first, second = describe(spans, to_source=[0], to_cue=[0, 0])
    assert first == second
    assert (first["more_parts"], first["no_cue"], first["no_source"]) == (1.0, 0.0, 0.0)
    assert first["link_to_source"] == 2.0


def test_content_without_cue_and_cue_without_source() -> None:
    """What is not there has no evidence, and says so."""
    (loose,) = describe({"content": [(0, 3)]}, to_cue=[-1])
    assert (loose["no_cue"], loose["no_source"], loose["cue_exact"]) == (1.0, 1.0, 0.0)
    (heard,) = describe({"content": [(0, 3)], "cue": [(4, 5)]}, to_source=[-1], to_cue=[0])
    assert (heard["no_cue"], heard["no_source"], heard["no_link_to_source"]) == (0.0, 1.0, 2.0)


def test_quotation_marks_are_evidence() -> None:
    """Of three words two stand inside the marks; an opening mark does not count against them."""
    (row,) = describe({"content": [(0, 3)]}, to_cue=[-1], quotes=[1, 2, 2] + [0] * 7)
    assert row["quoted"] == pytest.approx(2 / 3)
    assert row["all_quoted"] == 1.0


def test_surer_tags_give_a_surer_content() -> None:
    """Evidence rises with the probability of the tags."""
    low, high = (describe({"content": [(0, 3)]}, to_cue=[-1], sure=s)[0] for s in (0.5, 0.9))
    assert low["content_exact"] < high["content_exact"]
    assert low["content_overlap"] < high["content_overlap"]


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
