"""The stages of extraction: each reads a ``Doc`` and returns records."""
