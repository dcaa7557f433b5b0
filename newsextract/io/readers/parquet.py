"""Parquet files with one row per article (extra ``arrow``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from newsextract.article import Article, Failure
from newsextract.errors import InputError, import_extra
from newsextract.io.readers.fields import read_fields
from newsextract.io.readers.options import ReadOptions
from newsextract.io.readers.plain import describe_limit
from newsextract.io.readers.sources import STDIN, InputFile, check_ratio, check_rows

_ROWS_AT_ONCE = 256
_BYTES_AT_ONCE = 1 << 30


def read_rows(
    stream: BinaryIO, file: InputFile, options: ReadOptions
) -> Iterator[Article | Failure]:
    """Yield the article of each row, a few hundred rows in memory at once.

    A row group that is damaged is a failure that names its rows; the others are read.

    Raises:
        InputError: the file is no Parquet file, unpacks to a multiple of its size that no text
            has, or comes from standard input.
    """
    if file.path == STDIN:
        raise InputError("a Parquet file cannot be read from standard input: give its path")
    arrow = import_extra("pyarrow", "arrow")
    parquet = import_extra("pyarrow.parquet", "arrow")
    damage = (arrow.ArrowException, OSError, ValueError, OverflowError)
    try:
        table = parquet.ParquetFile(stream)
    except damage as error:
        raise InputError(f"not a readable Parquet file: {error}") from error
    with table:
        rows_at_once = _choose_batch(table.metadata, file)
        first, length = 1, 0
        for group in range(table.metadata.num_row_groups):
            count = table.metadata.row_group(group).num_rows
            number = first
            try:
                for row in _rows_of(table, group, rows_at_once):
                    item = _read_row(row, f"{file.path}:{number}", options)
                    yield item
                    number += 1
                    length += len(item.text) if isinstance(item, Article) else 0
                    check_ratio(file.path, unpacked=length, packed=file.size or length)
            except damage as error:
                reason = f"rows {number} to {first + count - 1} cannot be read: {error}"
                yield Failure(f"{file.path}:{number}", reason)
            first += count


def _rows_of(table: Any, group: int, rows_at_once: int) -> Iterator[dict[str, Any]]:
    for batch in table.iter_batches(rows_at_once, row_groups=[group], use_threads=False):
        yield from batch.to_pylist()


def _choose_batch(metadata: Any, file: InputFile) -> int:
    """Return how many rows may be in memory, even if one long value stands for all of them.

    Raises:
        InputError: its own metadata shows a bomb.
    """
    sizes = [metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups)]
    check_ratio(file.path, unpacked=sum(sizes), packed=file.size or sum(sizes))
    check_rows(file.path, rows=metadata.num_rows, packed=file.size or metadata.num_rows)
    return int(max(1, min(_ROWS_AT_ONCE, _BYTES_AT_ONCE // max([1, *sizes]))))


def _read_row(row: dict[str, Any], where: str, options: ReadOptions) -> Article | Failure:
    kept = {name: value for name, value in row.items() if value is not None}
    try:
        article = read_fields(kept, options)
    except InputError as error:
        return Failure(where, str(error))
    if len(article.text) > options.max_article_bytes:
        return Failure(where, describe_limit("text", options))
    return article
