"""Tests for the labels of repeated names."""

from __future__ import annotations

import numpy as np
import pytest

from newsextract.encoder.agreement import SHARE, agree

SCORES = np.array([[4, 0], [0, 2], [0, 2]], np.float32)


def test_a_repeated_name_moves_to_its_mean() -> None:
    """Both places of a name come nearer to each other, the word between stays."""
    moved = agree(SCORES, ["Ozola", "said", "Ozola"])
    assert np.allclose(moved[0], [4 - 2 * SHARE, SHARE])
    assert np.allclose(moved[2], [2 * SHARE, 2 - SHARE])
    assert (moved[1] == SCORES[1]).all()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["port", "said", "port"], "no name"),
        (["Ozola", "said", "Ozols"], "another name"),
        (["US", "said", "us"], "another word"),
        (["2", "said", "2"], "a number, which is a part of many names and of none"),
    ],
)
def test_other_words_stay(words: list[str], why: str) -> None:
    """Only the very same name counts."""
    assert (agree(SCORES, words) == SCORES).all(), why


def test_no_words() -> None:
    """A text of nothing has no scores to move."""
    assert agree(SCORES[:0], []).shape == (0, 2)
