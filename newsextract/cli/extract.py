"""``newsextract extract``: extract records from articles."""

from __future__ import annotations

import argparse
from typing import Any

from newsextract.cli.options import (
    add_extractor_options,
    add_read_options,
    check_paths,
    positive,
)
from newsextract.cli.output import FORMATS
from newsextract.errors import InputError
from newsextract.io.sinks.targets import TARGET_FORMATS

DESCRIPTION = """\
Extract records from articles and write them to standard output, one JSON object per line, or with
--to into a file, a folder of tables or a database, which stores each article once, however often
the run is interrupted and restarted.
"""
EPILOG = """\
examples:
  newsextract extract article.txt --format text
  newsextract extract articles/ more.jsonl > records.jsonl
  curl -s https://example.org/story.txt | newsextract extract - --published 2024-08-14
  newsextract extract dump.jsonl.gz --to news.db --workers 2
  newsextract extract dump/ --to tables/ --format parquet
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to ``subparsers``."""
    parser = subparsers.add_parser(
        "extract",
        help="extract records from articles",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="files, folders or globs of articles: text, HTML, JSON (Lines), CSV, XML, "
        "Parquet, WARC; - is standard input",
    )
    parser.add_argument(
        "--format",
        choices=tuple(dict.fromkeys(FORMATS + TARGET_FORMATS)),
        metavar="FORMAT",
        help="format of standard output: jsonl (default), json, text; with --to, if the name does "
        "not tell: csv, parquet, jsonl, sqlite, duckdb",
    )
    parser.add_argument(
        "--statements-only",
        action="store_true",
        help="omit stances (beliefs, wishes); keep statements only",
    )
    add_target_options(parser)
    add_read_options(parser)
    add_extractor_options(parser)
    parser.set_defaults(run=run)


def add_target_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of a run over many articles."""
    group = parser.add_argument_group("many articles")
    group.add_argument(
        "-o",
        "--to",
        metavar="TARGET",
        help="out.db, out.duckdb, out.jsonl, quotes.csv, news.xlsx, a folder, "
        "or postgresql://user@host/database",
    )
    group.add_argument(
        "--workers", type=positive, default=1, metavar="N", help="worker processes (default: 1)"
    )
    group.add_argument("--cluster", metavar="URL", help="use the workers of a Dask scheduler")
    group.add_argument(
        "--on-error",
        choices=("skip", "stop"),
        default="skip",
        help="continue after a failed article (default), or stop",
    )
    group.add_argument("--dedupe", action="store_true", help="skip duplicate articles")
    group.add_argument(
        "--english-only", action="store_true", help="skip articles in other languages"
    )
    group.add_argument(
        "--link", action="store_true", help="link people and organizations at the end of the run"
    )
    group.add_argument("--store-text", action="store_true", help="store the texts in the target")
    group.add_argument(
        "--csv-safe",
        action="store_true",
        help="put an apostrophe before CSV cells that look like formulas",
    )


def run(args: argparse.Namespace) -> int:
    """Read the articles and write their records; report those that failed."""
    check_format(args)
    check_paths(args.paths)
    from newsextract.cli.running import write_to_stdout, write_to_target

    return write_to_target(args) if args.to else write_to_stdout(args)


def check_format(args: argparse.Namespace) -> None:
    """Refuse options that do not fit the output.

    Raises:
        InputError: they do not.
    """
    allowed = TARGET_FORMATS if args.to else FORMATS
    if args.format is None:
        args.format = None if args.to else "jsonl"
    elif args.format not in allowed:
        use = "used with --to" if args.to else "used without --to"
        raise InputError(f"--format {args.format} cannot be {use}; choose {', '.join(allowed)}")
    if args.link and not args.to:
        raise InputError("--link needs a target: add --to")
    if args.store_text and not args.to:
        raise InputError("--store-text needs a target: add --to")
    if args.csv_safe and not args.to:
        raise InputError("--csv-safe needs a CSV target: add --to")
