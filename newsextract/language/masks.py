"""Length-preserving text normalization: offsets are valid in both texts.

Lone surrogates, which UTF-8 cannot encode, are replaced, and line breaks inside hard-wrapped
paragraphs become spaces.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import Any

from newsextract.language.readable import SOFT, cover_text
from newsextract.records import Block, Extraction

_LONE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_HYPHEN = re.compile(r"\b([^\W\d_]+)(-[ \t]*\r?\n[ \t]*)([a-zà-öø-ÿ]+)")
_COMPOUND = re.compile(r"(?=\b([^\W\d_]+-[a-zà-öø-ÿ]+))")
_LINE_END = re.compile(r"[\r\n\v\f\x85\u2028\u2029]")
_OTHER_END = re.compile(r"\r(?!\n)|[\v\f\x85\u2028\u2029]")
"""Line ends that are read as "\\n", the one that the encoder and the stages know."""


def mask_surrogates(text: str) -> str:
    """Return ``text`` with each lone surrogate replaced by U+FFFD, one for one."""
    return text if text.isascii() else _LONE.sub(_REPLACEMENT, text)


def join_lines(text: str, blocks: Sequence[Block]) -> str:
    """Return ``text`` with the line ends inside a block replaced by spaces, one for one.

    Those between blocks are "\\n", whatever character the text has for them. A word that was broken
    with a hyphen is one word, filled up with soft hyphens.
    """
    parts, last = [], 0
    compounds = frozenset(_COMPOUND.findall(text)) if _HYPHEN.search(text) else frozenset()
    for block in blocks:
        parts.append(_OTHER_END.sub("\n", text[last : block.start]))
        inside = text[block.start : block.end]
        if _LINE_END.search(inside):
            joined = _HYPHEN.sub(lambda match: _join_word(match, compounds), inside)
            inside = _LINE_END.sub(" ", joined)
        parts.append(inside)
        last = block.end
    return "".join((*parts, _OTHER_END.sub("\n", text[last:])))


def _join_word(match: re.Match[str], compounds: frozenset[str]) -> str:
    """Return a word without the hyphen that broke it, or with one that it has elsewhere too."""
    left, gap, right = match.groups()
    kept = "-" if f"{left}-{right}" in compounds else SOFT
    return f"{left}{kept}{SOFT * (len(gap) - 1)}{right}"


def restore_text(extraction: Extraction, text: str) -> Extraction:
    """Return the record of a masked text as that of ``text``: every span says what is there.

    Names, which are no spans, are without the fillers of masks; blocks cover markup too.
    """
    values = {
        field.name: _restore(getattr(extraction, field.name), text)
        for field in dataclasses.fields(extraction)
    }
    values |= {"text": text, "meta": extraction.meta, "id": extraction.id}
    return dataclasses.replace(
        extraction, **{**values, "layout": cover_text(extraction.layout, text)}
    )


def _restore(value: Any, text: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_restore(item, text) for item in value)
    if isinstance(value, str) and (SOFT in value or "  " in value):
        return " ".join(value.replace(SOFT, "").split())
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    names = [field.name for field in dataclasses.fields(value)]
    values = {name: _restore(getattr(value, name), text) for name in names}
    if "text" in values and isinstance(values.get("start"), int):
        values["text"] = text[values["start"] : values["end"]]
    return dataclasses.replace(value, **values)
