"""Queries on a ``Doc``: the same answers as spaCy's, without its spans."""

from __future__ import annotations

import pytest
import spacy

from newsextract.language.doc import tokens_of
from newsextract.records import Span

TEXT = "Ann  Lee said\n\nshe’d go. “No,” he said. "


@pytest.mark.parametrize("text", [TEXT, TEXT.strip(), "a", " a"])
def test_tokens_of_any_span(text: str) -> None:
    """They are those that spaCy finds, whether edges are in words, in spaces or between both."""
    doc = spacy.blank("en")(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            found = doc.char_span(start, end, alignment_mode="expand")
            assert found is not None
            tokens = tokens_of(doc, Span(start, end, text[start:end]))
            assert list(tokens) == [token.i for token in found]


def test_nothing_has_no_tokens() -> None:
    """Neither no span nor a text without tokens has any."""
    doc = spacy.blank("en")("")
    assert not tokens_of(doc, None)
    assert not tokens_of(doc, Span(0, 0, ""))
