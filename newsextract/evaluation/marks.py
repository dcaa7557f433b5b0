"""How much of a gold statement is inside quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right

from newsextract.language.strings import straighten
from newsextract.records import QuoteKind

_QUOTED = re.compile(r'"[^"\n]*"')


class QuotedStretches:
    """The stretches of a text between double quotation marks, line by line."""

    def __init__(self, text: str) -> None:
        found = [match.span() for match in _QUOTED.finditer(straighten(text))]
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]

    def kind_of(self, words: frozenset[int]) -> QuoteKind:
        """Return the kind of a statement whose words begin at ``words``."""
        quoted = sum(map(self._holds, words))
        if not quoted:
            return "indirect"
        return "direct" if quoted == len(words) else "mixed"

    def _holds(self, position: int) -> bool:
        i = bisect_right(self._starts, position) - 1
        return i >= 0 and position < self._ends[i]
