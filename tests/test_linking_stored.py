"""Linking of stores: the same in every target, incremental, and merges can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import make_sample
from test_stores import EXTRAS, LOCAL, store_all

from newsextract import open_store
from newsextract.analysis.linking.stored import link_store, merge_keys, undo_merge
from newsextract.cli import MISUSE, OK, main
from newsextract.errors import InputError, TargetError
from newsextract.io.sinks import Entry, open_sink
from newsextract.io.stores import open_database
from newsextract.records import (
    Extraction,
    Mention,
    Organization,
    Person,
    Quote,
    Role,
    Source,
    Span,
)
from newsextract.records.extraction import Context
from newsextract.records.tables import ENTITIES, ENTITY_MENTIONS, ENTITY_MERGES


def article(id: str, name: str, role: str | None = None, day: str = "2025-01-01") -> Extraction:
    """Return the record of an article in which one person says one thing."""
    said = Span(0, 2, "So")
    return Extraction(
        id,
        published=day,
        people=(
            Person("P1", name, roles=(Role(role, 0, 1),) if role else (),
                   mentions=(Mention(0, 1, name),)),
        ),
        sources=(Source("S1", "person", name, "P1", quotes=("Q1",)),),
        quotes=(Quote("Q1", "direct", "statement", (said,), None, None, Context(0, 2), "S1"),),
    )  # fmt: skip


FIRST = [
    article("a", "Ann Lee", "mayor of Bath"),
    article("b", "Ann Lee", "mayor of Bath", "2025-02-01"),
    article("c", "Ann Lee", "goalkeeper"),
]


def add(target: str, *found: Extraction) -> None:
    """Store more articles in a target."""
    sink = open_sink(target)
    try:
        sink.write([Entry(e.id, "d", sink.prepare(e)) for e in found], [])
    finally:
        sink.close()


def rows(target: str, table: object, *columns: str) -> list[tuple]:
    """Return columns of the rows of a table of linking."""
    with open_database(target) as database:
        return sorted(database.select(table.name, columns or table.column_names))


@pytest.fixture(params=[name for name in (*LOCAL, "postgresql") if name != "jsonl"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A store of every kind that has tables, with three articles."""
    name = request.param
    if name in EXTRAS:
        pytest.importorskip(EXTRAS[name])
    where = request.getfixturevalue("databases")() if name == "postgresql" else None
    return store_all(where or str(tmp_path / LOCAL[name]), name, FIRST)


def test_every_store_is_linked_alike(target: str) -> None:
    """Entities with their counts, and which record is whom; a second time changes nothing."""
    summary = link_store(target)
    assert (summary.people, summary.organizations, summary.new) == (2, 0, 2)
    names = ("key", "kind", "name", "first_seen", "last_seen", "articles", "quotes", "statements")
    assert rows(target, ENTITIES, *names) == [
        ("person/ann-lee", "person", "Ann Lee", "2025-01-01", "2025-02-01", 2, 2, 2),
        ("person/ann-lee-2", "person", "Ann Lee", "2025-01-01", "2025-01-01", 1, 1, 1),
    ]
    linked = [("a", "person/ann-lee"), ("b", "person/ann-lee"), ("c", "person/ann-lee-2")]
    assert rows(target, ENTITY_MENTIONS, "article_id", "key") == linked
    assert link_store(target).new == 0
    assert rows(target, ENTITY_MENTIONS, "article_id", "key") == linked
    with open_store(target) as store:
        counts = {(p.key, p.statements, p.articles) for p in store.people()}
        assert counts == {("person/ann-lee", 2, 2), ("person/ann-lee-2", 1, 1)}
        assert [q.article_id for q in store.quotes(speaker="person/ann-lee")] == ["a", "b"]
        assert store.record("c").people[0].key == "person/ann-lee-2"


def test_new_articles_join_and_keys_stay(target: str) -> None:
    """An article that comes later, whichever day it is of."""
    link_store(target)
    add(target, article("0", "Ann Lee", "goalkeeper", "2020-01-01"))
    assert link_store(target).new == 0
    linked = dict(rows(target, ENTITY_MENTIONS, "article_id", "key"))
    assert linked["0"] == linked["c"] == "person/ann-lee-2"
    assert linked["a"] == "person/ann-lee"


def test_an_article_that_is_read_again_is_linked_again(target: str) -> None:
    """What its records were before does not stick to their ids."""
    link_store(target)
    add(target, article("c", "Bo Ray"))
    link_store(target)
    assert ("c", "person/bo-ray") in rows(target, ENTITY_MENTIONS, "article_id", "key")
    assert "person/ann-lee-2" not in [key for (key,) in rows(target, ENTITIES, "key")]


def test_merges_are_logged_and_can_be_undone(tmp_path: Path) -> None:
    """By new evidence; once undone, the two stay apart."""
    target = store_all(str(tmp_path / "out.db"), "sqlite", FIRST)
    link_store(target)
    both = article("d", "Ann Lee", "goalkeeper of Bath")
    add(target, both)
    assert [(m.key, m.into) for m in link_store(target).merges] == [
        ("person/ann-lee-2", "person/ann-lee")
    ]
    assert {key for _, key in rows(target, ENTITY_MENTIONS, "article_id", "key")} == {
        "person/ann-lee"
    }
    undo_merge(target, "person/ann-lee-2")
    assert ("c", "person/ann-lee-2") in rows(target, ENTITY_MENTIONS, "article_id", "key")
    add(target, article("e", "Ann Lee", "goalkeeper of Bath"))
    assert link_store(target).merges == ()
    assert rows(target, ENTITY_MERGES, "key", "undone") == [("person/ann-lee-2", 1)]


def test_merges_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the command line, and taken back there."""
    target = store_all(str(tmp_path / "out.db"), "sqlite", FIRST)
    assert main(["link", target]) == OK
    assert "2 people, 0 organizations, 2 new" in capsys.readouterr().err
    assert main(["link", target, "--merge", "person/ann-lee-2", "person/ann-lee"]) == OK
    assert rows(target, ENTITIES, "key", "articles") == [("person/ann-lee", 3)]
    assert main(["link", target, "--undo", "person/ann-lee-2"]) == OK
    assert len(rows(target, ENTITIES, "key")) == 2
    assert main(["link", target, "--undo", "person/nobody"]) == MISUSE
    with pytest.raises(InputError, match="no such key 'person/nobody'"):
        merge_keys(target, "person/nobody", "person/ann-lee")


@pytest.mark.parametrize(
    ("into", "message"),
    [
        ("person/ann-lee", "'person/ann-lee' cannot be merged into itself"),
        ("organization/port-of-nore", r"\(person\) and .* \(organization\) are of different kinds"),
    ],
)
def test_merges_that_make_no_sense(tmp_path: Path, into: str, message: str) -> None:
    """Into itself, or into another kind."""
    port = Extraction("p", organizations=(Organization("O1", "Port of Nore"),))
    target = store_all(str(tmp_path / "out.db"), "sqlite", [*FIRST, port])
    link_store(target)
    with pytest.raises(InputError, match=message):
        merge_keys(target, "person/ann-lee", into)
    assert rows(target, ENTITY_MERGES, "key") == []


def test_the_callers_keys_spread(tmp_path: Path) -> None:
    """To the records of other articles that have none."""
    known = make_sample().people[0]
    mine = Extraction("k", people=(Person("P1", known.name, key="Q1", roles=known.roles),))
    target = store_all(str(tmp_path / "out.db"), "sqlite", [mine, make_sample()])
    link_store(target)
    keys = dict(rows(target, ENTITY_MENTIONS, "article_id", "key"))
    assert keys["k"] == "Q1"
    people = rows(target, ENTITY_MENTIONS, "article_id", "id", "key")
    assert ("nore", "P1", "Q1") in people


def test_a_file_of_records_has_no_tables(tmp_path: Path) -> None:
    """It is said what can be linked instead, before it is read."""
    for name in ("out.jsonl", "records.json", "records.ndjson"):
        (tmp_path / name).write_text("no record", encoding="utf8")
        with pytest.raises(TargetError, match="choose a database or a folder"):
            link_store(str(tmp_path / name))
