"""Exceptions raised on misuse; the content of an article never raises."""

from __future__ import annotations

import importlib
import re
from types import ModuleType

_IN_URL = re.compile(r"(\w://[^\s:/@]*):[^\s]*@")
_AS_PARAMETER = re.compile(r"(?i)(\bpassword\s*=\s*)(?:'(?:\\.|[^'])*'?|[^\s&]+)")


class NewsextractError(Exception):
    """An error that the caller can fix: the message says what, where and how."""


class InputError(NewsextractError):
    """An article could not be read: a missing file, a line that is not JSON, no text."""


class ModelError(NewsextractError):
    """The model or a data file is missing or broken."""


class TargetError(NewsextractError):
    """Records could not be stored: the target is in use, newer, full, or gone."""


class MissingExtra(NewsextractError):
    """An optional package is not installed: the message names the extra that installs it."""


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


def hide_passwords(text: str) -> str:
    """Return ``text`` with the passwords of the addresses and connection strings in it hidden.

    >>> hide_passwords("postgresql://ann:s3cret@host/news")
    'postgresql://ann@host/news'
    """
    return _AS_PARAMETER.sub(r"\1***", _IN_URL.sub(r"\1@", text))
