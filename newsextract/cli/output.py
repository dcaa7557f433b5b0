"""Write records to standard output: JSON Lines, indented JSON or readable text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, TextIO

from newsextract.cli.parser import terminal_width
from newsextract.records.jsontext import print_json

if TYPE_CHECKING:
    from newsextract.records import Extraction

FORMATS = ("jsonl", "json", "text")


def write_records(records: Iterable[Extraction], *, form: str, out: TextIO) -> None:
    """Write ``records`` to ``out`` in ``form`` (one of :data:`FORMATS`), as they come."""
    write: dict[str, Callable[[Iterable[Extraction]], Iterator[str]]] = {
        "jsonl": _lines,
        "json": _indented,
        "text": _texts,
    }
    for piece in write[form](records):
        out.write(piece)


def _lines(records: Iterable[Extraction]) -> Iterator[str]:
    for record in records:
        yield print_json(record.to_dict()) + "\n"


def _indented(records: Iterable[Extraction]) -> Iterator[str]:
    """One record as an object, several as an array of objects."""
    stream = iter(records)
    first = list(islice(stream, 2))
    pieces = (print_json(r.to_dict(), indent=2) for r in chain(first, stream))
    if len(first) == 1:
        yield next(pieces) + "\n"
        return
    opening = "[\n"
    for piece in pieces:
        yield opening + piece
        opening = ",\n"
    yield "\n]\n" if first else "[]\n"


def _texts(records: Iterable[Extraction]) -> Iterator[str]:
    from newsextract.views.text import render_text

    rule = ""
    for record in records:
        yield rule + render_text(record, columns=terminal_width())
        rule = "\n" + "─" * terminal_width() + "\n\n"
