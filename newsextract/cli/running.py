"""Runs of ``newsextract extract``: to standard output or to a target."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from newsextract.article import Article, Failure
from newsextract.batch.options import RunOptions, RunSummary
from newsextract.batch.progress import Progress
from newsextract.batch.runner import open_pool, run
from newsextract.batch.selection import select_articles
from newsextract.cli import ARTICLE_FAILED, OK
from newsextract.cli.messages import is_quiet, note, say
from newsextract.cli.options import make_loader, read_options
from newsextract.cli.output import write_records
from newsextract.io.readers import ArticleStream, ReadOptions, read_articles
from newsextract.io.sinks import name_target
from newsextract.parallel.chunks import extract_chunk, keep_record, make_chunks

if TYPE_CHECKING:
    from newsextract.parallel.chunks import Loader
    from newsextract.records import Extraction


def write_to_stdout(args: argparse.Namespace) -> int:
    """Write the records of the articles to standard output and return the exit code."""
    articles = read_articles(args.paths, ReadOptions(**read_options(args)))
    reading = Reading(articles, run_options(args, target="-", format=None))
    try:
        write_records(reading.records(make_loader(args)), form=args.format, out=sys.stdout)
    finally:
        reading.progress.clear()
    print_left_out(articles)
    return ARTICLE_FAILED if reading.summary.failed else OK


def write_to_target(args: argparse.Namespace) -> int:
    """Store the records of the articles and return the exit code."""
    articles = read_articles(args.paths, ReadOptions(**read_options(args)))
    progress = Progress(sys.stderr, is_quiet=is_quiet())
    options = run_options(args, target=args.to, format=args.format)
    try:
        summary = run(
            articles,
            options,
            loader=make_loader(args),
            report=lambda summary: progress.update(summary, articles.done(summary.handled)),
        )
    finally:
        progress.clear()
    for failure in summary.failures:
        print_failure(failure)
    print_left_out(articles)
    note(f"{name_target(args.to)}: {summary}")
    return ARTICLE_FAILED if summary.failed else OK


def run_options(args: argparse.Namespace, *, target: str, format: str | None) -> RunOptions:
    """Return the options of a run that ``args`` hold."""
    return RunOptions(
        target,
        format=format,
        workers=args.workers,
        cluster=args.cluster,
        on_error=args.on_error,
        dedupe=args.dedupe,
        english_only=args.english_only,
        store_text=args.store_text,
        csv_safe=args.csv_safe,
        link=args.link,
    )


def print_left_out(articles: ArticleStream) -> None:
    """Report on standard error which files in folders were skipped."""
    if left_out := articles.describe_left_out():
        note(left_out)


def print_failure(failure: Failure) -> None:
    """Report a failed article on standard error."""
    where = f"{failure.where}: " if failure.where else ""
    say(f"{where}{failure.reason}")


class Reading:
    """Articles being read, with failures, skipped files and progress."""

    def __init__(self, articles: ArticleStream, options: RunOptions | None = None) -> None:
        self.summary = RunSummary()
        self.progress = Progress(sys.stderr, is_quiet=is_quiet())
        self._articles = articles
        self._options = options or RunOptions("-")

    def records(self, loader: Loader) -> Iterator[Extraction]:
        """Yield the records in the order of the articles, and report every failure."""
        task = partial(extract_chunk, loader, keep_record)
        chunks = make_chunks(self._readable())
        with open_pool(self._options) as pool:
            for results in pool.map(task, chunks):
                for result in results:
                    if isinstance(result, Failure):
                        self._fail(result)
                    else:
                        self.summary.read += 1
                        self.summary.written += 1
                        yield result.payload
                    if self._must_stop():
                        return
                self.progress.update(self.summary, self._articles.done(self.summary.handled))

    def _readable(self) -> Iterator[Article]:
        """The selected articles, up to a failure that stops the run."""
        wanted: Iterable[Article | Failure] = select_articles(
            self._articles,
            self.summary,
            english_only=self._options.english_only,
            dedupe=self._options.dedupe,
        )
        for item in wanted:
            if isinstance(item, Article):
                yield item
            elif item.stage != "repeat":
                self._fail(item)
            if self._must_stop():
                return

    def _fail(self, failure: Failure) -> None:
        self.summary.failed += 1
        self.progress.clear()
        print_failure(failure)

    def _must_stop(self) -> bool:
        return bool(self.summary.failed) and self._options.on_error == "stop"
