"""The caller's own people and organizations."""

import pytest

from newsextract.errors import InputError
from newsextract.stages.known import KnownEntity, make_known, read_known


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
