"""Batch runs: what is read, passed over or fails, and what a dying worker takes along."""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from stores import count_articles, read_target
from tiny import TinyExtractor, TinyLoader, make_article, make_articles

from newsextract.article import Article, Failure
from newsextract.batch import RunOptions, RunSummary, extract_over, run
from newsextract.batch.duplicates import SeenTexts
from newsextract.batch.progress import Progress, describe_progress
from newsextract.errors import InputError, NewsextractError, TargetError
from newsextract.io.readers import read_articles
from newsextract.loading import ExtractorLoader
from newsextract.parallel.chunks import Done, extract_chunk, keep_record, make_chunks
from newsextract.parallel.pool import ExecutorPool
from newsextract.parallel.processes import WorkerProcesses
from newsextract.records import Extraction

GERMAN = Article("Der Bürgermeister sagte, dass die Stadt für die Brücke nicht zahlen werde.", "de")


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The path of a new SQLite target."""
    return str(tmp_path / "out.db")


def bring(database: str, *items: Article | Failure, **options: object) -> RunSummary:
    """Bring ``items`` to ``database``."""
    return run(items, RunOptions(database, **options), loader=TinyLoader())  # type: ignore[arg-type]


def query(database: str, sql: str) -> list[tuple[object, ...]]:
    """Return the rows of a query."""
    connection = sqlite3.connect(database)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_a_second_run_changes_nothing(database: str) -> None:
    """Every article is done, and the rows are the same but for the table of runs."""
    assert bring(database, *make_articles(50)).written == 50
    before = read_target(database)
    again = bring(database, *make_articles(50))
    assert (again.written, again.unchanged) == (0, 50)
    assert read_target(database) == before
    assert query(database, "SELECT articles, skipped FROM runs ORDER BY started") == [
        (50, 0),
        (0, 50),
    ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"text": "“Yes,” they wrote. “We do” said Omar Diaz there."}, "another text"),
        ({"published": "2025-03-04"}, "another date"),
        ({"meta": {"title": "Another"}}, "another title"),
    ],
)
def test_a_changed_article_is_read_again(
    database: str, change: dict[str, object], why: str
) -> None:
    """Whatever of it changed."""
    first = make_article(1)
    bring(database, first)
    assert bring(database, replace(first, **change)).written == 1, why
    assert count_articles(database) == 1


def test_an_upgrade_reads_every_article_again(database: str) -> None:
    """An article is done for its model and options."""
    bring(database, *make_articles(3))
    upgraded = run(make_articles(3), RunOptions(database), loader=TinyLoader(signature="tiny/2"))
    assert upgraded.written == 3
    assert bring(database, *make_articles(3), store_text=True).written == 3
    assert count_articles(database) == 3


def test_the_last_version_of_an_id_wins(database: str) -> None:
    """In one batch, over several, and when the same input comes again."""
    versions = [replace(make_article(1), published=f"2025-03-{n + 1:02}") for n in range(20)]
    others = make_articles(40)[2:]
    for _ in range(2):
        bring(database, versions[0], *others, *versions, flush_seconds=0.0)
        rows = query(database, "SELECT published FROM articles WHERE id = 'a1'")
        assert rows == [("2025-03-20",)]
    assert count_articles(database) == 39


def test_an_article_that_is_replaced_counts_once(database: str) -> None:
    """What the summary calls written is what the target holds, across batches too."""
    others = [make_article(number) for number in range(2, 80)]
    versions = [replace(make_article(1), published=f"2025-03-{n:02}") for n in (1, 2)]
    summary = bring(database, versions[0], *others, versions[1])
    assert summary.written == count_articles(database) == 79


def test_an_article_without_id_has_that_of_its_text(database: str) -> None:
    """The same text twice is one article."""
    assert bring(database, Article("One"), Article("Two"), Article("One")).written == 2
    assert count_articles(database) == 2


def test_a_failed_article_spoils_no_other(database: str) -> None:
    """It is named with the reason, counted, and read again by the next run."""
    bad = Article("FAIL", "bad")
    summary = bring(database, *make_articles(5), bad, Failure("f.jsonl:3", "not JSON"))
    assert (summary.written, summary.failed, summary.stopped) == (5, 2, False)
    assert query(database, "SELECT * FROM failures ORDER BY place") == [
        ("bad", "extract", "bad", "RuntimeError: the text says so"),
        ("f.jsonl:3", "read", None, "not JSON"),
    ]
    assert bring(database, replace(bad, text="Mended")).written == 1
    assert query(database, "SELECT * FROM failures") == []


def test_a_failure_stops_the_run_on_request(database: str) -> None:
    """What came before it is stored."""
    articles = make_articles(100)
    articles[40] = Article("FAIL", "bad")
    summary = bring(database, *articles, on_error="stop")
    assert summary.stopped
    assert 40 <= summary.written < 99
    assert bring(database, *make_articles(100)).written == 100 - summary.written


def test_a_rejected_row_spoils_no_other_article(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sink's batch is written article by article, and the culprit is named."""
    read = TinyExtractor.__call__

    def break_key(self: TinyExtractor, article: Article) -> Extraction:
        record = read(self, article)
        return replace(record, sources=()) if article.id == "a3" else record

    monkeypatch.setattr(TinyExtractor, "__call__", break_key)
    summary = bring(database, *make_articles(6))
    assert (summary.written, summary.failed) == (5, 1)
    ((place, stage),) = query(database, "SELECT place, stage FROM failures")
    assert (place, stage) == ("a3", "write")


def test_other_languages_are_left_out_on_request(database: str) -> None:
    """And counted."""
    assert bring(database, GERMAN, make_article(1)).written == 2
    summary = bring(database, GERMAN, make_article(2), english_only=True)
    assert (summary.written, summary.foreign) == (1, 1)


def test_duplicates_are_left_out_on_request(database: str) -> None:
    """Word for word or nearly, under whatever id; the first one stays."""
    article = make_article(1, words=90)
    nearly = replace(article, id="nearly", text=article.text.replace("in Nore", "in Nore town"))
    copy = replace(article, id="copy")
    summary = bring(database, article, copy, nearly, make_article(2, words=90), dedupe=True)
    assert (summary.written, summary.repeated) == (2, 2)
    assert query(database, "SELECT id FROM articles ORDER BY id") == [("a1",), ("a2",)]
    said = query(database, "SELECT article_id, reason FROM failures WHERE stage = 'repeat'")
    assert sorted(said) == [("copy", "repeats a1"), ("nearly", "repeats a1")]
    assert (summary.failed, summary.failures) == (0, ())


WORDS = ("The", "council", "met", "to", "talk", "about", "the", "port", "and", "its", "berths")
LONG = " ".join(f"{word}{number}" for number in range(25) for word in WORDS)


@pytest.mark.parametrize(
    ("text", "alike", "why"),
    [
        (LONG, True, "the same"),
        (LONG.upper(), True, "the same words"),
        (LONG + " Read more: the harbour.", True, "a line more"),
        (LONG.replace("met3", "sat"), True, "a word changed"),
        (LONG[: len(LONG) // 2], False, "half of it"),
        (" ".join(reversed(LONG.split())), False, "the same words in another order"),
        ("", False, "nothing"),
        ("\ud800 \0", False, "no words"),
    ],
)
def test_seen_texts(text: str, alike: bool, why: str) -> None:
    """Four in five of the five-word sequences must be shared."""
    seen = SeenTexts()
    assert seen.add(LONG, "first") is None
    assert seen.add(text, "second") == ("first" if alike else None), why
    seen.close()


def test_workers_give_the_same_rows(database: str, tmp_path: Path) -> None:
    """Two processes, in order; the model is loaded in each."""
    articles = [*make_articles(60), Article("FAIL", "bad")]
    options = RunOptions(str(tmp_path / "two.db"), workers=2)
    assert run(articles, options, loader=TinyLoader()).written == 60
    bring(database, *articles)
    assert read_target(str(tmp_path / "two.db")) == read_target(database)


def test_a_dying_worker_takes_only_its_article_along(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The article that ends its process is named; the rest is read by new processes."""
    articles = make_articles(30)
    articles[7] = Article("DIE", "deadly")
    summary = run(articles, RunOptions(database, workers=2), loader=TinyLoader())
    assert (summary.written, summary.failed) == (29, 1)
    assert summary.failures[0].id == "deadly"
    assert "died" in summary.failures[0].reason
    assert "a worker died over article deadly alone" in caplog.messages


@pytest.mark.parametrize("workers", [2, 3])
def test_dying_workers_take_no_neighbor_along(database: str, workers: int) -> None:
    """Several deadly articles in work at once: each is named, and no innocent one."""
    articles = make_articles(60)
    deadly = (2, 3, 20, 21, 40, 41, 59)
    for number in deadly:
        articles[number] = Article("DIE", f"deadly{number}")
    options = RunOptions(database, workers=workers)
    summary = run(articles, options, loader=TinyLoader(0.002))
    assert (summary.written, summary.failed) == (53, 7)
    assert {failure.id for failure in summary.failures} == {f"deadly{n}" for n in deadly}


class BrokenLoader(TinyLoader):
    """Has no model to load."""

    def load(self) -> TinyExtractor:
        raise ImportError("no onnxruntime")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_model_that_cannot_be_loaded_stops_the_run(database: str, workers: int) -> None:
    """It is no failure of the articles."""
    with pytest.raises(NewsextractError, match="cannot be loaded: ImportError: no onnxruntime"):
        run(make_articles(3), RunOptions(database, workers=workers), loader=BrokenLoader())


def test_no_more_is_read_than_is_worked_on() -> None:
    """A slow worker holds the reader back, so that memory stays flat."""
    taken = 0

    def read() -> Iterator[Article]:
        nonlocal taken
        for article in make_articles(500):
            taken += 1
            yield article

    executor = WorkerProcesses(1)
    pool = ExecutorPool(lambda: executor, ahead=3, end=WorkerProcesses.kill)
    results = pool.map(_slow_task, make_chunks(read(), most=5))
    assert len(next(results)) == 5
    assert taken <= 3 * 5
    pool.shut_down()


def _slow_task(articles: list[Article]) -> list[Done]:
    time.sleep(0.01)
    return [Done(article.id or "", None) for article in articles]


def test_any_executor_reads(tmp_path: Path) -> None:
    """Records come back in order."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as executor:
        records = list(extract_over(executor, make_articles(40), loader=TinyLoader()))
        assert [record.id for record in records] == [f"a{n}" for n in range(40)]
        with pytest.raises(NewsextractError, match="the text says so"):
            list(extract_over(executor, [Article("FAIL")], loader=TinyLoader()))


def test_chunks_are_bounded() -> None:
    """By number and by length."""
    articles = [Article("x" * 50)] * 10
    assert [len(c) for c in make_chunks(articles, most=4)] == [4, 4, 2]
    assert [len(c) for c in make_chunks(articles, characters=100)] == [2] * 5
    assert list(make_chunks([])) == []


def test_a_chunk_gives_a_result_for_each_article() -> None:
    """In order, whatever fails."""
    articles = [make_article(1), Article("FAIL", "bad"), make_article(2)]
    one, bad, two = extract_chunk(TinyLoader(), keep_record, articles)
    assert isinstance(one, Done)
    assert isinstance(bad, Failure)
    assert isinstance(two, Done)


VICTIM = """
import sys
from tiny import TinyLoader, make_articles
from newsextract.batch import RunOptions, run
if __name__ == "__main__":
    options = RunOptions(sys.argv[1], workers=2, flush_seconds=0)
    show = lambda summary: print(summary, flush=True)
    run(make_articles(2000), options, loader=TinyLoader(0.01), report=show)
"""


def test_workers_end_with_a_killed_run(tmp_path: Path, database: str) -> None:
    """No orphan holds the target or the machine."""
    script = tmp_path / "victim.py"
    script.write_text(VICTIM, encoding="utf8")
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    with subprocess.Popen(
        [sys.executable, script, database],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
    ) as victim:
        assert victim.stdout is not None
        while b"16 written" not in victim.stdout.readline():
            pass
        workers = children_of(victim.pid)
        assert len(workers) >= 2
        victim.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while any(map(is_running, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_running, workers))
    assert bring(database, *make_articles(20)).unchanged >= 16


def children_of(pid: int) -> list[int]:
    """Return the processes that ``pid`` started."""
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    if not tasks.exists():
        pytest.skip("this system does not list the children of a process")
    return [int(child) for child in tasks.read_text().split()]


def is_running(pid: int) -> bool:
    """Return whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_database_that_goes_away(databases: Callable[[], str]) -> None:
    """The run stops and says so; the same run goes on when the database is back."""
    import psycopg

    url = databases()

    def go_on() -> Iterator[Article]:
        for number, article in enumerate(make_articles(200)):
            if number == 150:
                with psycopg.connect(url, autocommit=True) as connection:
                    connection.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
            yield article

    with pytest.raises(TargetError, match="run the same command again to resume"):
        run(go_on(), RunOptions(url), loader=TinyLoader())
    summary = run(make_articles(200), RunOptions(url), loader=TinyLoader())
    assert summary.unchanged > 0
    assert count_articles(url) == 200


@pytest.mark.parametrize("options", [{"workers": 0}, {"on_error": "ignore"}])
def test_misuse_is_refused_early(options: dict[str, object]) -> None:
    """Before a target is opened."""
    with pytest.raises(InputError):
        RunOptions("out.db", **options)  # type: ignore[arg-type]


def test_a_target_is_not_named_in_the_table_of_runs(database: str) -> None:
    """Its URL may hold a password."""
    bring(database, make_article(1))
    ((options,),) = query(database, "SELECT options FROM runs")
    assert "target" not in json.loads(str(options))


def test_describe_progress() -> None:
    """Counts, rate, share and time left, as far as they are known."""
    summary = RunSummary(written=1200, failed=3)
    assert describe_progress(summary, 60, 0.25) == (
        "1,200 written, 3 failed, 20.0 a second, 25 %, 3:00 left"
    )
    assert describe_progress(summary, 60, None) == "1,200 written, 3 failed, 20.0 a second"
    assert describe_progress(RunSummary(), 0, 0.0) == "0 written, 0 %"
    assert describe_progress(summary, 7200, 0.75, 0.5).endswith("2:00:00 left")
    assert describe_progress(RunSummary(read=90), 0.4, 0.1) == "90 read, 0 written, 10 %"


def test_progress_in_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log file gets a whole line now and then, of the articles that are done; quiet runs none."""
    times = iter((0.0, 1.0, 29.0, 31.0, 40.0))
    monkeypatch.setattr("time.monotonic", lambda: next(times))
    out = io.StringIO()
    progress = Progress(out)
    for read in (0, 10, 100, 200):
        progress.update(RunSummary(read=read), read / 1000)
    progress.clear()
    assert out.getvalue() == ("newsextract: 100 read, 0 written, 3.3 a second, 10 %, 4:30 left\n")
    monkeypatch.undo()
    quiet = io.StringIO()
    Progress(quiet, is_quiet=True).update(RunSummary(read=1), 0.5)
    assert quiet.getvalue() == ""


def test_what_is_read_ahead_is_not_done(tmp_path: Path) -> None:
    """All of a small input is given at once: nothing of it is done before the model has read it."""
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"text": "Text {i}."}}\n' for i in range(10)))
    stream = read_articles([str(path)])
    assert stream.done(0) == 0.0
    assert len(list(stream)) == 10
    assert [stream.done(n) for n in (0, 5, 10)] == [0.0, 0.5, 1.0]


def test_the_signature_names_what_a_record_depends_on(tmp_path: Path) -> None:
    """Options and the contents of files, but not the number of threads."""
    known = tmp_path / "known.csv"
    known.write_text("name\nAnn Lee\n")
    base = ExtractorLoader(known=str(known)).signature
    assert ExtractorLoader(known=str(known), threads=4).signature == base
    assert ExtractorLoader(known=str(known), home="US").signature != base
    known.write_text("name\nOmar Diaz\n")
    assert ExtractorLoader(known=str(known)).signature != base
