"""Ordered, bounded work on any executor; names the article that kills a worker."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from functools import partial
from typing import Any, Protocol

from newsextract.article import Article, Failure, id_of
from newsextract.errors import NewsextractError
from newsextract.parallel.chunks import (
    Loader,
    Result,
    extract_chunk,
    failure_of,
    keep_record,
    make_chunks,
)
from newsextract.records import Extraction

Task = Callable[[Sequence[Article]], list[Result]]
WAIT_SECONDS = 2.0
"""How often an executor is checked while its work is waited for."""
logger = logging.getLogger(__name__)
_DIED = "the worker that read it died (out of memory?)"


class Pool(Protocol):
    """A pool of workers for chunks of articles."""

    def map(self, task: Task, chunks: Iterable[Sequence[Article]]) -> Iterator[list[Result]]:
        """Yield the results of each chunk, in order."""
        ...


class LocalPool:
    """Works in this process."""

    def map(self, task: Task, chunks: Iterable[Sequence[Article]]) -> Iterator[list[Result]]:
        """Yield the results of each chunk, in order."""
        return map(task, chunks)


class ExecutorPool:
    """A pool on top of an executor.

    Args:
        open_executor: makes the executor, and another one when that breaks.
        ahead: how many chunks wait or run at once, so that memory stays flat.
        check: raises if the executor is permanently lost; also called while waiting.
        end: shuts an executor down without waiting for pending work.
    """

    def __init__(
        self,
        open_executor: Callable[[], Executor],
        *,
        ahead: int,
        check: Callable[[], None] = lambda: None,
        end: Callable[[Any], None] = lambda executor: executor.shutdown(wait=False),
    ) -> None:
        self._open = open_executor
        self._ahead = ahead
        self._check = check
        self._end = end
        self._executor = open_executor()
        self._lone: Executor | None = None

    def map(self, task: Task, chunks: Iterable[Sequence[Article]]) -> Iterator[list[Result]]:
        """Yield the results of each chunk, in order.

        Raises:
            NewsextractError: the model cannot be loaded, or the executor is lost for good.
        """
        waiting: deque[tuple[Sequence[Article], Future[list[Result]] | None]] = deque()
        try:
            for chunk in chunks:
                waiting.append((chunk, self._submit(task, chunk)))
                if len(waiting) >= self._ahead:
                    yield self._take(task, waiting)
            while waiting:
                yield self._take(task, waiting)
        finally:
            for _, future in waiting:
                if future is not None:
                    future.cancel()

    def shut_down(self) -> None:
        """Shut down the executors without waiting for pending work."""
        for executor in (self._executor, self._lone):
            if executor is not None:
                self._end(executor)

    def _submit(self, task: Task, chunk: Sequence[Article]) -> Future[list[Result]] | None:
        """Return the future of a chunk; ``None`` if the executor has just broken."""
        try:
            return self._executor.submit(task, chunk)
        except BrokenExecutor:
            logger.warning("a worker died; starting new ones")
            self._end(self._executor)
            self._executor = self._open()
            return None

    def _take(
        self,
        task: Task,
        waiting: deque[tuple[Sequence[Article], Future[list[Result]] | None]],
    ) -> list[Result]:
        chunk, future = waiting.popleft()
        try:
            if future is not None:
                return self._wait(future)
        except NewsextractError:
            raise
        except BrokenExecutor:
            pass
        except Exception:
            self._check()
        logger.warning("a chunk of %d articles failed; retrying them one by one", len(chunk))
        return [result for article in chunk for result in self._work_alone(task, article)]

    def _wait(self, future: Future[list[Result]]) -> list[Result]:
        while not wait([future], timeout=WAIT_SECONDS).done:
            self._check()
        return future.result()

    def _work_alone(self, task: Task, article: Article) -> list[Result]:
        """Work on an article in an executor of its own.

        If a worker dies now, this article killed it.
        """
        self._lone = self._lone or self._open()
        try:
            return self._wait(self._lone.submit(task, [article]))
        except NewsextractError:
            raise
        except BrokenExecutor:
            logger.warning("a worker died over article %s alone", id_of(article))
            self._end(self._lone)
            self._lone = None
            return [failure_of(article, _DIED)]
        except Exception as error:
            self._check()
            return [failure_of(article, f"{type(error).__name__}: {error}")]


def extract_over(
    executor: Executor, articles: Iterable[Article], *, loader: Loader, ahead: int = 16
) -> Iterator[Extraction]:
    """Yield the records of ``articles``, in order, read by the workers of ``executor``.

    Args:
        executor: of ``concurrent.futures``, or one like it (``client.get_executor()``).
        loader: makes the extractor in each worker, once.
        ahead: how many chunks of articles wait or run at once.

    Raises:
        NewsextractError: an article could not be read.
    """
    pool = ExecutorPool(lambda: executor, ahead=ahead)
    task = partial(extract_chunk, loader, keep_record)
    for results in pool.map(task, make_chunks(articles)):
        for result in results:
            if isinstance(result, Failure):
                raise NewsextractError(_describe(result))
            yield result.payload


def _describe(failure: Failure) -> str:
    """Return why the caller's executor stopped; it cannot be reopened to find the article."""
    if failure.reason != _DIED:
        return str(failure)
    return f"a worker of the executor died (out of memory?), at {failure.where} or soon after"
