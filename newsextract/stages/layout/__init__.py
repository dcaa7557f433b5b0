"""Layout: headline, dateline, captions, paragraphs, duplicates."""

from newsextract.stages.layout.blocks import find_blocks

__all__ = ["find_blocks"]
