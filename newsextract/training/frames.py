"""Invented sentences for training: frames of attribution that the corpora hold too rarely.

``frames.txt`` has lines with slots and lists that fill them. Every line is drawn several times with
other fillings, and several lines make a document, as the sentences of an article do.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files

from newsextract.encoder.labels import PHRASE_LABELS
from newsextract.training.corpora import Document, find_words, to_word_span

_TOKEN = re.compile(r"\[(\w+) |\]|<(\w+)>")
_PART = re.compile(r"([sct])(\d)b?")
_LABELS = {"s": "source", "c": "cue", "t": "content"}
_NAMES = {"per": "PERSON", "last": "PERSON", "org": "ORG", "out": "ORG", "loc": "LOC"}
_LINES = 5
_ENDS = (".", "?", "”", "'")
Offsets = tuple[int, int]


@dataclass(slots=True)
class _Passage:
    """The text of some sentences with what is marked in them, in characters."""

    text: str = ""
    marked: list[tuple[int, int, str]] = field(default_factory=list)
    names: list[tuple[int, int, str]] = field(default_factory=list)


def make_frames(*, rounds: int = 8, seed: int = 1) -> Iterator[Document]:
    """Yield documents of ``_LINES`` sentences each; every line stands in ``rounds`` of them."""
    lists = read_lists()
    rng = random.Random(seed)
    for number in range(rounds):
        lines = rng.sample(lists["lines"], len(lists["lines"]))
        for first in range(0, len(lines), _LINES):
            passage = _Passage()
            for count, line in enumerate(lines[first : first + _LINES]):
                ended = passage.text[-1:] in _ENDS
                passage.text += rng.choice((" ", "\n\n")) if ended else "\n\n" * (count > 0)
                _add_line(passage, line, lists, rng=rng, prefix=str(count))
            yield _to_document(f"frames-{number}-{first}", passage)


def read_lists() -> dict[str, list[str]]:
    """Return the lists of ``frames.txt`` by name; ``lines`` holds the sentences."""
    text = (files("newsextract.training") / "frames.txt").read_text(encoding="utf8")
    lists: dict[str, list[str]] = {}
    name = ""
    for row in text.splitlines():
        if row.startswith("= "):
            name = row[2:]
        elif row and not row.startswith("#"):
            lists.setdefault(name, []).extend([row] if name == "lines" else row.split("; "))
    return lists


def _add_line(
    passage: _Passage, line: str, lists: dict[str, list[str]], *, rng: random.Random, prefix: str
) -> None:
    """Add one sentence, its slots filled; ``prefix`` keeps its attributions apart from others."""
    people = dict(zip(("per", "per2"), rng.sample(lists["per"], 2), strict=True))
    people |= {f"last{key[3:]}": name.split()[-1] for key, name in people.items()}
    opened: list[tuple[int, str]] = []
    at = 0
    for match in _TOKEN.finditer(line):
        passage.text += line[at : match.start()].replace(" | ", "\n\n")
        at = match.end()
        if match[1]:
            opened.append((len(passage.text), match[1]))
        elif match[2]:
            slot = match[2] if match.start() else match[2].capitalize()
            _fill(passage, slot, people.get(match[2]), lists, rng=rng)
        else:
            start, label = opened.pop()
            part = _PART.fullmatch(label)
            key = f"{prefix}{part[2]} {_LABELS[part[1]]}" if part else f" {label}"
            passage.marked.append((start, len(passage.text), key))
    passage.text += line[at:].replace(" | ", "\n\n")


def _fill(
    passage: _Passage,
    slot: str,
    name: str | None,
    lists: dict[str, list[str]],
    *,
    rng: random.Random,
) -> None:
    """Add what fills a slot; a slot with a capital opens a sentence."""
    words = name or rng.choice(lists[slot if slot in lists else slot.lower()])
    words = words[0].upper() + words[1:] if slot[0].isupper() else words
    start = len(passage.text)
    label = _NAMES.get(slot.rstrip("2").lower())
    if label is None and "<" in words:
        for match in re.split(r"(<\w+>)", words):
            if match.startswith("<"):
                _fill(passage, match[1:-1], None, lists, rng=rng)
            else:
                passage.text += match
        return
    passage.text += words
    if label:
        own = start + len("the ") * words.lower().startswith("the ")
        passage.names.append((own, len(passage.text), label))


def _to_document(name: str, passage: _Passage) -> Document:
    words = find_words(passage.text)
    spans: list[tuple[int, int, str]] = []
    grouped: dict[str, dict[str, list[int]]] = {}
    phrases: list[tuple[int, int, str]] = []
    for start, end, key in sorted(passage.marked):
        number, _, label = key.partition(" ")
        span = (*to_word_span(words, start, end), label)
        if label in PHRASE_LABELS:
            phrases.append(span)
        else:
            own = grouped.setdefault(number, {"source": [], "cue": [], "content": []})
            own[label].append(len(spans))
            spans.append(span)
    for number, own in grouped.items():
        before = grouped.get(f"{number[:-1]}{int(number[-1]) - 1}")
        if own["cue"] and not own["source"] and before is not None:
            own["source"] = before["source"]
    links = [
        (own["cue"][0], own["source"][0] if own["source"] else -1, own["content"])
        for own in grouped.values()
        if own["cue"]
    ]
    kept = {n for cue, source, contents in links for n in (cue, source, *contents)}
    loose = {n for own in grouped.values() if not own["cue"] for n in own["content"]}
    spans = [s if n in kept | loose else (0, 0, s[2]) for n, s in enumerate(spans)]
    entities = [(*to_word_span(words, start, end), label) for start, end, label in passage.names]
    return Document(
        name, passage.text, words, entities=sorted(entities), spans=spans, links=links,
        phrases=phrases,
    )  # fmt: skip
