"""The data of the corpus page in compressed columns, which its script unpacks on demand.

Numbers, names and titles are one JSON object of columns, unpacked when the page opens. The
sentences, by far the largest part, are in packs of :data:`PACK` lines, each unpacked when one of
its sentences is shown or all of them are searched.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from newsextract.views.report.corpus.counting import KINDS, SOURCE_KINDS, Corpus, Said
from newsextract.views.report.escape import safe_link, writable

PACK = 4096
_EPOCH = dt.date(1970, 1, 1).toordinal()
_GENDERS = ("", "female", "male")
_NONE = -1


def pack_columns(corpus: Corpus, pages: Mapping[str, str]) -> str:
    """Return names, numbers and titles as Base64-encoded gzip of JSON.

    Args:
        corpus: what the page shows.
        pages: links to the pages of articles, by the articles' ids.
    """
    publishers = list(dict.fromkeys(paper.publisher for paper in corpus.articles))
    cues = list(dict.fromkeys(quote.cue for quote in corpus.quotes))
    data = {
        "pack": PACK,
        "kinds": KINDS,
        "publishers": publishers,
        "cues": cues,
        "subjects": corpus.subjects,
        "voices": _pack_voices(corpus),
        "places": _pack_places(corpus),
        "articles": _pack_articles(corpus, pages, publishers),
        "quotes": _pack_quotes(corpus.quotes, cues),
    }
    return _pack(json.dumps(data, separators=(",", ":")))


def pack_sentences(quotes: Sequence[Said]) -> Iterator[str]:
    """Yield the sentences of ``quotes``, one per line, in Base64-encoded gzip packs."""
    for at in range(0, len(quotes), PACK):
        yield _pack("\n".join(quote.text for quote in quotes[at : at + PACK]))


def _pack(text: str) -> str:
    return base64.b64encode(gzip.compress(text.encode(), 6, mtime=0)).decode()


def _pack_voices(corpus: Corpus) -> dict[str, list[Any]]:
    return {
        "name": [writable(voice.name) for voice in corpus.voices],
        "kind": [_place(SOURCE_KINDS, voice.kind) for voice in corpus.voices],
        "gender": [_place(_GENDERS, voice.gender) for voice in corpus.voices],
    }


def _pack_places(corpus: Corpus) -> dict[str, list[Any]]:
    """Return the columns of the places; ``in`` alternates positions of articles and mentions."""
    return {
        "name": [place.name for place in corpus.places],
        "country": [place.country for place in corpus.places],
        "in": [
            [number for pair in place.mentions.items() for number in pair]
            for place in corpus.places
        ],
    }


def _pack_articles(
    corpus: Corpus, pages: Mapping[str, str], publishers: Sequence[str]
) -> dict[str, list[Any]]:
    position = {publisher: number for number, publisher in enumerate(publishers)}
    papers = corpus.articles
    return {
        "id": [paper.id for paper in papers],
        "title": [paper.title for paper in papers],
        "day": [_count_days(paper.published) for paper in papers],
        "link": [pages.get(paper.id) or safe_link(paper.url) for paper in papers],
        "page": [int(paper.id in pages) for paper in papers],
        "publisher": [position[paper.publisher] for paper in papers],
    }


def _pack_quotes(quotes: Sequence[Said], cues: Iterable[str]) -> dict[str, list[Any]]:
    position = {cue: number for number, cue in enumerate(cues)}
    return {
        "id": [quote.id for quote in quotes],
        "article": [quote.article for quote in quotes],
        "kind": [_place(KINDS, quote.kind) for quote in quotes],
        "stance": [int(quote.mode == "stance") for quote in quotes],
        "voice": [_NONE if quote.voice is None else quote.voice for quote in quotes],
        "via": [_NONE if quote.via is None else quote.via for quote in quotes],
        "cue": [position[quote.cue] for quote in quotes],
        "score": [_NONE if q.score is None else round(100 * q.score) for q in quotes],
        "about": [quote.about for quote in quotes] if any(q.about for q in quotes) else [],
    }


def _place(names: Sequence[str], name: str) -> int:
    """Return the position of ``name``; one that is not known comes after the last."""
    return names.index(name) if name in names else len(names)


def _count_days(published: str | None) -> int | None:
    """Return a date as days since 1970, or ``None`` if it is not a date."""
    try:
        return dt.date.fromisoformat((published or "")[:10]).toordinal() - _EPOCH
    except ValueError:
        return None
