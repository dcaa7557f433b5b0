"""The headline: the line at the top that reads like a title, not like a first sentence."""

from __future__ import annotations

import re

from newsextract.records import BlockKind
from newsextract.stages.layout.datelines import find_dateline
from newsextract.stages.layout.lines import Line

_LONGEST = 220
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_LEAD = re.compile(
    r"\b(?:said|told|announced|reported|yesterday|(?:on |last |this )?(?:mon|tues|wednes|thurs|fri|"
    r"satur|sun)day)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:a|an|the|he|she|they|it|in|at|on|after|it's|there)\b", re.IGNORECASE)


def find_headline(lines: list[Line], kinds: dict[int, BlockKind], end: int) -> int | None:
    """Return the index of the headline among the first ``end`` lines, or None.

    A line wins by evidence: no full stop, capitals on most words, a dateline below, the words
    of the article's own address above; a reporting verb or weekday speaks against it.
    """
    address = next((lines[i].text for i in range(end) if "://" in lines[i].text), None)
    for index in range(end):
        if kinds.get(index) is not None or len(lines[index].text) > _LONGEST:
            continue
        if len(lines[index].text.split()) <= 2 and index + 1 < end:
            continue
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        won = following and _score(lines[index].text, following, address) >= 2
        return index if won else None
    return None


def _score(text: str, following: str, address: str | None) -> int:
    """Return how much speaks for ``text`` as a headline; 2 is enough."""
    score = 1 if address is None else 0
    if text[-1] not in ".!?:,":
        score += 2
    words = _WORD.findall(text)
    long_words = [w for w in words if len(w) > 3]
    if len(long_words) > 2 and sum(w[0].isupper() for w in long_words) >= 0.75 * len(long_words):
        score += 2
    if find_dateline(following, first=True):
        score += 2
    if len(words) <= 16 and address is None:
        score += 1
    if address is not None:
        score += 2 if _in_address(long_words, address) else -2
    if _LEAD.search(text) and text.endswith("."):
        score -= 2
    if _OPENING.match(text) and text.endswith("."):
        score -= 1
    return score


def _in_address(words: list[str], address: str) -> bool:
    slug = set(re.findall(r"[a-z]+", address.casefold()))
    hits = sum(w.casefold() in slug for w in words)
    return len(words) > 1 and hits >= 0.8 * len(words)
