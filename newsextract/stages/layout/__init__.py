"""The structure of an article: headline, dateline, captions, paragraphs, what repeats."""

from newsextract.stages.layout.blocks import find_blocks

__all__ = ["find_blocks"]
