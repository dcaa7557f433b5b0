"""``newsextract link``: link people and organizations across the articles of a store."""

from __future__ import annotations

import argparse
from typing import Any

from newsextract.cli import OK
from newsextract.cli.messages import note

DESCRIPTION = """\
Find the people and organizations that different articles share, and give each a stable key, stored
in the tables entities, entity_mentions and entity_merges of the target. Run it again after adding
articles: keys never change, and new articles are linked to them.
"""
EPILOG = """\
examples:
  newsextract link news.db
  newsextract link news.db --undo person/ann-lee-2
  newsextract link news.db --merge person/a-lee person/ann-lee

extract --known supplies your own keys, such as Wikidata's: they are kept and propagated.
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to ``subparsers``."""
    parser = subparsers.add_parser(
        "link",
        help="link people and organizations across articles",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    parser.add_argument(
        "target", metavar="TARGET", help="a database, or a folder of CSV or Parquet tables"
    )
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--undo", metavar="KEY", help="undo the merge of KEY into another key")
    group.add_argument(
        "--merge", nargs=2, metavar=("KEY", "INTO"), help="merge KEY into another key by hand"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Link the store and print a summary."""
    from newsextract.analysis.linking.stored import link_store, merge_keys, undo_merge
    from newsextract.io.sinks import name_target

    if args.undo is not None:
        summary = undo_merge(args.target, args.undo)
    elif args.merge is not None:
        summary = merge_keys(args.target, *args.merge)
    else:
        summary = link_store(args.target)
    note(f"{name_target(args.target)}: {summary}")
    for merge in summary.merges:
        note(f"{merge.key} is {merge.into} (by {merge.basis})")
    return OK
