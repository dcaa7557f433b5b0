"""The input: one article as the caller gives it, or the reason why there is none."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Article:
    """An article to read.

    Args:
        text: the article; offsets of all records point into exactly this string.
        id: the caller's id; where it is ``None`` the record's id is :func:`stable_id` of the text.
        published: ISO 8601 date or date-time, where the caller knows it.
        meta: the caller's other fields (``title``, ``byline``, ``url``, ``publisher``, …): JSON
            values, handed on untouched.
    """

    text: str
    id: str | None = None
    published: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that was not read, not understood or not stored, and why.

    Args:
        where: the file, or ``file:line``, or the article's id where it has no other place.
        reason: what was wrong, in a sentence for people.
        id: the article's id, where one is known.
        stage: what failed.
    """

    where: str
    reason: str
    id: str | None = None
    stage: Literal["read", "extract", "write"] = "read"

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


def stable_id(text: str) -> str:
    """Return the id of an article that has none: 16 hexadecimal digits of its text's SHA-256."""
    return hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()[:16]


def id_of(article: Article) -> str:
    """Return the id that the record of ``article`` bears."""
    return stable_id(article.text) if article.id is None else article.id


def digest_of(article: Article, signature: str) -> str:
    """Return the digest of an article and of what reads it.

    Args:
        article: all its fields count, so a changed title is a changed article.
        signature: names the model and the options that were used.
    """
    fields = (article.text, article.published, article.meta, signature)
    canonical = json.dumps(fields, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()[:32]
