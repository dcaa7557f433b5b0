"""Read many articles in one process: does memory stay flat, the speed steady, no file open?

usage: python scripts/soak.py [--articles 50000] [--block 1000] [--any-speed]

Each block is a JSON Lines file of its own, of articles of about 100 words whose names and numbers
are new every time. The exit code is 1 where, from the first block to the last, memory grew by more
than a twentieth, an article took a twentieth longer (processor time), or a file stayed open.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import newsextract
from newsextract.io.readers import read_articles

MOST = 1.05
SYLLABLES = ("ar", "bel", "cor", "dun", "el", "fen", "gra", "hol", "is", "jor", "kel", "lan", "mar")
TEMPLATE = """{Place} to double its port

{PLACE}, {day} March 2025 — The port of {Place} will double in size by {year}, Mayor {First} \
{Last} said on Monday. “We need the room for {number} ships,” she told reporters after the meeting.

Critics in {Other} fear that it costs ${number} million, according to a report by the {Other} \
Gazette. {Man} {Family}, who runs the yard, did not say when work would begin.

“Nobody asked us,” {Family} said. The ministry in Berlin believes that {Last} is right, and a \
spokesman for {Firm} Shipping added that the first berth, of {number} metres, would open in May.
"""


@dataclass(frozen=True)
class Block:
    """What was measured after a block of articles."""

    articles: int
    milliseconds: float
    megabytes: float
    handles: int


def make_text(random: Random) -> str:
    """Return a short article whose names nobody has heard before."""

    def name() -> str:
        return "".join(random.choices(SYLLABLES, k=3)).capitalize()

    names = {key: name() for key in ("Place", "Other", "First", "Last", "Man", "Family", "Firm")}
    numbers = {"number": random.randrange(2, 900), "year": random.randrange(2026, 2040)}
    return TEMPLATE.format(
        **names, **numbers, PLACE=names["Place"].upper(), day=random.randrange(1, 32)
    )


def write_block(path: Path, random: Random, count: int) -> None:
    """Write ``count`` articles as JSON Lines."""
    with path.open("w", encoding="utf8") as out:
        for number in range(count):
            out.write(json.dumps({"id": f"{path.stem}-{number}", "text": make_text(random)}) + "\n")


def measure(articles: int, block: int) -> Iterator[Block]:
    """Yield what each block of articles took."""
    extractor = newsextract.load(threads=1)
    random = Random(0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "block.jsonl")
        for done in range(0, articles, block):
            write_block(path, random, block)
            start = time.process_time()
            found = sum(len(r.quotes) for r in extractor.pipe(read_articles([str(path)])))
            seconds = time.process_time() - start
            assert found >= block, "nothing was found in these articles"
            gc.collect()
            yield Block(done + block, 1000 * seconds / block, memory(), count_handles())


def memory() -> float:
    """Return the megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def count_handles() -> int:
    """Return how many files this process has open."""
    return len(os.listdir("/proc/self/fd"))


def complaints(first: Block, last: Block, *, any_speed: bool) -> Iterator[str]:
    """Yield what is worse after the last block than after the first."""
    if last.megabytes > MOST * first.megabytes:
        yield f"memory grew from {first.megabytes:.0f} to {last.megabytes:.0f} MB"
    if last.handles > first.handles:
        yield f"{last.handles - first.handles} files stayed open"
    if last.milliseconds > MOST * first.milliseconds and not any_speed:
        yield f"from {first.milliseconds:.1f} to {last.milliseconds:.1f} ms an article"


def main() -> int:
    """Measure, print a line a block, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python scripts/soak.py")
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--block", type=int, default=1000)
    parser.add_argument("--any-speed", action="store_true", help="on a machine that is not quiet")
    args = parser.parse_args()
    blocks = []
    print("articles  ms an article  MB  open files")
    for block in measure(args.articles, args.block):
        blocks.append(block)
        print(f"{block.articles:8} {block.milliseconds:14.1f} {block.megabytes:5.0f} "
              f"{block.handles:6}", flush=True)  # fmt: skip
    found = list(complaints(blocks[0], blocks[-1], any_speed=args.any_speed))
    print("\n".join(found) or "steady")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
