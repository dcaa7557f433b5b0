"""From weights to the files of a model folder: an int8 ONNX network and what decoding needs."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from newsextract.encoder.evidence import WEIGHTS_FILE
from newsextract.training.losses import Decoding
from newsextract.training.network import HEADS, MINILM, Layer, Network, Shape, attend
from newsextract.training.restore import read_weights

OPSET = 17


class OneWindow(nn.Module):
    """The network for one window without padding: the form in which it is exported."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, pieces: Tensor, features: Tensor, first: Tensor, convention: Tensor
    ) -> Tensor:
        """Return (words, all heads) for pieces (n,), features (3, n), first (words,), and an index
        into ``CONVENTIONS``.
        """
        states = self.network.read_words(
            pieces[None], features[None], first[None], padded=False, convention=convention
        )
        outputs: Tensor = self.network.heads(states)
        return outputs[0]


class FusedAttention(torch.autograd.Function):
    """Attention, exported as one operator of ONNX Runtime, which is faster than its parts."""

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        """Return what :func:`attend` does, without a mask."""
        return attend(query, key, value, None, heads=heads)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        """Return the node of the exported graph."""
        node = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        return node.setType(query.type())


def attend_fused(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, *, heads: int
) -> Tensor:
    """Return what :func:`attend` does for one window, which needs no mask."""
    if mask is not None:
        raise ValueError("a network with a mask cannot be exported")
    fused: Any = FusedAttention
    mixed: Tensor = fused.apply(query, key, value, heads)
    return mixed


def load_weights(path: Path) -> tuple[Network, Decoding, list[str]]:
    """Return the modules of a file that training wrote, and the dependency labels."""
    state = read_weights(path)
    shape = Shape(**state["shape"]) if "shape" in state else MINILM
    network, decoding = Network(shape), Decoding(len(state["deprels"]))
    network.load_state_dict(state["network"])
    decoding.load_state_dict(state["decoding"])
    return network.eval(), decoding.eval(), state["deprels"]


def export_network(network: Network, target: Path) -> None:
    """Write ``network`` as float32 ONNX; afterwards it cannot be trained or given a mask."""
    for layer in network.layers:
        if isinstance(layer, Layer):
            layer.attend = attend_fused
    length, words = 32, 20
    example = (
        torch.randint(1000, 2000, (length,)),
        torch.zeros(3, length, dtype=torch.long),
        torch.arange(1, words + 1),
        torch.tensor(0),
    )
    torch.onnx.export(
        OneWindow(network),
        example,
        str(target),
        input_names=["pieces", "features", "first", "convention"],
        output_names=["heads"],
        dynamic_axes={"pieces": {0: "n"}, "features": {1: "n"}, "first": {0: "words"}},
        opset_version=OPSET,
        dynamo=False,
    )


def quantize(source: Path, target: Path) -> None:
    """Write the int8 form of a float32 network; the heads stay in float32.

    Weights keep seven bits a channel: processors without VNNI add pairs of eight-bit products in
    sixteen bits, which would overflow, and the figures would depend on the machine.
    """
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=_head_nodes(source),
        extra_options={"MatMulConstBOnly": True},
    )


def _head_nodes(source: Path) -> list[str]:
    graph = onnx.load(str(source)).graph
    keep = ("/heads/", "/cases/", "/breaks/", "/quotes/", "/positions/", "/conventions/")
    return [node.name for node in graph.node if any(part in node.name for part in keep)]


def decoding_arrays(decoding: Decoding) -> dict[str, np.ndarray[Any, Any]]:
    """Return what decoding needs beside the network, as plain arrays."""
    arrays: dict[str, Tensor] = {"arc_labels": decoding.arc_labels}
    arrays |= {"role_products": decoding.role_products, "role_offsets": decoding.role_offsets}
    arrays["antecedents_distance"] = decoding.antecedent_distances
    for name, crf in decoding.crfs().items():
        between, opening, closing = crf.scores()
        arrays |= {f"{name}_between": between, f"{name}_opening": opening}
        arrays[f"{name}_closing"] = closing
    return {name: array.detach().numpy().astype(np.float32) for name, array in arrays.items()}


def export_model(weights: Path, tokenizer: Path, target: Path, *, name: str) -> None:
    """Write a model folder: ``encoder.onnx``, ``decoding.npz``, ``tokenizer.json``, ``model.json``.

    Scores of quotes have to be fitted anew (``newsextract.training.fit_scores``).

    Args:
        weights: the file that training wrote.
        tokenizer: the ``tokenizer.json`` that the model was trained with.
        target: the folder to write.
        name: name and version, which every record carries.
    """
    target.mkdir(parents=True, exist_ok=True)
    network, decoding, deprels = load_weights(weights)
    with tempfile.TemporaryDirectory() as folder:
        float32 = Path(folder) / "float32.onnx"
        export_network(network, float32)
        quantize(float32, target / "encoder.onnx")
    arrays: dict[str, Any] = decoding_arrays(decoding)
    np.savez_compressed(target / "decoding.npz", **arrays)
    shutil.copyfile(tokenizer, target / "tokenizer.json")
    (target / WEIGHTS_FILE).unlink(missing_ok=True)  # fitted for the model that was there
    labels = {"name": name, "heads": HEADS, "deprels": deprels}
    (target / "model.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf8")
