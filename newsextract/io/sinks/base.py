"""The sink protocol and its arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from newsextract.article import Failure
from newsextract.errors import NewsextractError
from newsextract.records import Extraction
from newsextract.records.tables import Row, Table

Prepare = Callable[[Extraction], Any]
ROWS_AT_ONCE = 4_000
NO_TABLES = "has no tables to link: choose a database or a folder"
Links = Mapping[Table, Iterable[Row]]


class RejectedError(NewsextractError):
    """The target rejected the values of a row; the rest of the batch can be written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article to store: ``payload`` is what the sink's ``prepare`` made of its record."""

    id: str
    digest: str
    payload: Any


@dataclass(frozen=True, slots=True)
class Run:
    """Metadata of a run, a row of the table ``runs``; times are ISO 8601 in UTC."""

    id: str
    started: str
    machine: str
    version: str
    options: str
    finished: str | None = None
    articles: int = 0
    skipped: int = 0
    failed: int = 0


class Sink(Protocol):
    """Stores records, each article once.

    Attributes:
        batch_articles: how many articles one transaction should hold.
        prepare: makes the payload of a record; it runs where the record was made, so it can be
            pickled.
    """

    batch_articles: int
    prepare: Prepare

    def find_done(self, digests: Mapping[str, str]) -> set[str]:
        """Return the ids among ``digests`` (id to digest) that are stored and up to date."""
        ...

    def start(self, run: Run) -> None:
        """Note that a run begins."""
        ...

    def write(self, entries: Sequence[Entry], failures: Sequence[Failure]) -> None:
        """Store articles, replacing their old rows, and failures: all or nothing.

        Where an id comes twice, the later one is kept.
        """
        ...

    def finish(self, run: Run) -> None:
        """Record the end of a run and tidy the target."""
        ...

    def write_links(self, tables: Links) -> None:
        """Replace the contents of the linking tables.

        Raises:
            TargetError: the target has no tables.
        """
        ...

    def close(self) -> None:
        """Release the target; what was written stays."""
        ...


def batched(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield ``rows`` in lists of ``size``, the last one shorter."""
    stream = iter(rows)
    while part := list(islice(stream, size)):
        yield part


def last_of_each(entries: Sequence[Entry]) -> list[Entry]:
    """Return ``entries`` with only the last one of every id."""
    return list({entry.id: entry for entry in entries}.values())
