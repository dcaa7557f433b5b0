"""The caller's own people and organizations."""

import pytest
from helpers import make_doc

from newsextract.errors import InputError
from newsextract.stages.known import KnownEntity, make_known, read_known
from newsextract.stages.people import find_people


def test_csv_and_jsonl_read_alike(tmp_path):
    """Aliases are a list in JSONL and a text with ";" in CSV."""
    table = tmp_path / "known.csv"
    table.write_text("id,name,aliases,kind\nQ1,Ann Lee,A. Lee;Annie Lee,person\n", "utf8")
    lines = tmp_path / "known.jsonl"
    lines.write_text('{"id": "Q1", "name": "Ann Lee", "aliases": ["A. Lee", "Annie Lee"]}\n\n')
    for path in (table, str(lines)):
        known = read_known(path)
        assert known.find_person(("annie", "lee")) == "Q1"
        assert known.find_person(("bo", "ray")) is None


def test_bodies_and_people_are_apart():
    """A body's name finds no person; articles and case do not matter."""
    known = read_known([{"id": 7, "name": "The Fish Agency", "kind": "organization"}])
    assert known.find_organization("fish agency") == "7"
    assert known.find_person(("fish", "agency")) is None


def test_name_of_two_entries_finds_neither():
    """What could be either is neither."""
    known = make_known([KnownEntity("1", "Ann Lee"), KnownEntity("2", "Ann Lee")])
    assert known.find_person(("ann", "lee")) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Bashar al-Assad", "[PERSON Bashar al-Assad] left."),
        ("Sir Bo Ray", "[PERSON Sir Bo Ray] left."),
        ("Bo Ray Jr.", "[PERSON Bo Ray Jr.] left."),
        ("Pope Bo", "Pope [PERSON Bo] left."),
    ],
)
def test_names_are_read_as_those_of_articles(name, text):
    """A title, an article or a generation in the caller's list is no obstacle."""
    known = make_known([KnownEntity("1", name)])
    (person,) = find_people(make_doc(text), (), organizations=(), known=known)
    assert person.key == "1"


def test_a_generation_tells_people_apart():
    """The son is not his father."""
    known = make_known([KnownEntity("1", "Bo Ray")])
    (son,) = find_people(make_doc("[PERSON Bo Ray Jr.] left."), (), organizations=(), known=known)
    assert son.key is None


def test_legal_forms_are_no_obstacle():
    """ "Fish Inc." in the list is "Fish" in the article."""
    known = make_known([KnownEntity("1", "Fish Foods Inc.", kind="organization")])
    assert known.find_organization("fish foods") == "1"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"name": "Ann Lee"}], "no 'id'"),
        ([{"id": "1"}], "no 'name'"),
        ([{"id": "1", "name": "Ann", "kind": "robot"}], "'robot'"),
    ],
)
def test_wrong_entries_are_named(rows, words):
    """The message says which entry and what is missing."""
    with pytest.raises(InputError, match=f"entry 1.*{words}"):
        read_known(rows)


def test_missing_or_broken_file_is_named(tmp_path):
    """The path, and the line."""
    with pytest.raises(InputError, match=r"nowhere\.csv"):
        read_known(tmp_path / "nowhere.csv")
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{\n")
    with pytest.raises(InputError, match="line 1"):
        read_known(broken)


def test_thousands_of_entries():
    """A large list is an index, not a loop."""
    known = make_known(KnownEntity(str(i), f"Person Number{i}") for i in range(20_000))
    assert known.find_person(("person", "number19999")) == "19999"
