"""Time expressions: where they stand in the text and what they mean on the calendar."""

from newsextract.stages.dates.finder import find_dates

__all__ = ["find_dates"]
