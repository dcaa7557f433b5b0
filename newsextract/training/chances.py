"""How probable a teacher finds each tag of each word: what a student learns beside the labels.

Knowledge distillation (Hinton et al. 2015) over the layers of tags. A log-probability is kept in
one byte, in tenths, which is as much as a loss can tell apart.
"""

from __future__ import annotations

import base64

import numpy as np
from numpy.typing import NDArray

LAYERS = ("entity", "cue", "loose", "phrase", "upos", "sentence")
_STEPS = 10
_LEAST = 127


def pack_chances(scores: NDArray[np.float32]) -> str:
    """Return the tag scores (words, tags) of one layer as text."""
    tops = scores.max(1, keepdims=True)
    logs = scores - tops - np.log(np.exp(scores - tops).sum(1, keepdims=True))
    tenths = np.clip(np.rint(-_STEPS * logs), 0, _LEAST).astype(np.int8)
    return base64.b64encode(tenths.tobytes()).decode("ascii")


def read_tenths(packed: str, words: int) -> NDArray[np.int8]:
    """Return what :func:`pack_chances` kept, (words, tags)."""
    return np.frombuffer(base64.b64decode(packed), np.int8).reshape(words, -1)


def to_chances(tenths: NDArray[np.int8]) -> NDArray[np.float32]:
    """Return the probabilities, whose sum over the tags is 1."""
    chances = np.exp(-tenths.astype(np.float32) / _STEPS)
    shares: NDArray[np.float32] = chances / chances.sum(-1, keepdims=True)
    return shares
