"""Other libraries on the same articles, where they can be run without a download."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from datetime import datetime

from newsextract.evaluation.gold import Gold
from newsextract.records import Date, Extraction


def search_with_dateparser(articles: Iterable[Gold]) -> dict[str, Extraction]:
    """Return the dates that ``dateparser.search`` finds in ``articles``, by id."""
    return {gold["id"]: Extraction(gold["id"], dates=tuple(_dates(gold))) for gold in articles}


def _dates(gold: Gold) -> Iterator[Date]:
    from dateparser.search import search_dates

    base = datetime.fromisoformat(gold["dct"])
    settings = {"RELATIVE_BASE": base, "RETURN_AS_TIMEZONE_AWARE": False}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = search_dates(gold["text"], languages=["en"], settings=settings) or []
    position = 0
    for number, (words, moment) in enumerate(found, 1):
        start = gold["text"].find(words, position)
        if start >= 0:
            position = start + len(words)
            value = moment.date().isoformat()
            yield Date(f"T{number}", start, position, words, "DATE", value)
