"""Reading back: every store gives the same answers, as rows, frames and records."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from samples import TEXT, make_sample
from tiny import TinyLoader, make_article, make_articles, read

from newsextract import open_store, records
from newsextract.article import Failure
from newsextract.batch import RunOptions, run
from newsextract.errors import InputError
from newsextract.io.sinks import Entry, Run, open_sink
from newsextract.io.sinks.datasette import describe_tables
from newsextract.io.stores import open_database
from newsextract.io.stores.answer import parse_time
from newsextract.io.stores.conditions import find_days
from newsextract.io.stores.database import locate_sqlite

LOCAL = {
    "sqlite": "out.db",
    "duckdb": "out.duckdb",
    "csv": "csv",
    "parquet": "parquet",
    "jsonl": "out.jsonl",
}
EXTRAS = {"duckdb": "duckdb", "parquet": "pyarrow", "postgresql": "psycopg"}
RUN = Run("r1", "2025-03-03T08:00:00", "here", "0", "{}")


@pytest.fixture(params=[*LOCAL, "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A store of every kind that holds :func:`corpus`."""
    name = request.param
    if name in EXTRAS:
        pytest.importorskip(EXTRAS[name])
    where = request.getfixturevalue("databases")() if name == "postgresql" else None
    return store_all(where or str(tmp_path / LOCAL[name]), name, corpus())


def corpus() -> list[records.Extraction]:
    """Return the sample, and four small articles of four days."""
    small = [replace(read(make_article(n)), published=f"2025-03-0{n + 4}") for n in range(4)]
    return [make_sample(), *small]


def store_all(target: str, format: str, found: list[records.Extraction]) -> str:
    """Write records to a new target, and return its name."""
    sink = open_sink(target, format)
    try:
        sink.start(RUN)
        sink.write([Entry(e.id, "d", sink.prepare(e)) for e in found], [])
        sink.finish(RUN)
    finally:
        sink.close()
    return target


def asked(target: str, **questions: str) -> list[tuple[str, str]]:
    """Return the article and id of the quotes that a store answers with."""
    with open_store(target) as store:
        return [(quote.article_id, quote.quote_id) for quote in store.quotes(**questions)]


@pytest.mark.parametrize(
    ("questions", "found", "why"),
    [
        ({}, 7, "all"),
        ({"speaker": "ann lee"}, 3, "case does not matter"),
        ({"speaker": "Lee"}, 3, "a word of the name"),
        ({"speaker": "Le"}, 0, "not a part of a word"),
        ({"about": "nore"}, 1, "the content mentions it"),
        ({"about": "Ann Lee"}, 0, "she speaks, and nobody speaks of her"),
        ({"since": "2025-03-05"}, 3, "with that day"),
        ({"until": "2025-03-05"}, 5, "with that day"),
        ({"since": "2025-04"}, 0, "a month"),
        ({"until": "2025"}, 7, "a year"),
        ({"since": dt.date(2025, 3, 7)}, 1, "a date"),
        ({"kind": "indirect"}, 2, "a kind"),
        ({"mode": "stance"}, 1, "a mode"),
        ({"country": "gb"}, 3, "where the article is set"),
        ({"gender": "female"}, 2, "of the speaker"),
        ({"speaker": "lee", "mode": "statement", "until": "2025-03-03"}, 2, "all together"),
    ],
)
def test_quotes_that_fit(tmp_path: Path, questions: dict, found: int, why: str) -> None:
    """Conditions are met together."""
    target = store_all(str(tmp_path / "out.db"), "sqlite", corpus())
    assert len(asked(target, **questions)) == found, why


def test_every_store_gives_the_same_answers(target: str) -> None:
    """Rows, in the same order, whatever the store."""
    expected = [("nore", "Q1"), ("nore", "Q2"), ("nore", "Q3")]
    expected += [(f"a{n}", "Q1") for n in range(4)]
    assert asked(target) == expected
    assert asked(target, about="Nore", speaker="LEE") == [("nore", "Q2")]
    assert asked(target, until="2025-03-04", kind="direct") == [("nore", "Q2"), ("a0", "Q1")]
    with open_store(target) as store:
        people = [(p.name, p.quotes, p.statements, p.articles) for p in store.people()]
        assert people[0] == ("Ann Lee", 3, 3, 2)
        assert [p.last_seen for p in store.people(gender="female")] == ["2025-03-03"]
        assert [a.quotes for a in store.articles(until="2025-03-04")] == [3, 1]


def test_records_come_back(target: str) -> None:
    """Whole, and equal to what was stored."""
    with open_store(target) as store:
        assert store.record("nore") == make_sample()
        assert [r.id for r in store.records(since="2025-03-06")] == ["a2", "a3"]
        with pytest.raises(InputError, match="no article with the id 'none'"):
            store.record("none")


def test_two_answers_can_be_walked_at_once(target: str) -> None:
    """Asking inside a loop does not end the loop."""
    with open_store(target) as store:
        pairs = [(q.quote_id, len(list(store.people()))) for q in store.quotes()]
    assert pairs == [(q, 4) for q in ("Q1", "Q2", "Q3", "Q1", "Q1", "Q1", "Q1")]


def test_a_quote_has_its_sentence_and_its_article(tmp_path: Path) -> None:
    """The headline found in the text is the title where the caller gave none."""
    sample = replace(make_sample(), meta={"url": "https://nore.example/1"})
    target = store_all(str(tmp_path / "out.db"), "sqlite", [sample])
    with open_store(target) as store:
        second = list(store.quotes())[1]
    assert second.title == "Port of Nore to double in size"
    assert second.url == "https://nore.example/1"
    assert second.sentence == TEXT[sample.quotes[1].context.start : sample.quotes[1].context.end]
    assert (second.cue, second.via) == ("told", "Nore Gazette")
    assert (second.speaker_kind, second.speaker_gender) == ("person", "female")


def test_frames_have_times(tmp_path: Path) -> None:
    """In pandas and in Arrow, also where there are no rows."""
    pandas, arrow = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    target = store_all(str(tmp_path / "out.db"), "sqlite", corpus())
    with open_store(target) as store:
        frame, table = store.quotes().frame(), store.quotes().arrow()
        empty = store.quotes(speaker="nobody")
        assert str(empty.frame().published.dtype).startswith("datetime64")
        assert empty.arrow().num_rows == 0
    assert frame.published[0] == pandas.Timestamp("2025-03-03", tz="UTC")
    assert table.schema.field("published").type == arrow.timestamp("us", tz="UTC")
    assert table.column_names == list(frame.columns)


@pytest.mark.parametrize(
    ("text", "hour", "why"),
    [
        ("2024-08-14T07:46", 7, "no zone is taken as UTC"),
        ("2024-08-14T07:46+02:00", 5, "another zone is converted"),
        ("2024-08-14", 0, "a day begins at midnight"),
    ],
)
def test_times_are_utc(text: str, hour: int, why: str) -> None:
    """One zone for one column."""
    assert parse_time(text) == dt.datetime(
        2024, 8, 14, hour, 46 * (len(text) > 10), tzinfo=dt.UTC
    ), why


@pytest.mark.parametrize(
    ("day", "before"),
    [("2024-12-31", "2025-01-01"), ("2024-12", "2025-01-01"), ("2024", "2025-01-01"),
     ("2024-02", "2024-03-01")],
)  # fmt: skip
def test_until_takes_its_period_in(day: str, before: str) -> None:
    """A year, a month and a day end where the next begins."""
    assert list(find_days("d", since=None, until=day)) == [("d < ?", [before])]


@pytest.mark.parametrize("day", ["yesterday", "2024-13", "14/08/2024", ""])
def test_a_day_that_is_none(day: str) -> None:
    """Is said, not passed over."""
    with pytest.raises(InputError, match="is not a date"):
        list(find_days("d", since=day, until=None))


def test_what_is_no_store_is_said(tmp_path: Path) -> None:
    """A missing file, a folder of something else, tables of another version."""
    with pytest.raises(InputError, match="no such file"):
        open_store(str(tmp_path / "none.db"))
    with pytest.raises(InputError, match="this folder holds no tables of newsextract"):
        open_store(str(tmp_path))
    (tmp_path / "people.csv").write_text("id,name\n1,Ann\n", encoding="utf8")
    message = r"people\.csv: has no column 'article_id'"
    with open_store(str(tmp_path)) as store, pytest.raises(InputError, match=message):
        list(store.quotes())


def test_who_speaks_of_whom(target: str) -> None:
    """A row for each mention, with who speaks."""
    with open_store(target) as store:
        found = [(m.speaker, m.mentioned_kind, m.mentioned) for m in store.mentions()]
        assert found == [("Ann Lee", "place", "Nore")]
        assert list(store.mentions(speaker="fishermen")) == []


def test_what_repeats_is_told(target: str) -> None:
    """Which article was left out for which."""
    sink = open_sink(target)
    copy = Failure("copy", "repeats nore", id="copy", stage="repeat")
    sink.start(replace(RUN, id="r2"))
    sink.write([], [copy, Failure("bad.txt", "no text")])
    sink.finish(replace(RUN, id="r2"))
    sink.close()
    with open_store(target) as store:
        found = [(r.article_id, r.repeats) for r in store.repeats()]
    assert found == ([] if target.endswith("jsonl") else [("copy", "nore")])


def test_datasette_finds_the_search_of_quotes(tmp_path: Path) -> None:
    """By the words that it looks for in the statement that made the index."""
    target = store_all(str(tmp_path / "news.db"), "sqlite", corpus())
    sql = (
        "SELECT name FROM sqlite_master WHERE rootpage = 0 AND"
        """ sql LIKE '%VIRTUAL TABLE%USING FTS%content="quotes"%'"""
    )
    assert sqlite3.connect(target).execute(sql).fetchall() == [("quotes_fts",)]
    tables = describe_tables("news")["databases"]["news"]["tables"]
    for path in ("news.db", "data/news.sqlite", "./news"):
        assert [*describe_tables(path)["databases"]] == ["news"]
    names = {n for (n,) in sqlite3.connect(target).execute("SELECT name FROM sqlite_master")}
    assert set(tables) <= names


def test_a_database_that_goes_away_is_one_error(databases: Callable[[], str]) -> None:
    """While rows are read: the reason, and nothing of what the driver raises."""
    psycopg = pytest.importorskip("psycopg")
    url = databases()
    run(make_articles(1200), RunOptions(url), loader=TinyLoader())
    with open_database(url) as database, psycopg.connect(url, autocommit=True) as other:
        rows = database.select("articles", ["id"])
        assert next(rows)
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        with pytest.raises(InputError, match=r"not a readable newsextract store .*terminat"):
            list(rows)


def refuse_twice(target: str, message: str) -> None:
    """Check that a store cannot be read, and gives no part of its tables the second time."""
    with open_store(target) as store:
        for _ in range(2):
            with pytest.raises(InputError, match=message):
                list(store.quotes())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b",168,199,S3,,,", b"", r"quotes\.csv, line 6: the row is shorter or longer than"),
        (b"\r\nnore,Q3", b"\r\nnore,,Q3", r"quotes\.csv, line 6: the row is shorter or longer"),
        (
            b"the room",
            b"the r\xf6om",
            r"quotes\.csv: not a readable table of newsextract \(.*utf-8",
        ),
    ],
)
def test_a_damaged_csv_file_is_named(tmp_path: Path, old: bytes, new: bytes, message: str) -> None:
    """A row that was cut short, an editor that saved the file in another encoding."""
    target = store_all(str(tmp_path / "csv"), "csv", corpus())
    path = tmp_path / "csv" / "quotes.csv"
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    refuse_twice(target, message)


def test_a_cell_over_the_limit_is_named_by_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the parser of CSV refuses."""
    target = store_all(str(tmp_path / "csv"), "csv", corpus())
    monkeypatch.setattr("newsextract.io.stores.files._LARGEST_CELL", 20)
    refuse_twice(target, r"articles\.csv: not a readable table of newsextract \(field larger")


def test_a_parquet_file_with_gaps_is_named(tmp_path: Path) -> None:
    """Where a column needs a value."""
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    target = store_all(str(tmp_path / "tables"), "parquet", corpus())
    (shard,) = (tmp_path / "tables" / "quotes").glob("*.parquet")
    table = parquet.read_table(shard)
    at = table.column_names.index("content")
    parquet.write_table(table.set_column(at, "content", arrow.nulls(len(table))), shard)
    refuse_twice(target, r"part-000001\.parquet: .*NOT NULL constraint failed: quotes\.content")


@pytest.mark.parametrize(
    ("kind", "start"), [(None, 1), ("direct", 2**70), ("direct", None), (["direct"], 1)]
)
def test_a_record_that_does_not_fit_is_named_by_its_file(
    tmp_path: Path, kind: object, start: int | None
) -> None:
    """A value that is missing, too large or of another type."""
    path = tmp_path / "records.jsonl"
    first, second = corpus()[0].to_dict(), corpus()[1].to_dict()
    second["quotes"][0]["kind"] = kind
    second["quotes"][0]["content"][0]["start"] = start
    path.write_text(f"{json.dumps(first)}\n{json.dumps(second)}\n", encoding="utf8")
    refuse_twice(str(path), r"records\.jsonl: a record is incomplete")


@pytest.mark.parametrize("name", ["records.jsonl", "records.json"])
def test_records_may_begin_with_a_byte_order_mark(tmp_path: Path, name: str) -> None:
    """As editors of Windows write it."""
    path = tmp_path / name
    path.write_text(json.dumps(make_sample().to_dict()), encoding="utf-8-sig")
    assert len(asked(str(path))) == 3


def test_a_database_in_a_folder_without_write_permission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite cannot make the files there that go with a log, and needs none if there is no log."""
    path = tmp_path / "out 1.db"
    store_all(str(path), "sqlite", corpus())
    assert locate_sqlite(path).endswith("/out%201.db?mode=ro")
    monkeypatch.setattr(os, "access", lambda where, mode: where != tmp_path)
    assert locate_sqlite(path).endswith("/out%201.db?mode=ro&immutable=1")
    assert len(asked(str(path))) == 7
    (tmp_path / "out 1.db-wal").touch()
    assert locate_sqlite(path).endswith("?mode=ro")


def test_a_folder_that_a_run_left_empty_is_a_store(tmp_path: Path) -> None:
    """Its ledger says so."""
    open_sink(str(tmp_path / "csv"), "csv").close()
    for path in (tmp_path / "csv").glob("*.csv"):
        path.unlink()
    assert asked(str(tmp_path / "csv")) == []
