"""Every rule of the grammar of dates, on phrases that its own pattern makes."""

from __future__ import annotations

import random
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from newsextract.stages.dates.grammar import CompiledRule, load_grammar
from newsextract.stages.dates.words import FORMS
from tests.test_dates import dates_of

EXAMPLES = {
    "DAYNUM": "3 31", "TWODIGIT": "45 00", "FOURDIGIT": "2024 1800 0000", "NUMERAL": "1,200 3.5",
    "CARDINAL": "three twenty-one hundred", "FRACTION": "1/2 ½ 3/0", "ORDINALNUM": "3rd 45th",
    "HIGHORDINAL": "21st thirty-first", "DECADE": "1980s '80s", "SHORTDECADE": "80s 10s",
    "ISODATE": "2024-08-14 2024-13-40 2024-02-29T25:00", "NUMDATE": "03/04/2024 31.2.24",
    "CLOCK": "7:30 25:99 7.30pm", "SHORTYEAR": "'97", "YEARWORD": "nineteen-ninety two-thousand",
    "NINEELEVEN": "9/11", "FISCALYEAR": "FY24", "FISCALPART": "1H24 Q12024", "ZEROCLOCK": "0800",
}  # fmt: skip
PHRASES = 40
RULES = sorted(
    {id(r): r for own in load_grammar().by_letter.values() for r in own}.values(),
    key=lambda rule: (rule.builder.__name__, len(rule.pattern.pattern)),
)


def words_by_letter() -> dict[str, list[str]]:
    """Return the words that each letter of the grammar stands for."""
    words: dict[str, list[str]] = {}
    for word, letter in load_grammar().codes.items():
        words.setdefault(letter, []).append(word)
    for form, examples in EXAMPLES.items():
        words.setdefault(FORMS[form], []).extend(examples.split())
    return words


def draw_letters(items: Any, draw: random.Random) -> str:
    """Return letters that a parsed regular expression of the grammar matches."""
    letters = ""
    for kind, value in items:
        name = str(kind)
        if name == "LITERAL":
            letters += chr(value)
        elif name == "IN":
            letters += chr(draw.choice([code for _, code in value]))
        elif name == "BRANCH":
            letters += draw_letters(draw.choice(value[1]), draw)
        elif name == "SUBPATTERN":
            letters += draw_letters(value[3], draw)
        else:
            assert name == "MAX_REPEAT", name
            least, most, inner = value
            letters += "".join(
                draw_letters(inner, draw) for _ in range(draw.randint(least, min(most, least + 1)))
            )
    return letters


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.builder.__name__)
def test_rule_reads_whatever_it_matches(rule: CompiledRule) -> None:
    """No phrase of a rule's own words is an error, with one space, two or none between them."""
    draw, words = random.Random(rule.pattern.pattern), words_by_letter()
    tree = _parser.parse(rule.pattern.pattern)
    for _ in range(PHRASES):
        letters = draw_letters(tree, draw)
        gap = draw.choice(("", " ", " ", " ", "  "))
        phrase = gap.join(draw.choice(words.get(letter, ["x"])) for letter in letters)
        for date in dates_of(f"{draw.choice(('', 'In ', 'at the '))}{phrase}.")[0]:
            assert date.value, phrase


def test_the_generator_finds_expressions() -> None:
    """More than one in five of its phrases is read as a date: the test above says something."""
    draw, words = random.Random(1), words_by_letter()
    found = 0
    for rule in RULES:
        tree = _parser.parse(rule.pattern.pattern)
        for _ in range(5):
            letters = draw_letters(tree, draw)
            phrase = " ".join(draw.choice(words.get(letter, ["x"])) for letter in letters)
            found += bool(dates_of(f"On {phrase}.")[0])
    assert found > len(RULES)
