"""Write the golden records anew and print what changed: ``python -m tests.golden``."""

from __future__ import annotations

import difflib

import newsextract

from .processor import STORED, fingerprint
from .records import RECORDS, read_articles, to_text


def main() -> None:
    """Write the records that changed, remove those without an article, print the difference."""
    STORED.write_text(fingerprint() + "\n", encoding="ascii")
    articles = list(read_articles())
    for stale in {path.stem for path in RECORDS.iterdir()} - {article.id for article in articles}:
        (RECORDS / f"{stale}.json").unlink()
    for record in newsextract.load(threads=1).pipe(articles):
        path, new = RECORDS / f"{record.id}.json", to_text(record)
        old = path.read_text(encoding="utf8") if path.exists() else ""
        changes = difflib.unified_diff(
            old.splitlines(), new.splitlines(), record.id, record.id, lineterm="", n=0
        )
        print(*changes, sep="\n", end="" if new == old else "\n")
        if new != old:
            path.write_bytes(new.encode("utf8"))


if __name__ == "__main__":
    main()
