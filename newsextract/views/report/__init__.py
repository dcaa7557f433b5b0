"""HTML pages: one article with its records beside it, or a whole corpus.

Each page is a single printable HTML file that needs no network and runs under a strict content
security policy.
"""

from newsextract.views.report.article import render_article
from newsextract.views.report.corpus import CorpusOptions, read_rows, render_corpus
from newsextract.views.report.notebook import render_notebook

__all__ = ["CorpusOptions", "read_rows", "render_article", "render_corpus", "render_notebook"]
