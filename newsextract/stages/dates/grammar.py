"""The compiled grammar, and the search for the longest match at each position."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from newsextract.language.lexicon import read_lines
from newsextract.stages.dates.meaning import Meaning
from newsextract.stages.dates.patterns import Alphabet, compile_pattern, group_names
from newsextract.stages.dates.rules import (
    anchored,
    days,
    durations,
    periods,
    ranges,
    relative,
    shared,
    years,
)
from newsextract.stages.dates.rules.found import Builder, Found
from newsextract.stages.dates.words import FORMS, OTHER, Words, all_cases, load_alphabet

_NUMBERS = ("DAYNUM", "TWODIGIT", "FOURDIGIT", "NUMERAL", "CARDINAL", "FRACTION", "YEARWORD")
_LONGEST = 24
_KNOWN = re.compile(f"[^{OTHER}]+")


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression in the text and what it says."""

    start: int
    end: int
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A pattern with the groups behind its names, and the builder of the meaning."""

    pattern: re.Pattern[str]
    groups: dict[str, tuple[str, ...]]
    builder: Builder


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled rules, by the letter that they can open with."""

    codes: dict[str, str]
    by_letter: dict[str, tuple[CompiledRule, ...]]
    core: re.Pattern[str]
    openings: re.Pattern[str]


@cache
def load_grammar() -> Grammar:
    """Return the grammar, compiled once in a process."""
    alphabet = load_alphabet()
    alphabet.classes["NUM"] = {FORMS[name] for name in _NUMBERS}
    alphabet.classes["YEAR"] = {FORMS["FOURDIGIT"], FORMS["YEARWORD"]}
    triggers = set().union(*alphabet.classes.values()) - _plain_numbers(alphabet)
    macros = {**shared.MACROS, **durations.MACROS, **relative.MACROS, **anchored.MACROS}
    macros["HOLIDAY"] = _holidays()
    by_letter: dict[str, list[CompiledRule]] = {}
    modules = (ranges, days, years, periods, anchored, relative, durations)
    for pattern, builder in (rule for module in modules for rule in module.RULES):
        compiled = compile_pattern(pattern, alphabet, macros)
        regex = re.compile(compiled.regex)
        rule = CompiledRule(regex, group_names(regex), builder)
        for letter in compiled.first:
            by_letter.setdefault(letter, []).append(rule)
    named = {alphabet.codes[w] for line in read_lines("holidays") for w in _parts(line)}
    core = "".join(sorted(triggers | named))
    rules = {letter: tuple(found) for letter, found in by_letter.items()}
    openings = re.compile(f"[{''.join(sorted(rules))}]")
    return Grammar(all_cases(alphabet.merge()), rules, re.compile(f"[{core}]"), openings)


def _plain_numbers(alphabet: Alphabet) -> set[str]:
    return {FORMS[name] for name in ("DAYNUM", "TWODIGIT", "NUMERAL", "CARDINAL", "FRACTION")}


def _holidays() -> str:
    """Return the names of the holidays as one pattern, the longest first."""
    names = sorted((" ".join(_parts(line)) for line in read_lines("holidays")), key=len)
    return " | ".join(f"( {name} )" for name in reversed(names))


def _parts(line: str) -> list[str]:
    name = line.partition("=")[0].strip()
    return re.findall(r"[^\W\d_]+|'s\b|[^\w\s]", name)


def find_expressions(words: Words, grammar: Grammar) -> list[Expression]:
    """Return the time expressions in ``words``, in order, not overlapping."""
    found: list[Expression] = []
    for island in _KNOWN.finditer(words.letters):
        if not grammar.core.search(words.letters, *island.span()):
            continue
        position = island.start()
        while opening := grammar.openings.search(words.letters, position, island.end()):
            expression, position = _longest_at(words, opening.start(), island.end())
            if expression:
                found.append(expression)
    return found


def _longest_at(words: Words, position: int, end: int) -> tuple[Expression | None, int]:
    """Return the longest expression that opens at ``position``, and where to continue."""
    window = words.letters[position : min(position + _LONGEST, end)]
    for match, rule in _match_rules(window):
        meaning = rule.builder(Found(words, match, rule.groups, position))
        if meaning is not None:
            start, stop = words.starts[position + _open(match)], position + _stop(match)
            return Expression(start, words.ends[stop - 1], meaning), stop
    return None, position + 1


@lru_cache(maxsize=8192)
def _match_rules(window: str) -> tuple[tuple[re.Match[str], CompiledRule], ...]:
    """Return the rules that match at the start of ``window``, the longest match first."""
    rules = load_grammar().by_letter.get(window[0], ())
    matches = [(match, rule) for rule in rules if (match := rule.pattern.match(window))]
    matches.sort(key=lambda found: (-_stop(found[0]), -found[0].end()))
    return tuple(found for found in matches if found[0].end())


def _open(match: re.Match[str]) -> int:
    marked = "open" in match.re.groupindex and match["open"] is not None
    return match.start("open") if marked else match.start()


def _stop(match: re.Match[str]) -> int:
    marked = "stop" in match.re.groupindex and match["stop"] is not None
    return match.start("stop") if marked else match.end()
