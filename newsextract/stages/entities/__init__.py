"""Entities: spans with a final label, reconciled over the whole article."""

from newsextract.stages.entities.bylines import name_authors
from newsextract.stages.entities.reconcile import find_entities

__all__ = ["find_entities", "name_authors"]
