"""Every sink keeps the same rows, replaces an article whole, and refuses what is not its own."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from samples import make_sample
from stores import NAMES, count_articles, read_target
from tiny import make_article, read

from newsextract import records
from newsextract.article import Failure
from newsextract.errors import TargetError
from newsextract.io.sinks import Entry, RejectedError, Run, Sink, open_sink
from newsextract.io.sinks.lock import FileLock
from newsextract.io.sinks.sqlite import sqlite_errors
from newsextract.io.sinks.targets import guess_format, name_target
from newsextract.io.stores import open_database
from newsextract.records import Extraction
from newsextract.records.tables import flatten

RUN = Run("r1", "2025-03-03T08:00:00", "here", "0", "{}")
LOCAL = {
    "sqlite": "out.db",
    "duckdb": "out.duckdb",
    "jsonl": "out.jsonl",
    "csv": "csv",
    "parquet": "parquet",
}
EXTRAS = {"duckdb": "duckdb", "parquet": "pyarrow", "postgresql": "psycopg"}
TABULAR = ("sqlite", "duckdb", "csv", "parquet", "postgresql")


@pytest.fixture(params=[*LOCAL, "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """A new target of every kind, and its format."""
    return new_target(request, tmp_path, request.param)


def new_target(request: pytest.FixtureRequest, folder: Path, name: str) -> tuple[str, str]:
    if name in EXTRAS:
        pytest.importorskip(EXTRAS[name])
    if name == "postgresql":
        return request.getfixturevalue("databases")(), name
    return str(folder / LOCAL[name]), name


def store(target: tuple[str, str], *extractions: Extraction, digest: str = "d1") -> None:
    """Write records to a target in one batch, from opening to closing it."""
    sink = open_sink(*target)
    try:
        sink.start(RUN.__class__(f"{digest}{len(extractions)}", *list_run()))
        sink.write([entry_of(sink, e, digest) for e in extractions], [])
        sink.finish(RUN)
    finally:
        sink.close()


def list_run() -> tuple[str, str, str, str]:
    return RUN.started, RUN.machine, RUN.version, RUN.options


def entry_of(sink: Sink, extraction: Extraction, digest: str = "d1") -> Entry:
    return Entry(extraction.id, digest, sink.prepare(extraction))


def test_the_sample_is_stored_as_it_is_flattened(target: tuple[str, str]) -> None:
    """Every row of every table is there, with the types that the target has."""
    store(target, make_sample())
    found = read_target(target[0])
    if target[1] == "jsonl":
        assert found["records"][0][0] == "nore"
        return
    expected = flatten(make_sample())
    assert {name: len(found[name]) for name in NAMES} == {n: len(expected[n]) for n in NAMES}
    if target[1] != "csv":
        assert [row[1:6] for row in found["quotes"]] == [row[1:6] for row in expected["quotes"]]


def test_databases_and_parquet_hold_the_same_rows(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Row for row, whatever the store."""
    stores = [new_target(request, tmp_path, name) for name in TABULAR if name != "csv"]
    for target in stores:
        store(target, make_sample(), *(read(make_article(n)) for n in range(5)))
    first, *others = [read_target(target[0]) for target in stores]
    for other in others:
        assert other == first


def test_an_article_that_comes_again_replaces_its_rows(target: tuple[str, str]) -> None:
    """Fewer quotes leave no old ones behind; the neighbors stay."""
    neighbors = [read(make_article(number)) for number in range(3)]
    store(target, make_sample(), *neighbors)
    shorter = replace(make_sample(), quotes=make_sample().quotes[:1])
    store(target, shorter, digest="d2")
    found = read_target(target[0])
    assert count_articles(target[0]) == 4
    if target[1] != "jsonl":
        assert len([row for row in found["quotes"] if row[0] == "nore"]) == 1
        assert len(found["quotes"]) == 4


def test_the_ledger_knows_what_is_done(target: tuple[str, str]) -> None:
    """By digest: the same id with another text, model or options is not done."""
    store(target, read(make_article(1)))
    sink = open_sink(*target)
    try:
        assert sink.find_done({"a1": "d1", "a2": "d1"}) == {"a1"}
        assert sink.find_done({"a1": "d2"}) == set()
        assert sink.find_done({}) == set()
    finally:
        sink.close()


def test_an_id_twice_in_a_batch_is_stored_once(target: tuple[str, str]) -> None:
    """The later one counts."""
    first = read(make_article(1))
    store(target, first, replace(first, quotes=()))
    found = read_target(target[0])
    assert count_articles(target[0]) == 1
    assert len(found.get("quotes", [])) == 0


def test_hostile_text_is_stored(target: tuple[str, str]) -> None:
    """NUL, lone surrogates, quotation marks, newlines and SQL in every text field."""
    hostile = "\0\ud800'\";\r\n,DROP TABLE articles;--\\N\t{}😀"
    record = replace(
        read(make_article(1)),
        id=hostile,
        meta={"title": hostile, "x": [float("inf"), hostile]},
        issues=(records.Issue(hostile, hostile),),
    )
    store(target, record)
    store(target, record, digest="d2")
    assert count_articles(target[0]) == 1
    sink = open_sink(*target)
    try:
        assert sink.find_done({hostile: "d2"}) == {hostile}
    finally:
        sink.close()


def test_two_runs_on_one_target(target: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one says so and stops."""
    for module in ("lock", "postgres"):
        if module == "postgres" and target[1] != "postgresql":
            continue
        monkeypatch.setattr(f"newsextract.io.sinks.{module}.PATIENCE", 0.1)
    sink = open_sink(*target)
    try:
        with pytest.raises(TargetError, match="another run is writing to it"):
            open_sink(*target)
    finally:
        sink.close()
    open_sink(*target).close()


def test_a_newer_target_is_refused(
    target: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rather than written in an older form."""
    with monkeypatch.context() as patched:
        patched.setattr("newsextract.io.sinks.books.TABLES_VERSION", 7)
        store(target, make_sample())
    with pytest.raises(TargetError, match=r"made by a newer newsextract \(tables version 7"):
        open_sink(*target)


def test_failures_are_kept_until_the_article_is_stored(target: tuple[str, str]) -> None:
    """What could not be read belongs to the last run alone."""
    sink = open_sink(*target)
    try:
        sink.start(RUN)
        sink.write([], [Failure("a1", "broke", id="a1", stage="extract"), Failure("f:3", "bad")])
        sink.write([], [Failure("a1", "broke again", id="a1", stage="extract")])
        sink.write([entry_of(sink, read(make_article(1)))], [])
        sink.finish(RUN)
    finally:
        sink.close()


def test_no_article_at_all(target: tuple[str, str]) -> None:
    """The tables are there, and empty."""
    store(target)
    assert count_articles(target[0]) == 0


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("out.db", "sqlite"),
        ("OUT.SQLITE3", "sqlite"),
        ("a.b/out.duckdb", "duckdb"),
        ("out.jsonl", "jsonl"),
        ("postgresql://user@host/news", "postgresql"),
        ("postgres://host/news", "postgresql"),
    ],
)
def test_the_name_of_a_target_says_its_format(name: str, format: str) -> None:
    """By ending or scheme."""
    assert guess_format(name) == format


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("out.db", "out.db"),
        ("postgresql://news:secret@db:5433/news?password=x", "postgresql://news@db:5433/news"),
        ("postgres:///news", "postgres:///news"),
    ],
)
def test_a_password_is_in_no_message(target: str, name: str) -> None:
    """What is written to logs names the place alone."""
    assert name_target(target) == name


def test_a_folder_is_recognized_when_it_comes_again(tmp_path: Path) -> None:
    """The format is needed only the first time."""
    target = str(tmp_path / "out")
    with pytest.raises(TargetError, match="the name does not tell the format"):
        open_sink(target)
    store((target, "csv"), make_sample())
    assert guess_format(target) == "csv"


@pytest.mark.parametrize(
    ("name", "format", "message"),
    [
        ("out.db", "oracle", "unknown format 'oracle'"),
        ("missing/out.db", None, "no such folder"),
        ("/proc/out.db", None, "cannot be written"),
        ("postgresql://127.0.0.1:1/none", None, "postgresql host=127.0.0.1 port=1"),
    ],
)
def test_misuse_is_explained(tmp_path: Path, name: str, format: str | None, message: str) -> None:
    """What is wrong with a target, and no password in it."""
    target = name if "://" in name else str(tmp_path / name)
    if "://" in name:
        pytest.importorskip("psycopg")
    with pytest.raises(TargetError, match=message):
        open_sink(target, format)


@pytest.mark.parametrize("name", ["jsonl", "csv", "parquet", "sqlite", "duckdb"])
def test_files_of_others_are_left_alone(
    request: pytest.FixtureRequest, tmp_path: Path, name: str
) -> None:
    """An existing file without a ledger is neither truncated nor overwritten."""
    target = new_target(request, tmp_path, name)
    path = {"csv": "csv/quotes.csv", "parquet": "parquet/quotes/part-1.parquet"}.get(
        name, target[0]
    )
    stranger = tmp_path / path
    stranger.parent.mkdir(parents=True, exist_ok=True)
    if name == "sqlite":
        connection = sqlite3.connect(stranger)
        connection.execute("CREATE TABLE mine (x)")
        connection.close()
    else:
        stranger.write_bytes(b"mine")
    before = stranger.read_bytes()
    for _ in range(2):
        with pytest.raises(TargetError):
            open_sink(*target)
    assert stranger.read_bytes() == before


@pytest.mark.parametrize("name", ["jsonl", "csv", "parquet"])
def test_a_file_that_something_else_cut_short_is_refused(
    request: pytest.FixtureRequest, tmp_path: Path, name: str
) -> None:
    """Better than a target that lacks articles which its ledger calls done."""
    target = new_target(request, tmp_path, name)
    store(target, make_sample())
    path = {"csv": "csv/quotes.csv", "jsonl": "out.jsonl"}.get(name)
    victim = tmp_path / path if path else next((tmp_path / "parquet/quotes").iterdir())
    victim.unlink()
    with pytest.raises(TargetError, match="put it back"):
        open_sink(*target)


def test_a_row_that_breaks_a_key_is_rejected(target: tuple[str, str]) -> None:
    """Where keys are kept, and nothing of its batch is stored."""
    if target[1] not in ("sqlite", "postgresql"):
        pytest.skip("only these databases keep foreign keys")
    sample = make_sample()
    broken = replace(sample, quotes=(replace(sample.quotes[0], speaker="S9"),))
    sink = open_sink(*target)
    try:
        with pytest.raises(RejectedError):
            sink.write([entry_of(sink, read(make_article(1))), entry_of(sink, broken)], [])
        assert sink.find_done({"a1": "d1"}) == set()
        sink.write([entry_of(sink, sample)], [])
    finally:
        sink.close()
    assert count_articles(target[0]) == 1


def test_quotes_can_be_searched_by_words(tmp_path: Path) -> None:
    """In SQLite by its full-text index, which follows replaced quotes."""
    path = str(tmp_path / "out.db")
    store((path, "sqlite"), make_sample())
    store((path, "sqlite"), replace(make_sample(), quotes=make_sample().quotes[1:]), digest="d2")
    connection = sqlite3.connect(path)
    search = "SELECT count(*) FROM quotes_fts WHERE quotes_fts MATCH ?"
    try:
        assert connection.execute(search, ["room"]).fetchone() == (1,)
        assert connection.execute(search, ["double"]).fetchone() == (0,)
        connection.execute("INSERT INTO quotes_fts(quotes_fts) VALUES ('integrity-check')")
    finally:
        connection.close()


@pytest.fixture(params=["sqlite", "duckdb", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], list]]:
    """Runs a query on a database that holds the sample."""
    target = new_target(request, tmp_path, request.param)
    store(target, make_sample())
    module = __import__({"sqlite": "sqlite3", "postgresql": "psycopg"}.get(target[1], target[1]))
    connection = module.connect(target[0])
    yield lambda sql: connection.execute(sql).fetchall()
    connection.close()


def test_views(database: Callable[[str], list]) -> None:
    """Who said what, through whom, and who is quoted most."""
    said = database("SELECT quote_id, speaker, via FROM who_said_what ORDER BY quote_id")
    assert said == [
        ("Q1", "Ann Lee", None),
        ("Q2", "Ann Lee", "Nore Gazette"),
        ("Q3", "Fishermen", None),
    ]
    assert database("SELECT name, quotes, articles FROM people_by_quotes") == [("Ann Lee", 2, 1)]


def test_the_share_of_women(target: tuple[str, str]) -> None:
    """Of the quotes of people whose gender is told; the others have a row without a share."""
    if target[1] not in ("sqlite", "duckdb", "postgresql"):
        pytest.skip("no database")
    genders = ("male", "female", "male", None)
    small = [read(make_article(number)) for number in range(4)]
    store(target, *(
        replace(record, people=tuple(replace(p, gender=gender) for p in record.people))
        for record, gender in zip(small, genders, strict=True)
    ))  # fmt: skip
    sql = "SELECT gender, people, quotes, share FROM quotes_by_gender ORDER BY people, gender"
    with open_database(target[0]) as database:
        rows = {row[0]: (row[1], row[2], row[3]) for row in database.execute(sql)}
    assert rows == {
        "female": (1, 1, pytest.approx(1 / 3)),
        "male": (2, 2, pytest.approx(2 / 3)),
        None: (1, 1, None),
    }


FULL_DISK = """
import os, resource, signal, sys
from tiny import make_article, read
from newsextract.article import Article
from newsextract.errors import TargetError
from newsextract.io.sinks import Entry, open_sink
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
sink = open_sink(*sys.argv[1:])
sink.write([Entry("a0", "d1", sink.prepare(read(make_article(0))))], [])
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
texts = (f"“We need {os.urandom(3000).hex()}” said Ann Lee in Nore." for _ in range(300))
records = [read(Article(text)) for text in texts]
try:
    sink.write([Entry(r.id, "d1", sink.prepare(r)) for r in records], [])
except TargetError as error:
    sys.exit(f"refused: {error}")
"""


@pytest.mark.parametrize("name", ["sqlite", "jsonl", "csv", "parquet"])
def test_a_full_disk(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    """The run stops with the reason, and the target holds what it held before."""
    target = new_target(request, tmp_path, name)
    command = [sys.executable, "-c", FULL_DISK, *target]
    environment = {"PYTHONPATH": ":".join([str(Path(__file__).parent), *sys.path])}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "refused: " in done.stderr
    assert "run the same command again to resume" in done.stderr
    store(target, read(make_article(1)))
    assert count_articles(target[0]) == 2
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


@pytest.mark.parametrize("name", ["sqlite", "jsonl"])
def test_the_database_of_others_is_refused(tmp_path: Path, name: str) -> None:
    """Running again would not help, another target would."""
    target = tmp_path / LOCAL[name]
    with sqlite3.connect(target if name == "sqlite" else f"{target}.ledger") as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.raises(TargetError, match="that are not newsextract's: choose another target"):
        open_sink(str(target))


@pytest.mark.parametrize("name", ["sqlite", "jsonl"])
def test_what_is_no_database_is_refused(tmp_path: Path, name: str) -> None:
    """And said to be none."""
    target = tmp_path / LOCAL[name]
    (target if name == "sqlite" else Path(f"{target}.ledger")).write_bytes(b"mine" * 500)
    with pytest.raises(TargetError, match="is not a database; choose another target"):
        open_sink(str(target))


@pytest.mark.parametrize("name", ["sqlite", "jsonl"])
def test_a_database_with_a_broken_ledger_is_refused(tmp_path: Path, name: str) -> None:
    """Where its ledger is first read."""
    target = str(tmp_path / LOCAL[name])
    store((target, name), make_sample())
    break_table(Path(target if name == "sqlite" else f"{target}.ledger"), "ledger")
    sink = open_sink(target)
    try:
        with pytest.raises(TargetError, match="malformed; choose another target"):
            sink.find_done({"nore": "d1"})
    finally:
        sink.close()


def break_table(path: Path, table: str) -> None:
    """Overwrite a table of an SQLite file."""
    connection = sqlite3.connect(path)
    ((size,),) = connection.execute("PRAGMA page_size")
    sql = "SELECT rootpage FROM sqlite_master WHERE tbl_name = ?"
    roots = [root for (root,) in connection.execute(sql, [table])]
    connection.close()
    with path.open("r+b") as file:
        for root in roots:
            file.seek((root - 1) * size)
            file.write(b"x" * size)


@pytest.mark.parametrize(
    ("error", "kind", "advice"),
    [
        (sqlite3.IntegrityError("x"), RejectedError, "x$"),
        (OverflowError("x"), RejectedError, "x$"),
        (sqlite3.OperationalError("x"), TargetError, "x; run the same command again to resume"),
        (sqlite3.DatabaseError("x"), TargetError, "x; choose another target"),
    ],
)
def test_errors_of_sqlite(error: Exception, kind: type[Exception], advice: str) -> None:
    """A row that does not fit, a passing trouble, and a file that is broken."""
    with pytest.raises(kind, match=f"out.db: {advice}"), sqlite_errors("out.db"):
        raise error


@pytest.mark.parametrize("is_wanted", [False, True])
def test_windows_closes_a_lock_before_it_removes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_wanted: bool
) -> None:
    """An open file cannot be removed there; one that the next run has opened stays."""
    path = tmp_path / "lock"
    lock, unlink = FileLock(path, "out.db"), Path.unlink
    file = lock._file

    def refuse_open(path: Path, missing_ok: bool = False) -> None:
        if is_wanted or not file.closed:
            raise PermissionError(13, "in use", str(path))
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse_open)
    monkeypatch.setattr("newsextract.io.sinks.lock.os", SimpleNamespace(name="nt"))
    lock.close()
    assert file.closed
    assert path.exists() == is_wanted
