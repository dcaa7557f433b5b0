"""Filter records: drop stances (beliefs, wishes, fears) and keep statements."""

from __future__ import annotations

import dataclasses

from newsextract.records import Extraction, Quote, Source


def keep_statements(extraction: Extraction) -> Extraction:
    """Return ``extraction`` without quotes of mode ``stance`` and the sources of those alone.

    Ids stay as they were, so that a record and its shorter form can be compared.
    """
    kept = {quote.id for quote in extraction.quotes if quote.mode == "statement"}
    if len(kept) == len(extraction.quotes):
        return extraction
    quotes = (_detach(quote, kept) for quote in extraction.quotes if quote.id in kept)
    sources = (_narrow(source, kept) for source in extraction.sources)
    return dataclasses.replace(
        extraction,
        quotes=tuple(quotes),
        sources=tuple(source for source in sources if source.quotes or source.relays),
    )


def _detach(quote: Quote, kept: set[str]) -> Quote:
    if quote.in_quote is None or quote.in_quote in kept:
        return quote
    return dataclasses.replace(quote, in_quote=None)


def _narrow(source: Source, kept: set[str]) -> Source:
    return dataclasses.replace(
        source,
        quotes=tuple(id for id in source.quotes if id in kept),
        relays=tuple(id for id in source.relays if id in kept),
    )
