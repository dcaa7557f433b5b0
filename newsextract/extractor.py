"""The extractor: one article through pipeline and stages to its record."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from newsextract.article import Article, id_of
from newsextract.encoder.component import Reading
from newsextract.errors import NewsextractError
from newsextract.language.masks import join_lines, mask_surrogates, restore_text
from newsextract.language.readable import make_readable
from newsextract.language.recognition import recognize_language
from newsextract.parallel.chunks import Loader
from newsextract.parallel.pool import extract_over
from newsextract.pipeline import Pipelines, finish_doc, start_doc
from newsextract.records import Block, Extraction, Issue
from newsextract.stages.aboutness import add_quote_mentions
from newsextract.stages.coreference import link_mentions
from newsextract.stages.dates import find_dates
from newsextract.stages.dates.published import find_published
from newsextract.stages.entities import name_authors
from newsextract.stages.known import Known
from newsextract.stages.layout import find_blocks
from newsextract.stages.organizations import find_organizations
from newsextract.stages.page import read_page
from newsextract.stages.people import add_pronoun_gender, find_people
from newsextract.stages.places import find_places
from newsextract.stages.quotes import find_quotes, find_relays
from newsextract.stages.speakers import Entities, resolve_sources

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from spacy.language import Language
    from spacy.tokens import Doc

    from newsextract.gazetteer import Gazetteer

Context = TypeVar("Context")
Input = str | Article
ZONE = 64
"""Articles per memory zone: spaCy frees their strings at its end."""


@dataclass(frozen=True, slots=True)
class Options:
    """Settings that records depend on, besides article and model."""

    known: Known | None = None
    gazetteer: Gazetteer | None = None
    home: str | None = None
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class _Started:
    """An article whose encoder has started, with its masked text and its layout."""

    article: Article
    text: str
    blocks: tuple[Block, ...]
    doc: Doc | Reading
    issues: tuple[Issue, ...]


class Extractor:
    """Reads articles; ``nlp`` is the spaCy pipeline it reads them with.

    One extractor serves any number of threads. A process forked from the one that loaded it may
    use it too, unless another thread was extracting at that moment: then it raises.

    Args:
        nlp: a pipeline that annotates as ``news_encoder`` does.
        model: name and version, for the records.
        options: known people, gazetteer, home place and order of dates.
        loader: makes the same extractor in another process.
    """

    def __init__(
        self,
        nlp: Language,
        *,
        model: str,
        options: Options | None = None,
        loader: Loader | None = None,
    ) -> None:
        self.nlp = nlp
        self._pipelines = Pipelines(nlp)
        self.model = model
        self.options = options or Options()
        self.loader = loader

    def __call__(self, article: Input) -> Extraction:
        """Return the record of ``article``.

        Raises:
            TypeError: ``article`` is neither a string nor an :class:`Article`.
        """
        (record,) = self._extract_all([_to_article(article)])
        return record

    @overload
    def pipe(
        self,
        articles: Iterable[Input],
        as_tuples: Literal[False] = False,
        *,
        executor: Executor | None = None,
    ) -> Iterator[Extraction]: ...

    @overload
    def pipe(
        self,
        articles: Iterable[tuple[Input, Context]],
        as_tuples: Literal[True],
        *,
        executor: Executor | None = None,
    ) -> Iterator[tuple[Extraction, Context]]: ...

    def pipe(
        self, articles: Iterable[Any], as_tuples: bool = False, *, executor: Executor | None = None
    ) -> Iterator[Any]:
        """Yield the records of ``articles``, in order.

        Args:
            articles: texts or :class:`Article` values; with ``as_tuples``, pairs of one and a
                context, which is returned with the record.
            as_tuples: whether ``articles`` are pairs.
            executor: any of ``concurrent.futures``, or ``client.get_executor()`` of a Dask
                cluster; its workers load the extractor once each. By default articles are read
                in this process.

        Raises:
            NewsextractError: an executor is given, but this extractor cannot be loaded in its
                workers.
        """
        pairs = articles if as_tuples else ((article, None) for article in articles)
        contexts: deque[Any] = deque()
        records = self._read_all(_without_contexts(pairs, contexts), executor)
        for record in records:
            context = contexts.popleft()
            yield (record, context) if as_tuples else record

    def _read_all(
        self, articles: Iterator[Article], executor: Executor | None
    ) -> Iterator[Extraction]:
        if executor is not None:
            yield from extract_over(executor, articles, loader=self._loader_for_workers())
            return
        while batch := list(islice(articles, ZONE)):
            yield from self._extract_all(batch)

    def _loader_for_workers(self) -> Loader:
        if self.loader is None:
            raise NewsextractError(
                "workers load their own extractor: make this one with newsextract.load(), and "
                "give known= as a file"
            )
        return self.loader

    def _extract_all(self, articles: Sequence[Article]) -> list[Extraction]:
        """Return the records; the encoder reads the next article while stages read this one."""
        records: list[Extraction] = []
        started: deque[_Started] = deque()
        with self._pipelines.borrow(sum(len(article.text) for article in articles)) as nlp:
            for article in articles:
                started.append(self._start(nlp, article))
                if len(started) > 1:
                    records.append(self._finish(nlp, started.popleft()))
            while started:
                records.append(self._finish(nlp, started.popleft()))
        return records

    def _start(self, nlp: Language, article: Article) -> _Started:
        text, issues = make_readable(article.text)
        text = mask_surrogates(text)
        blocks = find_blocks(
            text, headline=_field(article, "title"), byline=_field(article, "byline")
        )
        text = join_lines(text, blocks)
        return _Started(article, text, blocks, start_doc(nlp, text, blocks), issues)

    def _finish(self, nlp: Language, started: _Started) -> Extraction:
        article, text, blocks = started.article, started.text, started.blocks
        doc, issues = finish_doc(nlp, started.doc), started.issues
        del started  # with all that the encoder read
        doc.set_ents(name_authors(doc, blocks))
        if text == article.text:
            return _with_issues(self.read(doc, article, blocks=blocks), issues)
        masked = replace(article, text=text, id=id_of(article))
        record = _with_issues(self.read(doc, masked, blocks=blocks), issues)
        return restore_text(record, article.text)

    def read(self, doc: Doc, article: Article, *, blocks: tuple[Block, ...]) -> Extraction:
        """Return the record of an annotated document, by running every stage in order.

        Args:
            doc: ``article.text`` as the pipeline annotated it.
            article: its id, date and other fields.
            blocks: its layout.
        """
        options, text = self.options, article.text
        publication = find_published(
            text, blocks, given=article.published, url=_field(article, "url"),
            day_first=options.day_first,
        )  # fmt: skip
        dates, date_issues = find_dates(
            doc, blocks, published=publication.date, day_first=options.day_first
        )
        organizations = find_organizations(doc, blocks, known=options.known)
        people = find_people(doc, blocks, organizations=organizations, known=options.known)
        places = find_places(
            doc, blocks, gazetteer=options.gazetteer, home=options.home, people=people
        )
        quotes, mark_issues = find_quotes(doc, blocks)
        quotes, relays = find_relays(doc, quotes)
        page = read_page(doc, quotes, places)
        people, unnamed = link_mentions(page, people, quotes=quotes)
        quotes, sources = resolve_sources(
            page, blocks, quotes=quotes, relays=relays,
            entities=Entities(people, organizations, places, unnamed),
        )  # fmt: skip
        people = tuple(map(add_pronoun_gender, people))
        quotes = add_quote_mentions(quotes, (*people, *organizations, *places))
        language = recognize_language(text)
        return Extraction(
            id_of(article), published=publication.date,
            published_from=article.published_from if article.published else publication.origin,
            language=language, meta=article.meta, model=self.model, layout=blocks,
            people=people, organizations=organizations, places=places, dates=dates,
            quotes=quotes, sources=sources,
            issues=(
                *_input_issues(article), *_language_issues(language),
                *_in_order((*publication.issues, *date_issues, *mark_issues)),
            ),
            text=text,
        )  # fmt: skip


def _without_contexts(
    pairs: Iterable[tuple[Input, Any]], contexts: deque[Any]
) -> Iterator[Article]:
    for article, context in pairs:
        contexts.append(context)
        yield _to_article(article)


def _to_article(article: Input) -> Article:
    if isinstance(article, str):
        return Article(article)
    if isinstance(article, Article):
        return article
    raise TypeError(f"an article is a str or a newsextract.Article, not {type(article).__name__}")


def _field(article: Article, name: str) -> str | None:
    value = article.meta.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _with_issues(record: Extraction, issues: tuple[Issue, ...]) -> Extraction:
    return replace(record, issues=(*issues, *record.issues)) if issues else record


def _input_issues(article: Article) -> Iterator[Issue]:
    return (Issue(issue.kind, issue.detail) for issue in article.issues)


def _language_issues(language: str | None) -> tuple[Issue, ...]:
    if language in (None, "en"):
        return ()
    return (Issue("not English", f"the text reads as {language}; the records may be wrong"),)


def _in_order(issues: Iterable[Issue]) -> list[Issue]:
    return sorted(issues, key=lambda issue: (issue.start or 0, issue.end or 0, issue.kind))
