"""Linking over articles."""

import pytest

from newsextract.analysis.linking import link
from newsextract.analysis.linking.entries import (
    ArticleFacts,
    Entry,
    make_entries,
    organization_key,
)
from newsextract.analysis.linking.organizations import cluster_organizations
from newsextract.analysis.linking.people import cluster_people
from newsextract.records import Extraction, Organization, Person, Role


def article(id_, *people, bodies=()):
    """Return a record of people, given as (name, role or None)."""
    return Extraction(
        id_,
        people=tuple(
            Person(f"P{n}", name, roles=(Role(role, 0, 1),) if role else (), key=key)
            for n, (name, role, key) in enumerate(map(pad, people), 1)
        ),
        organizations=tuple(
            Organization(f"O{n}", name, aliases=aliases)
            for n, (name, aliases) in enumerate(bodies, 1)
        ),
    )


def pad(person):
    """Return (name, role, key)."""
    return (*person, None) if len(person) == 2 else person


def keys(*articles):
    """Return the keys of the first person of each article."""
    return [r.people[0].key for r in link(articles)]


def test_one_full_name_is_one_person():
    """Case and diacritics do not matter."""
    a, b = keys(article("a", ("Zoë Lee", "mayor")), article("b", ("ZOE LEE", None)))
    assert a == b == "person/zoe-lee"


def test_names_that_differ_never_merge():
    """Not even by one letter, nor by a middle initial."""
    found = keys(article("a", ("Ann Lee", "mayor")), article("b", ("Anne Lee", "mayor")))
    assert len(set(found)) == 2


def test_namesakes_without_anything_in_common():
    """A mayor and a goalkeeper of one name are two."""
    found = keys(
        article("a", ("Ann Lee", "mayor of Bath")),
        article("b", ("Ann Lee", "goalkeeper")),
        article("c", ("Ann Lee", "former mayor of Bath")),
    )
    assert found == ["person/ann-lee", "person/ann-lee-2", "person/ann-lee"]


def test_lone_name_joins_on_evidence():
    """The same role; another role does not."""
    full = article("a", ("Ann Lee", "mayor"))
    assert keys(full, article("b", ("Lee", "mayor")))[1] == "person/ann-lee"
    assert keys(full, article("b", ("Lee", "goalkeeper")))[1] == "person/lee"


def test_lone_name_of_two_candidates_joins_neither():
    """Both have the role."""
    found = keys(
        article("a", ("Ann Lee", "mayor")),
        article("b", ("Bo Lee", "mayor")),
        article("c", ("Lee", "mayor")),
    )
    assert found[2] == "person/lee"


def test_callers_key_is_kept_and_spreads():
    """The same person in another article gets it."""
    found = keys(article("a", ("Ann Lee", "mayor", "Q1")), article("b", ("Ann Lee", "mayor")))
    assert found == ["Q1", "Q1"]


def test_acronym_goes_with_its_name():
    """Where one article tells what it stands for."""
    a = article("a", bodies=[("National Fish Council", ("NFC",))])
    b = article("b", bodies=[("NFC", ())])
    keys_of = [r.organizations[0].key for r in link([a, b])]
    assert keys_of == ["organization/national-fish-council"] * 2


def test_nothing_to_link():
    """No records, and a record without anybody."""
    assert link([]) == ()
    assert link([Extraction("a")]) == (Extraction("a"),)


def entry(name, article="a", **fields):
    """Return an entry as the people of one block are clustered."""
    return Entry(article, fields.pop("id", "P1"), "person", name, **fields)


def clustered(*entries):
    """Return the articles of each identity that entries are clustered into."""
    found = cluster_people(entries, lambda a, b: False)
    return sorted(sorted(e.article for e in i.entries) for i in found)


@pytest.mark.parametrize(
    ("one", "other", "is_one", "why"),
    [
        ({"name": "Donald J. Trask"}, {"name": "Donald Trask"}, True, "a middle initial"),
        ({"name": "Bill Trask"}, {"name": "William Trask"}, False, "a short form needs evidence"),
        ({"name": "Ann Trask"}, {"name": "Anna Trask"}, False, "another name"),
        ({"name": "Donald Trask"}, {"name": "Donald Trask Jr."}, False, "a suffix"),
        ({"gender": "male"}, {"gender": "female"}, False, "genders contradict"),
        ({"roles": (("mayor", ("bath",)),), "clues": ("bath",)},
         {"roles": (("mayor", ("leeds",)),), "clues": ("leeds",)}, False, "roles contradict"),
        ({"roles": (("mayor", ("bath",)),), "clues": ("bath",)},
         {"roles": (("mayor", ()),)}, True, "a role that the other tells in full"),
        ({"clues": ("@bath council",)}, {"clues": ("@bath council",)}, True, "one affiliation"),
        ({"key": "Q1", "is_known": True}, {"key": "Q2", "is_known": True}, False, "the caller's"),
    ],
)  # fmt: skip
def test_who_is_one_person(one, other, is_one, why):
    """Names decide what may be, evidence decides what is."""
    first = entry(**{"name": "Ann Trask", "company": ("bo ray",), **one}, article="a")
    second = entry(**{"name": "Ann Trask", "company": (), **other}, article="b")
    assert (len(clustered(first, second)) == 1) == is_one, why


def test_a_short_form_joins_on_evidence():
    """Two bodies or people in common are enough."""
    company = ("bo ray", "cy ray")
    assert clustered(
        entry("Bill Trask", "a", company=company), entry("William Trask", "b", company=company)
    ) == [["a", "b"]]


def test_a_lone_name_joins_the_likeliest():
    """The one who is named in that company, where another bears the name too."""
    president = [entry("Ann Trask", f"a{n}", company=("bo ray", "cy ray")) for n in range(5)]
    painter = [entry("Di Trask", f"d{n}", company=("eve lund", "flo lund")) for n in range(5)]
    lone = entry("Trask", "x", company=("eve lund", "flo lund"))
    found = clustered(*president, *painter, lone)
    assert ["d0", "d1", "d2", "d3", "d4", "x"] in found
    unclear = entry("Trask", "y", company=("bo ray", "cy ray", "eve lund", "flo lund"))
    assert ["y"] in clustered(*president, *painter, unclear)


def test_a_lone_name_joins_the_one_of_its_time():
    """Of two presidents of one name, whom the articles of the year tell of."""
    shared = {"clues": ("@nore party",), "company": ("bo ray",)}
    father = [entry("Abe Trask", f"f{n}", year=1991, **shared) for n in range(6)]
    son = [entry("Cal Trask", f"s{n}", year=2005, **shared) for n in range(6)]
    lone = [entry("Trask", str(year), year=year, **shared) for year in (1992, 2004)]
    found = clustered(*father, *son, *lone)
    assert ["1992", *(f"f{n}" for n in range(6))] in found
    assert ["2004", *(f"s{n}" for n in range(6))] in found
    undated = entry("Trask", "x", **shared)
    assert ["x"] in clustered(*father, *son, undated)


@pytest.mark.parametrize(("later", "is_one"), [(1999, True), (2024, False), (None, True)])
def test_a_namesake_of_another_age_is_another(later, is_one):
    """A rare name that nothing else joins, in articles of one country."""
    first = entry("Zoltan Trask", "a", countries=("NO",), year=1975)
    second = entry("Zoltan Trask", "b", countries=("NO",), year=later)
    assert (len(clustered(first, second)) == 1) == is_one


@pytest.mark.parametrize(
    ("one", "other", "is_one", "why"),
    [
        ("The Department of Justice", "Justice Department", True, "the same words"),
        ("Acme Inc.", "Acme", True, "a company's ending"),
        ("World Health Organisation", "World Health Organization", True, "a spelling"),
        ("Bank of Nore", "Nore Bay", False, "other words"),
        ("University of Nore", "Nore University", False, "two universities"),
        ("U.S. Supreme Court", "Supreme Court", True, "a country before what all countries have"),
        ("American University", "University", False, "a name of its own"),
        ("Fed", "Fed Ex", False, "a short word that tells"),
    ],
)
def test_spellings_of_organizations(one, other, is_one, why):
    """What they share is what they are blocked by."""
    assert (organization_key(one) == organization_key(other)) == is_one, why


def test_a_body_that_every_country_has_is_one_a_country():
    """ "Supreme Court", "Fish Ministry"; not "Nore Gazette"."""
    for name, expected in (("Supreme Court", 2), ("Fish Ministry", 2), ("Nore Gazette", 1)):
        entries = [
            Entry(country, "O1", "organization", name, countries=(country,))
            for country in ("IN", "US", "IN")
        ]
        assert len(cluster_organizations(entries)) == expected, name


def test_where_the_country_is_not_known_it_is_the_usual_one():
    """Nine in ten articles mean the court of one country; with eight, nothing is known."""
    for others, expected in ((0, 1), (2, 3)):
        places = [("US",)] * 8 + [("IN",)] * others + [()]
        entries = [
            Entry(str(n), "O1", "organization", "Supreme Court", countries=countries)
            for n, countries in enumerate(places)
        ]
        assert len(cluster_organizations(entries)) == expected


def test_an_acronym_that_no_article_tells():
    """Four letters mean the one body with these initials, where there is but one."""
    agency = ("Nore Emergency Management Agency", ())
    for bodies, is_one in (
        ([agency, ("NEMA", ())], True),
        ([agency, ("North-East Marine Academy", ()), ("NEMA", ())], False),
        ([("Nore Fish Agency", ()), ("NFA", ())], False),
    ):
        found = link([article(str(n), bodies=[body]) for n, body in enumerate(bodies)])
        keys = [record.organizations[0].key for record in found]
        assert (keys[0] == keys[-1]) == is_one


def test_a_country_in_the_name_is_where_it_stands():
    """The Norwegian Foreign Ministry is that of an article set in Norway, wherever it is named."""
    bodies = [("Norwegian Foreign Ministry", "IN"), ("Foreign Ministry", "NO")]
    entries = [
        next(make_entries(ArticleFacts(str(n), country, organizations=[("O1", name, (), None)])))
        for n, (name, country) in enumerate(bodies)
    ]
    assert len(cluster_organizations(entries)) == 1
