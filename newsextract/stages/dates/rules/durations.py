"""Durations, ages and sets: "three days", "52-year-old", "every Monday", "twice a week"."""

from __future__ import annotations

from fractions import Fraction

from newsextract.language.lexicon import read_words
from newsextract.stages.dates.meaning import Fixed, Meaning
from newsextract.stages.dates.numbers import read_number
from newsextract.stages.dates.rules.found import Found, Rule
from newsextract.stages.dates.rules.shared import clock_of

_PARTS = {"Y": ("M", 12), "D": ("TH", 24), "TH": ("TM", 60), "TM": ("TS", 60), "W": ("D", 7)}
_NO_DURATION = frozenset(
    ("all", "business", "office", "opening", "working", "trading", "visiting", "peak", "small")
    + ("wee", "rush", "closing", "banking", "store", "library")
)
_COMPARED = {
    "more than": "MORE_THAN", "less than": "LESS_THAN", "fewer than": "LESS_THAN",
    "at least": "EQUAL_OR_MORE", "at most": "EQUAL_OR_LESS", "up to": "EQUAL_OR_LESS",
    "no more than": "EQUAL_OR_LESS", "as many as": "EQUAL_OR_LESS", "within": "EQUAL_OR_LESS",
    "over": "MORE_THAN", "under": "LESS_THAN",
}  # fmt: skip


def modifier(found: Found) -> str | None:
    """Return the modifier that words before or behind a number set."""
    if found.has("ap2"):
        return _COMPARED.get(found.word("ap2")) or _COMPARED.get(_phrase(found))
    if found.has("ap"):
        return found.value("ap", "APPROX")
    return "APPROX" if found.has("so") or found.has("co") else None


def _phrase(found: Found) -> str:
    first = (found.span("ap2") or (0, 0))[0]
    return f"{found.words.word(first)} {found.words.word(first + 1)}".lower()


def write_duration(amount: str, unit: str) -> str:
    """Return the TIMEX3 duration: ("3", "D") is P3D, ("X", "TH") is PTXH, ("5", "TMS") PT0.005S."""
    if unit == "TMS":
        amount = f"{float(amount) / 1000:f}".rstrip("0") if amount != "X" else "X"
        unit = "TS"
    if unit == "2W":
        amount = str(2 * int(amount)) if amount.isdecimal() else "X"
        unit = "W"
    return f"PT{amount}{unit[1]}" if unit[0] == "T" else f"P{amount}{unit}"


def unit_of(found: Found) -> str:
    """Return the code of the unit in the groups ``u`` or ``us``."""
    return found.value("u", "UNIT") or found.value("us", "UNITS") or ""


def duration_value(found: Found, unit: str) -> str | None:
    """Return the duration that the number and unit of a match write."""
    value = read_number(found.word("n")) if found.has("n") else Fraction(1)
    if value is None:
        return None
    half = found.has("half")
    if half:
        value += Fraction(1, 2)
    if value.denominator == 1:
        return write_duration(str(value.numerator), unit)
    rest = _PARTS.get(unit)
    if rest and (half or "/" in found.text("n") or "½" in found.text("n")):
        smaller = (value - int(value)) * rest[1]
        if smaller.denominator == 1:
            whole = write_duration(str(int(value)), unit) if value >= 1 else ""
            part = write_duration(str(smaller.numerator), rest[0])
            return whole + (
                part.lstrip("PT") if whole and unit[0] == "T" else part[1:] if whole else part
            )
    return write_duration(f"{float(value):.6f}".rstrip("0"), unit)


def counted(found: Found) -> Meaning | None:
    """Fires: "three days", "a 30-day", "2 1/2 years". Not: "a second", "two quarters of"."""
    unit = unit_of(found)
    if unit == "TS" and found.has("u") and not found.has("n"):
        return None
    if unit == "Q" and (found.after() == "of" or not found.has("us")):
        return None
    if found.has("a") and unit in ("CE", "ML") and found.after() in ("of", "-"):
        return None
    if found.after() == "-" and found.after(2) in ("ago", "earlier"):
        return None
    if found.word("ap2") == "over" and not _compares(found.before()):
        return None
    value = duration_value(found, unit)
    return Fixed(value=value, type="DURATION", mod=modifier(found)) if value else None


def _compares(before: str) -> bool:
    """Whether "over" compares: "for over a week". Not: "fell over a week"."""
    return before in read_words("function_words")


def round_number(found: Found) -> Meaning | None:
    """Fires: "a hundred years", "almost a thousand days"."""
    amount = {"hundred": "100", "thousand": "1000", "dozen": "12"}.get(found.word("n"))
    if amount is None:
        return None
    value = write_duration(amount, unit_of(found))
    return Fixed(value=value, type="DURATION", mod=modifier(found))


def choice(found: Found) -> Meaning | None:
    """Fires: "two to three weeks" (the lower one), "five or ten years" (the higher one)."""
    lower = found.word("link") in ("to", "-", "–")
    number = found.number("n" if lower else "n2")
    if number is None:
        return None
    mod = "EQUAL_OR_MORE" if lower else None
    return Fixed(value=write_duration(number, unit_of(found)), type="DURATION", mod=mod)


def vague(found: Found) -> Meaning | None:
    """Fires: "several years", "days", "decades-long".

    Not: "Days of Glory", "at all hours", "the minutes of the meeting".
    """
    unit = unit_of(found)
    if unit == "TH" and found.before() in _NO_DURATION:
        return None
    if unit == "TM" and found.before() == "the" and found.after() == "of":
        return None
    if found.text("us").istitle() and found.before() not in ("", ".", '"', "“"):
        return None
    if unit == "Q" and not found.has("v") and found.match.end() - found.match.start() == 1:
        return None
    if unit == "TS" and not found.has("v") and found.before() not in ("of", "in", "within", "for"):
        return None
    return Fixed(value=write_duration("X", unit), type="DURATION", mod=modifier(found))


def couple(found: Found) -> Meaning | None:
    """Fires: "a couple of years", "the next couple of days"."""
    return Fixed(value=write_duration("2", unit_of(found)), type="DURATION", mod="APPROX")


def multitude(found: Found) -> Meaning | None:
    """Fires: "hundreds of years" (PXCE), "thousands of years" (PXML), "dozens of days" (PXD)."""
    unit = unit_of(found)
    if unit == "Y":
        unit = {"hundreds": "CE", "thousands": "ML", "decades": "DE"}.get(found.word("many"), "Y")
    return Fixed(value=write_duration("X", unit), type="DURATION")


def fraction(found: Found) -> Meaning | None:
    """Fires: "half an hour", "half a century", "a quarter of an hour"."""
    unit = unit_of(found)
    if unit == "CE":
        return Fixed(value="P50Y", type="DURATION")
    if unit == "DE":
        return Fixed(value="P5Y", type="DURATION")
    rest = _PARTS.get(unit)
    if rest is None or rest[1] % 2:
        return Fixed(value=write_duration("0.5", unit), type="DURATION")
    return Fixed(value=write_duration(str(rest[1] // 2), rest[0]), type="DURATION")


def compound(found: Found) -> Meaning | None:
    """Fires: "two years and three months", "1 hour 20 minutes"."""
    first, second = found.number("n"), found.number("n2")
    unit = "TH" if found.word("us") == "hr" else found.value("us", "UNITS")
    smaller = found.value("us2", "UNITS")
    order = ("Y", "M", "W", "D", "TH", "TM", "TS")
    if not first or not second or unit not in order or smaller not in order:
        return None
    if order.index(unit) >= order.index(smaller) or "." in first:
        return None
    head, tail = write_duration(first, unit), write_duration(second, smaller)
    return Fixed(value=head + (tail[2:] if "T" in head else tail[1:]), type="DURATION")


def thousandth(found: Found) -> Meaning | None:
    """Fires: "a thousandth of a second", "a hundredth of a second"."""
    part = {"tenth": "0.1", "hundredth": "0.01", "thousandth": "0.001", "millionth": "0.000001"}
    return Fixed(value=f"PT{part[found.word('part')]}S", type="DURATION")


def repeated(found: Found) -> Meaning | None:
    """Fires: "every Monday", "each year", "every two weeks", "every other day"."""
    calendar = _repeated_on(found)
    if calendar:
        return Fixed(value=calendar, type="SET")
    unit = unit_of(found)
    if unit == "TS" and not found.has("n"):
        return None
    number = "2" if found.has("other") else found.number("n") or str(found.day("o") or 1)
    return Fixed(value=write_duration(number, unit), type="SET")


def _repeated_on(found: Found) -> str | None:
    if found.has("wd"):
        return f"XXXX-WXX-{found.value('wd', 'WEEKDAY')}{_time(found)}"
    if found.has("m"):
        return f"XXXX-{found.month():02}"
    if found.has("s"):
        return f"XXXX-{found.value('s', 'SEASON')}"
    if found.has("dp"):
        return f"XXXX-XX-XXT{found.value('dp', 'DAYPART')}"
    return "XXXX-WXX-WE" if found.has("we") else None


def _time(found: Found) -> str:
    clock = clock_of(found)
    if clock:
        return f"T{clock}"
    part = found.value("dp", "DAYPART") or found.value("dps", "DAYPARTS")
    return f"T{part}" if part else ""


def weekdays(found: Found) -> Meaning | None:
    """Fires: "on Mondays", "Saturdays at 5:30 pm", "Tuesday nights"."""
    weekday = found.integer("wds", "WEEKDAYS") or found.integer("wd", "WEEKDAY")
    return Fixed(value=f"XXXX-WXX-{weekday}{_time(found)}", type="SET")


def rate(found: Found) -> Meaning | None:
    """Fires: "twice a week", "three times per month", "per year"."""
    unit = unit_of(found)
    return Fixed(value=write_duration("1", unit), type="SET") if unit != "TS" else None


def set_word(found: Found) -> Meaning | None:
    """Fires: "daily", "annual". Not: "the Daily Star", "Biennial"."""
    text = found.text("w")
    if text[0].isupper() and (found.after()[:1].isupper() or found.before() not in ("", ".", '"')):
        return None
    value = found.value("w", "SETWORD")
    return Fixed(value=value, type="SET") if value else None


MACROS = {
    "MORE": "( ( ap:about < ) | ap:APPROX | ( ap2:more|less|fewer than ) | ( ap2:at least|most )"
    " | ( ap2:up to ) | ( no ap2:more than ) | ap2:OVER )?",
    "KIND": "( more|full|consecutive|straight|additional|extra|whole|long|short|business|working"
    "|trading|calendar|solid|successive|further|other|separate|single )?",
    "WITHIN": "( ( the? this? past|last|next|coming|previous|following|latest|first|final|opening"
    "|closing|early|remaining|entire|full|initial ) )?",
    "U": "( u:UNIT | us:UNITS )",
}

RULES: tuple[Rule, ...] = (
    (
        "{MORE} n:NUM more? -? {KIND} {U} ( ( and a half:half ) | ( so:or so ) )? ( -? old|olds )?",
        counted,
    ),
    (
        "( ap2:at least )? {WITHIN} n:NUM more? {KIND} {U} ( ( and a half:half ) | ( so:or so ) )?",
        counted,
    ),
    ("the n:NUM more? {KIND} us:UNITS", counted),
    ("the first|last|final|early|closing|opening us:UNITS", vague),
    ("{WITHIN} ( n:NUM -? and -? a -? half:half -? ) {U}", counted),
    (
        "{MORE} a:a|an|another|one single|full|whole|entire|further|additional|extra|mere? "
        "u:UNIT ( ( and a half:half ) | ( so:or so ) )? ( -? old )?",
        counted,
    ),
    ("{MORE} a n:CARDINAL|DOZEN {U}", round_number),
    ("n:NUM {U} and a half:half", counted),
    ("{WITHIN} n:NUM link:to|or|-|– n2:NUM -? {KIND} {U} ( -? old|olds )?", choice),
    ("{WITHIN} ( a v:few | v:VAGUE ) more|other|recent|short|long? -? {U}", vague),
    ("( recent|past|coming|ensuing|last|previous|later ) us:UNITS", vague),
    ("the early us:UNITS", vague),
    ("the us:UNITS ahead", vague),
    ("us:UNITS ( -? long|old )?", vague),
    ("( recent|past|coming )? us:UNITS or|and UNITS", vague),
    ("{WITHIN} a? couple of? us:UNITS", couple),
    ("many:dozens|hundreds|thousands|tens|scores|millions of us:UNITS", multitude),
    ("( a half -? | half -? | half a|an ) u:UNIT", fraction),
    ("n:NUM us:UNITS|hr and? n2:NUM us2:UNITS", compound),
    ("a part:tenth|hundredth|thousandth|millionth of a second|seconds", thousandth),
    ("u:UNIT -? long", counted),
    (
        "every|each ( other:other )? ( n:NUM | o:ORDINAL|ORDINALNUM )? ( u:UNIT | us:UNITS | "
        "( wd:WEEKDAY dp:DAYPART? ) | m:MONTH | s:SEASON | dp:DAYPART | we:WEEKEND )",
        repeated,
    ),
    (
        "wds:WEEKDAYS ( ( at|,? c:CLOCK ( ( local time ) | ZONE )? ) | dp:DAYPART | "
        "dps:DAYPARTS )?",
        weekdays,
    ),
    ("wd:WEEKDAY dps:DAYPARTS", weekdays),
    ("on|at < we:WEEKENDS", repeated),
    ("wd:WEEKDAY > and|or|through|to WEEKDAY dps:DAYPARTS", weekdays),
    ("( TIMES | ( NUM times ) ) ( a|an|per|each|every ) u:UNIT", rate),
    ("per u:UNIT", rate),
    ("w:SETWORD", set_word),
)
