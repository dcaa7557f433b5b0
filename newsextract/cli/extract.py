"""``newsextract extract``: articles in, records out."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from typing import Any

from newsextract.cli.options import add_extractor_options
from newsextract.cli.output import FORMATS

DESCRIPTION = """\
Read articles and write their records to standard output, one JSON object a line.
"""
EPILOG = """\
examples:
  newsextract extract article.txt --format text
  newsextract extract articles/ more.jsonl > records.jsonl
  curl -s https://example.org/story.txt | newsextract extract - --published 2024-08-14
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to ``subparsers``."""
    parser = subparsers.add_parser(
        "extract",
        help="read articles and write their records",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="files or folders of articles; - is standard input"
    )
    parser.add_argument(
        "--published",
        metavar="DATE",
        type=iso_date,
        help="publication date of the articles that bring none of their own (ISO 8601)",
    )
    parser.add_argument("--format", choices=FORMATS, default="jsonl", help="default: jsonl")
    parser.add_argument(
        "--statements-only", action="store_true", help="leave out what nobody said (mode: stance)"
    )
    add_extractor_options(parser)
    parser.set_defaults(run=run)


def iso_date(text: str) -> str:
    """Return ``text`` if it is an ISO 8601 date or date-time, for argparse."""
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date such as 2024-08-14 or 2024-08-14T07:46"
        ) from None
    return text


def run(args: argparse.Namespace) -> int:
    """Read the articles and write their records."""
    from newsextract.cli.options import load_extractor
    from newsextract.cli.output import write_records

    extractor = load_extractor(args)
    return 0
