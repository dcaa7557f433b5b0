"""Gazetteer rows: one per place, as the sources give it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass(slots=True)
class Row:
    """A place on its way into a gazetteer; ``names`` are names beside ``name``.

    ``admin1`` and ``admin2`` are GeoNames codes ("41", "41.538549"), without the country.
    """

    geonames_id: int
    name: str
    feature_code: str
    country_code: str = ""
    admin1: str = ""
    admin2: str = ""
    latitude: float = math.nan
    longitude: float = math.nan
    population: int = 0
    names: list[str] = field(default_factory=list)

    @property
    def located(self) -> bool:
        """Whether the row has coordinates."""
        return not math.isnan(self.latitude)


def find_center(rows: list[Row]) -> tuple[float, float]:
    """Return the middle of ``rows``, on the sphere, each weighted by the root of its population.

    The root keeps one great city from pulling a division's middle to its edge.
    """
    x = y = z = 0.0
    for row in rows:
        weight = math.sqrt(math.sqrt(max(row.population, 1)))
        lat, lon = math.radians(row.latitude), math.radians(row.longitude)
        x += weight * math.cos(lat) * math.cos(lon)
        y += weight * math.cos(lat) * math.sin(lon)
        z += weight * math.sin(lat)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
