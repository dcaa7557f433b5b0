"""Weights to go on from: those that a run wrote, or those of a model folder, made float again."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from newsextract.errors import ModelError
from newsextract.training.crf import LineCrf
from newsextract.training.losses import Decoding

_PRODUCT = re.compile(r"((?:layers\.\d+/)?(?:query_key_value|output|up|down|heads))/MatMul")
_EMBEDDED = "pieces.weight"
Arrays = dict[str, Any]


def read_weights(path: Path) -> dict[str, Any]:
    """Return the state of the modules in a file that training wrote, or in a model folder.

    The weights of a model folder are those of its int8 network: close to what training had.

    Raises:
        ModelError: the file or the folder cannot be read as such.
    """
    try:
        if path.is_dir():
            return _read_folder(path)
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        return state
    except Exception as error:
        raise ModelError(f"{path} has no weights to go on from: {error}") from error


def _read_folder(folder: Path) -> dict[str, Any]:
    deprels = json.loads((folder / "model.json").read_text(encoding="utf8"))["deprels"]
    decoding = Decoding(len(deprels))
    with np.load(folder / "decoding.npz", allow_pickle=False) as arrays:
        _fill_decoding(decoding, {name: torch.from_numpy(arrays[name]) for name in arrays.files})
    return {
        "network": _network_state(onnx.load(str(folder / "encoder.onnx")).graph),
        "decoding": decoding.state_dict(),
        "deprels": deprels,
    }


def _network_state(graph: onnx.GraphProto) -> dict[str, Tensor]:
    """Return the parameters of the network whose exported graph this is."""
    arrays: Arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    state = {
        name.removeprefix("network."): torch.tensor(array)
        for name, array in arrays.items()
        if name.startswith("network.") and "_" not in name.rpartition(".")[2]
    }
    state[_EMBEDDED] = torch.tensor(_dequantize(arrays, f"network.{_EMBEDDED}_quantized"))
    for node in graph.node:
        product = _PRODUCT.search(node.name)
        if product and len(node.input) > 1 and node.input[1] in arrays:
            weight = _dequantize(arrays, node.input[1]).T
            state[f"{product[1].replace('/', '.')}.weight"] = torch.tensor(weight)
    return state


def _dequantize(arrays: Arrays, name: str) -> Any:
    """Return an array as float32, with the scale and zero point that stand beside it."""
    stem, quantized, _ = name.rpartition("_quantized")
    array = np.asarray(arrays[name], np.float32)
    if not quantized:
        return array
    return (array - arrays[f"{stem}_zero_point"]) * arrays[f"{stem}_scale"]


def _fill_decoding(decoding: Decoding, arrays: dict[str, Tensor]) -> None:
    with torch.no_grad():
        decoding.arc_labels.copy_(arrays["arc_labels"])
        decoding.role_products.copy_(arrays["role_products"])
        decoding.role_offsets.copy_(arrays["role_offsets"])
        decoding.antecedent_distances.copy_(arrays["antecedents_distance"])
        for name, crf in decoding.crfs().items():
            _fill_crf(crf, arrays, name)


def _fill_crf(crf: LineCrf, arrays: dict[str, Tensor], name: str) -> None:
    """Take the scores of what is legal; what is illegal has none."""
    parts = (
        (crf.transitions, crf.illegal, "between"),
        (crf.opening, crf.unopened, "opening"),
        (crf.closing, crf.unclosed, "closing"),
    )
    for parameter, sunk, part in parts:
        parameter.copy_(torch.where(sunk == 0, arrays[f"{name}_{part}"], torch.zeros_like(sunk)))
