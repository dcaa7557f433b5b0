"""Dates that the calendar names: "14 August 2024", "May 3", "Friday", "early 1990", "Q3 2022"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from newsextract.dates.calendar import WEEKDAYS, is_date, is_month_day
from newsextract.dates.meaning import (
    Broken,
    Fixed,
    Holiday,
    Lean,
    Leftover,
    Meaning,
    Moment,
    Numeric,
    Range,
)
from newsextract.dates.rules.found import Found, Rule
from newsextract.dates.stamps import read_clock
from newsextract.dates.words import read_ordinal

# Months that are also names or verbs count alone only behind one of these words.
_MONTH_CUES = frozenset(
    "in of since until till by from to between and or through during for after before last next "
    "this early late mid every each that around about starting beginning ending end & ( - – / , "
    "late-".split()
)
_NAMES = frozenset({"may", "march", "april", "june", "august", "jan", "mar", "sep", "dec"})
_YEAR_CUES = frozenset(
    "in since until till by from to between and or through during for after before of early late "
    "mid around about the circa year this that summer winter spring autumn fall ( - – / , & than "
    "' as".split()
)
_UP_TO = frozenset({"to", "through", "until", "-", "–"})
_OWNERS = frozenset("a an its their our his her my 's ’s latest".split())
_SHORT_YEAR_CUES = frozenset("in of since by from to until and early late mid".split())
_COUNTED = re.compile(
    r"(?:years?|months?|days?|hours?|people|shares?|percent|per|million|billion|cars?|miles?|"
    r"kilometres?|kilometers?|km|m|tons?|tonnes?|votes?|points?|feet|pounds|dollars|troops|jobs|"
    r"square|cubic|workers|employees|cases|deaths|homes|barrels|units|times|rpm|men|women|children|%)$",
    re.IGNORECASE,
)


def clock_of(found: Found) -> str | None:
    """Return the clock time in the groups ``c``, ``k`` or ``c2``."""
    if found.has("k"):
        return found.value("k", "NOON")
    text = found.text("c") or found.text("c2")
    if not text:
        return None
    if text.isdecimal() and len(text) == 4:
        return f"{text[:2]}:{text[2:]}"
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
    return {"clock": clock_of(found), "daypart": daypart, "mod": mod}


def calendar_date(found: Found) -> Meaning | None:
    """Fires: "Friday, Aug. 7, 1998", "the 3rd of May". Not: "may 5", "30 February"."""
    if not found.capital("m") and len(found.text("m")) < 6:
        return None
    month, day, year = found.month(), found.day(), found.year()
    assert month is not None
    assert day is not None
    fits = is_month_day(month, day) if year is None else is_date(year, month, day)
    if not fits:
        return Broken(detail=f"the calendar has no day {day} in month {month}")
    lean = lean_of(found) if year is None else None
    return Moment(year=year, month=month, day=day, lean=lean, **extras(found))


def week_of(found: Found) -> Meaning | None:
    """Fires: "the week of March 6". Not: "the week of rain"."""
    date = calendar_date(found)
    return replace(date, week=True) if isinstance(date, Moment) else date


def ranged_dates(found: Found) -> Meaning | None:
    """Fires: "December 13-15, 2022", "July 30 - August 2". Not: "May 2-1 win"."""
    month, year = found.month(), found.year()
    last_month = found.month("m2") or month
    first, last = found.day("d"), found.day("d2")
    if not found.capital("m") or month is None or last_month is None:
        return None
    if first is None or last is None or (last_month == month and last <= first):
        return None
    if not (is_month_day(month, first) and is_month_day(last_month, last)):
        return None
    return Range(
        first=Moment(year=year, month=month, day=first),
        last=Moment(year=year, month=last_month, day=last),
    )


def first_of_pair(found: Found) -> Meaning | None:
    """Fires: "June 24" in "between June 24 and July 8, 2022": the year stands behind."""
    month, day, year = found.month(), found.day(), found.year("y2")
    if month is None or not found.capital("m"):
        return None
    if day is None:
        return Moment(year=year, month=month, years=_year_word(found))
    return Moment(year=year, month=month, day=day) if is_month_day(month, day) else None


def first_day_of_pair(found: Found) -> Meaning | None:
    """Fires: "12" in "on 12 and 14 July". Not: "12" in "12 and a half"."""
    month, day = found.month("m2"), found.day()
    if not found.capital("m2") or month is None or day is None or not is_month_day(month, day):
        return None
    return Moment(year=found.year("y2"), month=month, day=day)


def month_and_year(found: Found) -> Meaning | None:
    """Fires: "January 1998", "mid-June last year". Not: "may 1998 be"."""
    if not found.capital("m"):
        return None
    return Moment(year=found.year(), month=found.month(), years=_year_word(found), **extras(found))


def _year_word(found: Found) -> int | None:
    return {"last": -1, "this": 0, "next": 1, "same": 0, "that": 0}.get(found.word("yw"))


def month_alone(found: Found) -> Meaning | None:
    """Fires: "in March", "last May". Not: "may", "the march", "June Lee", "Theresa May"."""
    word = found.word("m")
    if not found.capital("m") and len(word) < 6:
        return None
    marked = any(found.has(g) for g in ("e", "en", "ap", "dir", "week"))
    if word in ("march", "may", "august") and not found.capital("m"):
        return None
    if not marked and not _reads_as_month(found, word):
        return None
    return Moment(month=found.month(), lean=lean_of(found), **extras(found))


def _reads_as_month(found: Found, word: str) -> bool:
    following, before = found.after(), found.before()
    if len(word) < 5 and word not in ("may", "june", "july"):
        if following[:1].isalpha() or (before == "-" and found.before(2)[:1].isalpha()):
            return False
    if before == "the" or (before in _OWNERS and following[:1].islower()):
        return word != "may" or following[:1].islower()
    if found.before() in _MONTH_CUES:
        named = word in _NAMES and following[:1].isupper() and following.lower() not in _MONTH_CUES
        return not (named and found.before() in ("and", ",", "by", "from", "for", "("))
    if word in _NAMES or len(word) <= 4:
        return word == "june" and following in ("'s", "’s")
    return not following[:1].isupper()


def lean_of(found: Found) -> Lean | None:
    """Return what "last", "next" or "this" says of the direction."""
    word = found.word("dir").split()
    if not word:
        return None
    leans: dict[str, Lean] = {"this": "this", "next": "future", "coming": "future"}
    return leans.get(word[-1]) or leans.get(word[0]) or _listed_lean(word[-1])


def _listed_lean(word: str) -> Lean | None:
    if word in ("last", "past", "previous", "preceding"):
        return "past"
    return "future" if word in ("upcoming", "following") else None


def weekday_alone(found: Found) -> Meaning | None:
    """Fires: "Friday", "last Monday night", "9 a.m. Tuesday". Not: "sun", "he sat"."""
    word = found.word("wd")
    if len(word) < 6 and (not found.capital("wd") or not _short_weekday(found)):
        return None
    lean = lean_of(found)
    narrative = found.word("dir").split()[-1:] in (["previous"], ["following"])
    if lean is None and found.before() in _UP_TO and found.before(2) in WEEKDAYS:
        lean, narrative = "future", True
    return Moment(
        weekday=found.integer("wd", "WEEKDAY"),
        lean=lean,
        anchor="narrative" if narrative else "published",
        **extras(found),
    )


def _short_weekday(found: Found) -> bool:
    if found.word("wd") in ("sun", "sat", "wed", "mon"):
        return found.has("dir") or found.before() == "on" and found.after() in (".", ",")
    return found.has("dir") or found.before() in ("on", "by", "since", "until")


def year_alone(found: Found) -> Meaning | None:
    """Fires: "in 1990", "the end of 1994", "1994 or later". Not: "1990 people", "No. 1990"."""
    year = found.year()
    if year is None:
        return None
    if found.text("y")[0] in "'’" and found.before() not in _SHORT_YEAR_CUES:
        return None
    marked = any(found.has(g) for g in ("e", "en", "ap", "beyond", "week"))
    if not marked and not _reads_as_year(found, year):
        return None
    values = extras(found)
    if found.has("beyond"):
        values["mod"] = "ON_OR_AFTER"
    return Moment(year=year, mod=values["mod"])


def _reads_as_year(found: Found, year: int) -> bool:
    before = found.before()
    if before in ("no", "$", "#", "flight", "route", "highway", "page", "room", "act", "us$"):
        return False
    if not found.text("y").isdecimal():
        return True
    following = found.after()
    if _COUNTED.match(following) or (following == "," and found.after(2)[:3].isdecimal()):
        return before in ("in", "since", "of") and not following.lower().startswith("p")
    if 1900 <= year <= 2050:
        return not (before == "." and found.before(2) == "no")
    if before == "to" and found.before(2) in ("back", "dates", "dating", "date"):
        return True
    if before in _UP_TO | {"and"} and re.fullmatch(r"\d{4}", found.before(2)):
        return True
    return before in _YEAR_CUES - {"for", "than", "to", "or", "and", "about", "around", ","}


def fiscal_year(found: Found) -> Meaning | None:
    """Fires: "FY2023", "FY 24"."""
    digits = re.sub(r"\D", "", found.text("fy"))
    return Moment(year=int(digits) if len(digits) == 4 else 2000 + int(digits))


def year_range(found: Found) -> Meaning | None:
    """Fires: "1914-1918", "2015-16", "2020/21". Not: "2010-5"."""
    first, text = found.year(), found.text("last")
    if first is None or not text.isdecimal():
        return None
    last = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    if not (first < last <= first + 150) or len(text) not in (2, 4) or not 1500 <= first <= 2100:
        return None
    return Range(first=Moment(year=first), last=Moment(year=last))


def decade(found: Found) -> Meaning | None:
    """Fires: "the late 1970s", "the '80s", "the nineties". Not: "in her 30s"."""
    mod = found.value("e", "EDGE") or found.value("en", "EDGENOUN")
    if found.has("dw"):
        digits = f"19{found.value('dw', 'DECADEWORD')}"
    else:
        number = re.sub(r"\D", "", found.text("dec"))
        short = len(number) == 2
        if found.has("short") or (short and found.text("dec")[0] not in "'’"):
            return None
        digits = (
            ("20" if number in ("00", "10", "20") else "19") + number[0] if short else number[:3]
        )
    return Fixed(value=digits, mod=mod)


def short_decade(found: Found) -> Meaning | None:
    """Fires: "the 80s". Not: "his 80s", "the mid-60s" of temperatures."""
    number = found.text("dec")[:2]
    if number in ("00", "10", "20"):
        return Fixed(value="20" + number[0], mod=found.value("e", "EDGE"))
    return Fixed(value="19" + number[0], mod=found.value("e", "EDGE"))


def second_decade(found: Found) -> Meaning | None:
    """Fires: "70s" in "the 1960s and 70s". Not: "in her 70s"."""
    first = re.fullmatch(r"(?:1[5-9]|20)?['’]?\d0['’]?s", found.before(2))
    return short_decade(found) if found.before() in ("and", "or", "to") and first else None


def century(found: Found) -> Meaning | None:
    """Fires: "the 20th century" (19), "the late nineteenth century" (18)."""
    number = found.word("o")
    value = int(re.sub(r"\D", "", number)) if number[0].isdecimal() else read_ordinal(number)
    mod = found.value("e", "EDGE")
    if not 1 <= value <= 30:
        return None
    return Fixed(value=f"{value - 1:02}", mod=mod)


def ancient(found: Found) -> Meaning | None:
    """Fires: "44 BC", "79 A.D."; the year before Christ is written BC0044."""
    number = found.number("n") or ""
    if not number.isdecimal() or len(number) > 4 or not found.text("era").isupper():
        return None
    era = found.word("era").replace(".", "").replace(" ", "")
    year = int(number)
    return Fixed(value=f"BC{year:04}" if era.startswith("b") else f"{year:04}")


def iso_date(found: Found) -> Meaning | None:
    """Fires: "2024-08-14", "2024-08-14T07:46:00Z". Not: "2024-13-40"."""
    text = found.text("iso").replace("/", "-")
    year, month, day = (int(part) for part in text[:10].split("-"))
    if not is_date(year, month, day):
        return Broken(detail=f"the calendar has no {text[:10]}")
    clock = text[11:16] or None
    return Moment(year=year, month=month, day=day, clock=clock)


def numeric_date(found: Found) -> Meaning | None:
    """Fires: "14/08/2024", "3.4.2024", "03/04/24". Not: "24/7/365", "1-2-03"."""
    text = found.text("num")
    first, second, year = (int(part) for part in re.split(r"[/.-]", text))
    if year < 100:
        if "/" not in text or not (1 <= first <= 31 and 1 <= second <= 31):
            return None
        year += 2000 if year < 50 else 1900
    return Numeric(first=first, second=second, year=year)


def leftover(found: Found) -> Meaning | None:
    """Fires: "2022 July 14", "July, 14, 2022", "14/Aug/2022". Not: "2022 may 14"."""
    return Leftover() if found.capital("m") else None


def quarter(found: Found) -> Meaning | None:
    """Fires: "the third quarter", "Q3 2022", "this year's first half". Not: "a third half"."""
    if found.has("q"):
        part = found.value("q", "QUARTER")
    else:
        number = 4 if found.word("o") in ("final", "last") else found.day("o")
        half = found.word("kind") == "half"
        number = 2 if half and found.word("o") in ("final", "last") else number
        if number is None or number > (2 if half else 4):
            return None
        if half and not any(found.has(name) for name in ("y", "yw", "of", "fiscal")):
            return None
        part = f"{'H' if half else 'Q'}{number}"
    if found.has("q") and found.after() in (":", ".") and not found.has("y"):
        return None
    year = found.year()
    years = _year_word(found)
    if found.has("back"):
        years = -1
    return Moment(year=year, years=years, part=part, mod=found.value("e", "EDGE"))


def season(found: Found) -> Meaning | None:
    """Fires: "the summer of 1994", "last fall", "in the spring". Not: "prices fall"."""
    part = found.value("s", "SEASON")
    dated = found.has("y") or found.has("yw") or found.has("dir")
    if not dated and not found.has("e") and not _reads_as_season(found):
        return None
    return Moment(
        year=found.year(),
        years=_year_word(found),
        part=part,
        lean=lean_of(found),
        mod=extras(found)["mod"],
    )


def _reads_as_season(found: Found) -> bool:
    cues = {"in", "during", "by", "until", "since", "through", "for", "of", "before", "after"}
    if found.word("s") in ("fall", "spring"):
        return (
            found.has("the")
            and found.before() in cues - {"of", "for", "before", "after"}
            and (found.after() != "of")
        )
    return found.has("the") or found.before() in cues


def holiday(found: Found) -> Meaning | None:
    """Fires: "Christmas Eve", "last Thanksgiving", "Labor Day 2019". Not: "Easter Island"."""
    name = re.sub(r"\s+", " ", found.word("h").replace("’", "'"))
    following = found.after()
    if not found.text("h")[0].isupper() or found.before() in ("father", "st", "st."):
        return None
    if following in ("Island", "Rising", "Eve") or following[:1] == "-" and not found.has("y"):
        return None
    daypart = found.value("dp", "DAYPART")
    years = _year_word(found)
    return Holiday(name=name, year=found.year(), lean=lean_of(found), daypart=daypart, years=years)


def nine_eleven(found: Found) -> Meaning | None:
    """Fires: "9/11", "Sept. 11 attacks" is left to the calendar."""
    return Moment(year=2001, month=9, day=11) if found.text("z") else None


def clock_alone(found: Found) -> Meaning | None:
    """Fires: "at 10:35 a.m.", "1300 GMT", "noon". Not: "a 10:35 ratio"."""
    text = found.text("c")
    marked = (
        found.has("z")
        or found.has("z2")
        or re.search(r"[ap]\.?\s?m", text, re.IGNORECASE)
        or found.has("k")
    )
    if found.has("z") and text.isdecimal() and found.before() in ("in", "of", "for", "the"):
        return None
    if not marked and found.before() not in (
        "at", "by", "around", "from", "until", "till", "about", "before", "after", "since", "to",
    ):  # fmt: skip
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


MACROS = {
    "APX": "( ap:about|around|approximately|circa )?",
    "WD": "( WEEKDAYABBR . | WEEKDAY )",
    "EDGED": "( ( the? en:EDGENOUN of ) | ( the? e:EDGE ( - | in )? )"
    " | ( the? week:first|last|final week|weeks|days of ) )?",
    "PRE": "( ( e:EDGE | el:EARLIER | la:LATER ) -? on? )?"
    " ( ( c:CLOCK | k:NOON ) ( ( local time ) | z:ZONE )? ,? on? )?",
    "POST": "( ( ,? at? c2:CLOCK ( ( local time ) | ZONE )? ) | ( ,? dp:DAYPART ) )?",
    "D": "d:DAYNUM|ORDINALNUM",
    "MON": "( m:MONTHABBR . | m:MONTH )",
    "MDY": "{MON} ( d:DAYNUM|ORDINALNUM|ORDINAL ) ( ,? y:YEAR )?",
    "DIR": "( dir:( ( this? last|past|previous|preceding|next|coming|upcoming|following ) | this ) )",
    "TO": "to|and|or|through|until|till|-|–|—|thru",
}

RULES: tuple[Rule, ...] = (
    ("iso:ISODATE", iso_date),
    ("{APX} {PRE} ( {DIR}? {WD} ,? )? ( dir:last|this|next )? {MDY} {POST}", calendar_date),
    (
        "{PRE} ( {DIR}? {WD} ,? the? )? the? {D} -? of? {MON} ( ( , | - )? y:YEAR )? {POST}",
        calendar_date,
    ),
    ("the week of|beginning|ending {MDY}", week_of),
    ("the d:ORDINAL of {MON} ( ,? y:YEAR )?", calendar_date),
    ("{MON} {D} - d2:DAYNUM|ORDINALNUM ( ,? y:YEAR )?", ranged_dates),
    ("{MON} {D} – d2:DAYNUM|ORDINALNUM ( ,? y:YEAR )?", ranged_dates),
    ("{MON} {D} to d2:DAYNUM|ORDINALNUM ( ,? y:YEAR )?", ranged_dates),
    ("{D} ( - | – | to ) d2:DAYNUM|ORDINALNUM of? {MON} ( ,? y:YEAR )?", ranged_dates),
    (
        "{MON} {D} ( - | – ) ( m2:MONTHABBR . | m2:MONTH ) d2:DAYNUM|ORDINALNUM ( ,? y:YEAR )?",
        ranged_dates,
    ),
    (
        "{MON} {D} > {TO} the? ( m2:MONTHABBR . | m2:MONTH ) DAYNUM|ORDINALNUM ,? y2:YEAR",
        first_of_pair,
    ),
    ("{D} {MON} > {TO} the? DAYNUM|ORDINALNUM ( MONTHABBR . | MONTH ) ,? y2:YEAR", first_of_pair),
    (
        "{MON} > {TO} ( m2:MONTHABBR . | m2:MONTH ) of? ( y2:YEAR | ( yw:last|this|next year ) )",
        first_of_pair,
    ),
    (
        "{D} > ( and | or | & | , ) DAYNUM|ORDINALNUM of? ( m2:MONTHABBR . | m2:MONTH ) ( ,? y2:YEAR )?",
        first_day_of_pair,
    ),
    ("{EDGED} {MON} ( , | of | - )? ( y:YEAR|SHORTYEAR )", month_and_year),
    ("{EDGED} {MON} of? ( yw:last|this|next|that year )", month_and_year),
    ("{APX} {EDGED} {DIR}? m:MONTH", month_alone),
    ("{PRE} ( the {DIR} )? wd:WEEKDAY {POST}", weekday_alone),
    ("{PRE} {DIR}? wd:WEEKDAY {POST}", weekday_alone),
    (
        "{APX} {EDGED} ( ( the year ) | fiscal|financial|calendar )? ( y:( YEARWORD and CARDINAL ) | y:YEAR|SHORTYEAR ) ( beyond:( ( and beyond|after|later|onwards ) | ( or later ) ) )?",
        year_alone,
    ),
    (
        "( the? fiscal|financial year )? y:FOURDIGIT ( - | – | / ) last:FOURDIGIT|DAYNUM|TWODIGIT",
        year_range,
    ),
    ("( the? en:EDGENOUN of )? the? ( e:EDGE -? )? ( dec:DECADE | dw:DECADEWORD )", decade),
    ("the ( e:EDGE -? )? dec:SHORTDECADE", short_decade),
    ("dec:SHORTDECADE", second_decade),
    ("the? ( e:EDGE -? )? ( o:ORDINAL|ORDINALNUM|HIGHORDINAL ) -? century", century),
    ("era:( ad | ( a . d . ) ) n:NUM", ancient),
    ("n:NUM ( era:( bc|bce|ad|ce | ( b . c . ) | ( a . d . ) ) )", ancient),
    (
        "( e:EDGE -? )? ( fiscal|financial -? )? o:ORDINAL|ORDINALNUM|FINAL - kind:quarter|half",
        quarter,
    ),
    (
        "the? ( e:EDGE -? )? ( fiscal|financial -? )? o:ORDINAL|ORDINALNUM|FINAL|last kind:quarter|half"
        " ( of? ( ( fiscal? y:YEAR ) | ( yw:last|this|next year ) | ( of:the year ) ) )?",
        quarter,
    ),
    (
        "( yw:last|this|next ) year 's? fiscal? ( o:ORDINAL|ORDINALNUM|FINAL ) -? ( kind:quarter|half )",
        quarter,
    ),
    ("the? y:YEAR 's? fiscal? ( o:ORDINAL|ORDINALNUM|FINAL ) -? ( kind:quarter|half )", quarter),
    ("the? back:year -? ago|earlier ( o:ORDINAL ) -? ( kind:quarter|half )", quarter),
    ("the? q:QUARTER ( of? y:YEAR )?", quarter),
    (
        "( the:the )? ( e:EDGE -? )? {DIR}? s:SEASON ( ( of? y:YEAR|SHORTYEAR ) | ( of? yw:last|this|next year ) )?",
        season,
    ),
    ("{DIR}? h:( {HOLIDAY} ) ( ,? y:YEAR | ( yw:last|this|next year ) )? dp:DAYPART?", holiday),
    ("z:NINEELEVEN", nine_eleven),
    ("fy:FISCALYEAR", fiscal_year),
    ("num:NUMDATE", numeric_date),
    ("YEAR ,|-|/|.? m:MONTH .|,|-|/? DAYNUM|ORDINALNUM", leftover),
    ("m:MONTH , DAYNUM|ORDINALNUM ,? YEAR", leftover),
    ("DAYNUM|ORDINALNUM /|. m:MONTH /|. YEAR", leftover),
    ("{APX} ( c:CLOCK ( ( z:local time ) | z2:ZONE )? | k:NOON )", clock_alone),
    ("c:DAYNUM o ' clock", clock_alone),
    ("{APX} c:FOURDIGIT ( ( z:hours|hrs|local time? ) | z2:ZONE )", clock_alone),
)
