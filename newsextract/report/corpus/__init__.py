"""The page of a corpus: who is quoted, how, when and where, counted before it is drawn."""

from newsextract.report.corpus.page import CorpusOptions, render_corpus
from newsextract.report.corpus.reading import read_rows

__all__ = ["CorpusOptions", "read_rows", "render_corpus"]
