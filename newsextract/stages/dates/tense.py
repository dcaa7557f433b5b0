"""Where the clause around an expression points: back, ahead, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from newsextract.language.calendar import MONTHS, WEEKDAYS
from newsextract.language.doc import sentence_of
from newsextract.language.lexicon import read_words
from newsextract.stages.dates.resolve import Direction

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WINDOW = 30
_BE = frozenset({"is", "are", "be", "being", "am", "gets", "get"})
_PAST_BE = frozenset({"did", "had", "was", "were"})
_FUTURE = frozenset(
    {"will", "shall", "wo", "would", "can", "could", "may", "might", "should", "'ll", "ll"}
)
_NOT = frozenset({"not", "n't", "neither", "nor", "never", "no", "none", "nobody"})
_SAME = frozenset({"cut", "hit", "put", "quit", "shut", "spread", "burst", "cost", "hurt", "read"})
_ASKED = frozenset({"asked", "told", "ordered", "urged", "invited", "allowed", "required"})
_PLANNED = frozenset({"planned", "plan", "plans", "planning", "expect", "expects"})
_MARKS = frozenset('"“”„«»')
_ARTICLES = frozenset({"a", "an", "the", "another"})
_SOON = frozenset({"early", "soon"})
_SCHEDULED = frozenset(
    {"air", "begin", "close", "conclude", "end", "expire", "face", "fly", "host", "kick", "launch"}
    | {"meet", "open", "play", "premiere", "resume", "return", "run", "start", "take", "travel"}
    | {"visit", "vote"}
)
_PLURAL = frozenset({"i", "they", "we", "you"})
_RANGE_STARTS = frozenset((*WEEKDAYS, *MONTHS))

Sign = Literal["past", "future", "present"]


class Word(NamedTuple):
    """A word of a clause; ``pos`` is its UPOS, "" where the model gave none."""

    text: str
    pos: str


def direction_at(doc: Doc, start: int, end: int) -> Direction:
    """Return the direction of the verb that governs ``doc.text[start:end]`` in its sentence.

    "will meet on Friday", "is due Friday", "to be held in March" point ahead; "met on Friday"
    and "has said Friday" back; "when the case is heard in May" neither. The verb before the
    expression decides, else the first one after it.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or _is_possessive(doc, span.start, span.end):
        return None
    sign = _last_sign(_before(doc, span.start)) or _first_sign(_after(doc, span.end))
    return sign if sign in ("past", "future") else None


def _is_possessive(doc: Doc, start: int, end: int) -> bool:
    """Fires: "look past Friday's ruling". Not: "will play in Friday's final"."""
    owns = end < len(doc) and doc[end].lower_ in ("'s", "’s")
    return owns and not (start and doc[start - 1].lower_ in ("in", "at", "for", "of"))


def _before(doc: Doc, index: int) -> list[Word]:
    """Return the words of the sentence before token ``index``, at most a window of them."""
    if index >= len(doc):
        return []
    first = sentence_of(doc, index)[0]
    return _words(doc, (max(first, index - _WINDOW), index), first)


def _after(doc: Doc, index: int) -> list[Word]:
    if index >= len(doc):
        return []
    first, end = sentence_of(doc, index)
    if index == first:
        return []
    words = _words(doc, (index, min(end, index + _WINDOW)), first)
    closing = next((i for i, word in enumerate(words) if word.text in _MARKS), len(words))
    return words[:closing]


def _words(doc: Doc, span: tuple[int, int], first: int) -> list[Word]:
    """Return words in small letters; one with a capital inside a sentence is a name."""
    words = []
    for token in doc[span[0] : span[1]]:
        text = token.text if token.is_title and token.i != first else token.lower_
        words.append(Word(text.replace("’", "'"), token.pos_))
    return words


def _last_sign(words: list[Word]) -> Sign | None:
    """Return the sign of the last verb; one that reports counts only close by.

    "said Friday" points back, but "said the plant was to open in May" does not end at "said".
    """
    reporting = read_words("reporting_verbs")
    for index in range(len(words) - 1, -1, -1):
        if words[index].text in reporting and index < len(words) - 3:
            return "present"
        if sign := _sign(words, index):
            return sign
    return None


def _first_sign(words: list[Word]) -> Sign | None:
    signs = (_sign(words, index) for index in range(len(words)))
    return next((sign for sign in signs if sign), None)


def _sign(words: list[Word], index: int) -> Sign | None:
    """Return what one word says, read with the words before it, or None."""
    for rule in _RULES:
        if sign := rule(words, index):
            return sign
    return None


def _texts(words: list[Word], start: int, stop: int) -> list[str]:
    return [word.text for word in words[max(0, start) : stop]]


def _modal(words: list[Word], index: int) -> Sign | None:
    """Fires: "will", "they'll", "would". Not: "the will" where the model says noun.

    "Could not be reached" is of the past, "could be reached" is not.
    """
    word = words[index]
    if word.text not in _FUTURE or word.pos not in ("", "AUX", "VERB"):
        return None
    denied = word.text == "could" and any(w.text in _NOT for w in words[: index + 2])
    return "past" if denied else "future"


def _cue(words: list[Word], index: int) -> Sign | None:
    """Fires: "due", "planned for", "a planned visit", "as early as", "shut through".

    Not: a first "Until", "Friday through".
    """
    word = words[index].text
    before = words[index - 1].text if index else ""
    plan = word in _PLANNED and bool(_ARTICLES.intersection(_texts(words, index + 1, index + 2)))
    plan = plan or (word == "planned" and before in _ARTICLES)
    if plan or word in read_words("future_cues") or (word in _SOON and before == "as"):
        return "past" if "had" in _texts(words, index - 6, index) else "future"
    if word == "until" or (word == "through" and index == len(words) - 1):
        opens = before.isalpha() and before.casefold() not in _RANGE_STARTS
        return _until(words, index) if opens else None
    return "future" if word == "for" and before in ("planned", "set", "called") else None


def _until(words: list[Word], index: int) -> Sign:
    """Fires ahead: "stays shut until". Fires back: "did nothing until", "had not known until"."""
    before = _texts(words, index - 8, index)
    denied = _PAST_BE.intersection(before) and (_NOT | {"nothing"}).intersection(before)
    return "past" if denied and not _FUTURE.intersection(before) else "future"


def _infinitive(words: list[Word], index: int) -> Sign | None:
    """Fires: "plans to visit", "asked it to reply", "to be held". Not: "used to live"."""
    if words[index].text != "to" or words[index].pos == "ADP":
        return None
    cues = read_words("infinitive_cues")
    after = words[index + 1].text if index + 1 < len(words) else ""
    if after == "be" or cues.intersection(_texts(words, index - 1, index)):
        return "future"
    return "future" if _ASKED.intersection(_texts(words, index - 3, index)) else None


def _past(words: list[Word], index: int) -> Sign | None:
    """Fires: "met", "visited". "is visited" is present, "to be visited" is left to "to".

    Not: "United", a name, nor "the planned summit".
    """
    word = words[index]
    if word.pos not in ("", "VERB", "AUX") or not word.text.islower():
        return None
    if word.text not in read_words("past_verbs") and not (
        word.text.endswith("ed") and len(word.text) > 3
    ):
        return None
    before = _texts(words, index - 2, index)
    if "be" in before or (word.text in _SAME and "to" in before):
        return None
    return "present" if _BE.intersection(before) else "past"


def _present(words: list[Word], index: int) -> Sign | None:
    """Fires: "travels to Bath", "they travel", "passengers face delays".

    Not: "speaks", which captions say of the past.
    """
    word, before = words[index], words[index - 1] if index else Word("", "")
    if word.pos not in ("", "VERB"):
        return None
    plural = before.text in _PLURAL or (before.pos == "NOUN" and before.text.endswith("s"))
    base = word.text if plural else word.text.removesuffix("s")
    return "future" if base in _SCHEDULED and (base != word.text or plural) else None


_RULES = (_modal, _cue, _infinitive, _past, _present)
