"""Compile the lists of given names that tell a gender, from the package ``nomquamgender``.

usage: pip install nomquamgender && python scripts/build_given_names.py

I. Van Buskirk, A. Clauset, D. B. Larremore, "An Open-Source Cultural Consensus Approach to
Name-Based Gender Classification" (ICWSM 2023): for each name, the number of sources and of people
behind it, and the share of women among them.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from newsextract.language.strings import fold

DATA = Path(__file__).parent.parent / "newsextract" / "data" / "en"
LEAST_SOURCES = 5
LEAST_PEOPLE = 20
SURE = 0.9
_PLAIN = re.compile(r"[a-z]{2,}")
_HEAD = """\
# Given names of which at least nine in ten bearers are {gender}.
# Used by newsextract.language.gender.
# Made by scripts/build_given_names.py from nomquamgender (MIT, (c) 2022 Ian Van Buskirk), names of
# at least 5 sources and 20 people.
"""


def choose_names(table: dict[str, list[Any]]) -> dict[str, list[str]]:
    """Return the folded names of each gender, sorted; ``table`` is nomquamgender's."""
    chosen: dict[str, list[str]] = {"female": [], "male": []}
    for name, (sources, people, share, *_) in table.items():
        known = sources >= LEAST_SOURCES and people >= LEAST_PEOPLE
        if known and _PLAIN.fullmatch(name) and fold(name) == name:
            if share >= SURE:
                chosen["female"].append(name)
            elif share <= 1 - SURE:
                chosen["male"].append(name)
    return {gender: sorted(names) for gender, names in chosen.items()}


def main() -> None:
    """Write both lists."""
    source = files("nomquamgender") / "name_data.json"
    chosen = choose_names(json.loads(source.read_text(encoding="utf8")))
    for gender, names in chosen.items():
        text = _HEAD.format(gender=gender) + "".join(f"{name}\n" for name in names)
        (DATA / f"names_{gender}.txt").write_text(text, encoding="utf8")


if __name__ == "__main__":
    main()
