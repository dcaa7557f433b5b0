"""Textual cues that a name is an organization, or an acronym that is not one."""

import pytest
from helpers import make_doc

from newsextract.stages.organizations import find_organizations
from newsextract.stages.people import find_people


def read(markup):
    """Return the names of the people and those of the organizations of ``markup``."""
    doc = make_doc(markup)
    organizations = find_organizations(doc, ())
    people = find_people(doc, (), organizations=organizations)
    return [p.name for p in people], [o.name for o in organizations]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("They run the newspaper [PERSON Al Tavria] in Nore.", "what it is, before it"),
        ('They run the newspaper "[PERSON Tavria]" in Nore.', "what it is, in marks"),
        ("It is raining, the daily [PERSON Rita Vestnesa] reported.", "with a given name in it"),
    ],
)
def test_a_name_that_the_text_calls_an_organization(markup, reason):
    """Labeled PERSON, it is an organization."""
    people, organizations = read(markup)
    assert (people, len(organizations)) == ([], 1), reason


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("The daily [PERSON Tavria] show began.", "before a noun"),
        ("They run the newspaper [PERSON Ann Lee].", "personal names"),
        ("A member of parliament [PERSON Tavria] left.", "not what the name is"),
        ("[PERSON Tavria], a group leader, said so.", "a role"),
        (
            "[PERSON Rilla] won. [PERSON Rilla] led. [PERSON Rilla] left the group [PERSON Rilla].",
            "in three mentions of four",
        ),
    ],
)
def test_a_name_that_may_be_a_person(markup, reason):
    """Nouns that stand there for other reasons do not count, nor one mention against three."""
    assert read(markup)[0], reason


@pytest.mark.parametrize(
    ("markup", "found", "reason"),
    [
        ("The local fish index ([ORG LFI]) rose. [ORG LFI] fell.", [], "its words are written out"),
        ("The [MISC Fish Trade Pact] ([ORG FTP]) ended. [ORG FTP] won.", [], "no organization"),
        ("The [MISC Fish Pact] ([MISC FP]) ended. [ORG FP] won.", [], "seen so once"),
        ("The Fish Trade Agreement ([ORG FTA]) ended. [ORG FTA] won.", [], "an agreement"),
        ("The local fish group ([ORG LFG]) met.", ["LFG"], "a group"),
        ("The local fish minister ([ORG LFM]) met.", ["LFM"], "somebody"),
        ("The old story ([ORG LFI]) rose.", ["LFI"], "other letters"),
        ("The [ORG Local Fish Index] ([ORG LFI]) met.", ["Local Fish Index"], "an organization"),
    ],
)
def test_acronyms_of_what_is_no_organization(markup, found, reason):
    """A term that the article abbreviates is no organization."""
    assert read(markup)[1] == found, reason
