"""Nicknames, other names and abbreviated titles: whose names they are."""

import pytest
from helpers import make_doc

from newsextract.stages.people import find_people


def names(markup):
    """Return name and aliases of each person."""
    return [(p.name, p.aliases) for p in find_people(make_doc(markup), (), organizations=())]


@pytest.mark.parametrize(
    ("markup", "expected", "reason"),
    [
        (
            "[PERSON Bo] (Ace) [PERSON Ray] won. [PERSON Ray] left.",
            [("Bo (Ace) Ray", ("Ray",))],
            "a nickname in brackets is part of the name",
        ),
        (
            "Bo “The Ace” [PERSON Ray] won. [PERSON Ray] left.",
            [("Bo “The Ace” Ray", ("Ray",))],
            "the given name before a nickname is part of the name",
        ),
        (
            "boxers “The Ace” [PERSON Ray] won.",
            [("Ray", ())],
            "no name before the nickname",
        ),
        (
            "[PERSON Ann] ([PERSON Lee]) won.",
            [("Ann Lee", ())],
            "a family name in brackets",
        ),
        (
            "[PERSON Lee] ([PERSON Ray]) won.",
            [("Lee", ()), ("Ray", ())],
            "two family names",
        ),
        (
            "[PERSON Ace], born [PERSON Bo Ray], won. [PERSON Ray] left.",
            [("Bo Ray", ("Ace", "Ray"))],
            "the other name comes first",
        ),
        (
            "[PERSON JD Ray] and his wife [PERSON Usha Ray] won. [PERSON JD Ray] left.",
            [("JD Ray", ()), ("Usha Ray", ())],
            "two capitals are initials",
        ),
        (
            "[PERSON French Hill] won. [PERSON Hill] left.",
            [("French Hill", ("Hill",))],
            "a given name like a nation's adjective",
        ),
        (
            "[PERSON Bo] (who sat) [PERSON Ray] won.",
            [("Bo", ()), ("Ray", ())],
            "no name in the brackets",
        ),
        (
            "[PERSON Bo Ray], better known as “[PERSON Ace]”, won. [PERSON Ace] left.",
            [("Bo Ray", ("Ace",))],
            "the text says so",
        ),
        (
            "[PERSON Bo Ray], known to [PERSON Ace], won.",
            [("Bo Ray", ()), ("Ace", ())],
            "known to somebody else",
        ),
        (
            "[PERSON Bo Ray], known in music circles as [PERSON Ace Hill], won.",
            [("Bo Ray", ("Ace Hill",))],
            "two full names, and the text says so",
        ),
        (
            "[PERSON Bo Ray] ([PERSON 李安]) won.",
            [("Bo Ray", ("李安",))],
            "the name again in other letters",
        ),
        (
            "[PERSON Bo Ray] ([PERSON Ann]) won.",
            [("Bo Ray", ()), ("Ann", ())],
            "somebody else in brackets",
        ),
        (
            "[PERSON Ann Lee] won. [PERSON DCI Lee] left.",
            [("Ann Lee", ("Lee",))],
            "an abbreviation before a known family name",
        ),
        (
            "[PERSON Ann Lee] won. [PERSON AB Lee] left.",
            [("Ann Lee", ()), ("AB Lee", ())],
            "initials",
        ),
        (
            "[PERSON Ann Lee] won. [PERSON D.E. Lee] left.",
            [("Ann Lee", ()), ("D.E. Lee", ())],
            "initials with periods",
        ),
        (
            "[PERSON Ann DCI] won. [PERSON DCI —] left.",
            [("Ann DCI", ("DCI",))],
            "no name is left behind the abbreviation",
        ),
    ],
)
def test_names_of_one_person(markup, expected, reason):
    """Names are gathered under the people whom they mean."""
    assert names(markup) == expected, reason
