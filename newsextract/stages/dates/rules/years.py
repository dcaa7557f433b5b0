"""Numbers that the context shows to be years: "in 1990", "FY2023-24", "2Q24"."""

from __future__ import annotations

import re

from newsextract.language.lexicon import read_words
from newsextract.stages.dates.meaning import Meaning, Moment, Range
from newsextract.stages.dates.rules.found import Found, Rule
from newsextract.stages.dates.rules.shared import UP_TO, extras

_SHORT_YEAR_CUES = frozenset(
    ("in", "of", "since", "by", "from", "to", "until", "and", "early", "late", "mid")
)
_DETERMINERS = frozenset(
    ("the", "this", "that", "its", "their", "our", "his", "her", "my", "your", "'s", "’s", "own")
)
_ADVERBIAL = frozenset(("by", "until", "before", "after", "from", "for", "during", "since", "in"))
_COUNTED = re.compile(
    r"(?:people|persons|residents|percent|per|million|billion|miles?|kilomet(?:re|er)s?|km|m|kg|"
    r"met(?:re|er)s?|tons?|tonnes?|feet|foot|pounds?|dollars?|euros?|rupees?|yen|pesos?|francs?|"
    r"crowns?|square|cubic|acres?|hectares?|barrels?|rpm|men|women|children|police|staff|"
    r"years?|months?|days?|hours?|minutes?|%|°)$",
    re.IGNORECASE,
)


def year_alone(found: Found) -> Meaning | None:
    """Fires: "in 1990", "the end of 1994", "1994 or later". Not: "1990 people", "No. 1990"."""
    year = found.year()
    if year is None:
        return None
    if found.text("y")[0] in "'’" and found.before() not in _SHORT_YEAR_CUES:
        return None
    marked = any(found.has(g) for g in ("e", "en", "beyond", "week", "fiscal"))
    if not marked and not _reads_as_year(found, year):
        return None
    mod = "ON_OR_AFTER" if found.has("beyond") else extras(found)["mod"]
    doubt = not marked and not _has_cue(found)
    return Moment(year=year, mod=mod, doubt=doubt)


def _has_cue(found: Found) -> bool:
    """Return whether the preceding word calls for a year: "in 1990", "its 1990 report", "(1990)".

    Before a plural a determiner does, or "in" ("its 1990 reports"), but not "of 1990 reports".
    """
    before = found.before()
    if _is_plural(found.after()):
        return before in _DETERMINERS or _opens(found)
    cued = before in read_words("year_cues") or before in _DETERMINERS | _ADVERBIAL
    return cued or before == "" or _is_short(found) or follows_year(found)


def _is_short(found: Found) -> bool:
    """Return whether a year has two digits and a mark: "'97"."""
    return found.text("y")[0] in "'’"


def _reads_as_year(found: Found, year: int) -> bool:
    """Return whether a year is written here: no rule that says otherwise, and a cue or our time."""
    if _is_short(found):
        return True
    if any(rule(found) for rule in _NO_YEAR):
        return False
    return 1900 <= year <= 2050 or found.before() in read_words("year_cues") or follows_year(found)


def _is_numbered(found: Found) -> bool:
    """Fires: "Flight 1990", "No. 1990", "Section 1983", "Sections 1981 and 1985", "$ 1990"."""
    before = found.before()
    if before in ("and", "or", "&", ",") and found.before(2).isdecimal():
        before = found.before(3)
    return (
        before in ("#", "$")
        or before in read_words("numbered_nouns")
        or (before == "." and found.before(2) == "no")
    )


def _is_ticker(found: Found) -> bool:
    """Fires: "2330" in "TSMC (2330.TW)", "1998" in "1998.HK". Not: "in 1990.\\n", "in 1990.It"."""
    end = found.words.ends[found.offset + found.match.end() - 1]
    return re.match(r"\.[A-Z]{1,2}\b", found.words.text[end : end + 4]) is not None


def _is_in_run(found: Found) -> bool:
    """Fires: "2020" in "0345 2020 1999", "1,950 2000", "555-2019". Not: "in 2016 24 people"."""
    if found.before() in ("-", "–") and found.before(2).isdecimal():
        return len(found.before(2)) not in (2, 4)
    if found.after() == "/" and found.after(2).isdecimal():
        return True
    if found.before()[:1].isdecimal() and found.before() not in ("19", "20"):
        return True
    following = found.after()
    return following[:1].isdecimal() and (
        len(following) > 2 and found.before() not in read_words("year_cues") - {",", "-", "("}
    )


def _is_address(found: Found) -> bool:
    """Fires: "1984 Elm Street". Not: "the 2016 Bourke Street attack", "In 2016 Main Street"."""
    words = [found.after(step) for step in (1, 2, 3)]
    if not words[0][:1].isupper() or found.before() in _DETERMINERS:
        return False
    named = [word.lower() for word in words if word[:1].isupper()]
    return bool(read_words("road_nouns").intersection(named[1:])) and found.before() not in (
        "in",
        "since",
        "until",
    )


def _is_count(found: Found) -> bool:
    """Fires: "2000 people", "about 2005 houses", "seats 1998 fans", "1984 votes, 2001 pages".

    Not: "the 2016 floods", "in 2016 prices rose".
    """
    before, following = found.before(), found.after()
    if following == "," and found.after(2)[:3].isdecimal():
        return before not in _ADVERBIAL | {"of"}
    opens = _opens(found)
    if _COUNTED.match(following):
        return not opens or following.lower() == "people"
    if not _is_plural(following) or opens or follows_year(found):
        return False
    if before in ("", ".", '"', "“"):
        return found.after(2) not in ("the", "a", "an", "its", "our", "his", "her", "to", "as")
    if before == "of":
        return True
    listed = before in (",", "and") and _is_plural(found.before(2))
    verb = before in read_words("past_verbs") or before.endswith("ed") or _is_plural(before)
    return verb or (listed and found.before(3)[:1].isdecimal())


def _opens(found: Found) -> bool:
    """Fires: "in 1990 prices rose", "By 1990 prices …". Not: "rose by 1990 shares"."""
    before = found.before()
    first = found.before(2) in ("", ".", ",", '"', "“", ";", ":")
    return before in ("in", "since") or (before in _ADVERBIAL and first)


def _is_plural(word: str) -> bool:
    if not word.islower() or len(word) < 4 or word in ("series", "means", "news"):
        return False
    return bool(re.search(r"[^siu]s$", word))


_NO_YEAR = (_is_numbered, _is_ticker, _is_in_run, _is_address, _is_count)


def follows_year(found: Found) -> bool:
    """Fires: "1688" in "from 1632 to 1688" and "dates back to 1688". Not: "listed 1200"."""
    if found.before() == "to" and found.before(2) in ("back", "dates", "dating", "date"):
        return True
    joined = found.before() in UP_TO | {"and", "or", ","}
    return joined and bool(re.fullmatch(r"1\d{3}|20\d\d", found.before(2)))


def fiscal_year(found: Found) -> Meaning | None:
    """Fires: "FY2023", "FY 24", "FY2023-24". Not: "FY24-3"."""
    first = _fiscal(found.text("fy"))
    if not found.has("last"):
        return Moment(year=first)
    text = found.text("last")
    last = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    if len(text) not in (2, 4) or not first < last <= first + 5:
        return None
    return Range(first=Moment(year=first), last=Moment(year=last))


def _fiscal(text: str) -> int:
    digits = re.sub(r"\D", "", text)
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def fiscal_part(found: Found) -> Meaning | None:
    """Fires: "2Q24", "Q3FY2024", "1H25"; "H1 FY25" and "Q2'23" in two words."""
    code = found.text("code") or found.text("q") + found.text("fy")
    part = code[1::-1] if code[0].isdecimal() else code[:2]
    return Moment(year=_fiscal(code[2:]), part=part.upper())


def year_range(found: Found) -> Meaning | None:
    """Fires: "1914-1918", "2015-16", "2020/21". Not: "2010-5", "Law 2003/54"."""
    first, text = found.year(), found.text("last")
    if first is None or not text.isdecimal():
        return None
    last = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    longest = 1 if found.has("slash") else 150
    if (
        not (first < last <= first + longest)
        or len(text) not in (2, 4)
        or not 1500 <= first <= 2100
    ):
        return None
    return Range(first=Moment(year=first), last=Moment(year=last))


RULES: tuple[Rule, ...] = (
    (
        "{APX} {EDGED} ( ( the year ) | fiscal|financial|calendar )? ( y:( YEARWORD and "
        "CARDINAL ) | y:YEAR|SHORTYEAR ) ( beyond:( ( and beyond|after|later|onwards ) | ( or "
        "later ) ) )?",
        year_alone,
    ),
    (
        "( the? fiscal|financial year? )? y:FOURDIGIT ( - | – | slash:/ ) "
        "last:FOURDIGIT|DAYNUM|TWODIGIT ( fiscal|financial year )?",
        year_range,
    ),
    ("fy:FISCALYEAR ( -|–|/ last:DAYNUM|TWODIGIT|FOURDIGIT )?", fiscal_year),
    ("code:FISCALPART", fiscal_part),
    ("q:QUARTER of|-? fy:FISCALYEAR|SHORTYEAR", fiscal_part),
    ("the? fiscal:fiscal|financial year? y:FOURDIGIT", year_alone),
    ("the? y:FOURDIGIT fiscal:fiscal|financial year", year_alone),
)
