"""Expressions relative to an anchor: "yesterday", "last week", "two days earlier"."""

from __future__ import annotations

from newsextract.language.lexicon import read_pairs, read_words
from newsextract.stages.dates.meaning import Anchor, Fixed, Meaning, Moment, Shift
from newsextract.stages.dates.rules.durations import duration_value, modifier, unit_of
from newsextract.stages.dates.rules.found import Found, Rule
from newsextract.stages.dates.rules.shared import MODALS, POSSESSIVES, extras, steps_of
from newsextract.stages.dates.stamps import read_clock

_NARRATIVE = frozenset({"previous", "following", "preceding", "same", "that", "prior"})
_DAILY = frozenset(("in", "during", "by", "until", "through", "on", "of", "since", "late"))
_GRAINS = frozenset({"D", "W", "M", "Q", "Y"})


def deictic(found: Found) -> Meaning | None:
    """Fires: "yesterday", "tomorrow night", "the day before yesterday". Not: "the Today show"."""
    if found.capital("x") and found.before() in POSSESSIVES | {"the"}:
        return None
    amount = found.integer("x", "DEICTIC") or 0
    if found.has("far"):
        amount *= 2
    values = extras(found)
    if found.word("x") == "tonight":
        values["daypart"] = "NI"
    return Shift(unit="D", amount=amount, **values)


def part_of_day(found: Found) -> Meaning | None:
    """Fires: "this morning", "last night", "later this afternoon", "that evening"."""
    which, part = found.word("dir"), found.word("dp")
    if which == "last" and part not in ("night", "evening"):
        return None
    narrative = which not in ("this", "last")
    return Shift(
        unit="D",
        amount=steps_of(which),
        anchor="narrative" if narrative else "published",
        daypart=found.value("dp", "DAYPART"),
        mod=extras(found)["mod"],
    )


def bare_part_of_day(found: Found) -> Meaning | None:
    """Fires: "in the morning", "overnight". Not: "a morning show"."""
    if found.has("on"):
        return Shift(unit="D", amount=0, daypart="NI")
    if found.before() not in _DAILY:
        return None
    if found.after() == "of":
        return None
    return Shift(unit="D", amount=0, daypart=found.value("dp", "DAYPART"), anchor="narrative")


def moved_unit(found: Found) -> Meaning | None:
    """Fires: "last week", "early next year", "the current quarter". Not: "last minute"."""
    which, unit = found.word("dir").split()[-1], found.value("u", "UNIT") or ""
    if found.capital("u") and not found.text("u").isupper():
        return None
    if unit == "D":
        return _moved_day(found, which)
    if unit not in ("W", "2W", "M", "Q", "Y", "DE", "CE"):
        return None
    if unit == "DE" and which in ("last", "past", "next", "coming"):
        return Fixed(value="P10Y", type="DURATION", mod=extras(found)["mod"])
    if unit == "CE" and which == "past":
        return Fixed(value="P100Y", type="DURATION")
    amount = steps_of(which)
    anchor = "narrative" if which in _NARRATIVE else "published"
    return Shift(unit=unit, amount=amount, anchor=anchor, mod=_mod(found))  # type: ignore[arg-type]


def _moved_day(found: Found, which: str) -> Meaning | None:
    if which in ("next", "following", "previous", "same", "that"):
        values = extras(found)
        return Shift(unit="D", amount=steps_of(which), anchor="narrative", **values)
    return None


def _mod(found: Found) -> str | None:
    mod: str | None = extras(found)["mod"]
    return mod


def moved_weekend(found: Found) -> Meaning | None:
    """Fires: "last weekend", "the weekend", "this weekend"."""
    which = (found.word("dir").split() or ["the"])[-1]
    return Shift(unit="WE", amount=steps_of(which), mod=_mod(found), like=which == "the")


def weekday_of_week(found: Found) -> Meaning | None:
    """Fires: "Monday last week", "Friday of next week"."""
    amount = steps_of(found.word("dir"))
    weekday = found.integer("wd", "WEEKDAY")
    return Shift(unit="W", amount=amount, weekday=weekday)


def ago(found: Found) -> Meaning | None:
    """Fires: "two years ago", "a week or so ago", "nearly four years ago". Not: "year-ago"."""
    unit, mod = unit_of(found), modifier(found)
    if found.has("v") or not any(found.has(name) for name in ("n", "a", "co")):
        vague = found.has("us") or found.has("v")
        return Fixed(value="PAST_REF", mod=mod) if vague else None
    amount = _whole_number(found)
    if amount is not None:
        return Shift(unit=unit, amount=-amount, mod=mod, like=_is_one_year(found, unit))
    return Fixed(value=duration_value(found, unit) or "PAST_REF", type="DURATION", mod=mod)


def _whole_number(found: Found) -> int | None:
    """Return the whole number before a unit: 3 of "three", 1 of "a", 2 of "a couple"."""
    if not found.has("n"):
        return 2 if found.has("co") else 1
    text = found.number("n") or ""
    return int(text) if text.isdecimal() and len(text) < 7 else None


def _is_one_year(found: Found, unit: str) -> bool:
    return unit == "Y" and found.has("a")


def moved_narrative(found: Found) -> Meaning | None:
    """Fires: "two days later", "a year earlier", "three weeks after that".

    Not: "years later", "two weeks earlier this month".
    """
    amount, unit = _whole_number(found), unit_of(found)
    back = found.word("way") in ("earlier", "before", "previously", "prior")
    if amount is None:
        return None
    if found.word("way") in ("before", "after") and _has_object(found):
        return None
    if found.after() in ("this", "last", "next"):
        return None
    steps = -amount if back else amount
    return Shift(
        unit=unit,
        amount=steps,
        anchor="narrative",
        mod=modifier(found),
        like=_is_one_year(found, unit),
    )


def _has_object(found: Found) -> bool:
    return found.after() not in (".", ",", ";", ")", "")


def hour_of_day(found: Found) -> Meaning | None:
    """Fires: "4 in the morning", "nine o'clock at night"."""
    clock = read_clock(found.text("n")) or read_clock(found.text("n") + ":00")
    part = found.value("dp", "DAYPART") or "MO"
    hour = int(clock[:2]) if clock else 0
    if clock is None or not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (0 if part == "MO" or (part == "NI" and hour == 12) else 12)
    return Moment(clock=f"{hour:02}{clock[2:]}", anchor="narrative")


def from_now(found: Found) -> Meaning | None:
    """Fires: "two weeks from now", "a year hence"."""
    amount = _whole_number(found)
    if amount is None:
        return Fixed(value="FUTURE_REF")
    return Shift(unit=unit_of(found), amount=amount, mod=modifier(found))


def day_before(found: Found) -> Meaning | None:
    """Fires: "the day before", "the night after", "the year before". Not: "the day before it"."""
    if _has_object(found):
        return None
    amount = -1 if found.word("way") in ("before", "earlier") else 1
    unit, part = found.value("u", "UNIT") or "D", found.value("dp", "DAYPART")
    return Shift(unit=unit, amount=amount, anchor="narrative", daypart=part)


def compared_year(found: Found) -> Meaning | None:
    """Fires: "the year-ago quarter", "the year-earlier period", "year-earlier"."""
    return Shift(unit="Y", amount=-1, like=True, anchor="narrative")


def full_year(found: Found) -> Meaning | None:
    """Fires: "the full year", "the fiscal year", "year-end", "by year's end"."""
    return Shift(unit="Y", amount=0, mod="END" if found.has("end") else None)


def moved_unit_year(found: Found) -> Meaning | None:
    """Fires: "the current fiscal year", "next financial year"."""
    which = found.word("dir")
    return Shift(unit="Y", amount=steps_of(which), mod=_mod(found))


def narrative_unit(found: Found) -> Meaning | None:
    """Fires: "the quarter", "that year", "the same week", "the day". Not: "the day of"."""
    unit = found.value("u", "UNIT") or ""
    if unit not in _GRAINS:
        return None
    which = found.word("dir")
    if which == "the" and unit == "Y" and found.after() in ("ended", "ending", "to", "through"):
        return Fixed(value="P1Y", type="DURATION")
    if which == "the" and not _the_unit_stands_for_a_date(found, unit):
        return None
    anchor: Anchor = "published" if which == "the" and unit in ("W", "M", "Y") else "narrative"
    return Shift(unit=unit, amount=0, anchor=anchor, mod=_mod(found))


def _the_unit_stands_for_a_date(found: Found, unit: str) -> bool:
    if unit == "D" or found.after() in ("of", "'s", "’s", "-", "that", "when"):
        return False
    if unit == "Q":
        return True
    cues = ("for", "in", "during", "of", "this", "earlier", "later", "by", "through", "throughout")
    edges = (found.has(name) for name in ("e", "en", "el", "la"))
    return found.before() in cues or any(edges)


def reference(found: Found) -> Meaning | None:
    """Fires: "now", "currently", "the future", "future losses". Not: "its future role"."""
    word = found.word("r")
    if not _refers(found, word):
        return None
    return Fixed(value=read_pairs("time_words")[word].split()[1])


def _refers(found: Found, word: str) -> bool:
    if word == "future" and not found.has("the") and not _is_coming(found):
        return False
    if found.after() == "-" and word in ("now", "current", "future", "recent"):
        return False
    if word == "now":
        return found.before() not in ("until-", "'")
    return not found.text("r")[0].isupper() or found.before() in ("", ".", '"', "“")


def _is_coming(found: Found) -> bool:
    """Fires: "future" in "cover future losses". Not: "its future role", "a future in doubt"."""
    following = found.after()
    taken = found.before() in POSSESSIVES or found.before() in read_pairs("determiners")
    return not taken and following.islower() and following not in read_words("function_words")


def spoken_reference(found: Found) -> Meaning | None:
    """Fires: "in the past", "these days", "will one day". Not: "the past president"."""
    if found.has("past"):
        following = found.after()
        joined = {*read_words("function_words"), *read_pairs("pronouns")}
        free = not following[:1].isalnum() or following.lower() in joined
        led = found.before() in read_words("function_words")
        return Fixed(value="PAST_REF") if led and free else None
    if found.has("other"):
        return Fixed(value="PAST_REF")
    if found.has("once"):
        return Fixed(value="FUTURE_REF") if found.before() in MODALS | {"to"} else None
    if found.has("present"):
        free = found.word("present") != "the moment" or found.before() in ("at", "for")
        return Fixed(value="PRESENT_REF") if free else None
    return Fixed(value="FUTURE_REF")


MACROS = {
    "WHICH": "( dir:( ( this? last|past|previous|preceding|next|coming|upcoming|following|current )"
    " | this | that ) )",
    "COUNT": "( ap:APPROX | ( ap2:more|less|fewer than ) | ( ap2:at least|most ) | ap2:OVER )?"
    " ( ( ( a|the )? co:couple ( of )? ) | v:VAGUE | ( a v:few ) | ( n:NUM more? -? )"
    " | a:a|an|one )?",
    "COUNTED": "( ap:APPROX | ( ap2:more|less|fewer than ) | ( ap2:at least|most ) | ap2:OVER )?"
    " ( ( a? co:couple ( of )? ) | ( n:NUM more? -? ) | a:a|an|one )",
    "UNITWORD": "( u:UNIT | us:UNITS )",
    "EDGES": "( ( the? en:EDGENOUN ( of | - ) ) | ( e:EDGE -? ) | ( el:EARLIER in? )"
    " | ( la:LATER in? ) | sometime )?",
}

RULES: tuple[Rule, ...] = (
    ("{PRE} x:DEICTIC ( 's? dp:DAYPART )? ( ,? at? c2:CLOCK ZONE? )?", deictic),
    ("{PRE} x:DEICTIC", deictic),
    ("( e:EDGE -? ) dp:DAYPART x:DEICTIC", deictic),
    ("far:( the day before|after ) x:DEICTIC", deictic),
    (
        "( el:EARLIER | la:LATER | e:EDGE )? dir:this|last|that|next|following|previous dp:DAYPART",
        part_of_day,
    ),
    ("the dir:next|following|previous dp:DAYPART", part_of_day),
    ("the ( e:EDGE -? )? dp:DAYPART", bare_part_of_day),
    ("on:OVERNIGHT", bare_part_of_day),
    ("n:DAYNUM|CLOCK ( o ' clock )? ( ( in the ) | at ) dp:DAYPART", hour_of_day),
    ("( e:EDGE -? ) dp:DAYPART", part_of_day),
    ("{EDGES} the? {WHICH} u:UNIT ( or so )?", moved_unit),
    ("the? {WHICH} u:day {POST}", moved_unit),
    ("{EDGES} ( the | {WHICH} ) WEEKEND", moved_weekend),
    ("wd:WEEKDAY of? dir:last|this|next week", weekday_of_week),
    ("{COUNT} -? {UNITWORD} ( or so )? -? ago", ago),
    (
        "{COUNTED} {UNITWORD} ( or so )? "
        "way:earlier|later|before|after|afterward|afterwards|previously",
        moved_narrative,
    ),
    ("{COUNTED} {UNITWORD} from now|today", from_now),
    ("{COUNTED} {UNITWORD} hence", from_now),
    ("the ( day | dp:DAYPART ) way:before|after|earlier", day_before),
    ("the u:week|month|year way:before|after", day_before),
    ("the? ( comparable|corresponding )? year -? ago|earlier quarter|period", compared_year),
    ("year -? ago|earlier", compared_year),
    ("{EDGES} dir:the u:UNIT", narrative_unit),
    ("the? fiscal|financial|full year", full_year),
    ("the latest fiscal|financial year", full_year),
    ("( about|around )? the? year ( - | 's )? end:end", full_year),
    (
        "{EDGES} the? ( dir:( this|last|next|current|previous|following ) ) fiscal|financial year",
        moved_unit_year,
    ),
    ("{EDGES} dir:that u:UNIT", narrative_unit),
    ("the dir:latest u:UNIT", narrative_unit),
    ("{EDGES} ( the|that ) dir:same u:UNIT", narrative_unit),
    ("( right|just )? r:now", reference),
    ("more|most? r:REF", reference),
    ("r:ADJECTIVE", reference),
    ("the:the ( near|foreseeable|immediate|distant )? r:FUTURE", reference),
    ("r:FUTURE", reference),
    ("past:( the past )", spoken_reference),
    ("other:( the other day )", spoken_reference),
    ("once:( one day )", spoken_reference),
    ("present:( these days )", spoken_reference),
    ("present:( the moment )", spoken_reference),
    ("present:( the present )", spoken_reference),
    ("the? ( near|short|long ) -? term > .|,|and|as|,", spoken_reference),
)
