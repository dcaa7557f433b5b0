"""The page of a corpus, from its counts."""

from __future__ import annotations

import base64
import gzip
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from newsextract.views.report.corpus.charts import (
    Bar,
    count_kinds,
    stack,
    stack_sources,
    stack_times,
)
from newsextract.views.report.corpus.counting import KINDS, Corpus, Said, Voice, count_corpus
from newsextract.views.report.corpus.reading import Rows
from newsextract.views.report.escape import safe_link
from newsextract.views.report.page import render_page
from newsextract.views.report.placemap import PlaceMap, draw_region

_MAP_SIZE = (1000.0, 470.0)
# A document ("the report") or a phrase ("officials") is another one in another article.
_NAMED_KINDS = frozenset(("person", "organization", "place"))


@dataclass(frozen=True, slots=True)
class CorpusOptions:
    """How the page of a corpus is made.

    Attributes:
        title: of the page.
        pages: links to the pages of articles, by the articles' ids.
        most_quotes: how many quotes the search holds; of more, the newest.
        most_dots: how many places the map shows; of more, the most named.
        rows: how many names each list shows.
    """

    title: str = "Who is quoted"
    pages: Mapping[str, str] = field(default_factory=dict)
    most_quotes: int = 200_000
    most_dots: int = 300
    rows: int = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote as the page shows it before its script runs."""

    quote: Said
    speaker: str
    kind: str
    article: str
    published: str | None
    link: str | None


def render_corpus(rows: Rows, options: CorpusOptions | None = None) -> str:
    """Return the page of a corpus as HTML that needs nothing beside it.

    Args:
        rows: what :func:`read_rows` returned.
        options: how to make it.

    Raises:
        MissingExtra: Jinja2 is not installed.
    """
    options = options or CorpusOptions()
    corpus = count_corpus(rows)
    kinds = count_kinds(corpus)
    links = [_link(paper.id, paper.url, options) for paper in corpus.articles]
    return render_page(
        "corpus",
        title=options.title,
        corpus=corpus,
        kinds=kinds,
        all_kinds=stack("", kinds, kinds.total()),
        stances=len(corpus.quotes) - kinds.total(),
        named=_count_named(corpus),
        voices=_top_voices(corpus, options),
        sources=stack_sources(corpus),
        times=stack_times(corpus),
        span=_span(corpus),
        places=corpus.places[: options.rows],
        map=_draw_map(corpus, options),
        first=_first_quotes(corpus, links),
        data=_pack(corpus, links, options),
        held=min(len(corpus.quotes), options.most_quotes),
        options=options,
    )


def _link(id_: str, url: str | None, options: CorpusOptions) -> str | None:
    return options.pages.get(id_) or safe_link(url)


def _count_named(corpus: Corpus) -> int:
    """Return how many statements have a source with a name."""
    return sum(v.statements for v in corpus.voices if v.kind in _NAMED_KINDS)


def _top_voices(corpus: Corpus, options: CorpusOptions) -> list[tuple[int, Voice, Bar]]:
    """Return the named voices with most statements: their number, and their bar."""
    named = (
        (number, voice)
        for number, voice in enumerate(corpus.voices)
        if voice.kind in _NAMED_KINDS and voice.statements
    )
    top = list(islice(named, options.rows))
    most = top[0][1].statements if top else 0
    return [(number, voice, stack(voice.name, voice.quotes, most)) for number, voice in top]


def _span(corpus: Corpus) -> tuple[str, str] | None:
    """Return the first and the last day of publication."""
    days = sorted(paper.published[:10] for paper in corpus.articles if paper.published)
    return (days[0], days[-1]) if days else None


def _draw_map(corpus: Corpus, options: CorpusOptions) -> PlaceMap | None:
    spots = [replace(p.spot, record=f"place-{n}") for n, p in enumerate(corpus.places) if p.spot]
    return draw_region(spots[: options.most_dots], *_MAP_SIZE) if spots else None


def _first_quotes(corpus: Corpus, links: list[str | None]) -> list[Shown]:
    return [_show(corpus, quote, links[quote.article]) for quote in corpus.quotes[:20]]


def _show(corpus: Corpus, quote: Said, link: str | None) -> Shown:
    voice = None if quote.voice is None else corpus.voices[quote.voice]
    paper = corpus.articles[quote.article]
    return Shown(
        quote,
        voice.name if voice else "",
        voice.kind if voice else "unknown",
        paper.title,
        paper.published,
        link,
    )


def _pack(corpus: Corpus, links: list[str | None], options: CorpusOptions) -> str:
    """Return what the search needs as JSON, packed: 100,000 quotes are a few megabytes."""
    counts = Counter(quote.article for quote in corpus.quotes)
    data: dict[str, Any] = {
        "kinds": KINDS,
        "voices": [[voice.name, voice.kind] for voice in corpus.voices],
        "articles": [
            [paper.title, paper.published, links[n], int(paper.id in options.pages), counts[n]]
            for n, paper in enumerate(corpus.articles)
        ],
        "quotes": [
            [q.content, -1 if q.voice is None else q.voice, q.article, _code(q), q.id]
            for q in corpus.quotes[: options.most_quotes]
        ],
    }
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=True)
    return base64.b64encode(gzip.compress(text.encode(), 6, mtime=0)).decode()


def _code(quote: Said) -> int:
    """Return the kind of a quote as a digit; ten more for a stance."""
    kind = KINDS.index(quote.kind) if quote.kind in KINDS else len(KINDS)
    return kind + (10 if quote.mode == "stance" else 0)
