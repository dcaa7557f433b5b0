"""From the outputs of the heads to spans, links and word labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from newsextract.encoder.agreement import agree
from newsextract.encoder.labels import ATTRIBUTION_LABELS, ENTITY_LABELS, decode_spans
from newsextract.encoder.links import Range, distance_buckets, link_scores, span_means
from newsextract.encoder.model import Model
from newsextract.encoder.trees import arc_scores, best_labels, best_tree
from newsextract.encoder.viterbi import best_tags
from newsextract.encoder.words import Words

Floats = NDArray[np.float32]
SURE = 4.0
"""Log-odds from which a sentence may start after a word that ends none."""
_ENDS = frozenset(".!?…:;\"”’'»)]")


@dataclass(slots=True)
class Labels:
    """What the encoder found in one text; all positions are word indices, half-open.

    ``cue_sources`` holds for each cue its source or -1, ``content_cues`` for each content its
    cue or -1, the ``scores`` the model's probability of each content.
    """

    entities: list[tuple[int, int, str]] = field(default_factory=list)
    sources: list[Range] = field(default_factory=list)
    cues: list[Range] = field(default_factory=list)
    contents: list[Range] = field(default_factory=list)
    cue_sources: list[int] = field(default_factory=list)
    content_cues: list[int] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    upos: list[int] = field(default_factory=list)
    sentence_starts: list[bool] = field(default_factory=list)
    coreference: list[NDArray[np.float16]] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)


def label_words(
    model: Model, words: Words, *, syntax: bool = False, sentences: Sequence[int] | None = None
) -> Labels:
    """Return the labels of ``words``; ``syntax`` adds heads and dependency labels.

    ``sentences`` are the first words of all sentences, where those are known.
    """
    labels = Labels()
    for first, outputs in model.run(words):
        heads = {name: outputs[:, part] for name, part in model.heads.items()}
        gaps = words.breaks[first : first + len(outputs)]
        starts = [i for i, gap in enumerate(gaps) if gap >= 2 or i == 0]
        lines = list(zip(starts, [*starts[1:], len(gaps)], strict=True))
        texts = words.texts[first : first + len(outputs)]
        heads["entity"] = agree(heads["entity"], texts)
        _add_tags(labels, model, heads, lines=lines, first=first)
        labels.upos += heads["upos"].argmax(1).tolist()
        begins = _sentence_starts(heads["sentence"], texts)
        begins[starts] = True
        if sentences is not None:
            begins = np.isin(np.arange(first, first + len(outputs)), sentences)
            begins[0] = True
        labels.sentence_starts += begins.tolist()
        if syntax:
            _add_trees(labels, model, heads, starts=np.flatnonzero(begins).tolist())
        both = np.concatenate([heads["mention"], heads["antecedent"]], 1)
        labels.coreference.append(both.astype(np.float16))
    return labels


def _sentence_starts(logits: Floats, texts: Sequence[str]) -> NDArray[np.bool_]:
    """Return where sentences start: rarely where the word before ends none."""
    lead = logits[:, 1] - logits[:, 0]
    ends = np.array([True, *[text[-1] in _ENDS for text in texts[:-1]]])
    starts: NDArray[np.bool_] = lead > np.where(ends, 0.0, SURE)
    return starts


def _add_trees(
    labels: Labels, model: Model, heads: dict[str, Floats], *, starts: list[int]
) -> None:
    offset = len(labels.heads)
    for start, end in zip(starts, [*starts[1:], len(heads["head"])], strict=True):
        part = slice(start, end)
        tree = best_tree(arc_scores(heads["dependent"][part], heads["head"][part]))
        names = best_labels(
            heads["dependent_label"][part], heads["head_label"][part], tree,
            model.arrays["arc_labels"],
        )  # fmt: skip
        labels.heads += [offset + start + head for head in tree]
        labels.deprels += [model.deprels[name] for name in names]


def _add_tags(
    labels: Labels,
    model: Model,
    heads: dict[str, Floats],
    *,
    lines: Sequence[Range],
    first: int,
) -> None:
    tags = best_tags(heads["entity"], lines, model.transitions("entity"))
    spans = decode_spans(tags, ENTITY_LABELS)
    labels.entities += [(start + first, end + first, label) for start, end, label in spans]
    tags = best_tags(heads["attribution"], lines, model.transitions("attribution"))
    found: dict[str, list[Range]] = {label: [] for label in ATTRIBUTION_LABELS}
    for start, end, label in decode_spans(tags, ATTRIBUTION_LABELS):
        found[label].append((start, end))
    _add_links(labels, model, heads, found=found, starts=[start for start, _ in lines])
    labels.scores += _confidences(heads["attribution"], tags, found["content"])
    for label, target in (
        ("source", labels.sources),
        ("cue", labels.cues),
        ("content", labels.contents),
    ):
        target += [(start + first, end + first) for start, end in found[label]]


def _confidences(emissions: Floats, tags: list[int], spans: list[Range]) -> list[float]:
    """Return the mean probability of the chosen tags over each span."""
    if not spans:
        return []
    shares = np.exp(emissions - emissions.max(1, keepdims=True))
    chosen = shares[np.arange(len(tags)), tags] / shares.sum(1)
    return [float(chosen[start:end].mean()) for start, end in spans]


def _add_links(
    labels: Labels,
    model: Model,
    heads: dict[str, Floats],
    *,
    found: dict[str, list[Range]],
    starts: list[int],
) -> None:
    sources, cues, contents = (found[label] for label in ATTRIBUTION_LABELS)
    distances = model.arrays
    to_source = best_links(
        (span_means(heads["cue"], cues), span_means(heads["source"], sources)),
        (cues, sources),
        distances=distances["source_links_distance"],
        starts=starts,
    )
    to_cue = best_links(
        (span_means(heads["content"], contents), span_means(heads["cue_of_content"], cues)),
        (contents, cues),
        distances=distances["content_links_distance"],
        starts=starts,
    )
    sources_before, cues_before = len(labels.sources), len(labels.cues)
    labels.cue_sources += [s + sources_before if s >= 0 else -1 for s in to_source]
    labels.content_cues += [c + cues_before if c >= 0 else -1 for c in to_cue]


def best_links(
    vectors: tuple[Floats, Floats],
    spans: tuple[list[Range], list[Range]],
    *,
    distances: Floats,
    starts: Sequence[int],
) -> list[int]:
    """Return for each query span the index of the best key span of its line, or -1.

    Args:
        vectors: mean query vectors (queries, width) and mean key vectors (keys, width).
        spans: the word ranges of queries and of keys, each in order.
        distances: the score of each distance bucket.
        starts: where lines start.

    A best score under 0, which is the score of no link, gives -1.
    """
    (queries, keys), (asking, answering) = vectors, spans
    if not asking or not answering:
        return [-1] * len(asking)
    asked, answered = (np.array(ranges) for ranges in spans)
    lines = [np.searchsorted(starts, ranges[:, 0], side="right") for ranges in (asked, answered)]
    query, key = np.nonzero(lines[0][:, None] == lines[1])
    gaps = distances[distance_buckets(asked[query], answered[key])]
    scores = np.full((len(asked), len(answered)), -np.inf, np.float32)
    scores[query, key] = link_scores(queries[query], keys[key], gaps)
    best = scores.argmax(1)
    found: list[int] = np.where(scores.max(1) >= 0, best, -1).tolist()
    return found
