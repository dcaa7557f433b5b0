"""Time expressions by the rules of TempEval-3: spans, types and TIMEX3 values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from newsextract.evaluation.tally import F1, Tally
from newsextract.records import Date, Extraction

MEASURES = (F1("strict"), F1("relaxed"), F1("type"), F1("value"))
_YEARS = {"DE": 10, "CE": 100, "C": 100}


def tally(gold: dict[str, Any], record: Extraction) -> Tally:
    """Count the time expressions of one article."""
    result = Tally()
    add_dates(result, gold, gold["timexes"], record=record)
    return result


def add_dates(
    result: Tally, gold: dict[str, Any], timexes: Sequence[dict[str, Any]], *, record: Extraction
) -> None:
    """Count ``timexes`` against the dates of ``record``, each paired with its largest overlap."""
    hits = dict.fromkeys(("strict", "relaxed", "type", "value"), 0)
    left = list(record.dates)
    for timex in timexes:
        date = _nearest(timex, left)
        if date is None:
            result.add_error(gold["id"], "missed", timex["text"], timex["value"])
            continue
        left.remove(date)
        right = _compare(timex, date)
        for name, is_right in right.items():
            hits[name] += is_right
        if not right["value"]:
            published = gold.get("dct") or gold.get("published")
            result.add_error(
                gold["id"], "value", timex["text"], timex["value"], date.text, date.value, published
            )
    for date in left:
        result.add_error(gold["id"], "extra", date.text, date.value)
    for name, n in hits.items():
        result.add_hits(name, n, gold=len(timexes), found=len(record.dates))


def _nearest(timex: dict[str, Any], dates: Sequence[Date]) -> Date | None:
    """The date that overlaps ``timex`` most, the first of equals."""
    shared = [min(d.end, timex["end"]) - max(d.start, timex["start"]) for d in dates]
    most = max(shared, default=0)
    return dates[shared.index(most)] if most > 0 else None


def _compare(timex: dict[str, Any], date: Date) -> dict[str, bool]:
    return {
        "strict": (date.start, date.end) == (timex["start"], timex["end"]),
        "relaxed": True,
        "type": date.type == timex["type"],
        "value": same_value(timex["value"], date.value),
    }


def same_value(want: str | None, have: str | None) -> bool:
    """Return whether two TIMEX3 values say the same.

    Identical, or decades and centuries written in years, or a day that the gold does not know.
    """
    if want == have:
        return True
    if not want or not have:
        return False
    if _in_years(want) == _in_years(have):
        return True
    return want == "XXXX-XX-XX" and bool(re.match(r"XXXX-(XX-XX|WXX-\d)", have))


def _in_years(value: str) -> str:
    return re.sub(r"^P(\d+)(DE|CE|C)$", lambda m: f"P{int(m[1]) * _YEARS[m[2]]}Y", value)
