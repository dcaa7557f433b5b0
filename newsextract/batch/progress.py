"""How far a run is: one line on a terminal, written over."""

from __future__ import annotations

import time
from typing import TextIO

from newsextract.batch.options import RunSummary

_SECONDS_BETWEEN = 0.5


class Progress:
    """Shows counts, rate, time left and failures on ``out``, if that is a terminal."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._shown = out.isatty()
        self._began: tuple[float, float] | None = None
        self._last = 0.0

    def update(self, summary: RunSummary, fraction: float | None) -> None:
        """Show where a run is that has read ``fraction`` of its input (0 to 1, if known)."""
        now = time.monotonic()
        if not self._shown or now - self._last < _SECONDS_BETWEEN:
            return
        self._last = now
        # What a resumed run passes over at once says nothing about the rate.
        if self._began is None or not summary.written:
            self._began = (now, fraction or 0.0)
        line = describe_progress(summary, now - self._began[0], fraction, self._began[1])
        self._out.write(f"\r\x1b[K{line}")
        self._out.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._out.write("\r\x1b[K")
            self._out.flush()


def describe_progress(
    summary: RunSummary, seconds: float, fraction: float | None, began_at: float = 0.0
) -> str:
    """Return a line such as "1,200 written, 3 failed, 41.3 a second, 12 %, 1:02:10 left"."""
    parts = [str(summary)]
    if seconds > 0 and summary.written:
        parts.append(f"{summary.written / seconds:.1f} a second")
    if fraction is not None:
        parts.append(f"{fraction:.0%}".replace("%", " %"))
        if seconds > 0 and fraction > began_at:
            left = seconds * (1 - fraction) / (fraction - began_at)
            parts.append(f"{_clock(left)} left")
    return ", ".join(parts)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
