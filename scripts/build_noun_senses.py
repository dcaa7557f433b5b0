"""Write ``data/en/noun_senses.txt``: what English nouns denote, from the files of WordNet.

    python scripts/build_noun_senses.py /usr/share/wordnet

reads ``index.noun`` and ``data.noun`` (WordNet 3.0, in Debian's package ``wordnet-base``). Senses
come in the order of their frequency; names of single things ("Paris") are left out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parents[1] / "newsextract" / "data" / "en" / "noun_senses.txt"
CLASSES = {"18": "p", "14": "g", "10": "c", "15": "l", "06": "a"}
MOST = 4
HEAD = """\
# Classes of the senses of nouns, most frequent first: p person, g group, c communication,
# l location, a artifact, o other. From the noun files of WordNet 3.0 (Princeton University,
# WordNet licence) by scripts/build_noun_senses.py. Used by newsextract.language.noun_classes.
"""


def read_classes(path: Path) -> dict[str, str]:
    """Return the class of each synset by its offset; single things have none."""
    classes = {}
    for line in _entries(path):
        fields = line.split(" | ")[0].split()
        pointers = 4 + 2 * int(fields[3], 16) + 1
        if "@i" not in fields[pointers:]:
            classes[fields[0]] = CLASSES.get(fields[1], "o")
    return classes


def read_nouns(path: Path, classes: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each noun of one word with the classes of its senses, where one is of interest."""
    for line in _entries(path):
        fields = line.split()
        offsets = fields[-int(fields[2]) :]
        senses = "".join(classes[offset] for offset in offsets if offset in classes)[:MOST]
        if "_" not in fields[0] and set(senses) & set("pgcl"):
            yield fields[0], senses


def _entries(path: Path) -> Iterator[str]:
    with path.open(encoding="utf8") as file:
        yield from (line for line in file if not line.startswith("  "))


def main() -> None:
    """Write the table."""
    folder = Path(sys.argv[1])
    nouns = read_nouns(folder / "index.noun", read_classes(folder / "data.noun"))
    lines = (f"{noun} = {senses}\n" for noun, senses in sorted(nouns))
    TARGET.write_text(HEAD + "".join(lines), encoding="utf8")


if __name__ == "__main__":
    main()
