"""Semantic classes of English nouns (person, group, text, place), from WordNet senses."""

from __future__ import annotations

from functools import lru_cache

from newsextract.language.lexicon import read_pairs
from newsextract.language.nouns import singular


@lru_cache(maxsize=4096)
def noun_senses(noun: str) -> str:
    """Return the classes of the senses of a noun, most frequent first, one letter each.

    ``p`` person, ``g`` group, ``c`` communication, ``l`` location, ``a`` artifact, ``o`` other;
    empty for a noun that is not listed.

    >>> noun_senses("minister")[0], noun_senses("report")[0]
    ('p', 'c')
    """
    table = read_pairs("noun_senses")
    return table.get(noun) or table.get(singular(noun), "")
