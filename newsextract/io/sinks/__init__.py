"""Sinks: store records, each article exactly once.

``open_sink("out.db")`` chooses by the target's ending or URL.
"""

from newsextract.io.sinks.base import Entry, RejectedError, Run, Sink, last_of_each
from newsextract.io.sinks.targets import TARGET_FORMATS, check_linkable, name_target, open_sink

__all__ = [
    "TARGET_FORMATS",
    "Entry",
    "RejectedError",
    "Run",
    "Sink",
    "check_linkable",
    "last_of_each",
    "name_target",
    "open_sink",
]
