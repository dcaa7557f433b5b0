"""Attributions of one text: cues, and the source and content that belong to each."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from newsextract.encoder.labels import CUE_LABELS, LOOSE_LABELS, ROLE_LABELS, decode_spans
from newsextract.encoder.lines import Transitions
from newsextract.encoder.links import Range, span_means
from newsextract.encoder.marginals import Marginals, tag_marginals
from newsextract.encoder.roles import RoleWeights, reach_of, score_roles
from newsextract.encoder.viterbi import best_tags

if TYPE_CHECKING:
    from newsextract.encoder.model import Model

Floats = NDArray[np.float32]
SOURCE, CONTENT = range(len(ROLE_LABELS))
POSSIBLE = 0.2
"""Least probability of a source for a cue with content whose best tag sequence has none; chosen on
dev articles.
"""
_LONGEST_SOURCE = 32


@dataclass(frozen=True, slots=True)
class CueFrame:
    """A cue, its source and the parts of its content, as word ranges with their probabilities.

    ``cue_exact`` and ``source_exact`` are 0 where there is none; ``content_exact`` is the
    probability of exactly these parts, ``content_share`` the share of the probability mass of
    content that lies inside them. ``score`` is the calibrated probability of the whole; ``None``
    from a model whose scores are not calibrated.
    """

    cue: Range | None
    source: Range | None
    contents: tuple[Range, ...]
    cue_exact: float
    source_exact: float
    content_exact: float
    content_share: float
    score: float | None = None

    def moved(self, by: int, *, score: float | None) -> CueFrame:
        """Return the frame with all ranges ``by`` words further on, and its ``score``."""
        return replace(
            self,
            cue=self.cue and _move(self.cue, by),
            source=self.source and _move(self.source, by),
            contents=tuple(_move(part, by) for part in self.contents),
            score=score,
        )


def _move(span: Range, by: int) -> Range:
    return span[0] + by, span[1] + by


@dataclass(frozen=True)
class CueTags:
    """The tag scores of cues (words, tags), with the lines and transitions they are read with."""

    emissions: Floats
    lines: Sequence[Range]
    transitions: Transitions

    @cached_property
    def spans(self) -> list[Range]:
        """The cues."""
        tags = best_tags(self.emissions, self.lines, self.transitions)
        return [(start, end) for start, end, _ in decode_spans(tags, CUE_LABELS)]

    def marginals(self, lines: Sequence[Range]) -> Marginals:
        """Return the probabilities of the tags in ``lines``."""
        return tag_marginals(self.emissions, lines, self.transitions)


def find_arguments(
    tags: CueTags, heads: dict[str, Floats], starts: Sequence[int], *, model: Model
) -> list[CueFrame]:
    """Return the attribution of every cue, in text order; some have no content.

    Args:
        tags: the scores of cues.
        heads: the outputs of the network by head, (words, width) each.
        starts: the first words of the lines.
        model: whose weights and transitions they are.
    """
    cues = tags.spans
    if not cues:
        return []
    lines = [tags.lines[bisect_right(starts, cue[0]) - 1] for cue in cues]
    counts = Counter(lines)
    reaches = [
        reach_of(cue, line, cues=counts[line]) for cue, line in zip(cues, lines, strict=True)
    ]
    weights = RoleWeights(model.arrays["role_products"], model.arrays["role_offsets"])
    scores = score_roles(
        span_means(heads["role_cue"], cues), heads["role_word"], weights,
        spans=cues, reaches=reaches,
    )  # fmt: skip
    edges = [0, *accumulate(b - a for a, b in reaches)]
    rows = list(pairwise(edges))
    transitions = model.transitions("roles")
    found: list[list[tuple[int, int, str]]] = [[] for _ in cues]
    for span in decode_spans(best_tags(scores, rows, transitions), ROLE_LABELS):
        found[bisect_right(edges, span[0]) - 1].append(span)
    cue_marginals = tags.marginals(sorted({*lines}))
    marginals = tag_marginals(scores, rows, transitions)
    return [
        replace(
            _read_frame(spans, marginals, row, moved_by=reach[0] - row[0]),
            cue=cue,
            cue_exact=cue_marginals.span_probability(cue, 0),
        )
        for cue, reach, row, spans in zip(cues, reaches, rows, found, strict=True)
    ]


def _read_frame(
    spans: Sequence[tuple[int, int, str]], marginals: Marginals, row: Range, *, moved_by: int
) -> CueFrame:
    """Return the arguments of a cue without the cue.

    Args:
        spans: its source and the parts of its content, as rows of ``marginals``.
        marginals: the probabilities of the tags of all cues, one cue after the other.
        row: the rows of this cue.
        moved_by: how many words further on than its row a word stands in the text.
    """
    contents = [(s, e) for s, e, label in spans if label == "content"]
    sources = [(s, e) for s, e, label in spans if label == "source"]
    chances = {span: marginals.span_probability(span, SOURCE) for span in sources}
    if contents and not sources:
        chances = _possible_sources(marginals, row, contents)
    source = max(chances, key=lambda span: chances[span], default=None)
    first, last = row
    within = marginals.of_label(CONTENT)[first:last].sum(1)
    mass = sum(within[s - first : e - first].sum() for s, e in contents)
    size = max(1, sum(e - s for s, e in contents))
    beside = float(within.sum() - mass)
    return CueFrame(
        None, source and _move(source, moved_by),
        tuple(_move(part, moved_by) for part in contents), 0.0,
        chances[source] if source else 0.0,
        float(np.prod([marginals.span_probability(part, CONTENT) for part in contents])),
        float(mass) / (size + beside),
    )  # fmt: skip


def _possible_sources(
    marginals: Marginals, row: Range, contents: Sequence[Range]
) -> dict[Range, float]:
    """Return the sources, with their probabilities, that begin at the most probable first word.

    They end before the next content.
    """
    first, last = row
    begin, _, _, alone = marginals.of_label(SOURCE)[first:last].T
    start = first + int((begin + alone).argmax())
    stop = min(last, start + _LONGEST_SOURCE, *(s for s, e in contents if e > start))
    spans = [(start, end) for end in range(start + 1, stop + 1)]
    chances = {span: marginals.span_probability(span, SOURCE) for span in spans}
    return {span: chance for span, chance in chances.items() if chance >= POSSIBLE}


def find_loose(
    emissions: Floats, lines: Sequence[Range], transitions: Transitions
) -> list[CueFrame]:
    """Return the contents that stand without a cue."""
    tags = best_tags(emissions, lines, transitions)
    spans = decode_spans(tags, LOOSE_LABELS)
    held = [line for line in lines if any(tags[slice(*line)])]
    marginals = tag_marginals(emissions, held, transitions)
    within = marginals.of_label(0).sum(1)
    return [
        CueFrame(
            None, None, ((start, end),), 0.0, 0.0,
            marginals.span_probability((start, end), 0), float(within[start:end].mean()),
        )
        for start, end, _ in spans
    ]  # fmt: skip
