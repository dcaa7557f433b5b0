"""Options and summary of a run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

from newsextract.article import Failure
from newsextract.errors import InputError


@dataclass(frozen=True, slots=True)
class RunOptions:
    """Options of a run.

    Args:
        target: a file, folder or URL, see :func:`newsextract.io.sinks.open_sink`.
        format: of the target, if its name does not tell.
        workers: processes that extract articles; 1 extracts in this process.
        cluster: address of a Dask scheduler (``tcp://host:8786``) whose workers extract instead.
        on_error: continue after an article that failed, or stop there.
        dedupe: skip articles that repeat, or nearly repeat, an earlier one of this input.
        english_only: skip articles in other languages.
        store_text: store the articles' texts in the target.
        csv_safe: write CSV in which spreadsheets treat no cell as a formula.
        link: link people and organizations across articles at the end of the run.
        flush_seconds: write after this time even if a batch is not full.

    Raises:
        InputError: an option is invalid.
    """

    target: str
    format: str | None = None
    workers: int = 1
    cluster: str | None = None
    on_error: Literal["skip", "stop"] = "skip"
    dedupe: bool = False
    english_only: bool = False
    store_text: bool = False
    csv_safe: bool = False
    link: bool = False
    flush_seconds: float = 30.0

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise InputError(f"workers must be 1 or more, not {self.workers}")
        if self.on_error not in ("skip", "stop"):
            raise InputError(f"on_error must be 'skip' or 'stop', not {self.on_error!r}")

    def to_json(self) -> str:
        """Return the options as JSON, for the table of runs; the target may hold a password."""
        return json.dumps({k: v for k, v in asdict(self).items() if k != "target"})


@dataclass(slots=True)
class RunSummary:
    """Counts of a run, kept up to date.

    Attributes:
        written: articles extracted and stored.
        unchanged: articles that were stored already, by this model with these options.
        foreign: articles in other languages that were left out.
        repeated: articles that were left out as duplicates.
        read: articles extracted, stored or about to be.
        failed: articles that failed; the first of them are in ``failures``.
        stopped: whether the run stopped at a failure.
        seconds: how long it took.
    """

    written: int = 0
    read: int = 0
    unchanged: int = 0
    foreign: int = 0
    repeated: int = 0
    failed: int = 0
    stopped: bool = False
    seconds: float = 0.0
    failures: tuple[Failure, ...] = ()

    @property
    def skipped(self) -> int:
        """Articles skipped for any reason other than failure."""
        return self.unchanged + self.foreign + self.repeated

    @property
    def handled(self) -> int:
        """Articles that are done, one way or another."""
        return max(self.read, self.written) + self.skipped + self.failed

    def __str__(self) -> str:
        parts = {"written": self.written, "unchanged": self.unchanged, "not English": self.foreign,
                 "repeated": self.repeated, "failed": self.failed}  # fmt: skip
        return ", ".join(f"{count:,} {name}" for name, count in parts.items()
                         if count or name == "written")  # fmt: skip
