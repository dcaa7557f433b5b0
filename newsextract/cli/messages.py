"""Messages on standard error, stripped of terminal control sequences."""

from __future__ import annotations

import logging
import sys

from newsextract.errors import hide_passwords
from newsextract.views.terminal import clean

_logger = logging.getLogger("newsextract")
_QUIET = logging.WARNING


def set_volume(*, quiet: bool, verbose: bool) -> None:
    """Choose whether :func:`note` prints, and whether the library's log is shown."""
    _logger.setLevel(_QUIET if quiet else logging.NOTSET)
    if verbose:
        logging.basicConfig(format="%(asctime)s %(message)s", stream=sys.stderr)
        _logger.setLevel(logging.INFO)


def is_quiet() -> bool:
    """Return whether only failures are printed."""
    return _logger.level == _QUIET


def note(message: object) -> None:
    """Write a message that is not a failure, unless the command is quiet."""
    if not is_quiet():
        say(message)


def say(message: object) -> None:
    """Write a message to standard error, without control sequences and passwords."""
    print(f"newsextract: {clean(hide_passwords(str(message)))}", file=sys.stderr)
