"""Reads English news: people, places, dates, quoted statements and their sources.

``extract(text)`` reads one article; ``load()`` gives an :class:`Extractor` for many. The names
below are imported when they are first used, so that ``import newsextract`` stays cheap.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsextract.analysis.frames import to_frames as to_frames
    from newsextract.analysis.linking import link as link
    from newsextract.article import Article as Article
    from newsextract.batch.api import run as run
    from newsextract.errors import InputError as InputError
    from newsextract.errors import MissingExtra as MissingExtra
    from newsextract.errors import ModelError as ModelError
    from newsextract.errors import NewsextractError as NewsextractError
    from newsextract.errors import TargetError as TargetError
    from newsextract.extractor import Extractor as Extractor
    from newsextract.io.stores import Store as Store
    from newsextract.io.stores import open_store as open_store
    from newsextract.loading import extract as extract
    from newsextract.loading import load as load
    from newsextract.records import Affiliation as Affiliation
    from newsextract.records import Block as Block
    from newsextract.records import Context as Context
    from newsextract.records import Date as Date
    from newsextract.records import Extraction as Extraction
    from newsextract.records import Issue as Issue
    from newsextract.records import Mention as Mention
    from newsextract.records import Organization as Organization
    from newsextract.records import Person as Person
    from newsextract.records import Place as Place
    from newsextract.records import Quote as Quote
    from newsextract.records import Role as Role
    from newsextract.records import Source as Source
    from newsextract.records import Span as Span
    from newsextract.records.focus import Focus as Focus
    from newsextract.records.focus import find_focus as find_focus
    from newsextract.records.schema import json_schema as json_schema
    from newsextract.views.displacy import to_displacy as to_displacy

    __version__: str

_NAMES_OF = {
    "article": ("Article",),
    "errors": ("InputError", "MissingExtra", "ModelError", "NewsextractError", "TargetError"),
    "extractor": ("Extractor",),
    "records.focus": ("Focus", "find_focus"),
    "analysis.frames": ("to_frames",),
    "analysis.linking": ("link",),
    "batch.api": ("run",),
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

__all__ = ["__version__", *sorted(_MODULE_OF)]  # noqa: PLE0604  they are strings

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
