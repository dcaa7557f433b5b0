"""Render the corpus page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from newsextract.views.report.corpus.columns import pack_columns, pack_sentences
from newsextract.views.report.corpus.counting import UNKNOWN, Corpus, Said, count_corpus
from newsextract.views.report.corpus.reading import Rows
from newsextract.views.report.corpus.sentences import BEGIN, END
from newsextract.views.report.page import render_page
from newsextract.views.report.placemap import PlaceMap, draw_region

_MAP_SIZE = (1000.0, 470.0)
_FIRST = 20
# A document ("the report") or a phrase ("officials") differs from article to article.
NAMED_KINDS = frozenset(("person", "organization", "place"))


@dataclass(frozen=True, slots=True)
class CorpusOptions:
    """Options of the page of a corpus.

    Attributes:
        title: of the page.
        pages: links to the pages of articles, by the articles' ids.
        most_dots: how many places the map shows, the most named first.
        rows: how many names each list shows before the script runs.
    """

    title: str = "Who is quoted"
    pages: Mapping[str, str] = field(default_factory=dict)
    most_dots: int = 300
    rows: int = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote as the page shows it before its script runs."""

    speaker: str
    kind: str
    content: str
    article: str
    published: str | None


def render_corpus(rows: Rows, options: CorpusOptions | None = None) -> str:
    """Return the page of a corpus as self-contained HTML.

    Args:
        rows: what :func:`read_rows` returned.
        options: its title, links and limits.

    Raises:
        MissingExtra: Jinja2 is not installed.
    """
    options = options or CorpusOptions()
    corpus = count_corpus(rows)
    said = [quote for quote in corpus.quotes if quote.mode == "statement"]
    return render_page(
        "corpus",
        title=options.title,
        corpus=corpus,
        statements=len(said),
        stances=len(corpus.quotes) - len(said),
        span=_span(corpus),
        voices=_top_voices(corpus, options.rows),
        sources=_count_sources(corpus, said).most_common(),
        map=_draw_map(corpus, options),
        first=[_show(corpus, quote) for quote in said[:_FIRST]],
        columns=pack_columns(corpus, options.pages),
        packs=pack_sentences(corpus.quotes),
    )


def _top_voices(corpus: Corpus, most: int) -> list[tuple[str, int]]:
    """Return the named voices with the most statements."""
    named = [(v.name, v.statements) for v in corpus.voices if v.kind in NAMED_KINDS]
    return sorted(named, key=lambda pair: (-pair[1], pair[0]))[:most]


def _count_sources(corpus: Corpus, said: list[Said]) -> Counter[str]:
    """Return the number of statements of each kind of source."""
    return Counter(UNKNOWN if q.voice is None else corpus.voices[q.voice].kind for q in said)


def _span(corpus: Corpus) -> tuple[str, str] | None:
    """Return the first and the last day of publication."""
    days = sorted(paper.published[:10] for paper in corpus.articles if paper.published)
    return (days[0], days[-1]) if days else None


def _draw_map(corpus: Corpus, options: CorpusOptions) -> PlaceMap | None:
    spots = [replace(p.spot, record=str(n)) for n, p in enumerate(corpus.places) if p.spot]
    return draw_region(spots[: options.most_dots], *_MAP_SIZE) if spots else None


def _show(corpus: Corpus, quote: Said) -> Shown:
    paper = corpus.articles[quote.article]
    speaker = "" if quote.voice is None else corpus.voices[quote.voice].name
    content = quote.text.replace(BEGIN, "").replace(END, "")
    return Shown(speaker, quote.kind, content, paper.title, paper.published)
