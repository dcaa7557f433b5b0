"""Speaker attribution: resolve each quote's source to an entity."""

from newsextract.stages.speakers.entity_index import Entities
from newsextract.stages.speakers.resolve import resolve_sources

__all__ = ["Entities", "resolve_sources"]
