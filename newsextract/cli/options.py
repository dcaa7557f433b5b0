"""Options shared by several commands, and the extractor they configure."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from newsextract.article import to_iso
from newsextract.errors import InputError

if TYPE_CHECKING:
    from spacy.language import Language

    from newsextract.loading import ExtractorLoader
    from newsextract.parallel.chunks import Extracts

INPUT_FORMATS = ("txt", "html", "jsonl", "json", "csv", "parquet", "warc", "xml")


def add_extractor_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of :func:`newsextract.load` to ``parser``."""
    group = parser.add_argument_group("extraction")
    group.add_argument(
        "--model", metavar="DIR", help="folder of your own model (default: the shipped one)"
    )
    group.add_argument(
        "--known", metavar="FILE", help="CSV or JSONL list of your people and organizations"
    )
    group.add_argument("--gazetteer", metavar="FILE", help="your own gazetteer")
    group.add_argument(
        "--home",
        metavar="CODE",
        help="where the publisher is: US, US-LA; favors places near it",
    )
    group.add_argument(
        "--day-first",
        action=argparse.BooleanOptionalAction,
        help="read 3/5/2024 as 3 May or March 5 (default: by other dates in the article)",
    )
    group.add_argument(
        "--threads",
        type=positive,
        metavar="N",
        help="threads of the model (default: one per core, at most 4; 1 with --workers)",
    )


def make_loader(args: argparse.Namespace) -> ExtractorLoader:
    """Return a picklable loader for the extractor that ``args`` configure."""
    from newsextract.loading import ExtractorLoader

    alone = getattr(args, "workers", 1) == 1 and not getattr(args, "cluster", None)
    return ExtractorLoader(
        model=args.model,
        known=args.known,
        gazetteer=args.gazetteer,
        home=args.home,
        day_first=args.day_first,
        threads=args.threads or (None if alone else 1),
        statements_only=getattr(args, "statements_only", False),
    )


def load_extractor(args: argparse.Namespace) -> Extracts:
    """Return the extractor that ``args`` configure."""
    return make_loader(args).load()


def make_pipeline(args: argparse.Namespace) -> Language:
    """Return the spaCy pipeline that ``args`` describe."""
    from newsextract import pipeline

    return pipeline.make_pipeline(args.model, threads=args.threads)


def add_read_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of :func:`newsextract.io.readers.read_articles` to ``parser``."""
    group = parser.add_argument_group("input")
    group.add_argument(
        "--published",
        metavar="DATE",
        type=iso_date,
        help="publication date of articles that have none (ISO 8601)",
    )
    group.add_argument(
        "--field",
        action="append",
        default=[],
        metavar="OURS=THEIRS",
        type=field_name,
        help="read a field under another name: text=body, published=date",
    )
    group.add_argument(
        "--input-format",
        choices=INPUT_FORMATS,
        metavar="FORMAT",
        help=f"format of every input, whatever its ending: {', '.join(INPUT_FORMATS)}",
    )
    group.add_argument(
        "--quoting",
        action=argparse.BooleanOptionalAction,
        help="whether fields of CSV and TSV may be quoted (default: CSV yes, TSV if the header is)",
    )
    group.add_argument("--encoding", default="utf-8", help="of text files (default: utf-8)")
    group.add_argument(
        "--mend", action="store_true", help="repair mojibake first (needs newsextract[text])"
    )


def read_options(args: argparse.Namespace) -> dict[str, Any]:
    """Return the arguments of ``ReadOptions`` that ``args`` hold."""
    return {
        "fields": dict(args.field),
        "input_format": args.input_format,
        "encoding": args.encoding,
        "published": args.published,
        "mend": args.mend,
        "day_first": getattr(args, "day_first", None),
        "quoting": args.quoting,
    }


def check_paths(paths: Sequence[str]) -> None:
    """Refuse arguments that cannot be articles before anything is loaded.

    Raises:
        InputError: a web address, an unsupported kind of file, or no file.
    """
    from newsextract.io.readers.sources import refuse_path

    for path in paths:
        if reason := refuse_path(path):
            raise InputError(f"{path}: {reason}")


def iso_date(text: str) -> str | None:
    """Return ``text`` if it is an ISO 8601 date or date-time, for argparse."""
    try:
        return to_iso(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date such as 2024-08-14 or 2024-08-14T07:46"
        ) from None


def field_name(text: str) -> tuple[str, str]:
    """Return the two names of ``ours=theirs``, for argparse."""
    ours, _, theirs = text.partition("=")
    if not ours or not theirs:
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form text=body")
    return ours, theirs


def positive(text: str) -> int:
    """Return ``text`` as a number of one or more, for argparse."""
    value = int(text) if text.isdecimal() else 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of one or more")
    return value
