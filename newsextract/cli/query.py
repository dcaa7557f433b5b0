"""``newsextract query``: query a store for who said what."""

from __future__ import annotations

import argparse
import csv
import dataclasses
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO

from newsextract.cli import OK
from newsextract.cli.options import positive
from newsextract.cli.parser import terminal_width
from newsextract.errors import InputError
from newsextract.records.jsontext import print_json
from newsextract.views.terminal import clean

if TYPE_CHECKING:
    from newsextract.io.stores import Answer, Store

DESCRIPTION = """\
Query what a run stored: who said what, about whom, when and where. Without conditions, list
everything.
"""
EPILOG = """\
examples:
  newsextract query news.db --speaker "Ann Lee" --about harbour --since 2024-03
  newsextract query news.db --list people --gender female --format csv > women.csv
  newsextract query tables/ --country NO --kind direct --format jsonl

A name matches in whole words, in any case, with or without accents: --speaker lee finds Ann Lee.
"""
FORMATS = ("table", "csv", "jsonl")
_QUESTIONS = ("speaker", "about", "since", "until", "country", "kind", "mode", "gender")
_OF_ARTICLES = ("since", "until", "country")
_SHOWN = {
    "quotes": ("published", "speaker", "kind", "content"),
    "people": ("quotes", "articles", "gender", "name"),
    "articles": ("published", "quotes", "country", "title"),
}


def add_parser(subparsers: Any) -> None:
    """Add the command to ``subparsers``."""
    parser = subparsers.add_parser(
        "query",
        help="query stored records: who said what about whom",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    parser.add_argument("target", metavar="TARGET", help="what extract --to wrote")
    parser.add_argument(
        "--list", choices=tuple(_SHOWN), default="quotes", help="what to list (default: quotes)"
    )
    parser.add_argument("--speaker", metavar="NAME", help="who said it: a name, or a key")
    parser.add_argument("--about", metavar="NAME", help="whom or what the content mentions")
    parser.add_argument("--since", metavar="DATE", help="published then or later: 2024, 2024-08-14")
    parser.add_argument("--until", metavar="DATE", help="published then or earlier")
    parser.add_argument("--country", metavar="CODE", help="the article is set there: NO, US")
    parser.add_argument("--kind", choices=("direct", "mixed", "indirect"))
    parser.add_argument("--mode", choices=("statement", "stance"))
    parser.add_argument("--gender", choices=("female", "male"), help="of the speaker")
    parser.add_argument("--limit", type=positive, metavar="N", help="list only the first N")
    parser.add_argument("--format", choices=FORMATS, default="table", help="default: table")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the answer to standard output."""
    from newsextract.io.stores import open_store

    with open_store(args.target) as store:
        answer = _ask(store, args)
        _WRITERS[args.format](answer, islice(answer, args.limit), args)
    return OK


def _ask(store: Store, args: argparse.Namespace) -> Answer[Any]:
    questions = {name: getattr(args, name) for name in _QUESTIONS}
    given = {name: value for name, value in questions.items() if value is not None}
    if args.list == "articles":
        if other := given.keys() - set(_OF_ARTICLES):
            names = ", ".join(f"--{name}" for name in sorted(other))
            raise InputError(f"{names} cannot be used with --list articles")
        return store.articles(**given)
    return store.people(**given) if args.list == "people" else store.quotes(**given)


def _write_csv(answer: Answer[Any], rows: Iterable[Any], args: argparse.Namespace) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(dataclasses.astuple(row) for row in rows)


def _write_lines(answer: Answer[Any], rows: Iterable[Any], args: argparse.Namespace) -> None:
    for row in rows:
        print(print_json(dataclasses.asdict(row)))


def _write_table(answer: Answer[Any], rows: Iterable[Any], args: argparse.Namespace) -> None:
    names = _SHOWN[args.list]
    cells = [[_cell(getattr(row, name)) for name in names] for row in rows]
    for line in _lay_out([list(names), *cells], sys.stdout):
        print(line)


def _cell(value: Any) -> str:
    return "" if value is None else clean(str(value))


def _lay_out(rows: list[list[str]], out: TextIO) -> Iterator[str]:
    """Yield rows as aligned lines; the last column is cut only on a terminal."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
    for row in rows:
        head = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        line = f"{head}  {row[-1]}".rstrip()
        widest = terminal_width()
        yield line[: widest - 1] + "…" if out.isatty() and len(line) > widest else line


_WRITERS: dict[str, Callable[[Answer[Any], Iterable[Any], argparse.Namespace], None]] = {
    "table": _write_table,
    "csv": _write_csv,
    "jsonl": _write_lines,
}
