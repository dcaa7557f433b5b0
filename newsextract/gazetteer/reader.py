"""Look up places in a gazetteer file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from newsextract.errors import ModelError
from newsextract.gazetteer.format import MEND, Array, read_file
from newsextract.gazetteer.names import CACHED, name_key

BLOCK = 16
_STRIDE = 16
_LONGEST_KEY = 512
LAST, ALTERNATE = 1 << 31, 1 << 30
NONE = 65535
SHIPPED = Path(__file__).parent.parent / "data" / "gazetteer.bin"
_GREAT_CITY = 1_000_000
_KNOWN_DIVISIONS = frozenset({"AU", "CA", "GB", "US"})
_FUZZY_PREFIX = 4
_FUZZY_SCORE = 90.0
Found = tuple[tuple[int, bool], ...]
_ARRAYS = (
    "id", "latitude", "longitude", "population", "country", "division", "district", "feature",
    "name", "names", "key_blocks", "keys", "posting_blocks", "postings",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer.

    ``latitude`` and ``longitude`` are WGS 84 degrees, ``geonames_id`` and ``population`` ``None``
    where unknown; ``admin1`` is the GeoNames code of the first-order division without the country.
    """

    index: int
    name: str
    feature_code: str
    geonames_id: int | None
    country_code: str | None
    admin1: str | None
    latitude: float
    longitude: float
    population: int | None


class Gazetteer:
    """A read-only gazetteer file, opened by memory map: safe to share over threads and forks.

    Places are known by their index in the file; ``columns`` gives their arrays (``latitude``,
    ``population``, ``feature`` …), parallel by index. Countries come first, first-order
    divisions second, and the columns ``country`` and ``division`` hold their indexes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.meta, self.columns = read_file(path)
        missing = [name for name in _ARRAYS if name not in self.columns]
        if missing:
            raise ModelError(f"the gazetteer {path} lacks {missing[0]!r}: {MEND}")
        self._first_division = len(self.meta["countries"])
        self._first_other = self._first_division + len(self.meta["divisions"])
        self._keys = self.columns["keys"].data
        self._key_blocks = self.columns["key_blocks"]
        self._first_keys = _FirstKeys(self._keys, self._key_blocks)
        self._look_up = lru_cache(maxsize=CACHED)(self._read_key)
        self._look_up_similar = lru_cache(maxsize=CACHED)(self._find_similar)
        self._landmarks = [self._first_keys[n] for n in range(0, len(self._first_keys), _STRIDE)]

    def __reduce__(self) -> tuple[Any, ...]:
        return open_gazetteer, (self.path,)

    def __len__(self) -> int:
        return len(self.columns["id"])

    def find(self, name: str) -> Found:
        """Return the places called ``name``: index, and whether it is their main name."""
        return self.find_key(name_key(name))

    def most_people(self, name: str) -> int:
        """Return how many live in the largest place whose main name is ``name``, or 0."""
        found = [index for index, main in self.find(name) if main]
        return int(self.columns["population"][found].max(initial=0))

    def find_key(self, key: str) -> Found:
        """Return the places that have the key ``key`` of :func:`name_key`."""
        return self._look_up(key)

    def _read_key(self, key: str) -> Found:
        wanted = key.encode("utf8", "replace")
        block = self._find_block(wanted)
        if block < 0 or not wanted:
            return ()
        keys = self._read_block(block)
        return self._read_postings(block, keys.index(wanted)) if wanted in keys else ()

    def find_similar(self, name: str) -> Found:
        """Return the places whose key is nearest to that of ``name``, if one is near enough.

        Only keys with the same first four letters are looked at.
        """
        return self._look_up_similar(name_key(name))

    def _find_similar(self, key: str) -> Found:
        from rapidfuzz import fuzz, process

        wanted = key.encode("utf8", "replace")
        near = (
            k for k in self._find_prefix(wanted[:_FUZZY_PREFIX]) if abs(len(k) - len(wanted)) < 3
        )
        best = process.extractOne(wanted, list(near), scorer=fuzz.ratio, score_cutoff=_FUZZY_SCORE)
        return self.find_key(best[0].decode()) if best else ()

    def entry(self, index: int) -> Entry:
        """Return the place with the index ``index``."""
        columns = self.columns
        start, end = (int(n) for n in columns["name"][index : index + 2])
        country, division = int(columns["country"][index]), int(columns["division"][index])
        return Entry(
            index=index,
            name=columns["names"][start:end].tobytes().decode(),
            feature_code=self.feature_code(index),
            geonames_id=int(columns["id"][index]) or None,
            country_code=None if country == NONE else self.meta["countries"][country],
            admin1=None if division == NONE else self._division_code(division),
            latitude=round(float(columns["latitude"][index]), 4),
            longitude=round(float(columns["longitude"][index]), 4),
            population=int(columns["population"][index]) or None,
        )

    @cached_property
    def well_known(self) -> frozenset[str]:
        """The names of countries, of great cities and of ``known_divisions``."""
        feature = self.columns["feature"]
        features = np.array([code.startswith("PPL") for code in self.meta["features"]])
        cities = features[feature] & (self.columns["population"] >= _GREAT_CITY)
        chosen = [*range(len(self.meta["countries"])), *np.flatnonzero(cities).tolist()]
        return self.known_divisions.union(self.entry(index).name for index in chosen)

    @cached_property
    def known_divisions(self) -> frozenset[str]:
        """The names of the divisions of some large countries."""
        codes = enumerate(self.meta["divisions"], len(self.meta["countries"]))
        chosen = [index for index, code in codes if code[:2] in _KNOWN_DIVISIONS]
        return frozenset(self.entry(index).name for index in chosen)

    def feature_code(self, index: int) -> str:
        """Return the GeoNames code of what a place is: "PPLC", "ADM1"."""
        code: str = self.meta["features"][self.columns["feature"][index]]
        return code

    def is_country(self, index: int) -> bool:
        """Return whether a place is a country."""
        return index < self._first_division

    def is_division(self, index: int) -> bool:
        """Return whether a place is a first-order division of a country."""
        return self._first_division <= index < self._first_other

    def is_british_nation(self, index: int) -> bool:
        """Return whether a place is England, Northern Ireland, Scotland or Wales."""
        british = self.columns["country"][index] == self.country("GB")
        return self.is_division(index) and bool(british)

    def country(self, code: str) -> int | None:
        """Return the index of the country with the ISO 3166-1 code ``code``."""
        return self._countries.get(code)

    def division(self, code: str) -> int | None:
        """Return the index of the first-order division with the GeoNames code "US.LA"."""
        return self._divisions.get(code)

    @cached_property
    def _countries(self) -> dict[str, int]:
        return {code: index for index, code in enumerate(self.meta["countries"])}

    @cached_property
    def _divisions(self) -> dict[str, int]:
        first = len(self.meta["countries"])
        return {code: first + n for n, code in enumerate(self.meta["divisions"])}

    def _division_code(self, index: int) -> str:
        code: str = self.meta["divisions"][index - len(self.meta["countries"])]
        return code.partition(".")[2]

    def _read_block(self, block: int) -> list[bytes]:
        start, end = self._key_blocks[block], self._key_blocks[block + 1]
        return bytes(self._keys[start : end - 1]).split(b"\n")

    def _read_postings(self, block: int, skip: int) -> Found:
        start, end = self.columns["posting_blocks"][block : block + 2]
        postings: list[int] = self.columns["postings"][start:end].tolist()
        ends = [n for n, posting in enumerate(postings) if posting & LAST]
        first = ends[skip - 1] + 1 if skip else 0
        found = postings[first : ends[skip] + 1]
        return tuple((p & (ALTERNATE - 1), not p & ALTERNATE) for p in found)

    def _find_block(self, key: bytes) -> int:
        """Return the number of the block that would hold ``key``, -1 before the first."""
        low = max(bisect_right(self._landmarks, key) - 1, 0) * _STRIDE
        high = min(low + _STRIDE, len(self._first_keys))
        return bisect_right(self._first_keys, key, low, high) - 1

    def _find_prefix(self, prefix: bytes) -> list[bytes]:
        first = max(self._find_block(prefix), 0)
        last = self._find_block(prefix + b"\xff")
        found = [key for block in range(first, last + 1) for key in self._read_block(block)]
        return [key for key in found if key.startswith(prefix)]


@dataclass(frozen=True, slots=True)
class _FirstKeys:
    """The first key of each block, as a sequence that :mod:`bisect` can search."""

    keys: memoryview
    blocks: Array

    def __len__(self) -> int:
        return len(self.blocks) - 1

    def __getitem__(self, block: int) -> bytes:
        start = int(self.blocks[block])
        return bytes(self.keys[start : start + _LONGEST_KEY]).partition(b"\n")[0]


@cache
def open_gazetteer(path: Path | str | None = None) -> Gazetteer:
    """Return the gazetteer at ``path``, or the one that ships; each file is opened once.

    Raises:
        ModelError: the file is missing or broken.
    """
    return Gazetteer(Path(path) if path is not None else SHIPPED)


def pack_keys(postings: dict[str, dict[int, bool]]) -> dict[str, Array]:
    """Return the arrays that :meth:`Gazetteer.find_key` reads: key to places, main name or not."""
    encoded = sorted((key.encode("utf8"), places) for key, places in postings.items() if key)
    key_blocks, posting_blocks, packed = [0], [0], []
    blob = bytearray()
    for n, (key, places) in enumerate(encoded):
        blob += key + b"\n"
        run = [place | (0 if main else ALTERNATE) for place, main in sorted(places.items())]
        run[-1] |= LAST
        packed += run
        if n % BLOCK == BLOCK - 1 or n == len(encoded) - 1:
            key_blocks.append(len(blob))
            posting_blocks.append(len(packed))
    return {
        "keys": np.frombuffer(bytes(blob), dtype=np.uint8),
        "key_blocks": np.array(key_blocks, dtype=np.uint32),
        "postings": np.array(packed, dtype=np.uint32),
        "posting_blocks": np.array(posting_blocks, dtype=np.uint32),
    }
