"""Who is quoted most, month by month: an analysis of records with pandas.

    newsextract extract examples/articles > records.jsonl
    python examples/most_quoted.py records.jsonl

Needs: pip install 'newsextract[frames]'
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pandas as pd

from newsextract import to_frames


def count_by_month(frames: dict[str, pd.DataFrame], *, most: int) -> pd.DataFrame:
    """Return how many statements each of the ``most`` quoted people made in each month."""
    said = frames["quotes"].query("mode == 'statement'")
    said = said.merge(
        frames["sources"].query("kind == 'person'"),
        left_on=["article_id", "speaker"],
        right_on=["article_id", "id"],
        suffixes=("", "_source"),
    ).merge(frames["articles"][["id", "published"]], left_on="article_id", right_on="id")
    months = said.published.str[:7].fillna("undated").rename("month")
    table = pd.crosstab(said.name.rename("person"), months, margins=True, margins_name="all")
    return table.drop(index="all").sort_values("all", ascending=False, kind="stable").head(most)


def main() -> None:
    """Read the records named on the command line and print the table."""
    parser = argparse.ArgumentParser(description="Who is quoted most, month by month.")
    parser.add_argument("records", type=Path, help="JSON Lines of newsextract extract")
    parser.add_argument("--most", type=int, default=10, help="how many people (default: 10)")
    args = parser.parse_args()
    with args.records.open(encoding="utf8") as lines:
        frames = to_frames(json.loads(line) for line in lines)
    print(count_by_month(frames, most=args.most).to_string())


if __name__ == "__main__":
    main()
