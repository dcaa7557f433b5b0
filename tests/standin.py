"""A stand-in for the model: an extractor whose labels come from simple rules, or from chance.

What the stages do with labels can so be tested a hundred times faster than with the model, and on
labels that no model would give.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import numpy as np
import spacy
from helpers import ENTITY_LABELS, guess_pos
from spacy.attrs import POS, SENT_START
from spacy.language import Language
from spacy.parts_of_speech import IDS
from spacy.tokens import Doc, Span

from newsextract.extractor import Extractor
from newsextract.pipeline import LayoutTokenizer

LABELS = tuple(sorted(ENTITY_LABELS))
TAGS = ("NOUN", "PROPN", "VERB", "ADJ", "PRON", "ADP", "DET", "NUM", "PUNCT", "X")
CUES = frozenset(("said", "says", "told", "according", "warned", "fear", "quoting"))
OPENING, CLOSING = '“"«„', '”"»“'
WIDTH = 128
Range = tuple[int, int]


class StandIn:
    """Annotates a ``Doc`` as the encoder does; with a ``seed`` at random, else by rules."""

    def __init__(self) -> None:
        self.seed: int | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc`` in place and return it."""
        words = [token.i for token in doc if not token.is_space]
        random = None if self.seed is None else Random(self.seed)
        _set_words(doc, random)
        if random is None:
            _set_by_rules(doc, words)
        else:
            _set_at_random(doc, words, random)
        return doc


@Language.factory("stand_in")
def make_stand_in(nlp: Language, name: str) -> StandIn:
    """Return the component for a spaCy pipeline."""
    return StandIn()


def make_extractor() -> Extractor:
    """Return an extractor without a model; ``stand_in_of`` gives its component."""
    nlp = spacy.blank("en")
    nlp.tokenizer = LayoutTokenizer(nlp.tokenizer)
    nlp.add_pipe("stand_in")
    nlp.add_pipe("news_entities")
    return Extractor(nlp, model="stand-in")


def stand_in_of(extractor: Extractor) -> StandIn:
    """Return the component of an extractor of :func:`make_extractor`, to set its seed."""
    return extractor.nlp.get_pipe("stand_in")


def _set_words(doc: Doc, random: Random | None) -> None:
    values = np.zeros((len(doc), 2), np.uint64)
    for token in doc:
        tag = guess_pos(token.text)
        if random is not None and tag != "SPACE" and random.random() < 0.2:
            tag = random.choice(TAGS)
        opens = token.i == 0 or _opens_sentence(doc, token.i)
        values[token.i] = IDS[tag], 1 if opens else 2**64 - 1
    if len(doc):
        doc.from_array([POS, SENT_START], values)


def _opens_sentence(doc: Doc, i: int) -> bool:
    before = doc[i - 1].text
    return "\n" in before or (before in (".", "!", "?") and not doc[i].is_space)


def _set_by_rules(doc: Doc, words: list[int]) -> None:
    """Names are runs of capitals, contents stand in marks, a source stands beside its cue."""
    names = list(_runs(doc, words))
    doc.ents = [Span(doc, a, b, label=LABELS[sum(map(ord, doc[a].text)) % 9]) for a, b in names]
    roles = [Span(doc, a - 1, a) for a, _ in names if a and doc[a - 1].pos_ == "NOUN"]
    doc.spans["role"], doc.spans["nominal"] = roles, [role for role in roles if role.start]
    cues = [(i, i + 1) for i in words if doc[i].lower_ in CUES]
    contents = sorted((*_marked(doc, words), *_reported(doc, words)))
    _set_groups(doc, names, cues, contents)
    doc.spans["cue"].attrs["source"] = _nearest(cues, names)
    doc.spans["content"].attrs["cue"] = _nearest(contents, cues)


def _runs(doc: Doc, words: list[int]) -> Iterator[Range]:
    start = None
    for i in words:
        capital = doc[i].text[0].isupper() and doc[i].pos_ == "PROPN"
        if start is not None and not capital:
            yield start, i
        start = (i if start is None else start) if capital else None


def _marked(doc: Doc, words: list[int]) -> Iterator[Range]:
    start = None
    for i in words:
        text = doc[i].text
        if start is None and text in OPENING:
            start = i
        elif start is not None and (text in CLOSING or i - start > 60):
            yield start, i + 1
            start = None


def _reported(doc: Doc, words: list[int]) -> Iterator[Range]:
    """Yield what stands from each "that" to the end of its sentence, where that is near."""
    for at in words:
        if doc[at].lower_ == "that" and at + 1 < len(doc):
            ends = (i for i in range(at + 1, min(at + 30, len(doc))) if doc[i].text == ".")
            end = next(ends, None)
            if end is not None and end > at + 1:
                yield at + 1, end


def _nearest(spans: list[Range], others: list[Range]) -> list[int]:
    """Return for each span the index of the first of ``others`` near it, or -1."""
    found, at = [], 0
    for start, end in spans:
        while at < len(others) and others[at][1] < start - 10:
            at += 1
        found.append(at if at < len(others) and others[at][0] <= end + 10 else -1)
    return found


def _set_at_random(doc: Doc, words: list[int], random: Random) -> None:
    """Spans and links as chance has them: in order, apart, and never at white space's edge."""
    ents = _random_ranges(words, random)
    doc.ents = [Span(doc, a, b, label=random.choice(LABELS)) for a, b in ents]
    sources, cues, contents = (_random_ranges(words, random) for _ in range(3))
    _set_groups(doc, sources, cues, contents)
    doc.spans["cue"].attrs["source"] = [random.randrange(-1, len(sources)) for _ in cues]
    doc.spans["content"].attrs["cue"] = [random.randrange(-1, len(cues)) for _ in contents]
    if words and random.random() < 0.5:
        numbers = np.random.default_rng(random.randrange(2**32))
        doc.tensor = numbers.standard_normal((len(doc), WIDTH), np.float32)


def _random_ranges(words: list[int], random: Random) -> list[Range]:
    ranges, at = [], 0
    longest = random.choice((2, 4, 12))
    while at < len(words):
        at += random.randrange(longest)
        end = at + random.randrange(1, longest)
        if end <= len(words):
            ranges.append((words[at], words[end - 1] + 1))
        at = end
    return ranges


def _set_groups(doc: Doc, sources: list[Range], cues: list[Range], contents: list[Range]) -> None:
    for name, ranges in (("source", sources), ("cue", cues), ("content", contents)):
        doc.spans[name] = [Span(doc, start, end) for start, end in ranges]
    doc.spans["content"].attrs["score"] = [0.5] * len(contents)
