"""Gold of articles in the corpora: where people and quotes are, and none of the articles' words.

A row is ``{"id", "corpus", "size", "people", "quotes"}``, the article ``id`` of the file ``corpus``
with ``size`` characters; a story of a corpus of sentences has their number, ``sentences``. People
and quotes are those of the press corpus, but names are given as ``[start, end]`` where the article
has them, and a speaker is its kind and its names.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from newsextract.evaluation.gold import Gold, read_gold
from newsextract.training.corpora import join_sentences

Name = str | list[int]


def read_standoff(path: Path, folder: Path) -> list[Gold]:
    """Return the articles of a file, with the texts that the corpora of ``folder`` have.

    Raises:
        KeyError: a corpus lacks the article, or its text is of another length.
    """
    rows = list(map(json.loads, gzip.decompress(path.read_bytes()).splitlines()))
    counts = {row["id"]: row["sentences"] for row in rows if "sentences" in row}
    texts = {
        (corpus, str(article["id"]), len(article["text"])): article["text"]
        for corpus in {row["corpus"] for row in rows}
        for article in join_sentences(read_gold(folder / corpus), counts)
    }
    return [_to_gold(row, texts[row["corpus"], row["id"], row["size"]]) for row in rows]


def _to_gold(row: dict[str, Any], text: str) -> Gold:
    def read(name: Name) -> str:
        return name if isinstance(name, str) else " ".join(text[slice(*name)].split())

    def read_speaker(kind: str, *names: Name) -> dict[str, str | None]:
        return {"kind": kind, "name": "; ".join(map(read, names)) or None}

    people = [{**person, "name": read(person["name"])} for person in row["people"]]
    quotes = [{**quote, "speaker": read_speaker(*quote["speaker"])} for quote in row["quotes"]]
    return {"id": row["id"], "text": text, "people": people, "quotes": quotes}
