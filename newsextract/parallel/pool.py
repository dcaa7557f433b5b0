"""Work over any executor: in order, bounded, and with the culprit named when a worker dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import partial
from typing import Protocol

from newsextract.article import Article, Failure
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
_DIED = "the worker that read it died (out of memory?)"


class Pool(Protocol):
    """Where chunks of articles are worked on."""

    def map(self, task: Task, chunks: Iterable[Sequence[Article]]) -> Iterator[list[Result]]:
        """Yield the results of each chunk, in order."""
        ...


class LocalPool:
    """Works in this process."""

    def map(self, task: Task, chunks: Iterable[Sequence[Article]]) -> Iterator[list[Result]]:
        """Yield the results of each chunk, in order."""
        return map(task, chunks)


class ExecutorPool:
    """Works over an executor.

    Args:
        open_executor: makes the executor, and another one when that breaks.
        ahead: how many chunks wait or run at once, so that memory stays flat.
        check: raises where the executor is lost for good.
    """

    def __init__(
        self,
        open_executor: Callable[[], Executor],
        *,
        ahead: int,
        check: Callable[[], None] | None = None,
    ) -> None:
        self._open = open_executor
        self._ahead = ahead
        self._check = check or (lambda: None)
        self._executor = open_executor()

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
        """End the executor without waiting for work that nobody wants."""
        self._executor.shutdown(wait=False)

    def _submit(self, task: Task, chunk: Sequence[Article]) -> Future[list[Result]] | None:
        try:
            return self._executor.submit(task, chunk)
        except BrokenExecutor:
            return None

    def _take(
        self,
        task: Task,
        waiting: deque[tuple[Sequence[Article], Future[list[Result]] | None]],
    ) -> list[Result]:
        chunk, future = waiting.popleft()
        try:
            if future is not None:
                return future.result()
        except NewsextractError:
            raise
        except BrokenExecutor:
            pass
        except Exception:
            self._check()
        return self._work_alone(task, chunk)

    def _work_alone(self, task: Task, chunk: Sequence[Article]) -> list[Result]:
        """Work on a chunk again, article by article: the one that ends its worker is to blame."""
        return [result for article in chunk for result in self._work_on(task, article)]

    def _work_on(self, task: Task, article: Article) -> list[Result]:
        for _ in range(2):
            future = self._submit(task, [article])
            if future is None:
                self._executor = self._open()
                continue
            try:
                return future.result()
            except NewsextractError:
                raise
            except BrokenExecutor:
                return [failure_of(article, _DIED)]
            except Exception as error:
                self._check()
                return [failure_of(article, f"{type(error).__name__}: {error}")]
        return [failure_of(article, _DIED)]


def extract_over(
    executor: Executor, articles: Iterable[Article], *, loader: Loader, ahead: int = 16
) -> Iterator[Extraction]:
    """Yield the records of ``articles``, in order, read by the workers of ``executor``.

    Args:
        executor: of ``concurrent.futures``, or what works like one (``client.get_executor()``).
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
                raise NewsextractError(str(result))
            yield result.payload
