"""Linking over articles."""

from newsextract.analysis.linking import link
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
