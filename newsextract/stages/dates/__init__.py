"""Time expressions: find them and resolve them to calendar values."""

from newsextract.stages.dates.finder import find_dates

__all__ = ["find_dates"]
