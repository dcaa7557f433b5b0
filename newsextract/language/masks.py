"""What the stages read in place of the caller's text, of the same length: offsets hold in both.

Lone surrogates, half characters that UTF-8 cannot hold, are replaced, and the line ends inside a
paragraph that was broken at a fixed width are spaces.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Any

from newsextract.records import Block, Extraction

_LONE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_LINE_END = re.compile(r"[\r\n]")


def mask_surrogates(text: str) -> str:
    """Return ``text`` with each lone surrogate replaced by U+FFFD, one for one."""
    return text if text.isascii() else _LONE.sub(_REPLACEMENT, text)


def join_lines(text: str, blocks: Sequence[Block]) -> str:
    """Return ``text`` with the line ends inside a block replaced by spaces, one for one."""
    parts, last = [], 0
    for block in blocks:
        parts.append(text[last : block.start])
        parts.append(_LINE_END.sub(" ", text[block.start : block.end]))
        last = block.end
    return "".join((*parts, text[last:]))


def restore_text(extraction: Extraction, text: str) -> Extraction:
    """Return the record of a masked text as that of ``text``: every span says what stands there."""
    values = {
        field.name: _restore(getattr(extraction, field.name), text)
        for field in dataclasses.fields(extraction)
    }
    return dataclasses.replace(extraction, **{**values, "text": text})


def _restore(value: Any, text: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_restore(item, text) for item in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    names = [field.name for field in dataclasses.fields(value)]
    values = {name: _restore(getattr(value, name), text) for name in names}
    if "text" in values and isinstance(values.get("start"), int):
        values["text"] = text[values["start"] : values["end"]]
    return dataclasses.replace(value, **values)
