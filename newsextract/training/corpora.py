"""Readers of the training corpora: each gives documents with words and the layers it marks."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from newsextract.encoder.labels import CONVENTIONS, PHRASE_LABELS
from newsextract.evaluation.syntax import read_conllu

Offsets = list[tuple[int, int]]

ENTITY_NAMES = {
    "Person": "PERSON", "Organization": "ORG", "Location": "LOC", "Facility": "FAC",
    "NORP": "NORP", "Date": "DATE", "Money": "MONEY", "Product": "PRODUCT", "Misc": "MISC",
}  # fmt: skip
SILVER_SENTENCES = 8


@dataclass(frozen=True, slots=True)
class Document:
    """A text cut into words, with what its corpus marks; ``None`` where it marks nothing.

    All positions are word indices, half-open. ``links`` are (cue, source or -1, contents),
    indices into ``spans``; ``choices`` are (mention, candidates, right ones). ``people`` are names
    of persons where a corpus marks no other names, ``phrases`` roles and nominals. ``taught`` names
    the losses whose labels are a teacher's, ``chances`` holds how probable it finds the tags of
    each layer (:mod:`newsextract.training.chances`), ``convention`` is one of ``CONVENTIONS``.
    """

    id: str
    text: str
    words: Offsets
    entities: list[tuple[int, int, str]] | None = None
    silver: list[tuple[int, int, str]] | None = None
    spans: list[tuple[int, int, str]] | None = None
    links: list[tuple[int, int, list[int]]] | None = None
    upos: list[str] | None = None
    heads: list[int] | None = None
    deprels: list[str] | None = None
    sentences: list[int] | None = None
    clusters: list[list[tuple[int, int]]] | None = None
    choices: list[tuple[tuple[int, int], list[tuple[int, int]], list[int]]] | None = None
    people: list[tuple[int, int]] | None = None
    phrases: list[tuple[int, int, str]] | None = None
    taught: list[str] | None = None
    chances: dict[str, str] | None = None
    convention: str = CONVENTIONS[0]

    def to_dict(self) -> dict[str, Any]:
        """Return the document as plain values."""
        return {key: value for key, value in asdict(self).items() if value is not None}


@cache
def _tokenizer() -> Callable[[str], Any]:
    import spacy

    nlp = spacy.blank("en")
    return nlp.tokenizer


def find_words(text: str) -> Offsets:
    """Return the offsets of the words of ``text``, as the extraction cuts them."""
    return [(t.idx, t.idx + len(t)) for t in _tokenizer()(text) if not t.is_space]


def to_word_span(words: Offsets, start: int, end: int) -> tuple[int, int]:
    """Return the words that the characters ``start`` to ``end`` touch, as a half-open range."""
    first = bisect_right(words, start, key=lambda w: w[1])
    return first, bisect_left(words, end, lo=first, key=lambda w: w[0])


def to_word_spans(words: Offsets, offsets: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    """Return the word ranges of stretches of characters, without those that touch no word."""
    found = (to_word_span(words, start, end) for start, end in offsets)
    return [span for span in found if span[0] < span[1]]


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a JSON Lines file."""
    with path.open(encoding="utf8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def join_sentences(
    rows: Iterable[dict[str, Any]], counts: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    """Yield ``rows``, those of one sentence each that make a story as one row, a line a sentence.

    Args:
        rows: with ``id`` and ``text``.
        counts: the number of sentences of each story, by the id of its first row.
    """
    left = iter(rows)
    for row in left:
        count = counts.get(str(row.get("id")))
        if count is None:
            yield row
            continue
        lines = [close_marks(part["text"]) for part in (row, *islice(left, count - 1))]
        yield {"id": row["id"], "text": "\n".join(lines)}


def close_marks(sentence: str) -> str:
    """Return a sentence without spaces inside its pairs of straight quotation marks."""
    parts = " ".join(sentence.split()).split('"')
    parts[1::2] = map(str.strip, parts[1::2])
    return '"'.join(parts)


def read_entities(path: Path) -> Iterator[Document]:
    """Yield documents from ``{"id", "text", "entities": [[start, end, label], ...]}``."""
    for row in read_rows(path):
        words = find_words(row["text"])
        entities = [
            (*to_word_span(words, start, end), ENTITY_NAMES.get(label, label))
            for start, end, label in row["entities"]
        ]
        yield Document(str(row["id"]), row["text"], words, entities=entities)


def read_silver(path: Path) -> Iterator[Document]:
    """Yield passages of ``SILVER_SENTENCES`` sentences from rows of one sentence each.

    The rows are those of :func:`read_entities`; their labels are a layer of their own, ``silver``.
    """
    rows = list(read_rows(path))
    for first in range(0, len(rows), SILVER_SENTENCES):
        text = ""
        marked: list[tuple[int, int, str]] = []
        for row in rows[first : first + SILVER_SENTENCES]:
            text += " " * bool(text)
            marked += [(s + len(text), e + len(text), label) for s, e, label in row["entities"]]
            text += row["text"].replace("\n", " ")
        words = find_words(text)
        silver = [(*to_word_span(words, s, e), ENTITY_NAMES[label]) for s, e, label in marked]
        yield Document(str(rows[first]["id"]), text, words, silver=silver)


def read_attributions(path: Path) -> Iterator[Document]:
    """Yield documents from ``{"id", "text", "attributions": [{source, cue, content}, ...]}``."""
    for row in read_rows(path):
        words = find_words(row["text"])
        spans: list[tuple[int, int, str]] = []
        index: dict[tuple[int, int, str], int] = {}
        links = []
        for attribution in row["attributions"]:
            ids: dict[str, list[int]] = {}
            for label in ("source", "cue", "content"):
                ids[label] = []
                for start, end in attribution[label]:
                    span = (*to_word_span(words, start, end), label)
                    if span[0] < span[1]:
                        ids[label].append(index.setdefault(span, len(index)))
            spans = list(index)
            if ids["cue"]:
                source = ids["source"][0] if ids["source"] else -1
                links.append((ids["cue"][0], source, ids["content"]))
        yield Document(
            str(row["id"]), row["text"], words, spans=spans, links=links, convention="polnear"
        )


def read_press(path: Path) -> Iterator[Document]:
    """Yield documents from whole articles: people with all their mentions, quotes with speakers.

    A row is ``{"id", "text", "people": [{"names", "roles", "nominals", "pronouns"}, …], "quotes":
    [{"source", "cue", "content"}, …]}``; every mention and part is ``[start, end]``.
    """
    for row in read_rows(path):
        words = find_words(row["text"])
        people, spans = row["people"], partial(to_word_spans, words)
        marked, links = link_quotes(row["quotes"], words)
        yield Document(
            str(row["id"]), row["text"], words, spans=marked, links=links,
            people=sorted({s for p in people for s in spans(p["names"])}),
            phrases=sorted(
                (*s, label)
                for p in people
                for label in PHRASE_LABELS
                for s in spans(p[f"{label}s"])
            ),
            clusters=[
                sorted({*spans(p["names"]), *spans(p["nominals"]), *spans(p["pronouns"])})
                for p in people
            ],
        )  # fmt: skip


def link_quotes(
    quotes: Iterable[dict[str, Any]], words: Offsets
) -> tuple[list[tuple[int, int, str]], list[tuple[int, int, list[int]]]]:
    """Return the spans of all parts of quotes, and the links of those that have a cue."""
    marked: list[tuple[int, int, str]] = []
    links: list[tuple[int, int, list[int]]] = []

    def add(offsets: list[list[int]], label: str) -> list[int]:
        first = len(marked)
        marked.extend((*span, label) for span in to_word_spans(words, offsets))
        return list(range(first, len(marked)))

    for quote in quotes:
        cue = add([quote["cue"]] if quote["cue"] else [], "cue")
        source = add([quote["source"]] if quote["source"] and cue else [], "source")
        contents = add(quote["content"], "content")
        if cue:
            links.append((cue[0], source[0] if source else -1, contents))
    return marked, links


KEPT_SUBTYPES = frozenset(
    ("nsubj:pass", "csubj:pass", "aux:pass", "obl:agent", "acl:relcl", "nmod:poss",
     "compound:prt", "obl:unmarked", "nmod:unmarked", "flat:name", "cc:preconj", "det:predet",
     "advcl:relcl", "nsubj:outer", "csubj:outer", "nmod:desc")
)  # fmt: skip


def read_treebank(path: Path) -> Iterator[Document]:
    """Yield the documents of a CoNLL-U file, as :func:`read_conllu` reads them."""
    for tree in read_conllu(path):
        deprels = [
            name if name in KEPT_SUBTYPES else name.partition(":")[0] for name in tree.deprels
        ]
        yield Document(
            tree.name, tree.text, tree.offsets, upos=tree.upos, heads=tree.heads,
            deprels=deprels, sentences=tree.sentences,
        )  # fmt: skip


def read_clusters(path: Path) -> dict[str, list[list[tuple[int, int]]]]:
    """Return the coreference clusters of each document: mentions as half-open word ranges."""
    rows = read_rows(path)
    return {row["id"]: [[(s, e) for s, e in c] for c in row["clusters"]] for row in rows}


def read_gap(path: Path) -> Iterator[Document]:
    """Yield documents from GAP rows: one pronoun and two names, at most one of them right."""
    for row in read_rows(path):
        words = find_words(row["Text"])
        at = {
            key: to_word_span(
                words, int(row[f"{key}-offset"]), int(row[f"{key}-offset"]) + len(row[key])
            )
            for key in ("Pronoun", "A", "B")
        }
        right = [i for i, key in enumerate("AB") if str(row[f"{key}-coref"]).upper() == "TRUE"]
        choices = [(at["Pronoun"], [at["A"], at["B"]], right)]
        yield Document(row["ID"], row["Text"], words, choices=choices)
