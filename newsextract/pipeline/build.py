"""Build the pipeline and run it on one document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from newsextract.encoder.component import NewsEncoder, Reading
from newsextract.encoder.foreign import ForeignEntities
from newsextract.errors import ModelError
from newsextract.language.masks import mask_surrogates
from newsextract.records import Block
from newsextract.stages.entities import find_entities
from newsextract.stages.layout import find_blocks

Component = TypeVar("Component", NewsEncoder, ForeignEntities)
SHARED_ATTRIBUTES = ("to_bytes", "from_bytes", "to_disk", "from_disk", "explain")

_LONG_RUN = re.compile(r"(?:[^\w\s]|_){16,}|\S{500,}")
"""What is not read as words: rulers, filler, data; spaCy's time grows with a run's square."""
_PART = re.compile(r"\S{1,64}")


class LayoutTokenizer:
    """spaCy's English tokenizer, whose tokens never cross the edge of a layout block.

    In "NewsRussia moves troops", where "News" is a section label, "News" and "Russia" are two.
    """

    def __init__(self, tokenizer: Any) -> None:
        self.inner = tokenizer

    def __call__(self, text: str) -> Doc:
        """Return the tokens of ``text``."""
        return self.cut(text, find_blocks(text))

    def cut(self, text: str, blocks: Sequence[Block]) -> Doc:
        """Return the tokens of ``text`` with the edges of ``blocks`` as token edges."""
        text = mask_surrogates(text)
        docs: list[Doc] = []
        for start, end in pairwise([0, *_cuts(text, blocks), len(text)]):
            docs += self._tokenize(text[start:end])
        doc = docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)
        doc.user_data["text"] = text
        return doc

    def _tokenize(self, text: str) -> Iterator[Doc]:
        """Yield the tokens of ``text``, part by part; spaCy reads what is no long run."""
        last = 0
        for run in _LONG_RUN.finditer(text):
            if last < run.start():
                yield self.inner(text[last : run.start()])
            space = text.startswith(" ", run.end())
            yield _read_run(self.inner.vocab, run[0], space=space)
            last = run.end() + space
        if last < len(text) or not text:
            yield self.inner(text[last:])

    def pipe(self, texts: Iterable[str], batch_size: int = 100) -> Iterable[Doc]:
        """Yield the tokens of one text after another."""
        return map(self, texts)

    def __getattr__(self, name: str) -> Any:
        if name in SHARED_ATTRIBUTES or name in ("vocab", "rules", "add_special_case"):
            return getattr(self.inner, name)
        raise AttributeError(name)


def _cuts(text: str, blocks: Sequence[Block]) -> list[int]:
    """Return the edges of blocks at which two characters stand without a space between."""
    edges = {edge for block in blocks for edge in (block.start, block.end)} - {0, len(text)}
    return sorted(e for e in edges if not text[e - 1].isspace() and not text[e].isspace())


def _read_run(vocab: Vocab, run: str, *, space: bool) -> Doc:
    """Return a long run as tokens of at most 64 characters, the last one before a space or not."""
    words = _PART.findall(run)
    return Doc(vocab, words=words, spaces=[False] * (len(words) - 1) + [space])


@Language.component("news_entities", assigns=["doc.ents"])
def reconcile_entities(doc: Doc) -> Doc:
    """Set ``doc.ents`` to what the whole article says of each name, and return ``doc``."""
    doc.set_ents(find_entities(doc))
    return doc


def make_pipeline(
    model: str | None = None, *, threads: int | None = None, ner: Language | None = None
) -> Language:
    """Return an English pipeline with the encoder and the components that follow it.

    Args:
        model: folder of a model of your own; by default the one shipped.
        threads: windows that run at the same time.
        ner: a pipeline whose entities take the place of the encoder's.
    """
    nlp = spacy.blank("en")
    nlp.tokenizer = LayoutTokenizer(nlp.tokenizer)
    nlp.add_pipe("news_encoder", config={"model": model, "threads": threads})
    if ner is not None:
        nlp.add_pipe("foreign_entities")
        find_component(nlp, ForeignEntities).nlp = ner
    nlp.add_pipe("news_entities")
    return nlp


def copy_pipeline(nlp: Language) -> Language:
    """Return a pipeline like ``nlp`` with a vocabulary of its own and the same components."""
    original: Any = nlp.tokenizer
    twin = spacy.blank("en")
    tokenizer = LayoutTokenizer(twin.tokenizer)
    tokenizer.from_bytes(original.to_bytes())
    twin.tokenizer = tokenizer
    for name in nlp.pipe_names:
        twin.add_pipe(name, source=nlp)
    twin.vocab.get_noun_chunks = nlp.vocab.get_noun_chunks
    return twin


def make_doc(nlp: Language, text: str, blocks: Sequence[Block]) -> Doc:
    """Run every component of ``nlp`` on ``text``, however long, without syntax."""
    return finish_doc(nlp, start_doc(nlp, text, blocks))


def start_doc(nlp: Language, text: str, blocks: Sequence[Block]) -> Doc | Reading:
    """Return the tokens of ``text``, with the encoder started if it is the first component."""
    tokenizer = nlp.tokenizer
    doc = tokenizer.cut(text, blocks) if isinstance(tokenizer, LayoutTokenizer) else tokenizer(text)
    first = nlp.pipeline[0][1] if nlp.pipeline else None
    return first.start(doc) if isinstance(first, NewsEncoder) else doc


def finish_doc(nlp: Language, started: Doc | Reading) -> Doc:
    """Return the document that was started, read by every component of ``nlp``."""
    components: list[Any] = [component for _, component in nlp.pipeline]
    doc: Doc
    if isinstance(started, Reading):
        doc = components.pop(0).finish(started, syntax=False)
    else:
        doc = started
    for component in components:
        annotate = component.annotate if isinstance(component, NewsEncoder) else None
        doc = annotate(doc, syntax=False) if annotate else component(doc)
    return doc


def find_component(nlp: Language, kind: type[Component]) -> Component:
    """Return the first component of ``nlp`` that is of the class ``kind``.

    Raises:
        ModelError: the pipeline has none.
    """
    for _, component in nlp.pipeline:
        if isinstance(component, kind):
            return component
    raise ModelError(f"this pipeline has no {kind.__name__}: nlp.add_pipe('news_encoder')")
