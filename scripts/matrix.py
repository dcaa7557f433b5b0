"""Run the tests with every supported Python on this machine, with oldest and newest dependencies.

usage: python scripts/matrix.py [PYTEST ARGUMENT ...]

Each combination gets a fresh environment. A Python that is not on the machine is named and left
out. The oldest dependencies are the lower bounds of pyproject.toml, with the oldest Python.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHONS = ("3.11", "3.12", "3.13")


def lower_bounds() -> list[str]:
    """Return the required dependencies pinned to the oldest version that is promised to work."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
    bounds = (re.match(r"([\w-]+)>=([\d.]+)", d) for d in project["dependencies"])
    return [f"{bound[1]}=={bound[2]}" for bound in bounds if bound]


def combinations() -> Iterator[tuple[str, str, list[str]]]:
    """Yield (Python, label, pins)."""
    yield PYTHONS[0], "oldest", lower_bounds()
    for python in PYTHONS:
        yield python, "newest", []


def find_python(version: str) -> str | None:
    """Return a Python of ``version`` that runs: on the path, or one of pyenv's."""
    root = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    found = [shutil.which(f"python{version}"), *root.glob(f"versions/{version}.*/bin/python")]
    return next((str(program) for program in found if program and _runs(str(program))), None)


def _runs(program: str) -> bool:
    return subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0


def check(program: str, pins: list[str], arguments: list[str]) -> bool:
    """Return whether the tests pass in a fresh environment of ``program`` with ``pins``."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "-m", "venv", folder], check=True)
        python = f"{folder}/bin/python"
        install = [python, "-m", "pip", "install", "-q", f"{ROOT}[test]", *pins]
        if subprocess.run(install, check=False).returncode:
            return False
        tests = [python, "-m", "pytest", *arguments]
        return subprocess.run(tests, cwd=ROOT, check=False).returncode == 0


def main(arguments: list[str]) -> int:
    """Run every combination and return the exit code."""
    results = {}
    for python, label, pins in combinations():
        name = f"Python {python}, {label} dependencies"
        program = find_python(python)
        if program is None:
            results[name] = f"left out: there is no python{python} on this machine"
            continue
        print(f"== {name} {' '.join(pins)}", flush=True)
        results[name] = "passed" if check(program, pins, arguments) else "FAILED"
    for name, result in results.items():
        print(f"{name}: {result}")
    return int("FAILED" in results.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
