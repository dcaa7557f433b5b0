"""Load an extractor, in this process or in a worker."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsextract.analysis.filters import keep_statements
from newsextract.article import Article
from newsextract.parallel.chunks import Extracts, lock_of
from newsextract.records import Extraction

if TYPE_CHECKING:
    from spacy.language import Language

    from newsextract.extractor import Extractor, Options
    from newsextract.stages.known import Known, KnownEntity

    KnownInput = str | Path | Iterable[KnownEntity | Mapping[str, Any]]

_NOT_DATA = (".md", ".py", ".pyc")
_OWN_MODEL = str(Path(__file__).parent / "model")


def load(  # noqa: PLR0913  all of them keywords
    model: str | Path | None = None,
    *,
    threads: int | None = None,
    known: KnownInput | Known | None = None,
    gazetteer: str | Path | None = None,
    home: str | None = None,
    day_first: bool | None = None,
    ner: Language | None = None,
) -> Extractor:
    """Return an extractor.

    Args:
        model: folder of your own model; by default the shipped one.
        threads: windows of text that run through the encoder at the same time; by default one for
            each processor, at most 4.
        known: your own people and organizations with ids: a CSV or JSONL file, or entries.
        gazetteer: file of your own gazetteer.
        home: where the publisher is, as a country or division code (``US``, ``US-LA``).
        day_first: whether 3/5/2024 is 3 May; by default, other dates in the article decide.
        ner: a spaCy pipeline whose entities (PERSON, ORG, GPE, …) replace the encoder's.

    Raises:
        ModelError: the model or the gazetteer is missing or broken.
        InputError: the file of known people cannot be read, or ``home`` is unknown.
    """
    from newsextract.encoder.component import NewsEncoder
    from newsextract.extractor import Extractor
    from newsextract.pipeline import find_component, make_pipeline

    nlp = make_pipeline(str(model) if model else None, threads=threads, ner=ner)
    loader = ExtractorLoader(
        _as_text(model),
        _as_text(known) if isinstance(known, (str, Path)) else None,
        _as_text(gazetteer),
        home=home,
        day_first=day_first,
    )
    from_files = ner is None and (known is None or isinstance(known, (str, Path)))
    return Extractor(
        nlp,
        model=find_component(nlp, NewsEncoder).model.name,
        options=_read_options(known, gazetteer, home=home, day_first=day_first),
        loader=loader if from_files else None,
    )


def _read_options(
    known: KnownInput | Known | None,
    gazetteer: str | Path | None,
    *,
    home: str | None,
    day_first: bool | None,
) -> Options:
    """Return the settings of an extractor, after reading its files and looking up its home."""
    from newsextract.extractor import Options
    from newsextract.gazetteer import open_gazetteer
    from newsextract.stages.known import Known, read_known
    from newsextract.stages.places import find_home

    opened = open_gazetteer(gazetteer)
    find_home(home, opened)
    names = known if known is None or isinstance(known, Known) else read_known(known)
    return Options(names, opened, home, day_first)


def _as_text(path: str | Path | None) -> str | None:
    return None if path is None else str(path)


def _shared() -> Extractor:
    with lock_of(os.getpid()):
        return _loaded()


@cache
def _loaded() -> Extractor:
    return load()


def extract(
    text: str, published: str | dt.date | None = None, id: str | int | None = None
) -> Extraction:
    """Return the record of one article, read by an extractor that stays loaded.

    Args:
        text: the article.
        published: publication date, if known: ISO 8601 (``"2024-08-14"``,
            ``"2024-08-14T07:46Z"``), a ``date``, a ``datetime`` or a pandas ``Timestamp``.
        id: the record's id; by default a stable hash of the text.

    Raises:
        TypeError: ``text`` is not a string, or ``id`` neither a string nor a whole number.
        ValueError: ``published`` is not such a date.
    """
    article = Article(text, id=id, published=published)
    return _shared()(article)


@dataclass(frozen=True, slots=True)
class ExtractorLoader:
    """Loads an :class:`~newsextract.extractor.Extractor`; the fields are those of ``load``."""

    model: str | None = None
    known: str | None = None
    gazetteer: str | None = None
    home: str | None = None
    day_first: bool | None = None
    threads: int | None = 1
    statements_only: bool = False

    @property
    def signature(self) -> str:
        """Identifies version, model, options and the content of their files."""
        options = (self.home, self.day_first, self.statements_only)
        files = (self.model or _OWN_MODEL, self.known, self.gazetteer)
        digests = [path and digest_files(Path(path)) for path in files]
        return json.dumps([package_version(), options, digests])

    def load(self) -> Extracts:
        """Return the extractor.

        Raises:
            ModelError: the model is missing or broken.
        """
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
    """Wraps ``extractor`` and omits stances from its records."""

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
    """Return a digest of a file or a folder's files; ``missing`` if there is none."""
    found = sorted(path.rglob("*")) if path.is_dir() else [path]
    files = [p for p in found if p.suffix not in _NOT_DATA and not p.is_dir()]
    digest = hashlib.sha256()
    for file in files:
        if not file.is_file():
            return "missing"
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:16]
