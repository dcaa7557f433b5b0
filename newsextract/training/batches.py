"""Windows of documents, packed into batches of tensors with the layers that their corpus marks."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from newsextract.encoder.labels import (
    CONVENTIONS,
    CUE_LABELS,
    ENTITY_LABELS,
    LOOSE_LABELS,
    PHRASE_LABELS,
    ROLE_LABELS,
    UPOS,
    encode_spans,
)
from newsextract.encoder.model import lay_out
from newsextract.encoder.roles import reach_of
from newsextract.encoder.windows import PieceReader, Window, cut_windows
from newsextract.encoder.words import Words, read_words
from newsextract.training.chances import read_tenths
from newsextract.training.corpora import Document

Range = tuple[int, int]
Choice = tuple[Range, list[Range], list[int]]
Roles = tuple[Range, Range, list[int]]
"""A cue, the words that may belong to it, and what each of them is to it (``ROLE_LABELS``)."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One window with its labels; ``antecedents`` are (mention, earlier ones, right ones)."""

    words: Words
    pieces: list[tuple[int, ...]]
    lines: list[tuple[int, int]]
    entity: list[int] | None = None
    silver: list[int] | None = None
    cue: list[int] | None = None
    loose: list[int] | None = None
    phrase: list[int] | None = None
    upos: list[int] | None = None
    sentence: list[int] | None = None
    heads: list[int] | None = None
    labels: list[int] | None = None
    roles: list[Roles] | None = None
    antecedents: list[Choice] = field(default_factory=list)
    taught: tuple[str, ...] = ()
    chances: dict[str, NDArray[np.int8]] = field(default_factory=dict)
    convention: int = 0

    @property
    def size(self) -> int:
        """Word pieces with both marks at the ends."""
        return sum(map(len, self.pieces)) + 2


def make_samples(
    doc: Document, reader: PieceReader, *, deprels: Sequence[str], used: int = 0
) -> Iterator[Sample]:
    """Yield the windows of ``doc`` as samples; the first has ``used`` pieces less room."""
    words = read_words(doc.text, doc.words)
    pieces = [reader(word) for word in words.texts]
    chances = {
        name: read_tenths(packed, len(doc.words)) for name, packed in (doc.chances or {}).items()
    }
    for window in cut_windows([len(p) for p in pieces], words.breaks, used=used):
        sample = _cut(doc, words, pieces, window=window, deprels=deprels)
        own = {name: tenths[window.start : window.end] for name, tenths in chances.items()}
        yield replace(sample, chances=own)


def _cut(
    doc: Document,
    words: Words,
    pieces: list[tuple[int, ...]],
    *,
    window: Window,
    deprels: Sequence[str],
) -> Sample:
    a, b = window.start, window.end
    part = Words(words.texts[a:b], words.cases[a:b], words.breaks[a:b], words.quotes[a:b])
    starts = [i for i, gap in enumerate(part.breaks) if gap >= 2 or i == 0]
    length = b - a
    lines = list(zip(starts, [*starts[1:], length], strict=True))
    return Sample(
        part,
        pieces[a:b],
        lines,
        entity=_tags(doc.entities, a, b, ENTITY_LABELS),
        silver=_tags(doc.silver, a, b, ENTITY_LABELS),
        cue=_tags(doc.spans, a, b, CUE_LABELS),
        loose=_tags(_loose_contents(doc), a, b, LOOSE_LABELS),
        phrase=_tags(doc.phrases, a, b, PHRASE_LABELS),
        upos=[UPOS.index(u) if u in UPOS else 16 for u in doc.upos[a:b]] if doc.upos else None,
        sentence=_sentence_starts(doc, a, b),
        heads=[h - a if a <= h < b else -1 for h in doc.heads[a:b]] if doc.heads else None,
        labels=_numbers(doc.deprels[a:b], deprels) if doc.deprels else None,
        roles=_roles(doc, a, b, lines=lines),
        antecedents=_antecedents(doc, a, b),
        taught=tuple(doc.taught or ()),
        convention=CONVENTIONS.index(doc.convention),
    )


def _numbers(labels: Sequence[str], deprels: Sequence[str]) -> list[int]:
    """Return the number of each dependency label; "dep" stands for those that are not listed."""
    return [deprels.index(label if label in deprels else "dep") for label in labels]


def _tags(
    spans: list[tuple[int, int, str]] | None, a: int, b: int, labels: tuple[str, ...]
) -> list[int] | None:
    if spans is None:
        return None
    inside = [
        (s - a, e - a, label) for s, e, label in spans if a <= s and e <= b and label in labels
    ]
    return encode_spans(inside, b - a, labels)


def _sentence_starts(doc: Document, a: int, b: int) -> list[int] | None:
    if doc.sentences is None:
        return None
    starts = set(doc.sentences)
    return [int(i in starts) for i in range(a, b)]


def _loose_contents(doc: Document) -> list[tuple[int, int, str]] | None:
    """Return the contents that no cue has."""
    if doc.spans is None:
        return None
    linked = {content for _, _, contents in doc.links or [] for content in contents}
    return [span for n, span in enumerate(doc.spans) if n not in linked and span[2] == "content"]


def _roles(doc: Document, a: int, b: int, *, lines: Sequence[Range]) -> list[Roles] | None:
    """Return for each cue of the window what the words of its line are to it."""
    if doc.spans is None:
        return None
    ends = [end for _, end in lines]
    roles: list[Roles] = []
    for cue, source, contents in doc.links or []:
        start, end, _ = doc.spans[cue]
        if a <= start and end <= b:
            at = (start - a, end - a)
            reach = reach_of(at, lines[bisect_right(ends, at[0])])
            parts = [doc.spans[n] for n in (source, *contents) if n >= 0]
            roles.append((at, reach, _role_tags(parts, (reach[0] + a, reach[1] + a))))
    return roles


def _role_tags(parts: Sequence[tuple[int, int, str]], reach: Range) -> list[int]:
    """Return the tags of the words in ``reach``, beyond which spans are cut off."""
    first, last = reach
    inside = [(max(s, first) - first, min(e, last) - first, label) for s, e, label in parts]
    return encode_spans([span for span in inside if span[0] < span[1]], last - first, ROLE_LABELS)


def _antecedents(doc: Document, a: int, b: int) -> list[Choice]:
    """Return mention → earlier mention choices inside the window."""
    if doc.choices is not None:
        mention = [(m, c, r) for m, c, r in doc.choices if a <= m[0] and m[1] <= b and r]
        inside = [x for x in mention if all(a <= s and e <= b for s, e in x[1])]
        return [((m[0] - a, m[1] - a), [(s - a, e - a) for s, e in c], r) for m, c, r in inside]
    mentions = sorted(
        (s - a, e - a, n)
        for n, cluster in enumerate(doc.clusters or [])
        for s, e in cluster
        if a <= s and e <= b
    )
    choices: list[Choice] = []
    for i, (start, end, cluster) in enumerate(mentions):
        before = mentions[max(0, i - 40) : i]
        keys = [(s, e) for s, e, _ in before]
        choices.append(((start, end), keys, [k for k, m in enumerate(before) if m[2] == cluster]))
    return choices


@dataclass(frozen=True, slots=True)
class Batch:
    """Samples of one corpus, padded to one length."""

    samples: list[Sample]
    pieces: Tensor
    features: Tensor
    first: Tensor


def collate(samples: list[Sample]) -> Batch:
    """Return ``samples`` as padded tensors."""
    length = max(sample.size for sample in samples)
    width = max(len(sample.words) for sample in samples)
    pieces = torch.zeros(len(samples), length, dtype=torch.long)
    features = torch.zeros(len(samples), 3, length, dtype=torch.long)
    first = torch.zeros(len(samples), width, dtype=torch.long)
    for row, sample in enumerate(samples):
        ids, marks, starts = lay_out(sample.words, sample.pieces, slice(None))
        pieces[row, : len(ids)] = torch.tensor(ids)
        features[row, :, : len(ids)] = torch.tensor(marks)
        first[row, : len(starts)] = torch.tensor(starts)
    return Batch(samples, pieces, features, first)


def pack(samples: list[Sample], budget: int, rng: random.Random) -> list[list[Sample]]:
    """Return groups of samples of like length, each of at most ``budget`` pieces padded.

    All ``samples`` are of one corpus.
    """
    order = sorted(samples, key=lambda s: (s.size + rng.randint(0, 24), rng.random()))
    groups: list[list[Sample]] = []
    group: list[Sample] = []
    longest = 0
    for sample in order:
        longest = max(longest, sample.size)
        if group and longest * (len(group) + 1) > budget:
            groups.append(group)
            group, longest = [], sample.size
        group.append(sample)
    return [*groups, group] if group else groups
