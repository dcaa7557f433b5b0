"""Named rules: counted, and switched off one by one."""

from __future__ import annotations

from collections.abc import Iterator

from newsextract.language.rules import audit_rules, repair, rule, rule_names


@rule
def is_long(word: str) -> bool:
    """A rule that says yes or no."""
    return len(word) > 3


@rule
def find_vowels(word: str) -> Iterator[str]:
    """A rule that yields what it finds."""
    yield from (letter for letter in word if letter in "aeiou")


@rule
def list_words(text: str) -> list[str]:
    """A rule that returns what it finds."""
    return text.split()


@repair(argument=1)
def lower(sure: bool, word: str) -> str:
    """A rule that changes what it is given."""
    return word.lower() if sure else word


def apply(word: str) -> tuple[bool, list[str], list[str], str]:
    """Return what each rule says of ``word``."""
    return is_long(word), list(find_vowels(word)), list(list_words(word)), lower(True, word)


def names(*endings: str) -> list[str]:
    """Return the full names of rules of this file."""
    return [name for name in rule_names() if name.endswith(endings) and "test_rules" in name]


def test_decisions_are_counted():
    """What abstains, yields nothing or changes nothing does not count."""
    with audit_rules() as counts:
        assert apply("Nore") == (True, ["o", "e"], ["Nore"], "nore")
        assert apply("by") == (False, [], ["by"], "by")
    assert sorted(counts[name] for name in names("")) == [1, 1, 2, 2]


def test_rules_are_switched_off():
    """Then they answer nothing, yield nothing, and change nothing."""
    with audit_rules(names("")) as counts:
        assert apply("Nore") == (False, [], [], "Nore")
    assert not any(counts.values())


def test_without_an_audit_nothing_is_counted():
    """And nothing is switched off."""
    with audit_rules(names("")) as counts:
        pass
    assert apply("Nore") == (True, ["o", "e"], ["Nore"], "nore")
    assert not counts
