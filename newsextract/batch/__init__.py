"""Batch runs: many articles to a target, each exactly once, over all cores or a cluster.

``run(read_articles(["dump/"]), RunOptions("out.db", workers=4))`` goes on where it stopped.
"""

from newsextract.batch.options import RunOptions, RunSummary
from newsextract.batch.pool import extract_over
from newsextract.batch.runner import run
from newsextract.batch.work import ExtractorLoader, Loader

__all__ = ["ExtractorLoader", "Loader", "RunOptions", "RunSummary", "extract_over", "run"]
