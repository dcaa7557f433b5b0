"""Whom sources without a name stand for, in press articles and in annotated ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Range = tuple[int, int]
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*")


@dataclass(frozen=True, slots=True)
class Meant:
    """A source as written, with the kind and the fullest name in the article of who it is."""

    span: Range
    kind: str
    name: str


def list_meant(row: Mapping[str, Any], marks: Mapping[str, Any] | None = None) -> Iterator[Meant]:
    """Yield the sources of an article with what they stand for, persons left out.

    Args:
        row: an article with quotes and their speakers, or any text.
        marks: what is annotated in it (:mod:`newsextract.training.annotations`).
    """
    for quote in row.get("quotes", ()):
        speaker = quote.get("speaker")
        if quote["source"] and speaker and speaker["kind"] not in ("person", "none"):
            yield Meant(tuple(quote["source"]), speaker["kind"], speaker["name"])
    for start, end, kind, names in (marks or {}).get("referents", ()):
        name = "; ".join(" ".join(row["text"][a:b].split()) for a, b in names)
        yield Meant((start, end), kind, name)


def name_variants(name: str) -> set[str]:
    """Return the names in a name with brackets: both of "Egyptian Association (EA)"."""
    inside = _BRACKETS.search(name)
    return {" ".join(_BRACKETS.sub(" ", name).split()), *((inside[1],) if inside else ())}
