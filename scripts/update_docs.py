"""Renew everything in README and docs that the program itself writes.

usage: python scripts/update_docs.py [--check] [PAGE ...]

What commands and Python blocks print, the parts of records, the page of the command line, and the
pictures, which need Chromium and Playwright. Without a PAGE all of them. ``--check`` changes
nothing and exits with 1 where something is behind. :mod:`docs_blocks` says what is run and what is
replaced.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout, suppress
from pathlib import Path

import docs_pictures
from docs_blocks import renew

from newsextract.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md")])
COMMAND_LINE = ROOT / "docs" / "command-line.md"
DECISIONS = ROOT / "docs" / "decisions.md"
DECISIONS_HEAD = """\
# Decisions

Why things are as they are: context, choice and price, one page per decision.

"""
HEAD = """\
# The command line

Data goes to standard output and messages to standard error. A terminal shows the progress of a run;
a log file gets a line twice a minute. `--quiet` prints failures only. Exit codes: 0 success; 1 an
article could not be read or stored, but the others were; 2 misuse, such as a missing file; 130
interrupted.

`python scripts/update_docs.py` generates this page from the commands' `--help`.
"""


def help_of(*command: str) -> str:
    """Return the help of a command as it shows in 80 columns."""
    os.environ["COLUMNS"] = "80"
    out = io.StringIO()
    with redirect_stdout(out), suppress(SystemExit):
        main([*command, "--help"])
    return out.getvalue()


def make_command_line() -> str:
    """Return the page of the command line as it should be."""
    parts = [HEAD, f"```text\n{help_of()}```\n"]
    names = [*COMMANDS, "gazetteer find", "gazetteer build"]
    parts += [f"## {name}\n\n```text\n{help_of(*name.split())}```\n" for name in names]
    return "\n".join(parts)


def make_decisions() -> str:
    """Return the page that lists the decisions."""
    titles = {path: path.read_text(encoding="utf8").splitlines()[0] for path in _decisions()}
    items = (
        f"- [{re.sub(r'^# (?:[0-9]+[.] )?', '', title)}](decisions/{path.name})\n"
        for path, title in titles.items()
    )
    return DECISIONS_HEAD + "".join(items)


def _decisions() -> list[Path]:
    return sorted((ROOT / "docs" / "decisions").glob("*.md"))


def make_page(page: Path) -> str:
    """Return ``page`` with what the program writes as it writes it now."""
    if page == COMMAND_LINE:
        return make_command_line()
    if page == DECISIONS:
        return make_decisions()
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        shutil.copytree(ROOT / "examples", "examples")
        return renew(page)[0]


def find_old(pages: list[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the pages that are behind, with what they should be."""
    for page in pages:
        text = make_page(page)
        if text != page.read_text(encoding="utf8"):
            yield page, text


def run(arguments: list[str]) -> int:
    """Renew or check, and return the exit code."""
    is_check = "--check" in arguments
    named = [Path(word).resolve() for word in arguments if not word.startswith("-")]
    code = 0
    for page, text in find_old(named or PAGES):
        print(page.relative_to(ROOT), "is behind" if is_check else "renewed")
        code = int(is_check)
        if not is_check:
            page.write_text(text, encoding="utf8")
    for name in [] if named else docs_pictures.find_old():
        print(name, "is behind" if is_check else "taken")
        code = int(is_check)
        if not is_check:
            docs_pictures.take(name)
    return code


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
