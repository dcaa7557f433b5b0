"""Pieces shared by several rules: clock times, modifiers, "last" and "next", macros."""

from __future__ import annotations

import re
from typing import Any

from newsextract.language.lexicon import read_words
from newsextract.stages.dates.meaning import Anchor, Lean
from newsextract.stages.dates.rules.found import Found
from newsextract.stages.dates.stamps import read_clock

_LATE_FROM = {"AF": 1, "EV": 1, "NI": 6}
"""The first hour that is one after noon in each part of the day: "2 at night" is in the morning."""
_NO_HALF = re.compile(r"\d{1,2}(?:[:.]\d\d)?")
POSSESSIVES = frozenset(("his", "her", "their", "my", "our", "your", "its", "'s", "’s"))
_YEARS = {
    "last": -1, "previous": -1, "this": 0, "same": 0, "that": 0, "next": 1, "following": 1,
}  # fmt: skip
MODALS = frozenset(
    {"will", "shall", "wo", "would", "can", "could", "may", "might", "should", "'ll", "ll"}
)
UP_TO = frozenset({"to", "through", "until", "-", "–"})


def steps_of(which: str) -> int:
    """Return how many units "last" (-1), "next" (1) or "this" (0) moves."""
    if which in ("last", "past", "previous", "preceding", "prior"):
        return -1
    return 1 if which in ("next", "coming", "following", "upcoming") else 0


def clock_of(found: Found) -> str | None:
    """Return the clock time in the groups ``c``, ``k`` or ``c2``."""
    if found.has("k"):
        return found.value("k", "NOON")
    text = found.text("c") or found.text("c2")
    if not text:
        return None
    if len(text) > 3 and text[:4].isdecimal() and int(text[:2]) < 24 and int(text[2:4]) < 60:
        return f"{text[:2]}:{text[2:4]}"
    return read_clock(text) or (read_clock(text + ":00") if text.isdecimal() else None)


def extras(found: Found) -> dict[str, Any]:
    """Return the clock, part of the day and modifier in the groups of {PRE} and {POST}."""
    mod = found.value("e", "EDGE") or found.value("el", "EARLIER") or found.value("la", "LATER")
    daypart = found.value("dp", "DAYPART")
    if found.has("week"):
        mod = "START" if found.word("week") == "first" else "END"
    if not mod and found.has("en"):
        mod = found.value("en", "EDGENOUN")
    if not mod and found.has("ap"):
        mod = "APPROX"
    return {"clock": _with_half(found, daypart), "daypart": daypart, "mod": mod}


def _with_half(found: Found, daypart: str | None) -> str | None:
    """Return the clock time in its half of the day: "7:45 on Tuesday evening" is 19:45."""
    clock = clock_of(found)
    first = _LATE_FROM.get(daypart or "")
    written = found.text("c") or found.text("c2")
    if clock is None or first is None or not _NO_HALF.fullmatch(written):
        return clock
    hour = int(clock[:2])
    return f"{hour + 12}{clock[2:]}" if first <= hour < 12 else clock


def year_shift(found: Found) -> int | None:
    """Return how far "last year", "this year" or "next year" moves the year."""
    return _YEARS.get(found.word("yw"))


def lean_of(found: Found) -> Lean | None:
    """Return what "last", "next" or "this" says of the direction."""
    word = found.word("dir").split()
    if not word:
        return None
    if word[-1] in ("last", "past", "previous", "preceding"):
        return "past"
    return "this" if word[-1] in ("this", "that") else "future"


def is_complementizer(found: Found) -> bool:
    """Fires: "that" in "said that June sales fell".

    Not: "That June it fell", "by that June", "sold that June.", "sold that June and reopened".
    """
    if found.word("dir") != "that" or found.after() in ("", ".", ",", ";", ":", ")"):
        return False
    verb = found.after(2)
    if found.after() == "and" and (verb.endswith("ed") or verb in read_words("past_verbs")):
        return False
    opens = ("", ".", '"', "“", "”", ",", "and", "in", "by", "of", "since", "until", "on")
    return found.before() not in opens


def anchor_of(found: Found) -> Anchor:
    """Return what "the following spring", "the next spring" and "that June" count from."""
    last = (found.word("dir").split() or [""])[-1]
    definite = found.has("the") or found.before() == "the"
    told = last in ("previous", "preceding", "following", "that") or (last == "next" and definite)
    return "narrative" if told else "published"


MACROS = {
    "APX": "( ( ap:about < ) | ap:around|approximately|circa )?",
    "WD": "( WEEKDAYABBR . | WEEKDAY )",
    "EDGED": "( ( the? en:EDGENOUN of ) | ( the? e:EDGE ( - | in )? )"
    " | ( the? week:first|last|final week|weeks|days of ) )?",
    "PRE": "( ( e:EDGE | el:EARLIER | la:LATER ) -? on? )? {AT}",
    "AT": "( {APX} ( c:CLOCK | k:NOON ) ( ( local time ) | z:ZONE )? ,? on? )?",
    "POST": "( ( ,? at? c2:CLOCK ( ( local time ) | ZONE )? ) | ( ,? at k:NOON )"
    " | ( ,? dp:DAYPART ) )?",
    "D": "d:DAYNUM|ORDINALNUM",
    "MON": "( m:MONTHABBR . | m:MONTH )",
    "MDY": "{MON} ( d:DAYNUM|ORDINALNUM|ORDINAL ) ( ,? y:YEAR )?",
    "DIR": "( dir:( ( this? last|past|previous|preceding|next|coming|upcoming|following )"
    " | this | that ) )",
    "YW": "( yw:last|this|next|that year )",
    "TO": "to|and|or|through|until|till|-|–|—|thru",
}
