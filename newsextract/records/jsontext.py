"""JSON that a caller gives: one reader, whose errors say where."""

from __future__ import annotations

import json
from typing import Any

from newsextract.errors import InputError

DEEPEST = 100
"""Levels of lists and objects in one another; writing them recurses, reading them does not."""


def depth_of(value: Any) -> int:
    """Return how many lists and objects stand in one another in a JSON value."""
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
        where: what an error names before it says what is wrong, as "dump.jsonl, line 3".

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
        problem = f"not JSON: {error.msg} at character {error.pos + 1}"
    except RecursionError:
        problem = "not JSON that can be read: nested too deep"
    except ValueError as error:
        problem = f"not JSON that can be read: {error}"
    raise InputError(place + problem)
