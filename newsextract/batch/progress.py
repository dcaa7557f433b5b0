"""Progress of a run: one line rewritten on a terminal, or occasional lines in a log."""

from __future__ import annotations

import logging
import time
from typing import TextIO

from newsextract.batch.options import RunSummary
from newsextract.io.sinks import name_target

_LOG = logging.getLogger(__name__)
_ON_TERMINAL, _IN_LOG = 0.5, 30.0  # seconds between two lines
_SECONDS_TO_JUDGE = 3.0  # before that, the rate mostly reflects the start
_SECONDS_BETWEEN_LINES = 60.0


class Progress:
    """Shows counts, rate, time left and failures on ``out``: a terminal, or a log file."""

    def __init__(self, out: TextIO, *, is_quiet: bool = False) -> None:
        self._out = out
        self._is_quiet = is_quiet
        self._is_terminal = out.isatty()
        self._began: tuple[float, float] | None = None
        self._last = 0.0 if self._is_terminal else time.monotonic()

    def update(self, summary: RunSummary, fraction: float | None) -> None:
        """Show the progress of a run, of which ``fraction`` (0 to 1, if known) is done."""
        now = time.monotonic()
        # Loading, and skipping in a resumed run, do not count towards the rate.
        if self._began is None or not max(summary.read, summary.written):
            self._began = (now, fraction or 0.0)
        between = _ON_TERMINAL if self._is_terminal else _IN_LOG
        if self._is_quiet or now - self._last < between:
            return
        self._last = now
        line = describe_progress(summary, now - self._began[0], fraction, self._began[1])
        self._out.write(f"\r\x1b[K{line}" if self._is_terminal else f"newsextract: {line}\n")
        self._out.flush()

    def clear(self) -> None:
        """Erase the line."""
        if self._is_terminal and not self._is_quiet:
            self._out.write("\r\x1b[K")
            self._out.flush()


class ProgressLog:
    """Logs the counts of a run once a minute, at level INFO; ``target`` names the run."""

    def __init__(self, target: str) -> None:
        self._target = name_target(target)
        self._began = self._last = time.monotonic()

    def update(self, summary: RunSummary) -> None:
        """Log the counts, at most once a minute."""
        now = time.monotonic()
        if now - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = now
            line = describe_progress(summary, now - self._began, None)
            _LOG.info("%s: %s", self._target, line)


def describe_progress(
    summary: RunSummary, seconds: float, fraction: float | None, began_at: float = 0.0
) -> str:
    """Return a line such as "1,200 written, 3 failed, 41.3 a second, 12 %, 1:02:10 left"."""
    done = max(summary.read, summary.written)
    parts = [f"{done:,} read"] if done > summary.written else []
    parts.append(str(summary))
    can_judge = seconds >= _SECONDS_TO_JUDGE and done
    if can_judge:
        parts.append(f"{done / seconds:.1f} a second")
    if fraction is not None:
        parts.append(f"{fraction:.0%}".replace("%", " %"))
        if can_judge and fraction > began_at:
            left = seconds * (1 - fraction) / (fraction - began_at)
            parts.append(f"{_clock(left)} left")
    return ", ".join(parts)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
