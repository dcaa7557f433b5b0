"""Readers: stream articles from files in many formats.

``read_articles(["dump.jsonl.gz", "folder/"])`` yields an :class:`~newsextract.article.Article`
for each article and a :class:`~newsextract.article.Failure` for each that could not be read.
"""

from newsextract.article import Article, Failure
from newsextract.io.readers.options import INPUT_FORMATS, ReadOptions
from newsextract.io.readers.stream import ArticleStream, read_articles

__all__ = [
    "INPUT_FORMATS",
    "Article",
    "ArticleStream",
    "Failure",
    "ReadOptions",
    "read_articles",
]
