"""Matching of names and phrases."""

from __future__ import annotations

import re
import unicodedata

from newsextract.language.nouns import SMALL_WORDS

_TITLE = re.compile(r"^(the|a|an|mr|mrs|ms|dr|sir|dame|gov|sen|rep|president)\b\.?\s*")
_POSSESSIVE = re.compile(r"['’]s\b")


def fold_name(name: str | None) -> str:
    """Return ``name`` without case, accents, punctuation, possessive and one leading title."""
    plain = _POSSESSIVE.sub("", _plain(name))
    return re.sub(r"[^\w]+", " ", _TITLE.sub("", plain)).strip()


def telling_words(phrase: str | None) -> frozenset[str]:
    """Return the words of ``phrase`` that can carry a match: no articles, no prepositions."""
    plain = _POSSESSIVE.sub("", _plain(phrase))
    return frozenset(re.findall(r"\w+", plain)) - SMALL_WORDS


def overlap(a: frozenset[object] | set[object], b: frozenset[object] | set[object]) -> float:
    """Return the Jaccard overlap of two sets, 0 to 1; two empty sets do not overlap."""
    union = a | b
    return len(a & b) / len(union) if union else 0.0


def same_phrase(a: str | None, b: str | None, *, least: float) -> bool:
    """Return whether the telling words of ``a`` and ``b`` overlap by ``least`` or more."""
    return overlap(telling_words(a), telling_words(b)) >= least


def _plain(text: str | None) -> str:
    """``text`` in lower case without accents; the order of the two steps does not matter here."""
    decomposed = unicodedata.normalize("NFKD", text or "")
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
