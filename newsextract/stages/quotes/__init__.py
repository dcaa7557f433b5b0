"""Quotes: what is attributed to a source, as the text writes it beside the cue."""

from newsextract.stages.quotes.finding import find_quotes
from newsextract.stages.quotes.marks import Quotation, pair_marks

__all__ = ["Quotation", "find_quotes", "pair_marks"]
