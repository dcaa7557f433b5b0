"""Escape untrusted strings for a page, and make invisible characters visible."""

from __future__ import annotations

import re
from html import escape as escape_html

_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_SAFE_LINK = re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)


def show(text: object) -> str:
    """Return ``text`` as HTML that shows every character and interprets none.

    A character that changes the direction of writing is isolated in an element of its own and made
    visible; a carriage return is written so that the parser keeps it.
    """
    escaped = escape_html(str(text)).replace("\r", "&#13;")
    return _DIRECTION.sub(_shut_in, escaped)


def _shut_in(match: re.Match[str]) -> str:
    return f'<span class="bidi" data-c="U+{ord(match[0]):04X}">{match[0]}</span>'


def plain(text: object) -> str:
    """Return ``text`` for an attribute or a title, without characters that change direction."""
    return _DIRECTION.sub("", str(text))


def writable(page: str) -> str:
    """Return ``page`` with characters that UTF-8 or HTML cannot hold replaced one by one."""
    return _UNWRITABLE.sub("\ufffd", page)


def safe_link(url: object) -> str | None:
    """Return ``url`` if it is a plain web address.

    Example:
        ``https://example.org/a`` is returned, ``javascript:alert(1)`` is not.
    """
    if isinstance(url, str) and _SAFE_LINK.fullmatch(url.strip()):
        return url.strip()
    return None
