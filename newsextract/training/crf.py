"""A linear-chain conditional random field over the lines of a text (Lafferty et al. 2001)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from newsextract.encoder.labels import bioes_tags, legal_transitions

FORBIDDEN = -1e4


class LineCrf(nn.Module):
    """Scores of one tag after another; illegal sequences have no weight."""

    def __init__(self, labels: tuple[str, ...]) -> None:
        super().__init__()
        size = len(bioes_tags(labels))
        legal, opens = legal_transitions(labels)
        self.transitions = nn.Parameter(torch.zeros(size, size))
        self.opening = nn.Parameter(torch.zeros(size))
        self.closing = nn.Parameter(torch.zeros(size))
        self.illegal: Tensor
        self.unopened: Tensor
        self.unclosed: Tensor
        self.register_buffer("illegal", torch.from_numpy(~legal) * FORBIDDEN)
        self.register_buffer("unopened", torch.from_numpy(~opens) * FORBIDDEN)
        self.register_buffer("unclosed", torch.from_numpy(~legal[:, 0]) * FORBIDDEN)

    def scores(self) -> tuple[Tensor, Tensor, Tensor]:
        """Return transition (from, to), opening and closing scores with the illegal ones sunk."""
        return (
            self.transitions + self.illegal,
            self.opening + self.unopened,
            self.closing + self.unclosed,
        )

    def forward(self, emissions: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Return the negative log-likelihood of each line.

        Args:
            emissions: (lines, words, tags), float32.
            tags: right tags (lines, words); what is past a line's length is ignored.
            lengths: words of each line, at least 1, falling.
        """
        between, opening, closing = self.scores()
        rows = torch.arange(len(lengths), device=lengths.device)
        alpha = opening + emissions[:, 0]
        gold = (opening[tags[:, 0]] + emissions[rows, 0, tags[:, 0]]).clone()
        live = len(lengths)
        sizes = lengths.tolist()
        done, ends = [], []
        for i in range(1, emissions.shape[1]):
            while live and sizes[live - 1] <= i:
                live -= 1
            if live < len(alpha):
                done.append(alpha[live:])
                ends.append(gold[live:])
                alpha, gold = alpha[:live], gold[:live]
            here, before = tags[:live, i], tags[:live, i - 1]
            gold = gold + between[before, here] + emissions[rows[:live], i, here]
            alpha = torch.logsumexp(alpha[:, :, None] + between, 1) + emissions[:live, i]
        alphas = torch.cat([alpha, *reversed(done)])
        golds = torch.cat([gold, *reversed(ends)])
        last = tags[rows, lengths - 1]
        return torch.logsumexp(alphas + closing, 1) - golds - closing[last]
