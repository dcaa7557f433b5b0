"""String helpers shared by several stages; those that change the length say so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable

_STRAIGHT = str.maketrans("‘’‚‛“”„‟«»‹›′″＂", "''''\"\"\"\"\"\"''" + '\'""')


DASHES = "-\u2010\u2011–—/"
"""What may be left at the end of a name where it is cut from a compound."""
LISTED = re.compile(r",? and |, ")
"""What joins two names in a list."""


_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u3000\t", " "))


def plain_spaces(text: str) -> str:
    """Return ``text`` with no-break, thin and other spaces made plain, same length."""
    return text if text.isascii() and "\t" not in text else text.translate(_SPACES)


def straighten(text: str) -> str:
    """Return ``text`` with curly quotation marks and apostrophes made straight, same length."""
    return text.translate(_STRAIGHT)


def fold(name: str) -> str:
    """Return ``name`` without diacritics, case and punctuation: a key for comparing names."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in decomposed if not unicodedata.combining(c))
    plain = name.casefold()
    return re.sub(r"[^\w]+", " ", re.sub(r"['’]s\b", "", plain)).strip()


def initials_of(words: Iterable[str], *, without: Container[str] = ()) -> str:
    """Return the first letters of words, but of those in ``without``: ("ann", "lee") → "al"."""
    return "".join(word[0] for word in words if word not in without)
