"""Raise the floors, or write the published figures.

usage: NEWSEXTRACT_CORPORA=FOLDER python -m tests.quality --update
       NEWSEXTRACT_CORPORA=FOLDER python -m tests.quality --report > docs/accuracy.md

``--update`` raises the floors to what is reached now and refuses to lower one.
"""

from __future__ import annotations

import argparse
import sys

import newsextract

from .corpora import VARIABLE, Measurement, corpora_folder
from .gate import update
from .report import write_report


def main() -> int:
    """Do what was asked and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--update", action="store_true", help="raise the floors")
    choice.add_argument("--report", action="store_true", help="print the published figures")
    args = parser.parse_args()
    folder = corpora_folder()
    if folder is None:
        parser.error(f"{VARIABLE} names no folder of corpora")
    measurement = Measurement(folder, newsextract.load())
    if args.update:
        refused = list(update(measurement, folder))
        print("\n".join(refused), end="\n" if refused else "", file=sys.stderr)
        return int(bool(refused))
    for line in write_report(measurement):
        print(line)
    return 0


sys.exit(main())
