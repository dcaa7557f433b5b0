"""Gender cues in names and nouns."""

from __future__ import annotations

import re

from newsextract.language.lexicon import read_pairs, read_words
from newsextract.language.person_names import Name, is_family
from newsextract.language.strings import fold
from newsextract.records import Gender

_LISTS: tuple[tuple[str, Gender], ...] = (
    ("given_names_female", "female"),
    ("given_names_male", "male"),
    ("names_female", "female"),
    ("names_male", "male"),
)
_COMPLEMENT = re.compile(r" (?:of|for|to|in|at|from|with) ")
_OWNER = re.compile(r"['’]s? ")


def given_gender(name: Name) -> Gender | None:
    """Return the gender of which nearly all bearers of the given name are.

    The first name decides, or the second after an initial; what may be a family name alone tells
    nothing, nor does a name of both, or one that is rare.

    >>> given_gender(Name(("angela", "davis")))
    'female'
    >>> given_gender(Name(("leslie", "davis"))) is None
    True
    """
    words = [word for word in name.words[:-1] if len(word) > 1] if name.is_full else name.words
    if not words or (not name.is_full and is_family(words[0])):
        return None
    return next((gender for names, gender in _LISTS if words[0] in read_words(names)), None)


def noun_gender(phrase: str) -> Gender | None:
    """Return the gender that a phrase like "spokeswoman for the mayor" implies."""
    nouns = read_pairs("gendered_nouns")
    head = fold(_OWNER.split(_COMPLEMENT.split(phrase, maxsplit=1)[0])[-1]).split()
    found = next((nouns[word] for word in reversed(head) if word in nouns), None)
    return as_gender(found)


def as_gender(word: str | None) -> Gender | None:
    """Return ``word`` where it is a gender, else ``None``."""
    if word == "female":
        return "female"
    return "male" if word == "male" else None
