"""Stand-off annotations of articles in the training corpora: offsets only, no text.

``annotations.jsonl.gz`` has one row per article, ``{"id", "size", "quotes", "roles", "nominals",
"names"}``, with spans as in the press corpus; ``size`` is the length of the text, ``names`` are
those of people. Half of the articles also have ``people``: for each person the spans of the names,
pronouns and nominals. Most have ``kinds``: spans of sources without a name, and the kind of source
that each is; fewer have ``referents``: spans of such sources, the kind of what each stands for,
and the spans of its fullest name, or of its members' names. The articles come from English
Worldwide Newswire, the BBC, the Local-Global Lexicon, TimeBank and PolNeAR. A large language model
read each one twice by the guide of the press corpus and accepted, corrected or rejected what the
shipped model had proposed; it read kinds and referents once. Those of PolNeAR, and 169 others,
it read once, without proposals, as it did the stories of the Groningen Meaning Bank. That corpus
has one sentence a row, so the annotations of a story also give its number of ``sentences``.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from newsextract.encoder.labels import CONVENTIONS, PHRASE_LABELS
from newsextract.encoder.links import Range
from newsextract.training.corpora import (
    Document,
    Offsets,
    find_words,
    join_sentences,
    link_quotes,
    read_rows,
    to_word_spans,
)


@cache
def load_annotations() -> dict[str, dict[str, Any]]:
    """Return the annotations by article id."""
    packed = (files("newsextract.training") / "annotations.jsonl.gz").read_bytes()
    rows = map(json.loads, gzip.decompress(packed).splitlines())
    return {row["id"]: row for row in rows}


def read_articles(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a JSON Lines file, the sentences of an annotated story as one row.

    The annotations of a story have the id of its first sentence and the number of its
    ``sentences``.
    """
    marks = load_annotations().items()
    counts = {id_: own["sentences"] for id_, own in marks if "sentences" in own}
    return join_sentences(read_rows(path), counts)


def find_annotations(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what is annotated in the article ``row``, if it is among the annotated."""
    marks = load_annotations().get(str(row.get("id")))
    return marks if marks is not None and marks["size"] == len(row["text"]) else None


def annotate(row: Mapping[str, Any]) -> Document | None:
    """Return the article ``row`` as a document with what is annotated in it, if anything is."""
    marks = find_annotations(row)
    if marks is None or "quotes" not in marks:
        return None
    words = find_words(row["text"])
    spans, links = link_quotes(marks["quotes"], words)
    phrases = sorted(
        (*span, label)
        for label in PHRASE_LABELS
        for span in to_word_spans(words, marks[f"{label}s"])
    )
    clusters = [sorted({*to_word_spans(words, person)}) for person in marks.get("people", ())]
    if clusters:
        clusters += _list_referents(marks, words)
    return Document(
        str(row["id"]), row["text"], words, spans=spans, links=links, phrases=phrases,
        people=to_word_spans(words, marks["names"]), clusters=clusters or None,
        convention=CONVENTIONS[-1],
    )  # fmt: skip


def _list_referents(marks: Mapping[str, Any], words: Offsets) -> list[list[Range]]:
    """Return the mentions of each organization, group and document that sources stand for."""
    named: dict[tuple[Range, ...], set[Range]] = {}
    for start, end, _, names in marks.get("referents", ()):
        own = named.setdefault(tuple((a, b) for a, b in names), set())
        own.update(to_word_spans(words, [*names, (start, end)]))
    return [sorted(spans) for spans in named.values() if len(spans) > 1]
