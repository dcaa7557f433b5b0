"""The loss of each head, and the parameters that only decoding needs beside the network."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from newsextract.encoder.labels import ATTRIBUTION_LABELS, ENTITY_LABELS, bioes_tags
from newsextract.encoder.links import DISTANCE_BUCKETS, distance_buckets
from newsextract.training.batches import Batch, Choice, Sample
from newsextract.training.crf import LineCrf
from newsextract.training.network import LABEL_WIDTH

WEIGHTS = {
    "entity": 1.0, "silver": 0.5, "attribution": 1.0, "source_links": 2.0, "content_links": 2.0,
    "antecedents": 0.5, "upos": 0.3, "sentence": 0.3, "arcs": 0.3, "labels": 0.3, "views": 0.5,
}  # fmt: skip
TAUGHT = 0.4
"""What a loss counts where its labels are an earlier model's."""
LINKS = {
    "source_links": ("cue", "source"),
    "content_links": ("content", "cue_of_content"),
    "antecedents": ("mention", "antecedent"),
}


def weight_of(name: str, sample: Sample) -> float:
    """Return what the loss ``name`` counts in the corpus that ``sample`` is of."""
    return WEIGHTS[name] * (TAUGHT if name in sample.taught else 1.0)


class Decoding(nn.Module):
    """Transitions of the taggers, distance scores of the links, the labeller of arcs."""

    def __init__(self, deprels: int) -> None:
        super().__init__()
        self.entity = LineCrf(ENTITY_LABELS)
        self.attribution = LineCrf(ATTRIBUTION_LABELS)
        self.distances = nn.ParameterDict(
            {name: nn.Parameter(torch.zeros(DISTANCE_BUCKETS)) for name in LINKS}
        )
        size = LABEL_WIDTH + 1
        self.arc_labels = nn.Parameter(torch.randn(deprels, size, size) / size)


class Silver(nn.Module):
    """A tagger of machine-made labels: the network learns from it, and nothing reads it.

    Its labels stand for other things than those of the head ``entity`` ("President Bush" is a
    name there), so that it has weights of its own.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.tags = nn.Linear(width, len(bioes_tags(ENTITY_LABELS)))
        self.crf = LineCrf(ENTITY_LABELS)

    def loss(self, batch: Batch, states: Tensor) -> Tensor:
        """Return the summed loss of a batch; ``states`` (batch, words, width) are its words'."""
        return _line_loss(batch, self.tags(states), self.crf, name="silver")


def batch_losses(batch: Batch, heads: dict[str, Tensor], decoding: Decoding) -> dict[str, Tensor]:
    """Return the summed loss of every layer that the batch's corpus marks."""
    sample = batch.samples[0]
    losses: dict[str, Tensor] = {}
    for name in ("entity", "attribution"):
        if getattr(sample, name) is not None:
            losses[name] = _line_loss(batch, heads[name], getattr(decoding, name), name=name)
    for name in LINKS:
        loss = _link_loss(batch, heads, decoding, name=name)
        if loss is not None:
            losses[name] = loss
    for name in ("upos", "sentence"):
        if getattr(sample, name) is not None:
            losses[name] = _word_loss(batch, heads[name], name)
    if sample.heads is not None:
        losses |= _parse_losses(batch, heads, decoding)
    return losses


def view_loss(batch: Batch, heads: dict[str, Tensor]) -> Tensor:
    """Return how far the tags of two views of the same windows are apart, summed over the words.

    The second half of the batch repeats the first with other words hidden and other units dropped
    (R-Drop, Wu et al. 2021): the mean of both Kullback-Leibler divergences of each tagger.
    """
    half = len(batch.samples) // 2
    sizes = torch.tensor([len(sample.words) for sample in batch.samples[:half]])
    total = heads["entity"].new_zeros(())
    inside = (torch.arange(heads["entity"].shape[1]) < sizes[:, None]).to(total.device)
    for name in ("entity", "attribution"):
        scores = torch.log_softmax(heads[name], -1)
        one, two = scores[:half], scores[half:]
        apart = ((one.exp() - two.exp()) * (one - two)).sum(-1)
        total = total + (apart * inside).sum()
    return total


def _line_loss(batch: Batch, emissions: Tensor, crf: LineCrf, *, name: str) -> Tensor:
    lines = [
        (row, start, end) for row, sample in enumerate(batch.samples) for start, end in sample.lines
    ]
    lines.sort(key=lambda line: line[1] - line[2])
    lengths = torch.tensor([end - start for _, start, end in lines])
    width = int(lengths.max())
    rows = torch.tensor([row for row, _, _ in lines])
    starts = torch.tensor([start for _, start, _ in lines])
    at = (starts[:, None] + torch.arange(width)).clamp(max=emissions.shape[1] - 1)
    tags = _padded([getattr(s, name) for s in batch.samples], emissions.shape[1])
    device = emissions.device
    picked = emissions[rows[:, None].to(device), at.to(device)].float()
    right = tags[rows[:, None], at]
    losses: Tensor = crf(picked, right.to(device), lengths.to(device))
    return losses.sum()


def _padded(rows: list[list[int]], width: int, fill: int = 0) -> Tensor:
    return torch.tensor([[*row, *[fill] * (width - len(row))] for row in rows])


def _word_loss(batch: Batch, logits: Tensor, name: str) -> Tensor:
    right = _padded([getattr(s, name) for s in batch.samples], logits.shape[1], -1)
    right = right.to(logits.device)
    return nn.functional.cross_entropy(
        logits.float().flatten(0, 1), right.flatten(), ignore_index=-1, reduction="sum"
    )


class Choices(NamedTuple):
    """Link choices of a batch as index tensors: spans are (row, start, end)."""

    queries: Tensor
    keys: Tensor
    buckets: Tensor
    valid: Tensor
    right: Tensor


def _link_loss(
    batch: Batch, heads: dict[str, Tensor], decoding: Decoding, *, name: str
) -> Tensor | None:
    choices = _gather([getattr(sample, name) for sample in batch.samples])
    if choices is None:
        return None
    query_head, key_head = LINKS[name]
    device = heads[query_head].device
    query = _means(heads[query_head], choices.queries.to(device))
    key = _means(heads[key_head], choices.keys.to(device))
    logits = (key @ query[:, :, None]).squeeze(-1) / key.shape[-1] ** 0.5
    logits = logits + decoding.distances[name][choices.buckets.to(device)]
    logits = logits.masked_fill(~choices.valid.to(device), -1e4)
    logits = torch.cat([torch.zeros_like(logits[:, :1]), logits], 1)
    right = choices.right.to(device)
    chance = torch.logsumexp(logits.masked_fill(~right, -1e4), 1)
    return (torch.logsumexp(logits, 1) - chance).sum()


def _gather(rows: list[list[Choice]]) -> Choices | None:
    flat = [(row, choice) for row, choices in enumerate(rows) for choice in choices]
    if not flat:
        return None
    width = max(1, *(len(keys) for _, (_, keys, _) in flat))
    queries, keys, buckets, valid, right = [], [], [], [], []
    for row, (query, options, answers) in flat:
        pad = width - len(options)
        queries.append((row, *query))
        keys.append([(row, *option) for option in options] + [(row, 0, 1)] * pad)
        gaps = distance_buckets(np.array([query]), np.array(options, np.intp).reshape(-1, 2))
        buckets.append(gaps.tolist() + [0] * pad)
        valid.append([True] * len(options) + [False] * pad)
        answer = set(answers)
        right.append([not answer, *[i in answer for i in range(width)]])
    return Choices(*map(torch.tensor, (queries, keys, buckets, valid, right)))


def _means(states: Tensor, spans: Tensor) -> Tensor:
    """Return the mean state of each span; ``spans`` (..., 3) holds row, start and end."""
    total = nn.functional.pad(states.float().cumsum(1), (0, 0, 1, 0))
    row, start, end = spans.unbind(-1)
    return (total[row, end] - total[row, start]) / (end - start)[..., None]


def _parse_losses(batch: Batch, heads: dict[str, Tensor], decoding: Decoding) -> dict[str, Tensor]:
    dependent, head = heads["dependent"].float(), heads["head"].float()
    device = dependent.device
    width = dependent.shape[1]
    arcs = dependent @ head.transpose(1, 2) / dependent.shape[-1] ** 0.5
    right = _padded([s.heads or [] for s in batch.samples], width, -1).to(device)
    sentence = _padded([_numbered(s) for s in batch.samples], width, -1).to(device)
    arcs = arcs.masked_fill(sentence[:, :, None] != sentence[:, None, :], -1e4)
    loss = nn.functional.cross_entropy(
        arcs.flatten(0, 1), right.flatten(), ignore_index=-1, reduction="sum"
    )
    row, word = (right >= 0).nonzero(as_tuple=True)
    below = nn.functional.pad(heads["dependent_label"].float()[row, word], (0, 1), value=1.0)
    above = nn.functional.pad(heads["head_label"].float()[row, right[row, word]], (0, 1), value=1.0)
    logits = torch.einsum("ni,lij,nj->nl", below, decoding.arc_labels, above)
    labels = _padded([s.labels or [] for s in batch.samples], width, 0).to(device)[row, word]
    return {
        "arcs": loss,
        "labels": nn.functional.cross_entropy(logits, labels, reduction="sum"),
    }


def _numbered(sample: Sample) -> list[int]:
    """Return the number of each word's sentence."""
    numbers, n = [], 0
    for start in sample.sentence or []:
        n += start
        numbers.append(n)
    return numbers
