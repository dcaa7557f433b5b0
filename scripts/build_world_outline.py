"""Rebuild ``newsextract/views/report/data/world.json``: land and borders for maps.

Source: Natural Earth 4.1, 1:110m Admin 0 countries (public domain), as TopoJSON in the npm
package ``world-atlas`` 2.0.2::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/build_world_outline.py package/countries-110m.json
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "newsextract" / "report" / "data" / "world.json"
STEPS_PER_DEGREE = 50
SOUTH = -60  # Antarctica is left out
ABOUT = {
    "what": "land rings and inner borders; each line is a list of longitude and latitude steps, "
    "the first absolute, the others relative, in 1/steps_per_degree degrees",
    "source": "Natural Earth 4.1, 1:110m Admin 0 countries, from npm world-atlas 2.0.2",
    "licence": "public domain",
    "built_by": "scripts/build_world_outline.py",
    "read_by": "newsextract/views/report/geography.py",
}

Line = list[tuple[int, int]]


def decode_arcs(topology: dict[str, Any]) -> list[Line]:
    """Return the arcs of a quantised topology as points in whole steps."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    steps = STEPS_PER_DEGREE
    arcs = []
    for arc in topology["arcs"]:
        xs, ys = accumulate(p[0] for p in arc), accumulate(p[1] for p in arc)
        arcs.append(
            [
                (round((x * sx + tx) * steps), round((y * sy + ty) * steps))
                for x, y in zip(xs, ys, strict=True)
            ]
        )
    return arcs


def rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """Yield the rings of a TopoJSON geometry, each a list of arc numbers."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        yield from polygon


def join_ring(ring: list[int], arcs: list[Line]) -> Line:
    """Return the points of a ring; a negative arc number means the arc is walked backwards."""
    points: Line = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def unwrap(line: Line) -> Line:
    """Return a line that crosses the date line as one that goes on beyond 180 degrees."""
    turn = 360 * STEPS_PER_DEGREE
    xs = [line[0][0]]
    for (before, _), (after, _) in pairwise(line):
        step = after - before
        xs.append(xs[-1] + step - turn * round(step / turn))
    middle = (min(xs) + max(xs)) / 2
    shift = turn * round(middle / turn)
    return [(x - shift, y) for x, (_, y) in zip(xs, line, strict=True)]


def flatten(line: Line) -> list[int]:
    """Return a line as steps, without points that rounding has made equal."""
    line = unwrap(line)
    kept = [p for i, p in enumerate(line) if i == 0 or p != line[i - 1]]
    deltas = zip(kept, [(0, 0), *kept], strict=False)
    return [value for (x, y), (px, py) in deltas for value in (x - px, y - py)]


def build_outline(topology: dict[str, Any]) -> dict[str, Any]:
    """Return the land rings and the borders that two countries share."""
    arcs = decode_arcs(topology)
    objects = topology["objects"]
    used = Counter(
        number if number >= 0 else ~number
        for country in objects["countries"]["geometries"]
        for ring in rings_of(country)
        for number in ring
    )
    rings = [join_ring(r, arcs) for g in objects["land"]["geometries"] for r in rings_of(g)]
    land = [ring for ring in rings if max(y for _, y in ring) > SOUTH * STEPS_PER_DEGREE]
    return {
        **ABOUT,
        "steps_per_degree": STEPS_PER_DEGREE,
        "land": [flatten(ring) for ring in land],
        "borders": [flatten(arcs[number]) for number, times in used.items() if times > 1],
    }


def main() -> None:
    """Read the topology named on the command line and write the outline."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("topology", type=Path, help="countries-110m.json of world-atlas")
    topology = json.loads(parser.parse_args().topology.read_text(encoding="utf8"))
    text = json.dumps(build_outline(topology), separators=(",", ":"))
    TARGET.write_text(text + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
