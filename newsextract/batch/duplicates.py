"""Near-duplicate detection: MinHash with banding, kept on disk.

A. Broder, "On the resemblance and containment of documents" (1997); the bands are those of
J. Leskovec, A. Rajaraman, J. Ullman, "Mining of Massive Datasets", chapter 3.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from newsextract.batch.seen import open_index
from newsextract.records.tables import storable

_WORD = re.compile(r"\w+")
_SHINGLE = 5
_HASHES = 64
_BANDS = 16
_ROWS = _HASHES // _BANDS
_ALIKE = 0.8
_MOST_CANDIDATES = 50

_Hashes = NDArray[np.uint64]


class SeenTexts:
    """Texts seen so far; memory stays flat because the index is a temporary file."""

    def __init__(self) -> None:
        self._index = open_index()
        self._index.execute("CREATE TABLE texts (n INTEGER PRIMARY KEY, id TEXT, sketch BLOB)")
        self._index.execute("CREATE TABLE bands (band INTEGER PRIMARY KEY, n INTEGER)")
        self._index.execute("BEGIN")
        self._multipliers, self._offsets = _hash_family()

    def add(self, text: str, id: str) -> str | None:
        """Return the id of an earlier text like ``text``; if there is none, remember ``text``.

        Two texts are alike if they share at least four in five of their five-word sequences.
        """
        sketch = self._sketch(text)
        keys = list(_band_keys(sketch))
        for other_id, other in self._candidates(keys):
            if _likeness(sketch, other) >= _ALIKE:
                return other_id
        row = self._index.execute(
            "INSERT INTO texts (id, sketch) VALUES (?, ?)", [storable(id), sketch.tobytes()]
        )
        self._index.executemany(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)", [(key, row.lastrowid) for key in keys]
        )
        return None

    def close(self) -> None:
        """Remove the index."""
        self._index.close()

    def _sketch(self, text: str) -> _Hashes:
        """Return the smallest hash of the text's word sequences under each hash function."""
        words = _WORD.findall(text.lower()) or [text]
        hashes = np.array([zlib.crc32(w.encode("utf8", "surrogatepass")) for w in words], np.uint64)
        shingles = _hash_shingles(hashes)
        least: _Hashes = np.full(_HASHES, np.iinfo(np.uint64).max, np.uint64)
        for part in np.array_split(shingles, len(shingles) // 4096 + 1):
            mixed = part[:, None] * self._multipliers + self._offsets
            np.minimum(least, mixed.min(axis=0), out=least)
        return least

    def _candidates(self, keys: list[int]) -> list[tuple[str, _Hashes]]:
        marks = ", ".join("?" * len(keys))
        rows = self._index.execute(
            f"SELECT DISTINCT id, sketch FROM texts JOIN bands USING (n) WHERE band IN ({marks})"
            f" LIMIT {_MOST_CANDIDATES}",
            keys,
        )
        return [(id, np.frombuffer(sketch, np.uint64)) for id, sketch in rows]


def _hash_family() -> tuple[_Hashes, _Hashes]:
    """Return the multipliers (odd) and offsets of the hash functions, the same every time."""
    random = np.random.default_rng(20240814)
    numbers = random.integers(0, 2**63, (2, _HASHES), dtype=np.uint64)
    return numbers[0] | np.uint64(1), numbers[1]


def _hash_shingles(words: _Hashes) -> _Hashes:
    """Return a hash of every sequence of five words, or of all words where there are fewer."""
    length = max(1, len(words) - _SHINGLE + 1)
    total: _Hashes = np.zeros(length, np.uint64)
    for i in range(min(_SHINGLE, len(words))):
        total = (total ^ words[i : i + length]) * np.uint64(0x9E3779B97F4A7C15)
        total ^= total >> np.uint64(29)
    return total


def _band_keys(sketch: _Hashes) -> Iterator[int]:
    for number in range(_BANDS):
        band = sketch[number * _ROWS : (number + 1) * _ROWS].tobytes()
        yield zlib.crc32(band) << 4 | number


def _likeness(one: _Hashes, other: _Hashes) -> float:
    """Return the share of equal hashes: an estimate of the share of common sequences."""
    return float(np.mean(one == other))
