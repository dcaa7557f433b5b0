"""Parse JSON with errors that name the position; write JSON that is safe on a terminal."""

from __future__ import annotations

import json
import re
from typing import Any

from newsextract.errors import InputError

DEEPEST = 100
"""Levels of lists and objects in one another; writing them recurses, reading them does not."""

_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON may hold as it is, and a terminal obeys: C1 controls, marks of direction."""


def print_json(value: Any, *, indent: int | None = None) -> str:
    """Return ``value`` as JSON text for standard output: readable, with no control character.

    Control characters that JSON allows are escaped; parsing gives the same strings.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def depth_of(value: Any) -> int:
    """Return the nesting depth of a JSON value."""
    depth, level = 0, [value]
    while level := [item for item in level if isinstance(item, list | dict)]:
        depth += 1
        level = [
            inner for item in level for inner in (item.values() if isinstance(item, dict) else item)
        ]
    return depth


def _may_be_deep(text: str) -> bool:
    return text.count("[") + text.count("{") > DEEPEST


def parse_json(text: str, where: str = "") -> Any:
    """Return the value of a JSON text.

    Args:
        text: the JSON.
        where: prefix of error messages, such as "dump.jsonl, line 3".

    Raises:
        InputError: it is not JSON, or nested too deep, or holds a number too long to read.
    """
    place = f"{where}: " if where else ""
    try:
        value = json.loads(text)
        if _may_be_deep(text) and depth_of(value) > DEEPEST:
            raise RecursionError
        return value
    except json.JSONDecodeError as error:
        problem = describe_error(error)
    except RecursionError:
        problem = "unreadable JSON: nested too deep"
    except ValueError as error:
        problem = f"unreadable JSON: {error}"
    raise InputError(place + problem)


def describe_error(error: json.JSONDecodeError) -> str:
    """Return what is wrong and where: the parser's own messages may end in "at"."""
    return f"not JSON: {error.msg.removesuffix(' at')} at character {error.pos + 1}"
