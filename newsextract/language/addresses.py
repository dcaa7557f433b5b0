"""Dates in web addresses."""

from __future__ import annotations

import datetime as dt
import re

from newsextract.language.calendar import MONTHS

_DAY = re.compile(
    r"https?://\S*?/((?:19|20)\d\d)[/-]"
    r"(\d\d?|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/-](\d\d?)(?![^/_-])",
    re.IGNORECASE,
)


def day_in_address(address: str) -> str | None:
    """Return the date in a web address, as ``2022-06-14`` of ".../2022/06/14/...".

    Fires: ".../2022/jun/14/flood". Not: ".../2022/06/flood", ".../2022/31/12/flood".
    """
    match = _DAY.match(address)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        number = MONTHS.get(month.lower()) or int(month)
        return dt.date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None
