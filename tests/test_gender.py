"""Gender of people: which evidence wins, and what tells nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsextract.language.gender import given_gender, noun_gender
from newsextract.language.person_names import read_name
from newsextract.records import Mention, Person, Role
from newsextract.stages.known import KnownEntity, make_known
from newsextract.stages.people.gender import add_gender, add_pronoun_gender


def named(text: str, name: str, *roles: str, key: str | None = None) -> Person:
    """Return the person called ``name`` in ``text``."""
    start = text.index(name)
    mention = Mention(start, start + len(name), name)
    return Person(
        "P1", name, key=key, roles=tuple(Role(r, 0, 1) for r in roles), mentions=(mention,)
    )


def with_pronouns(person: Person, *words: str) -> Person:
    """Return ``person`` with pronouns for mentions, as speaker resolution leaves it."""
    return replace(person, mentions=tuple(Mention(0, len(w), w, "pronoun") for w in words))


@pytest.mark.parametrize(
    ("phrase", "gender", "why"),
    [
        ("spokeswoman for the king", "female", "the head, not its complement"),
        ("adviser to the king", None, "a complement behind another preposition"),
        ("woman’s lawyer", None, "the owner"),
        ("king’s wife", "female", "what is owned"),
    ],
)
def test_nouns(phrase: str, gender: str | None, why: str) -> None:
    """The head noun of a role tells."""
    assert noun_gender(phrase) == gender, why


def test_the_verb_miss_is_no_honorific() -> None:
    """ "We will all miss Bo Ray"; "Miss Ann Lee" has one."""
    assert read_name("Bo Ray", "miss").gender is None
    assert read_name("Ann Lee", "Miss").gender == "female"


@pytest.mark.parametrize(
    ("name", "gender", "why"),
    [
        ("Angela Davis", "female", "nearly all are"),
        ("Wojciech Nowak", "male", "names of other countries too"),
        ("J. Edgar Poe", "male", "an initial is passed over"),
        ("Leslie Davis", None, "a name of both"),
        ("Jean Marie Roux", None, "the second name does not decide for the first"),
        ("Qzxv Davis", None, "a name that nobody counted"),
        ("Clinton", None, "alone it may be a family name"),
    ],
)
def test_given_names(name: str, gender: str | None, why: str) -> None:
    """Sure names tell, others do not."""
    assert given_gender(read_name(name)) == gender, why


@pytest.mark.parametrize(
    ("text", "name", "roles", "found", "why"),
    [
        ("Mr. Andrea Rossi said", "Andrea Rossi", (), ("male", "honorific"), "before the name"),
        ("Kim Ray said", "Kim Ray", ("spokeswoman",), ("female", "honorific"), "a role tells"),
        ("Ann Lee said", "Ann Lee", ("mayor",), ("female", "name"), "a role that does not"),
        ("Ann Lee said", "Ann Lee", ("chairman",), (None, None), "a contradiction is no answer"),
        ("Kim Ray said", "Kim Ray", (), (None, None), "nothing tells"),
    ],
)
def test_evidence(
    text: str, name: str, roles: tuple[str, ...], found: tuple[str | None, str | None], why: str
) -> None:
    """Honorific, role, given name, in that order."""
    person = add_gender(named(text, name, *roles), text)
    assert (person.gender, person.gender_from) == found, why


@pytest.mark.parametrize(
    ("pronouns", "found", "why"),
    [
        (("he", "his"), ("male", "pronoun"), "they outweigh the name"),
        (("he", "he", "he", "she"), ("male", "pronoun"), "one slip does not matter"),
        (("he", "she"), ("female", "name"), "they disagree"),
        (("they", "who"), ("female", "name"), "they tell nothing"),
    ],
)
def test_pronouns(
    pronouns: tuple[str, ...], found: tuple[str | None, str | None], why: str
) -> None:
    """What the article calls a person comes before what the name is mostly."""
    person = add_gender(named("Ann Lee", "Ann Lee"), "Ann Lee")
    person = add_pronoun_gender(with_pronouns(person, *pronouns))
    assert (person.gender, person.gender_from) == found, why


def test_the_callers_list_wins() -> None:
    """It knows whom it names."""
    known = make_known([KnownEntity("K1", "Ann Lee", gender="male")])
    person = add_gender(named("Ann Lee", "Ann Lee", key="K1"), "Ann Lee", known)
    person = add_pronoun_gender(with_pronouns(person, "she"))
    assert (person.gender, person.gender_from) == ("male", "known")
