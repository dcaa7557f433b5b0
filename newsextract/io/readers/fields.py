"""Build an article from an object's fields, under configurable names."""

from __future__ import annotations

import base64
import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from newsextract.article import Article, is_missing
from newsextract.errors import InputError
from newsextract.io.readers.dates import read_published
from newsextract.io.readers.ninjs import is_ninjs, read_ninjs
from newsextract.io.readers.options import ReadOptions

OWN_FIELDS = ("text", "id", "published")


def read_fields(fields: Mapping[str, Any], options: ReadOptions) -> Article:
    """Return the article that ``fields``, a row or a JSON object, describe.

    Raises:
        InputError: there is no text.
    """
    if not options.fields and is_ninjs(fields):
        return read_ninjs(fields, options)
    names = {name: name for name in OWN_FIELDS} | dict(options.fields)
    values = {ours: find_value(fields, theirs) for ours, theirs in names.items()}
    text = values.pop("text")
    if not isinstance(text, str):
        raise InputError(_describe_missing_text(text, names["text"], fields))
    article_id = values.pop("id")
    raw_date = values.pop("published")
    published, issues = read_published(raw_date, day_first=options.day_first)
    used = set(names.values())
    meta = {str(name): to_json_value(value) for name, value in fields.items() if name not in used}
    meta |= {name: to_json_value(value) for name, value in values.items() if value is not None}
    if issues:
        meta["published"] = to_json_value(raw_date)
    return Article(text, read_id(article_id), published, meta, issues=issues)


def find_value(fields: Mapping[str, Any], name: str) -> Any:
    """Return the field ``name``; where there is none, dots lead into nested objects."""
    if name in fields:
        return fields[name]
    value: Any = fields
    for step in name.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(step)
    return value


def to_json_value(value: Any) -> Any:
    """Return ``value``, as a Parquet file or a parser gives it, as a JSON value."""
    if is_missing(value) or (isinstance(value, float) and math.isinf(value)):
        return None
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): to_json_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [to_json_value(item) for item in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else str(value)


def read_id(value: Any) -> str | None:
    """Return an id as a string; an empty one and NaN, which many rows share, are none."""
    return None if value is None or is_missing(value) else str(value) or None


def _describe_missing_text(text: Any, name: str, fields: Mapping[str, Any]) -> str:
    if text is not None:
        return f"field {name!r} is {type(text).__name__}, not text"
    if not fields:
        return f"no field {name!r}: there are no fields at all"
    known = ", ".join(repr(str(key)) for key in list(fields)[:12])
    return f"no field {name!r} (there are {known}): name it with --field text=NAME"
