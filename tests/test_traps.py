"""Traps of the file system and the terminal: one line, the documented code, nothing obeyed."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tiny import TinyExtractor, TinyLoader, make_articles

from newsextract.article import Article, Failure
from newsextract.batch import RunOptions, run
from newsextract.cli import MISUSE, main
from newsextract.cli.messages import say
from newsextract.cli.output import write_records
from newsextract.errors import TargetError, hide_passwords
from newsextract.io.readers import read_articles
from newsextract.io.readers.sources import find_inputs

posix = pytest.mark.skipif(os.name == "nt", reason="has no such files")


def read(folder: Path) -> tuple[list[str], dict[str, str]]:
    """Return the texts in a folder, and the reason of each failure by file name."""
    items = list(read_articles([str(folder)]))
    texts = [item.text for item in items if isinstance(item, Article)]
    return texts, {Path(i.where).name: i.reason for i in items if isinstance(i, Failure)}


@posix
def test_what_is_no_file_is_passed_over_and_named(tmp_path: Path) -> None:
    """A pipe would be waited for, a device never ends, a link may lead to itself."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    (tmp_path / "endless.txt").symlink_to(tmp_path / "endless.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "good.txt").write_text("Yes.", encoding="utf8")
    texts, reasons = read(tmp_path)
    assert texts == ["Yes."]
    assert set(reasons) == {"pipe.txt", "device.txt", "endless.txt", "dangling.txt"}
    assert "skipped" in reasons["pipe.txt"]


@posix
def test_a_pipe_that_was_asked_for_is_read(tmp_path: Path) -> None:
    """As a shell's process substitution gives one."""
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    (found,) = find_inputs([str(pipe)])
    assert not isinstance(found, Failure)


def test_folders_and_files_that_cannot_be_read_are_failures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is named, the rest is read; tests may run as root, who may read anything."""
    for name in ("open", "shut"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("Yes.", encoding="utf8")
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    texts, reasons = read(tmp_path)
    assert texts == ["Yes."]
    assert reasons == {"shut": "the folder cannot be read: Permission denied"}


@posix
@pytest.mark.parametrize("redirect", ["> /dev/full", ">&-"])
def test_output_that_goes_nowhere(redirect: str) -> None:
    """One line, and the code of misuse."""
    if "full" in redirect and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m newsextract schema {redirect}"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == MISUSE
    assert done.stderr.startswith("newsextract: cannot write the output")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [("broken.duckdb", b"not a database"), ("broken.db", b"not a database" * 100)],
)
def test_a_broken_target_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes
) -> None:
    """To write to, and to report on."""
    pytest.importorskip("duckdb")
    pytest.importorskip("jinja2")
    path = tmp_path / name
    path.write_bytes(data)
    (tmp_path / "a.txt").write_text("Yes.", encoding="utf8")
    for words in (
        ["extract", str(tmp_path / "a.txt"), "--to", str(path)],
        ["report", str(path), "--to", str(tmp_path / "out.html")],
    ):
        assert main(words) == MISUSE
        assert capsys.readouterr().err.count("\n") == 1


def test_a_broken_folder_of_parquet_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A shard that was cut off."""
    pytest.importorskip("pyarrow")
    pytest.importorskip("jinja2")
    target = tmp_path / "tables"
    run(make_articles(3), RunOptions(str(target), format="parquet"), loader=TinyLoader())
    (shard,) = (target / "articles").glob("*.parquet")
    shard.write_bytes(shard.read_bytes()[:100])
    assert main(["report", str(target), "--to", str(tmp_path / "out.html")]) == MISUSE
    assert capsys.readouterr().err.count("\n") == 1


def test_a_message_holds_nothing_that_a_terminal_obeys(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Escapes, C1 controls, marks of direction and line ends of names, ids and exceptions."""
    say("a\x1b[31mb\x9b2Jc\u202ed\re\nf\x07")
    assert capsys.readouterr().err == "newsextract: a\ufffd[31mb\ufffd2Jc\ufffdd e f\ufffd\n"


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_json_holds_nothing_that_a_terminal_obeys(form: str) -> None:
    """C1 controls, DEL and marks of direction are escaped; what is read back is the same."""
    text = "“Née\x9b2J\x7f \u202e Ω 港 \ud83d” said Ann Lee."
    record, out = TinyExtractor()(Article(text, "a\x85")), io.StringIO()
    write_records([record], form=form, out=out)
    assert all(c.isprintable() or c == "\n" for c in out.getvalue())
    assert "Née" in out.getvalue()
    assert "港" in out.getvalue()
    assert json.loads(out.getvalue()) == record.to_dict()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://ann:s3cret@host/news", "postgresql://ann@host/news"),
        ("postgres://ann:s3/cr#e:t@host:5433/x down", "postgres://ann@host:5433/x down"),
        ("host=h password=s3cret dbname=x", "host=h password=*** dbname=x"),
        ("host=h password = 's3 cret' dbname=x", "host=h password = *** dbname=x"),
        ("postgresql://h/x?user=a&password=s3cret&a=b", "postgresql://h/x?user=a&password=***&a=b"),
        ("http://host:80/page is no password", "http://host:80/page is no password"),
        ("no password given", "no password given"),
    ],
)
def test_passwords_are_hidden(text: str, shown: str) -> None:
    """Of addresses and of connection strings, and nothing else is."""
    assert hide_passwords(text) == shown


def test_csv_safe(tmp_path: Path) -> None:
    """No cell begins like a formula; the folder keeps the choice, numbers stay numbers."""
    target = tmp_path / "csv"
    options = RunOptions(str(target), format="csv", csv_safe=True)
    articles = [Article("“@SUM(1)” said Ann Lee", "=1+1"), *make_articles(2)]
    run(articles, options, loader=TinyLoader())
    again = [Article("“-2” said Ann Lee", "=1+1"), *make_articles(2)]
    assert run(again, options, loader=TinyLoader()).written == 1
    with (target / "quotes.csv").open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3
    (row,) = [row for row in rows if "1+1" in row["article_id"]]
    assert (row["article_id"], row["content"]) == ("'=1+1", "'-2")
    for path in target.glob("*.csv"):
        with path.open(encoding="utf8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [c for c in cells if c.startswith(("=", "+", "@")) or c[:1] == "\t"]


def test_csv_safe_in_one_file(tmp_path: Path) -> None:
    """One file of a table is protected too, and still when the next run does not ask for it."""
    target = tmp_path / "quotes.csv"
    articles = [Article("“@SUM(1)” said Ann Lee", "=1+1")]
    run(articles, RunOptions(str(target), csv_safe=True), loader=TinyLoader())
    run(make_articles(2), RunOptions(str(target)), loader=TinyLoader())
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3
    assert ("'=1+1", "'@SUM(1)") in [(row["article_id"], row["content"]) for row in rows]


@pytest.mark.parametrize(("name", "written"), [("csv", 2), ("quotes.csv", 0)])
def test_csv_safe_is_remembered(tmp_path: Path, name: str, written: int) -> None:
    """Articles are read again only where the choice is new and their cells were written without."""
    format = None if "." in name else "csv"
    plain = RunOptions(str(tmp_path / name), format=format)
    safe = RunOptions(str(tmp_path / name), format=format, csv_safe=True)
    run(make_articles(2), plain, loader=TinyLoader())
    assert run(make_articles(2), safe, loader=TinyLoader()).written == written
    assert run(make_articles(2), plain, loader=TinyLoader()).unchanged == 2


@pytest.mark.parametrize(("name", "kind"), [("out.db", "sqlite"), ("news.xlsx", r"\.xlsx")])
def test_csv_safe_is_for_csv(tmp_path: Path, name: str, kind: str) -> None:
    """Databases and workbooks have no formulas."""
    options = RunOptions(str(tmp_path / name), csv_safe=True)
    with pytest.raises(TargetError, match=f"--csv-safe is for CSV and TSV, not for {kind}"):
        run(make_articles(1), options, loader=TinyLoader())
