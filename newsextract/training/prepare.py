"""Cutting the corpora into words once, into one compressed file that training reads."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsextract.training.annotations import annotate, read_articles
from newsextract.training.corpora import (
    Document,
    find_words,
    read_attributions,
    read_clusters,
    read_entities,
    read_gap,
    read_press,
    read_silver,
    read_treebank,
)
from newsextract.training.frames import make_frames
from newsextract.training.teach import LAYERS, teach

if TYPE_CHECKING:
    from newsextract.encoder.model import Model

_TAUGHT = (
    "entities_train", "attribution_train", "press_train", "gum_train", "ewt_train",
    "silver_train", "texts_train", "annotated_train",
)  # fmt: skip

_ARTICLES = (
    "entities/*_train.jsonl", "toponyms/*_train.jsonl", "timex/*_train.jsonl",
    "entities/gmb_silver.jsonl", "attribution/polnear_train.jsonl", "texts/*.jsonl",
)  # fmt: skip
"""Files whose articles the package may have annotations of."""


def read_corpora(folder: Path) -> Iterator[tuple[str, Document]]:
    """Yield (corpus name, document) for every corpus that stands in ``folder``, and the frames.

    ``texts`` without annotations are of use to a teacher alone.
    """
    for part in ("train", "dev"):
        for name, path, read in (
            ("entities", folder / "entities" / f"worldwide_{part}.jsonl", read_entities),
            ("attribution", folder / "attribution" / f"polnear_{part}.jsonl", read_attributions),
            ("press", folder / "press" / f"press_{part}.jsonl", read_press),
        ):
            if path.exists():
                yield from ((f"{name}_{part}", doc) for doc in read(path))
        mentions = folder / "coreference" / f"ontogum_{part}.jsonl"
        clusters = read_clusters(mentions) if mentions.exists() else {}
        for bank in ("gum", "ewt"):
            path = folder / "syntax" / f"{bank}_{part}.conllu"
            for doc in read_treebank(path) if path.exists() else ():
                yield f"{bank}_{part}", replace(doc, clusters=clusters.get(doc.id))
    silver = folder / "entities" / "gmb_silver.jsonl"
    if silver.exists():
        yield from (("silver_train", doc) for doc in read_silver(silver))
    yield from _read_texts(folder)
    yield from (("frames_train", doc) for doc in make_frames())
    for name, part in (("development", "train"), ("validation", "dev")):
        path = folder / "coreference" / f"gap_{name}.jsonl"
        if path.exists():
            yield from ((f"pronouns_{part}", doc) for doc in read_gap(path))


def _read_texts(folder: Path) -> Iterator[tuple[str, Document]]:
    """Yield the articles that the package has annotations of, and those without labels."""
    for name in _ARTICLES:
        for row in (row for path in sorted(folder.glob(name)) for row in read_articles(path)):
            doc = annotate(row)
            if doc is not None:
                yield "annotated_train", doc
            elif name.startswith("texts"):
                yield "texts_train", Document(str(row["id"]), row["text"], find_words(row["text"]))


def prepare(folder: Path, target: Path, *, teacher: Model | None = None) -> dict[str, int]:
    """Write the documents of ``folder`` to ``target`` and return how many each corpus has.

    Args:
        folder: the corpora.
        target: the file to write.
        teacher: the model that labels what a corpus of whole texts does not mark; without one,
            texts that no corpus marks are left out.
    """
    counts: dict[str, int] = {}
    with gzip.open(target, "wt", encoding="utf8", compresslevel=6) as out:
        for corpus, doc in read_corpora(folder):
            if corpus == "texts_train" and teacher is None:
                continue
            counts[corpus] = counts.get(corpus, 0) + 1
            whole = teach(doc, teacher) if teacher and corpus in _TAUGHT else doc
            if corpus == "annotated_train":
                whole = _without_chances(whole)
            out.write(json.dumps({"corpus": corpus, **whole.to_dict()}) + "\n")
    return counts


def _without_chances(doc: Document) -> Document:
    """Return ``doc`` without what a teacher thinks of quotes and phrases that a reader marked.

    The annotations are mostly what the teacher missed or got wrong.
    """
    marked = {*LAYERS["spans"], *LAYERS["phrases"]}
    kept = {name: packed for name, packed in (doc.chances or {}).items() if name not in marked}
    return replace(doc, chances=kept or None)


def load_prepared(path: Path) -> dict[str, list[Document]]:
    """Return the documents of a prepared file by corpus."""
    corpora: dict[str, list[Document]] = {}
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            row = json.loads(line)
            corpora.setdefault(row.pop("corpus"), []).append(Document(**row))
    return corpora
