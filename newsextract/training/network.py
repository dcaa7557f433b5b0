"""The network: MiniLM with word features at its input and one linear layer for all heads."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from newsextract.encoder.labels import CONVENTIONS, ENTITY_LABELS, TAGGERS, UPOS, bioes_tags
from newsextract.encoder.words import BREAKS, CASES, QUOTE_STATES

LINK_WIDTH = 64
ROLE_WIDTH = 128
ARC_WIDTH = 128
LABEL_WIDTH = 64

HEADS: dict[str, int] = {
    "entity": len(bioes_tags(ENTITY_LABELS)),
    **{name: len(bioes_tags(labels)) for name, labels in TAGGERS.items()},
    "upos": len(UPOS),
    "sentence": 2,
    "role_cue": ROLE_WIDTH,
    "role_word": ROLE_WIDTH,
    "mention": LINK_WIDTH,
    "antecedent": LINK_WIDTH,
    "dependent": ARC_WIDTH,
    "head": ARC_WIDTH,
    "dependent_label": LABEL_WIDTH,
    "head_label": LABEL_WIDTH,
}
"""Every head with its width; one layer computes them all for each word."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the transformer.

    With ``buckets`` the attention of every layer adds a score for how far two pieces are apart, as
    in MPNet (Song et al. 2020) and T5.
    """

    vocabulary: int = 30522
    width: int = 384
    inner: int = 1536
    layers: int = 6
    attention_heads: int = 12
    positions: int = 512
    dropout: float = 0.1
    buckets: int = 0
    epsilon: float = 1e-12


MINILM = Shape()
"""That of MiniLM-L6, which is shipped."""


def attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, *, heads: int) -> Tensor:
    """Return the values mixed by scaled dot-product attention; all are (batch, pieces, width)."""
    batch, length, width = query.shape
    split = (batch, length, heads, width // heads)
    query, key, value = (x.view(split).transpose(1, 2) for x in (query, key, value))
    scores = query @ key.transpose(2, 3) * query.shape[-1] ** -0.5
    if mask is not None:
        scores = scores + mask.to(scores.dtype)
    mixed: Tensor = (
        (torch.softmax(scores, -1) @ value).transpose(1, 2).reshape(batch, length, width)
    )
    return mixed


def relative_buckets(length: int, buckets: int, *, farthest: int = 128) -> Tensor:
    """Return the bucket of the distance of each pair of pieces, (pieces, pieces).

    Half of the buckets are for what stands after; of each half, half are single distances, the
    rest grow with the logarithm up to ``farthest`` (Raffel et al. 2020).
    """
    place = torch.arange(length)
    gaps = place[None, :] - place[:, None]
    half, single = buckets // 2, buckets // 4
    size = gaps.abs()
    share = torch.log(size.clamp(min=1) / single) / math.log(farthest / single)
    far = (single + share * (half - single)).long().clamp(max=half - 1)
    return (gaps > 0) * half + torch.where(size < single, size, far)


class Layer(nn.Module):
    """One transformer layer (Vaswani et al. 2017, norms after, as in BERT)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.attention_heads
        self.attend = attend
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width)
        self.output = nn.Linear(shape.width, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm_after = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Map ``x`` (batch, pieces, width).

        ``mask`` (batch, 1 or heads, 1 or pieces, pieces) is added to the scores of attention.
        """
        query, key, value = self.query_key_value(x).chunk(3, -1)
        mixed = self.attend(query, key, value, mask, heads=self.heads)
        x = self.norm(x + self.dropout(self.output(mixed)))
        inner = nn.functional.gelu(self.up(x))
        after: Tensor = self.norm_after(x + self.dropout(self.down(inner)))
        return after


class Network(nn.Module):
    """Word pieces with features in, the outputs of all heads for each word out."""

    def __init__(self, shape: Shape = MINILM) -> None:
        super().__init__()
        self.shape = shape
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.cases = nn.Embedding(len(CASES), shape.width)
        self.breaks = nn.Embedding(len(BREAKS), shape.width)
        self.quotes = nn.Embedding(len(QUOTE_STATES), shape.width)
        self.conventions = nn.Embedding(len(CONVENTIONS), shape.width)
        if shape.buckets:
            self.relative = nn.Embedding(shape.buckets, shape.attention_heads)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.dropout = nn.Dropout(shape.dropout)
        self.heads = nn.Linear(shape.width, sum(HEADS.values()))
        for table in (self.cases, self.breaks, self.quotes, self.conventions):
            nn.init.normal_(table.weight, std=0.01)

    def read_words(
        self,
        pieces: Tensor,
        features: Tensor,
        first: Tensor,
        *,
        padded: bool = True,
        convention: int | Tensor = 0,
    ) -> Tensor:
        """Return the state of each word (batch, words, width).

        Args:
            pieces: ids (batch, pieces), 0 where padded.
            features: case, break and quote state of each piece's word (batch, 3, pieces).
            first: position of each word's first piece (batch, words).
            padded: whether there may be padding, which is hidden then.
            convention: index into ``CONVENTIONS``, the same for the whole batch.
        """
        mask = (pieces == 0)[:, None, None, :].to(torch.float32) * -1e4 if padded else None
        if self.shape.buckets:
            far = self.relative(relative_buckets(pieces.shape[1], self.shape.buckets))
            far = far.permute(2, 0, 1)[None]
            mask = far if mask is None else mask + far
        place = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.positions(place) + self.cases(features[:, 0])
        x = x + self.breaks(features[:, 1]) + self.quotes(features[:, 2])
        x = x + self.conventions(torch.as_tensor(convention, device=x.device))
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        words = x.gather(1, first[:, :, None].expand(-1, -1, x.shape[2]))
        states: Tensor = self.dropout(words)
        return states


def split_heads(outputs: Tensor) -> dict[str, Tensor]:
    """Return the outputs of each head, views of the last axis."""
    parts = torch.split(outputs, list(HEADS.values()), dim=-1)
    return dict(zip(HEADS, parts, strict=True))
