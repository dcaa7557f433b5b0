"""Select the articles to extract: skip other languages and duplicates on request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newsextract.article import Article, Failure, id_of
from newsextract.batch.options import RunSummary
from newsextract.language.recognition import is_english

if TYPE_CHECKING:
    from newsextract.batch.duplicates import SeenTexts


def select_articles(
    items: Iterable[Article | Failure],
    summary: RunSummary,
    *,
    english_only: bool = False,
    dedupe: bool = False,
) -> Iterator[Article | Failure]:
    """Yield ``items`` without skipped articles, which ``summary`` counts.

    For an article that repeats another, a failure of stage ``repeat`` says which.
    """
    seen = _open_seen() if dedupe else None
    try:
        for item in items:
            if isinstance(item, Failure):
                yield item
            elif english_only and not is_english(item.text):
                summary.foreign += 1
            elif seen is not None and (earlier := seen.add(item.text, id_of(item))) is not None:
                summary.repeated += 1
                id_ = id_of(item)
                yield Failure(id_, f"repeats {earlier}", id=id_, stage="repeat")
            else:
                yield item
    finally:
        if seen is not None:
            seen.close()


def _open_seen() -> SeenTexts:
    from newsextract.batch.duplicates import SeenTexts

    return SeenTexts()
