"""What the page of a corpus shows, counted from the rows of its tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from newsextract.language.strings import fold
from newsextract.views.report.corpus.reading import Rows
from newsextract.views.report.placemap import COUNTRY, Spot, is_position

KINDS = ("direct", "mixed", "indirect")
SOURCE_KINDS = ("person", "organization", "place", "document", "group", "unnamed")
UNKNOWN = "unknown"
_fold_name = lru_cache(maxsize=1 << 16)(fold)


@dataclass(slots=True)
class Voice:
    """A source over all articles; ``names`` counts the forms that articles give it."""

    kind: str
    names: Counter[str] = field(default_factory=Counter)
    quotes: Counter[str] = field(default_factory=Counter)
    articles: set[int] = field(default_factory=set)
    stances: int = 0

    @property
    def name(self) -> str:
        """The form that most articles use; of equals, the longest."""
        return max(self.names, key=lambda name: (self.names[name], len(name), name))

    @property
    def statements(self) -> int:
        """How many statements of any kind it made."""
        return self.quotes.total()


@dataclass(frozen=True, slots=True)
class Said:
    """A quote; ``article`` and ``voice`` are positions in the lists of the corpus."""

    id: str
    kind: str
    mode: str
    content: str
    article: int
    voice: int | None


@dataclass(frozen=True, slots=True)
class Paper:
    """An article as the lists show it."""

    id: str
    published: str | None
    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """A place over all articles: how often it is named, and in how many."""

    name: str
    country: str
    mentions: int
    articles: int
    spot: Spot | None


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that the page shows; ``is_linked``: keys join people over the articles."""

    articles: list[Paper]
    voices: list[Voice]
    quotes: list[Said]
    places: list[Named]
    is_linked: bool


def count_corpus(rows: Rows) -> Corpus:
    """Return the counts of a corpus; newest articles first."""
    papers = sorted(_papers(rows["articles"]), key=lambda p: (p.published or "", p.id))[::-1]
    index = {paper.id: number for number, paper in enumerate(papers)}
    keys = {(row[0], row[1]): row[2] for t in ("people", "organizations") for row in rows[t]}
    voices, voice_of = _join_voices(rows["sources"], keys)
    quotes = list(_quotes(rows["quotes"], index, voice_of))
    _count_quotes(voices, quotes)
    order = sorted(range(len(voices)), key=lambda v: (-voices[v].statements, voices[v].name))
    rank = {old: new for new, old in enumerate(order)}
    ranked = [_renumber(q, rank) for q in sorted(quotes, key=lambda q: q.article)]
    places = count_places(rows["places"], rows["mentions"])
    return Corpus(papers, [voices[v] for v in order], ranked, places, any(keys.values()))


def _papers(rows: Iterable[tuple[Any, ...]]) -> Iterator[Paper]:
    for id_, published, title, url in rows:
        yield Paper(str(id_), published, str(title or id_), url)


def _join_voices(
    sources: Iterable[tuple[Any, ...]], keys: dict[tuple[Any, Any], str | None]
) -> tuple[list[Voice], dict[tuple[str, str], int]]:
    """Return the voices, and the voice of each source of each article.

    Sources are one voice where their entities have one key, else where kind and name agree.
    """
    voices: list[Voice] = []
    seen: dict[tuple[str, str], int] = {}
    voice_of: dict[tuple[str, str], int] = {}
    for article, id_, kind, name, entity in sources:
        key = keys.get((article, entity))
        identity = ("key", key) if key else (kind, _fold_name(name))
        if identity not in seen:
            seen[identity] = len(voices)
            voices.append(Voice(kind))
        number = seen[identity]
        voices[number].names[name] += 1
        voice_of[str(article), id_] = number
    return voices, voice_of


def _quotes(
    rows: Iterable[tuple[Any, ...]], index: dict[str, int], voice_of: dict[tuple[str, str], int]
) -> Iterator[Said]:
    for article, id_, kind, mode, content, speaker in rows:
        if str(article) in index:
            voice = voice_of.get((str(article), speaker)) if speaker else None
            yield Said(id_, kind, mode, content or "", index[str(article)], voice)


def _count_quotes(voices: list[Voice], quotes: Iterable[Said]) -> None:
    for quote in quotes:
        if quote.voice is None:
            continue
        voice = voices[quote.voice]
        voice.articles.add(quote.article)
        if quote.mode == "statement":
            voice.quotes[quote.kind] += 1
        else:
            voice.stances += 1


def _renumber(quote: Said, rank: dict[int, int]) -> Said:
    voice = None if quote.voice is None else rank[quote.voice]
    return Said(quote.id, quote.kind, quote.mode, quote.content, quote.article, voice)


def count_places(
    places: Iterable[tuple[Any, ...]], mentions: Iterable[tuple[Any, ...]]
) -> list[Named]:
    """Return the places, most named first; one GeoNames id is one place, else one name is."""
    times = Counter((str(article), entity) for article, entity in mentions)
    groups: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for row in places:
        name, geonames_id, country = row[2:5]
        identity = ("id", str(geonames_id)) if geonames_id else (str(country), _fold_name(name))
        groups[identity].append(row)
    named = (_name(rows, times) for rows in groups.values())
    return sorted(named, key=lambda place: (-place.mentions, place.name))


def _name(rows: list[tuple[Any, ...]], times: Counter[tuple[str, str]]) -> Named:
    name = Counter(row[2] for row in rows).most_common(1)[0][0]
    mentions = sum(times[str(row[0]), row[1]] or 1 for row in rows)
    articles = len({row[0] for row in rows})
    spot = _find_spot(rows[0], name, mentions)
    return Named(name, rows[0][4] or "", mentions, articles, spot)


def _find_spot(row: tuple[Any, ...], name: str, mentions: int) -> Spot | None:
    """Return where a place stands on the map, or ``None`` where its row does not say it."""
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
