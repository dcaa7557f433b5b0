"""Labels that a corpus lacks, as an earlier model gives them: each text then trains every tagger.

A network that reads names in one corpus and attributions in another forgets how to read names in
the texts of the second (self-training after Xie et al. 2020, "noisy student"; the noise is that of
:mod:`newsextract.training.augment`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from newsextract.encoder.decode import Labels, label_words
from newsextract.encoder.labels import UPOS
from newsextract.encoder.model import Model
from newsextract.encoder.words import read_words
from newsextract.training.corpora import Document

LAYERS = {
    "entities": ("entity",),
    "spans": ("attribution", "source_links", "content_links"),
    "upos": ("upos",),
    "sentences": ("sentence",),
}
"""The losses that each layer of a document stands for."""


def teach(doc: Document, teacher: Model) -> Document:
    """Return ``doc`` with the labels of ``teacher`` in the layers that its corpus does not mark."""
    missing = [name for name in LAYERS if getattr(doc, name) is None]
    labels = label_words(teacher, read_words(doc.text, doc.words))
    spans, links = _attributions(labels)
    found: dict[str, Any] = {
        "entities": labels.entities,
        "spans": spans,
        "upos": [UPOS[tag] for tag in labels.upos],
        "sentences": [i for i, starts in enumerate(labels.sentence_starts) if starts],
    }
    layers = {name: found[name] for name in missing}
    if "spans" in missing:
        layers["links"] = links
    layers["taught"] = [loss for name in missing for loss in LAYERS[name]]
    return replace(doc, **layers)


def _attributions(
    labels: Labels,
) -> tuple[list[tuple[int, int, str]], list[tuple[int, int, list[int]]]]:
    """Return the spans and links of ``labels`` as a :class:`Document` has them."""
    spans = [(*s, "source") for s in labels.sources] + [(*c, "cue") for c in labels.cues]
    cues, contents = len(labels.sources), len(spans)
    spans += [(*c, "content") for c in labels.contents]
    links = [
        (cues + cue, source, [contents + n for n, c in enumerate(labels.content_cues) if c == cue])
        for cue, source in enumerate(labels.cue_sources)
    ]
    return spans, links
