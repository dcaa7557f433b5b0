"""Join the rows of all articles into what the corpus page shows."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from newsextract.language.strings import fold
from newsextract.views.report.corpus.reading import Rows
from newsextract.views.report.corpus.sentences import mark_sentences
from newsextract.views.report.placemap import COUNTRY, Spot, is_position

KINDS = ("direct", "mixed", "indirect")
SOURCE_KINDS = ("person", "organization", "place", "document", "group", "unnamed")
UNKNOWN = "unknown"
_fold_name = lru_cache(maxsize=1 << 16)(fold)


@dataclass(slots=True)
class Voice:
    """A source over all articles; ``names`` and ``genders`` count what articles say of it."""

    kind: str
    names: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    statements: int = 0

    @property
    def name(self) -> str:
        """The form that most articles use; among equals, the longest."""
        return max(self.names, key=lambda name: (self.names[name], len(name), name))

    @property
    def gender(self) -> str:
        """The gender that most articles give, or ""."""
        return max(self.genders, key=lambda g: (self.genders[g], g), default="")


@dataclass(frozen=True, slots=True)
class Said:
    """A quote.

    ``article``, ``voice`` and ``via`` are positions in the lists of the corpus, ``about`` those of
    the people and organizations that it mentions in ``subjects``. ``text`` is the sentence with the
    content between the signs of :mod:`~newsextract.views.report.corpus.sentences`.
    """

    id: str
    kind: str
    mode: str
    text: str
    cue: str
    score: float | None
    article: int
    voice: int | None
    via: int | None
    about: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """An article in the lists."""

    id: str
    published: str | None
    title: str
    url: str | None
    publisher: str


@dataclass(slots=True)
class Named:
    """A place over all articles: ``mentions`` counts them by the position of the article."""

    name: str
    country: str
    spot: Spot | None
    mentions: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that the page shows; ``is_linked``: people are joined across articles by key."""

    articles: list[Paper]
    voices: list[Voice]
    subjects: list[str]
    quotes: list[Said]
    places: list[Named]
    is_linked: bool


@dataclass(frozen=True, slots=True)
class _Index:
    """Positions by the ids of an article (or of a record in it)."""

    articles: dict[str, int]
    voices: dict[tuple[str, str], int]
    subjects: dict[tuple[str, str], int]


def count_corpus(rows: Rows) -> Corpus:
    """Return what the page shows of a corpus: the newest articles first.

    Rows may come in any order.
    """
    rows = {table: sorted(rows[table], key=_natural_order) for table in rows}
    papers = sorted(_papers(rows), key=lambda p: (p.published or "", p.id))[::-1]
    articles = {paper.id: number for number, paper in enumerate(papers)}
    keys = {(row[0], row[1]): row[2] for t in ("people", "organizations") for row in rows[t]}
    genders = {(row[0], row[1]): row[4] for row in rows["people"] if row[4]}
    voices, voice_of = _join_voices(rows["sources"], keys, genders)
    subjects, subject_of = _join_subjects(rows)
    index = _Index(articles, voice_of, subject_of)
    quotes = list(_quotes(rows, index))
    for quote in quotes:
        if quote.voice is not None and quote.mode == "statement":
            voices[quote.voice].statements += 1
    places = count_places(rows["places"], rows["mentions"], articles)
    quotes.sort(key=lambda quote: quote.article)  # stable: keeps the order within an article
    return Corpus(papers, voices, subjects, quotes, places, any(keys.values()))


def _natural_order(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Sorts rows by article, and ``Q2`` before ``Q10`` in it."""
    return str(row[0]), len(str(row[1])), *map(str, row[1:3])


def _papers(rows: Rows) -> Iterator[Paper]:
    layout = reversed(rows["layout"])
    headlines = {id_: (int(a), int(b)) for id_, a, b, kind in layout if kind == "headline"}
    for id_, published, title, url, meta, text in rows["articles"]:
        start, end = headlines.get(id_, (0, 0))
        headline = " ".join((text or "")[start:end].split())
        publisher = _values(meta).get("publisher")
        shown = title or headline or str(id_)
        yield Paper(str(id_), published, str(shown), url, str(publisher or ""))


def _values(meta: Any) -> Mapping[str, Any]:
    """Return the caller's fields, which stores keep as JSON."""
    value = json.loads(meta) if isinstance(meta, str) else meta
    return value if isinstance(value, dict) else {}


def _join_voices(
    sources: Iterable[tuple[Any, ...]],
    keys: Mapping[tuple[Any, Any], str | None],
    genders: Mapping[tuple[Any, Any], str],
) -> tuple[list[Voice], dict[tuple[str, str], int]]:
    """Return the voices, and the voice of each source of each article.

    Sources are one voice if their entities share a key, else if kind and name agree.
    """
    voices: list[Voice] = []
    seen: dict[tuple[str, str], int] = {}
    voice_of: dict[tuple[str, str], int] = {}
    for article, id_, kind, name, entity in sources:
        key = keys.get((article, entity))
        identity = ("key", key) if key else (kind, _fold_name(name))
        number = seen.setdefault(identity, len(voices))
        if number == len(voices):
            voices.append(Voice(kind))
        voices[number].names[name] += 1
        if (article, entity) in genders:
            voices[number].genders[genders[article, entity]] += 1
        voice_of[str(article), id_] = number
    return voices, voice_of


def _join_subjects(rows: Rows) -> tuple[list[str], dict[tuple[str, str], int]]:
    """Return the names of people and organizations, and the position of each of an article."""
    names: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    subject_of: dict[tuple[str, str], int] = {}
    for table in ("people", "organizations"):
        for article, id_, key, name, *_ in rows[table]:
            identity = ("key", key) if key else (table, _fold_name(name))
            number = seen.setdefault(identity, len(names))
            if number == len(names):
                names.append(name)
            subject_of[str(article), id_] = number
    return names, subject_of


def _quotes(rows: Rows, index: _Index) -> Iterator[Said]:
    about = _find_subjects(rows, index)
    for row, text in mark_sentences(rows):
        article, id_, kind, mode, _, cue, _, _, speaker, via, score, _ = row
        article = str(article)
        if article not in index.articles:
            continue
        yield Said(
            id_,
            kind,
            mode,
            text,
            cue or "",
            _number(score),
            index.articles[article],
            index.voices.get((article, speaker)),
            index.voices.get((article, via)),
            tuple(about[article, id_]),
        )


def _find_subjects(rows: Rows, index: _Index) -> dict[tuple[str, str], list[int]]:
    """Return the entities each quote mentions, except its speaker ("I")."""
    entities = {(row[0], row[1]): row[4] for row in rows["sources"]}
    speakers = {(row[0], row[1]): entities.get((row[0], row[8])) for row in rows["quotes"]}
    about: dict[tuple[str, str], list[int]] = defaultdict(list)
    for article, quote, entity in rows["quote_mentions"]:
        subject = index.subjects.get((str(article), entity))
        if subject is not None and speakers.get((article, quote)) != entity:
            about[str(article), quote].append(subject)
    return about


def count_places(
    places: Iterable[tuple[Any, ...]],
    mentions: Iterable[tuple[Any, ...]],
    articles: Mapping[str, int],
) -> list[Named]:
    """Return the places, most named first, joined by GeoNames id, else by name."""
    times = Counter((str(article), entity) for article, entity in mentions)
    groups: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for row in places:
        name, geonames_id, country = row[2:5]
        identity = ("id", str(geonames_id)) if geonames_id else (str(country), _fold_name(name))
        groups[identity].append(row)
    named = (_name(rows, times, articles) for rows in groups.values())
    return sorted(named, key=lambda place: (-place.mentions.total(), place.name))


def _name(
    rows: list[tuple[Any, ...]], times: Counter[tuple[str, str]], articles: Mapping[str, int]
) -> Named:
    name = Counter(row[2] for row in rows).most_common(1)[0][0]
    mentions = Counter[int]()
    for row in rows:
        if str(row[0]) in articles:
            mentions[articles[str(row[0])]] += times[str(row[0]), row[1]] or 1
    return Named(name, rows[0][4] or "", _find_spot(rows[0], name, mentions.total()), mentions)


def _find_spot(row: tuple[Any, ...], name: str, mentions: int) -> Spot | None:
    """Return the position of a place, or ``None`` if it has none."""
    latitude, longitude = (_number(value) for value in row[5:7])
    if latitude is None or longitude is None or not is_position(longitude, latitude):
        return None
    is_area = (row[7] or "").startswith(COUNTRY)
    return Spot("", name, longitude, latitude, mentions, is_area=is_area)


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
