"""Tests for the labels of repeated names."""

from __future__ import annotations

import numpy as np
import pytest

from newsextract.encoder.agreement import SHARE, agree

SCORES = np.array([[4, 0], [0, 2], [0, 2]], np.float32)


@pytest.mark.parametrize("name", ["Ozola", "9/11"])
def test_a_repeated_name_moves_to_its_mean(name: str) -> None:
    """Both places of a name come nearer to each other, the word between stays."""
    moved = agree(SCORES, [name, "said", name])
    assert np.allclose(moved[0], [4 - 2 * SHARE, SHARE])
    assert np.allclose(moved[2], [2 * SHARE, 2 - SHARE])
    assert (moved[1] == SCORES[1]).all()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["port", "said", "port"], "no name"),
        (["Ozola", "said", "Ozols"], "another name"),
        (["US", "said", "us"], "another word"),
    ],
)
def test_other_words_stay(words: list[str], why: str) -> None:
    """Only the very same name counts."""
    assert (agree(SCORES, words) == SCORES).all(), why


def test_no_words() -> None:
    """A text of nothing has no scores to move."""
    assert agree(SCORES[:0], []).shape == (0, 2)
