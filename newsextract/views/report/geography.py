"""Map projection and the outline of the world."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import Any

Point = tuple[float, float]
Projection = Callable[[float, float], Point]

_EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)
_WORLD = (-180.0, -57.0, 180.0, 84.0)
_ROOM = 1.45
_MARGIN = 4.0  # beyond the edges, where clipped land is invisible
_FINEST = 0.7
WIDEST_REGION = 75.0  # degrees: a wider spread of places is drawn on the whole world
_SMALLEST_REGION = 6.0  # degrees: the outline is too coarse to zoom in further


@dataclass(frozen=True, slots=True)
class View:
    """A rectangle of ``width`` by ``height`` on which a part of the earth is drawn."""

    project: Projection
    left: float
    top: float
    scale: float
    width: float
    height: float

    def place(self, longitude: float, latitude: float) -> Point:
        """Return the position of a point on the earth in the rectangle."""
        x, y = self.project(longitude, latitude)
        return (x - self.left) * self.scale, (self.top - y) * self.scale


def equal_earth(longitude: float, latitude: float) -> Point:
    """Project by Equal Earth (Šavrič, Patterson and Jenny 2018): an equal-area projection."""
    a1, a2, a3, a4 = _EQUAL_EARTH
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2**3
    slope = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)
    x = 2 * math.radians(longitude) * math.cos(theta) / (math.sqrt(3) * slope)
    return x, theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))


def flat(longitude: float, latitude: float, *, narrow: float) -> Point:
    """Project by plate carrée, degrees of longitude shortened by ``narrow``."""
    return longitude * narrow, latitude


def world_view(width: float) -> View:
    """Return a view of the whole world without Antarctica."""
    _, south, east, north = _WORLD
    right, _ = equal_earth(east, 0)
    top, bottom = equal_earth(0, north)[1], equal_earth(0, south)[1]
    scale = width / (2 * right)
    return View(equal_earth, -right, top, scale, width, (top - bottom) * scale)


def region_view(points: Iterable[Point], width: float, height: float) -> View:
    """Return a view of all ``points`` (longitude, latitude) with a margin."""
    points = list(points)
    if not points or is_wide(points):
        return world_view(width)
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    middle = (south + north) / 2
    narrow = max(0.2, math.cos(math.radians(middle)))
    tall = max(_SMALLEST_REGION, (north - south) * _ROOM)
    wide = max(tall * width / height, (east - west) * narrow * _ROOM)
    tall = wide * height / width
    left, top = (west + east) / 2 * narrow - wide / 2, middle + tall / 2
    return View(partial(flat, narrow=narrow), left, top, width / wide, width, height)


def is_wide(points: Iterable[Point]) -> bool:
    """Return whether ``points`` are too far apart for a regional map."""
    return any(max(axis) - min(axis) > WIDEST_REGION for axis in zip(*points, strict=True))


def draw_outline(view: View) -> tuple[str, str]:
    """Return the SVG paths of the land and of the borders between countries."""
    outline = _read_outline()
    rings = (_clip_ring(_place(ring, view), view) for ring in outline["land"])
    land = "".join(f"{_draw(ring)}Z" for ring in rings if len(ring) > 2)
    placed = (_place(line, view) for line in outline["borders"])
    borders = "".join(_draw(part) for line in placed for part in _clip_line(line, view))
    return land, borders


def _place(line: Iterable[Point], view: View) -> list[Point]:
    return [view.place(x, y) for x, y in line]


def _clip_ring(ring: list[Point], view: View) -> list[Point]:
    """Return the part of a ring inside the drawing (Sutherland and Hodgman 1974)."""
    for axis, limit, sign in (
        (0, -_MARGIN, 1),
        (0, view.width + _MARGIN, -1),
        (1, -_MARGIN, 1),
        (1, view.height + _MARGIN, -1),
    ):
        inside = [sign * (point[axis] - limit) >= 0 for point in ring]
        if all(inside):
            continue
        kept: list[Point] = []
        for i, point in enumerate(ring):
            if inside[i] != inside[i - 1]:
                kept.append(_cross(ring[i - 1], point, axis, limit))
            if inside[i]:
                kept.append(point)
        ring = kept
    return ring


def _cross(one: Point, other: Point, axis: int, limit: float) -> Point:
    """Return where the line from ``one`` to ``other`` crosses an edge of the drawing."""
    share = (limit - one[axis]) / (other[axis] - one[axis])
    x, y = (a + share * (b - a) for a, b in zip(one, other, strict=True))
    return x, y


def _clip_line(line: list[Point], view: View) -> Iterator[list[Point]]:
    """Yield the stretches of a line whose segments may cross the drawing."""
    stretch: list[Point] = []
    for one, other in pairwise(line):
        if _meets(one, other, view):
            stretch = stretch or [one]
            stretch.append(other)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _meets(one: Point, other: Point, view: View) -> bool:
    """Return whether the bounding box of a segment meets the drawing."""
    xs, ys = zip(one, other, strict=True)
    across = max(xs) > 0 and min(xs) < view.width
    return across and max(ys) > 0 and min(ys) < view.height


def _draw(line: Iterable[Point]) -> str:
    """Return the path of one line, in tenths, without indistinguishable points."""
    steps: list[str] = []
    last = (math.inf, math.inf)
    for x, y in line:
        if math.hypot(x - last[0], y - last[1]) >= _FINEST:
            steps.append(f"{'L' if steps else 'M'}{x:.1f} {y:.1f}")
            last = (x, y)
    return "".join(steps)


@cache
def _read_outline() -> dict[str, Any]:
    """Return the land rings and borders as lists of (longitude, latitude) in degrees."""
    path = files("newsextract.views.report") / "data" / "world.json"
    world = json.loads(path.read_text(encoding="utf8"))
    steps = world["steps_per_degree"]
    return {name: [_unpack(line, steps) for line in world[name]] for name in ("land", "borders")}


def _unpack(line: list[int], steps: int) -> list[Point]:
    longitudes, latitudes = accumulate(line[::2]), accumulate(line[1::2])
    return [(x / steps, y / steps) for x, y in zip(longitudes, latitudes, strict=True)]
