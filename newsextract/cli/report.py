"""``newsextract report``: make an HTML page of one article or many."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsextract.cli import ARTICLE_FAILED, OK
from newsextract.cli.options import (
    add_extractor_options,
    add_read_options,
    check_paths,
    positive,
    read_options,
)
from newsextract.errors import InputError

if TYPE_CHECKING:
    from newsextract.records import Extraction

DESCRIPTION = """\
Make an HTML page: one file that needs no network.

For one article, the page shows its text beside what was found; for several, who is quoted, how,
when and where. PATH is any number of articles (in any format that extract reads), a file of
records, a database, or a folder of CSV or Parquet tables.
"""
EPILOG = """\
examples:
  newsextract report article.txt -o article.html
  newsextract report articles/ -o corpus.html --pages
  newsextract report news.db -o corpus.html
  newsextract report news.db --article 2024-081 -o one.html
  newsextract report records.jsonl --text articles.jsonl -o corpus.html --pages
"""


def add_parser(subparsers: Any) -> None:
    """Add the command to ``subparsers``."""
    parser = subparsers.add_parser(
        "report",
        help="make an HTML page of an article or a corpus",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="articles, records or a store")
    parser.add_argument(
        "-o",
        "--to",
        dest="output",
        required=True,
        metavar="FILE",
        help="the page to write; - is standard output",
    )
    parser.add_argument("--article", metavar="ID", help="make the page of this article only")
    parser.add_argument(
        "--text",
        action="append",
        default=[],
        metavar="PATH",
        help="the articles of a file of records, which holds no text",
    )
    parser.add_argument(
        "--pages",
        action="store_true",
        help="also write a page for each article into FILE-articles/ and link to it",
    )
    parser.add_argument("--title", help="title of a page of several articles")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    parser.add_argument(
        "--workers", type=positive, default=1, metavar="N", help="worker processes (default: 1)"
    )
    add_read_options(parser)
    add_extractor_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make the page that ``args`` ask for."""
    from newsextract.views.report.inputs import sort_input

    check_paths([*args.paths, *args.text])
    check_output(args)
    sorts = {sort_input(path) for path in args.paths}
    if sorts != {"articles"} and len(args.paths) > 1:
        raise InputError("give either articles or a single store or file of records")
    page, code = _page_of_articles(args) if sorts == {"articles"} else (_page_of_records(args), OK)
    _write(args, page)
    return code


def check_output(args: argparse.Namespace) -> None:
    """Refuse an output that cannot be written, before anything is read.

    Raises:
        InputError: pages cannot go to standard output, or there is no such folder.
    """
    if args.pages and args.output == "-":
        raise InputError("--pages needs a file name: standard output cannot hold several pages")
    folder = Path(args.output).absolute().parent
    if not args.pages and not folder.is_dir():
        raise InputError(f"{args.output}: no such folder: {folder}")


def _page_of_articles(args: argparse.Namespace) -> tuple[str, int]:
    """Read the articles, then return the page and the exit code."""
    from newsextract.batch.options import RunOptions
    from newsextract.cli.options import make_loader
    from newsextract.cli.running import Reading, print_left_out
    from newsextract.io.readers import ReadOptions, read_articles

    articles = read_articles(args.paths, ReadOptions(**read_options(args)))
    reading = Reading(articles, RunOptions("-", workers=args.workers))
    records = reading.records(make_loader(args))
    if args.article is not None:
        records = (record for record in records if record.id == args.article)
    try:
        page = _render(args, records)
    finally:
        reading.progress.clear()
        print_left_out(articles)
    return page, ARTICLE_FAILED if reading.summary.failed else OK


def _page_of_records(args: argparse.Namespace) -> str:
    """Return the page of existing records."""
    from newsextract.views.report import CorpusOptions, read_rows, render_corpus
    from newsextract.views.report.inputs import find_extraction, read_extractions, sort_input

    path = args.paths[0]
    texts = _read_texts(args)
    if args.article is not None:
        return _render_one(find_extraction(path, args.article, texts))
    if args.pages:
        return _render(args, _match_single(read_extractions(path, texts), texts))
    rows = read_rows(path)
    if sort_input(path) == "records" and len(rows["articles"]) == 1:
        return _render_one(next(_match_single(read_extractions(path, texts), texts)))
    return render_corpus(rows, CorpusOptions(title=args.title or CorpusOptions().title))


def _read_texts(args: argparse.Namespace) -> dict[str, str]:
    """Return the texts of the articles that ``--text`` names, by id."""
    from newsextract.article import Failure, id_of
    from newsextract.io.readers import ReadOptions, read_articles

    texts = {}
    for item in read_articles(args.text, ReadOptions(**read_options(args))) if args.text else ():
        if isinstance(item, Failure):
            raise InputError(str(item))
        texts[id_of(item)] = item.text
    return texts


def _match_single(records: Iterable[Extraction], texts: dict[str, str]) -> Iterator[Extraction]:
    """Yield ``records``; a single record and a single text belong together."""
    from dataclasses import replace

    stream = iter(records)
    first, second = next(stream, None), next(stream, None)
    if first is not None and second is None and len(texts) == 1:
        first = replace(first, text=next(iter(texts.values())))
    yield from (record for record in (first, second) if record is not None)
    yield from stream


def _render(args: argparse.Namespace, records: Iterable[Extraction]) -> str:
    """Return the page of an article if there is just one, else of a corpus."""
    stream = iter(records)
    first, second = next(stream, None), next(stream, None)
    if first is None and args.article is not None:
        raise InputError(f"no article with the id {args.article!r}")
    if first is None:
        raise InputError(f"{args.paths[0]}: no articles to show")
    if second is None and (first.text is not None or not args.pages):
        return _render_one(first)
    return _render_many(args, (r for part in ((first, second), stream) for r in part if r))


def _render_one(record: Extraction) -> str:
    from newsextract.views.report import render_article

    if record.text is None:
        raise InputError(
            f"article {record.id!r}: its page needs its text: give the articles with --text, "
            "or extract them again with --store-text"
        )
    return render_article(record)


def _render_many(args: argparse.Namespace, records: Iterable[Extraction]) -> str:
    """Return the page of a corpus, after writing its articles' pages if requested."""
    from newsextract.views.report import CorpusOptions, render_corpus
    from newsextract.views.report.corpus.reading import rows_of_extractions
    from newsextract.views.report.folder import PageFolder

    links: dict[str, str] = {}
    if args.pages:
        output = Path(args.output)
        pages = PageFolder(output.with_name(f"{output.stem}-articles"), output)
        records, links = pages.write_all(records), pages.links
    rows = rows_of_extractions(records)
    title = args.title or CorpusOptions().title
    return render_corpus(rows, CorpusOptions(title=title, pages=links))


def _write(args: argparse.Namespace, page: str) -> None:
    if args.output == "-":
        sys.stdout.write(page)
        return
    path = Path(args.output)
    try:
        path.write_text(page, encoding="utf8")
    except OSError as error:
        raise InputError(f"{args.output}: cannot be written: {error.strerror}") from error
    if args.open:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
