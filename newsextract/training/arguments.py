"""The arguments of the commands that fit a small layer on corpora, as a model reads them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path


def read_arguments(
    argv: Sequence[str] | None, *, description: str | None, corpora: str, output: Path
) -> argparse.Namespace:
    """Return the ``corpora``, the folder of the ``model`` and the file of ``output``.

    Args:
        argv: the command line, by default that of the process.
        description: what the command does.
        corpora: what the files of the corpora are.
        output: where the weights go when nothing else is said.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("corpora", type=Path, nargs="+", help=corpora)
    parser.add_argument("--model", help="folder of the model; the shipped one when not given")
    parser.add_argument("--output", type=Path, default=output, help="the file of weights")
    return parser.parse_args(argv)
