"""Feeds a PostgreSQL database with the day's articles; run it every night, for instance by cron:

    15 2 * * *  python examples/nightly_feed.py /srv/feed postgresql://news@db/news

Stored articles are skipped, changed ones replace their old rows, and an interrupted night is
completed by the next run. The exit code is 1 if an article failed.

Needs: pip install 'newsextract[postgres]'
"""

from __future__ import annotations

import argparse
import sys

import psycopg

from newsextract.batch import RunOptions, run
from newsextract.io.readers import read_articles

MOST_QUOTED = (
    "SELECT name, statements, articles FROM people_by_quotes ORDER BY statements DESC, name LIMIT 5"
)
NEW_STATEMENTS = """
SELECT published, speaker, content FROM who_said_what
WHERE speaker IS NOT NULL AND mode = 'statement'
ORDER BY published DESC, article_id, start LIMIT 5
"""


def feed(folder: str, url: str, *, workers: int) -> int:
    """Bring the articles in ``folder`` to the database, and return how many failed."""
    options = RunOptions(url, workers=workers, dedupe=True, english_only=True)
    summary = run(read_articles([folder]), options)
    print(summary)
    for failure in summary.failures:
        print("failed:", failure, file=sys.stderr)
    return summary.failed


def report(url: str) -> None:
    """Print what the database says now."""
    with psycopg.connect(url) as connection:
        for name, statements, articles in connection.execute(MOST_QUOTED):
            print(f"{statements:4} statements in {articles:3} articles  {name}")
        for published, speaker, content in connection.execute(NEW_STATEMENTS):
            print(f"{published}  {speaker}: {content[:60]}")


def main() -> None:
    """Feed, then report."""
    parser = argparse.ArgumentParser(description="Feed a PostgreSQL database with articles.")
    parser.add_argument("folder", help="folder of articles, in any format that can be read")
    parser.add_argument("url", help="postgresql://user@host/database")
    parser.add_argument("--workers", type=int, default=1)
    args = parser.parse_args()
    failed = feed(args.folder, args.url, workers=args.workers)
    report(args.url)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
