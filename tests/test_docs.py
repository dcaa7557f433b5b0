"""Every block of the documentation runs, and every command is documented.

Blocks of ``python`` of one page run one after the other in one namespace; in a ``console`` block
every line after ``$`` runs in a shell. ``<!-- needs: NAME -->`` before a block skips it where that
module or program is missing, ``<!-- not run: WHY -->`` always. Other languages are not run.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from newsextract.cli import COMMANDS

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md")])
_BLOCK = re.compile(
    r"(?:<!-- (?P<word>needs|not run): (?P<what>.+?) -->\n)?"
    r"^```(?P<language>python|console)\n(?P<code>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Example:
    """A block of code of a page."""

    language: str
    code: str
    line: int
    needs: tuple[str, ...]


def read_examples(page: Path) -> list[Example]:
    """Return the blocks of ``page`` that are to be run."""
    text = page.read_text(encoding="utf8")
    return [
        Example(
            match["language"],
            match["code"],
            text.count("\n", 0, match.start("code")) + 1,
            tuple(re.findall(r"[\w.]+", match["what"])) if match["word"] else (),
        )
        for match in _BLOCK.finditer(text)
        if match["word"] != "not run"
    ]


def is_here(name: str) -> bool:
    """Return whether there is a module or a program of this name."""
    return bool(shutil.which(name) or importlib.util.find_spec(name))


def run_python(example: Example, page: Path, namespace: dict[str, object]) -> None:
    """Run a block of Python; its line numbers are those of the page."""
    source = "\n" * (example.line - 1) + example.code
    exec(compile(source, str(page), "exec"), namespace)


def run_console(example: Example) -> None:
    """Run the commands of a block in a shell; each must succeed."""
    lines = re.sub(r"\\\n(> )?", "", example.code).splitlines()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for line in lines:
        if line.startswith("$ "):
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", line[2:]],
                env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False,
                timeout=300,
            )  # fmt: skip
            assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """A folder of one's own with the examples in it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)


@pytest.mark.model
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_run(page, workplace):
    """The examples of a page do what the page says: they run."""
    examples = read_examples(page)
    needed = {name for example in examples for name in example.needs}
    missing = {name for name in needed if not is_here(name)}
    namespace: dict[str, object] = {"__name__": "__main__"}
    for example in examples:
        if missing & {*example.needs}:
            continue
        if example.language == "python":
            run_python(example, page, namespace)
        else:
            run_console(example)
    if missing:
        pytest.skip(f"the rest of {page.name} needs {', '.join(sorted(missing))}")


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="argparse writes help otherwise")
def test_command_line_page_is_what_the_commands_say():
    """The page of the command line is up to date."""
    script = ROOT / "scripts" / "update_docs.py"
    done = subprocess.run([sys.executable, str(script), "--check"], check=False, timeout=60)
    assert done.returncode == 0, "run: python scripts/update_docs.py"


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
