"""Hypothesis strategies: any record, and texts as hostile as the web."""

from __future__ import annotations

from hypothesis import strategies as st

from newsextract import records

numbers = st.integers(0, 10_000)
words = st.text(max_size=12)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


def some(values: st.SearchStrategy) -> st.SearchStrategy:
    """Return a strategy of short tuples of ``values``."""
    return st.lists(values, max_size=2).map(tuple)


def built(cls: type, **fields: st.SearchStrategy) -> st.SearchStrategy:
    """Return a strategy of ``cls`` with small offsets; other fields come from their types."""
    offsets = {"start": numbers, "end": numbers} if "start" in cls.__slots__ else {}
    return st.builds(cls, **{**offsets, **fields})


def places() -> st.SearchStrategy:
    """Return a strategy of places: the only records with ranges."""
    return built(
        records.Place,
        mentions=some(built(records.Mention)),
        latitude=st.none() | st.floats(-90, 90),
        longitude=st.none() | st.floats(-180, 180),
        score=st.none() | st.floats(0, 1),
    )


def quotes() -> st.SearchStrategy:
    """Return a strategy of quotes."""
    span = built(records.Span)
    return built(
        records.Quote,
        content=some(span),
        cue=st.none() | span,
        source=st.none() | span,
        context=built(records.Context),
        score=st.none() | st.floats(0, 1),
    )


def people() -> st.SearchStrategy:
    """Return a strategy of people."""
    return built(
        records.Person,
        roles=some(built(records.Role)),
        affiliations=some(built(records.Affiliation)),
        mentions=some(built(records.Mention)),
    )


def issues() -> st.SearchStrategy:
    """Return a strategy of issues, with or without offsets."""
    offset = st.none() | numbers
    return st.builds(records.Issue, start=offset, end=offset)


def extractions() -> st.SearchStrategy:
    """Return a strategy of whole records."""
    return st.builds(
        records.Extraction,
        schema=st.just(records.SCHEMA),
        meta=st.dictionaries(words, json_values, max_size=3),
        layout=some(built(records.Block, of=st.none() | numbers)),
        people=some(people()),
        organizations=some(built(records.Organization, mentions=some(built(records.Mention)))),
        places=some(places()),
        dates=some(built(records.Date)),
        quotes=some(quotes()),
        sources=some(st.builds(records.Source)),
        issues=some(issues()),
        text=st.none(),
    )


PIECES = (
    "Ann Lee", "said", "“", "”", '"', "'", "’", "«", "»", "「", "」", "(", ")", "—", ", ", ". ",
    "\n", "\n\n", "\r\n", "\r", "\t", "\x00", "\u200b", "\u202e", "\u2028", "\u00a0", "\ufeff",
    "é", "e\u0301", "👩‍👩‍👧", "\ud800", "\udfff", "東京", "Мос", "كتاب", "<p>", "</div>", "&amp;",
    "https://example.org/?a=b", "KYIV, Aug 14 (Reuters) -", "On Monday", "30 February 2024",
    "14 August 2024 07:46", "according to", "the minister", "she", "Mr.", "U.S.", "$3.5m", "1.",
    "| a | b |", "By Ann Lee", "Read more:", "WASHINGTON", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
)  # fmt: skip


def articles(longest: int = 60) -> st.SearchStrategy:
    """Return a strategy of texts: news-like pieces and anything else, glued or spaced."""
    piece = st.sampled_from(PIECES) | st.text(max_size=6) | st.characters(categories=["Cs", "Cf"])
    glue = st.sampled_from(("", " ", "\n"))
    return st.builds(str.join, glue, st.lists(piece, max_size=longest))
