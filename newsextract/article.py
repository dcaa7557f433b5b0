"""The input: an article as the caller gives it, or the reason it could not be read."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import operator
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

Origin = Literal["given", "metadata", "url"]
"""Where an article's own date comes from: the caller, its metadata, or its address."""

_EXTENDED = re.compile(
    r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_ISO = re.compile(
    r"\d{4}-?(?:\d\d-?\d\d|W\d\d-?\d|\d{3})"
    r"(?:[T ]\d\d(?::?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?)?(?: ?(?:Z|[+-]\d\d(?::?\d\d)?))?)?",
    re.IGNORECASE | re.ASCII,
)
_ORDINAL = re.compile(r"^(\d{4})-?(\d{3})(?=[T ]|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class InputIssue:
    """A problem noticed before extraction; it becomes an issue of the record.

    Args:
        kind: a short name, such as ``"publication date refused"``.
        detail: a sentence for people.
    """

    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article to read.

    Args:
        text: the article; offsets of all records point into exactly this string.
        id: the caller's id, a string or a whole number; where it is ``None`` the record's id is
            :func:`stable_id` of the text.
        published: the publication date, where the caller knows it: ISO 8601 in basic or extended
            form, a ``date``, a ``datetime`` or a pandas ``Timestamp``. Kept as ISO 8601, extended.
        meta: the caller's other fields (``title``, ``byline``, ``url``, ``publisher``, …): JSON
            values, passed on untouched.
        published_from: where ``published`` comes from.
        issues: problems found in the input.

    Raises:
        TypeError: ``text`` is not a string, or ``id`` neither a string nor a whole number.
        ValueError: ``published`` is not such a date.
    """

    text: str
    id: str | None = None
    published: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)
    published_from: Origin = "given"
    issues: tuple[InputIssue, ...] = ()

    if TYPE_CHECKING:  # what the arguments may be is wider than what the fields are

        def __init__(  # noqa: PLR0913, PLR0917
            self,
            text: str,
            id: str | int | None = None,
            published: str | dt.date | None = None,
            meta: dict[str, Any] = ...,
            published_from: Origin = "given",
            issues: tuple[InputIssue, ...] = (),
        ) -> None: ...

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise TypeError(f"an article's text is a str, not {type(self.text).__name__}")
        object.__setattr__(self, "id", _to_id(self.id))
        object.__setattr__(self, "published", to_iso(self.published))


def to_iso(value: object) -> str | None:
    """Return a date as ISO 8601 in the extended form; ``None`` for ``None``, NaT, NA and ``""``.

    Args:
        value: a ``date``, ``datetime`` or pandas ``Timestamp``, or a string in the basic or the
            extended form of ISO 8601 (``20240814T0746Z``). Extended strings stay as written.

    Raises:
        ValueError: ``value`` is anything else, or a day that does not exist.
    """
    if value is None or is_missing(value) or (isinstance(value, str) and not value):
        return None
    if isinstance(value, dt.date):
        return value.isoformat()
    text = value.strip() if isinstance(value, str) else ""
    if _ISO.fullmatch(text):
        try:
            return _parse_iso(text)
        except (OverflowError, ValueError):
            pass
    raise ValueError(
        f"published is {value!r}: give an ISO 8601 date such as 2024-08-14 or 2024-08-14T07:46, "
        "a date or a datetime"
    )


def is_missing(value: object) -> bool:
    """Return whether ``value`` is NaN, NaT or NA: none of them is known to equal itself."""
    try:
        return bool(value != value)  # noqa: PLR0124
    except TypeError:  # of NA
        return True
    except ValueError:  # of an array
        return False


def _parse_iso(text: str) -> str:
    parsed = dt.datetime.fromisoformat(
        _ORDINAL.sub(_day_of_year, text.upper().replace(" ", "T", 1))
    )
    if _EXTENDED.fullmatch(text):
        return text
    return parsed.isoformat() if "T" in text.upper() or " " in text else parsed.date().isoformat()


def _day_of_year(match: re.Match[str]) -> str:
    day = dt.date(int(match[1]), 1, 1) + dt.timedelta(int(match[2]) - 1)
    if not int(match[2]) or day.year != int(match[1]):
        raise ValueError(match[0])
    return day.isoformat()


def _to_id(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    try:
        return str(operator.index(value))  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"an article's id is a str, not {type(value).__name__}") from None


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be read, extracted or stored, and why.

    Args:
        where: the file, ``file:line``, or else the article's id.
        reason: what was wrong, in a sentence for people.
        id: the article's id, where one is known.
        stage: the step that failed; ``repeat`` if the article was skipped as a duplicate.
    """

    where: str
    reason: str
    id: str | None = None
    stage: Literal["read", "extract", "write", "repeat"] = "read"

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


def stable_id(text: str) -> str:
    """Return the id of an article that has none: 16 hexadecimal digits of its text's SHA-256."""
    return hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()[:16]


def id_of(article: Article) -> str:
    """Return the id of the record of ``article``."""
    return stable_id(article.text) if article.id is None else article.id


def digest_of(article: Article, signature: str) -> str:
    """Return a digest of an article and the settings of its extraction.

    Args:
        article: all its fields count, so a changed title is a changed article.
        signature: names the model and the options that were used.
    """
    issues = [(issue.kind, issue.detail) for issue in article.issues]
    fields = (article.text, article.published, article.published_from, article.meta, issues)
    canonical = json.dumps((*fields, signature), sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()[:32]
