"""The date that a run of past-tense sentences counts from: "In March 2019 …. In June …"."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from spacy.attrs import IDX

from newsextract.language.doc import doc_text, sentence_of
from newsextract.language.lexicon import read_words
from newsextract.stages.dates.grammar import Expression
from newsextract.stages.dates.meaning import Holiday, Lean, Meaning, Moment, Range, Shift, Within
from newsextract.stages.dates.resolve import Reference
from newsextract.stages.dates.tense import Word, is_past

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FAR = 1500
_WINDOW = 80
_SOON = 3
_RECENT = dt.timedelta(days=30)
_OPENERS = frozenset(
    ("in", "on", "by", "the", "early", "late", "that", "and", "then", "but", "later", ",", "from")
    + ("until", "after", "before", "around", "at", "during", "mid", "-", "about", "end", "of")
)
_SETTING = frozenset(
    ("in", "on", "by", "during", "from", "until", "around", "about", "late", "was")
)
_COUNTING_ON = frozenset(("by", "until", "till", "after"))
_PRESENT = frozenset(
    ("is", "are", "am", "'s", "'re", "'ve", "'ll", "has", "have", "will", "wo", "can", "do", "does")
)
_TIMES_OF_EVENTS = frozenset(
    ("began", "started", "opened", "ended", "lasted", "erupted", "struck", "broke", "killed")
)
_SIMPLE = 16
_FEW = 5
_JOINED = re.compile(r"\b(?:and|then|but)\b")
_SENTENCE_END = re.compile(r"[.;!?]\s|\n")
_LINE_START = re.compile(r"(?:^|[\n\r])[\s•*·–—-]*(?:(?:On|In|By)\s+)?(?:the\s+)?$")
_TELLER = re.compile(r", (?:\w+ ){1,3}(?:added|claimed|said|says|told \w+),")
_LISTED_END = re.compile(r"\s*(?:[:–—\n\r]|-\s|\|)")


@dataclass(slots=True)
class Story:
    """The last explicit past date of an article, while it anchors the narrative."""

    doc: Doc
    today: dt.date | None
    _anchor: Reference | None = None
    _end: int = 0
    _token: int = 0
    _broken: bool = False
    _listed: bool = False
    _fronted: bool = False
    _text: str = field(init=False, default="")
    _starts: list[int] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._text = doc_text(self.doc)
        self._starts = self.doc.to_array([IDX]).tolist()

    def anchor_for(self, expression: Expression) -> Reference | None:
        """Return the anchor of an expression, or None for the publication date.

        Fires: "On July 3, 1996, the ferry sank. By July 5, …". Not: "He was born in May 1932. He
        speaks on Friday", "The firm, founded in May 1999, said profit rose in June".
        """
        meaning = expression.meaning
        if self._anchor is None or not (_is_open(meaning) or self._is_next(expression)):
            return None
        if self._listed and self._opens_line(expression):
            return self._anchor
        if expression.start - self._end > _FAR or self._is_over(expression):
            return None
        if isinstance(meaning, Shift):
            return self._anchor
        fits = self._fits_weekday if _names_weekday(meaning) else self._fits_month
        return self._anchor if fits(expression, self._anchor) else None

    def _is_next(self, expression: Expression) -> bool:
        """Fires: "The next month it was signed", "A year earlier he won".

        Not: "over the next month".
        """
        written = self._text[expression.start : expression.end].lower()
        meaning = expression.meaning
        compared = isinstance(meaning, Shift) and meaning.like and meaning.anchor == "narrative"
        told = compared or written in ("the next week", "the next month", "the next year")
        if not (told and self._speaks_of_past(expression)):
            return False
        again = not compared and self._text.endswith(" again ", 0, expression.start)
        return again or self._is_fronted(expression)

    def looks_back(self, expression: Expression, anchor: Reference) -> bool:
        """Return whether the clause is in the past perfect: "In May he had lost".

        Not: "By May he had lost" and "By the Friday he had lost", which count on, nor "In May he
        lost; by June he had gone", nor where the month comes soon after the anchor.
        """
        month = _core_month(expression.meaning)
        if anchor.grain == "Y" or (month and 0 < (month - anchor.day.month) % 12 <= _SOON):
            return False
        at = self._token_at(expression.start)
        first, end = self._sentence(at)
        before = [token.lower_ for token in self.doc[max(first, at - 2) : at]]
        if _COUNTING_ON.intersection(before[-1:] if before[-1:] != ["the"] else before):
            return False
        words = [token.lower_ for token in self.doc[at:end]]
        clause = words[: words.index(";")] if ";" in words else words
        return "had" in clause or "had" in (token.lower_ for token in self.doc[first:at])

    def set(self, expression: Expression, reference: Reference | None, *, counted: bool) -> None:
        """Remember what an expression dates; ``counted``: it counts from the narrative."""
        meaning = expression.meaning
        if reference is None or isinstance(meaning, Range):
            return
        past = self.today is None or reference.day < self.today
        if past and (counted or (_is_explicit(meaning) and self._sets(expression, reference))):
            self._anchor, self._end, self._broken = reference, expression.end, False
            self._token = self._token_after(expression.end)
            self._listed = self._opens_line(expression)
            written = self._text[expression.start : expression.end]
            self._fronted = counted or "day" in written or self._is_fronted(expression)
        elif _is_told(meaning) and past and self._goes_on_from(reference):
            self._anchor, self._end = reference, expression.end
        elif not _is_explicit(meaning) and not _is_told(meaning):
            self._anchor = None

    def _goes_on_from(self, reference: Reference) -> bool:
        """Whether "three days later" continues a story, or begins one set long before today."""
        return self._anchor is not None or (
            self.today is not None and self.today - reference.day > _RECENT
        )

    def _token_at(self, char: int) -> int:
        """Return the index of the token that covers ``char``, or of the one before it."""
        return max(bisect_right(self._starts, char) - 1, 0)

    def _sentence(self, at: int) -> tuple[int, int]:
        """Return the sentence of a token, at most a window of it to both sides."""
        first, end = sentence_of(self.doc, at)
        return max(first, at - _WINDOW), min(end, at + _WINDOW)

    def _token_after(self, char: int) -> int:
        """Return the index of the first token from ``char`` on."""
        return bisect_left(self._starts, char)

    def _is_over(self, expression: Expression) -> bool:
        """Return whether a present or future verb is between the anchor and the expression."""
        end = self._token_at(expression.start)
        if not self._broken and end > self._token:
            self._broken = _speaks_of_now(self.doc, self._token, end)
            self._token = end
        return self._broken or _speaks_of_now(self.doc, end, self._sentence(end)[1])

    def _fits_month(self, expression: Expression, anchor: Reference) -> bool:
        between = self._text[self._end : expression.start]
        if anchor.grain == "Y" and ("\n" in between or self._is_reported(expression)):
            return False
        if _TELLER.match(self._text, expression.end):
            return False
        joined = _JOINED.search(between) or self._goes_on()
        if (joined and not _SENTENCE_END.search(between)) or self._is_fronted(expression):
            return not self._is_told(expression)
        near = "\n" not in between and between.count(". ") < 3
        return near and self._ends_clause(expression) and not self._is_reported(expression)

    def _goes_on(self) -> bool:
        """Whether a comma and a past form follow the anchor: "opened in May, closed in July"."""
        after = self._token_after(self._end)
        comma, verb = self.doc[after : after + 1], self.doc[after + 1 : after + 2]
        return comma.text == "," and any(is_past(_word(token)) for token in verb)

    def _fits_weekday(self, expression: Expression, anchor: Reference) -> bool:
        if anchor.grain != "D" or (self.today and self.today - anchor.day < _RECENT):
            return False
        between = self._text[self._end : expression.start]
        near = "\n" not in between and between.count(". ") < 3
        told = self._fronted or self._text.endswith("the ", 0, expression.start)
        return near and told and self._is_fronted(expression) and not self._is_reported(expression)

    def _is_fronted(self, expression: Expression, *, clause: bool = False) -> bool:
        """Return whether an expression opens its sentence, or a ``clause``: "By July 5, …"."""
        at = self._token_at(expression.start)
        first = self._sentence(at)[0]
        words = [t.lower_ for t in self.doc[first:at] if not t.is_space]
        while ";" in words:
            words = words[words.index(";") + 1 :]
        if clause and "that" in words[:-1]:
            words = words[words.index("that") + 1 :]
        return len(words) < 5 and all(word in _OPENERS for word in words)

    def _is_told(self, expression: Expression) -> bool:
        """Return whether "said" is before the expression, after the anchor or its sentence."""
        at = self._token_at(expression.start)
        first = max(self._sentence(at)[0], self._token_after(self._end))
        return any(t.lower_ in read_words("reporting_verbs") for t in self.doc[first:at])

    def _is_reported(self, expression: Expression) -> bool:
        first, end = self._sentence(self._token_at(expression.start))
        return any(token.lower_ in read_words("reporting_verbs") for token in self.doc[first:end])

    def _sets(self, expression: Expression, reference: Reference) -> bool:
        """Return whether a date opens a story: it opens or ends a main clause of the past.

        Fires: "In March 2019 he was arrested", "He met her in May 1932." Not: "a law of 2015",
        "The firm, founded in May 1999, said profit rose".
        """
        if self._opens_line(expression) or self._times_event(expression):
            return True
        at = self._token_at(expression.start)
        first, end = self._sentence(at)
        if _speaks_of_now(self.doc, first, end):
            return False
        if not self._speaks_of_past(expression):
            return False
        return self._is_fronted(expression, clause=True) or self._ends_clause(expression)

    def _times_event(self, expression: Expression) -> bool:
        """Fires: "the strike of 1926 began". Not: "the law of 2015 lapsed"."""
        before = self.doc[max(0, self._token_at(expression.start) - 1)]
        after = self._token_after(expression.end)
        verb = self.doc[after : after + 1].text
        return before.lower_ == "of" and verb in _TIMES_OF_EVENTS

    def _speaks_of_past(self, expression: Expression) -> bool:
        first, end = self._sentence(self._token_at(expression.start))
        return any(is_past(_word(t)) or _reads_past(t) for t in self.doc[first:end])

    def _ends_clause(self, expression: Expression) -> bool:
        """Return whether an expression ends a simple clause: "The deal closed in October."."""
        at = self._token_at(expression.start)
        before = [token.lower_ for token in self.doc[self._sentence(at)[0] : at]]
        adverbial = bool(before) and before[-1] in _SETTING
        following = self._text[expression.end : expression.end + 1]
        ends = following == "." or self._ends_soon(expression)
        simple = len(before) < _SIMPLE
        closing = ends or following in (";", ",")
        joined = self._text[expression.end : expression.end + 5] == " and "
        return adverbial and simple and (closing or joined)

    def _ends_soon(self, expression: Expression) -> bool:
        """Fires: "born on 4 April 1940 in Riga." Not: "born in 1940 she left"."""
        first = self._token_after(expression.end)
        end = self._sentence(self._token_at(expression.start))[1]
        rest = self.doc[first:end]
        return 0 < len(rest) <= _FEW and all(
            t.pos_ not in ("VERB", "AUX", "PUNCT") or t.text == "." for t in rest
        )

    def _opens_line(self, expression: Expression) -> bool:
        """Fires: "March 3, 2019: Kim is arrested". Not: "On March 3, 2019, Kim was arrested"."""
        opening = self._text[max(0, expression.start - 20) : expression.start]
        listed = _LISTED_END.match(self._text, expression.end)
        return bool(listed) and bool(_LINE_START.search(opening) or not opening.strip())


def _is_open(meaning: Meaning) -> bool:
    """Return whether a meaning leaves its year or week to the context."""
    if isinstance(meaning, Within):
        return isinstance(meaning.month, Moment) and _is_open(meaning.month)
    if isinstance(meaning, Holiday):
        return (meaning.year, meaning.years, meaning.lean) == (None, None, None)
    if not isinstance(meaning, Moment) or meaning.year is not None or meaning.years is not None:
        return False
    named = (meaning.month, meaning.weekday, meaning.part) != (None, None, None)
    return named and meaning.lean is None and (meaning.part or "")[:1] not in ("Q", "H")


def _core_month(meaning: Meaning) -> int | None:
    core = meaning.month if isinstance(meaning, Within) else meaning
    return core.month if isinstance(core, Moment) else None


def _names_weekday(meaning: Meaning) -> bool:
    return isinstance(meaning, Moment) and meaning.weekday is not None and meaning.month is None


def _is_explicit(meaning: Meaning) -> bool:
    """Return whether a date is fixed by its own words: "July 3, 1996", "March last year"."""
    if isinstance(meaning, Within):
        return _is_explicit(meaning.month)
    if isinstance(meaning, Holiday):
        return meaning.year is not None
    if not isinstance(meaning, Moment) or (meaning.part or "")[:1] in ("Q", "H"):
        return False
    return meaning.year is not None or (meaning.years or 0) < 0


def _is_told(meaning: Meaning) -> bool:
    """Return whether a meaning is relative to an earlier date in the text: "two days later"."""
    return isinstance(meaning, Shift | Moment) and meaning.anchor == "narrative"


def _speaks_of_now(doc: Doc, start: int, end: int) -> bool:
    """Return whether a finite verb of the present or future is in a stretch, outside quotes."""
    quoted = False
    for token in doc[start:end]:
        text = token.lower_
        if text in ('"', "“", "”", "``", "''"):
            quoted = text in ("“", "``") or (text == '"' and not quoted)
        elif "\n" in text:
            quoted = False
        elif not quoted and _is_present(token, text):
            return True
    return False


def _is_present(token: Token, text: str) -> bool:
    if text.replace("’", "'") in _PRESENT:
        return token.pos_ in ("", "AUX", "VERB")
    if token.pos_ != "VERB" or not text.islower() or is_past(_word(token)):
        return False
    ends = text.endswith("s") and not text.endswith("ss")
    return ends or _is_plural_present(token, text)


def _is_plural_present(token: Token, text: str) -> bool:
    """Fires: "Rents rise most in July". Not: "rents to rise", "rents rising", "rents put up"."""
    if token.is_sent_start or text.endswith(("ing", "en")) or _reads_past(token):
        return False
    before = token.nbor(-1)
    return before.pos_ == "NOUN" and before.text.endswith("s")


def _reads_past(token: Token) -> bool:
    """Return whether a word is a verb that is the same in past and present: "set", "shut"."""
    return token.pos_ == "VERB" and token.lower_ in read_words("unmarked_past_verbs")


def _word(token: Token) -> Word:
    return Word(token.lower_, token.pos_)


def count_from_anchor(meaning: Meaning, *, back: bool) -> Meaning:
    """Return a meaning for the first such date after the anchor, or before it with ``back``.

    "In March 2019 he was arrested. In January he had lost his job" goes back.
    """
    lean: Lean = "past" if back else "onward"
    if isinstance(meaning, Shift):
        return replace(meaning, anchor="narrative")
    if back and _names_weekday(meaning):
        return meaning
    if isinstance(meaning, Within) and isinstance(meaning.month, Moment):
        return replace(meaning, month=replace(meaning.month, lean=lean))
    return replace(meaning, lean=lean) if isinstance(meaning, Moment | Holiday) else meaning
