"""Quote extraction: attributed content with its source as written."""

from newsextract.stages.quotes.finding import find_quotes
from newsextract.stages.quotes.marks import Quotation, pair_marks
from newsextract.stages.quotes.relays import find_relays

__all__ = ["Quotation", "find_quotes", "find_relays", "pair_marks"]
