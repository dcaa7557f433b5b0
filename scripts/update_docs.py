"""Write what the commands say of themselves into docs/command-line.md.

usage: python scripts/update_docs.py [--check]

``--check`` changes nothing and exits with 1 where the page is behind.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stdout, suppress
from pathlib import Path

from newsextract.cli import COMMANDS, main

PAGE = Path(__file__).parent.parent / "docs" / "command-line.md"
HEAD = """\
# The command line

Data goes to standard output and messages to standard error; a terminal shows the progress of a run,
a log file gets a line of it twice a minute. `--quiet` tells of failures only. Exit codes: 0 done; 1
an article could not be read or stored, and the others were; 2 misuse, such as a file that is not
there; 130 interrupted.

This page is made by `python scripts/update_docs.py` from what the commands say of themselves.
"""


def help_of(*command: str) -> str:
    """Return the help of a command as it shows in 80 columns."""
    os.environ["COLUMNS"] = "80"
    out = io.StringIO()
    with redirect_stdout(out), suppress(SystemExit):
        main([*command, "--help"])
    return out.getvalue()


def make_page() -> str:
    """Return the page as it should be."""
    parts = [HEAD, f"```text\n{help_of()}```\n"]
    parts += [f"## {name}\n\n```text\n{help_of(name)}```\n" for name in COMMANDS]
    return "\n".join(parts)


def run(arguments: list[str]) -> int:
    """Write or check the page and return the exit code."""
    page = make_page()
    if "--check" in arguments:
        return int(PAGE.read_text(encoding="utf8") != page)
    PAGE.write_text(page, encoding="utf8")
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
