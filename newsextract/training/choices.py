"""Fitting a scorer of candidates on mentions whose right candidates are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from newsextract.stages.scorer import Scorer

if TYPE_CHECKING:
    from numpy.typing import NDArray

HIDDEN = 16
NETWORKS = 4
RATE = 0.015
SPREAD = 0.25
BLIND = 3
"""Every so many examples one is seen again without the encoder's scores."""
_MOST = 30.0
"""The highest score whose exponential is taken."""


@dataclass(frozen=True, slots=True)
class Example:
    """A mention with the features of its candidates, (candidates, features)."""

    rows: NDArray[np.float32]
    right: NDArray[np.bool_]


def with_blind(examples: Sequence[Example], features: Sequence[str]) -> list[Example]:
    """Return the examples, and some again without the encoder's scores, which texts may lack."""
    keep = np.array([not name.startswith("network") for name in features], np.float32)
    return [*examples, *(Example(e.rows * keep, e.right) for e in examples[::BLIND])]


def fit_networks(
    examples: Sequence[Example],
    *,
    steps: int,
    penalty: float,
    weigh: Callable[[Example], float] = lambda example: 1.0,
) -> Scorer:
    """Return the scorer that makes the right candidates likely (softmax over them, Adam).

    Several right candidates share what is right: those that the gold does not tell apart. The
    networks are fitted side by side, each with a loss of its own, and then are one.

    Args:
        examples: mentions with their candidates.
        steps: of Adam over all examples.
        penalty: of the squares of the weights.
        weigh: how much an example counts.
    """
    rows = torch.from_numpy(np.concatenate([example.rows for example in examples]))
    right = torch.from_numpy(np.concatenate([example.right for example in examples]))[:, None]
    sizes = torch.tensor([len(example.right) for example in examples])
    owner = torch.repeat_interleave(torch.arange(len(examples)), sizes)
    worth = torch.tensor([[weigh(example)] for example in examples]) / len(examples)
    parts = hidden, bias, output, direct = _start(rows.shape[1])
    optimizer = torch.optim.Adam(parts, RATE)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.1, steps)

    def sum_up(values: Tensor) -> Tensor:
        return torch.zeros(len(examples), NETWORKS).index_add(0, owner, values)

    for _ in range(steps):
        active = torch.relu(rows @ hidden + bias).view(len(rows), NETWORKS, HIDDEN)
        scores = (active * output).sum(2) + rows @ direct
        shares = torch.exp(scores.clamp(-_MOST, _MOST))
        likely = torch.log(sum_up(shares * right) + 1e-30) - torch.log(sum_up(shares))
        squares = sum(part.square().sum() for part in (hidden, output, direct))
        loss = penalty / 2 * squares - (worth * likely).sum()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
    hidden, bias, output, direct = (part.detach() for part in parts)
    mean = (hidden, bias, output.ravel() / NETWORKS, direct.mean(1))
    return Scorer(*(part.numpy() for part in mean))


def _start(features: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return what the networks begin with: ``hidden``, ``bias``, ``output`` and ``direct``."""
    draw = torch.Generator().manual_seed(0)
    hidden = SPREAD * torch.randn(features, NETWORKS * HIDDEN, generator=draw)
    output = SPREAD * torch.randn(NETWORKS, HIDDEN, generator=draw)
    bias, direct = torch.full((NETWORKS * HIDDEN,), 0.1), torch.zeros(features, NETWORKS)
    parts = (hidden, bias, output, direct)
    for part in parts:
        part.requires_grad_()
    return parts
