"""Pages to look at: one article with its records beside it, or a whole corpus.

Each page is one HTML file that needs no network, runs under a strict policy and can be printed.
"""

from newsextract.views.report.article import render_article
from newsextract.views.report.corpus import CorpusOptions, read_rows, render_corpus
from newsextract.views.report.notebook import render_notebook

__all__ = ["CorpusOptions", "read_rows", "render_article", "render_corpus", "render_notebook"]
