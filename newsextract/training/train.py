"""The trainer: seeded, resumable, any number of corpora with the heads that each one marks."""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from newsextract.encoder.labels import CONVENTIONS
from newsextract.encoder.windows import PieceReader, load_pieces
from newsextract.training.augment import Names, collect_names, hide_words, list_cities, swap_names
from newsextract.training.bases import TOKENIZER, load_base, read_shape
from newsextract.training.batches import Batch, Sample, collate, make_samples, pack
from newsextract.training.corpora import Document
from newsextract.training.losses import Decoding, Silver, batch_losses, weight_of
from newsextract.training.network import MINILM, Network, Shape, split_heads
from newsextract.training.prepare import load_prepared
from newsextract.training.restore import read_weights

logger = logging.getLogger(__name__)

DEFAULT_EPOCHS = {
    "press_train": 8.0, "frames_train": 3.0, "attribution_train": 4.0, "entities_train": 4.0,
    "silver_train": 1.0, "gum_train": 2.0, "ewt_train": 1.0, "pronouns_train": 1.0,
    "texts_train": 1.0, "annotated_train": 3.0,
}  # fmt: skip
_TAGGED = ("press_train", "annotated_train", "attribution_train", "entities_train")
_HEADS_RATE, _TRANSITIONS_RATE = 1e-3, 1e-2
_OFFSETS = (0, 170, 85, 215)
"""Word pieces by which the first window of a tagged article is smaller, in passes 1, 2, 3, 4."""


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """What a training run depends on; the same options and seed give the same weights.

    ``rate`` is the body's; heads and other new parameters use 1e-3, transitions 1e-2.
    ``exchanged`` is the share of names that another one stands in for, ``hidden`` the share of
    words that are masked, ``averaged`` what the mean of the weights keeps at each step. With
    ``frozen`` the heads alone are trained, for tasks that the body has learned well enough.
    """

    epochs: dict[str, float] = field(default_factory=lambda: dict(DEFAULT_EPOCHS))
    batch_pieces: int = 2400
    rate: float = 2e-4
    warmup: float = 0.06
    exchanged: float = 0.35
    hidden: float = 0.08
    averaged: float = 0.999
    frozen: bool = False
    seed: int = 1
    device: str = "cpu"
    checkpoint_minutes: float = 5.0


def list_deprels(corpora: dict[str, list[Document]]) -> list[str]:
    """Return the dependency labels that the corpora use, sorted."""
    return sorted({r for docs in corpora.values() for doc in docs for r in doc.deprels or ()})


def plan_batches(
    samples: dict[str, list[list[Sample]]], options: TrainOptions
) -> list[list[Sample]]:
    """Return every batch of the run in order; a fraction of an epoch takes part of a corpus.

    ``samples`` has for each corpus the windows of the passes over it, which take turns. Every
    corpus is spread evenly over the run, so that none is forgotten before its end.
    """
    rng = random.Random(options.seed)
    placed: list[tuple[float, list[Sample]]] = []
    for corpus, passes in samples.items():
        todo, own = options.epochs[corpus], []
        for number in range(math.ceil(todo)):
            windows = passes[number % len(passes)]
            share = rng.sample(windows, int(len(windows) * min(1.0, todo - number)))
            batches = pack(share, options.batch_pieces, rng)
            rng.shuffle(batches)
            own += batches
        placed += [((at + rng.random()) / len(own), batch) for at, batch in enumerate(own)]
    return [batch for _, batch in sorted(placed, key=lambda place: place[0])]


def make_optimizer(parts: Parts, options: TrainOptions) -> torch.optim.Optimizer:
    """Return AdamW with one rate for the body, one for the heads, one for decoding.

    Where the body is frozen, the heads alone are trained, and none decays that a corpus lacks.
    """
    if options.frozen:
        parts.network.requires_grad_(False)
        parts.network.heads.requires_grad_(True)
        trained = [*parts.network.heads.parameters(), *parts.decoding.parameters()]
        return torch.optim.AdamW(trained, lr=_HEADS_RATE, weight_decay=0.0)
    new = ("heads.", "cases.", "breaks.", "quotes.", "conventions.")
    body = [p for n, p in parts.network.named_parameters() if not n.startswith(new)]
    fresh = [p for n, p in parts.network.named_parameters() if n.startswith(new)]
    fresh += parts.silver.tags.parameters()
    counted = [*parts.decoding.parameters(), *parts.silver.crf.parameters()]
    groups = [
        {"params": body, "lr": options.rate, "weight_decay": 0.01},
        {"params": fresh, "lr": _HEADS_RATE, "weight_decay": 0.01},
        {"params": counted, "lr": _TRANSITIONS_RATE, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def rate_at(step: int, steps: int, warmup: float) -> float:
    """Return the share of the full rate at ``step``: up linearly, then down to 0."""
    rise = max(1, int(steps * warmup))
    return min((step + 1) / rise, max(0.0, (steps - step) / max(1, steps - rise)))


def mean_over_steps(kept: float) -> Callable[..., None]:
    """Return what moves the means of tensors on by a step.

    They keep ``kept`` of what they were, less in the first steps, so that short runs count too.
    """

    def move(means: Sequence[Tensor], now: Sequence[Tensor], step: Tensor | int) -> None:
        share = min(kept, (1 + int(step)) / (10 + int(step)))
        for mean, value in zip(means, now, strict=True):
            mean.lerp_(value, 1 - share)

    return move


def _autocast(device: str) -> AbstractContextManager[Any]:
    """Half precision where the processor has it: on others it is slower, not faster."""
    cpu = torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()
    fast = device == "cuda" or cpu
    return torch.autocast(device, dtype=torch.bfloat16) if fast else nullcontext()


def train(
    prepared: Path, base: Path, target: Path, options: TrainOptions, *, start: Path | None = None
) -> Path:
    """Train on the file of :func:`prepare` and return the file of weights.

    Args:
        prepared: documents cut into words.
        base: folder with the base model's ``model.safetensors`` and ``config.json``; its words are
            cut by the shipped model's vocabulary, which is BERT's.
        target: folder for weights and checkpoints; an unfinished run there goes on.
        options: rates, epochs, seed.
        start: file of weights or model folder to go on from, in place of the base model.
    """
    torch.manual_seed(options.seed)
    target.mkdir(parents=True, exist_ok=True)
    corpora = load_prepared(prepared)
    state = read_weights(start) if start is not None else {}
    deprels = state.get("deprels") or list_deprels(corpora)
    reader = load_pieces(TOKENIZER)
    samples = {
        name: [
            [s for d in corpora[name] for s in make_samples(d, reader, deprels=deprels, used=used)]
            for used in (_OFFSETS[: math.ceil(passes)] if name in _TAGGED else (0,))
        ]
        for name, passes in options.epochs.items()
        if name in corpora
    }
    parts = Parts(len(deprels), read_shape(base))
    load_base(parts.network, base)
    parts.load(state)
    run = Run(parts, deprels, options)
    names = collect_names(chain(*samples.get("entities_train", ())[:1]), list_cities())
    run.fit(plan_batches(samples, options), target, harden=Hardener(names, reader, options))
    return run.save(target / "weights.pt")


class Parts(nn.Module):
    """The network, and what is trained beside it: decoding, and the tagger of machine labels."""

    def __init__(self, deprels: int, shape: Shape = MINILM) -> None:
        super().__init__()
        self.network = Network(shape)
        self.decoding = Decoding(deprels)
        self.silver = Silver(self.network.shape.width)

    def load(self, state: dict[str, Any]) -> None:
        """Take the weights of another run or model, as far as it has them."""
        for name, part in self.named_children():
            if name in state:
                part.load_state_dict(with_all_conventions(state[name]), strict=False)


def with_all_conventions(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the parameters of a module; conventions that it does not know are as the first."""
    table = state.get("conventions.weight")
    if table is None:
        return state
    new = [table[:1]] * (len(CONVENTIONS) - len(table))
    return {**state, "conventions.weight": torch.cat([table, *new])}


@dataclass(frozen=True, slots=True)
class Hardener:
    """Makes the windows of tagged corpora harder, the same way for the same step."""

    names: Names
    reader: PieceReader
    options: TrainOptions

    def __call__(self, samples: Sequence[Sample], step: int) -> list[Sample]:
        """Return the samples of a step with names exchanged, then words hidden."""
        rng = random.Random(f"{self.options.seed} {step}")
        if not (samples[0].entity or samples[0].silver or samples[0].cue):
            return list(samples)
        share = self.options.exchanged
        swapped = [
            swap_names(sample, self.names, reader=self.reader, share=share, rng=rng)
            for sample in samples
        ]
        return [hide_words(sample, share=self.options.hidden, rng=rng) for sample in swapped]


class Run:
    """One training run: the modules, their optimiser, and where it stands."""

    def __init__(self, parts: Parts, deprels: list[str], options: TrainOptions) -> None:
        self.parts = parts.to(options.device)
        self.deprels, self.options = deprels, options
        self.optimizer = make_optimizer(parts, options)
        self.means = AveragedModel(parts, multi_avg_fn=mean_over_steps(options.averaged))
        self.rates = [group["lr"] for group in self.optimizer.param_groups]

    def fit(self, batches: Sequence[list[Sample]], target: Path, *, harden: Hardener) -> None:
        """Take one step a batch, with a checkpoint every few minutes."""
        checkpoint = target / "checkpoint.pt"
        first = self.resume(checkpoint)
        begun = saved = time.monotonic()
        pieces = 0
        self.parts.train()
        for step in range(first, len(batches)):
            torch.manual_seed(self.options.seed * len(batches) + step)
            batch = collate(harden(batches[step], step))
            losses = self.step(batch, rate_at(step, len(batches), self.options.warmup))
            pieces += sum(sample.size for sample in batch.samples)
            if step % 25 == 0:
                speed = pieces / (time.monotonic() - begun)
                shown = " ".join(f"{k}={v:.4f}" for k, v in losses.items())
                logger.info("step %d/%d, %.0f pieces/s: %s", step, len(batches), speed, shown)
            if time.monotonic() - saved > 60 * self.options.checkpoint_minutes:
                self.save(checkpoint, step=step + 1)
                saved = time.monotonic()

    def step(self, batch: Batch, share: float) -> dict[str, float]:
        """Take one optimiser step and return the loss of each layer for a word."""
        device = self.options.device
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * share
        parts = self.parts
        with _autocast(device):
            states = parts.network.read_words(
                batch.pieces.to(device),
                batch.features.to(device),
                batch.first.to(device),
                convention=batch.samples[0].convention,
            )
            outputs = parts.network.heads(states)
        words = sum(len(sample.words) for sample in batch.samples)
        heads, sample = split_heads(outputs.float()), batch.samples[0]
        losses = batch_losses(batch, heads, parts.decoding)
        if sample.silver is not None:
            losses["silver"] = parts.silver.loss(batch, states.float())
        total = sum(weight_of(name, sample) * loss for name, loss in losses.items()) / words
        self.optimizer.zero_grad(set_to_none=True)
        if isinstance(total, torch.Tensor):
            torch.autograd.backward(total)
            nn.utils.clip_grad_norm_(parts.network.parameters(), 1.0)
            self.optimizer.step()
            self.means.update_parameters(parts)
        return {name: float(loss.detach()) / words for name, loss in losses.items()}

    def save(self, path: Path, *, step: int | None = None) -> Path:
        """Write the averaged weights, with ``step`` also the state to resume from, then rename."""
        state: dict[str, Any] = {
            name: part.state_dict() for name, part in self.means.module.named_children()
        }
        state |= {"deprels": self.deprels, "shape": asdict(self.parts.network.shape)}
        if step is not None:
            state |= {"means": self.means.state_dict(), "parts": self.parts.state_dict()}
            state |= {"optimizer": self.optimizer.state_dict(), "step": step}
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)
        return path

    def resume(self, checkpoint: Path) -> int:
        """Return the step to go on from, with everything as it stood there."""
        if not checkpoint.exists():
            return 0
        state = torch.load(checkpoint, weights_only=True)
        self.parts.load_state_dict(state["parts"])
        self.means.load_state_dict(state["means"])
        self.optimizer.load_state_dict(state["optimizer"])
        return int(state["step"])
