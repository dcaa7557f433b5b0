"""Roles that the encoder marks: to whom they are given."""

import pytest
from helpers import make_doc

from newsextract.stages.people import find_people


def roles_of(markup: str, role: str) -> list[str]:
    """Return the roles of the people of a text in which ``role`` is marked."""
    doc = make_doc(markup)
    at = doc.text.index(role)
    doc.spans["role"] = [doc.char_span(at, at + len(role))]
    people = find_people(doc, (), organizations=())
    return [found.text for person in people for found in person.roles]


@pytest.mark.parametrize(
    ("markup", "role"),
    [
        ("The zorb, [PERSON Ann Lee], left.", "zorb"),
        ("Zorb Dr [PERSON Ann Lee] left.", "Zorb"),
        ("[PERSON Ann Lee], 44, the village zorb, left.", "village zorb"),
        ("[PERSON Ann Lee] was a zorb.", "zorb"),
        ("[PERSON Ann Lee] (zorb) left.", "zorb"),
        ("[PERSON Ann Lee] of Bath is also a zorb.", "zorb"),
        ("[PERSON Ann Lee] came to Bath as a zorb.", "zorb"),
    ],
)
def test_a_marked_role_goes_to_the_name_beside_it(markup: str, role: str) -> None:
    """Before the name, in apposition, as a predicate or in brackets, whatever the word."""
    assert roles_of(markup, role) == [role]


def test_a_marked_role_ends_where_the_next_one_begins() -> None:
    """What stands right before a name in somebody else's role is the role of the name."""
    assert roles_of("A head of President [PERSON Ann Lee] left.", "head of President") == [
        "President"
    ]
    assert roles_of(
        "A head for Bath road chief [PERSON Ann Lee] left.", "head for Bath road chief"
    ) == ["Bath road chief"]


def test_a_marked_role_in_the_plural_is_shared() -> None:
    """It is that of each name before it, not of one who is met."""
    names = "[PERSON Ann Lee], [PERSON Bo Ray] and [PERSON Cy Day]"
    assert roles_of(f"{names}, zorbs in Bath, left.", "zorbs in Bath") == ["zorbs in Bath"] * 3
    other = "[PERSON Ann Lee] met [PERSON Bo Ray], head of zorbs, here."
    assert roles_of(other, "head of zorbs") == ["head of zorbs"]


def test_a_marked_role_behind_a_passive_goes_to_its_subject() -> None:
    """It is the subject's who is named so, not hers who names somebody."""
    for text, count in (("was soon named the zorb", 1), ("named the zorb", 0)):
        doc = make_doc(f"[PERSON Ann Lee] {text}.", pos={"soon": "ADV", "named": "VERB"})
        doc.spans["role"] = [doc[-2:-1]]
        (person,) = find_people(doc, (), organizations=())
        assert len(person.roles) == count


def test_a_list_of_marked_roles_is_of_one_person() -> None:
    """One that "," or "and" joins to another goes to whoever has that one."""
    doc = make_doc("[PERSON Ann Lee] is now a zorb, quib and prall. The whill left.")
    doc.spans["role"] = [doc[i : i + 1] for i in (5, 7, 9, 12)]
    (person,) = find_people(doc, (), organizations=())
    assert [role.text for role in person.roles] == ["zorb", "quib", "prall"]


def test_a_marked_role_goes_before_what_the_grammar_finds() -> None:
    """The encoder knows where a role of several words begins."""
    marked = "Sand and Zorb Minister"
    assert roles_of(f"The {marked} [PERSON Ann Lee] left.", marked) == [marked]


def test_a_marked_role_is_a_whole_word() -> None:
    """Half of a word with hyphens is widened, a word after a dash is not."""
    assert roles_of("The two-time zorb [PERSON Ann Lee] left.", "time zorb") == ["two-time zorb"]
    assert roles_of("The best - zorb [PERSON Ann Lee] - left.", "zorb") == ["zorb"]


@pytest.mark.parametrize(
    ("markup", "role"),
    [
        ("[PERSON Ann Lee] met the zorb.", "zorb"),
        ("The zorb of a far town left [PERSON Ann Lee].", "zorb"),
        ("[PERSON Ann Lee], who met the zorb, left.", "zorb"),
    ],
)
def test_a_marked_role_of_somebody_else_goes_to_nobody(markup: str, role: str) -> None:
    """A name that only stands near does not have the role."""
    assert roles_of(markup, role) == []


def test_a_marked_role_without_a_noun_is_none() -> None:
    """A line break and a preposition are no role of several people."""
    doc = make_doc("[PERSON Ann Lee],\n of state, left.")
    doc.spans["role"] = [doc[3:6]]
    (person,) = find_people(doc, (), organizations=())
    assert len(person.roles) < 2
