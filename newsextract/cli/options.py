"""Options that several commands share, and the extractor that they describe."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsextract.extractor import Extractor


def add_extractor_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of :func:`newsextract.load` to ``parser``."""
    group = parser.add_argument_group("reading")
    group.add_argument("--model", metavar="DIR", help="a model of your own (default: the shipped)")
    group.add_argument("--known", metavar="FILE", help="your people and organisations: CSV, JSONL")
    group.add_argument("--gazetteer", metavar="FILE", help="a gazetteer of your own")
    group.add_argument("--home", metavar="CODE", help="where the paper is local: US, US-LA")
    group.add_argument(
        "--day-first",
        action=argparse.BooleanOptionalAction,
        help="read 3/5/2024 as 3 May, or not (default: by the article's own evidence)",
    )
    group.add_argument(
        "--threads", type=positive, default=default_threads(), help="threads of the model"
    )


def load_extractor(args: argparse.Namespace) -> Extractor:
    """Return the extractor that ``args`` describe."""
    from newsextract.extractor import load

    return load(
        args.model,
        known=args.known,
        gazetteer=args.gazetteer,
        home=args.home,
        day_first=args.day_first,
        threads=args.threads,
    )


def default_threads() -> int:
    """Return the number of cores, at most four: more do not help a model this small."""
    return min(4, os.cpu_count() or 1)


def positive(text: str) -> int:
    """Return ``text`` as a number of one or more, for argparse."""
    value = int(text) if text.isdecimal() else 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of one or more")
    return value
