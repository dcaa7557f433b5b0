"""The input: one article as the caller gives it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Article:
    """An article to read.

    Args:
        text: the article; offsets of all records point into exactly this string.
        id: the caller's id; where it is ``None`` the record's id is a stable hash of the text.
        published: ISO 8601 date or date-time, where the caller knows it.
        meta: the caller's other fields (``title``, ``byline``, ``url``, ``publisher``, …): JSON
            values, handed on untouched.
    """

    text: str
    id: str | None = None
    published: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)
