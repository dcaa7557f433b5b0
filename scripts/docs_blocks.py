"""The blocks of a page of documentation: run, with what they print put in place.

- Blocks of ``python`` run one after the other in one namespace.
- In a block of ``console`` every line after ``$`` runs in a shell and must succeed. Where the block
  shows output, it is replaced by what the commands printed on both streams.
- ``<!-- output -->`` before a block of ``text``: what the block of Python before it printed.
- ``<!-- record: quotes.1 -->`` before a block of ``json``: that part of the record of
  ``examples/ferry-strike.txt``.
- ``<!-- needs: NAME -->`` skips a block where that module or program is missing, and
  ``<!-- not run: WHY -->`` always. Other languages are not run.
"""

from __future__ import annotations

import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

BLOCK = re.compile(
    r"(?:<!-- (?P<word>needs|not run|output|record)(?:: (?P<what>.+?))? -->\n)?"
    r"^```(?P<language>python|console|text|json)\n(?P<code>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
SECONDS = 300
PROGRESS = re.compile(r"^newsextract: [\d,]+ \w+, .*(?: a second| %| left)\n", re.MULTILINE)
"""A line of progress, which only a slow machine prints."""


@dataclass
class Run:
    """A page while its blocks run: ``printed`` by the last block of Python, ``missing`` names."""

    page: Path
    namespace: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    printed: str = ""
    missing: set[str] = field(default_factory=set)


def renew(page: Path) -> tuple[str, set[str]]:
    """Run the blocks of ``page`` in the working folder; return its text, and what was missing."""
    run = Run(page)
    text = page.read_text(encoding="utf8")

    def replace(match: re.Match[str]) -> str:
        start, end = match.span("code")
        new = _renew_block(run, match, line=text.count("\n", 0, start) + 1)
        return text[match.start() : start] + new + text[end : match.end()]

    return BLOCK.sub(replace, text), run.missing


def _renew_block(run: Run, match: re.Match[str], *, line: int) -> str:
    """Run a block and return its code, with the output that it shows as it is now."""
    code, word, what = match["code"], match["word"], match["what"] or ""
    if word == "output":
        return run.printed
    if word == "record":
        return json.dumps(_part_of_record(what), ensure_ascii=False, indent=2) + "\n"
    lacking = {
        name for name in re.findall(r"[\w.]+", what) if word == "needs" and not is_here(name)
    }
    run.missing |= lacking
    if lacking or word == "not run":
        return code
    if match["language"] == "python":
        run.printed = _run_python(run, code, line)
    return _run_console(code) if match["language"] == "console" else code


def is_here(name: str) -> bool:
    """Return whether there is a module or a program of this name."""
    return bool(shutil.which(name) or importlib.util.find_spec(name))


def _run_python(run: Run, code: str, line: int) -> str:
    """Run a block of Python and return what it printed; its line numbers are those of the page."""
    out = io.StringIO()
    with redirect_stdout(out):
        exec(compile("\n" * (line - 1) + code, str(run.page), "exec"), run.namespace)
    return out.getvalue()


def _run_console(code: str) -> str:
    """Run the commands of a block; return it with what they printed, where it shows any."""
    commands = re.findall(r"^\$ (?:.*\\\n> )*.*\n", code, re.MULTILINE)
    outputs = [_run_command(re.sub(r"\\\n> ", "", command[2:])) for command in commands]
    if len("".join(commands)) == len(code):
        return code
    return "".join(c + o for c, o in zip(commands, outputs, strict=True))


def _run_command(command: str) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        env={**os.environ, "PATH": path, "COLUMNS": "80"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=SECONDS,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{command}\n{done.stdout}")
    return PROGRESS.sub("", done.stdout)


@cache
def _read_record() -> dict[str, Any]:
    import newsextract

    text = Path("examples/ferry-strike.txt").read_bytes().decode("utf8")
    return newsextract.extract(text, id="ferry-strike").to_dict()


def _part_of_record(what: str) -> Any:
    """Return the part of the record that a path such as ``quotes.1`` names."""
    value: Any = _read_record()
    for step in what.split("."):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value
