"""JSON that a caller gives: one reader, whose errors say where."""

from __future__ import annotations

import json
from typing import Any

from newsextract.errors import InputError


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
        return json.loads(text)
    except json.JSONDecodeError as error:
        problem = f"not JSON: {error.msg} at character {error.pos + 1}"
    except RecursionError:
        problem = "not JSON that can be read: nested too deep"
    except ValueError as error:
        problem = f"not JSON that can be read: {error}"
    raise InputError(place + problem)
