"""Labels that a corpus lacks, as an earlier model gives them: each text then trains every tagger.

A network that reads names in one corpus and attributions in another forgets how to read names in
the texts of the second (self-training after Xie et al. 2020, "noisy student"; the noise is that of
:mod:`newsextract.training.augment`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from newsextract.encoder.decode import Labels, label_words
from newsextract.encoder.labels import UPOS
from newsextract.encoder.links import Range
from newsextract.encoder.model import Model
from newsextract.encoder.words import read_words
from newsextract.training import chances
from newsextract.training.chances import pack_chances
from newsextract.training.corpora import Document

LAYERS = {
    "entities": ("entity",),
    "spans": ("cue", "loose", "roles"),
    "phrases": ("phrase",),
    "upos": ("upos",),
    "sentences": ("sentence",),
}
"""The losses that each layer of a document stands for."""


def teach(doc: Document, teacher: Model) -> Document:
    """Return ``doc`` with what ``teacher`` says of it.

    Its labels fill the layers that the corpus does not mark; how probable it finds the tags of each
    layer is there for all.
    """
    missing = [name for name in LAYERS if getattr(doc, name) is None]
    words = read_words(doc.text, doc.words)
    outputs = list(teacher.run(words))
    labels = label_words(teacher, words, outputs=iter(outputs))
    spans, links = _attributions(labels)
    found: dict[str, Any] = {
        "entities": labels.entities if doc.people is None else _with_people(labels, doc.people),
        "spans": spans,
        "phrases": labels.phrases,
        "upos": [UPOS[tag] for tag in labels.upos],
        "sentences": [i for i, starts in enumerate(labels.sentence_starts) if starts],
    }
    layers = {name: found[name] for name in missing}
    if "spans" in missing:
        layers["links"] = links
    layers["taught"] = [loss for name in missing for loss in LAYERS[name]]
    scores = np.concatenate([part for _, part in outputs]) if outputs else None
    if scores is not None:
        layers["chances"] = {
            name: pack_chances(scores[:, teacher.heads[name]]) for name in chances.LAYERS
        }
    return replace(doc, **layers)


def _with_people(labels: Labels, people: list[Range]) -> list[tuple[int, int, str]]:
    """Return the names of the teacher, persons as the corpus marks them."""
    known = [(start, end, "PERSON") for start, end in people]
    inside = {word for start, end in people for word in range(start, end)}
    others = [e for e in labels.entities if e[2] != "PERSON" and inside.isdisjoint(range(*e[:2]))]
    return sorted([*known, *others])


def _attributions(
    labels: Labels,
) -> tuple[list[tuple[int, int, str]], list[tuple[int, int, list[int]]]]:
    """Return the spans and links of ``labels`` as a :class:`Document` has them."""
    spans: list[tuple[int, int, str]] = []
    links: list[tuple[int, int, list[int]]] = []

    def add(span: Range | None, label: str) -> int:
        if span is None:
            return -1
        spans.append((*span, label))
        return len(spans) - 1

    for frame in labels.frames:
        source, cue = add(frame.source, "source"), add(frame.cue, "cue")
        contents = [add(part, "content") for part in frame.contents]
        if cue >= 0:
            links.append((cue, source, contents))
    return spans, links
