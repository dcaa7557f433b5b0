"""The loss of each head, and the parameters that only decoding needs beside the network."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from newsextract.encoder.labels import ENTITY_LABELS, ROLE_LABELS, TAGGERS, bioes_tags
from newsextract.encoder.links import DISTANCE_BUCKETS, distance_buckets
from newsextract.encoder.roles import OFFSETS, SLOPE, reach_of, word_offsets
from newsextract.training.batches import Batch, Choice, Roles, Sample
from newsextract.training.chances import to_chances
from newsextract.training.crf import LineCrf
from newsextract.training.network import LABEL_WIDTH, ROLE_WIDTH

WEIGHTS = {
    "entity": 1.0, "silver": 0.5, "cue": 1.0, "loose": 1.0, "phrase": 1.0, "roles": 1.0,
    "antecedents": 0.5, "chances": 0.5, "upos": 0.3, "sentence": 0.3, "arcs": 0.3, "labels": 0.3,
}  # fmt: skip
TAUGHT = 0.4
"""What a loss counts where its labels are an earlier model's."""
MISTAKEN = 0.1
"""Words that are this probable to be of a cue, and are not, train the roles too: as of none."""
MOST_MISTAKEN = 8


def weight_of(name: str, sample: Sample) -> float:
    """Return what the loss ``name`` counts in the corpus that ``sample`` is of."""
    return WEIGHTS[name] * (TAUGHT if name in sample.taught else 1.0)


class Decoding(nn.Module):
    """Transitions of the taggers, distance scores of the links, the labeler of arcs."""

    def __init__(self, deprels: int) -> None:
        super().__init__()
        self.entity = LineCrf(ENTITY_LABELS)
        self.taggers = nn.ModuleDict({name: LineCrf(own) for name, own in TAGGERS.items()})
        self.roles = LineCrf(ROLE_LABELS)
        tags = len(bioes_tags(ROLE_LABELS))
        width = ROLE_WIDTH + 1
        self.role_products = nn.Parameter(torch.randn(tags, width, width) / width)
        self.role_offsets = nn.Parameter(torch.zeros(OFFSETS, tags))
        self.antecedent_distances = nn.Parameter(torch.zeros(DISTANCE_BUCKETS))
        size = LABEL_WIDTH + 1
        self.arc_labels = nn.Parameter(torch.randn(deprels, size, size) / size)

    def crfs(self) -> dict[str, LineCrf]:
        """Return the transitions of every layer of tags, by the layer's name."""
        taggers = {name: crf for name, crf in self.taggers.items() if isinstance(crf, LineCrf)}
        return {"entity": self.entity, **taggers, "roles": self.roles}


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
    crfs = decoding.crfs()
    for name in ("entity", *TAGGERS):
        if getattr(sample, name) is not None:
            losses[name] = _line_loss(batch, heads[name], crfs[name], name=name)
    for name, loss in (
        ("roles", _role_loss(batch, heads, decoding)),
        ("antecedents", _antecedent_loss(batch, heads, decoding)),
    ):
        if loss is not None:
            losses[name] = loss
    for name in ("upos", "sentence"):
        if getattr(sample, name) is not None:
            losses[name] = _word_loss(batch, heads[name], name)
    if sample.chances:
        losses["chances"] = _chances_loss(batch, heads)
    if sample.heads is not None:
        losses |= _parse_losses(batch, heads, decoding)
    return losses


def _role_loss(batch: Batch, heads: dict[str, Tensor], decoding: Decoding) -> Tensor | None:
    """Return the loss of the tags around each cue, and around what is mistaken for one."""
    probable = 1 - torch.softmax(heads["cue"].detach(), -1)[:, :, 0]
    asked = [
        (row, *roles)
        for row, sample in enumerate(batch.samples)
        if sample.roles is not None
        for roles in (*sample.roles, *_mistaken(sample, probable[row].tolist()))
    ]
    if not asked:
        return None
    asked.sort(key=lambda a: a[2][0] - a[2][1])
    device = heads["cue"].device
    rows, cues, reaches, tags = zip(*asked, strict=True)
    width = reaches[0][1] - reaches[0][0]
    at = torch.tensor([first for first, _ in reaches])[:, None] + torch.arange(width)
    at = at.clamp(max=heads["cue"].shape[1] - 1).to(device)
    row = torch.tensor(rows, device=device)
    spans = torch.tensor([(row, *cue) for row, cue in zip(rows, cues, strict=True)])
    query = _bend(_means(heads["role_cue"], spans.to(device)))
    form = torch.einsum("cw,twv->cvt", query, decoding.role_products)
    scores = _bend(heads["role_word"].float())[row[:, None], at] @ form
    far = word_offsets(cues, [(a, a + width) for a, _ in reaches]).reshape(-1, width)
    scores = scores + decoding.role_offsets[torch.from_numpy(far).to(device)]
    right = _padded(list(tags), width).to(device)
    lengths = torch.tensor([b - a for a, b in reaches]).to(device)
    losses: Tensor = decoding.roles(scores, right, lengths)
    return losses.sum()


def _chances_loss(batch: Batch, heads: dict[str, Tensor]) -> Tensor:
    """Return how far the tags of every layer are from what the teacher finds probable.

    It is the Kullback-Leibler divergence, summed over words and layers.
    """
    total = heads["entity"].new_zeros(())
    for name in batch.samples[0].chances:
        parts = [torch.from_numpy(to_chances(s.chances[name])) for s in batch.samples]
        right = nn.utils.rnn.pad_sequence(parts, batch_first=True).to(total.device)
        scores = torch.log_softmax(heads[name].float()[:, : right.shape[1]], -1)
        total = total + nn.functional.kl_div(scores, right, reduction="sum")
    return total


def _bend(vectors: Tensor) -> Tensor:
    """Return ``vectors`` past a leaky rectifier, with a constant 1 behind them."""
    return nn.functional.pad(nn.functional.leaky_relu(vectors, SLOPE), (0, 1), value=1.0)


def _mistaken(sample: Sample, probable: list[float]) -> list[Roles]:
    """Return words that look like cues and are none, to which nothing belongs."""
    found: list[Roles] = []
    for line in sample.lines:
        for word in range(*line):
            if sample.cue is not None and probable[word] > MISTAKEN and not sample.cue[word]:
                first, last = reach_of((word, word + 1), line)
                found.append(((word, word + 1), (first, last), [0] * (last - first)))
    return found[:MOST_MISTAKEN]


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


def _antecedent_loss(batch: Batch, heads: dict[str, Tensor], decoding: Decoding) -> Tensor | None:
    choices = _gather([sample.antecedents for sample in batch.samples])
    if choices is None:
        return None
    device = heads["mention"].device
    query = _means(heads["mention"], choices.queries.to(device))
    key = _means(heads["antecedent"], choices.keys.to(device))
    logits = (key @ query[:, :, None]).squeeze(-1) / key.shape[-1] ** 0.5
    logits = logits + decoding.antecedent_distances[choices.buckets.to(device)]
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
