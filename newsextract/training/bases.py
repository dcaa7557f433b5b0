"""Base models that training begins from: BERT (MiniLM) and MPNet, of any size.

MPNet's vocabulary is BERT's behind four marks of its own; its embeddings are laid out as BERT's, so
that every base reads the same word pieces.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from newsextract.encoder.component import SHIPPED
from newsextract.encoder.model import CLS, MASK, PADDING, SEP
from newsextract.errors import InputError
from newsextract.training.network import Network, Shape

Weights = dict[str, Tensor]
TOKENIZER = SHIPPED / "tokenizer.json"
"""What cuts words into pieces for every base: MPNet's own file numbers them otherwise."""
_SHIFT = 4
"""Where BERT's vocabulary begins in MPNet's."""
_MARKS = {CLS: 0, PADDING: 1, SEP: 2}
_PARTS = {
    "bert": {
        "query": "attention.self.query", "key": "attention.self.key",
        "value": "attention.self.value", "output": "attention.output.dense",
        "norm": "attention.output.LayerNorm",
    },
    "mpnet": {
        "query": "attention.attn.q", "key": "attention.attn.k", "value": "attention.attn.v",
        "output": "attention.attn.o", "norm": "attention.LayerNorm",
    },
}  # fmt: skip
"""Where a layer of each kind keeps what ``Layer`` has under another name."""
_SHARED = {"up": "intermediate.dense", "down": "output.dense", "norm_after": "output.LayerNorm"}


def read_shape(folder: Path) -> Shape:
    """Return the sizes of the base in ``folder``, from its ``config.json``.

    Raises:
        InputError: it is no BERT and no MPNet.
    """
    about = json.loads((folder / "config.json").read_text(encoding="utf8"))
    kind = about.get("model_type")
    if kind not in _PARTS:
        raise InputError(f"{folder} is a base of kind {kind}: give one of {', '.join(_PARTS)}")
    return Shape(
        width=about["hidden_size"],
        inner=about["intermediate_size"],
        layers=about["num_hidden_layers"],
        attention_heads=about["num_attention_heads"],
        buckets=about["relative_attention_num_buckets"] if kind == "mpnet" else 0,
        epsilon=about["layer_norm_eps"],
    )


def load_base(network: Network, folder: Path) -> None:
    """Fill ``network``, of the shape of :func:`read_shape`, with the weights of ``folder``."""
    kind = "mpnet" if network.shape.buckets else "bert"
    stored = load_file(folder / "model.safetensors")
    base = {name.removeprefix(f"{kind}."): value.float() for name, value in stored.items()}
    state: Weights = network.state_dict()
    state |= _mpnet_embeddings(base) if kind == "mpnet" else _bert_embeddings(base)
    state |= _pair("norm", base, "embeddings.LayerNorm")
    for number in range(network.shape.layers):
        state |= _layer(base, f"encoder.layer.{number}", f"layers.{number}", kind)
    network.load_state_dict(_with_unit_norm(state, network.shape.layers - 1))


def _with_unit_norm(state: Weights, last: int) -> Weights:
    """Return ``state`` with the last norm scaled so that its weights average 1.

    Models of sentence embeddings end in states of a tenth of that size, from which new heads
    learn ten times as slowly.
    """
    names = [f"layers.{last}.norm_after.{sort}" for sort in ("weight", "bias")]
    scale = 1 / state[names[0]].mean()
    return state | {name: state[name] * scale for name in names}


def _bert_embeddings(base: Weights) -> Weights:
    token_type = base["embeddings.token_type_embeddings.weight"][0]
    return {
        "pieces.weight": base["embeddings.word_embeddings.weight"],
        "positions.weight": base["embeddings.position_embeddings.weight"] + token_type,
    }


def _mpnet_embeddings(base: Weights) -> Weights:
    own = base["embeddings.word_embeddings.weight"]
    pieces = own[_SHIFT:-1].clone()
    for mark, at in (*_MARKS.items(), (MASK, len(own) - 1)):
        pieces[mark] = own[at]
    return {
        "pieces.weight": pieces,
        "positions.weight": base["embeddings.position_embeddings.weight"][2:],
        "relative.weight": base["encoder.relative_attention_bias.weight"],
    }


def _layer(base: Weights, old: str, new: str, kind: str) -> Weights:
    parts = {**_PARTS[kind], **_SHARED}
    attention = [f"{old}.{parts[part]}" for part in ("query", "key", "value")]
    state = {
        f"{new}.query_key_value.{sort}": torch.cat([base[f"{part}.{sort}"] for part in attention])
        for sort in ("weight", "bias")
    }
    for part in ("output", "norm", "up", "down", "norm_after"):
        state |= _pair(f"{new}.{part}", base, f"{old}.{parts[part]}")
    return state


def _pair(new: str, base: Weights, old: str) -> Weights:
    return {f"{new}.{sort}": base[f"{old}.{sort}"] for sort in ("weight", "bias")}
