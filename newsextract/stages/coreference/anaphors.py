"""Find anaphors: pronouns, and noun phrases whose head can denote a person."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from newsextract.language.doc import tokens_of
from newsextract.language.gender import noun_gender
from newsextract.language.lexicon import read_pairs
from newsextract.language.noun_classes import noun_senses
from newsextract.language.nouns import (
    POSSESSIVE_ENDINGS,
    POSSESSIVE_PRONOUNS,
    is_hyphen,
    is_plural,
    role_noun,
)
from newsextract.language.strings import initials_of
from newsextract.records import Person
from newsextract.stages.page import Page

Determiner = Literal["definite", "indefinite", "possessive", "bare"]
PERSONAL = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
_BEFORE_HEAD = frozenset(("ADJ", "NOUN", "PROPN", "NUM", "X", "SYM"))
_AFTER_HEAD = frozenset(("ADP", "PUNCT", "VERB", "AUX", "SCONJ"))
_DEPUTIES = frozenset(("vice", "deputy"))
_LINKS = frozenset(("of", "for", "in", "from", "at"))
_LONGEST = 14
_COMPLEMENT = 10
_JOINED = 8
"""Two roles of one person are joined if fewer characters part them: "founder and mayor Ann Lee"."""


@dataclass(frozen=True)
class Anaphor:
    """A pronoun or nominal where it is (token offsets) with its constraints on the antecedent.

    ``words`` are the content words of a nominal in lower case, its head last; ``possessor`` is
    the token of "his" in "his wife" or of the possessor's last word in "Lee's wife". ``marked``
    tells that the encoder takes a nominal for a named person.
    """

    first: int
    last: int
    head: int
    gender: str | None = None
    determiner: Determiner | None = None
    words: tuple[str, ...] = ()
    possessor: int | None = None
    marked: bool = False

    @property
    def is_pronoun(self) -> bool:
        """Whether it is a personal pronoun."""
        return self.determiner is None

    @cached_property
    def noun(self) -> str:
        """The noun of a nominal, as :func:`office_of` has it."""
        return office_of(self.words)

    @cached_property
    def long_noun(self) -> str:
        """The noun in its long form: "representative" for "rep"."""
        *before, last = self.words or ("",)
        return office_of((*before, role_noun(last) or last))


def office_of(words: Sequence[str]) -> str:
    """Return the last of some words, with "vice" or "deputy": no president is a vice president."""
    return " ".join(words[-2:] if words[-2:-1] and words[-2] in _DEPUTIES else words[-1:])


def find_anaphors(
    page: Page, people: Sequence[Person], *, named: set[int], sources: set[int]
) -> list[Anaphor]:
    """Return the pronouns and person nominals of a page, in order.

    Args:
        page: the document.
        people: their roles, told beside the names, are no mentions of their own.
        named: the tokens of the people's names.
        sources: the tokens of sources of quotes, where a nominal needs no determiner.
    """
    roles = _role_tokens(page, people)
    offices = {initials_of(role.text.split()) for p in people for role in p.roles}
    page.offices.update(office for office in offices if len(office) > 1 and office.isupper())
    nominals = _add_marked(page, list(_find_nominals(page, named, roles)), named | roles)
    stated = (a for a in nominals if a.determiner != "bare" or a.marked or a.head in sources)
    found = [*_find_pronouns(page), *stated]
    return sorted(found, key=lambda a: (a.first, a.last))


def _find_pronouns(page: Page) -> Iterator[Anaphor]:
    genders = read_pairs("pronouns")
    for i, word in enumerate(page.lower):
        if word in PERSONAL:
            yield Anaphor(i, i + 1, i, genders[word])


def _role_tokens(page: Page, people: Sequence[Person]) -> set[int]:
    """Return the tokens of the roles that are beside a name, or beside one that is."""
    found: set[int] = set()
    for person in people:
        names = [m for m in person.mentions if m.form == "name"]
        starts, ends = sorted(m.start for m in names), sorted(m.end for m in names)
        following = -1
        for role in sorted(person.roles, key=lambda r: -r.start):
            joined = 0 < following - role.end < _JOINED
            near = _is_near(starts, role.end, within=4) or _is_near(ends, role.start, within=8)
            if near or joined:
                following = role.start
                found.update(tokens_of(page.doc, role))
    return found


def _is_near(places: Sequence[int], at: int, *, within: int) -> bool:
    """Whether one of the sorted places is fewer than so many characters from another."""
    i = bisect_left(places, at - within + 1)
    return i < len(places) and places[i] < at + within


def _find_nominals(page: Page, named: set[int], roles: set[int]) -> Iterator[Anaphor]:
    for head in range(len(page)):
        if head in named or head in roles or not is_person_head(page, head):
            continue
        if not _goes_on(page, head, named):
            yield read_nominal(page, head, named)


def _add_marked(page: Page, found: Sequence[Anaphor], taken: set[int]) -> list[Anaphor]:
    """Return nominals with those that the encoder marks, whose bounds it sets."""
    spans = page.nominals or ()
    covered = {i for span in spans for i in span}
    by_head = {anaphor.head: anaphor for anaphor in found}
    marked = []
    for span in spans:
        own = next((by_head[i] for i in span if i in by_head), None)
        head = _find_head(page, span) if own is None else own.head
        if head in taken or page.lower[head] in PERSONAL:
            continue
        nominal = own or read_nominal(page, head, taken)
        marked.append(replace(nominal, first=span.start, last=span.stop, marked=True))
    return [*(a for a in found if a.head not in covered), *marked]


def _find_head(page: Page, span: range) -> int:
    """Return the last noun before the first preposition, comma or verb of a phrase."""
    head = None
    for i in span:
        if page.pos[i] in ("NOUN", "PROPN"):
            head = i
        elif head is not None and page.pos[i] in _AFTER_HEAD and not is_hyphen(page.doc[i]):
            break
    return span[-1] if head is None else head


def is_person_head(page: Page, i: int) -> bool:
    """Whether a token is a singular noun that can denote a person: "minister", "34-year-old"."""
    word, pos = page.lower[i], page.pos[i]
    if page.text[i] in page.offices or _is_age(page, i):
        return True
    if page.label[i] == "NORP":
        return pos in ("NOUN", "PROPN", "ADJ") and not word.endswith("s")
    if pos not in ("NOUN", "PROPN") or not word.replace(".", "").isalpha() or is_plural(word):
        return False
    return role_noun(word) is not None or "p" in noun_senses(word)[:3]


def _is_age(page: Page, i: int) -> bool:
    """Whether a token closes "34-year-old", one word or several."""
    if page.lower[i] == "old":
        return i > 1 and page.lower[i - 1] == "-" and page.lower[i - 2].endswith("year")
    return page.lower[i].endswith("-year-old")


def _goes_on(page: Page, head: int, named: set[int]) -> bool:
    """Whether the noun only modifies the next word: "police chief", "singer Ann Lee"."""
    after = head + 1
    if after >= len(page):
        return False
    if after in named or page.pos[after] in ("NOUN", "PROPN"):
        return True
    return page.lower[after] == "-" and not page.doc[head].whitespace_


def read_nominal(page: Page, head: int, named: set[int]) -> Anaphor:
    """Return the noun phrase around a head noun, with its determiner and complement."""
    first, determiner, possessor = _read_left(page, head, named)
    words = [
        page.lower[i] for i in range(first, head + 1)
        if page.pos[i] in _BEFORE_HEAD and page.lower[i] not in POSSESSIVE_ENDINGS
    ]  # fmt: skip
    gender = noun_gender(page.lower[head])
    return Anaphor(
        first, _read_right(page, head, named), head, gender, determiner, tuple(words), possessor
    )


def _read_left(page: Page, head: int, named: set[int]) -> tuple[int, Determiner, int | None]:
    """Return where the phrase begins, its determiner, and the token of its possessor."""
    determiners = read_pairs("determiners")
    first, possessor = head, None
    while first > max(0, head - _LONGEST):
        before = first - 1
        word = page.lower[before]
        if page.sentence[before] != page.sentence[first]:
            break
        if word in POSSESSIVE_PRONOUNS:
            return before, "possessive", before
        if word in determiners and possessor is not None:
            return before, "possessive", possessor
        if word in determiners:
            return before, "definite" if determiners[word] == "definite" else "indefinite", None
        if word in POSSESSIVE_ENDINGS and before > 0:
            first = possessor = before - 1
            continue
        joined = word == "-" and not page.doc[before].whitespace_
        if page.pos[before] not in _BEFORE_HEAD and not joined:
            break
        if before in named and possessor is None:
            break
        first = before
    return first, "possessive" if possessor is not None else "bare", possessor


def _read_right(page: Page, head: int, named: set[int]) -> int:
    """Return where the phrase ends: after complements, "the head of the agency", "for Ann Lee".

    Not over the name in "the head of the agency Ann Lee", but over "the head of Bath's agency".
    """
    last = head + 1
    while last + 1 < len(page) and page.lower[last] in _LINKS and last - head < _COMPLEMENT:
        start = last + 1 + (page.pos[last + 1] == "DET")
        by_name = start in named
        at = _skip_words(page, start, named, by_name=by_name)
        if at == start or (at in named and not by_name):
            break
        last = at
        if at < len(page) and page.lower[at] in POSSESSIVE_ENDINGS:
            at = _skip_words(page, at + 1, named)
            last = at if at > last + 1 and at not in named else last
    return last


def _skip_words(page: Page, at: int, named: set[int], *, by_name: bool = False) -> int:
    """Return the end of nouns and adjectives, all of them in names of people or none."""
    while at < len(page) and page.pos[at] in _BEFORE_HEAD and (at in named) == by_name:
        at += 1
    return at
