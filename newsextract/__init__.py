"""Reads English news: people, places, dates, quoted statements and their sources.

``extract(text)`` reads one article; ``load()`` gives an :class:`Extractor` for many. The names
below are imported when they are first used, so that ``import newsextract`` stays cheap.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsextract.analysis.frames import to_frames
    from newsextract.analysis.linking import link
    from newsextract.article import Article
    from newsextract.errors import (
        InputError,
        MissingExtra,
        ModelError,
        NewsextractError,
        TargetError,
    )
    from newsextract.extractor import Extractor
    from newsextract.io.stores import Store, open_store
    from newsextract.loading import extract, load
    from newsextract.records import (
        Affiliation,
        Block,
        Context,
        Date,
        Extraction,
        Issue,
        Mention,
        Organization,
        Person,
        Place,
        Quote,
        Role,
        Source,
        Span,
    )
    from newsextract.records.focus import Focus, find_focus
    from newsextract.records.schema import json_schema
    from newsextract.views.displacy import to_displacy

    __version__: str

_NAMES_OF = {
    "article": ("Article",),
    "errors": ("InputError", "MissingExtra", "ModelError", "NewsextractError", "TargetError"),
    "extractor": ("Extractor",),
    "records.focus": ("Focus", "find_focus"),
    "analysis.frames": ("to_frames",),
    "analysis.linking": ("link",),
    "io.stores": ("Store", "open_store"),
    "loading": ("extract", "load"),
    "records": (
        "Affiliation", "Block", "Context", "Date", "Extraction", "Issue", "Mention",
        "Organization", "Person", "Place", "Quote", "Role", "Source", "Span",
    ),
    "records.schema": ("json_schema",),
    "views.displacy": ("to_displacy",),
}  # fmt: skip
_MODULE_OF = {name: module for module, names in _NAMES_OF.items() for name in names}

__all__ = [
    "Affiliation",
    "Article",
    "Block",
    "Context",
    "Date",
    "Extraction",
    "Extractor",
    "Focus",
    "InputError",
    "Issue",
    "Mention",
    "MissingExtra",
    "ModelError",
    "NewsextractError",
    "Organization",
    "Person",
    "Place",
    "Quote",
    "Role",
    "Source",
    "Span",
    "Store",
    "TargetError",
    "__version__",
    "extract",
    "find_focus",
    "json_schema",
    "link",
    "load",
    "open_store",
    "to_displacy",
    "to_frames",
]

logging.getLogger(__name__).addHandler(logging.NullHandler())

# ONNX Runtime's official builds write an id into the home folder and send events to its maker
# unless this is set before they are imported. Set it to 0 to let them.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("newsextract")
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'newsextract' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"newsextract.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
