"""Evidence that an expression is a date: entity labels and neighboring words."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from newsextract.language.lexicon import read_lines, read_words
from newsextract.language.person_names import is_title
from newsextract.stages.dates.grammar import Expression
from newsextract.stages.dates.meaning import Fixed, Holiday, Moment, Range

if TYPE_CHECKING:
    from spacy.tokens import Doc

_YEAR = re.compile(r"\d{4}")
_SHORT_DECADE = re.compile(r"(?:the )?(?:\w+[ -])?\d0['’]?s", re.IGNORECASE)
_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)
_SCORE = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b")
_CAPITALIZED = re.compile(r" ([A-Z][a-z]+)")
_WORD = re.compile(r"[^\W\d_]+|[$€£%]")
_OF = re.compile(r"\s+of (?:a|his|that|the|their|this) (\w+)")
_NEAR = 120
# What a number inside an entity with such a label counts or names; "Euro 2024" (MISC) has a year.
_NO_YEARS = frozenset({"PRODUCT", "MONEY", "LOC", "FAC", "PERSON", "ORG"})

Span = tuple[int, int, str]


def keep_dates(doc: Doc, text: str, expressions: list[Expression]) -> list[Expression]:
    """Return the expressions that are part of no name, no match and no temperature.

    Fires: "Sunday Times", "Theresa May", "a Peugeot 2008", "scored in the fourth quarter".
    Not: "on Sunday", "in May", "Euro 2024", "sales fell in the fourth quarter".
    """
    names = _read_names(doc, text)
    tagged = doc.has_annotation("ENT_IOB")
    kept, at = [], 0
    for expression in expressions:
        while at < len(names) and names[at][1] <= expression.start:
            at += 1
        over = at < len(names) and names[at][0] < expression.end
        name = names[at] if over else None
        if isinstance(expression.meaning, Holiday) and _opens_name(text, expression, names):
            continue
        if tagged and not _agrees(text, expression, name):
            continue
        if not tagged and (_doubted_month(expression) or (name and name[2] == "NAME")):
            continue
        if not _is_of_match(text, expression) and not _is_reading(text, expression):
            kept.append(expression)
    return kept


def _read_names(doc: Doc, text: str) -> list[Span]:
    """Return the entities and listed names that contain a time word, in order, without overlaps."""
    names: list[Span] = [(*match.span(), "NAME") for match in _listed_names().finditer(text)]
    names += [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
    kept: list[Span] = []
    for name in sorted(names, key=lambda name: (name[0], name[2] != "NAME")):
        if not kept or name[0] >= kept[-1][1]:
            kept.append(name)
        elif name[2] == "NAME" and kept[-1][2] != "NAME":
            kept[-1] = name
    return kept


@cache
def _listed_names() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, read_lines('time_names')))})\b")


def _doubted(expression: Expression) -> bool:
    return isinstance(expression.meaning, Moment) and expression.meaning.doubt


def _doubted_month(expression: Expression) -> bool:
    meaning = expression.meaning
    return isinstance(meaning, Moment) and meaning.doubt and meaning.month is not None


def _covers(name: Span, expression: Expression) -> bool:
    return name[0] <= expression.start and expression.end <= name[1]


def _agrees(text: str, expression: Expression, name: Span | None) -> bool:
    """Return whether the entity that an expression is in, if any, lets it be a date."""
    label = name[2] if name else ""
    if name is None or label == "DATE":
        return label == "DATE" or not _doubted(expression)
    written = text[expression.start : expression.end]
    if _YEAR.fullmatch(written):
        return label not in _NO_YEARS and (label == "MISC" or not _doubted(expression))
    if isinstance(expression.meaning, Fixed) and _covers(name, expression):
        return False
    if any(c.isdigit() for c in written) or isinstance(expression.meaning, Range):
        return True
    opening = _ARTICLE.match(written)
    start = expression.start + (opening.end() if opening else 0)
    if label == "PERSON" and name[0] <= start:
        return False
    inside = name[0] <= start and (name[1] > expression.end or name[0] < start)
    return not (inside and name[1] >= expression.end)


def _opens_name(text: str, expression: Expression, names: list[Span]) -> bool:
    """Fires: "Good Friday Agreement", "Easter Island". Not: "At Easter Ann Lee left"."""
    following = _CAPITALIZED.match(text, expression.end)
    if not following or is_title(following[1]):
        return False
    start = following.start(1)
    at = bisect_left(names, (start,))
    return at == len(names) or names[at][0] != start


def _near(text: str, expression: Expression) -> list[str]:
    """Return the words around an expression, in lower case."""
    around = text[max(0, expression.start - _NEAR) : expression.end + _NEAR]
    return [word.lower() for word in _WORD.findall(around)]


def _is_of_match(text: str, expression: Expression) -> bool:
    """Fires: "trailed by ten in the third quarter", "the third quarter of the game".

    Not: "net income rose in the third quarter".
    """
    meaning = expression.meaning
    if not isinstance(meaning, Moment) or (meaning.part or "")[:1] != "Q":
        return False
    if meaning.year is not None or meaning.years is not None:
        return False
    whole = _OF.match(text, expression.end)
    if whole and whole[1] in read_words("match_words"):
        return True
    words = _near(text, expression)
    around = text[max(0, expression.start - _NEAR) : expression.end + _NEAR]
    played = len(_SCORE.findall(around)) + sum(w in read_words("match_words") for w in words)
    return played > sum(w in read_words("business_words") for w in words)


def _is_reading(text: str, expression: Expression) -> bool:
    """Fires: "highs in the 90s". Not: "in the 90s she sang"."""
    if not isinstance(expression.meaning, Fixed):
        return False
    if not _SHORT_DECADE.fullmatch(text, expression.start, expression.end):
        return False
    return any(word in read_words("weather_words") for word in _near(text, expression))
