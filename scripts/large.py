"""Read texts of up to 5 MB with the model: how long, and how much memory?

usage: python scripts/large.py [--megabytes 1.25 2.5 5]

Each text is numbered prose, read in a process of its own; prints a line a text.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
READ = """
import resource, sys, time
import newsextract
from texts import PROSE, repeat
size = int(float(sys.argv[1]) * 1e6)
text = repeat(PROSE, size)
extractor = newsextract.load()
extractor(text[:3000])
wall, cpu = time.perf_counter(), time.process_time()
record = extractor(text)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
assert record.quotes[-1].context.end > size - 1000
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{size:10,} {wall:10.1f} {cpu:14.1f} {peak:8.0f}", flush=True)
"""


def main() -> int:
    """Read each text and return the exit code."""
    parser = argparse.ArgumentParser(prog="python scripts/large.py")
    parser.add_argument("--megabytes", nargs="+", default=["1.25", "2.5", "5"])
    args = parser.parse_args()
    print("characters  seconds  processor sec.  peak MB")
    code = 0
    for size in args.megabytes:
        path = f"import sys; sys.path.insert(0, {str(TESTS)!r})\n"
        code |= subprocess.run([sys.executable, "-c", path + READ, size], check=False).returncode
    return code


if __name__ == "__main__":
    sys.exit(main())
