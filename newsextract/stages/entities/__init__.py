"""Entities: spans with a final label, reconciled over the whole article."""
