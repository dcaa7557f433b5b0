"""Tense features of a clause, from which the direction of weekdays is learned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from newsextract.language.calendar import MONTHS, WEEKDAYS
from newsextract.language.doc import sentence_of
from newsextract.language.lexicon import read_words
from newsextract.stages.dates.rules.shared import MODALS

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WINDOW = 30
_FAR = 8
_BE = frozenset({"is", "are", "be", "being", "am", "gets", "get"})
_WERE = frozenset({"was", "were"})
_PAST_BE = _WERE | {"did", "had"}
_HELPERS = MODALS | {"did", "do", "does", "n't", "not", "have", "has", "had", "having", "let"}
_NOT = frozenset({"not", "n't", "neither", "nor", "never", "no", "none", "nobody"})
_PLANNED = frozenset({"planned", "plan", "plans", "planning", "expect", "expects"})
_MOVED = frozenset(
    {"postponed", "delayed", "moved", "deferred", "rescheduled", "adjourned", "extended", "pushed"}
)
_FIXED = frozenset({"fixed", "set", "reserved", "slated"})
_MARKS = frozenset('"“”„«»')
_ARTICLES = frozenset({"a", "an", "the", "another"})
_AFTER = frozenset({"after", "following"})
_PLURAL = frozenset({"i", "they", "we", "you"})
_RANGE_STARTS = frozenset((*WEEKDAYS, *MONTHS))
_PREPOSITIONS = frozenset(
    ("on", "by", "until", "before", "after", "since", "for", "of", "from", "through", "at", "in")
    + ("to", "late", "early", "and", ",", "next", "till", "during", "over")
)


class Word(NamedTuple):
    """A word of a clause; ``pos`` is its UPOS, "" where the model gave none."""

    text: str
    pos: str


class Clause(NamedTuple):
    """The words of a sentence before and after a time expression, and whether it owns what follows.

    ``owned``: "Sunday's vote".
    """

    before: list[Word]
    after: list[Word]
    owned: bool = False


def clause_at(doc: Doc, start: int, end: int) -> Clause | None:
    """Return the clause around ``doc.text[start:end]``; None where no word covers it."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return None
    owned = span.end < len(doc) and doc[span.end].lower_ in ("'s", "’s")
    return Clause(_before(doc, span.start), _after(doc, span.end), owned)


def _before(doc: Doc, index: int) -> list[Word]:
    """Return the words of the sentence before token ``index``, at most a window of them."""
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
    """Return words in lower case; one with a capital inside a sentence is a name."""
    words = []
    for token in doc[span[0] : span[1]]:
        text = token.text if token.is_title and token.i != first else token.lower_
        words.append(Word(text.replace("’", "'"), token.pos_))
    return words


_Signals = list[str | None]
"""What each word of a stretch says, if anything."""


def describe_clause(clause: Clause) -> frozenset[str]:
    """Return the features of a clause, by name.

    "modal_before": the last verb before the expression is a modal; "past_after": there is none
    before and the first one after it is past; "before_owned": "before Sunday's vote";
    "ahead_near": "ahead of talks on Sunday"; "after_near": "after talks on Sunday".
    """
    before, after, owned = clause
    word = before[-1].text if before else ""
    if [w.text for w in before[-2:]] == ["ahead", "of"]:
        word = "ahead"
    governed = not owned or word in ("", "in", "at", "for", "of")
    told, coming = _read_signals(before), _read_signals(after)
    features = set(_name_governing(before, after, told, coming) if governed else ())
    features.update(_order(before, told))
    features.add(f"{_name_preceding(word)}_{'owned' if owned else 'here'}")
    features |= {f"any_{name}" for name in (*told, *coming) if name}
    return frozenset(features)


def _order(before: list[Word], told: _Signals) -> Iterator[str]:
    """Yield what the phrase that the expression ends says: "ahead of" or "after" an event.

    Not: "after it met on Sunday", which has a verb.
    """
    for index in range(len(before) - 2, max(-1, len(before) - _FAR), -1):
        if before[index].text in _AFTER:
            yield "after_near"
        elif [word.text for word in before[index : index + 2]] == ["ahead", "of"]:
            yield "ahead_near"
        elif not told[index]:
            continue
        return


def _name_preceding(word: str) -> str:
    """Return what the word before an expression is: a preposition, a cue or any other."""
    if word in read_words("future_cues"):
        return "cue"
    if word in _PREPOSITIONS or word == "ahead":
        return word
    return "other" if word else "none"


def _name_governing(
    before: list[Word], after: list[Word], told: _Signals, coming: _Signals
) -> list[str]:
    """Return what governs the expression: the last verb before it, else the first one after it.

    A verb that reports counts only close by: "said Friday" is of Friday, but "said the plant was
    to open in May" does not end at "said".
    """
    if name := _said_of(before, after, coming):
        return [name]
    reporting = read_words("reporting_verbs")
    for index in range(len(before) - 1, -1, -1):
        far = len(before) - index > _FAR
        if before[index].text in reporting and index < len(before) - 3:
            return ["report_before"]
        if name := told[index]:
            return [f"{name}_before", *(["far_before"] if far else [])]
    following = next(filter(None, coming), None)
    return [f"{following}_after"] if following else ["no_verb"]


def _said_of(before: list[Word], after: list[Word], coming: _Signals) -> str | None:
    """Fires: "but October may be busier", "fixed Monday for ruling". Not: "in October may be"."""
    word, following = before[-1].text if before else "", after[0].text if after else ""
    if word in _FIXED and following in ("for", "as"):
        return "cue_before"
    if word in _PREPOSITIONS - {"and", ","}:
        return None
    name = coming[0] if coming else None
    return f"{name}_after" if name in ("modal", "be", "past") else None


def _read_signals(words: list[Word]) -> _Signals:
    return [signal_of(words, index) for index in range(len(words))]


def signal_of(words: list[Word], index: int) -> str | None:
    """Return what one word says, read with the words before it, or None."""
    for rule in _RULES:
        if name := rule(words, index):
            return name
    return None


def _texts(words: list[Word], start: int, stop: int) -> list[str]:
    return [word.text for word in words[max(0, start) : stop]]


def _modal(words: list[Word], index: int) -> str | None:
    """Fires: "will", "they'll", "would". Not: "the will" where the model says noun.

    "Could not be reached" is of the past, "could be reached" is not.
    """
    word = words[index]
    if word.text not in MODALS or word.pos not in ("", "AUX", "VERB"):
        return None
    denied = word.text == "could" and any(w.text in _NOT for w in words[: index + 2])
    return "past" if denied else "modal"


def _cue(words: list[Word], index: int) -> str | None:
    """Fires: "due", "planned for", "a planned visit", "is planned", "shut through".

    Not: a first "Until", "Friday through".
    """
    word = words[index].text
    before = words[index - 1].text if index else ""
    plan = word in _PLANNED and bool(_ARTICLES.intersection(_texts(words, index + 1, index + 2)))
    plan = plan or (word == "planned" and before in _ARTICLES | _BE)
    if plan or word in read_words("future_cues"):
        return "past" if "had" in _texts(words, index - 6, index) else "cue"
    if word in ("to", "until") and _MOVED.intersection(_texts(words, index - 4, index)):
        return "cue" if index == len(words) - 1 else None
    if word == "until" or (word == "through" and index == len(words) - 1):
        opens = before.isalpha() and before.casefold() not in _RANGE_STARTS
        return _until(words, index) if opens else None
    return "cue" if word == "for" and before in ("planned", "set", "called", "forecast") else None


def _until(words: list[Word], index: int) -> str:
    """Fires ahead: "stays shut until". Fires back: "did nothing until", "had not known until"."""
    before = _texts(words, index - 8, index)
    denied = _PAST_BE.intersection(before) and (_NOT | {"nothing"}).intersection(before)
    return "past" if denied and not MODALS.intersection(before) else "until"


def _infinitive(words: list[Word], index: int) -> str | None:
    """Fires: "plans to visit", "asked it to reply", "to be held", "was to fly".

    Not: "used to live", "was to have flown".
    """
    if words[index].text != "to" or words[index].pos == "ADP":
        return None
    cues = read_words("infinitive_cues")
    after = words[index + 1].text if index + 1 < len(words) else ""
    if _WERE.intersection(_texts(words, index - 1, index)) and after != "have":
        return "infinitive"
    if after == "be" or cues.intersection(_texts(words, index - 1, index)):
        return "infinitive"
    return "infinitive" if (cues - _BE).intersection(_texts(words, index - 3, index)) else None


def is_past(word: Word) -> bool:
    """Return whether a word is a past form or participle.

    Fires: "met", "visited", "agreed". Not: "United", "need".
    """
    if word.pos not in ("", "VERB", "AUX") or not word.text.islower():
        return False
    if word.text in read_words("past_verbs"):
        return True
    return word.text.endswith("ed") and not word.text.endswith("eed") and len(word.text) > 3


def _past(words: list[Word], index: int) -> str | None:
    """Fires: "met", "visited". "is visited" is passive, "to be visited" is left to "to".

    Not: "United", a name, nor "the planned summit".
    """
    word = words[index]
    if not is_past(word):
        return None
    before = _texts(words, index - 2, index)
    if "be" in before or (
        word.text in read_words("unmarked_past_verbs") and {"to", *MODALS}.intersection(before)
    ):
        return None
    if word.text in ("has", "have"):
        return "has"
    return "passive" if _BE.intersection(before) else "past"


def _is_governed(words: list[Word], index: int) -> bool:
    """Fires: "watched them lose", "saw United lose". Not: "as fans lose", "said United lose"."""
    before = words[index - 1] if index else Word("", "")
    if before.text in _PLURAL or (before.pos == "NOUN" and before.text.endswith("s")):
        return False
    reporting = read_words("reporting_verbs")
    return any(is_past(w) and w.text not in reporting for w in words[max(0, index - 6) : index])


def _present(words: list[Word], index: int) -> str | None:
    """Fires: "go on sale", "rules", "is", "United host City", "reports earnings".

    Not: "says", "to go", "the rules", "watched them lose".
    """
    word, before = words[index], words[index - 1] if index else Word("", "")
    if word.text in _BE - {"be", "being", "get"} and word.pos in ("", "AUX", "VERB"):
        return "be"
    if word.pos != "VERB" or word.text.endswith("ing") or not word.text.isalpha():
        return None
    if before.text == "to" or _HELPERS.intersection(_texts(words, index - 3, index)):
        return None
    if not word.text.endswith("s") and _is_governed(words, index):
        return None
    after = words[index + 1] if index + 1 < len(words) else Word("", "")
    tells = word.text in read_words("telling_verbs") and after.pos != "NOUN"
    return None if tells or word.text in read_words("unmarked_past_verbs") else "present"


_RULES = (_modal, _cue, _infinitive, _past, _present)
