"""Days relative to another date: "the last Friday of May", "a week from Monday", "Friday week"."""

from __future__ import annotations

from newsextract.language.calendar import is_month_day
from newsextract.stages.dates.meaning import Fixed, Holiday, Meaning, Moment, Offset, Shift, Within
from newsextract.stages.dates.numbers import read_number
from newsextract.stages.dates.rules.durations import unit_of
from newsextract.stages.dates.rules.found import Found, Rule
from newsextract.stages.dates.rules.periods import holiday
from newsextract.stages.dates.rules.shared import lean_of, steps_of

_NARRATIVE = frozenset({"previous", "following", "same"})


def within_month(found: Found) -> Meaning | None:
    """Fires: "the last Friday of May", "the 5th of next month". Not: "the second May"."""
    nth = -1 if found.word("nth") in ("last", "final") else found.day("nth")
    if nth is None or not 1 <= abs(nth) <= 31:
        return None
    weekday = found.integer("wd", "WEEKDAY")
    if weekday is not None and nth > 5:
        return None
    month = _month_of(found)
    return Within(month=month, nth=nth, weekday=weekday) if month else None


def monthly(found: Found) -> Meaning | None:
    """Fires: "the first Monday of every month". Not: "the first Monday of the month"."""
    return Fixed(value="P1M", type="SET")


def _month_of(found: Found) -> Moment | Shift | None:
    if found.has("m"):
        if not found.capital("m") and len(found.text("m")) < 6:
            return None
        return Moment(year=found.year(), month=found.month())
    which = found.word("of")
    anchor = "narrative" if which in _NARRATIVE else "published"
    unit = "Y" if found.has("year") else "M"
    return Shift(unit=unit, amount=steps_of(which), anchor=anchor)  # type: ignore[arg-type]


def before_last(found: Found) -> Meaning | None:
    """Fires: "the week before last", "the night before last", "the weekend after next"."""
    steps = -2 if found.has("back") else 2
    if found.has("wd"):
        lean = "past" if steps < 0 else "future"
        base = Moment(weekday=found.integer("wd", "WEEKDAY"), lean=lean)  # type: ignore[arg-type]
        return Offset(base=base, unit="W", amount=steps // 2)
    if found.has("s"):
        return Moment(part=found.value("s", "SEASON"), years=steps)
    if found.has("dp"):
        return Shift(unit="D", amount=steps, daypart=found.value("dp", "DAYPART"))
    unit = "WE" if found.has("we") else found.value("u", "UNIT") or ""
    return Shift(unit=unit, amount=steps) if unit in ("D", "W", "WE", "M", "Q", "Y") else None


def _length(found: Found) -> tuple[str, int] | None:
    """Return unit and number of a length of time in whole units."""
    unit = unit_of(found)
    value = read_number(found.word("n")) if found.has("n") else 1
    if value is None or value != int(value) or not 0 < value < 1000:
        return None
    return (unit, int(value)) if unit in ("D", "W", "2W", "M", "Y", "DE", "CE") else None


def from_weekday(found: Found) -> Meaning | None:
    """Fires: "a week from Monday", "Friday week". Not: "held for a week on Monday"."""
    weekday = found.integer("wd", "WEEKDAY")
    counted = found.has("a") or found.has("n")
    length = _length(found) if counted else ("W", 2 if found.has("two") else 1)
    if length is None or (found.has("on") and length[0] not in ("W", "2W")):
        return None
    if found.has("on") and found.before() in ("for", "of", "than", "within", "in", "lasted"):
        return None
    base = Moment(weekday=weekday, lean="future")
    return Offset(base=base, unit=length[0], amount=length[1])


def ago_weekday(found: Found) -> Meaning | None:
    """Fires: "a week ago Tuesday", "three weeks ago on Friday". Not: "weeks ago"."""
    length = _length(found)
    if length is None:
        return None
    base = Moment(weekday=found.integer("wd", "WEEKDAY"), lean="past")
    return Offset(base=base, unit=length[0], amount=-length[1])


def weekdays_ago(found: Found) -> Meaning | None:
    """Fires: "three Mondays ago", two weeks before last Monday."""
    number = read_number(found.word("n"))
    if number is None or not 1 <= number < 100 or number != int(number):
        return None
    base = Moment(weekday=found.integer("wds", "WEEKDAYS"), lean="past")
    return Offset(base=base, unit="W", amount=1 - int(number))


def from_today(found: Found) -> Meaning | None:
    """Fires: "a year ago today", "ten years ago this month", "two weeks from tomorrow"."""
    length = _length(found)
    if length is None:
        return None
    if found.has("x"):
        unit, steps = "D", found.integer("x", "DEICTIC") or 0
    else:
        unit, steps = found.value("unit", "UNIT") or "", 0
    if unit not in ("D", "W", "M"):
        return None
    amount = -length[1] if found.has("ago") else length[1]
    return Offset(base=Shift(unit=unit, amount=steps), unit=length[0], amount=amount)


def beside_date(found: Found) -> Meaning | None:
    """Fires: "the day after Christmas", "two days before March 5". Not: "the day after he left"."""
    base = _date_in(found)
    length = _length(found) if found.has("n") or found.has("us") or found.has("u") else ("D", 1)
    if base is None or length is None or length[0] not in ("D", "W", "2W"):
        return None
    amount = -length[1] if found.word("way") in ("before", "preceding") else length[1]
    weekday = found.integer("wd", "WEEKDAY")
    part = found.value("dp", "DAYPART")
    return Offset(base=base, unit=length[0], amount=amount, weekday=weekday, daypart=part)


def _date_in(found: Found) -> Moment | Holiday | None:
    if found.has("h"):
        named = holiday(found)
        return named if isinstance(named, Holiday) else None
    if found.has("wd2"):
        lean = lean_of(found)
        return Moment(weekday=found.integer("wd2", "WEEKDAY"), lean=lean) if lean else None
    month, day = found.month(), found.day()
    if month is None or day is None or not found.capital("m") or not is_month_day(month, day):
        return None
    return Moment(year=found.year(), month=month, day=day)


MACROS = {
    "NTH": "nth:ORDINAL|ORDINALNUM|FINAL|last",
    "LONG": "( ( n:NUM ( u:UNIT | us:UNITS ) ) | ( a:a|an|one u:UNIT ) )",
}

RULES: tuple[Rule, ...] = (
    ("the? {NTH} ( wd:WEEKDAY | day ) of|in {MON} ( ,? of? y:YEAR )?", within_month),
    (
        "the? {NTH} ( wd:WEEKDAY | day ) of|in ( of:last|this|next|the|previous|following|coming )"
        " month",
        within_month,
    ),
    ("the? {NTH} ( WEEKDAY | day )? of|in every|each month", monthly),
    ("the? {NTH} day of ( of:last|this|next|the|previous|following ) year:year", within_month),
    (
        "the? {NTH} ( > and|or|to|- the? ORDINALNUM )? of "
        "( of:last|this|next|the|previous|following|coming ) month",
        within_month,
    ),
    ("the? ( u:UNIT | dp:DAYPART | wd:WEEKDAY | we:WEEKEND | s:SEASON ) back:( before last )",
     before_last),
    ("the? ( u:UNIT | wd:WEEKDAY | we:WEEKEND | s:SEASON ) after next", before_last),
    ("{LONG} ( from | on:on ) wd:WEEKDAY", from_weekday),
    ("wd:WEEKDAY ( week | two:fortnight )", from_weekday),
    ("{LONG} ago on? wd:WEEKDAY", ago_weekday),
    ("n:NUM wds:WEEKDAYS ago", weekdays_ago),
    ("{LONG} ( from | ago:ago ) x:today|tomorrow|yesterday", from_today),
    ("{LONG} ago:ago this unit:UNIT", from_today),
    ("the ( day | dp:DAYPART | wd:WEEKDAY ) way:before|after|preceding|following h:( {HOLIDAY} ) "
     "( ,? y:YEAR )?", beside_date),
    ("the ( day | dp:DAYPART | wd:WEEKDAY ) way:before|after|preceding|following {MON} {D} "
     "( ,? y:YEAR )?", beside_date),
    ("the ( day | dp:DAYPART ) way:before|after {DIR} wd2:WEEKDAY", beside_date),
    ("{LONG} way:before|after ( ( h:( {HOLIDAY} ) ) | ( {MON} {D} ) ) "
     "( ,? y:YEAR )?", beside_date),
)  # fmt: skip
