"""Find the headline: the line near the top that reads like a title, not a first sentence."""

from __future__ import annotations

import re
from functools import cache

from newsextract.language.lexicon import read_pairs, read_words
from newsextract.records import BlockKind
from newsextract.stages.layout.datelines import find_dateline
from newsextract.stages.layout.lines import Line, is_below_clock

_LONGEST = 220
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_LEAD = re.compile(
    r"\b(?:said|told|announced|reported|yesterday|(?:on |last |this )?(?:mon|tues|wednes|thurs|fri|"
    r"satur|sun)day)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:a|an|the|he|she|they|it|in|at|on|after|it's|there)\b", re.IGNORECASE)
_RUN_IN = 160
_LONGEST_RUN_IN = 110
_GLUED = re.compile(r"(?<=[a-z\d’”\"'?!)])(?=[A-Z][a-z]*[ ,])")
_CAPITALS = re.compile(r"(?<=[\w.?!’”\"')]) (?=[A-ZÀ-ÖØ-Þ]{4})")
_SENTENCE_END = re.compile(r"[^\W\d]{3,}[’”\"']? ?\.(?= [\"“]?[A-Z])")
_NOT_HEADLINE = re.compile(
    r"\b(?:the|an?|i|he|she|it|they|we|you|this|that|these|those|his|her|its|their|was|were|had|now|"
    r"have|been|who|which|there|yesterday|today|mr|mrs|ms|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"said|told|wrote|added)\b",
    re.IGNORECASE,
)


def split_run_in(lines: list[Line], headline: str | None) -> tuple[list[Line], int | None]:
    """Return ``lines`` with a headline cut off the paragraph that it was run into, and its index.

    It is cut where the caller's ``headline`` ends, before a dateline, between two words that were
    glued together, or behind a first sentence without the small words of a sentence.

    Fires: "Bus fares to rise. OSLO - Fares ...", "Bus fares to riseThe fares ...". Not: "Fares
    will rise. The council said ..." with "the", "it" or a weekday in its first sentence.
    """
    index = next((i for i, line in enumerate(lines[:3]) if len(line.text) >= _RUN_IN), None)
    if index is None or any(len(line.text.split()) > 3 for line in lines[:index]):
        return lines, None
    line = lines[index]
    cut = next(filter(None, (rule(line.text, headline) for rule in _RUN_INS)), None)
    if cut is None:
        return lines, None
    return lines[:index] + line.cut(cut) + lines[index + 1 :], index


def _after_given(text: str, headline: str | None) -> int | None:
    """Return where the caller's headline ends that opens ``text``, its period included."""
    if not headline or text[: len(headline)].casefold() != headline.casefold():
        return None
    end = len(headline)
    end += len(text[end : end + 2]) - len(text[end : end + 2].lstrip(" ."))
    return end if end < len(text) else None


def _before_dateline(text: str, headline: str | None) -> int | None:
    """Return where a dateline in capitals opens behind at least three words."""
    for match in _CAPITALS.finditer(text, 0, _LONGEST_RUN_IN):
        if len(text[: match.start()].split()) >= 3 and not text[: match.start()].isupper():
            return match.start() if find_dateline(text[match.end() :], first=True) else None
    return None


def _between_glued(text: str, headline: str | None) -> int | None:
    """Return where a headline ends and, without a space, a sentence begins: "fallsThe port"."""
    for match in _GLUED.finditer(text, 0, _LONGEST_RUN_IN):
        word = text[match.end() :].split(maxsplit=1)[0].strip(",").casefold()
        if word in _read_openers() and len(text[: match.start()].split()) >= 3:
            return match.start()
    return None


@cache
def _read_openers() -> frozenset[str]:
    """Return the small words that open a sentence."""
    small = read_pairs("determiners").keys() | read_pairs("pronouns").keys()
    return read_words("function_words") | small


def _after_bare_sentence(text: str, headline: str | None) -> int | None:
    """Return where a first sentence ends that is worded like a headline."""
    match = _SENTENCE_END.search(text, 0, _LONGEST_RUN_IN)
    if match is None:
        return None
    words = text[: match.end()].split()
    bare = not _NOT_HEADLINE.search(text, 0, match.end())
    return match.end() if 3 < len(words) < 14 and bare else None


_RUN_INS = (_after_given, _before_dateline, _between_glued, _after_bare_sentence)


def find_headline(lines: list[Line], kinds: dict[int, BlockKind], end: int) -> int | None:
    """Return the index of the headline among the first ``end`` lines, or None.

    A line wins by evidence: no period, capitals on most words, a dateline below, the words
    of the article's own address above; a reporting verb or weekday speaks against it.
    """
    address = next((lines[i].text for i in range(end) if "://" in lines[i].text), None)
    for index in range(end):
        text = lines[index].text
        short = len(text.split()) <= 2 and index + 1 < end
        if index in kinds or len(text) > _LONGEST or short or is_below_clock(lines, index):
            continue
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        return index if following and _score(text, following, address) >= 2 else None
    return None


def _score(text: str, following: str, address: str | None) -> int:
    """Return the evidence for ``text`` as a headline; 2 is enough."""
    score = 0
    if text[-1] not in ".!?:,":
        score += 2
    words = _WORD.findall(text)
    long_words = [w for w in words if len(w) > 3]
    if len(long_words) > 2 and sum(w[0].isupper() for w in long_words) >= 0.75 * len(long_words):
        score += 2
    if find_dateline(following, first=True):
        score += 2
    if address is None:
        score += 2 if len(words) <= 16 else 1
    else:
        score += 2 if _in_address(long_words, address) else -2
    if text.endswith("."):
        score -= 2 * bool(_LEAD.search(text)) + bool(_OPENING.match(text))
    return score


def _in_address(words: list[str], address: str) -> bool:
    slug = set(re.findall(r"[a-z]+", address.casefold()))
    hits = sum(w.casefold() in slug for w in words)
    return len(words) > 1 and hits >= 0.8 * len(words)
