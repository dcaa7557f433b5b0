"""The command line without a model: what goes where, and with which exit code."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import sqlite3
import subprocess
import sys

import pytest

import newsextract.cli.options
import newsextract.cli.running
from newsextract.article import id_of
from newsextract.cli import ARTICLE_FAILED, COMMANDS, INTERRUPTED, MISUSE, OK, main
from newsextract.errors import ModelError
from newsextract.language.rules import rule_names
from newsextract.loading import StatementsOnly
from newsextract.records import Extraction, Quote, Source


class FakeExtractor:
    """Gives the sample's quotes to every article; breaks on those that ask for it."""

    signature = "fake"

    def __init__(self, quotes: tuple[Quote, ...], sources: tuple[Source, ...]) -> None:
        self.quotes = quotes
        self.sources = sources

    def load(self):
        return self

    def __call__(self, article):
        if article.text == "break":
            raise RuntimeError("broken")
        if article.text == "interrupt":
            raise KeyboardInterrupt
        record = Extraction(id_of(article), published=article.published, text=article.text)
        return dataclasses.replace(
            record, quotes=self.quotes, sources=self.sources, meta=article.meta
        )

    def pipe(self, articles):
        return map(self, articles)


class StatementsOnlyLoader:
    """Loads what leaves stances out."""

    signature = "fake, statements only"

    def __init__(self, extractor):
        self.extractor = extractor

    def load(self):
        return StatementsOnly(self.extractor)


@pytest.fixture
def run(monkeypatch, sample, capsys):
    """Run a command with a fake model; give exit code, output and messages."""
    fake = FakeExtractor(sample.quotes, sample.sources)

    def make_loader(args):
        return StatementsOnlyLoader(fake) if getattr(args, "statements_only", False) else fake

    monkeypatch.setattr(newsextract.cli.options, "make_loader", make_loader)
    monkeypatch.setattr(newsextract.cli.running, "make_loader", make_loader)

    def run_command(*arguments):
        before = signal.getsignal(signal.SIGINT)
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code
        finally:
            signal.signal(signal.SIGINT, before)
        return code, *capsys.readouterr()

    return run_command


@pytest.fixture
def articles(tmp_path):
    """Three articles in a JSON Lines file."""
    path = tmp_path / "articles.jsonl"
    rows = [{"id": i, "text": f"Text {i}.", "published": "2024-01-02"} for i in ("a", "b", "c")]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return path


def ids(out):
    """Return the ids of the records written as JSON Lines."""
    return [json.loads(line)["id"] for line in out.splitlines()]


def test_extract_writes_a_line_a_record(run, articles, tmp_path):
    """Files are read in the order given; the id of a text file is its stem."""
    (tmp_path / "port.txt").write_text("The port.", encoding="utf8")
    code, out, err = run("extract", articles, tmp_path / "port.txt")
    assert (code, err) == (OK, "")
    assert ids(out) == ["a", "b", "c", "port"]


def test_published_fills_gaps_only(run, articles, tmp_path):
    """The date given on the command line does not replace an article's own."""
    (tmp_path / "port.txt").write_text("The port.", encoding="utf8")
    _, out, _ = run("extract", articles, tmp_path / "port.txt", "--published", "2020-05-05")
    dates = [json.loads(line)["published"] for line in out.splitlines()]
    assert dates == ["2024-01-02"] * 3 + ["2020-05-05"]


def test_json_of_one_and_of_several(run, articles, tmp_path):
    """One article gives an object, several give an array of them."""
    (tmp_path / "port.txt").write_text("The port.", encoding="utf8")
    _, one, _ = run("extract", tmp_path / "port.txt", "--format", "json")
    assert json.loads(one)["id"] == "port"
    _, several, _ = run("extract", articles, "--format", "json")
    assert [record["id"] for record in json.loads(several)] == ["a", "b", "c"]
    (tmp_path / "none.jsonl").write_text("", encoding="utf8")
    _, none, _ = run("extract", tmp_path / "none.jsonl", "--format", "json")
    assert json.loads(none) == []


def test_text_is_for_people(run, articles):
    """Several articles are parted by a line."""
    _, out, _ = run("extract", articles, "--format", "text")
    assert out.count("Who said what") == 3
    assert out.count("─" * 80) == 2


def test_statements_only(run, articles):
    """Stances and the sources of those alone are left out, on request."""
    _, out, _ = run("extract", articles)
    modes = [quote["mode"] for quote in json.loads(out.splitlines()[0])["quotes"]]
    assert modes == ["statement", "statement", "stance"]
    _, out, _ = run("extract", articles, "--statements-only")
    modes = [quote["mode"] for quote in json.loads(out.splitlines()[0])["quotes"]]
    assert modes == ["statement", "statement"]


def test_bad_lines_do_not_hold_up_the_others(run, tmp_path):
    """A line that is not JSON and one without text are named by file and line; the rest is read."""
    path = tmp_path / "mixed.jsonl"
    path.write_text('{"id": "a", "text": "x"}\n{"id": \n{"id": "c"}\n{"id": "d", "text": "y"}\n')
    code, out, err = run("extract", path)
    assert (code, ids(out)) == (ARTICLE_FAILED, ["a", "d"])
    assert f"{path}:2" in err
    assert f"{path}:3" in err


def test_missing_file(run, articles, tmp_path):
    """A file that is not there is named; the others are read."""
    code, out, err = run("extract", tmp_path / "missing.txt", articles)
    assert (code, ids(out)) == (ARTICLE_FAILED, ["a", "b", "c"])
    assert "missing.txt" in err


def test_an_article_that_breaks_is_the_only_one_lost(run, tmp_path):
    """Should the extraction of one article fail, its neighbours come through."""
    path = tmp_path / "articles.jsonl"
    texts = ["one", "break", "three"]
    rows = [{"id": text, "text": text} for text in texts]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    code, out, err = run("extract", path)
    assert (code, ids(out)) == (ARTICLE_FAILED, ["one", "three"])
    assert "break: RuntimeError: broken" in err


def test_stop_at_the_first_failure(run, tmp_path):
    """On request, the run ends where the first article fails; what came before is written."""
    path = tmp_path / "mixed.jsonl"
    path.write_text('{"id": "a", "text": "x"}\n{"id": \n{"id": "d", "text": "y"}\n')
    code, out, _ = run("extract", path, "--on-error", "stop")
    assert (code, ids(out)) == (ARTICLE_FAILED, ["a"])


def test_to_a_database(run, articles, tmp_path):
    """With a target, standard output stays empty and a summary is given; twice changes nothing."""
    target = tmp_path / "out.db"
    code, out, err = run("extract", articles, "--to", target)
    assert (code, out) == (OK, "")
    assert err == f"newsextract: {target}: 3 written\n"
    _, _, err = run("extract", articles, "--to", target)
    assert err == f"newsextract: {target}: 0 written, 3 unchanged\n"
    with sqlite3.connect(target) as database:
        assert database.execute("select count(*) from articles").fetchone() == (3,)


def test_repeated_articles_are_dropped_on_request(run, tmp_path):
    """Of an article that comes twice the first is read."""
    path = tmp_path / "twice.jsonl"
    text = "The port of Nore will double in size by next year, the mayor said on Monday."
    rows = [{"id": id, "text": text} for id in ("a", "b")]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    _, out, _ = run("extract", path)
    assert ids(out) == ["a", "b"]
    _, out, _ = run("extract", path, "--dedupe")
    assert ids(out) == ["a"]


def test_interrupted(run, tmp_path):
    """Ctrl-C ends with its own exit code and no traceback."""
    (tmp_path / "long.txt").write_text("interrupt", encoding="utf8")
    code, _, err = run("extract", tmp_path / "long.txt")
    assert (code, err) == (INTERRUPTED, "newsextract: interrupted\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "COMMAND"),
        (["translate"], "translate"),
        (["extract"], "PATH"),
        (["extract", "x", "--format", "yaml"], "yaml"),
        (["extract", "x", "--published", "yesterday"], "2024-08-14"),
        (["extract", "x", "--field", "text"], "text=body"),
        (["extract", "x", "--threads", "0"], "one or more"),
        (["extract", "x", "--encoding", "utf-99"], "utf-99"),
        (["extract", "x", "--format", "csv"], "--to"),
        (["extract", "x", "--format", "text", "--to", "out.db"], "not for a target"),
        (["extract", "x", "--store-text"], "--to"),
        (["extract", "x", "--to", "out.unknown"], "--format csv"),
        (["evaluate", "missing.jsonl"], "missing.jsonl"),
    ],
)
def test_misuse(run, arguments, message):
    """What cannot be meant is refused at once, with a word on what can."""
    code, out, err = run(*arguments)
    assert (code, out) == (MISUSE, "")
    assert message in err


def test_a_missing_model_is_misuse(run, articles, monkeypatch):
    """An error of the library is a message, not a traceback."""

    def fail(args):
        raise ModelError("no model in /nowhere: give --model a folder that holds model.onnx")

    monkeypatch.setattr(newsextract.cli.running, "make_loader", fail)
    code, out, err = run("extract", articles)
    assert (code, out) == (MISUSE, "")
    assert err == "newsextract: no model in /nowhere: give --model a folder that holds model.onnx\n"


def test_schema(run):
    """The schema is JSON on standard output."""
    code, out, _ = run("schema")
    assert code == OK
    assert json.loads(out)["title"] == "newsextract/1"


def test_evaluate_tables_and_json(run, tmp_path, sample):
    """Figures of every task that the file is for, as a table, with errors, or as JSON."""
    gold = tmp_path / "gold.jsonl"
    row = {"id": "nore", "text": sample.text, "attributions": [], "entities": []}
    gold.write_text(json.dumps(row) + "\n", encoding="utf8")
    records = tmp_path / "records.jsonl"
    records.write_text(json.dumps(sample.to_dict()) + "\n", encoding="utf8")
    code, out, err = run("evaluate", gold, "--records", records, "--errors", 1)
    assert (code, err) == (OK, "")
    assert "entities\n  person                      P   0.0  R   0.0  F1   0.0\n" in out
    assert "  extra: 3\n    nore: The port will double" in out
    _, out, _ = run("evaluate", gold, "--records", records, "--json", "--task", "quotes")
    assert json.loads(out)["quotes"]["cue"] == 0.0


def test_evaluate_extracts_by_itself(run, tmp_path, sample):
    """Without records, the gold articles are read now, from their text alone."""
    gold = tmp_path / "gold.jsonl"
    attribution = {"content": [[47, 88]], "cue": [], "source": []}
    row = {"id": "nore", "text": sample.text, "attributions": [attribution], "title": "T"}
    gold.write_text(json.dumps(row) + "\n", encoding="utf8")
    code, out, _ = run("evaluate", gold, "--json")
    assert (code, list(json.loads(out))) == (OK, ["quotes", "layout"])


def test_evaluate_audits_rules(run, tmp_path, sample):
    """Each rule is listed by the name that switches it off."""
    gold = tmp_path / "gold.jsonl"
    attribution = {"content": [[47, 88]], "cue": [], "source": []}
    row = {"id": "nore", "text": sample.text, "attributions": [attribution], "title": "T"}
    gold.write_text(json.dumps(row) + "\n", encoding="utf8")
    _, out, _ = run("evaluate", gold, "--rules")
    listed = [line.split()[1] for line in out.split("\nrules\n")[1].splitlines()]
    assert listed == rule_names()
    assert run("evaluate", gold, "--without", listed[0])[0] == OK
    assert run("evaluate", gold, "--without", "quotes.none")[0] == MISUSE
    assert run("evaluate", gold, "--records", gold, "--rules")[0] == MISUSE


def test_evaluate_needs_gold_fields(run, tmp_path):
    """A gold file without annotation, or without that of the task asked for, is misuse."""
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a", "text": "x"}\n', encoding="utf8")
    code, _, err = run("evaluate", gold)
    assert code == MISUSE
    assert "none of its fields" in err
    code, _, err = run("evaluate", gold, "--task", "dates")
    assert code == MISUSE
    assert "'timexes'" in err


def command(*arguments, **options):
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "newsextract", *arguments],
        capture_output=True, timeout=60, check=False, **options,
    )  # fmt: skip


def test_every_command_has_help(run):
    """Every command explains itself, and the list names them all."""
    _, overview, _ = run("--help")
    for name in COMMANDS:
        code, out, _ = run(name, "--help")
        assert code == OK
        assert name in overview
        assert out.startswith(f"usage: newsextract {name}")


def test_help_loads_nothing_heavy():
    """Help comes without spaCy, numpy and the model."""
    code = (
        "import sys, newsextract.cli as c\n"
        "try: c.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'numpy', 'onnxruntime', 'tokenizers', 'dateparser', 'pandas', 'torch'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_version():
    """The version is that of the installed package."""
    from importlib.metadata import version

    done = command("--version", text=True)
    assert done.stdout == f"newsextract {version('newsextract')}\n"


def test_closed_pipe_is_quiet():
    """A reader that goes away early hears no complaint."""
    if os.name != "posix":
        pytest.skip("needs a shell with pipes")
    line = f"{sys.executable} -m newsextract schema | true"
    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=60, check=False)
    assert done.stderr == b""


def test_output_is_utf8_whatever_the_locale():
    """Records are UTF-8 under a locale that is not."""
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = command("extract", "--help", env=environment)
    done.stdout.decode("utf8")
    assert done.returncode == OK
