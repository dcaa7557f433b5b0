"""The documentation is what the program does: every block runs and shows what it prints now.

:mod:`docs_blocks` in ``scripts/`` runs the blocks and puts their output in place; what it would
change is out of date. ``python scripts/update_docs.py`` renews everything.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from golden.processor import is_same_kind

from newsextract.cli import COMMANDS

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md")])
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf8")
RENEW = "run: python scripts/update_docs.py"

sys.path.insert(0, str(ROOT / "scripts"))
import docs_pictures  # noqa: E402
from docs_blocks import renew  # noqa: E402


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """A folder of one's own with the examples in it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)


@pytest.mark.model
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_shows_is_what_the_program_does(page, workplace):
    """Every block runs, and prints what the page says it does."""
    with ThreadPoolExecutor(1) as pool:  # where no event loop runs, as the browser's may here
        text, missing = pool.submit(renew, page).result()
    shown = page.read_text(encoding="utf8")
    assert text == shown or (not is_same_kind() and is_close(text, shown)), RENEW
    if missing:
        pytest.skip(f"the rest of {page.name} needs {', '.join(sorted(missing))}")


def is_close(text, shown):
    """Return whether two texts of a page differ in a few close calls at the most."""
    lines = [re.sub(r"\d+", "0", page).splitlines() for page in (text, shown)]
    return SequenceMatcher(None, *lines, autojunk=False).ratio() > 0.97


def test_a_page_that_is_behind_is_noticed(tmp_path):
    """Outputs of commands and of Python are replaced by what they are now."""
    page = tmp_path / "page.md"
    page.write_text(
        "```python\nx = 2\nprint(x + 2)\n```\n\n<!-- output -->\n```text\n5\n```\n\n"
        "```console\n$ echo a \\\n> b\nc\n$ true\n```\n\n```console\n$ echo unseen\n```\n"
    )
    text, missing = renew(page)
    assert "```text\n4\n```" in text
    assert "> b\na b\n$ true\n```" in text
    assert text.endswith("```console\n$ echo unseen\n```\n")
    assert missing == set()
    page.write_text("```console\n$ false\n```\n")
    with pytest.raises(RuntimeError, match="false"):
        renew(page)


@pytest.mark.model
def test_pictures_show_the_program():
    """The pages in the pictures are those that the program makes of the examples now."""
    old = list(docs_pictures.find_old())
    assert old == [] or not is_same_kind(), RENEW


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="argparse writes help otherwise")
def test_command_line_page_is_what_the_commands_say():
    """The page of the command line is up to date, and so is that of the decisions."""
    script = ROOT / "scripts" / "update_docs.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check", str(ROOT / "docs" / "command-line.md")],
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, RENEW


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command):
    """Each command has its heading on the page of the command line."""
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf8")
    assert f"\n## {command}\n" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    """A link to a file leads to a file, from every page."""
    text = page.read_text(encoding="utf8")
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
    assert [t for t in targets if not (page.parent / t).exists()] == []


def test_every_page_is_in_the_index():
    """Nobody has to guess which pages there are."""
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf8")
    pages = [page.name for page in ROOT.glob("docs/*.md") if page.name != "index.md"]
    assert [name for name in pages if f"({name})" not in index] == []


@pytest.mark.skipif(not (ROOT / "mkdocs.yml").exists(), reason="needs the source folder")
def test_the_site_builds_without_a_warning(tmp_path):
    """Every page is in the navigation, every link and every documented name leads somewhere."""
    pytest.importorskip("mkdocs", reason="needs the extra docs")
    pytest.importorskip("mkdocstrings", reason="needs the extra docs")
    words = ["build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *words],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_readme_test_command_is_what_ci_runs():
    """The continuous integration runs the command that the README promises."""
    script = ROOT / ".ci" / "run"
    if not script.exists():
        pytest.skip("the script is not part of this copy")
    readme = (ROOT / "README.md").read_text(encoding="utf8")
    installs, tests = re.search(r"pip install -q '(.+?)' && \S+ -m (pytest)", readme).groups()
    text = script.read_text(encoding="utf8")
    assert f"'{installs}'" in text
    assert f"-m {tests}" in text


def test_every_promise_has_its_tests():
    """Each row of the table in SECURITY.md names tests, and there are all of them."""
    table = SECURITY[SECURITY.index("| promise | tests |") :].split("\n\n")[0]
    rows = [re.findall(r"`(test_\w+)::(test_\w+)`", row) for row in table.splitlines()[2:]]
    assert all(rows)
    for file, name in {test for row in rows for test in row}:
        source = (ROOT / "tests" / f"{file}.py").read_text(encoding="utf8")
        assert re.search(rf"^def {name}\(", source, re.MULTILINE), f"{file}::{name}"


@pytest.mark.parametrize("command", re.findall(r"`python ((?:scripts/|-m )[^`]+)`", SECURITY))
def test_the_long_forms_are_there(command):
    """What SECURITY.md tells to run exists, with the options that it names."""
    script = command.split()[0] if command.startswith("scripts/") else "tests/fuzz/__main__.py"
    source = (ROOT / script).read_text(encoding="utf8")
    for option in re.findall(r"--\w+", command):
        assert f'"{option}"' in source
