"""Quote extraction: what is attributed to a source, with the source as written."""

from newsextract.stages.quotes.finding import find_quotes
from newsextract.stages.quotes.marks import Quotation, pair_marks
from newsextract.stages.quotes.relays import find_relays

__all__ = ["Quotation", "find_quotes", "find_relays", "pair_marks"]
