"""The spaCy component ``news_encoder``: the only writer to the ``Doc``."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IDX, IS_SPACE, LENGTH, POS, SENT_START
from spacy.language import Language
from spacy.parts_of_speech import IDS
from spacy.tokens import Doc, Span

from newsextract.encoder.chunks import noun_chunks
from newsextract.encoder.decode import Labels, label_words
from newsextract.encoder.labels import CONVENTIONS, PHRASE_LABELS, UPOS
from newsextract.encoder.lemmas import describe_form, lemmatize
from newsextract.encoder.model import Model, Outputs, load_model
from newsextract.encoder.words import Words, read_words
from newsextract.language.doc import doc_text

Ints = NDArray[np.intp]
SHIPPED = Path(__file__).parent.parent / "model"


@dataclass(frozen=True, slots=True)
class Reading:
    """A document whose windows are being read: its words, and where they stand among its tokens."""

    doc: Doc
    places: Ints
    words: Words
    outputs: Outputs


class NewsEncoder:
    """Sets entities, attribution spans with their links, parts of speech and sentences.

    ``doc.spans["cue"].attrs["source"]`` holds for each cue the index of its source or -1,
    ``doc.spans["content"].attrs["cue"]`` for each content the index of its cue or -1, and
    ``doc.spans["content"].attrs["score"]`` the probability that its attribution is right, or
    ``None`` where the model has no calibrated scores. ``doc.tensor`` (tokens, 128) holds what
    the coreference scorer reads.
    """

    def __init__(self, model: Model) -> None:
        self.model = model

    def follow(self, convention: str) -> None:
        """Find attributions by the guide of another corpus, one of ``CONVENTIONS``.

        PolNeAR marks more than the press guide, which records follow: "seems", "opposition to".
        """
        self.model = replace(self.model, convention=CONVENTIONS.index(convention))

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc`` in place, with syntax, and return it."""
        return self.annotate(doc, syntax=True)

    def annotate(self, doc: Doc, *, syntax: bool) -> Doc:
        """Annotate ``doc`` in place and return it.

        Args:
            doc: a document with no more than its tokens.
            syntax: whether to add heads, dependency labels, lemmas and morphology, which cost
                time and which the records do without.
        """
        return self.finish(self.start(doc, syntax=syntax), syntax=syntax)

    def start(self, doc: Doc, *, syntax: bool = False) -> Reading:
        """Start the network on ``doc``; with threads it runs while something else is done."""
        places = word_places(doc)
        words = words_of(doc, places)
        return Reading(doc, places, words, self.model.run(words, syntax=syntax))

    def finish(self, reading: Reading, *, syntax: bool) -> Doc:
        """Annotate the document that was started in place and return it."""
        places, words = reading.places, reading.words
        labels = label_words(self.model, words, syntax=syntax, outputs=reading.outputs)
        return self.write(reading.doc, labels, places, syntax=syntax)

    def write(self, doc: Doc, labels: Labels, places: Ints, *, syntax: bool = False) -> Doc:
        """Write ``labels`` of the tokens at ``places`` into ``doc`` and return it."""
        set_words(doc, labels, places)
        if syntax:
            set_syntax(doc, labels, places)
        set_spans(doc, labels, places)
        if labels.coreference:
            doc.tensor = _tensor(doc, labels, places)  # type: ignore[assignment]
        return doc


@Language.factory(
    "news_encoder",
    assigns=["doc.ents", "doc.spans", "token.pos", "token.is_sent_start", "doc.tensor"],
    default_config={"model": None, "threads": None},
)
def make_news_encoder(
    nlp: Language, name: str, model: str | None, threads: int | None
) -> NewsEncoder:
    """Return the component with the model in the folder ``model``, or the one shipped.

    Args:
        nlp: the pipeline that it joins.
        name: its name there.
        model: folder that ``newsextract train`` wrote.
        threads: windows that run at the same time; by default one for each processor, at most 4.
    """
    nlp.vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]
    folder = Path(model) if model else SHIPPED
    return NewsEncoder(load_model(folder, threads=threads or default_threads()))


def default_threads() -> int:
    """Return how many windows run at the same time unless the caller says."""
    if hasattr(os, "sched_getaffinity"):
        return min(4, len(os.sched_getaffinity(0)))
    return min(4, os.cpu_count() or 1)


def word_places(doc: Doc) -> Ints:
    """Return the indices of the tokens that are not white space."""
    return np.flatnonzero(doc.to_array([IS_SPACE]) == 0)


def words_of(doc: Doc, places: Ints) -> Words:
    """Return the words at the token indices ``places`` as the network sees them."""
    starts, sizes = doc.to_array([IDX, LENGTH])[places].T
    return read_words(doc_text(doc), zip(starts.tolist(), (starts + sizes).tolist(), strict=True))


def set_words(doc: Doc, labels: Labels, places: Ints) -> None:
    """Set part of speech and sentence start of every token; white space goes on as it is."""
    values = np.zeros((len(doc), 2), np.uint64)
    values[:, 0] = IDS["SPACE"]
    values[:, 1] = np.uint64(2**64 - 1)
    if len(places):
        table = np.array([IDS[tag] for tag in UPOS], np.uint64)
        values[places, 0] = table[labels.upos]
        starts = np.array(labels.sentence_starts)
        values[places, 1] = np.where(starts, np.uint64(1), np.uint64(2**64 - 1))
    if len(doc):
        values[0, 1] = 1
        doc.from_array([POS, SENT_START], values)  # type: ignore[arg-type]


def set_syntax(doc: Doc, labels: Labels, places: Ints) -> None:
    """Set heads, dependency labels, lemmas and morphology; white space hangs on what precedes."""
    if not len(places):
        return
    heads = [max(i - 1, 0) for i in range(len(doc))]
    heads[: places[0]] = [places[0]] * places[0]
    for at, head in zip(places, labels.heads, strict=True):
        heads[at] = places[head]
    deps = np.full(len(doc), doc.vocab.strings.add("dep"), np.uint64)
    deps[places] = [doc.vocab.strings.add(label) for label in labels.deprels]
    offsets = np.array(heads, np.int64) - np.arange(len(doc))
    doc.from_array(["HEAD", "DEP"], np.stack([offsets.astype(np.uint64), deps], 1))  # type: ignore[arg-type]
    for token in doc:
        if not token.is_space:
            token.lemma_ = lemmatize(token.text, token.pos_)
            token.set_morph(describe_form(token.lower_, token.pos_))  # type: ignore[attr-defined]


def set_spans(doc: Doc, labels: Labels, places: Ints) -> None:
    """Set entities, roles and nominals, and the three groups of attribution spans with links."""

    def span(first: int, last: int, label: str = "") -> Span:
        return Span(doc, places[first], places[last - 1] + 1, label=label)

    doc.set_ents([span(*entity) for entity in labels.entities])
    for name in PHRASE_LABELS:
        doc.spans[name] = [span(*p[:2]) for p in labels.phrases if p[2] == name]
    groups: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
    cue_sources, content_cues = [], []
    for frame in labels.frames:
        if frame.cue is not None:
            cue_sources.append(len(groups["source"]) if frame.source else -1)
            groups["cue"].append(span(*frame.cue))
        if frame.source is not None:
            groups["source"].append(span(*frame.source))
        content_cues += [len(groups["cue"]) - 1 if frame.cue else -1] * len(frame.contents)
        groups["content"] += [span(*part) for part in frame.contents]
    for name, found in groups.items():
        doc.spans[name] = found
    doc.spans["cue"].attrs["source"] = cue_sources
    doc.spans["content"].attrs["cue"] = content_cues
    doc.spans["content"].attrs["score"] = [f.score for f in labels.frames for _ in f.contents]


def _tensor(doc: Doc, labels: Labels, places: Ints) -> NDArray[np.float32]:
    rows = np.concatenate(labels.coreference)
    tensor = np.zeros((len(doc), rows.shape[1]), np.float32)
    tensor[places] = rows
    return tensor
