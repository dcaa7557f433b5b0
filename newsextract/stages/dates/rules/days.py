"""Days, months and clock times: "14 August 2024", "May 3", "Friday", "10:30 a.m."."""

from __future__ import annotations

import re
from dataclasses import replace

from newsextract.language.calendar import WEEKDAYS, is_date, is_month_day
from newsextract.language.lexicon import read_words
from newsextract.stages.dates.meaning import Broken, Lean, Meaning, Moment, Numeric
from newsextract.stages.dates.rules.found import Found, Rule
from newsextract.stages.dates.rules.shared import (
    POSSESSIVES,
    UP_TO,
    anchor_of,
    clock_of,
    extras,
    is_complementizer,
    lean_of,
    year_shift,
)
from newsextract.stages.dates.stamps import read_clock

# Months that are also names count alone only behind a cue.
_NAMES = frozenset({"may", "march", "april", "june", "august", "jan", "mar", "sep", "dec"})
_CLOCK_CUES = frozenset(
    ("at", "by", "around", "from", "until", "till", "about", "before", "after", "since", "to")
)
_MINUTES = {"half": 30, "quarter": 15}
_DOTTED_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_CONTRACTS = frozenset({"futures", "delivery"})
_OWNERS = POSSESSIVES | {"a", "an", "latest"}


def calendar_date(found: Found) -> Meaning | None:
    """Fires: "Friday, Aug. 7, 1998", "the 3rd of May", "May 3 last year".

    Not: "may 5", "30 February".
    """
    month, day, year = found.month(), found.day(), found.year()
    if not found.capital("m") and year is None and not _is_unmistakable(found.word("m")):
        return None
    assert month is not None
    assert day is not None
    fits = is_month_day(month, day) if year is None else is_date(year, month, day)
    if not fits:
        return Broken(detail=f"the calendar has no day {day} in month {month}")
    lean, years = _lean_of(found) if year is None else None, year_shift(found)
    return Moment(year=year, month=month, day=day, years=years, lean=lean, **extras(found))


def _lean_of(found: Found) -> Lean | None:
    """Return the lean; "the year ended March 31" is over, "May wheat futures" are to come."""
    if _CONTRACTS.intersection(found.after(step) for step in (1, 2, 3)):
        return lean_of(found) or "onward"
    return lean_of(found) or ("past" if found.before() == "ended" else None)


def week_of(found: Found) -> Meaning | None:
    """Fires: "the week of March 6", "week ending 9 August". Not: "the week of rain"."""
    date = calendar_date(found)
    return replace(date, week=True) if isinstance(date, Moment) else date


def month_and_year(found: Found) -> Meaning | None:
    """Fires: "January 1998", "mid-June last year", "May of that year". Not: "may 1998 be"."""
    cued = found.before() in read_words("month_cues")
    if not (found.capital("m") or _is_unmistakable(found.word("m")) or cued):
        return None
    return Moment(
        year=found.year(),
        month=found.month(),
        years=year_shift(found),
        anchor="narrative" if found.has("the") or found.word("yw") == "that" else "published",
        **extras(found),
    )


def _is_unmistakable(month: str) -> bool:
    """Return whether the word in lower case can only be a month: "september", not "august"."""
    return len(month) >= 4 and month not in ("march", "august", "sept")


def month_alone(found: Found) -> Meaning | None:
    """Fires: "in March", "last May", "July sales". Not: "may", "the march", "Theresa May".

    What words alone leave open ("May was dry") is marked as doubtful.
    """
    word = found.word("m")
    if not found.capital("m") and not (len(word) > 4 and _is_unmistakable(word)):
        return None
    marked = any(found.has(g) for g in ("e", "en", "ap", "dir", "week"))
    if is_complementizer(found):
        return None
    sure = marked or _reads_as_month(found, word)
    if not sure and not (found.capital("m") and _could_be_month(found, word)):
        return None
    return Moment(
        month=found.month(),
        lean=_lean_of(found),
        anchor=anchor_of(found),
        doubt=not sure,
        **extras(found),
    )


def _could_be_month(found: Found, word: str) -> bool:
    """Fires: "July sales", "May was dry". Not: "Jan Smit", "April Ryan", "the March of Time"."""
    following = found.after()
    acronym = len(following) > 1 and following.isupper()
    if len(word) < 5 and word not in ("may", "june", "july"):
        return False
    return acronym or not following[:1].isupper()


def _reads_as_month(found: Found, word: str) -> bool:
    following, before = found.after(), found.before()
    short = len(word) < 5 and word not in ("may", "june", "july")
    if short and (following[:1].isalpha() or (before == "-" and found.before(2)[:1].isalpha())):
        return False
    if before == "the" or (before in _OWNERS and following[:1].islower()):
        named = word in ("may", "march")
        return not named or (
            following[:1].islower() and following not in read_words("function_words")
        )
    if before in read_words("month_cues"):
        named = (
            word in _NAMES
            and following[:1].isupper()
            and following.lower() not in read_words("month_cues")
        )
        return not (named and before in ("and", ",", "by", "from", "for", "("))
    if word in _NAMES or len(word) <= 4:
        return word == "june" and following in ("'s", "’s")
    return not following[:1].isupper()


def weekday_alone(found: Found) -> Meaning | None:
    """Fires: "Friday", "last Monday night", "9 a.m. Tuesday", "Tuesday last".

    Not: "sun", "he sat", "5pm, Monday" in "5pm, Monday to Friday".
    """
    word = found.word("wd")
    if len(word) < 6 and (not found.capital("wd") or not _short_weekday(found)):
        return None
    if is_complementizer(found):
        return None
    if found.has("c") and found.after().lower() in UP_TO and found.after(2).lower() in WEEKDAYS:
        return None
    lean, anchor = lean_of(found), anchor_of(found)
    if found.has("post"):
        lean = "future" if found.word("post") == "next" else "past"
        if found.after() not in ("", ".", ",", ";", ")") or found.has("dir"):
            return None
    if lean is None and found.before() in UP_TO and found.before(2) in WEEKDAYS:
        lean, anchor = "future", "narrative"
    return Moment(weekday=found.integer("wd", "WEEKDAY"), lean=lean, anchor=anchor, **extras(found))


def _short_weekday(found: Found) -> bool:
    if found.before() in UP_TO and found.before(2) in WEEKDAYS:
        return True
    if found.word("wd") in ("sun", "sat", "wed", "mon"):
        return found.has("dir") or (found.before() == "on" and found.after() in (".", ","))
    return found.has("dir") or found.before() in ("on", "by", "since", "until")


def overnight_weekday(found: Found) -> Meaning | None:
    """Fires: "overnight Tuesday", "overnight on Tuesday". Not: "overnight train"."""
    day = weekday_alone(found)
    return replace(day, daypart="NI") if isinstance(day, Moment) else None


def with_dotted_clock(found: Found) -> Meaning | None:
    """Fires: "at 12.30 on Sunday", "from 9.05 on 3 May". Not: "swam it in 12.30 on Sunday"."""
    if not _DOTTED_CLOCK.fullmatch(found.text("c") or found.text("c2")):
        return None
    if found.has("c") and found.before() not in _CLOCK_CUES:
        return None
    return calendar_date(found) if found.has("m") else weekday_alone(found)


def iso_date(found: Found) -> Meaning | None:
    """Fires: "2024-08-14", "2024.08.14", "2024-08-14T07:46:00Z". Not: "2024-13-40"."""
    text = found.text("iso")
    date = re.sub("[/.]", "-", text[:10])
    year, month, day = (int(part) for part in date.split("-"))
    if not is_date(year, month, day):
        return Broken(detail=f"the calendar has no {date}")
    return Moment(year=year, month=month, day=day, clock=read_clock(text[10:]))


def numeric_date(found: Found) -> Meaning | None:
    """Fires: "14/08/2024", "3.4.2024", "28.03.24". Not: "24/7/365", "1-2-03", "45.10.12"."""
    text = found.text("num")
    first, second, year = (int(part) for part in re.split(r"[/.-]", text))
    if year < 100:
        short = "/" not in text and len(text) < len("dd.mm.yy")
        if short or not (is_month_day(first, second) or is_month_day(second, first)):
            return None
        year += 2000 if year < 50 else 1900
    return Numeric(first=first, second=second, year=year)


def nine_eleven(found: Found) -> Meaning | None:
    """Fires: "9/11", "Sept. 11 attacks". Not: "the Sept. 11 vote", "the Nov. 13 attacks"."""
    named = found.has("z") or (found.month() == 9 and found.day() == 11)
    return Moment(year=2001, month=9, day=11) if named else None


def _is_number(found: Found) -> bool:
    """Fires: "2000" in "in 2000 hours", "0800" in "to 0800 123". Not: "at 2000 GMT"."""
    counted = found.has("z") and found.before() in ("in", "of", "for", "the")
    return counted or found.after().isdecimal()


def clock_alone(found: Found) -> Meaning | None:
    """Fires: "at 10:35 a.m.", "1300 GMT", "noon". Not: "a 10:35 ratio"."""
    text = found.text("c")
    marked = (
        found.has("z")
        or found.has("z2")
        or re.search(r"[ap]\.?\s?m", text, re.IGNORECASE)
        or found.has("k")
    )
    if text.isdecimal() and _is_number(found):
        return None
    if not marked and found.before() not in _CLOCK_CUES:
        return None
    clock = clock_of(found)
    if clock is None:
        meant = marked or found.before() == "at"
        return Broken(detail=f"{text} is not a time of day") if meant else None
    if found.capital("k") and found.before() not in ("", ".", '"'):
        return None
    if found.has("k") and found.before() in ("high", "until") and found.after() != ".":
        return None
    return Moment(clock=clock, daypart=None, anchor="narrative", mod=extras(found)["mod"])


def spoken_clock(found: Found) -> Meaning | None:
    """Fires: "half past three", "a quarter to nine", "ten o'clock". Not: "a quarter to a third"."""
    hour = found.number("n") or ""
    if not hour.isdecimal() or not 1 <= int(hour) <= 12:
        return None
    if found.has("part") and not found.has("past") and found.before() not in _CLOCK_CUES:
        return None
    share = _MINUTES.get(found.word("part"), 0)
    minutes = 60 * int(hour) + (share if found.has("past") else -share)
    minutes += 720 * (minutes < 60)  # a quarter to one is after noon
    return Moment(clock=f"{minutes // 60:02}:{minutes % 60:02}", anchor="narrative")


RULES: tuple[Rule, ...] = (
    ("iso:ISODATE", iso_date),
    ("{APX} {PRE} ( {DIR}? {WD} ,? )? ( dir:last|this|next )? {MDY} {POST}", calendar_date),
    ("{MON} {D} of? {YW}", calendar_date),
    (
        "{PRE} ( {DIR}? {WD} ,? the? )? the? {D} -? of? {MON} "
        "( ( , | - )? y:YEAR|SHORTYEAR )? {POST}",
        calendar_date,
    ),
    ("the? {D} of? {MON} of? {YW}", calendar_date),
    ("the? week of|beginning|ending|starting {MDY}", week_of),
    ("the? week of|beginning|ending|starting the? {D} of? {MON} ( ,? y:YEAR )?", week_of),
    ("the d:ORDINAL of {MON} ( ,? y:YEAR )?", calendar_date),
    ("{EDGED} {MON} ( , | of | - )? ( y:YEAR|SHORTYEAR )", month_and_year),
    ("{EDGED} {MON} of? {YW}", month_and_year),
    ("{EDGED} {MON} of? the:the ( yw:next|following|previous|same year )", month_and_year),
    ("{APX} {EDGED} ( ( the:the )? {DIR} )? m:MONTH", month_alone),
    ("( e:EDGE -? on? )? {AT} ( the? {DIR} )? wd:WEEKDAY {POST}", weekday_alone),
    ("wd:WEEKDAY post:next|last", weekday_alone),
    ("OVERNIGHT on? wd:WEEKDAY", overnight_weekday),
    ("c:NUMERAL ,? on? wd:WEEKDAY dp:DAYPART?", with_dotted_clock),
    ("wd:WEEKDAY ,? at c2:NUMERAL", with_dotted_clock),
    (
        "c:NUMERAL ,? on? ( {WD} ,? )? ( {MDY} | ( the? {D} of? {MON} ( ,? y:YEAR )? ) )",
        with_dotted_clock,
    ),
    ("z:NINEELEVEN", nine_eleven),
    ("{MON} {D} > ( terror|terrorist )? attack|attacks|hijackers|bombings", nine_eleven),
    ("num:NUMDATE", numeric_date),
    ("d:DAYNUM -|/ m:MONTH -|/ y:DAYNUM|TWODIGIT", calendar_date),
    ("y:YEAR ,|-|/|.? m:MONTH .|,|-|/? {D}", calendar_date),
    ("m:MONTH , {D} ,? y:YEAR", calendar_date),
    ("{D} /|. m:MONTH /|. y:YEAR", calendar_date),
    ("{APX} ( c:CLOCK ( ( z:local time ) | z2:ZONE )? | k:NOON )", clock_alone),
    ("c:DAYNUM o ' clock", clock_alone),
    ("n:CARDINAL o ' clock", spoken_clock),
    (
        "( part:half | ( a? part:quarter ) ) past:past n:CARDINAL|DAYNUM ( o ' clock )?",
        spoken_clock,
    ),
    ("a? part:quarter to n:CARDINAL|DAYNUM ( o ' clock )?", spoken_clock),
    ("c:ZEROCLOCK", clock_alone),
    (
        "{APX} c:FOURDIGIT|ZEROCLOCK ( ( z:hours|hrs|local time? ) | z2:ZONE )",
        clock_alone,
    ),
)
