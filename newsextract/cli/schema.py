"""``newsextract schema``: print the JSON Schema of records, or Datasette metadata."""

from __future__ import annotations

import argparse
import json
from typing import Any

DESCRIPTION = """\
Print the JSON Schema (draft 2020-12) of the records that `newsextract extract` writes, or with
--datasette, Datasette metadata for a database of them: newsextract schema --datasette news >
news.json, then datasette news.db --metadata news.json.
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to ``subparsers``."""
    parser = subparsers.add_parser(
        "schema", help="print the JSON Schema of a record", description=DESCRIPTION
    )
    parser.add_argument(
        "--datasette",
        metavar="NAME",
        help="print Datasette metadata for the database NAME (the file's name without ending)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the schema or the metadata."""
    from newsextract.io.sinks.datasette import describe_tables
    from newsextract.records.schema import json_schema

    value = json_schema() if args.datasette is None else describe_tables(args.datasette)
    print(json.dumps(value, indent=2, ensure_ascii=False))
    return 0
