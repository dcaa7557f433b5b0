"""Query results: rows one by one, or all of them as a pandas or Arrow table."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from newsextract.errors import import_extra

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]

T = TypeVar("T")
_TIMES = frozenset(("published", "first_seen", "last_seen"))


class Answer(Generic[T]):
    """Rows of one kind, read from the store at each iteration.

    Args:
        kind: the class of the rows.
        read: yields their values.
    """

    def __init__(self, kind: type[T], read: Callable[[], Iterator[tuple[Any, ...]]]) -> None:
        self._kind = kind
        self._read = read

    def __iter__(self) -> Iterator[T]:
        """Yield the rows; no more than a thousand are held at a time."""
        for values in self._read():
            yield self._kind(*values)

    def frame(self) -> pd.DataFrame:
        """Return the rows as a pandas DataFrame; times are UTC, and ``NaT`` where unknown.

        Raises:
            MissingExtra: pandas is not installed.
        """
        pandas: Any = import_extra("pandas", "frames")
        frame = pandas.DataFrame(self._read(), columns=self.columns)
        for name in _TIMES & set(self.columns):
            frame[name] = pandas.to_datetime(
                frame[name], utc=True, errors="coerce", format="ISO8601"
            )
        return frame

    def arrow(self) -> Any:
        """Return the rows as an Arrow table; times are UTC, and null where unknown.

        Raises:
            MissingExtra: pyarrow is not installed.
        """
        arrow: Any = import_extra("pyarrow", "arrow")
        columns = dict(zip(self.columns, zip(*self._read(), strict=True), strict=False))
        types = {"str": arrow.string(), "int": arrow.int64(), "float": arrow.float64()}
        arrays = {}
        for field in dataclasses.fields(self._kind):  # type: ignore[arg-type]
            values: Any = columns.get(field.name, ())
            if field.name in _TIMES:
                values = arrow.array(map(parse_time, values), arrow.timestamp("us", tz="UTC"))
            else:
                values = arrow.array(values, types[str(field.type).partition(" ")[0]])
            arrays[field.name] = values
        return arrow.table(arrays)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the rows' fields, in order."""
        return tuple(field.name for field in dataclasses.fields(self._kind))  # type: ignore[arg-type]


def parse_time(text: str | None) -> dt.datetime | None:
    """Return an ISO 8601 date or date-time in UTC, without a zone taken as UTC; else ``None``."""
    try:
        found = dt.datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)
