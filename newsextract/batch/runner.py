"""The run loop: read articles and store each of them once, whatever fails on the way."""

from __future__ import annotations

import datetime as dt
import platform
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from itertools import islice

from newsextract.analysis.linking.stored import link_store
from newsextract.article import Article, Failure, digest_of, id_of, stable_id
from newsextract.batch.options import RunOptions, RunSummary
from newsextract.batch.progress import ProgressLog
from newsextract.batch.seen import SeenIds
from newsextract.batch.selection import select_articles
from newsextract.errors import TargetError
from newsextract.io.sinks import (
    Entry,
    RejectedError,
    Run,
    Sink,
    check_linkable,
    last_of_each,
    open_sink,
)
from newsextract.loading import ExtractorLoader, package_version
from newsextract.parallel.chunks import (
    Done,
    Loader,
    extract_chunk,
    failure_of,
    make_chunks,
)
from newsextract.parallel.cluster import open_cluster
from newsextract.parallel.pool import ExecutorPool, LocalPool, Pool
from newsextract.parallel.processes import WorkerProcesses
from newsextract.records.jsontext import DEEPEST, depth_of
from newsextract.records.tables import storable

_LOOKED_UP_AT_ONCE = 64
_FAILURES_SHOWN = 20
_FAILURES_HELD = 1000

Report = Callable[[RunSummary], None]


def run(
    articles: Iterable[Article | Failure],
    options: RunOptions,
    *,
    loader: Loader | None = None,
    report: Report | None = None,
) -> RunSummary:
    """Read ``articles`` and store their records; continue where an earlier run stopped.

    Args:
        articles: of :func:`newsextract.io.readers.read_articles`, or your own.
        options: the target, and how.
        loader: loads the extractor; by default with the shipped model.
        report: called now and then with the counts so far.

    Raises:
        TargetError: the target cannot be written, or not be linked.
        NewsextractError: the model cannot be loaded, or the cluster was lost.
    """
    if options.link:
        check_linkable(options.target, options.format)
    loader, log = loader or ExtractorLoader(), ProgressLog(options.target)
    sink = open_sink(
        options.target,
        options.format,
        store_text=options.store_text,
        csv_safe=options.csv_safe,
    )
    try:
        runner = _Runner(sink, options, loader, report=partial(_tell, log, report))
        summary = runner.run(articles)
    finally:
        sink.close()
    if options.link:
        link_store(options.target, options.format)
    return summary


def _tell(log: ProgressLog, report: Report | None, summary: RunSummary) -> None:
    """Report the counts so far to the log and to the caller."""
    log.update(summary)
    if report is not None:
        report(summary)


class _Runner:
    """One run: its pending batch and its counts."""

    def __init__(self, sink: Sink, options: RunOptions, loader: Loader, *, report: Report) -> None:
        self._sink = sink
        self._options = options
        self._loader = loader
        self._report = report
        self._summary = RunSummary()
        self._signature = f"{loader.signature} store_text={options.store_text}"
        if getattr(sink, "csv_safe", False):
            self._signature += " csv_safe"
        self._on_way: deque[tuple[str, str]] = deque()
        self._newest: dict[str, str] = {}
        self._entries: list[Entry] = []
        self._stored = SeenIds()
        self._failures: list[Failure] = []
        self._flushed = self._began = time.monotonic()

    def run(self, articles: Iterable[Article | Failure]) -> RunSummary:
        """Read ``articles`` and store their records."""
        row = _new_run(self._options)
        self._sink.start(row)
        try:
            self._read_all(articles)
        except TargetError:
            raise
        except BaseException:
            self._flush()
            raise
        self._flush()
        self._summary.stopped = self._must_stop()
        self._summary.seconds = time.monotonic() - self._began
        self._sink.finish(_finished(row, self._summary))
        self._report(self._summary)
        return self._summary

    def _read_all(self, articles: Iterable[Article | Failure]) -> None:
        """Extract the new ones among ``articles``, and store them in batches."""
        task = partial(extract_chunk, self._loader, self._sink.prepare)
        with open_pool(self._options) as pool:
            for results in pool.map(task, make_chunks(self._find_new(articles))):
                for result in results:
                    self._take(result)
                if self._must_stop():
                    return
                self._flush_if_due()
                self._report(self._summary)

    def _find_new(self, items: Iterable[Article | Failure]) -> Iterator[Article]:
        """Yield the articles that are not stored yet as they are."""
        selected = select_articles(
            items,
            self._summary,
            english_only=self._options.english_only,
            dedupe=self._options.dedupe,
        )
        while group := list(islice(selected, _LOOKED_UP_AT_ONCE)):
            for failure in (item for item in group if isinstance(item, Failure)):
                self._fail(failure)
            yield from self._drop_done([item for item in group if isinstance(item, Article)])
            self._report(self._summary)
            if self._must_stop():
                return

    def _drop_done(self, articles: list[Article]) -> Iterator[Article]:
        articles = [a for article in articles if (a := self._check(article)) is not None]
        pairs = [(id_of(article), digest_of(article, self._signature)) for article in articles]
        done = self._sink.find_done(dict(pairs))
        for article, (article_id, digest) in zip(articles, pairs, strict=True):
            newest = self._newest.get(article_id)
            if newest == digest or (newest is None and article_id in done):
                self._summary.unchanged += 1
                continue
            self._newest[article_id] = digest
            self._on_way.append((article_id, digest))
            yield article

    def _check(self, article: Article) -> Article | None:
        """Return an article in storable form, or a failure.

        Targets hold neither NUL nor lone surrogates: an id with some gets a digest appended, so
        that two ids never become one.
        """
        if depth_of(article.meta) > DEEPEST:
            self._fail(failure_of(article, "its fields are nested too deep"))
            return None
        if article.id is None or storable(article.id) == article.id:
            return article
        return replace(article, id=f"{storable(article.id)}-{stable_id(article.id)}")

    def _take(self, result: Done | Failure) -> None:
        """Add a result to the next batch; results come in the order of the articles."""
        article_id, digest = self._on_way.popleft()
        if isinstance(result, Failure):
            self._fail(result)
            self._forget(article_id, digest)
        else:
            self._summary.read += 1
            self._entries.append(Entry(article_id, digest, result.payload))

    def _forget(self, article_id: str, digest: str) -> None:
        if self._newest.get(article_id) == digest:
            del self._newest[article_id]

    def _fail(self, failure: Failure) -> None:
        self._note(failure)
        if len(self._failures) >= _FAILURES_HELD:
            self._flush()

    def _note(self, failure: Failure) -> None:
        self._failures.append(failure)
        if failure.stage == "repeat":
            return
        self._summary.failed += 1
        if len(self._summary.failures) < _FAILURES_SHOWN:
            self._summary.failures += (failure,)

    def _must_stop(self) -> bool:
        return bool(self._summary.failed) and self._options.on_error == "stop"

    def _flush_if_due(self) -> None:
        late = time.monotonic() - self._flushed > self._options.flush_seconds
        if late or len(self._entries) >= self._sink.batch_articles:
            self._flush()

    def _flush(self) -> None:
        """Write the pending batch; if the sink rejects a row, find its article."""
        self._flushed = time.monotonic()
        if not self._entries and not self._failures:
            return
        try:
            self._sink.write(self._entries, self._failures)
            self._count_stored(self._entries)
        except RejectedError:
            self._write_one_by_one()
        for entry in self._entries:
            self._forget(entry.id, entry.digest)
        self._entries, self._failures = [], []
        self._report(self._summary)

    def _count_stored(self, entries: list[Entry]) -> None:
        """Count stored articles; one that replaces another of this run is not counted again."""
        self._summary.written += self._stored.add(storable(entry.id) for entry in entries)

    def _write_one_by_one(self) -> None:
        for entry in last_of_each(self._entries):
            try:
                self._sink.write([entry], [])
                self._count_stored([entry])
            except RejectedError as error:
                self._note(Failure(entry.id, str(error), id=entry.id, stage="write"))
        self._sink.write([], self._failures)


def open_pool(options: RunOptions) -> AbstractContextManager[Pool]:
    """Return the pool for a run: this process, worker processes or a cluster."""
    if options.cluster is not None:
        return open_cluster(options.cluster)
    return nullcontext(LocalPool()) if options.workers == 1 else _open_workers(options.workers)


@contextmanager
def _open_workers(workers: int) -> Iterator[Pool]:
    pool = ExecutorPool(
        lambda: WorkerProcesses(workers), ahead=2 * workers + 2, end=WorkerProcesses.kill
    )
    try:
        yield pool
    finally:
        pool.shut_down()


def _new_run(options: RunOptions) -> Run:
    return Run(
        id=uuid.uuid4().hex,
        started=_now(),
        machine=platform.node(),
        version=package_version(),
        options=options.to_json(),
    )


def _finished(row: Run, summary: RunSummary) -> Run:
    return replace(
        row,
        finished=_now(),
        articles=summary.written,
        skipped=summary.skipped,
        failed=summary.failed,
    )


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
