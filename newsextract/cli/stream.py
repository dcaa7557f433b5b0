"""Articles through the extractor in order, the failed ones reported, the others not held up."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from newsextract.article import Article, Failure, id_of

if TYPE_CHECKING:
    from newsextract.extractor import Extractor
    from newsextract.readers import ArticleStream
    from newsextract.records import Extraction

_BATCH = 32
_SECONDS_BETWEEN = 0.2


class Progress:
    """One line on a terminal, written over: articles done, rate, time left. Silent elsewhere."""

    def __init__(self, articles: ArticleStream, *, out: TextIO) -> None:
        self._articles = articles
        self._out = out
        self._shown = out.isatty()
        self._done = 0
        self._start = self._last = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.clear()

    def step(self) -> None:
        """Count an article and, now and then, rewrite the line."""
        self._done += 1
        now = time.monotonic()
        if self._shown and now - self._last >= _SECONDS_BETWEEN:
            self._last = now
            self._out.write(f"\r\x1b[K{self._line(now - self._start)}")
            self._out.flush()

    def clear(self) -> None:
        """Take the line away, so that something else can be written."""
        if self._shown:
            self._out.write("\r\x1b[K")
            self._out.flush()

    def _line(self, seconds: float) -> str:
        line = f"{self._done} articles, {self._done / seconds:.1f} a second"
        fraction = self._articles.fraction
        if not fraction:
            return line
        left = seconds / fraction - seconds
        return f"{line}, {fraction:.0%}, {left // 60:.0f}:{left % 60:02.0f} left"


class Stream:
    """Runs articles through an extractor; ``failed`` counts those that gave no record."""

    def __init__(self, extractor: Extractor, progress: Progress) -> None:
        self.failed = 0
        self._extractor = extractor
        self._progress = progress

    def records(self, articles: Iterable[Article | Failure]) -> Iterator[Extraction]:
        """Yield the records of ``articles`` in order, and report every failure."""
        readable = self._readable(articles)
        while batch := list(islice(readable, _BATCH)):
            for record in self._extract(batch):
                self._progress.step()
                yield record

    def _readable(self, articles: Iterable[Article | Failure]) -> Iterator[Article]:
        for item in articles:
            if isinstance(item, Failure):
                self._report(item)
            else:
                yield item

    def _extract(self, batch: list[Article]) -> Iterator[Extraction]:
        """A batch at once; where one of it fails, each alone, so that only that one is lost."""
        try:
            yield from list(self._extractor.pipe(batch))
        except Exception:
            yield from filter(None, map(self._extract_one, batch))

    def _extract_one(self, article: Article) -> Extraction | None:
        try:
            return self._extractor(article)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            self._report(Failure(id_of(article), reason, id=article.id, stage="extract"))
            return None

    def _report(self, failure: Failure) -> None:
        self.failed += 1
        self._progress.clear()
        print(f"newsextract: {failure}".replace(": : ", ": "), file=sys.stderr)
