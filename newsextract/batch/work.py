"""The work that is done beside the caller: in a worker process, or on a cluster."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

from newsextract.article import Article, Failure, id_of
from newsextract.errors import NewsextractError
from newsextract.records import Extraction
from newsextract.statements import keep_statements

_NOT_DATA = (".md", ".py", ".pyc")
_OWN_MODEL = str(Path(__file__).parents[1] / "model")


class Extracts(Protocol):
    """What reads articles: an :class:`~newsextract.extractor.Extractor`, or what works like one."""

    def __call__(self, article: Article, /) -> Extraction:
        """Return the record of one article."""
        ...

    def pipe(self, articles: Iterable[Article], /) -> Iterator[Extraction]:
        """Yield the records of articles, in order."""
        ...


class Loader(Protocol):
    """Makes what reads articles. It crosses to the workers, each of which makes it once."""

    def __hash__(self) -> int: ...

    @property
    def signature(self) -> str:
        """Names the model and the options: an article counts as done for one signature."""
        ...

    def load(self) -> Extracts:
        """Return what reads articles."""
        ...


@dataclass(frozen=True, slots=True)
class ExtractorLoader:
    """Loads an :class:`~newsextract.extractor.Extractor`; the fields are those of ``load``."""

    model: str | None = None
    known: str | None = None
    gazetteer: str | None = None
    home: str | None = None
    day_first: bool | None = None
    threads: int = 1
    statements_only: bool = False

    @property
    def signature(self) -> str:
        """Names version, model, options and what is in the files they name."""
        options = (self.home, self.day_first, self.statements_only)
        files = (self.model or _OWN_MODEL, self.known, self.gazetteer)
        digests = [path and digest_files(Path(path)) for path in files]
        return json.dumps([package_version(), options, digests])

    def load(self) -> Extracts:
        """Return the extractor.

        Raises:
            ModelError: the model is missing or broken.
        """
        from newsextract.extractor import load

        extractor: Extracts = load(
            self.model,
            known=self.known,
            gazetteer=self.gazetteer,
            home=self.home,
            day_first=self.day_first,
            threads=self.threads,
        )
        return StatementsOnly(extractor) if self.statements_only else extractor


@dataclass(frozen=True, slots=True)
class StatementsOnly:
    """Reads articles with ``extractor`` and leaves stances out of the records."""

    extractor: Extracts

    def __call__(self, article: Article, /) -> Extraction:
        """Return the record of one article."""
        return keep_statements(self.extractor(article))

    def pipe(self, articles: Iterable[Article], /) -> Iterator[Extraction]:
        """Yield the records of articles, in order."""
        return map(keep_statements, self.extractor.pipe(articles))


def package_version() -> str:
    """Return the version of this package, ``unknown`` where it is not installed."""
    try:
        return version("newsextract")
    except PackageNotFoundError:
        return "unknown"


def digest_files(path: Path) -> str:
    """Return a digest of a file, or of the files of a folder; ``missing`` where there is none."""
    found = sorted(path.rglob("*")) if path.is_dir() else [path]
    files = [p for p in found if p.suffix not in _NOT_DATA and not p.is_dir()]
    digest = hashlib.sha256()
    for file in files:
        if not file.is_file():
            return "missing"
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Done:
    """An article's id, and what was prepared of its record."""

    id: str
    payload: Any


Result = Done | Failure
Prepare = Callable[[Extraction], Any]


@lru_cache(maxsize=1)
def load_once(loader: Loader) -> Extracts:
    """Return what ``loader`` loads, loaded once in this process.

    Raises:
        NewsextractError: it cannot be loaded, which is no fault of an article.
    """
    try:
        return loader.load()
    except NewsextractError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise NewsextractError(f"the extractor cannot be loaded: {reason}") from error


def extract_chunk(loader: Loader, prepare: Prepare, articles: Sequence[Article]) -> list[Result]:
    """Return a result for each article, in order; an article that fails spoils no other."""
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
