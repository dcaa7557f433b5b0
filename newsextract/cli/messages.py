"""What the command line says: lines on standard error of which a terminal obeys nothing."""

from __future__ import annotations

import sys

from newsextract.errors import hide_passwords
from newsextract.views.terminal import clean


def say(message: object) -> None:
    """Write a message to standard error, without what a terminal would obey, and no password."""
    print(f"newsextract: {clean(hide_passwords(str(message)))}", file=sys.stderr)
