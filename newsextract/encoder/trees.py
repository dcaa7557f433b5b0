"""Dependency trees: the best tree of a sentence's arc scores, and the labels of its arcs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def arc_scores(dependents: Floats, heads: Floats) -> Floats:
    """Return (words, words): how well each word (row) hangs on each (column), itself for root.

    The biaffine scorer of Dozat and Manning (2017), its weights folded into both vectors.
    """
    scores: Floats = dependents @ heads.T / np.float32(dependents.shape[1] ** 0.5)
    return scores


def best_tree(scores: Floats) -> list[int]:
    """Return the head of each word in the best tree with one root, whose head is itself."""
    heads: list[int] = scores.argmax(1).tolist()
    if sum(h == i for i, h in enumerate(heads)) == 1 and _find_cycle(heads) is None:
        return heads
    root = int(np.diagonal(scores).argmax())
    work = scores.astype(np.float64)
    np.fill_diagonal(work, -np.inf)
    work[root] = -np.inf
    work[root, root] = 0.0
    return _maximum_spanning_tree(work, root)


def _find_cycle(heads: list[int]) -> list[int] | None:
    """Return the words of one cycle; a root, its own head, is none."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        path, at = [], start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            if heads[at] == at:
                break
            at = heads[at]
        if state[at] == 1 and heads[at] != at and at in path:
            return path[path.index(at) :]
        for word in path:
            state[word] = 2
    return None


def _maximum_spanning_tree(scores: NDArray[np.float64], root: int) -> list[int]:
    """Chu and Liu (1965), Edmonds (1967): contract a cycle, solve the rest, open it again."""
    heads: list[int] = scores.argmax(1).tolist()
    heads[root] = root
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(scores), bool)
    ring = np.array(cycle)
    inside[ring] = True
    outside = np.flatnonzero(~inside)
    kept = scores[ring, np.array(heads)[ring]]
    smaller = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, ring)]
    smaller[:-1, -1] = leaving.max(1)
    entering = scores[np.ix_(ring, outside)] - kept[:, None]
    smaller[-1, :-1] = entering.max(0)
    contracted = _maximum_spanning_tree(smaller, int(np.searchsorted(outside, root)))
    for small, word in enumerate(outside.tolist()):
        head = contracted[small]
        heads[word] = (
            cycle[int(leaving[small].argmax())] if head == len(outside) else int(outside[head])
        )
    heads[root] = root
    entry = contracted[-1]
    broken = cycle[int(entering[:, entry].argmax())]
    heads[broken] = int(outside[entry])
    return heads


def best_labels(below: Floats, above: Floats, heads: list[int], weights: Floats) -> list[int]:
    """Return the index of the best label of each word's arc.

    Args:
        below: vectors of the words as dependents (words, width).
        above: vectors of the words as heads (words, width).
        heads: the head of each word.
        weights: (labels, width + 1, width + 1), the last row and column for the bias.
    """
    one = np.ones((len(heads), 1), np.float32)
    left, right = np.hstack([below, one]), np.hstack([above[heads], one])
    size = weights.shape[1]
    mixed = (left @ weights.transpose(1, 0, 2).reshape(size, -1)).reshape(len(heads), -1, size)
    best: list[int] = (mixed @ right[:, :, None])[:, :, 0].argmax(1).tolist()
    return best
