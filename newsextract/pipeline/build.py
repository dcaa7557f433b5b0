"""Building the pipeline, and reading one document with it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, TypeVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from newsextract.encoder.component import NewsEncoder, Reading
from newsextract.encoder.foreign import ForeignEntities
from newsextract.errors import ModelError
from newsextract.language.doc import doc_text
from newsextract.language.masks import mask_surrogates
from newsextract.records import Block
from newsextract.stages.entities import find_entities
from newsextract.stages.layout import find_blocks

Component = TypeVar("Component", NewsEncoder, ForeignEntities)
SHARED_ATTRIBUTES = ("to_bytes", "from_bytes", "to_disk", "from_disk", "explain")


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
        doc: Doc = self.inner(mask_surrogates(text))
        edges = {edge for block in blocks for edge in (block.start, block.end)}
        edges -= {token.idx for token in doc}
        if edges - {len(text), 0}:
            _split_tokens(doc, edges)
        return doc

    def pipe(self, texts: Iterable[str], batch_size: int = 100) -> Iterable[Doc]:
        """Yield the tokens of one text after another."""
        return map(self, texts)

    def __getattr__(self, name: str) -> Any:
        if name in SHARED_ATTRIBUTES or name in ("vocab", "rules", "add_special_case"):
            return getattr(self.inner, name)
        raise AttributeError(name)


def _split_tokens(doc: Doc, edges: set[int]) -> None:
    text, ordered = doc_text(doc), sorted(edges)
    with doc.retokenize() as retokenizer:
        for token in doc:
            end = token.idx + len(token)
            inside = ordered[bisect_right(ordered, token.idx) : bisect_left(ordered, end)]
            if inside:
                parts = [text[a:b] for a, b in pairwise([token.idx, *inside, end])]
                heads: list[Token | tuple[Token, int]] = [(token, n) for n in range(len(parts))]
                retokenizer.split(token, parts, heads=heads)


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
        model: folder of a model of the caller's own; by default the one shipped.
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
    """Return ``text`` read by every component of ``nlp``, whatever its length, without syntax."""
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
