"""Roles that the encoder marks: to whom they are given."""

import pytest
from helpers import make_doc

from newsextract.stages.people import find_people


def roles_of(markup: str, role: str) -> list[str]:
    """Return the roles of the only person of a text in which ``role`` is marked."""
    doc = make_doc(markup)
    at = doc.text.index(role)
    doc.spans["role"] = [doc.char_span(at, at + len(role))]
    (person,) = find_people(doc, (), organizations=())
    return [found.text for found in person.roles]


@pytest.mark.parametrize(
    ("markup", "role"),
    [
        ("The zorb, [PERSON Ann Lee], left.", "zorb"),
        ("Zorb Dr [PERSON Ann Lee] left.", "Zorb"),
        ("[PERSON Ann Lee], 44, the village zorb, left.", "village zorb"),
        ("[PERSON Ann Lee] was a zorb.", "zorb"),
        ("[PERSON Ann Lee] (zorb) left.", "zorb"),
    ],
)
def test_a_marked_role_goes_to_the_name_beside_it(markup: str, role: str) -> None:
    """Before the name, in apposition, as a predicate or in brackets, whatever the word."""
    assert roles_of(markup, role) == [role]


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
