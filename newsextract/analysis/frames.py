"""Convert records to pandas DataFrames, one per table (extra ``frames``)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from newsextract.errors import import_extra
from newsextract.records import Extraction
from newsextract.records.tables import TABLES, Row, Table, flatten

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]

_TYPES = {"text": "string", "integer": "Int64", "real": "Float64", "json": "object"}


def to_frames(
    records: Iterable[Extraction | dict[str, Any]], *, store_text: bool = False
) -> dict[str, pd.DataFrame]:
    """Return a DataFrame for each table: ``frames["quotes"]``, ``frames["people"]``, ….

    Args:
        records: extractions, or the JSON objects that ``newsextract extract`` writes.
        store_text: keep the articles' texts in ``frames["articles"].text``.

    Raises:
        MissingExtra: pandas is not installed.
    """
    pandas: Any = import_extra("pandas", "frames")
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for record in records:
        extraction = Extraction.from_dict(record) if isinstance(record, dict) else record
        for name, found in flatten(extraction, store_text=store_text).items():
            rows[name] += found
    return {table.name: _to_frame(pandas, table, rows[table.name]) for table in TABLES}


def _to_frame(pandas: Any, table: Table, rows: list[Row]) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    return pandas.DataFrame({
        column.name: pandas.Series(_read_json(values) if column.type == "json" else values,
                                   dtype=_TYPES[column.type])
        for column, values in zip(table.columns, columns, strict=True)
    })  # fmt: skip


def _read_json(values: Iterable[Any]) -> list[Any]:
    return [json.loads(value) for value in values]
