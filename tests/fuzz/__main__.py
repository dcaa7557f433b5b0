"""Fuzz one harness, or all of them in turn.

usage: python -m tests.fuzz [HARNESS ...] [--seconds 60] [--work FOLDER]

Needs ``pip install atheris``. What breaks a promise is printed, once for each place in the code,
and its input is kept in ``tests/fuzz/corpus/HARNESS``, where the ordinary tests replay it. Inputs
that only reach new code stay in the work folder, for the next run to go on from.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import traceback
from pathlib import Path

TESTS = Path(__file__).parent.parent
CORPUS = Path(__file__).parent / "corpus"
LONGEST = 2000
sys.path.insert(0, str(TESTS))

import atheris  # noqa: E402

from fuzz import NAMES, find_harness  # noqa: E402

with atheris.instrument_imports(include=["newsextract"]):
    from fuzz.seeds import dictionary, make_seeds


class Watched:
    """A harness that keeps what breaks it and goes on."""

    def __init__(self, name: str) -> None:
        self._folder = CORPUS / name
        self._places: set[str] = set()
        with atheris.instrument_imports(include=["newsextract"]):
            self._check = find_harness(name)
            for seed in make_seeds(name):
                self(seed)

    def __call__(self, data: bytes) -> None:
        """Check ``data``."""
        try:
            self._check(data)
        except Exception as error:
            self._keep(data, error)

    def _keep(self, data: bytes, error: Exception) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        ours = [f for f in frames if "newsextract" in f.filename] or frames
        place = f"{type(error).__name__} {ours[-1].filename}:{ours[-1].lineno}"
        if place in self._places:
            return
        self._places.add(place)
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"found-{hashlib.sha256(data).hexdigest()[:12]}"
        path.write_bytes(data)
        print(f"FOUND {place}: {error!s:.300}\n  kept as {path}", flush=True)


def fuzz(name: str, seconds: int, work: Path) -> None:
    """Fuzz one harness; does not return."""
    folder = work / name
    folder.mkdir(parents=True, exist_ok=True)
    for seed in make_seeds(name):
        (folder / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    words = work / f"{name}.dict"
    words.write_text(dictionary(name), encoding="utf8")
    kept = CORPUS / name
    kept.mkdir(parents=True, exist_ok=True)
    options = [f"-max_total_time={seconds}", f"-dict={words}", f"-max_len={LONGEST}"]
    options += [
        "-timeout=60",
        "-report_slow_units=60",
        "-rss_limit_mb=3000",
        f"-artifact_prefix={kept}/found-",
    ]
    atheris.Setup([sys.argv[0], *options, str(folder), str(kept)], Watched(name))
    atheris.Fuzz()


def main() -> int:
    """Fuzz the harnesses that were named, each in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("harness", nargs="*", help=f"of {', '.join(NAMES)} (default: all)")
    parser.add_argument("--seconds", type=int, default=60, help="for each harness (default: 60)")
    parser.add_argument("--work", type=Path, default=Path("/tmp/newsextract-fuzz"))
    args = parser.parse_args()
    for name in set(args.harness) - set(NAMES):
        parser.error(f"no harness {name}: there are {', '.join(NAMES)}")
    if len(args.harness) == 1:
        fuzz(args.harness[0], args.seconds, args.work)
    for name in args.harness or NAMES:
        print(f"== {name}", flush=True)
        options = ["--seconds", str(args.seconds), "--work", str(args.work)]
        again = [sys.executable, "-m", "tests.fuzz", name, *options]
        subprocess.run(again, cwd=TESTS.parent, check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
