"""Options for reading."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field

from newsextract.article import to_iso
from newsextract.errors import InputError

INPUT_FORMATS = ("txt", "html", "jsonl", "json", "csv", "parquet", "warc", "xml")
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How articles are read.

    Args:
        fields: names of the fields in the input, ``{"text": "body", "published": "date"}``; a dot
            enters a nested object (``"article.body"``). Other names become fields of
            ``meta``.
        input_format: one of :data:`INPUT_FORMATS` for every input, whatever its name ends in.
        encoding: of text, JSON and CSV files.
        published: ISO 8601 date for articles that have none.
        mend: repair mojibake before offsets are taken (extra ``text``).
        max_article_bytes: a line, page or file that is longer is a failure, not an article.
        day_first: whether 3/5/2024, as a publication date, is 3 May; without it such a date is
            refused with an issue.
        quoting: whether fields of CSV and TSV files may be in quotation marks; by default in
            CSV, and in TSV where the header does.

    Raises:
        InputError: an invalid value.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    input_format: str | None = None
    encoding: str = "utf-8"
    published: str | None = None
    mend: bool = False
    max_article_bytes: int = 200 * MEBIBYTE
    day_first: bool | None = None
    quoting: bool | None = None

    def __post_init__(self) -> None:
        if self.input_format is not None and self.input_format not in INPUT_FORMATS:
            known = ", ".join(INPUT_FORMATS)
            raise InputError(f"unknown input format {self.input_format!r}; choose {known}")
        try:
            codecs.lookup(self.encoding)
        except LookupError:
            raise InputError(f"unknown text encoding {self.encoding!r}") from None
        try:
            object.__setattr__(self, "published", to_iso(self.published))
        except ValueError as error:
            raise InputError(str(error)) from None
