"""Pages to look at: one article with its records beside it, or a whole corpus.

Each page is one HTML file that needs no network, runs under a strict policy and can be printed.
"""

from newsextract.report.article import render_article

__all__ = ["render_article"]
