"""Rows as Arrow tables (extra ``arrow``), for DuckDB and Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from newsextract.errors import import_extra
from newsextract.records.tables import Row, Table


def arrow_schema(table: Table) -> Any:
    """Return the Arrow schema of ``table``; JSON columns are strings."""
    arrow = import_extra("pyarrow", "arrow")
    types = {"text": arrow.string(), "json": arrow.string(), "integer": arrow.int64(),
             "real": arrow.float64()}  # fmt: skip
    return arrow.schema(
        [arrow.field(c.name, types[c.type], nullable=not c.required) for c in table.columns]
    )


def to_arrow(table: Table, rows: Sequence[Row]) -> Any:
    """Return ``rows`` of ``table`` as an Arrow table."""
    arrow = import_extra("pyarrow", "arrow")
    schema = arrow_schema(table)
    columns = zip(*rows, strict=True) if rows else ((),) * len(table.columns)
    arrays = [
        arrow.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)
    ]
    return arrow.Table.from_arrays(arrays, schema=schema)
