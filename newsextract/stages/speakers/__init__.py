"""Sources: who or what is behind every quote, resolved over the whole article."""

from newsextract.stages.speakers.entity_index import Entities
from newsextract.stages.speakers.resolve import resolve_sources

__all__ = ["Entities", "resolve_sources"]
