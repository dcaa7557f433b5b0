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
from newsextract.cli import (
    ARTICLE_FAILED,
    COMMANDS,
    INTERRUPTED,
    MISUSE,
    OK,
    interrupted_once,
    main,
)
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
    """A file that is not there is misuse for every command, before anything is read."""
    missing = tmp_path / "missing.txt"
    for command in (["extract", missing, articles], ["report", missing, "-o", "x.html"],
                    ["evaluate", missing], ["query", tmp_path / "missing.db"]):  # fmt: skip
        code, out, err = run(*command)
        assert (code, out) == (MISUSE, ""), command
        assert "missing." in err
        assert "Errno" not in err


FOREIGN = [
    ("https://example.org/story", "web address"),
    ("report.pdf", "save it as .txt"),
    ("report.DOCX", "save it as .txt"),
]


@pytest.mark.parametrize("command", [("extract",), ("report", "-o", "x.html")])
@pytest.mark.parametrize(("path", "word"), FOREIGN)
def test_what_is_no_text_gets_one_clear_line(run, tmp_path, command, path, word):
    """A web address, a PDF and a Word file say what to do instead."""
    if "/" not in path:
        path = tmp_path / path
        path.write_bytes(b"%PDF-1.4")
    code, out, err = run(command[0], path, *command[1:])
    assert (code, out) == (MISUSE, "")
    assert word in err
    assert err.count("\n") == 1


def test_an_article_that_breaks_is_the_only_one_lost(run, tmp_path):
    """Should the extraction of one article fail, its neighbors come through."""
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


@pytest.mark.skipif(os.name == "nt", reason="has other signals")
def test_a_job_in_the_background_can_be_interrupted():
    """A shell script starts it with interrupts ignored; one that is sent ends it in order."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with pytest.raises(KeyboardInterrupt), interrupted_once():
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


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
        (["extract", "x", "--format", "text", "--to", "out.db"], "cannot be used with --to"),
        (["extract", "x", "--store-text"], "--to"),
        (["extract", "x", "--to", "out.unknown"], "--format csv"),
        (["evaluate", "missing.jsonl"], "missing.jsonl"),
    ],
)
def test_misuse(run, arguments, message, tmp_path, monkeypatch):
    """What cannot be meant is refused at once, with a word on what can."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").write_text("Ann Lee said no.")
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


MISTYPED = [
    (["extrct", "x"], "unknown command extrct: did you mean extract?"),
    (["x"], "unknown command x: did you mean 'newsextract extract x'?"),
    (["extract", "x", "--fromat", "text"], "unknown option --fromat: did you mean --format?"),
    (["extract", "x", "--format", "jsonll"], "did you mean jsonl?"),
    (["evaluate", "x", "y"], "one argument too many: y"),
    (["extract", "x", "--zzz"], "unknown option --zzz\n"),
]


@pytest.mark.parametrize(("arguments", "message"), MISTYPED)
def test_what_was_mistyped_is_suggested(run, arguments, message, tmp_path, monkeypatch):
    """In two lines: what is wrong, and where the help is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").write_text("Ann Lee said no.")
    code, out, err = run(*arguments)
    assert (code, out) == (MISUSE, "")
    assert message in err
    assert err.count("\n") == 2
    assert "--help" in err.splitlines()[1]


def test_help_is_a_command_too(run):
    """``help`` and ``help COMMAND`` are what people type first."""
    assert run("help") == run("--help")
    assert run("help", "extract") == run("extract", "--help")


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_everything_fits_the_terminal(run, articles, monkeypatch, columns):
    """Help and text take the width that there is, and no more."""
    monkeypatch.setenv("COLUMNS", str(columns))
    for arguments in (["--help"], ["extract", "--help"], ["extract", articles, "--format", "text"]):
        lines = run(*arguments)[1].splitlines()
        prose = [line for line in lines if not line.startswith(("  newsextract", "  curl"))]
        assert max(map(len, prose)) <= columns, arguments
    assert columns < 200 or len(run("extract", "--help")[1].splitlines()) < 70


def test_quiet_and_verbose(run, articles, tmp_path):
    """A quiet run says nothing where nothing failed; the options may stand before the command."""
    target = tmp_path / "out.jsonl"
    assert run("extract", articles, "--to", target, "-q")[2] == ""
    assert "3 unchanged" in run("extract", articles, "--to", target)[2]
    assert run("-q", "extract", articles, "--to", target)[2] == ""
    assert run("-v", "extract", articles, "--to", target)[0] == OK
    assert run("-q", "extract", tmp_path / "missing.txt")[2] != ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_one_line():
    """Standard output that takes nothing is an error without a traceback."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "newsextract", "schema"],
            stdout=full, stderr=subprocess.PIPE, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == MISUSE
    assert done.stderr == b"newsextract: cannot write the output: No space left on device\n"


def test_a_missing_package_is_one_line(run, monkeypatch, tmp_path):
    """The extra that brings it is named."""
    for module, arguments, extra in (
        ("shtab", ["completion", "bash"], "completion"),
        ("torch", ["train", tmp_path, "-o", "model"], "train"),
    ):
        monkeypatch.setitem(sys.modules, module, None)
        code, out, err = run(*arguments)
        assert (code, out) == (MISUSE, "")
        assert f"newsextract[{extra}]" in err
        assert err.count("\n") == 1


def test_a_folder_without_corpora_is_refused(run, tmp_path):
    """Training on the wrong folder says which folders it looks for."""
    pytest.importorskip("torch")
    code, _, err = run("train", tmp_path, "-o", tmp_path / "model")
    assert code == MISUSE
    assert "no corpora found" in err


def test_completion(run):
    """The script knows every command."""
    pytest.importorskip("shtab")
    for shell in ("bash", "zsh", "tcsh"):
        code, out, _ = run("completion", shell)
        assert code == OK
        assert all(name in out for name in COMMANDS)


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

    assert command("-V").stdout == command("--version").stdout
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
