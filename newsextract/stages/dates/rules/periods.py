"""Years and parts of years: "early 1990", "the '80s", "Q3 2022", "last winter", "Christmas"."""

from __future__ import annotations

import re

from newsextract.stages.dates.meaning import Fixed, Holiday, Meaning, Moment, Shift
from newsextract.stages.dates.rules.found import Found, Rule
from newsextract.stages.dates.rules.shared import (
    POSSESSIVES,
    anchor_of,
    extras,
    is_complementizer,
    lean_of,
    year_shift,
)
from newsextract.stages.dates.words import read_ordinal

# How far back a quarter tells what "the latest period" is.
_NEAR = 1500


def decade(found: Found) -> Meaning | None:
    """Fires: "the late 1970s", "the '80s", "the nineties". Not: "in her 30s"."""
    mod = found.value("e", "EDGE") or found.value("en", "EDGENOUN")
    if found.has("dw"):
        tens = found.value("dw", "DECADEWORD")
        return Fixed(value=f"{20 if tens == '0' else 19}{tens}", mod=mod)
    number = re.sub(r"\D", "", found.text("dec"))
    return Fixed(value=_decade_of(number) if len(number) == 2 else number[:3], mod=mod)


def _decade_of(tens: str) -> str:
    """Return the decade that two digits mean: "80" is 198, "10" is 201."""
    return ("20" if tens in ("00", "10", "20") else "19") + tens[0]


def short_decade(found: Found) -> Meaning | None:
    """Fires: "the 80s". Not: "his 80s", "the mid-60s" of temperatures."""
    return Fixed(value=_decade_of(found.text("dec")[:2]), mod=found.value("e", "EDGE"))


def second_decade(found: Found) -> Meaning | None:
    """Fires: "70s" in "the 1960s and 70s". Not: "in her 70s", "in their 60s and 70s"."""
    first = re.fullmatch(r"(?:1[5-9]|20)?['’]?\d0['’]?s", found.before(2))
    owned = found.before(3) in POSSESSIVES or found.before(4) in POSSESSIVES
    joined = found.before() in ("and", "or", "to") and first and not owned
    return short_decade(found) if joined else None


def century(found: Found) -> Meaning | None:
    """Fires: "the 20th century" (19), "17th" in "the 17th and 18th centuries" (16)."""
    number = found.word("o")
    value = int(re.sub(r"\D", "", number)) if number[0].isdecimal() else read_ordinal(number)
    mod = found.value("e", "EDGE")
    if not 1 <= value <= 30:
        return None
    return Fixed(value=f"{value - 1:02}", mod=mod)


def ancient(found: Found) -> Meaning | None:
    """Fires: "44 BC", "79 A.D.", both years of "64 to 44 BC"; before Christ is written BC0044."""
    number = found.number("n") or ""
    if not number.isdecimal() or len(number) > 4 or not found.text("era").isupper():
        return None
    era = found.word("era").replace(".", "").replace(" ", "")
    year = int(number)
    return Fixed(value=f"BC{year:04}" if era.startswith("b") else f"{year:04}")


_QUARTERS = {3: "Q1", 6: "Q2", 9: "Q3", 12: "Q4"}


def quarter(found: Found) -> Meaning | None:
    """Fires: "the third quarter", "Q3 2022", "the March quarter".

    Not: "a third half", "the third quarter-final".
    """
    if found.after() == "-" and found.after(2).startswith("final"):
        return None
    if found.has("q"):
        part = found.value("q", "QUARTER")
    elif found.has("m"):
        part = _QUARTERS.get(found.month() or 0)
        if part is None:
            return None
    else:
        number = 4 if found.word("o") in ("final", "last") else found.day("o")
        half = found.word("kind") == "half"
        number = 2 if half and found.word("o") in ("final", "last") else number
        if number is None or number > (2 if half else 4):
            return None
        if half and not any(found.has(name) for name in ("y", "yw", "of")):
            return None
        part = f"{'H' if half else 'Q'}{number}"
    if found.has("q") and found.after() in (":", ".") and not found.has("y"):
        return None
    year = found.year()
    years = year_shift(found)
    if found.has("back"):
        years = -1
    return Moment(year=year, years=years, part=part, mod=found.value("e", "EDGE"))


def compared_period(found: Found) -> Meaning | None:
    """Fires: "the 1988 period", "the corresponding quarter last year". Not: "the war period"."""
    return Moment(year=found.year(), years=year_shift(found), like=True)


def latest_period(found: Found) -> Meaning | None:
    """Fires: "the latest period" where a quarter was named before. Not: "… of war"."""
    start = found.words.starts[found.offset]
    named = re.search(r"quarter|\bQ[1-4]\b", found.words.text[max(0, start - _NEAR) : start])
    if not named or found.after() in ("of", "in"):
        return None
    return Shift(unit="Q", amount=0, anchor="narrative")


def season(found: Found) -> Meaning | None:
    """Fires: "the summer of 1994", "last fall", "in the spring". Not: "prices fall", "Fall Inn"."""
    part = found.value("s", "SEASON")
    dated = found.has("y") or found.has("yw") or found.has("dir")
    if is_complementizer(found):
        return None
    if not dated and found.capital("s") and found.after()[:1].isupper():
        return None
    if not dated and not found.has("e") and not _reads_as_season(found):
        return None
    return Moment(
        year=found.year(),
        years=year_shift(found),
        part=part,
        lean=lean_of(found),
        anchor=anchor_of(found),
        mod=extras(found)["mod"],
    )


def _reads_as_season(found: Found) -> bool:
    cues = {"in", "during", "by", "until", "since", "through", "for", "of", "before", "after"}
    if found.word("s") in ("fall", "spring"):
        following = found.after()
        alone = following in ("", "when") or not following[0].isalpha() or found.has("the")
        sure = found.before() in cues - {"of", "for", "before", "after"}
        return alone and sure and following != "of"
    return found.has("the") or found.before() in cues


def holiday(found: Found) -> Meaning | None:
    """Fires: "Christmas Eve", "Easter week", "Labor Day 2019". Not: "Christmas-free"."""
    name = re.sub(r"\s+", " ", found.word("h").replace("’", "'"))
    following = found.after()
    if not found.text("h")[0].isupper() or found.before() in ("father", "st", "st."):
        return None
    if following[:1] == "-" and not found.has("y"):
        return None
    daypart = found.value("dp", "DAYPART")
    years = year_shift(found)
    year, lean, week = found.year(), lean_of(found), found.has("week")
    return Holiday(name=name, year=year, lean=lean, daypart=daypart, years=years, week=week)


RULES: tuple[Rule, ...] = (
    ("( the? en:EDGENOUN of )? the? ( e:EDGE -? )? ( dec:DECADE | dw:DECADEWORD )", decade),
    ("the ( e:EDGE -? )? dec:SHORTDECADE", short_decade),
    ("dec:SHORTDECADE", second_decade),
    ("the? ( e:EDGE -? )? ( o:ORDINAL|ORDINALNUM|HIGHORDINAL ) -? century|centuries", century),
    (
        "the? ( e:EDGE -? )? ( o:ORDINAL|ORDINALNUM|HIGHORDINAL ) > {TO} the? ( EDGE -? )? "
        "ORDINAL|ORDINALNUM|HIGHORDINAL -? century|centuries",
        century,
    ),
    ("era:( ad | ( a . d . ) ) n:NUM", ancient),
    ("n:NUM ( era:( bc|bce|ad|ce | ( b . c . ) | ( a . d . ) ) )", ancient),
    ("n:NUM > {TO} NUM ( era:( bc|bce|ad|ce | ( b . c . ) | ( a . d . ) ) )", ancient),
    (
        "( e:EDGE -? )? ( fiscal|financial -? )? o:ORDINAL|ORDINALNUM|FINAL - kind:quarter|half",
        quarter,
    ),
    (
        "the? ( e:EDGE -? )? ( fiscal|financial -? )? o:ORDINAL|ORDINALNUM|FINAL|last "
        "kind:quarter|half ( of? ( ( fiscal? y:YEAR ) | ( yw:last|this|next year ) | ( of:the "
        "year ) ) )?",
        quarter,
    ),
    (
        "( yw:last|this|next ) year 's? fiscal? ( o:ORDINAL|ORDINALNUM|FINAL ) -? ( "
        "kind:quarter|half )",
        quarter,
    ),
    ("the? y:YEAR 's? fiscal? ( o:ORDINAL|ORDINALNUM|FINAL ) -? ( kind:quarter|half )", quarter),
    ("the? back:year -? ago|earlier ( o:ORDINAL ) -? ( kind:quarter|half )", quarter),
    ("the? o:ORDINAL|ORDINALNUM > {TO} the? ORDINAL|ORDINALNUM quarters ( of? y:YEAR )?", quarter),
    ("the? o:ORDINAL|ORDINALNUM quarters ( of? y:YEAR )?", quarter),
    ("the? q:QUARTER ( of? y:YEAR )?", quarter),
    ("the y:FOURDIGIT period|quarter", compared_period),
    (
        "( the comparable|corresponding|same period|quarter of|in? )? yw:last year ( 's "
        "period|quarter )",
        compared_period,
    ),
    (
        "the comparable|corresponding|same period|quarter of|in? ( yw:last year | y:FOURDIGIT )",
        compared_period,
    ),
    ("the latest period", latest_period),
    ("the? m:MONTH -? kind:quarter ( of? y:YEAR )?", quarter),
    (
        "( the:the )? ( e:EDGE -? )? {DIR}? s:SEASON ( ( of? y:YEAR|SHORTYEAR "
        "( -|–|/ DAYNUM|TWODIGIT )? ) | ( of? "
        "yw:last|this|next year ) )?",
        season,
    ),
    ("{DIR}? h:( {HOLIDAY} ) week:week", holiday),
    ("{DIR}? h:( {HOLIDAY} ) ( ,? y:YEAR | ( yw:last|this|next year ) )? dp:DAYPART?", holiday),
)
