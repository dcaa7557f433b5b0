"""Absolute dates in an order that the grammar does not decide, left to ``dateparser``."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache


@lru_cache(maxsize=1024)
def parse_leftover(text: str, day_first: bool | None = None) -> dt.date | None:
    """Return the day that ``text`` names in full, or None.

    ``dateparser`` is asked for whole dates only (day, month and year, English, strict), so it
    never fills a part in; it is loaded at the first such text, since loading takes long.
    """
    import dateparser

    parsed = dateparser.parse(
        text,
        languages=["en"],
        settings={
            "STRICT_PARSING": True,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "DATE_ORDER": "DMY" if day_first else "MDY",
            "PREFER_DATES_FROM": "current_period",
            "PARSERS": ["absolute-time"],
        },
    )
    return parsed.date() if parsed else None
