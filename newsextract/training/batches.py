"""Windows of documents, packed into batches of tensors with the layers that their corpus marks."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from newsextract.encoder.labels import ATTRIBUTION_LABELS, ENTITY_LABELS, UPOS, encode_spans
from newsextract.encoder.model import lay_out
from newsextract.encoder.windows import PieceReader, Window, cut_windows
from newsextract.encoder.words import Words, read_words
from newsextract.training.corpora import Document

Choice = tuple[tuple[int, int], list[tuple[int, int]], list[int]]


@dataclass(frozen=True, slots=True)
class Sample:
    """One window with its labels; ``links`` and ``choices`` are (query, keys, right keys)."""

    words: Words
    pieces: list[tuple[int, ...]]
    lines: list[tuple[int, int]]
    entity: list[int] | None = None
    silver: list[int] | None = None
    attribution: list[int] | None = None
    upos: list[int] | None = None
    sentence: list[int] | None = None
    heads: list[int] | None = None
    labels: list[int] | None = None
    source_links: list[Choice] = field(default_factory=list)
    content_links: list[Choice] = field(default_factory=list)
    antecedents: list[Choice] = field(default_factory=list)
    taught: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Word pieces with both marks at the ends."""
        return sum(map(len, self.pieces)) + 2

    @property
    def views(self) -> int:
        """How often a batch holds it: what names and attributions are learnt from twice."""
        tagged = self.entity is not None or self.attribution is not None
        return 2 if tagged and self.heads is None else 1


def make_samples(
    doc: Document, reader: PieceReader, *, deprels: Sequence[str], used: int = 0
) -> Iterator[Sample]:
    """Yield the windows of ``doc`` as samples; the first has ``used`` pieces less room."""
    words = read_words(doc.text, doc.words)
    pieces = [reader(word) for word in words.texts]
    for window in cut_windows([len(p) for p in pieces], words.breaks, used=used):
        yield _cut(doc, words, pieces, window=window, deprels=deprels)


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
    sources, contents = _links(doc, a, b)
    return Sample(
        part,
        pieces[a:b],
        list(zip(starts, [*starts[1:], length], strict=True)),
        entity=_tags(doc.entities, a, b, ENTITY_LABELS),
        silver=_tags(doc.silver, a, b, ENTITY_LABELS),
        attribution=_tags(doc.spans, a, b, ATTRIBUTION_LABELS),
        upos=[UPOS.index(u) if u in UPOS else 16 for u in doc.upos[a:b]] if doc.upos else None,
        sentence=_sentence_starts(doc, a, b),
        heads=[h - a if a <= h < b else -1 for h in doc.heads[a:b]] if doc.heads else None,
        labels=_numbers(doc.deprels[a:b], deprels) if doc.deprels else None,
        source_links=sources,
        content_links=contents,
        antecedents=_antecedents(doc, a, b),
        taught=tuple(doc.taught or ()),
    )


def _numbers(labels: Sequence[str], deprels: Sequence[str]) -> list[int]:
    """Return the number of each dependency label; "dep" stands for those that are not listed."""
    return [deprels.index(label if label in deprels else "dep") for label in labels]


def _tags(
    spans: list[tuple[int, int, str]] | None, a: int, b: int, labels: tuple[str, ...]
) -> list[int] | None:
    if spans is None:
        return None
    inside = [(s - a, e - a, label) for s, e, label in spans if a <= s and e <= b]
    return encode_spans(inside, b - a, labels)


def _sentence_starts(doc: Document, a: int, b: int) -> list[int] | None:
    if doc.sentences is None:
        return None
    starts = set(doc.sentences)
    return [int(i in starts) for i in range(a, b)]


def _links(doc: Document, a: int, b: int) -> tuple[list[Choice], list[Choice]]:
    """Return cue → source choices and content → cue choices inside the window."""
    spans = [(s - a, e - a, label) for s, e, label in doc.spans or [] if a <= s and e <= b]
    sources = [(s, e) for s, e, label in spans if label == "source"]
    cues = [(s, e) for s, e, label in spans if label == "cue"]
    to_source: list[Choice] = []
    to_cue: list[Choice] = []
    for cue, source, contents in doc.links or []:
        start, end, _ = (doc.spans or [])[cue]
        if (start - a, end - a) not in cues:
            continue
        at = (start - a, end - a)
        right = [_shift(doc, source, a)] if source >= 0 else []
        to_source.append((at, sources, [sources.index(r) for r in right if r in sources]))
        for content in contents:
            part = _shift(doc, content, a)
            if part[0] >= 0 and part[1] <= b - a:
                to_cue.append((part, cues, [cues.index(at)]))
    return to_source, to_cue


def _shift(doc: Document, span: int, a: int) -> tuple[int, int]:
    start, end, _ = (doc.spans or [])[span]
    return start - a, end - a


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
        if group and longest * (len(group) + 1) * sample.views > budget:
            groups.append(group)
            group, longest = [], sample.size
        group.append(sample)
    return [*groups, group] if group else groups
