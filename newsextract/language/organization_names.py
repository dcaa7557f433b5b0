"""Names of organizations as words that can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsextract.language.lexicon import read_words
from newsextract.language.strings import fold

_STOPS = re.compile(r"(?<=\b\w)\.(?=\w\b)")


def organization_words(name: str) -> tuple[str, ...]:
    """Return the folded words of an organization's name, without article and legal form."""
    words = fold(_STOPS.sub("", name)).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return tuple(without_legal_form(words))


def without_legal_form(words: Sequence[str]) -> list[str]:
    """Return the folded words of a name without "Inc." and the like at the end."""
    end = len(words)
    while end > 1 and words[end - 1] in read_words("legal_forms"):
        end -= 1
    return list(words[:end])
