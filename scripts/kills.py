"""Kill runs at random moments over every kind of target, and compare with runs nobody killed.

usage: python scripts/kills.py [--kills 20] [--workers 2] [FORMAT ...]

Prints a line a target. PostgreSQL is run in a temporary folder where it is installed. The exit code
is 1 where rows differ.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from servers import find_postgres, run_postgres
from stores import count_articles, read_target
from test_batch_kills import FILES, kill_run, time_run
from victim import COUNT, write_edition


def attack(target: str, fresh: str, format: str, *, kills: int, workers: int) -> tuple[int, bool]:
    """Return how many runs were killed while they ran, and whether rows are those of ``fresh``."""
    write_edition(fresh, format, edition=0)
    seconds = time_run(fresh, format, edition=1, workers=workers)
    moments = random.Random(f"{format} {kills} {workers}")
    killed = sum(
        kill_run(
            target, format, edition=number, after=moments.uniform(0.0, seconds), workers=workers
        )
        for number in range(kills)
    )
    for path in (target, fresh):
        write_edition(path, format, edition=kills)
    same = count_articles(target) == COUNT and read_target(target) == read_target(fresh)
    return killed, same


@contextmanager
def two_databases(url: str) -> Iterator[tuple[str, str]]:
    """Give two new databases of a server."""
    import psycopg

    names = ("killed", "fresh")
    with psycopg.connect(url, autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
    yield url.replace("/postgres", f"/{names[0]}"), url.replace("/postgres", f"/{names[1]}")


@contextmanager
def targets_of(format: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Give a target to attack and one to compare it with."""
    if format == "postgresql" and (binaries := find_postgres()):
        with run_postgres(binaries) as url, two_databases(url) as both:
            yield both
        return
    (folder / "fresh").mkdir(parents=True)
    yield str(folder / FILES[format]), str(folder / "fresh" / FILES[format])


def main() -> int:
    """Attack every target and return the exit code."""
    known = [*FILES, *(["postgresql"] if find_postgres() else [])]
    parser = argparse.ArgumentParser(prog="python scripts/kills.py")
    parser.add_argument("format", nargs="*", default=known, help=f"of {', '.join(known)}")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    print("target      kills  while running  rows equal  seconds")
    good = True
    with tempfile.TemporaryDirectory() as made:
        for format in args.format:
            began = time.monotonic()
            with targets_of(format, Path(made, format)) as (target, fresh):
                killed, same = attack(target, fresh, format, kills=args.kills, workers=args.workers)
            good &= same
            seconds = time.monotonic() - began
            print(f"{format:10} {args.kills:6} {killed:14}  {'yes' if same else 'NO':10} "
                  f"{seconds:8.0f}", flush=True)  # fmt: skip
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
