"""The network: MiniLM with word features at its input and one linear layer for all heads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from newsextract.encoder.labels import ATTRIBUTION_LABELS, ENTITY_LABELS, UPOS, bioes_tags
from newsextract.encoder.words import BREAKS, CASES, QUOTE_STATES

LINK_WIDTH = 64
ARC_WIDTH = 128
LABEL_WIDTH = 64

HEADS: dict[str, int] = {
    "entity": len(bioes_tags(ENTITY_LABELS)),
    "attribution": len(bioes_tags(ATTRIBUTION_LABELS)),
    "upos": len(UPOS),
    "sentence": 2,
    "cue": LINK_WIDTH,
    "source": LINK_WIDTH,
    "content": LINK_WIDTH,
    "cue_of_content": LINK_WIDTH,
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
    """The sizes of the transformer."""

    vocabulary: int = 30522
    width: int = 384
    inner: int = 1536
    layers: int = 6
    attention_heads: int = 12
    positions: int = 512
    dropout: float = 0.1


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


class Layer(nn.Module):
    """One transformer layer (Vaswani et al. 2017, norms after, as in BERT)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.attention_heads
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width)
        self.output = nn.Linear(shape.width, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm_after = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Map ``x`` (batch, pieces, width); ``mask`` (batch, 1, 1, pieces) is added to scores."""
        query, key, value = self.query_key_value(x).chunk(3, -1)
        mixed = attend(query, key, value, mask, heads=self.heads)
        x = self.norm(x + self.dropout(self.output(mixed)))
        inner = nn.functional.gelu(self.up(x))
        after: Tensor = self.norm_after(x + self.dropout(self.down(inner)))
        return after


class Network(nn.Module):
    """Word pieces with features in, the outputs of all heads for each word out."""

    def __init__(self, shape: Shape = Shape()) -> None:
        super().__init__()
        self.shape = shape
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.cases = nn.Embedding(len(CASES), shape.width)
        self.breaks = nn.Embedding(len(BREAKS), shape.width)
        self.quotes = nn.Embedding(len(QUOTE_STATES), shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.dropout = nn.Dropout(shape.dropout)
        self.heads = nn.Linear(shape.width, sum(HEADS.values()))
        for table in (self.cases, self.breaks, self.quotes):
            nn.init.normal_(table.weight, std=0.01)

    def read_words(
        self, pieces: Tensor, features: Tensor, first: Tensor, *, padded: bool = True
    ) -> Tensor:
        """Return the state of each word (batch, words, width).

        Args:
            pieces: ids (batch, pieces), 0 where padded.
            features: case, break and quote state of each piece's word (batch, 3, pieces).
            first: position of each word's first piece (batch, words).
            padded: whether there may be padding, which is hidden then.
        """
        mask = (pieces == 0)[:, None, None, :].to(torch.float32) * -1e4 if padded else None
        place = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.positions(place) + self.cases(features[:, 0])
        x = x + self.breaks(features[:, 1]) + self.quotes(features[:, 2])
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


def load_base(network: Network, folder: Path) -> None:
    """Fill ``network`` with the BERT-style weights of ``folder`` (``model.safetensors``)."""
    base = {
        k.removeprefix("bert."): v.float()
        for k, v in load_file(folder / "model.safetensors").items()
    }
    state = network.state_dict()
    state["pieces.weight"] = base["embeddings.word_embeddings.weight"]
    token_type = base["embeddings.token_type_embeddings.weight"][0]
    state["positions.weight"] = base["embeddings.position_embeddings.weight"] + token_type
    state |= _pair("norm", base, "embeddings.LayerNorm")
    for i in range(network.shape.layers):
        old, new = f"encoder.layer.{i}", f"layers.{i}"
        attention = [f"{old}.attention.self.{part}" for part in ("query", "key", "value")]
        for kind in ("weight", "bias"):
            stacked = torch.cat([base[f"{part}.{kind}"] for part in attention])
            state[f"{new}.query_key_value.{kind}"] = stacked
        state |= _pair(f"{new}.output", base, f"{old}.attention.output.dense")
        state |= _pair(f"{new}.norm", base, f"{old}.attention.output.LayerNorm")
        state |= _pair(f"{new}.up", base, f"{old}.intermediate.dense")
        state |= _pair(f"{new}.down", base, f"{old}.output.dense")
        state |= _pair(f"{new}.norm_after", base, f"{old}.output.LayerNorm")
    network.load_state_dict(state)


def _pair(new: str, base: dict[str, Tensor], old: str) -> dict[str, Tensor]:
    return {f"{new}.{kind}": base[f"{old}.{kind}"] for kind in ("weight", "bias")}
