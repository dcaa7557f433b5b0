"""From the outputs of the heads to spans, links and word labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from newsextract.encoder.agreement import agree
from newsextract.encoder.arguments import CueFrame, CueTags, find_arguments, find_loose
from newsextract.encoder.evidence import describe, score_rows
from newsextract.encoder.labels import ENTITY_LABELS, PHRASE_LABELS
from newsextract.encoder.lines import Transitions
from newsextract.encoder.links import Range
from newsextract.encoder.marginals import tag_marginals
from newsextract.encoder.model import Model, Outputs
from newsextract.encoder.spans import choose_spans
from newsextract.encoder.trees import arc_scores, best_labels, best_tree
from newsextract.encoder.words import Words

Floats = NDArray[np.float32]
SURE = 4.0
"""Log-odds from which a sentence may start after a word that ends none."""
LONGEST_TREE = 300
"""Words of one tree at most: memory grows with the square of a sentence, recursion with it."""
COREFERENCE_WORDS = 100_000
"""Longer texts keep no coreference features: they would take 250 bytes a word."""
_ENDS = frozenset(".!?…:;\"”’'»)]")


@dataclass(slots=True)
class Labels:
    """What the encoder found in one text; all positions are word indices, half-open.

    ``phrases`` are roles and nominals (``PHRASE_LABELS``). ``frames`` are attributions, which may
    stand inside one another.
    """

    entities: list[tuple[int, int, str]] = field(default_factory=list)
    phrases: list[tuple[int, int, str]] = field(default_factory=list)
    frames: list[CueFrame] = field(default_factory=list)
    upos: list[int] = field(default_factory=list)
    sentence_starts: list[bool] = field(default_factory=list)
    coreference: list[NDArray[np.float16]] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)


def label_words(
    model: Model,
    words: Words,
    *,
    syntax: bool = False,
    sentences: Sequence[int] | None = None,
    outputs: Outputs | None = None,
) -> Labels:
    """Return the labels of ``words``.

    Args:
        model: the model, whose network is run.
        words: the words of one text.
        syntax: whether to add heads and dependency labels.
        sentences: the first words of all sentences, where those are known.
        outputs: what ``model.run(words)`` gave, where it was called before.
    """
    labels = Labels()
    for first, scores in outputs or model.run(words, syntax=syntax):
        heads = {name: scores[:, part] for name, part in model.heads.items()}
        part = _cut_part(words, first, len(scores))
        labels.entities += _find_spans(
            agree(heads["entity"], part.texts), part, model.transitions("entity"), ENTITY_LABELS
        )
        labels.phrases += _find_spans(
            heads["phrase"], part, model.transitions("phrase"), PHRASE_LABELS
        )
        _add_frames(labels, model, heads, part)
        labels.upos += heads["upos"].argmax(1).tolist()
        begins = _sentence_starts(heads["sentence"], part.texts)
        begins[part.starts] = True
        if sentences is not None:
            begins = np.isin(np.arange(first, first + len(scores)), sentences)
            begins[0] = True
        labels.sentence_starts += begins.tolist()
        if syntax:
            _add_trees(labels, model, heads, starts=np.flatnonzero(begins).tolist())
        if len(words) <= COREFERENCE_WORDS:
            both = np.concatenate([heads["mention"], heads["antecedent"]], 1)
            labels.coreference.append(both.astype(np.float16))
        del scores, heads  # before the next outputs are laid together
    return labels


@dataclass(frozen=True, slots=True)
class Part:
    """The words of one group of windows; ``starts`` and ``lines`` count from its ``first``."""

    first: int
    texts: list[str]
    quotes: list[int]
    starts: list[int]
    lines: list[Range]


def _cut_part(words: Words, first: int, size: int) -> Part:
    within = slice(first, first + size)
    starts = [i for i, gap in enumerate(words.breaks[within]) if gap >= 2 or i == 0]
    lines = list(pairwise([*starts, size]))
    return Part(first, words.texts[within], words.quotes[within], starts, lines)


def _sentence_starts(logits: Floats, texts: Sequence[str]) -> NDArray[np.bool_]:
    """Return where sentences start: rarely where the word before ends none."""
    lead = logits[:, 1] - logits[:, 0]
    ends = np.array([True, *[text[-1] in _ENDS for text in texts[:-1]]])
    starts: NDArray[np.bool_] = lead > np.where(ends, 0.0, SURE)
    return starts


def _add_trees(
    labels: Labels, model: Model, heads: dict[str, Floats], *, starts: list[int]
) -> None:
    offset, size = len(labels.heads), len(heads["head"])
    edges = pairwise([*starts, size])
    cuts = [at for first, last in edges for at in range(first, last, LONGEST_TREE)]
    for start, end in pairwise([*cuts, size]):
        part = slice(start, end)
        tree = best_tree(arc_scores(heads["dependent"][part], heads["head"][part]))
        names = best_labels(
            heads["dependent_label"][part], heads["head_label"][part], tree,
            model.arrays["arc_labels"],
        )  # fmt: skip
        labels.heads += [offset + start + head for head in tree]
        labels.deprels += [model.deprels[name] for name in names]


def _find_spans(
    emissions: Floats, part: Part, transitions: Transitions, labels: tuple[str, ...]
) -> list[tuple[int, int, str]]:
    marginals = tag_marginals(emissions, part.lines, transitions)
    return [
        (span.start + part.first, span.end + part.first, span.label)
        for span in choose_spans(marginals, labels)
    ]


def _add_frames(labels: Labels, model: Model, heads: dict[str, Floats], part: Part) -> None:
    """Add each cue with its arguments, and the contents without a cue."""
    cue_tags = CueTags(heads["cue"], part.lines, model.transitions("cue"))
    found = find_arguments(cue_tags, heads, part.starts, model=model)
    found += find_loose(heads["loose"], part.lines, model.transitions("loose"))
    weights = model.score_weights
    scores: Sequence[float | None] = [None] * len(found)
    if weights is not None:
        scores = score_rows([describe(frame, part.quotes) for frame in found], weights)
    labels.frames += [
        frame.moved(part.first, score=score) for frame, score in zip(found, scores, strict=True)
    ]
