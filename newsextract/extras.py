"""Optional packages: imported where they are used, missing with a word on how to get them."""

from __future__ import annotations

import importlib
from types import ModuleType

from newsextract.errors import NewsextractError


class MissingExtra(NewsextractError):
    """A package that this needs is not installed: the message names the extra that brings it."""


def import_extra(module: str, extra: str) -> ModuleType:
    """Return the optional ``module``, which the extra named ``extra`` installs.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise MissingExtra(
            f"this needs {package}, which is not installed: pip install 'newsextract[{extra}]'"
        ) from error
