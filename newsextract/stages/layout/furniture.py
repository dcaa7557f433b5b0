"""Boilerplate lines: URLs, rulers, share and cookie notices, links."""

from __future__ import annotations

import re
from functools import cache

from newsextract.language.lexicon import read_lines, read_words

_URL = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
_RULE = re.compile(r"[\W_]+$")
_RIGHTS = re.compile(r"\ball rights reserved\b|^(?:©|\(c\)|copyright)\s.*\d{4}", re.IGNORECASE)
_EDITORIAL = re.compile(
    r"[\W_]*(?:this|an earlier version of this|the original version of this) "
    r"(?:article|story|post|piece|report|page|content) (?:was|has(?: not)? been|is) (?:\w+ ){0,2}?"
    r"(?:amended|updated|corrected|edited|changed|modified|revised|published|produced|generated|"
    r"translated|republished|syndicated|sponsored)\b",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"(?:we|(?:this|our) (?:web)?site|by (?:continuing|using|clicking)|to view this|please)\b"
    r".{0,80}\b(?:uses?|using|stores?|sets?|accept|enable|allow)\b.{0,40}\bcookies?\b",
    re.IGNORECASE,
)
_FOLLOW = re.compile(
    r"(?:follow|like|join|find) .{1,40}\bon (?:facebook|instagram|linkedin|telegram|tiktok|twitter|"
    r"whatsapp|x|youtube)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\d{1,3} ?(?:-? ?min(?:ute)?s?\.? read|(?:of|/) ?\d{1,3})$", re.IGNORECASE)
_ADDRESS = re.compile(r"@\w+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,7}\b")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 9


def is_address(text: str) -> bool:
    """Return whether ``text`` is a web address."""
    return bool(_URL.match(text))


def is_boilerplate(text: str) -> bool:
    """Fires: "Read more: ...", a bare URL, "***". Not: "Read more books, she said."."""
    if is_address(text) or _RULE.match(text) or _RIGHTS.search(text):
        return True
    if any(form.match(text) for form in (_EDITORIAL, _COOKIES, _COUNT, _FOLLOW)):
        return True
    key = text.casefold().strip(" .:!»>|-–—•*[]()")
    return (
        key in read_words("boilerplate_lines")
        or bool(_openings().match(text))
        or _is_made_of_it(text)
    )


def _is_made_of_it(text: str) -> bool:
    """Return whether a short line consists only of boilerplate words.

    Fires: "Skip past newsletter promotion", "Comments (12)", "Send tips to tips@nore.example". Not:
    "The story so far".
    """
    rest, addresses = _ADDRESS.subn("", text)
    words = {word.casefold() for word in _WORD.findall(rest)}
    if len(words) + any(c.isdigit() for c in text) < 2 or len(words) > _MOST_WORDS:
        return False
    has_head = addresses > 0 or not read_words("page_heads").isdisjoint(words)
    return has_head and read_words("page_words").issuperset(words)


@cache
def _openings() -> re.Pattern[str]:
    """Return a pattern for the openings of lines that are not part of the article."""
    entries = "|".join(re.escape(entry) for entry in read_lines("boilerplate_openings"))
    return re.compile(rf"[\W_]*(?:{entries})(?!\w)", re.IGNORECASE)
