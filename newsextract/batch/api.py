"""``newsextract.run``: the Python equivalent of ``newsextract extract --to``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Literal, TypedDict, Unpack, cast

from newsextract.article import Article, Failure
from newsextract.batch.options import RunOptions, RunSummary
from newsextract.batch.runner import Report
from newsextract.batch.runner import run as run_articles
from newsextract.io.readers import read_articles
from newsextract.parallel.chunks import Loader


class Choices(TypedDict, total=False):
    """Options of :func:`run`: the fields of :class:`~newsextract.batch.RunOptions`."""

    format: str | None
    workers: int
    cluster: str | None
    on_error: Literal["skip", "stop"]
    dedupe: bool
    english_only: bool
    store_text: bool
    csv_safe: bool
    link: bool
    flush_seconds: float


def run(
    source: str | Path | Iterable[Article | Failure | str | Path],
    target: str | Path,
    *,
    loader: Loader | None = None,
    report: Report | None = None,
    **choices: Unpack[Choices],
) -> RunSummary:
    """Read articles and store their records, each once; continue where an earlier run stopped.

    Progress is logged every minute at level INFO, to the logger ``newsextract.batch.progress``.

    Args:
        source: a file, a folder or a glob, several of them, or any iterable of articles, such as
            ``tqdm(articles)``.
        target: ``news.db``, ``quotes.csv``, a folder, a URL, as ``extract --to`` takes it.
        loader: loads the extractor: ``newsextract.batch.ExtractorLoader(known="list.csv")``.
        report: called now and then with the counts so far.
        **choices: ``workers``, ``dedupe``, ``link``, …, as in
            :class:`~newsextract.batch.RunOptions`.

    Raises:
        InputError: a file is missing, or an option is invalid.
        TargetError: the target cannot be written.
        NewsextractError: the model cannot be loaded, or the cluster was lost.
    """
    return run_articles(
        _to_articles(source), RunOptions(str(target), **choices), loader=loader, report=report
    )


def _to_articles(
    source: str | Path | Iterable[Article | Failure | str | Path],
) -> Iterator[Article | Failure]:
    """Yield the articles of ``source``; paths in a row are one input, which has each id once."""
    items = [source] if isinstance(source, (str, Path)) else source
    for are_read, group in groupby(items, key=lambda item: isinstance(item, (Article, Failure))):
        if are_read:
            yield from cast("Iterator[Article | Failure]", group)
        else:
            yield from read_articles([str(path) for path in group])
