"""``newsextract schema``: the JSON Schema of a record."""

from __future__ import annotations

import argparse
import json
from typing import Any

DESCRIPTION = """\
Print the JSON Schema (draft 2020-12) of the records that `newsextract extract` writes.
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to ``subparsers``."""
    parser = subparsers.add_parser(
        "schema", help="print the JSON Schema of a record", description=DESCRIPTION
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the schema."""
    from newsextract.records.schema import json_schema

    print(json.dumps(json_schema(), indent=2, ensure_ascii=False))
    return 0
