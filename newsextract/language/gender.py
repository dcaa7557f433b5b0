"""Whether a person is a man or a woman, where the article or the given name tells."""

from __future__ import annotations

from newsextract.language.lexicon import read_pairs, read_words
from newsextract.language.person_names import Name
from newsextract.language.strings import fold


def given_gender(name: Name) -> str | None:
    """Return "male" or "female" where the given name is nearly always one.

    >>> given_gender(Name(("angela", "davis")))
    'female'
    >>> given_gender(Name(("leslie", "davis"))) is None
    True
    """
    words = name.words[:-1] if name.is_full else name.words
    for word in words:
        if word in read_words("given_names_female"):
            return "female"
        if word in read_words("given_names_male"):
            return "male"
    return None


def noun_gender(phrase: str) -> str | None:
    """Return what a phrase like "spokeswoman for the mayor" tells, from its head noun on."""
    nouns = read_pairs("gendered_nouns")
    head = fold(phrase.split(" of ", maxsplit=1)[0].split(" for ", maxsplit=1)[0]).split()
    return next((nouns[word] for word in reversed(head) if word in nouns), None)
