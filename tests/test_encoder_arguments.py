"""Cues and what belongs to them: the scores of roles, and attributions inside one another."""

import numpy as np
import pytest

from newsextract.encoder.arguments import CueTags, find_arguments, find_loose
from newsextract.encoder.labels import CUE_LABELS, LOOSE_LABELS, ROLE_LABELS, legal_transitions
from newsextract.encoder.lines import Transitions
from newsextract.encoder.model import Model
from newsextract.encoder.roles import (
    OFFSETS,
    RoleWeights,
    bend,
    reach_of,
    score_roles,
    word_offsets,
)

WIDTH = 2
TAGS = {tag: n for n, tag in enumerate(["O", "BS", "IS", "ES", "SS", "BC", "IC", "EC", "SC"])}


def neutral(labels: tuple[str, ...]) -> Transitions:
    """Return transitions that tell legal from illegal and prefer nothing."""
    legal, opens = legal_transitions(labels)
    sunk = [np.where(ok, 0.0, -1e4).astype(np.float32) for ok in (legal, opens, legal[:, 0])]
    return Transitions(*sunk)


def make_model(weights: RoleWeights) -> Model:
    """Return a model that has no more than what decoding roles takes."""
    transitions = neutral(ROLE_LABELS)
    arrays = {
        "role_products": weights.products, "role_offsets": weights.offsets,
        "roles_between": transitions.between, "roles_opening": transitions.opening,
        "roles_closing": transitions.closing,
    }  # fmt: skip
    return Model("made", {}, (), arrays, lambda word: (1,), None)  # type: ignore[arg-type]


def test_offsets_tell_inside_from_either_side() -> None:
    """Words of the cue have a bucket of their own; others differ by side and distance."""
    buckets = word_offsets([(3, 5)], [(0, 9)]).tolist()
    assert buckets[3:5] == [0, 0]
    assert len(set(buckets[:3] + buckets[5:])) == 7
    assert max(word_offsets([(0, 1)], [(0, 900)])) == OFFSETS - 1


def test_reach_ends_with_the_line() -> None:
    """No word of another line belongs to a cue, nor one that is very far."""
    assert reach_of((5, 6), (2, 9)) == (2, 9)
    assert reach_of((500, 501), (0, 1000)) == (300, 701)


def test_reach_is_short_where_cues_are_dense() -> None:
    """However many cues a line has, its words are scored a bounded number of times in all."""
    line = (0, 10_000)
    for cues in (1, 300, 5_000):
        reaches = [reach_of((5_000, 5_001), line, cues=cues)] * cues
        assert sum(end - start for start, end in reaches) <= 20 * 10_000
    assert reach_of((5_000, 5_001), line, cues=400) == reach_of((5_000, 5_001), line)


def test_scores_are_the_biaffine_form() -> None:
    """Each score is the form of both bent vectors with a constant, and the distance's own."""
    rng = np.random.default_rng(5)
    weights = RoleWeights(
        rng.normal(size=(9, WIDTH + 1, WIDTH + 1)).astype(np.float32),
        rng.normal(size=(OFFSETS, 9)).astype(np.float32),
    )
    cues, words = (rng.normal(size=(n, WIDTH)).astype(np.float32) for n in (2, 6))
    spans, reaches = [(1, 2), (4, 6)], [(0, 3), (2, 6)]
    scores = score_roles(cues, words, weights, spans=spans, reaches=reaches)
    assert scores.shape == (3 + 4, 9)
    form = np.einsum("w,twv,v->t", bend(cues)[1], weights.products, bend(words)[5])
    assert scores[6] == pytest.approx(form + weights.offsets[0], rel=1e-4)


def test_attributions_may_stand_inside_one_another() -> None:
    """Each cue has its own source and content, whatever another has of the same words.

    "Bo said Ann denied it": what Bo said holds what Ann denied.
    """
    tags_of = {0: ["SS", "O", "BC", "IC", "EC"], 1: ["O", "O", "SS", "O", "SC"]}
    products = np.zeros((9, 3, 6), np.float32)
    for cue, tags in tags_of.items():
        for word, tag in enumerate(tags):
            products[TAGS[tag], cue, word] = 20.0
    cues = np.zeros((5, 2), np.float32)
    cues[1, 0] = cues[3, 1] = 1.0
    model = make_model(RoleWeights(products, np.zeros((OFFSETS, 9), np.float32)))
    emissions = np.zeros((5, 5), np.float32)
    emissions[[1, 3], 4] = 20.0
    found = find_arguments(
        CueTags(emissions, [(0, 5)], neutral(CUE_LABELS)),
        {"role_cue": cues, "role_word": np.eye(5, dtype=np.float32)},
        [0],
        model=model,
    )
    assert [(a.cue, a.source, a.contents) for a in found] == [
        ((1, 2), (0, 1), ((2, 5),)),
        ((3, 4), (2, 3), ((4, 5),)),
    ]
    assert min(a.content_exact for a in found) > 0.9


def test_a_cue_without_content_attributes_nothing() -> None:
    """No word has to belong to a cue: what it says may stand in the next line."""
    model = make_model(
        RoleWeights(
            np.zeros((9, 3, 2), np.float32), np.tile(-5.0 * (np.arange(9) > 0), (OFFSETS, 1))
        )
    )
    emissions = np.zeros((1, 5), np.float32)
    emissions[0, 4] = 20.0
    cue_tags = CueTags(emissions, [(0, 1)], neutral(CUE_LABELS))
    heads = {"role_cue": np.ones((1, 2), np.float32), "role_word": np.ones((1, 1), np.float32)}
    assert cue_tags.spans == [(0, 1)]
    (found,) = find_arguments(cue_tags, heads, [0], model=model)
    assert (found.cue, found.source, found.contents) == ((0, 1), None, ())


@pytest.mark.parametrize(("odds", "source"), [(-0.5, (0, 1)), (-3.0, None)])
def test_a_cue_with_content_has_a_source_that_is_possible(
    odds: float, source: tuple[int, int] | None
) -> None:
    """One is found at a probability of 0.38, too little for the best sequence; not at 0.05."""
    products = np.zeros((9, 3, 4), np.float32)
    products[TAGS["SS"], 0, 0] = 20.0 + odds
    products[TAGS["SC"], 0, 2] = 40.0
    offsets = np.tile(np.float32(-20.0 * (np.arange(9) > 0)), (OFFSETS, 1))
    cues = np.zeros((3, 2), np.float32)
    cues[1, 0] = 1.0
    emissions = np.zeros((3, 5), np.float32)
    emissions[1, 4] = 20.0
    (found,) = find_arguments(
        CueTags(emissions, [(0, 3)], neutral(CUE_LABELS)),
        {"role_cue": cues, "role_word": np.eye(3, dtype=np.float32)},
        [0],
        model=make_model(RoleWeights(products, offsets)),
    )
    assert (found.source, found.contents) == (source, ((2, 3),))


def test_contents_without_a_cue() -> None:
    """A line of a speech that goes on is a content of its own."""
    emissions = np.zeros((4, 5), np.float32)
    emissions[[0, 1, 2], [1, 2, 3]] = 20.0
    (found,) = find_loose(emissions, [(0, 4)], neutral(LOOSE_LABELS))
    assert (found.cue, found.source, found.contents) == (None, None, ((0, 3),))
