"""Stores: read back what a run stored, as records, rows and frames.

``open_store("news.db").quotes(speaker="Ann Lee")`` works alike for every target.
"""

from newsextract.io.stores.answer import Answer
from newsextract.io.stores.conditions import Filters
from newsextract.io.stores.database import Database, is_store, open_database
from newsextract.io.stores.rows import ArticleRow, MentionRow, PersonRow, QuoteRow, RepeatRow
from newsextract.io.stores.store import Store, open_store

__all__ = [
    "Answer",
    "ArticleRow",
    "Database",
    "Filters",
    "MentionRow",
    "PersonRow",
    "QuoteRow",
    "RepeatRow",
    "Store",
    "is_store",
    "open_database",
    "open_store",
]
