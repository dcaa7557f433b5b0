"""A small pattern language over words, so that a rule reads like the phrase it finds.

``"(the)? n:NUM u:UNITS ago"`` is two named words, an optional one and a literal. Each known
word is one letter of a private alphabet, so a pattern becomes a plain regular expression over
letters and a text is matched at the speed of one.

    item     NAME of a class, or a literal word in lower case; ``A|b`` either; ``?`` optional
    name:    makes the word, or the parenthesis after it, a group that the builder reads
    ( ... )  groups, with alternatives set apart by `` | ``; ``( ... )?`` optional
    {MACRO}  a pattern with a name, put in its place
    >        what follows must be there but is not part of the expression
    <        what is before may be read but is not part of the expression
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_FIRST_CODE = 0xE000
_MARKS = {">": "stop", "<": "open"}


@dataclass(slots=True)
class Alphabet:
    """Letters of words: ``codes`` by word, ``classes`` the letters of each class.

    ``literals`` are the letters that patterns ask for by their word.
    """

    codes: dict[str, str] = field(default_factory=dict)
    classes: dict[str, set[str]] = field(default_factory=dict)
    literals: set[str] = field(default_factory=set)

    def letter_of(self, word: str) -> str:
        """Return the letter of ``word``, a new one for a new word."""
        return self.codes.setdefault(word, chr(_FIRST_CODE + len(self.codes)))

    def add(self, word: str, class_: str) -> None:
        """Put ``word`` into ``class_``."""
        self.classes.setdefault(class_, set()).add(self.letter_of(word))

    def letters(self, item: str) -> set[str]:
        """Return the letters that ``item`` (``NUM|UNIT|ago``) stands for."""
        found: set[str] = set()
        for name in item.split("|"):
            if name[:1].isupper():
                found |= self.classes[name]
            else:
                found.add(self.letter_of(name))
                self.literals.add(self.letter_of(name))
        return found

    def merge(self) -> dict[str, str]:
        """Return ``codes`` with one letter for all words that no pattern distinguishes."""
        kinds: dict[str, list[str]] = {}
        for class_, letters in self.classes.items():
            for letter in letters - self.literals:
                kinds.setdefault(letter, []).append(class_)
        shared: dict[tuple[str, ...], str] = {}
        merged = {x: shared.setdefault(tuple(kind), x) for x, kind in sorted(kinds.items())}
        return {word: merged.get(letter, letter) for word, letter in self.codes.items()}


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern as a regular expression; ``first``: the letters it can open with."""

    regex: str
    first: frozenset[str]
    nullable: bool = False


def compile_pattern(pattern: str, alphabet: Alphabet, macros: Mapping[str, str]) -> Compiled:
    """Return ``pattern`` compiled; a mistake in it raises ``KeyError`` or ``ValueError``."""
    while "{" in pattern:
        pattern = re.sub(r"\{(\w+)\}", lambda m: macros[m[1]], pattern)
    items = pattern.replace("(", " ( ").replace(")", " ) ").replace(") ?", ")?").split()
    compiled, rest = _alternatives(items, alphabet)
    if rest:
        raise ValueError(f"unbalanced parenthesis in {pattern!r}")
    return Compiled(_number_groups(compiled.regex), compiled.first, compiled.nullable)


def group_names(regex: re.Pattern[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each name in a pattern, its groups: a name may be in several branches."""
    names: dict[str, tuple[str, ...]] = {}
    for group in regex.groupindex:
        name = group.partition("__")[0]
        names[name] = (*names.get(name, ()), group)
    return names


def _number_groups(regex: str) -> str:
    seen: dict[str, int] = {}

    def rename(match: re.Match[str]) -> str:
        count = seen[match[1]] = seen.get(match[1], 0) + 1
        return match.group() if count == 1 else f"(?P<{match[1]}__{count}>"

    return re.sub(r"\(\?P<(\w+)>", rename, regex)


def _alternatives(items: list[str], alphabet: Alphabet) -> tuple[Compiled, list[str]]:
    branches = []
    while True:
        branch, items = _sequence(items, alphabet)
        branches.append(branch)
        if not items or items[0] != "|":
            break
        items = items[1:]
    if len(branches) == 1:
        return branches[0], items
    first = frozenset().union(*(b.first for b in branches))
    regex = "(?:" + "|".join(b.regex for b in branches) + ")"
    return Compiled(regex, first, any(b.nullable for b in branches)), items


def _sequence(items: list[str], alphabet: Alphabet) -> tuple[Compiled, list[str]]:
    regex, first, nullable = "", frozenset[str](), True
    while items and items[0] not in ("|", ")", ")?"):
        if items[0] in _MARKS:
            regex, items = regex + f"(?P<{_MARKS[items[0]]}>)", items[1:]
            continue
        part, items = _item(items, alphabet)
        if nullable:
            first |= part.first
        nullable = nullable and part.nullable
        regex += part.regex
    return Compiled(regex, first, nullable), items


def _item(items: list[str], alphabet: Alphabet) -> tuple[Compiled, list[str]]:
    if items[0].endswith(":") and items[1:2] == ["("]:
        inner, rest = _item(items[1:], alphabet)
        name = items[0].removesuffix(":")
        return Compiled(f"(?P<{name}>{inner.regex})", inner.first, inner.nullable), rest
    if items[0] == "(":
        inner, rest = _alternatives(items[1:], alphabet)
        if not rest or rest[0] not in (")", ")?"):
            raise ValueError("a parenthesis is not closed")
        optional = rest[0] == ")?"
        regex = f"(?:{inner.regex})" + ("?" if optional else "")
        return Compiled(regex, inner.first, optional or inner.nullable), rest[1:]
    word = items[0]
    optional = word.endswith("?")
    name, _, item = word.removesuffix("?").rpartition(":")
    letters = alphabet.letters(item)
    regex = "[" + "".join(sorted(letters)) + "]"
    regex = f"(?P<{name}>{regex})" if name else regex
    return Compiled(regex + ("?" if optional else ""), frozenset(letters), optional), items[1:]
