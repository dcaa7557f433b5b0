"""``newsextract train``: train a model on your own corpora."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from typing import Any

from newsextract.cli import OK
from newsextract.errors import InputError, import_extra

DESCRIPTION = """\
Train a model on the corpora in a folder and write a model folder, which --model of the other
commands and newsextract.load(model=...) take. Needs pip install 'newsextract[train]'.

The folder has one or more of entities/, press/, attribution/, syntax/ and coreference/, each with
files NAME_train and NAME_dev, and texts/ with articles that --teacher labels; docs/training.md
describes the formats. An unfinished run in --work is resumed.
"""
_FOLDERS = ("entities", "press", "attribution", "syntax", "coreference", "texts")


def add_parser(subparsers: Any) -> None:
    """Add the command to ``subparsers``."""
    parser = subparsers.add_parser(
        "train",
        help="train a model on your own corpora",
        description=DESCRIPTION,
    )
    parser.add_argument("corpora", metavar="DIR", help="the folder of corpora")
    parser.add_argument(
        "-o", "--to", dest="output", metavar="DIR", required=True, help="the model folder to write"
    )
    parser.add_argument(
        "--work",
        metavar="DIR",
        default="work",
        help="prepared data and checkpoints (default: work)",
    )
    parser.add_argument(
        "--base",
        metavar="DIR",
        help="folder of a BERT or MPNet base (default: MiniLM-L6)",
    )
    parser.add_argument(
        "--from",
        dest="start",
        metavar="MODEL",
        help="start from a model folder, the weights.pt of another run, or 'shipped'",
    )
    parser.add_argument(
        "--teacher",
        metavar="MODEL",
        help="labels what corpora lack: a model folder, a weights.pt, or 'shipped'",
    )
    parser.add_argument(
        "--epochs", metavar="CORPUS=N", action="append", default=[], help="passes over a corpus"
    )
    parser.add_argument(
        "--frozen", action="store_true", help="train the output heads only; freeze the encoder"
    )
    parser.add_argument("--rate", type=float, default=2e-4, help="learning rate (default: 2e-4)")
    parser.add_argument("--seed", type=int, default=1, help="random seed (default: 1)")
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"), help="default: cpu")
    parser.add_argument("--name", default="own-model", help="model name written into every record")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prepare, train and export."""
    folder = Path(args.corpora)
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder")
    import_extra("torch", "train")
    if not any((folder / name).is_dir() for name in _FOLDERS):
        raise InputError(f"{folder}: no corpora found: it has none of {'/, '.join(_FOLDERS)}/")
    from newsextract.training.prepare import prepare
    from newsextract.training.run import find_model, train_model
    from newsextract.training.teacher import load_teacher

    logging.basicConfig(level=logging.ERROR, format="%(asctime)s %(message)s", stream=sys.stderr)
    logging.getLogger("newsextract").setLevel(logging.INFO)
    work = Path(args.work)
    work.mkdir(parents=True, exist_ok=True)
    prepared = work / "prepared.jsonl.gz"
    if not prepared.exists():
        teacher = load_teacher(find_model(args.teacher)) if args.teacher else None
        prepare(folder, prepared, teacher=teacher)
    train_model(prepared, args)
    return OK
