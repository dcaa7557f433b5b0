"""Adjectives and demonyms that refer to a place: "Ukrainian", "Texans"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsextract.language.lexicon import read_words
from newsextract.language.rules import rule
from newsextract.stages.places.names import expand_demonym
from newsextract.stages.places.page import Page
from newsextract.stages.places.toponyms import Toponym

_REACH = 24
_OTHER_AMERICANS = re.compile(r"(?:Native|[A-Z]\w+n|Latin|Anglo|Central|North|South)[- ]$")
_LANGUAGE_BEFORE = re.compile(
    r"\b(?:(?:English|French|Spanish)\s(?:and|or)|in|into|from|speaks?|spoken?|spoke|speaking|learn"
    r"|learning|fluent|teach|teaches|taught|study|studies|studied)\s"
    r"(?:[A-Z]\w+(?:,\s[A-Z]\w+)?,?\s(?:and|or)\s)?$"
)
_OTHER_AFTER = re.compile(
    r"[- ](?:language|speaking|speakers?|class|classes|teacher|literature|translation|lessons"
    r"|Americans?)\b|[-–][A-Z]"
)
_NOUN_AFTER = re.compile(r"\s(?!and\b|or\b|but\b|to\b|with\b|at\b|as\b|on\b|is\b|was\b|for\b)[a-z]")


@rule
def find_adjectives(page: Page) -> Iterator[Toponym]:
    """Yield the adjectives and inhabitants, outside of names of organizations.

    Fires: "the Ukrainian army". Not: "she speaks French", "African-American", "French fries".
    """
    for entity in page.entities:
        text = page.text[entity.start : entity.end]
        place = expand_demonym(text) if entity.label == "NORP" else None
        if place and names_place(page.text, entity.start, entity.end):
            yield Toponym(entity.start, entity.end, text, place, form="adjective")
    for run in page.names:
        place = expand_demonym(run.text)
        outside = page.is_outside_bodies(run.start, run.end)
        if place and outside and names_place(page.text, run.start, run.end):
            yield Toponym(run.start, run.end, run.text, place, form="adjective")


def names_place(text: str, start: int, end: int) -> bool:
    """Return whether the adjective at ``start:end`` is about a place, and not about a language,
    an origin or a dish."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    word = text[start:end]
    if word.startswith("American") and _OTHER_AMERICANS.search(before):
        return False
    spoken = _LANGUAGE_BEFORE.search(before) and not _NOUN_AFTER.match(after)
    if spoken or _OTHER_AFTER.match(after):
        return False
    following = re.match(r"\s(\w+)(?:\s(\w+))?", after)
    phrases = (
        {f"{word} {following[1]}", f"{word} {following[1]} {following[2]}"} if following else set()
    )
    return not phrases & read_words("not_demonyms")
