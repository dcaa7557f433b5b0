"""Gender of people, from the caller's list, pronouns, honorifics and roles, or given names."""

from __future__ import annotations

import dataclasses
from collections import Counter

from newsextract.language.gender import as_gender, given_gender, noun_gender
from newsextract.language.lexicon import read_pairs
from newsextract.language.person_names import read_name
from newsextract.records import Gender, GenderFrom, Person
from newsextract.stages.known import Known

_LONGEST_TITLE = 12
_CLEAR = 3
"""How many times as often one pronoun stands for a person as the other, to tell the gender."""


def add_gender(person: Person, text: str, known: Known | None = None) -> Person:
    """Return ``person`` with gender from the caller, honorifics and roles, or the given name.

    "Chairman Ann Lee" tells nothing: role and name contradict each other.

    Args:
        person: with mentions and roles.
        text: the article, for the honorifics before the mentions.
        known: the caller's people; what it says of the person's key wins.
    """
    told_by_roles = (noun_gender(role.text) for role in person.roles)
    by_role: Gender | None = next(filter(None, told_by_roles), None)
    by_name = given_gender(read_name(person.name))
    agree = not by_role or not by_name or by_role == by_name
    told: tuple[tuple[Gender | None, GenderFrom], ...] = (
        (known.genders.get(person.key or "") if known else None, "known"),
        (_find_honorific(person, text), "honorific"),
        (by_role if agree else None, "honorific"),
        (by_name if agree else None, "name"),
    )
    gender, source = next((pair for pair in told if pair[0]), (None, None))
    return dataclasses.replace(person, gender=gender, gender_from=source)


def add_pronoun_gender(person: Person) -> Person:
    """Return ``person`` with the gender of the pronouns that stand for them, where these agree.

    A pronoun outweighs a name ("Andrea Rossi … he"), and the caller's list outweighs a pronoun.
    """
    if person.gender_from == "known":
        return person
    pronouns = read_pairs("pronouns")
    words = [m.text.casefold() for m in person.mentions if m.form == "pronoun"]
    counts = Counter(as_gender(pronouns.get(word)) for word in words)
    female, male = counts["female"], counts["male"]
    if max(female, male) < _CLEAR * min(female, male) or female == male:
        return person
    gender: Gender = "female" if female > male else "male"
    return dataclasses.replace(person, gender=gender, gender_from="pronoun")


def _find_honorific(person: Person, text: str) -> Gender | None:
    """Return the gender that "Mrs." before a name implies."""
    names = [m for m in person.mentions if m.form == "name"]
    before = (text[max(0, m.start - _LONGEST_TITLE) : m.start].split()[-1:] for m in names)
    told = (read_name(m.text, *title).gender for m, title in zip(names, before, strict=True))
    return as_gender(next(filter(None, told), None))
