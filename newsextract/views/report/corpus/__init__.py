"""The page of a corpus: who is quoted, how, when and where, counted before it is drawn."""

from newsextract.views.report.corpus.page import CorpusOptions, render_corpus
from newsextract.views.report.corpus.reading import read_rows

__all__ = ["CorpusOptions", "read_rows", "render_corpus"]
