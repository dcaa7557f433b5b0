"""Sources: who or what is behind every quote, resolved over the whole article."""

from newsextract.sources.entities import Entities
from newsextract.sources.resolving import resolve_sources

__all__ = ["Entities", "resolve_sources"]
