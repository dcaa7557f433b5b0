"""Score a linked store of the press and PolNeAR articles against the gold of linking.

usage: python -m tests.quality.linking news.db

``linking_gold.tsv`` holds article, offset of a person's first name mention and who it is, for
every person with the family name of one of the 60 people named in most articles;
``linking_pairs.tsv`` holds 200 random pairs of other people with compatible names, "same" or
"different", without those that reading could not decide. B³ is that of A. Bagga, B. Baldwin,
"Entity-based cross-document coreferencing using the vector space model" (1998).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from newsextract.io.stores import open_database

FOLDER = Path(__file__).parent
Place = tuple[str, int]


def read_keys(target: str) -> dict[Place, str]:
    """Return the key of the person named at each place of a store's articles."""
    sql = (
        "SELECT m.article_id, m.start, e.key FROM mentions AS m JOIN entity_mentions AS e"
        " ON e.article_id = m.article_id AND e.id = m.entity WHERE m.form = 'name'"
    )
    with open_database(target) as database:
        database.need("mentions", "entity_mentions")
        return {(article, start): key for article, start, key in database.execute(sql)}


def score_pairwise(pairs: Iterable[tuple[str, str]]) -> tuple[float, float]:
    """Return precision and recall of the pairs in one cluster; ``pairs`` are (gold, found)."""
    both = Counter(pairs)
    gold, found = Counter[str](), Counter[str]()
    for (one, other), count in both.items():
        gold[one] += count
        found[other] += count
    right = sum(n * (n - 1) for n in both.values())
    return (
        right / sum(n * (n - 1) for n in found.values()),
        right / sum(n * (n - 1) for n in gold.values()),
    )


def score_b_cubed(pairs: Iterable[tuple[str, str]]) -> tuple[float, float]:
    """Return the mean precision and recall of the clusters that the items are in."""
    items = list(pairs)
    both = Counter(items)
    gold, found = Counter(one for one, _ in items), Counter(other for _, other in items)
    precision = sum(both[item] / found[item[1]] for item in items) / len(items)
    return precision, sum(both[item] / gold[item[0]] for item in items) / len(items)


def score_same(keys: dict[Place, str]) -> tuple[float, float]:
    """Return precision and recall of "same" over the random pairs."""
    rows = [line.split("\t") for line in _lines("linking_pairs.tsv")]
    found = [(keys.get((a, int(i))) == keys.get((b, int(j))), same == "same")
             for a, i, b, j, same in rows]  # fmt: skip
    right = sum(one and other for one, other in found)
    return right / sum(one for one, _ in found), right / sum(other for _, other in found)


def show(name: str, precision: float, recall: float) -> None:
    """Print a line of figures in percent."""
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{name:10} P {100 * precision:6.2f}  R {100 * recall:6.2f}  F1 {100 * f1:6.2f}")


def main() -> None:
    """Print the figures of the store that the command line names."""
    keys = read_keys(sys.argv[1])
    rows = [line.split("\t") for line in _lines("linking_gold.tsv")]
    pairs = [(who, keys[a, int(start)]) for a, start, who in rows if (a, int(start)) in keys]
    print(f"{len(pairs)} of {len(rows)} people are in the store")
    show("pairwise", *score_pairwise(pairs))
    show("B³", *score_b_cubed(pairs))
    show("200 pairs", *score_same(keys))


def _lines(name: str) -> list[str]:
    return (FOLDER / name).read_text(encoding="utf8").splitlines()


if __name__ == "__main__":
    main()
