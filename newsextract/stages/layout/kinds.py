"""Classify a line by its own words, with one rule per kind."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsextract.language.calendar import MONTHS, WEEKDAYS
from newsextract.language.lexicon import read_words
from newsextract.language.person_names import is_given
from newsextract.language.strings import plain_spaces
from newsextract.records import BlockKind
from newsextract.stages.layout.furniture import is_address, is_boilerplate

_AGENCY = (
    r"(?:[A-Z]{2,5}|Reuters|Shutterstock|Xinhua|"
    r"(?:[A-Z]\w+ )+(?:Images|News|Photos?|Pictures|Post|Press|Times))"
)
_CREDIT = re.compile(
    r"\(?(?:(?:images?|photos?|pictures?|pics?|photographs?|video|graphics?|illustrations?|file)"
    r"\s?(?:sources?|credits?|copyright|by|courtesy(?: of)?|via|:)|©|ap photo|"
    r"credits?:|photo/|getty images|source: [A-Z]\w+$)(?! (?:an?|the|in this) )",
    re.IGNORECASE,
)
_WORK = "(?:reporting|editing|writing)"
_STAFF = re.compile(
    rf"\(?(?:with )?(?:additional )?{_WORK}(?: (?:and|&) {_WORK})? by\b"
    r"|\(?with (?:\w+ ){0,3}inputs?(?: from .{2,60})?\)?\.?$"
    r"|.*\bcontributed (?:reporting )?(?:to|for) this (?:article|dispatch|report|story)\.?\)?$",
    re.IGNORECASE,
)
_TURN = re.compile(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .'’-]{0,40}:\s")
_CAPTION = re.compile(
    r"(?:FILE ?(?:PHOTO)?\s?[-–—:]|file (?:photo|picture|image)|pictured:|\(photo"
    r"|(?:figure|image|media|photo|picture|video) captions?\b[,:]?"
    r"|(?:image|photo|picture|video): (?:an?|the|in this) |view image in fullscreen ."
    r"|(?:illustrative|representati(?:onal|ve)) (?:image|photo|picture)s?\b)",
    re.I,
)
_CAPTION_END = re.compile(
    r"[\[(|/](?:file |ap )?(?:photo|image|picture|reuters|afp|getty)[^.]{0,60}$"
    r"|[.”’\")] (?:credit|image|photo|photograph|picture): .{2,60}$",
    re.IGNORECASE,
)
_STAFF_WORDS = (
    r"(?i:(?:an? |our |the )(?:\w+ )?(?:agencies|correspondents?|reporters?|staff|writers?))"
)
ZONE = r"(?:[A-Z]{3,5}|[ECMP]T|UK)"
_NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
_NAMES = rf"{_NAME}(?: {_NAME}){{1,3}}"
_SIGNED = re.compile(rf"(?P<caption>.+[.”’\")] )?{_NAMES} ?/ ?(?:.{{2,30}} via )?{_AGENCY}$")
_BYLINE = re.compile(
    r"(?i:by|from|words(?: by)?"
    r"|(?:analysis|comment|interview|opinion|reported|review|story|text|written) by):?"
    rf" @?(?:{_NAME}[^.!?]{{0,120}}\.?|{_STAFF_WORDS})$"
)
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could)\b|^(?:from|FROM|From)\b.* to\b"
)
_PLACED_BYLINE = re.compile(
    rf"{_NAME}(?: {_NAME}){{1,2}}(?:(?:, | in ){_NAME}(?: {_NAME})?| @\w+)$"
)
_BARE_BYLINE = re.compile(
    rf"{_NAMES}(?:(?:,| and| &| \||;) ?(?:{_NAMES}|@\w+|[A-Z]{{2,}}[\w ]*))*$"
)
_STAFF_BYLINE = re.compile(
    rf"{_NAMES},?(?: [\w&]+){{0,3}} (?:columnist|correspondent|editor|reporter|writer)"
    rf"(?:,? (?:in )?{_NAME}(?: {_NAME})?)?"
)
_STAMP_WORD = re.compile(
    r"(?:posted|published|updated?|modified|created|issued|edited|revised|first|last|on|at|by|date|"
    r"time|the|of|ago|read|admin|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|am|pm|[apmhz]|local|eastern|"
    r"central|mountain|pacific|standard|daylight|summer|noon|midnight|utc|gmt|t|st|nd|rd|th|"
    rf"(?-i:{ZONE})|" + "|".join(sorted({*MONTHS, *WEEKDAYS}, key=len, reverse=True)) + ")",
    re.IGNORECASE,
)
_HOUR = r"(?:[01]?\d|2[0-3])"
_CLOCK_LINE = re.compile(
    rf"(?:{_HOUR}[:h][0-5]\d|{_HOUR}\.[0-5]\d(?= ?(?:[ap]\.?m|(?-i:{ZONE})))|{_HOUR}(?= ?[ap]\.?m))"
    rf"(?: ?[ap]\.?m\.?)?(?: ?(?-i:{ZONE}))?",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"[A-Z][\w.’'-]*(?: [\w.’'&-]+){0,4}(?:,| [|–—-]) "
    r"(?P<date>(?:[A-Z][a-z]+day, )?[^,|:]*\b(?:,? )?(?:19|20)\d\d)$"
)
_PRINTED = re.compile(r"(?<=^published )(?:in|by) (?:[A-Z][\w.’'-]* ?){1,4}, ", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def kind_alone(text: str) -> BlockKind | None:
    """Return the kind that a line shows wherever it stands, or None."""
    text = _without_marks(plain_spaces(text))
    if len(text) > 300:
        return "boilerplate" if is_address(text) else None
    return next((kind for kind, rule in _ALONE if rule(text)), None)


def _without_marks(text: str) -> str:
    """Return a line without the marks of Markdown around it: "**By Ann Lee**", "## What next"."""
    return text.strip("#*_ ") or text


def is_timestamp(text: str) -> bool:
    """Fires: "14 August 2024 07:46", "Bath | Updated: July 18, 2022 5:36 pm", "10.42am BST".

    Not: "In 2015", "2.30".
    """
    if len(text) > 120 or not any(c.isdigit() for c in text):
        return False
    return is_clock(text) or any(_is_stamp(part) for part in re.split("[|•·]| / ", text))


def is_clock(text: str) -> bool:
    """Return whether a line is a clock time alone: "10.42am BST", "[14:05]"."""
    return bool(_CLOCK_LINE.fullmatch(text.strip("[]()")))


def _is_stamp(text: str) -> bool:
    text = _PRINTED.sub("", text)
    known = all(_STAMP_WORD.fullmatch(word) for word in _WORD.findall(text))
    return known and bool(_DATE_LIKE.search(text))


_DATE_LIKE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}(?:st|nd|rd|th)?[ -](?:of )?[A-Za-z]{3,9}\b"
    r"|\b(?:"
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + r")\.? \d{1,2}(?:st|nd|rd|th)?\b|\bago\b"
    r"|(?:modified|posted|published|updated)\b.* \d{1,2}[:.]\d\d(?!\d)",
    re.IGNORECASE,
)


def is_credit(text: str) -> bool:
    """Fires: "Images source: © Getty Images", "Ann Lee/AFP", "Ann Lee contributed to this report.".

    Not: "Photographs show the square.", "Photo: The square on Monday".
    """
    if len(text) > 200:
        return False
    signed = _SIGNED.match(text)
    return bool(_CREDIT.match(text) or _STAFF.match(text) or (signed and not signed["caption"]))


def is_byline(text: str) -> bool:
    """Fires: "By Ann Lee, Reuters". Not: "By Monday the road was open.", "From Nore to Lyme, …"."""
    if not _BYLINE.match(text) or _CLAUSE.search(text):
        return False
    first = re.split("['’]", text.split(" ", 2)[1].casefold().strip(",."))[0]
    return first not in WEEKDAYS and first not in MONTHS


def is_section(text: str) -> bool:
    """Fires: "Politics", "Home > World > Africa". Not: "Politics is hard"."""
    if len(text) > 80:
        return False
    key = text.casefold().strip(" .:|»>")
    return key in read_words("sections") or bool(re.fullmatch(r"Home ?[>»/|].*", text))


_ALONE: tuple[tuple[BlockKind, Callable[[str], bool]], ...] = (
    ("boilerplate", is_boilerplate),
    ("byline", is_byline),
    ("timestamp", is_timestamp),
    ("credit", is_credit),
    ("section", is_section),
)


def kind_in_head(text: str, *, after_headline: bool) -> BlockKind | None:
    """Return the kind that a short line shows before the first paragraph, or None."""
    if after_headline and len(text) <= 90 and _is_bare_byline(text):
        return "byline"
    if _is_dated(text):
        return "timestamp"
    if not after_headline and len(text.split()) <= 3 and not text.endswith((".", "!", "?")):
        return "section"
    return None


def _is_dated(text: str) -> bool:
    """Return whether a few words, then a full date, make up a line: "Oslo, 14 August 2024"."""
    match = _DATED.match(text)
    return match is not None and is_timestamp(match["date"])


def _is_bare_byline(text: str) -> bool:
    """Fires: "Ann Lee | The Nore Times", "Ann Lee in Oslo". Not: "Storm Ciara in Oslo"."""
    placed = _PLACED_BYLINE.match(text) and is_given(text.split(" ", 1)[0].casefold())
    return bool(placed or _BARE_BYLINE.fullmatch(text) or _STAFF_BYLINE.fullmatch(text))


def is_caption(text: str, credit: str | None) -> bool:
    """Fires: a short line that says that it is a photo, or with a picture's credit in or after it.

    Not: "It took a year. Photos show why.", a paragraph before "(Reporting by Ann Lee)".
    """
    if len(text) > 400:
        return False
    marked = _CAPTION.match(text) or _CAPTION_END.search(text) or _SIGNED.match(text)
    return bool(marked) or (credit is not None and not _STAFF.match(credit) and len(text) <= 300)


def is_subhead(text: str, following: str) -> bool:
    """Fires: "Russia withdraws troops" above a paragraph. Not: "1. Kofi Ketu", "AL: Who pays?"."""
    text = _without_marks(text)
    if len(text) > 90 or len(following) < 80 or text[-1] in ".,;:…\"”’'" or _TURN.match(text):
        return False
    return text[0].isupper() and len(text.split()) <= 12
