"""Hostile input stays input: none of it is fetched, run, or written where it should not be."""

from __future__ import annotations

import ast
import dataclasses
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from report_records import read_example
from test_readers_extra import PAGE, PARAGRAPHS, make_warc

import newsextract
from newsextract.article import Article, Failure
from newsextract.io.readers import ReadOptions, read_articles
from newsextract.io.readers.sources import FREE_ROWS
from newsextract.io.sinks import open_sink
from newsextract.io.sinks.sql import quote
from newsextract.views.report.folder import PageFolder

PACKAGE = Path(newsextract.__file__).parent
FORBIDDEN_MODULES = frozenset(
    ("pickle", "marshal", "shelve", "dill", "yaml", "subprocess", "socket", "ssl", "requests")
    + ("urllib.request", "http.client", "ftplib", "smtplib", "telnetlib", "xml", "code", "pty")
)
FORBIDDEN_CALLS = frozenset(("eval", "exec", "compile", "__import__", "system", "popen", "execv"))
HOSTILE = (
    "'; DROP TABLE articles; --\" <script>alert(1)</script> `touch pwned` $(touch pwned) {{1}}"
)

WATCHED = """
import json, os, sys
seen = set()
NAMES = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "pickle.",
         "urllib.", "ftplib.", "smtplib.", "http.", "compile", "webbrowser.", "shutil.")
def note(event, args):
    if on and event.startswith(NAMES):
        seen.add((event, repr(args)[:200]))
    if on and event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        seen.add((event, repr(args[0])))
    if on and event in ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.symlink", "os.link"):
        seen.add((event, repr(args[0])))
on = False
sys.addaudithook(note)
import newsextract.cli
from newsextract.io.readers import read_articles
source, first, second = sys.argv[1:]
def work(target):
    assert newsextract.cli.main(["extract", source, "--to", target, "--workers", "1"]) == 1
work(first)
on = True
work(second)
on = False
print("SEEN " + json.dumps(sorted(seen)))
"""


def make_inputs(folder: Path) -> None:
    """Write hostile articles in every format that names files."""
    folder.mkdir()
    text = f"“{HOSTILE},” Ann Lee said on Monday.\n\n__import__('os').system('touch pwned')"
    (folder / "a.txt").write_text(text, encoding="utf8")
    line = {"id": "../../pwned", "text": text, "title": HOSTILE, HOSTILE: "file:///etc/passwd"}
    (folder / "b.jsonl").write_text(json.dumps(line) + "\n{", encoding="utf8")
    (folder / "c.csv").write_text('id,text\n=1+1,"@SUM(1)"\n', encoding="utf8")
    fetched = '<img src="http://127.0.0.1:9/x"><link rel="stylesheet" href="http://127.0.0.1:9/y">'
    (folder / "d.html").write_text(
        PAGE.replace("<article>", f"<article>{fetched}"), encoding="utf8"
    )
    response = ("http://127.0.0.1:9/a", "200 OK", "text/html", PAGE.encode())
    (folder / "e.warc").write_bytes(make_warc(response, packed=False))


@pytest.mark.model
def test_a_run_opens_no_connection_runs_nothing_and_writes_its_target_alone(tmp_path):
    """Watched from inside by an audit hook, and from outside by what files there are."""
    pytest.importorskip("trafilatura")
    make_inputs(tmp_path / "in")
    (tmp_path / "out").mkdir()
    for name in ("home", "tmp", "here"):
        (tmp_path / name).mkdir()
    paths = os.pathsep.join([str(Path(__file__).parent), *map(os.path.abspath, sys.path)])
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "../in", "../out/first.db", "../out/second.db"],
        cwd=tmp_path / "here",
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": paths,
            "HOME": str(tmp_path / "home"),
            "TMPDIR": str(tmp_path / "tmp"),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.partition("SEEN ")[2])
    assert [event for event in seen if "../out/second.db" not in event[1]] == []
    left = [path for name in ("home", "tmp", "here") for path in (tmp_path / name).rglob("*")]
    assert [str(path) for path in left if path.is_file()] == []
    made = {path.name.removesuffix(".lock") for path in (tmp_path / "out").iterdir()}
    assert made == {"first.db", "second.db"}


def forbidden_in(code: str) -> set[str]:
    """Return what ``code`` imports or calls that could run or fetch its input."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names if _is_forbidden(a.name)}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
            found |= set(filter(_is_forbidden, names))
        elif isinstance(node, ast.Call):
            found |= _forbidden_call(node.func)
    return found


def _is_forbidden(module: str) -> bool:
    return bool({module, module.split(".", maxsplit=1)[0]} & FORBIDDEN_MODULES)


def _forbidden_call(function: ast.expr) -> set[str]:
    if isinstance(function, ast.Name):
        return {function.id} & FORBIDDEN_CALLS
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return (
            {function.attr} & FORBIDDEN_CALLS if function.value.id in ("os", "builtins") else set()
        )
    return set()


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.stem)
def test_no_module_can_run_or_fetch_its_input(path):
    """None imports pickle, a shell or a client, or evaluates text."""
    assert forbidden_in(path.read_text(encoding="utf8")) == set()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import pickle", {"pickle"}),
        ("from subprocess import run", {"subprocess", "subprocess.run"}),
        ("eval(text)", {"eval"}),
        ("os.system(text)", {"system"}),
        ("re.compile(text)", set()),
        ("network.eval()", set()),
        ("from urllib.parse import quote", set()),
    ],
)
def test_forbidden_in(code, found):
    """What is forbidden is seen, and its look-alikes are not."""
    assert forbidden_in(code) == found


def test_identifiers_are_quoted():
    """No name ends its own quotation."""
    assert quote('a"; DROP TABLE b; --') == '"a""; DROP TABLE b; --"'


@pytest.mark.parametrize("ending", ["db", "duckdb", "jsonl"])
def test_a_target_s_name_is_a_name(tmp_path, monkeypatch, sample, ending):
    """Quotation marks, semicolons and a shell's signs in it mean themselves."""
    if ending == "duckdb":
        pytest.importorskip("duckdb")
    monkeypatch.chdir(tmp_path)
    name = f'a\'; DROP "x" $(touch pwned) ?mode=memory&x=#.{ending}'
    open_sink(name).close()
    assert name in os.listdir()
    assert "pwned" not in os.listdir()


@pytest.mark.parametrize(
    "article_id",
    ["../../pwned", "/etc/passwd", "..", "a/../../b", "..\\..\\c", "\0", "CON", "a" * 5000, ""],
)
def test_pages_stay_in_their_folder(tmp_path, article_id):
    """Whatever an article calls itself."""
    pytest.importorskip("jinja2")
    folder = tmp_path / "deep" / "pages"
    PageFolder(folder, tmp_path / "corpus.html").write(
        dataclasses.replace(read_example(), id=article_id)
    )
    (page,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert page.parent == folder
    assert page.suffix == ".html"


def read(path: Path, **options: int) -> list[Article | Failure]:
    """Return what a reader makes of a file."""
    return list(read_articles([str(path)], ReadOptions(**options)))


def test_entities_are_not_expanded(tmp_path):
    """A billion laughs and a file from the disk stay where they are."""
    pytest.importorskip("trafilatura")
    secret = tmp_path / "secret"
    secret.write_text("the secret of the disk", encoding="utf8")
    laughs = "".join(
        f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "laughter "}">' for i in range(10)
    )
    head = f'<?xml version="1.0"?><!DOCTYPE html [{laughs}<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    page = head + PAGE.removeprefix("<!DOCTYPE html>").replace(PARAGRAPHS[1], "Said: &l9; &s;")
    (tmp_path / "page.xhtml").write_text(page, encoding="utf8")
    (item,) = read(tmp_path / "page.xhtml")
    said = item.text if isinstance(item, Article) else item.reason
    assert len(said) < 5000
    assert "secret of the disk" not in said


def test_a_bomb_in_an_archive_is_refused_page_by_page(tmp_path):
    """A response that is packed once more unpacks to the limit and no further."""
    pytest.importorskip("trafilatura")
    warc = pytest.importorskip("fastwarc.warc")
    body = gzip.compress(b"<p>" + b"x" * (50 << 20))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    record = warc.WarcRecord()
    record.init_headers(record_type=warc.WarcRecordType.response)
    record.headers["WARC-Target-URI"] = "https://example.org/bomb"
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.set_bytes_content(head + body)
    with (tmp_path / "a.warc").open("wb") as out:
        record.write(out)
    found = read(tmp_path / "a.warc", max_article_bytes=1 << 20)
    assert [item.reason for item in found] == [
        "the page is longer than 1 MB, the limit for one article"
    ]


def test_a_bomb_of_zstandard_is_refused(tmp_path, monkeypatch):
    """What swells to thousands of times its size is not read to the end."""
    zstandard = pytest.importorskip("zstandard")
    monkeypatch.setattr("newsextract.io.readers.sources.GIBIBYTE", 1 << 20)
    (tmp_path / "a.jsonl.zst").write_bytes(zstandard.compress(b"\n" * (8 << 20)))
    (failure,) = read(tmp_path / "a.jsonl.zst")
    assert "refused as a bomb" in failure.reason


ROWS = 120_000


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl.gz", b"\n" * ROWS),
        ("a.jsonl.gz", b"{}\n" * ROWS),
        ("a.csv.gz", b"text\n" + b"a\n" * ROWS),
        ("a.txt.gz", b"\n" * ROWS),
        ("a.json.gz", b"[" + b"{}," * ROWS + b"{}]"),
    ],
)
def test_a_bomb_of_rows_is_refused(tmp_path, name, data):
    """Empty lines, rows and items that a few bytes unpack to are not read one by one."""
    (tmp_path / name).write_bytes(gzip.compress(data))
    *before, failure = read(tmp_path / name)
    assert len(before) <= FREE_ROWS + 1
    assert failure.reason == "holds more rows or lines than bytes: refused as a bomb"


def test_a_parquet_file_of_nothing_is_refused(tmp_path):
    """It says by itself how many rows it has."""
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(arrow.table({"text": arrow.nulls(ROWS)}), tmp_path / "a.parquet")
    (failure,) = read(tmp_path / "a.parquet")
    assert "refused as a bomb" in failure.reason


def test_many_rows_that_hold_something_are_read(tmp_path):
    """Names and numbers that are all different pack to more bytes than they have rows."""
    random = Random(1)
    rows = "".join(f"Ann {random.randrange(10**9)}\n" for _ in range(ROWS))
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(f"text\n{rows}".encode()))
    assert len(read(tmp_path / "a.csv.gz")) == ROWS


@pytest.mark.parametrize(("rows", "length"), [(2000, 20_000), (1, 8 << 20)])
def test_a_bomb_of_parquet_is_refused(tmp_path, monkeypatch, rows, length):
    """One long value that stands for every row, and one value of nothing but one letter."""
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    monkeypatch.setattr("newsextract.io.readers.sources.GIBIBYTE", 1 << 20)
    parquet.write_table(
        arrow.table({"text": ["x" * length] * rows}), tmp_path / "a.parquet", compression="zstd"
    )
    *_, failure = read(tmp_path / "a.parquet")
    assert isinstance(failure, Failure)
    assert "refused as a bomb" in failure.reason
