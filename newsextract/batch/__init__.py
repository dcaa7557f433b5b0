"""Batch runs: store many articles exactly once each, on all cores or a cluster.

``run(read_articles(["dump/"]), RunOptions("out.db", workers=4))`` resumes where it stopped.
"""

from newsextract.batch.options import RunOptions, RunSummary
from newsextract.batch.runner import run
from newsextract.loading import ExtractorLoader
from newsextract.parallel.chunks import Loader
from newsextract.parallel.pool import extract_over

__all__ = ["ExtractorLoader", "Loader", "RunOptions", "RunSummary", "extract_over", "run"]
