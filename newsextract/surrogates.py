"""Lone surrogates: half characters that a text may hold and UTF-8 cannot."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from newsextract.records import Extraction

_LONE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def mask_surrogates(text: str) -> str:
    """Return ``text`` with each lone surrogate replaced by U+FFFD, one for one."""
    return text if text.isascii() else _LONE.sub(_REPLACEMENT, text)


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
