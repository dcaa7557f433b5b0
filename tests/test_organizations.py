"""Organizations: acronyms, short forms, and bodies that stay apart."""

import pytest
from helpers import make_doc

from newsextract.stages.known import KnownEntity, make_known
from newsextract.stages.organizations import find_organizations
from newsextract.stages.people import find_people


def read(markup, known=None):
    """Return each organization's name with its aliases."""
    return {o.name: o.aliases for o in find_organizations(make_doc(markup), (), known=known)}


JOINED = [
    ("the [ORG National Fish Council] ([ORG NFC]) met. The [ORG NFC] left.", "in parentheses"),
    ("[ORG Unicorn Foods] ([ORG UNI.L]) paid. [ORG UNI.L] fell.", "a ticker"),
    ("[ORG Unicorn Foods] (LSE: [ORG UNI]) paid. [ORG UNI] fell.", "a ticker of an exchange"),
    ("The [ORG National Fish Council] met. The [ORG NFC] left.", "initials"),
    ("The [ORG National Fish Council] met. The [ORG N.F.C.] left.", "initials with stops"),
    ("[ORG Unicorn Foods Inc] met. [ORG Unicorn Foods] left.", "a legal form"),
    ("[ORG POLITICO] met. [ORG Politico] left.", "capitals"),
    ("The [ORG Fish Guild of Bath] met. The [ORG Fish Guild] left.", "a beginning"),
    ("The [ORG US National Fish Council] met. The [ORG NFC] left.", "initials after the country"),
    ("The [ORG Institute of Fish Science] met. The [ORG IFSc] left.", "a mixed acronym"),
    ("The [ORG Fish Guild of Utopia] met. The [ORG Utopian Fish Guild] left.", "another order"),
    ("[ORG Reuters'] man met. [ORG Reuters] left.", "a possessive"),
]
APART = [
    ("The [ORG Senate] met. The [ORG Senate Banking Committee] left.", "a kind of body"),
    ("[ORG ABC] met. [ORG NBC] left.", "two acronyms"),
    ("The [ORG Austrian Fish Guild] met. The [ORG Australian Fish Guild] left.", "like letters"),
    ("The [ORG Fish Guild] ([ORG Reuters]) met. [ORG Reuters] left.", "no abbreviation"),
    ("The [ORG Fish Guild of Utopia] met. The [ORG Utopian Farm Guild] left.", "another field"),
    ("The [ORG Institute of Fish Science] met. The [ORG McIFS] left.", "other capitals"),
    ("The [ORG National Fish Council] met. The [ORG National Farm Council] left.", "one word"),
    (
        "The [ORG North Fish Council] and the [ORG New Farm Club] met. The [ORG NFC] left.",
        "initials of two bodies",
    ),
]


@pytest.mark.parametrize(("markup", "reason"), JOINED)
def test_one_body(markup, reason):
    """All names are one organization's."""
    assert len(read(markup)) == 1, reason


@pytest.mark.parametrize(("markup", "reason"), APART)
def test_two_bodies(markup, reason):
    """What could be either is neither."""
    assert len(read(markup)) > 1, reason


def test_fullest_name_is_the_name():
    """The acronym is an alias."""
    assert read("The [ORG NFC] met. The [ORG National Fish Council] left.") == {
        "National Fish Council": ("NFC",)
    }


def test_slashes_are_no_part_of_a_name():
    """ "/TASS/" in datelines."""
    assert list(read("Nore [ORG /NFC/]. It rained.")) == ["NFC"]


def test_the_full_stop_after_a_letter_is_the_sentence_s():
    """ "wrote on X." ends with the letter; "U.N." does not."""
    assert list(read("They wrote so on [ORG X.]")) == ["X"]
    assert list(read("They left the [ORG U.N.]")) == ["U.N."]


@pytest.mark.parametrize(
    ("markup", "bodies"),
    [
        ("The [ORG Norefront Party] met. [PERSON Norefront] won.", {"Norefront Party"}),
        ("[PERSON Ann Norefront] met the [ORG Norefront Party]. [PERSON Norefront] won.",
         {"Norefront Party"}),
        ("[PERSON Norefront] met. [PERSON Norefront] won the [ORG Norefront Prize].",
         {"Norefront Prize"}),
    ],
)  # fmt: skip
def test_a_lone_name_that_begins_a_body_s(markup, bodies):
    """It is the body's, unless it is a family name or comes more often than the body."""
    people = find_people(make_doc(markup), (), organizations=())
    assert set(read(markup)) == bodies
    assert bool(people) == (markup.count("PERSON") > 1)


def test_bodies_that_all_know_are_no_places():
    """Whatever the encoder takes them for."""
    assert list(read("The [LOC U.N.] asked the [PERSON Kremlin].")) == ["U.N.", "Kremlin"]
    assert read("The [ORG Russian Federation] won.") == {}


def test_partners_are_an_organization():
    """Two names joined by "&" are no person's."""
    assert list(read("The engineers [PERSON Holm & Pryde] left.")) == ["Holm & Pryde"]


def test_an_article_inside_of_a_sentence_is_part_of_the_name():
    """ "The" of papers, at the start of sentences as well; not of initials."""
    times = "The [ORG Nore Times] wrote so to readers of The [ORG Nore Times]."
    assert [m.text for o in find_organizations(make_doc(times), ()) for m in o.mentions] == [
        "The Nore Times",
        "The Nore Times",
    ]
    assert list(read("The [ORG Nore Guild] met. They saw The [ORG NFC].")) == ["Nore Guild", "NFC"]


def test_known_names_join_and_give_the_key():
    """An alias of the caller's list joins what no rule could."""
    known = make_known([KnownEntity("O9", "The Guild", ("Fishmongers",), "organization")])
    doc = make_doc("The [ORG Guild] met. The [ORG Fishmongers] left.")
    (body,) = find_organizations(doc, (), known=known)
    assert body.key == "O9"
    assert [m.text for m in body.mentions] == ["Guild", "Fishmongers"]


def test_no_key_is_not_the_key_none():
    """An entry with the id "None" joins what it names alone."""
    known = make_known([KnownEntity("None", "Fish Guild", (), "organization")])
    bodies = find_organizations(make_doc("[ORG Fish Guild] met [ORG Ray Club]."), (), known=known)
    assert [body.key for body in bodies] == ["None", None]
