"""Roles and affiliations beside a name."""

import pytest
import spacy
from helpers import make_doc
from spacy.tokens import Doc

from newsextract.language.nouns import is_modifier
from newsextract.stages.organizations import find_organizations
from newsextract.stages.people import find_people


def read(markup, pos=None):
    """Return roles by name."""
    doc = make_doc(markup, pos=pos)
    people = find_people(doc, (), organizations=find_organizations(doc, ()))
    return {p.name: [r.text for r in p.roles] for p in people}


FIRES = [
    ("Sen. [PERSON Ann Lee] spoke.", ["Sen."], "an abbreviated title"),
    ("The German finance minister [PERSON Ann Lee] spoke.", ["German finance minister"], "before"),
    ("[NORP Utopian] Defence Minister [PERSON Ann Lee] spoke.", ["Utopian Defence Minister"], ""),
    ("[PERSON Ann Lee], the mayor of [LOC Bath], spoke.", ["mayor of Bath"], "apposition"),
    ("[PERSON Ann Lee], 52, a baker, spoke.", ["baker"], "an age is stepped over"),
    (
        "[PERSON Ann Lee], cooperating attorney for the [ORG Fish Union], spoke.",
        ["cooperating attorney for the Fish Union"],
        "a participle before the role",
    ),
    (
        "The head of the [ORG Fish Agency], [PERSON Ann Lee], spoke.",
        ["head of the Fish Agency"],
        "",
    ),
    (
        "The head of the agency, Dr. [PERSON Ann Lee], spoke.",
        ["head of the agency"],
        "an honorific after the comma",
    ),
    (
        "Its chief, Gen. [PERSON Ann Lee], spoke.",
        ["chief", "Gen."],
        "a title after the comma",
    ),
    ("After talks with the mayor, Gen. [PERSON Ann Lee] spoke.", ["Gen."], "another's"),
    ("[PERSON Ann Lee], who is the mayor of [LOC Bath], left.", ["mayor of Bath"], "copula"),
    ("[PERSON Ann Lee], who is also the Bath mayor, left.", ["Bath mayor"], "another one"),
    ("[PERSON Ann Lee] is the editor of the paper.", ["editor of the paper"], "copula"),
    ("[PERSON Ann Lee] was elected as chair of the board.", ["chair of the board"], "as"),
    ("[PERSON Ann Lee] — a poet — spoke.", ["poet"], "dashes"),
    (
        "[PERSON Ann Lee], a developer and spokeswoman for the [ORG Fish Lobby], spoke.",
        ["developer", "spokeswoman for the Fish Lobby"],
        "two roles joined",
    ),
    ("comedian and actor [PERSON Ann Lee] spoke.", ["comedian", "actor"], "joined before"),
    ("[PERSON Ann Lee], head of parks and roads, spoke.", ["head of parks and roads"], "one"),
    ("two-time champion [PERSON Ann Lee] spoke.", ["two-time champion"], "a number in a word"),
    ("The President of the Republic [PERSON Ann Lee] spoke.", ["President of the Republic"], ""),
    (
        "The Minister of Mines and Energy [PERSON Ann Lee] spoke.",
        ["Minister of Mines and Energy"],
        "",
    ),
    (
        "At the launch, Minister of Mines, [PERSON Ann Lee] spoke.",
        ["Minister of Mines"],
        "a title between commas",
    ),
    ("The Minister of Mines and President [PERSON Ann Lee] spoke.", ["President"], "another's"),
    ("A spokesman for Utopian president [PERSON Ann Lee] spoke.", ["Utopian president"], ""),
    ("his running mate [PERSON Ann Lee] spoke.", ["running mate"], "a possessive goes"),
    (
        "[ORG Bath University] astronomer Dr [PERSON Ann Lee] spoke.",
        ["Bath University astronomer"],
        "",
    ),
    (
        "Republican nominee Gov. [PERSON Ann Lee] spoke.",
        ["Republican nominee", "Gov."],
        "two titles",
    ),
    (
        "The Commander-in-Chief of the [ORG Army], [PERSON Ann Lee], spoke.",
        ["Commander-in-Chief of the Army"],
        "hyphens",
    ),
    ("He told his lawyer, [PERSON Ann Lee] of [LOC Bath].", ["lawyer"], "after a verb"),
    (
        "[PERSON Ann Lee], one of the founders of the club, left.",
        ["one of the founders of the club"],
        "",
    ),
]
SILENT = [
    ("In fact many people [PERSON Ann Lee] observed took part.", "people are no role"),
    ("After the talks, [PERSON Ann Lee] spoke.", "a comma that closes a lead-in"),
    ("In an interview with the president, [PERSON Ann Lee] spoke.", "the president is another"),
    ("[PERSON Ann Lee], [PERSON Bo Ray] and others spoke.", "a list of names"),
    ("[PERSON Ann Lee], said the mayor, left.", "a verb of saying"),
    ("[PERSON Ann Lee], a woman of few words, spoke.", "no office or trade"),
    ("[PERSON Ann Lee], whose lawyer spoke, left.", "somebody else's role"),
    ("At the mayor, [PERSON Ann Lee] of [LOC Bath] spoke.", "the subject of a clause"),
    ("On Tuesday [PERSON Ann Lee] spoke.", "a day"),
    ("He told [PERSON Ann Lee] the truth.", "a verb"),
    ("[PERSON Ann Lee] and the mayor spoke.", "another person"),
    ("[PERSON Ann Lee], and the mayor of [LOC Bath], spoke.", "a list with a comma"),
]


@pytest.mark.parametrize(("markup", "roles", "reason"), FIRES)
def test_role_is_found(markup, roles, reason):
    """Titles, appositions and copulas give roles, without the determiner."""
    assert read(markup)["Ann Lee"] == roles, reason


@pytest.mark.parametrize(("markup", "reason"), SILENT)
def test_role_is_not_invented(markup, reason):
    """Look-alikes give none."""
    assert read(markup)["Ann Lee"] == [], reason


@pytest.mark.parametrize(
    ("markup", "roles", "reason"),
    [
        ("Such bakers as [PERSON Ann Lee] and [PERSON Bo Ray] won.", ["bakers"] * 2, "examples"),
        ("Bakers such as [PERSON Ann Lee] and [PERSON Bo Ray] won.", ["Bakers"] * 2, "such as"),
        (
            "The local bakers — [PERSON Ann Lee] and [PERSON Bo Ray] — won.",
            ["local bakers"] * 2,
            "",
        ),
        ("Other bakers such as [PERSON Ann Lee] and [PERSON Bo Ray] won.", ["bakers"] * 2, "other"),
        ("He joined the bakers as [PERSON Ann Lee] and [PERSON Bo Ray] won.", [], "at that time"),
    ],
)
def test_plural_role_of_several(markup, roles, reason):
    """A role in the plural is that of all the names behind it."""
    assert [role for own in read(markup).values() for role in own] == roles, reason


def test_number_of_people_is_no_part_of_their_role():
    """ "Three bakers" are bakers each."""
    found = read("Three bakers — [PERSON Ann Lee] and [PERSON Bo Ray] — won.", {"Three": "NUM"})
    assert found == {"Ann Lee": ["bakers"], "Bo Ray": ["bakers"]}


def test_plural_title_is_shared():
    """ "Sens." belongs to both names that it stands before."""
    found = read("Sens. [PERSON Ann Lee] (D-Mo.) and [PERSON Bo Ray] (R-La.) spoke.")
    assert found == {"Ann Lee": ["Sens."], "Bo Ray": ["Sens."]}


@pytest.mark.parametrize(
    ("markup", "roles", "reason"),
    [
        ("Zorb clerks [PERSON Ann Lee], 88; [PERSON Bo Ray], 7; left.", ["Zorb clerks"] * 2, ";"),
        ("The clerks ([PERSON Ann Lee] and [PERSON Bo Ray]) left.", ["clerks"] * 2, "brackets"),
        ("The clerks were [PERSON Ann Lee] and [PERSON Bo Ray].", ["clerks"] * 2, "predicate"),
        (
            "Clerks and bakers [PERSON Ann Lee] and [PERSON Bo Ray] left.",
            ["Clerks", "bakers"] * 2,
            "",
        ),
        ("[PERSON Ann Lee] met [PERSON Bo Ray], clerk in Bath.", ["clerk in Bath"], "one"),
        ("[PERSON Ann Lee] met [PERSON Bo Ray], head of clerks, here.", ["head of clerks"], "head"),
    ],
)
def test_a_list_shares_its_role(markup, roles, reason):
    """What a list of names is called, before it or after it, is the role of each."""
    assert [role for own in read(markup).values() for role in own] == roles, reason


@pytest.mark.parametrize(
    ("markup", "roles", "reason"),
    [
        ("[ORG Palang Party] (PP) leader [PERSON Ann Lee] left.", ["Palang Party (PP) leader"], ""),
        ("(Judge) [PERSON Ann Lee] left.", ["Judge"], "added by an editor"),
        ("Police spokesman Gen. [PERSON Ann Lee] left.", ["Police spokesman", "Gen."], "two"),
    ],
)
def test_roles_with_brackets_and_titles(markup, roles, reason):
    """Short names in brackets belong to a role; a short title is a role of its own."""
    assert read(markup)["Ann Lee"] == roles, reason


def test_title_of_the_next_name_is_not_an_apposition():
    """In a list the title after the comma is the next person's."""
    found = read("[PERSON Ann Lee], President [PERSON Bo Ray] and others spoke.")
    assert found == {"Ann Lee": [], "Bo Ray": ["President"]}


@pytest.mark.parametrize(
    ("markup", "texts", "reason"),
    [
        ("[PERSON Ann Lee] of [ORG NBC News] spoke.", ["NBC News"], "of"),
        ("[PERSON Ann Lee] of [ORG The Times] spoke.", ["The Times"], "an article in the name"),
        ("[PERSON Ann Lee] from the [ORG Fish Agency] spoke.", ["Fish Agency"], "from the"),
        ("[ORG NBC]'s [PERSON Ann Lee] spoke.", ["NBC"], "possessor"),
        ("[PERSON Ann Lee], head of the [ORG Fish Agency], spoke.", ["Fish Agency"], "in a role"),
        ("[PERSON Ann Lee] (R-Wis.) spoke.", ["R-Wis."], "party and state"),
        ("[PERSON Ann Lee], [ORG D-N.M.], spoke.", ["D-N.M."], "between commas"),
        ("[PERSON Ann Lee] told [ORG NBC] so.", [], "an addressee"),
    ],
)
def test_affiliations(markup, texts, reason):
    """Bodies in roles and beside the name, linked to their records."""
    doc = make_doc(markup)
    bodies = find_organizations(doc, ())
    (person,) = find_people(doc, (), organizations=bodies)
    assert [a.text for a in person.affiliations] == texts, reason
    ids = {o.id for o in bodies}
    assert all(a.organization in ids for a in person.affiliations if "-" not in a.text)


@pytest.mark.parametrize(
    ("words", "pos", "expected"),
    [
        (["the", "wanted", "man"], ["DET", "VERB", "NOUN"], True),
        (["groups", "wanted", "Gen."], ["NOUN", "VERB", "PROPN"], False),
    ],
)
def test_participle_modifies_unless_it_has_a_subject(words, pos, expected):
    """ "The wanted man" holds a modifier, "groups wanted" a verb."""
    doc = Doc(spacy.blank("en").vocab, words=words, pos=pos)
    assert is_modifier(doc[1]) is expected
