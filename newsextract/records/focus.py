"""The geographic focus of an article: its main country and place, with the evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsextract.records import Block, Extraction, Mention

_HEAD_KINDS = frozenset({"headline", "dateline", "subhead"})
_HEAD_WEIGHT = 3.0
_LEAD_WEIGHT = 2.0
_LEAD_PARAGRAPHS = 2
_ADJECTIVE_WEIGHT = 0.5
_SMALLEST_SHARE = 0.25
_BROAD = frozenset({"PCLI", "PCL", "PCLH", "CONT", "OCN", "SEA"})


@dataclass(frozen=True, slots=True)
class Focus:
    """The country (ISO 3166-1) and the place (id of the record's place) of an article.

    The shares are of the weight of all mentions that name a country, and a place inside it;
    ``evidence`` are the mentions that speak for the place, or for the country where there is none.
    """

    country_code: str | None
    country_share: float
    place: str | None
    place_share: float
    evidence: tuple[Mention, ...]


def find_focus(extraction: Extraction) -> Focus:
    """Return where the article is mainly set.

    Mentions in the headline and the dateline count three times, in the first two paragraphs twice,
    adjectives half. A country's mentions are those of all places in it. A country needs
    a quarter of the weight to be the focus, and a place a quarter of its country's.
    """
    weights = _weigh_places(extraction)
    countries: dict[str, float] = defaultdict(float)
    for place in extraction.places:
        if place.country_code:
            countries[place.country_code] += weights[place.id]
    country, country_share = _find_largest(countries)
    inside = [p for p in extraction.places if country and p.country_code == country]
    narrow = {p.id: weights[p.id] for p in inside if p.feature_code not in _BROAD}
    chosen_id, place_share = _find_largest(narrow, total=countries.get(country or "", 0.0))
    chosen = [p for p in inside if p.id == chosen_id] if chosen_id else inside
    mentions = sorted((m for p in chosen for m in p.mentions), key=lambda m: m.start)
    return Focus(country, country_share, chosen_id, place_share, tuple(mentions))


def _find_largest(
    weights: Mapping[str, float], *, total: float | None = None
) -> tuple[str | None, float]:
    """Return the key with the most weight and its share, if that is large enough."""
    whole = sum(weights.values()) if total is None else total
    if not weights or not whole:
        return None, 0.0
    key = max(weights, key=lambda k: weights[k])
    share = weights[key] / whole
    return (key, round(share, 3)) if share >= _SMALLEST_SHARE else (None, 0.0)


def _weigh_places(extraction: Extraction) -> dict[str, float]:
    """Return the weight of each place: that of the blocks that its mentions are in."""
    layout = sorted(extraction.layout, key=lambda block: block.start)
    paragraphs = [block for block in layout if block.kind == "paragraph"]
    heads = [(block, _HEAD_WEIGHT) for block in layout if block.kind in _HEAD_KINDS]
    leads = [(block, _LEAD_WEIGHT) for block in paragraphs[:_LEAD_PARAGRAPHS]]
    heavy = sorted([*heads, *leads], key=lambda pair: pair[0].start)
    starts = [block.start for block, _ in heavy]
    return {
        place.id: sum(_weigh_mention(mention, heavy, starts) for mention in place.mentions)
        for place in extraction.places
    }


def _weigh_mention(
    mention: Mention, heavy: Sequence[tuple[Block, float]], starts: Sequence[int]
) -> float:
    """Return the weight of a mention by the last of the heavy blocks that begin before it."""
    weight, at = 1.0, bisect_right(starts, mention.start) - 1
    if at >= 0 and mention.end <= heavy[at][0].end:
        weight = heavy[at][1]
    return weight * (_ADJECTIVE_WEIGHT if mention.form == "adjective" else 1.0)
