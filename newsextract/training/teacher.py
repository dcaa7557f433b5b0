"""Teachers: model folders, and networks of any size that no folder holds.

A network that training left as ``weights.pt`` is run as it is, in place of an exported one, so that
a large teacher need not be exported, nor be small enough to ship.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from newsextract.encoder.model import Model, load_model, slice_heads
from newsextract.encoder.windows import load_pieces
from newsextract.training.bases import TOKENIZER
from newsextract.training.export import OneWindow, decoding_arrays, load_weights
from newsextract.training.network import HEADS, Network


class TorchSession:
    """Runs a network where a session of ONNX Runtime is expected."""

    def __init__(self, network: Network) -> None:
        self._network = OneWindow(network)

    def run(self, outputs: list[str], feed: dict[str, NDArray[np.int64]]) -> list[NDArray[Any]]:
        """Return the outputs of all heads for one window, (words, width)."""
        names = ("pieces", "features", "first", "convention")
        tensors = (torch.from_numpy(feed[name]) for name in names)
        with torch.inference_mode():
            return [self._network(*tensors).float().numpy()]


def load_teacher(path: Path) -> Model:
    """Return the teacher at ``path``: a model folder, or a file of weights that training wrote.

    Raises:
        ModelError: neither can be read there.
    """
    if path.is_dir():
        return load_model(path)
    network, decoding, deprels = load_weights(path)
    session: Any = TorchSession(network)
    return Model(
        path.parent.name, slice_heads(HEADS), tuple(deprels), decoding_arrays(decoding),
        load_pieces(TOKENIZER), session,
    )  # fmt: skip
