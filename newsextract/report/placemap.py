"""The map of an article or a corpus: where the places stand, and their labels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from newsextract.report.geography import View, draw_outline, region_view, world_view

LONGEST_LABEL = 28
_LETTER = 6.1  # mean width of a letter of a label, in units of the drawing
_LINE = 12.0
_SMALLEST, _LARGEST = 3.5, 16.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to draw: its record, name, position and how often it is named."""

    record: str
    name: str
    longitude: float
    latitude: float
    times: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A drawn place; ``anchor`` and the label's position are empty where no label fits."""

    record: str
    name: str
    times: int
    x: float
    y: float
    radius: float
    anchor: str = ""
    label_x: float = 0.0
    label_y: float = 0.0


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """A drawing of ``width`` by ``height``: paths of land and borders, and the dots."""

    width: float
    height: float
    land: str
    borders: str
    dots: tuple[Dot, ...]


def draw_region(spots: Sequence[Spot], width: float, height: float) -> PlaceMap:
    """Return a map that shows all ``spots`` as near as it can."""
    view = region_view([(s.longitude, s.latitude) for s in spots], width, height)
    return _draw(view, spots)


def draw_world(spots: Sequence[Spot], width: float) -> PlaceMap:
    """Return a map of the world with ``spots``."""
    return _draw(world_view(width), spots)


def is_position(longitude: object, latitude: object) -> bool:
    """Return whether two values are a point of the earth."""
    if not isinstance(longitude, int | float) or not isinstance(latitude, int | float):
        return False
    return -180 <= longitude <= 180 and -90 <= latitude <= 90


def _draw(view: View, spots: Sequence[Spot]) -> PlaceMap:
    land, borders = draw_outline(view)
    most = max((s.times for s in spots), default=1)
    large_first = sorted(spots, key=lambda s: (-s.times, s.name))
    dots = _label([_dot(view, spot, most) for spot in large_first], view)
    return PlaceMap(view.width, view.height, land, borders, tuple(dots))


def _dot(view: View, spot: Spot, most: int) -> Dot:
    x, y = view.place(spot.longitude, spot.latitude)
    share = spot.times / most
    radius = max(_SMALLEST, min(_LARGEST, 2.5 + 3 * math.log2(most + 1)) * math.sqrt(share))
    return Dot(spot.record, spot.name, spot.times, round(x, 1), round(y, 1), round(radius, 1))


Box = tuple[float, float, float, float]


def _label(dots: list[Dot], view: View) -> Iterable[Dot]:
    """Give each dot, largest first, the first free place for its label, or none."""
    taken: list[Box] = [_around(d) for d in dots[:80]]
    for number, dot in enumerate(dots):
        labelled = _place_label(dot, taken, view) if number < 40 else None
        if labelled:
            taken.append(_label_box(labelled))
        yield labelled or dot


def _place_label(dot: Dot, taken: list[Box], view: View) -> Dot | None:
    reach = dot.radius + 3
    for anchor, x, y in (
        ("start", dot.x + reach, dot.y + 4),
        ("end", dot.x - reach, dot.y + 4),
        ("middle", dot.x, dot.y - reach),
        ("middle", dot.x, dot.y + reach + 9),
    ):
        labelled = replace(dot, anchor=anchor, label_x=round(x, 1), label_y=round(y, 1))
        box = _label_box(labelled)
        inside = box[0] > 0 and box[1] > 0 and box[2] < view.width and box[3] < view.height
        if inside and not any(_meet(box, other) for other in taken):
            return labelled
    return None


def _around(dot: Dot) -> Box:
    r = dot.radius
    return dot.x - r, dot.y - r, dot.x + r, dot.y + r


def _label_box(dot: Dot) -> Box:
    wide = min(len(dot.name), LONGEST_LABEL) * _LETTER
    left = dot.label_x - {"start": 0, "middle": 0.5, "end": 1}[dot.anchor] * wide
    return left, dot.label_y - _LINE + 2, left + wide, dot.label_y + 2


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
