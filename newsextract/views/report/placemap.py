"""The map of an article or a corpus: positions of places and their labels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from newsextract.views.report.geography import (
    WIDEST_REGION,
    View,
    draw_outline,
    is_wide,
    region_view,
)

COUNTRY = "PCL"  # the GeoNames feature codes of countries begin so
LONGEST_LABEL = 28
_LETTER = 6.1  # mean width of a letter of a label, in units of the drawing
_LINE = 12.0
_SMALLEST, _LARGEST = 3.5, 16.0
_EDGE = 7.0
_MOST = 0.7


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to draw: its record, name, position and number of mentions.

    ``is_area`` is set for a country, whose position is just its center.
    """

    record: str
    name: str
    longitude: float
    latitude: float
    times: int
    is_area: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A drawn place; ``anchor`` and the label's position are empty where no label fits.

    A place outside the map is drawn at its edge, with an ``arrow`` towards it.
    """

    record: str
    name: str
    times: int
    x: float
    y: float
    radius: float
    arrow: str = ""
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
    """Return a map of the region with most of ``spots``; those far off are at its edge."""
    middle = [(s.longitude, s.latitude) for s in choose_spots(spots)]
    return _draw(region_view(middle, width, height), spots)


def choose_spots(spots: Sequence[Spot]) -> Sequence[Spot]:
    """Return the spots that the map has to hold: the first choice that one region can hold.

    All; else all but countries; else those around the middle, where most mentions are there.
    """
    towns = [spot for spot in spots if not spot.is_area]
    for choice in (spots, towns, _near_middle(towns)):
        if choice and not is_wide((s.longitude, s.latitude) for s in choice):
            return choice
    return spots


def _near_middle(spots: Sequence[Spot]) -> Sequence[Spot]:
    """Return the spots around the median, or none where they are not most of the mentions."""
    if not spots:
        return ()
    longitude, latitude = (
        median([getattr(s, axis) for s in spots for _ in range(min(s.times, 20))])
        for axis in ("longitude", "latitude")
    )
    near = [
        spot
        for spot in spots
        if abs(spot.longitude - longitude) < WIDEST_REGION / 2
        and abs(spot.latitude - latitude) < WIDEST_REGION / 2
    ]
    enough = _MOST * sum(spot.times for spot in spots)
    return near if sum(spot.times for spot in near) >= enough else ()


def is_position(longitude: object, latitude: object) -> bool:
    """Return whether two values are valid coordinates."""
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
    arrow = _point_outside(x, y, view)
    x, y = min(max(x, _EDGE), view.width - _EDGE), min(max(y, _EDGE), view.height - _EDGE)
    largest = min(_LARGEST, 2.5 + 3 * math.log2(most + 1))
    radius = max(_SMALLEST, 0 if arrow else largest * math.sqrt(spot.times / most))
    name = f"{spot.name} {arrow}".strip()
    return Dot(spot.record, name, spot.times, round(x, 1), round(y, 1), round(radius, 1), arrow)


def _point_outside(x: float, y: float, view: View) -> str:
    """Return an arrow to a point that lies outside the map, or ""."""
    if 0 <= x <= view.width:
        return "" if 0 <= y <= view.height else ("↑" if y < 0 else "↓")
    return "←" if x < 0 else "→"


Box = tuple[float, float, float, float]


def _label(dots: list[Dot], view: View) -> Iterable[Dot]:
    """Give each dot, largest first, the first free position for its label, or none."""
    taken: list[Box] = [_around(d) for d in dots[:80]]
    for number, dot in enumerate(dots):
        labeled = _place_label(dot, taken, view) if number < 40 else None
        if labeled:
            taken.append(_label_box(labeled))
        yield labeled or dot


def _place_label(dot: Dot, taken: list[Box], view: View) -> Dot | None:
    reach = dot.radius + 3
    for anchor, x, y in (
        ("start", dot.x + reach, dot.y + 4),
        ("end", dot.x - reach, dot.y + 4),
        ("middle", dot.x, dot.y - reach),
        ("middle", dot.x, dot.y + reach + 9),
    ):
        labeled = replace(dot, anchor=anchor, label_x=round(x, 1), label_y=round(y, 1))
        box = _label_box(labeled)
        inside = box[0] > 0 and box[1] > 0 and box[2] < view.width and box[3] < view.height
        if inside and not any(_meet(box, other) for other in taken):
            return labeled
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
