"""Double the text of every pattern: does the work of stages, views and readers double?

usage: python scripts/doubling.py [--size 10000] [--times 4] [PATTERN ...]

Prints a line a pattern: calls and processor time at the size and at several times the size. The
exit code is 1 where calls grew by more than half as much again, or time by more than thrice.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from patterns import NAMES
from test_doubling import count_calls, extract_pattern, read_pattern

MOST = 1.5
NOTICED = 0.5
Make = Callable[[int], Callable[[], object]]


def measure(make: Make, size: int) -> tuple[int, float]:
    """Return the calls and the seconds of a size."""
    work = make(size)
    work()
    began = time.process_time()
    work()
    seconds = time.process_time() - began
    return sum(count_calls(work).values()), seconds


def report(name: str, make: Make, *, size: int, times: int) -> bool:
    """Print what a pattern takes, and return whether it is in proportion."""
    (calls, seconds), (more, longer) = measure(make, size), measure(make, times * size)
    good = more <= MOST * times * calls and (
        longer < NOTICED or longer <= 2 * MOST * times * seconds
    )
    print(f"{name:34} {calls:10,} {more / calls:6.1f} {seconds:8.2f} {longer / seconds:6.1f}"
          f"{'' if good else '  OUT OF PROPORTION'}", flush=True)  # fmt: skip
    return good


def main() -> int:
    """Measure all patterns and return the exit code."""
    parser = argparse.ArgumentParser(prog="python scripts/doubling.py")
    parser.add_argument("pattern", nargs="*", default=NAMES)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=4)
    args = parser.parse_args()
    print(f"pattern                                 calls  x{args.times}    seconds  x{args.times}")
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for name in args.pattern:
            options = {"size": args.size, "times": args.times}
            good &= report(name, extract_pattern(name), **options)
            good &= report(f"  read: {name}", read_pattern(name, Path(folder)), **options)
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
