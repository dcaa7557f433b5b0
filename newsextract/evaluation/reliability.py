"""Calibration: of the quotes with a score of 0.7, 70 % should be correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsextract.evaluation.tally import Figure, Measure, Share, Tally

BINS = 10
_UNIT = 1000


def add_score(result: Tally, score: float, *, right: bool) -> None:
    """Count an answer with its score under its bin, one of ten of equal width."""
    number = min(int(score * BINS), BINS - 1)
    result.add_case(f"score {number}", right)
    result.counts[f"score {number} sum"] += round(score * _UNIT)


@dataclass(frozen=True, slots=True)
class CalibrationError:
    """The mean gap, in percent, between the scores of a bin and the share that is right.

    Bins count by their answers (expected calibration error, Naeini et al. 2015).
    """

    name: str

    def of(self, counts: Mapping[str, float], samples: list[float]) -> Figure:
        """Return the figure."""
        total = sum(counts.get(f"score {n} all", 0) for n in range(BINS))
        gaps = sum(
            abs(counts.get(f"score {n} sum", 0) / _UNIT - counts.get(f"score {n} right", 0))
            for n in range(BINS)
        )
        return Figure(self.name, 100 * gaps / total if total else 0.0)

    def is_defined(self, counts: Mapping[str, float]) -> bool:
        """Return whether any answer had a score."""
        return any(counts.get(f"score {n} all", 0) for n in range(BINS))


RELIABILITY: tuple[Measure, ...] = (
    *(
        Share(f"score {n / BINS:.1f} to {(n + 1) / BINS:.1f}", f"score {n} right", f"score {n} all")
        for n in range(BINS)
    ),
    CalibrationError("calibration error"),
)
