"""Word lists: one entry per line in ``newsextract/data/en``; ``#`` starts a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def read_lines(name: str) -> tuple[str, ...]:
    """Return the entries of the word list ``name``, in file order."""
    text = (files("newsextract") / "data" / "en" / f"{name}.txt").read_text(encoding="utf8")
    lines = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


@cache
def read_words(name: str) -> frozenset[str]:
    """Return the entries of the word list ``name`` as a set."""
    return frozenset(read_lines(name))


@cache
def read_pairs(name: str) -> dict[str, str]:
    """Return a word list of ``key = value`` lines as a mapping."""
    pairs = (line.partition("=") for line in read_lines(name))
    return {key.strip(): value.strip() for key, _, value in pairs}
