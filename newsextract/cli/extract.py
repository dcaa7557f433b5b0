"""``newsextract extract``: articles in, records out."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from newsextract.cli import ARTICLE_FAILED, OK
from newsextract.cli.options import add_extractor_options, add_read_options, read_options
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
    parser.add_argument("--format", choices=FORMATS, default="jsonl", help="default: jsonl")
    parser.add_argument(
        "--statements-only", action="store_true", help="leave out what nobody said (mode: stance)"
    )
    add_read_options(parser)
    add_extractor_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read the articles and write their records; report those that failed."""
    from newsextract.cli.options import load_extractor
    from newsextract.cli.output import write_records
    from newsextract.cli.stream import Progress, Stream
    from newsextract.readers import ReadOptions, read_articles
    from newsextract.statements import keep_statements

    articles = read_articles(args.paths, ReadOptions(**read_options(args)))
    with Progress(articles, out=sys.stderr) as progress:
        stream = Stream(load_extractor(args), progress)
        records = stream.records(articles)
        if args.statements_only:
            records = map(keep_statements, records)
        write_records(records, form=args.format, out=sys.stdout)
    return ARTICLE_FAILED if stream.failed else OK
