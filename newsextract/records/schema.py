"""The JSON Schema of the record, generated from the record classes."""

from __future__ import annotations

import dataclasses
import inspect
import types
from typing import Any, Literal, Union, get_args, get_origin

from newsextract.records import SCHEMA, Extraction, record_fields

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_ATOMS = {str: "string", int: "integer", float: "number", bool: "boolean"}
_NARROWER: dict[str, dict[str, Any]] = {
    "schema": {"const": SCHEMA},
    "start": {"minimum": 0},
    "end": {"minimum": 0},
    "of": {"minimum": 0},
    "score": {"minimum": 0, "maximum": 1},
    "latitude": {"minimum": -90, "maximum": 90},
    "longitude": {"minimum": -180, "maximum": 180},
}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of :meth:`Extraction.to_dict`.

    Every field is required, unknown values are ``null``, and only ``meta`` may have other fields.
    """
    definitions: dict[str, Any] = {}
    root = _object(Extraction, definitions)
    return {
        "$schema": DIALECT,
        "title": SCHEMA,
        **root,
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def _object(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    fields = record_fields(cls)
    properties = {name: _field(name, type_, definitions) for name, type_ in fields.items()}
    return {
        "description": _summary(cls),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _field(name: str, type_: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    return {**_schema_of(type_, definitions), **_NARROWER.get(name, {})}


def _schema_of(type_: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(type_)
    if origin in (Union, types.UnionType):
        return _optional(type_, definitions)
    if origin is Literal:
        return {"type": "string", "enum": list(get_args(type_))}
    if origin is tuple:
        return {"type": "array", "items": _schema_of(get_args(type_)[0], definitions)}
    if origin is dict:
        return {"type": "object"}
    if dataclasses.is_dataclass(type_) and isinstance(type_, type):
        if type_.__name__ not in definitions:
            definitions[type_.__name__] = _object(type_, definitions)
        return {"$ref": f"#/$defs/{type_.__name__}"}
    return {"type": _ATOMS[type_]}


def _optional(type_: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """``X | None``: the schema of X that also allows ``null``."""
    inner = _schema_of(next(t for t in get_args(type_) if t is not type(None)), definitions)
    if "$ref" in inner:
        return {"anyOf": [inner, {"type": "null"}]}
    nullable = {**inner, "type": [inner["type"], "null"]}
    if "enum" in inner:
        nullable["enum"] = [*inner["enum"], None]
    return nullable


def _summary(cls: type) -> str:
    """The first paragraph of the class's docstring, without markup."""
    paragraph = (inspect.getdoc(cls) or "").split("\n\n")[0]
    return " ".join(paragraph.replace("``", "").split())
