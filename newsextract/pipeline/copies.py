"""One pipeline per thread, because spaCy's vocabulary is not thread-safe."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from queue import Empty, LifoQueue
from threading import Lock

from spacy.language import Language

from newsextract.encoder.component import NewsEncoder
from newsextract.errors import NewsextractError
from newsextract.pipeline.build import LayoutTokenizer, copy_pipeline, reconcile_entities

MOST_COPIES = 8
"""More threads than this wait for each other."""
MOST_LEARNT = 20_000
"""Words that a pipeline keeps, those of its first articles; others it reads anew each time."""
LEARNT_FROM = 500_000
"""The most characters that it keeps the words of at once: memory stays bounded."""


class Pipelines:
    """Lends a pipeline to each thread that reads an article; the network itself is shared.

    A pipeline with components of your own is not copied: its threads take turns.

    Args:
        nlp: the pipeline, which is copied when it is out and another thread asks.
    """

    def __init__(self, nlp: Language) -> None:
        self._pipelines = [nlp]
        self._lent: set[object] = set()
        self._growing = Lock()
        self._start_process()

    def _start_process(self) -> None:
        self._process = os.getpid()
        self._idle: LifoQueue[Language] = LifoQueue()
        for nlp in self._pipelines:
            self._idle.put(nlp)

    @contextmanager
    def borrow(self, characters: int = 0) -> Iterator[Language]:
        """Lend a pipeline, within a memory zone of its own once it has learnt enough words.

        At the end of a zone spaCy forgets the words that are new in it.

        Args:
            characters: how long the texts are that it is to read.

        Raises:
            NewsextractError: this process was forked while another thread was reading.
        """
        self._check_process()
        ticket = object()
        self._lent.add(ticket)
        try:
            nlp = self._take()
            try:
                learns = len(nlp.vocab) < MOST_LEARNT and characters <= LEARNT_FROM
                with nullcontext() if learns else nlp.memory_zone():
                    yield nlp
            finally:
                self._idle.put(nlp)
        finally:
            self._lent.discard(ticket)

    def _take(self) -> Language:
        try:
            return self._idle.get_nowait()
        except Empty:
            return self._copy() or self._idle.get()

    def _copy(self) -> Language | None:
        with self._growing:
            if len(self._pipelines) >= MOST_COPIES or not _can_copy(self._pipelines[0]):
                return None
            nlp = copy_pipeline(self._pipelines[0])
            self._pipelines.append(nlp)
            return nlp

    def _check_process(self) -> None:
        """After a fork, continue with what no other thread was using."""
        if self._process == os.getpid():
            return
        if self._lent:
            raise NewsextractError(
                "this process was forked while another thread was extracting: load an extractor "
                "of its own here, with newsextract.load()"
            )
        self._start_process()


def _can_copy(nlp: Language) -> bool:
    return isinstance(nlp.tokenizer, LayoutTokenizer) and all(
        isinstance(component, NewsEncoder) or component is reconcile_entities
        for _, component in nlp.pipeline
    )
