"""Toponyms: recognized, and resolved to within 161 km."""

from __future__ import annotations

import math
from typing import Any

from newsextract.evaluation.reliability import add_score
from newsextract.evaluation.spans import Offsets
from newsextract.evaluation.tally import F1, Median, Share, Tally, Total
from newsextract.records import Extraction, Place

NEAR_KM = 161
MEASURES = (
    F1("recognition"),
    Share("accuracy@161km of found", "near", "found"),
    Share("accuracy@161km of all", "near", "gold"),
    Share("accuracy@161km of answered", "near", "answered"),
    Share("answered share of found", "answered", "found"),
    Median("median km"),
    Total("gold", "gold"),
)


def tally(gold: dict[str, Any], record: Extraction) -> Tally:
    """Count the toponyms of one article; those without coordinates are recognized only."""
    result = Tally()
    found = _by_span(record)
    result.add_sets("recognition", {(t["start"], t["end"]) for t in gold["toponyms"]}, set(found))
    for toponym in gold["toponyms"]:
        if "lat" in toponym:
            _add_place(result, toponym, _place_at(found, toponym), article=gold["id"])
    return result


def _by_span(record: Extraction) -> dict[Offsets, Place]:
    return {
        (m.start, m.end): place
        for place in record.places
        for m in place.mentions
        if m.form in ("name", "adjective")
    }


def _place_at(found: dict[Offsets, Place], toponym: dict[str, Any]) -> Place | None:
    start, end = toponym["start"], toponym["end"]
    if (start, end) in found:
        return found[start, end]
    return next((p for (s, e), p in found.items() if s < end and start < e), None)


def _add_place(
    result: Tally, toponym: dict[str, Any], place: Place | None, *, article: str
) -> None:
    result.counts["gold"] += 1
    if place is None:
        return
    result.counts["found"] += 1
    if place.latitude is None or place.longitude is None:
        result.add_error(article, "unresolved", toponym["text"])
        return
    want = (toponym["lat"], toponym["lon"])
    distance = kilometres(want, (place.latitude, place.longitude))
    result.samples.append(distance)
    result.counts["answered"] += 1
    result.counts["near"] += distance <= NEAR_KM
    if place.score is not None:
        add_score(result, place.score, right=distance <= NEAR_KM)
    if distance > NEAR_KM:
        have = (round(distance), place.name, place.country_code, want)
        result.add_error(article, "far", toponym["text"], *have)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance of two points in degrees (haversine, radius 6,371 km)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 12742 * math.asin(min(1, math.sqrt(h)))
