"""Measure linking at scale: invented articles into a database, then seconds and memory of linking.

usage: python scripts/scale_linking.py 25000 100000

Names are drawn by Zipf's law from the frequent given and family names, so that some people are in
thousands of articles, many share a family name, and some share both names.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from newsextract.analysis.linking.stored import link_store
from newsextract.io.sinks import Entry, open_sink
from newsextract.language.lexicon import read_lines
from newsextract.records import Extraction, Mention, Organization, Person, Place, Role

OFFICES = (
    "mayor",
    "minister",
    "goalkeeper",
    "judge",
    "spokeswoman",
    "professor",
    "chief executive",
)
TOWNS = tuple(
    (f"Town{n}", code) for n, code in enumerate(("GB", "US", "IN", "NG", "AU", "CA") * 20)
)
AT_ONCE = 1000


def make_articles(count: int, seed: int = 11) -> Iterator[Extraction]:
    """Yield ``count`` articles of four people and two organizations each."""
    chance = random.Random(seed)
    given = read_lines("given_names_female") + read_lines("given_names_male")
    family = read_lines("family_names")
    for number in range(count):
        town, country = chance.choice(TOWNS)
        people = tuple(make_person(f"P{i}", chance, given, family, town) for i in range(1, 5))
        bodies = (
            Organization("O1", f"{town} Council", mentions=(Mention(0, 1, "x"),)),
            Organization("O2", f"{draw(chance, family).title()} Group"),
        )
        place = Place("L1", town, mentions=(Mention(0, 1, "x"),), country_code=country)
        yield Extraction(
            f"a{number}", published=f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}",
            people=people, organizations=bodies, places=(place,),
        )  # fmt: skip


def make_person(
    id: str, chance: random.Random, given: tuple[str, ...], family: tuple[str, ...], town: str
) -> Person:
    """Return somebody with a role; one in ten is named by the family name alone."""
    last = draw(chance, family).title()
    name = last if chance.random() < 0.1 else f"{draw(chance, given).title()} {last}"
    office = OFFICES[(len(name) + ord(name[0])) % len(OFFICES)]
    text = f"{office} of {town}" if chance.random() < 0.5 else office
    return Person(id, name, roles=(Role(text, 0, 1),), mentions=(Mention(0, 1, name),))


def draw(chance: random.Random, names: tuple[str, ...]) -> str:
    """Return one of ``names``, the first ones far more often than the last."""
    return names[min(int(chance.paretovariate(0.6)), len(names)) - 1]


def fill(target: str, count: int) -> None:
    """Store invented articles."""
    sink = open_sink(target)
    batch = []
    for article in make_articles(count):
        batch.append(Entry(article.id, "d", sink.prepare(article)))
        if len(batch) == AT_ONCE:
            sink.write(batch, [])
            batch = []
    sink.write(batch, [])
    sink.close()


def main() -> None:
    """Link as many articles as the command line says, each number in turn."""
    for count in map(int, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as folder:
            target = str(Path(folder) / "news.db")
            fill(target, count)
            began = time.process_time()
            summary = link_store(target)
            seconds = time.process_time() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{count:,} articles: {summary}; {seconds:.0f} s of CPU, at most {peak:,.0f} MB")


if __name__ == "__main__":
    main()
