"""A run in a process of its own, for tests that kill it: TARGET FORMAT EDITION SECONDS WORKERS."""

from __future__ import annotations

import sys
from dataclasses import replace

from tiny import TinyLoader, make_articles

from newsextract.article import Article
from newsextract.batch import RunOptions, RunSummary, run

COUNT = 80


def make_edition(edition: int) -> list[Article]:
    """Return the articles, every third of them changed with the edition."""
    return [
        replace(article, text=f"{article.text} Edition {edition}.") if number % 3 == 0 else article
        for number, article in enumerate(make_articles(COUNT))
    ]


def write_edition(
    target: str, format: str, *, edition: int, seconds: float = 0.0, workers: int = 1
) -> RunSummary:
    """Bring an edition to ``target``, in many small transactions."""
    options = RunOptions(target, format=format, workers=workers, flush_seconds=0.0)
    return run(make_edition(edition), options, loader=TinyLoader(seconds))


if __name__ == "__main__":
    sys.stdout.write("started\n")
    sys.stdout.flush()
    where, kind, number, pause, processes = sys.argv[1:]
    write_edition(where, kind, edition=int(number), seconds=float(pause), workers=int(processes))
