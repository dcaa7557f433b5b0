"""Units of work for worker processes and clusters."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any, Protocol

from newsextract.article import Article, Failure, id_of
from newsextract.errors import NewsextractError
from newsextract.records import Extraction


class Extracts(Protocol):
    """An :class:`~newsextract.extractor.Extractor`, or anything that works like one."""

    def __call__(self, article: Article, /) -> Extraction:
        """Return the record of one article."""
        ...

    def pipe(self, articles: Iterable[Article], /) -> Iterator[Extraction]:
        """Yield the records of articles, in order."""
        ...


class Loader(Protocol):
    """Creates an extractor. It is pickled to the workers, each of which calls it once."""

    def __hash__(self) -> int: ...

    @property
    def signature(self) -> str:
        """Identifies the model and the options: an article is done for one signature only."""
        ...

    def load(self) -> Extracts:
        """Return the extractor."""
        ...


@dataclass(frozen=True, slots=True)
class Done:
    """An article's id and the prepared payload of its record."""

    id: str
    payload: Any


Result = Done | Failure
Prepare = Callable[[Extraction], Any]


@cache
def lock_of(process: int) -> Lock:
    """Return the lock for loading in ``process``; one held at a fork would never be released."""
    return Lock()


def load_once(loader: Loader) -> Extracts:
    """Return the extractor from ``loader``, loaded once per process by any thread.

    Raises:
        NewsextractError: it cannot be loaded.
    """
    with lock_of(os.getpid()):
        return _load(loader)


@lru_cache(maxsize=1)
def _load(loader: Loader) -> Extracts:
    try:
        return loader.load()
    except NewsextractError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise NewsextractError(f"the extractor cannot be loaded: {reason}") from error


def extract_chunk(loader: Loader, prepare: Prepare, articles: Sequence[Article]) -> list[Result]:
    """Return a result for each article, in order; a failing article affects no other."""
    extractor = load_once(loader)
    try:
        records = list(extractor.pipe(articles))
        return [Done(record.id, prepare(record)) for record in records]
    except NewsextractError:
        raise
    except Exception:
        return [_extract_one(extractor, prepare, article) for article in articles]


def _extract_one(extractor: Extracts, prepare: Prepare, article: Article) -> Result:
    try:
        record = extractor(article)
        return Done(record.id, prepare(record))
    except Exception as error:
        return failure_of(article, f"{type(error).__name__}: {error}")


def failure_of(article: Article, reason: str) -> Failure:
    """Return the failure to extract ``article``."""
    article_id = id_of(article)
    return Failure(article_id, reason, id=article_id, stage="extract")


def keep_record(extraction: Extraction) -> Extraction:
    """Return the record as it is, the payload of a caller that wants records."""
    return extraction


def make_chunks(
    articles: Iterable[Article], *, most: int = 16, characters: int = 60_000
) -> Iterator[list[Article]]:
    """Yield articles in chunks of at most so many articles, and about so many characters."""
    chunk: list[Article] = []
    length = 0
    for article in articles:
        chunk.append(article)
        length += len(article.text)
        if len(chunk) >= most or length >= characters:
            yield chunk
            chunk, length = [], 0
    if chunk:
        yield chunk
