"""The corpus page: who is quoted, how, when and where."""

from newsextract.views.report.corpus.page import CorpusOptions, render_corpus
from newsextract.views.report.corpus.reading import read_rows

__all__ = ["CorpusOptions", "read_rows", "render_corpus"]
