"""Length-preserving cleanup of scraped text: markup, entities, lost quotation marks.

Offsets stay valid in the caller's text. What cannot be cleaned up is reported as an issue.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from newsextract.records import Block, Issue

SOFT = "\u00ad"
"""Fills a word where characters of it stand for none: a soft hyphen, which no reader sees."""

_LOST = "\ufffd"
_SUSPECT = re.compile("[<&\ufffd\u0091-\u0097]|``|(?<!\\S)\\?\\w")
_C1 = str.maketrans("\u0091\u0092\u0093\u0094\u0096\u0097", "‘’“”–—")
_TYPED = {"``": "“", "''": "”"}
_TWICE = dict(zip("“”‘’–—", ("â€œ", "â€\x9d", "â€˜", "â€™", "â€“", "â€”"), strict=True))
_MARKS = _TYPED | {
    form: mark
    for mark, twice in _TWICE.items()
    for form in (twice, mark.encode().decode("latin-1"))
}
"""Quotation marks as typewriters have them, and those of UTF-8 that were read as Windows-1252."""

_MARK = re.compile("|".join(map(re.escape, _MARKS)))
_MOJIBAKE = re.compile("â€|Ã[\u0080-\u00bf\u0160-\u0178]")
_BLOCKS = (
    "address|article|aside|blockquote|br|caption|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|"
    "header|hr|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_INLINE = (
    "a|abbr|b|big|cite|code|em|font|i|iframe|img|ins|label|mark|q|s|script|small|span|strike|strong|"
    "style|sub|sup|time|tt|u|wbr"
)
_TOKEN = re.compile(
    rf"<!--|-->|</?(?:(?P<block>{_BLOCKS})|(?P<inline>{_INLINE}))(?:\s[^<>]*)?/?>"
    r"|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});",
    re.IGNORECASE,
)
_HIDING = {"<!--": "-->", "<script": "</script", "<style": "</style"}
_OPENED = re.compile(rf"(?<![^\s(\[])[{_LOST}?](?=\w)")
_CLOSED = re.compile(rf"(?<=\S){_LOST}(?=[\s.,;:!?)\]]|$)|(?<=[.,!])\?(?=\s|$)")
_INSIDE = re.compile(rf"(?<=[^\W\d_]){_LOST}(?=[^\W\d_])")
_LINE = re.compile(r"[^\r\n]+")


def make_readable(text: str) -> tuple[str, tuple[Issue, ...]]:
    """Return ``text`` cleaned up at the same length, and the issues found.

    Tags become spaces or line ends, entities their character, C1 controls the quotation marks
    that Windows-1252 has in their place, ``typed'' marks and those of UTF-8 that were decoded as
    another encoding ("â€œ") the marks they are. U+FFFD and "?" become quotation marks where they
    pair up around words in a line, as such marks do; another U+FFFD, and other text that was
    decoded so, is an issue.

    Fires: "&ldquo;Yes,&rdquo; she said", "?Yes,? she said". Not: "Really? Yes.", "a < b".
    """
    if text.isascii() and not _SUSPECT.search(text):
        return text, ()
    marked = _MARK.sub(_show_mark, text) if "``" in text or "â" in text else text
    readable = _LINE.sub(_pair_marks, _mask_markup(marked.translate(_C1)))
    return readable, tuple(_find_damage(readable))


def _find_damage(text: str) -> Iterator[Issue]:
    """Yield an issue for lost characters, and one for those decoded as another encoding."""
    lost = text.find(_LOST)
    if lost >= 0:
        detail = f"characters of the text are lost, U+FFFD stands for {text.count(_LOST)}"
        yield Issue("damaged text", detail, lost, lost + 1)
    if found := _MOJIBAKE.search(text):
        detail = f"decoded as another encoding ({found[0]}): --mend mends it"
        yield Issue("damaged text", detail, found.start(), found.end())


def _show_mark(match: re.Match[str]) -> str:
    """Return a quotation mark in place of what stands for it, of its length."""
    if match[0] == "''" and "``" not in match.string:
        return match[0]
    return _pad(_MARKS[match[0]], match.string, *match.span())


def _pad(character: str, text: str, start: int, end: int) -> str:
    """Return ``character`` in the length of what it stands for, within a word without a gap."""
    before, after = text[start - 1 : start].isalnum(), text[end : end + 1].isalnum()
    if before and after:
        return character.ljust(end - start, SOFT)
    return character.rjust(end - start) if after else character.ljust(end - start)


def _mask_markup(text: str) -> str:
    parts, last = [], 0
    for start, end, shown in _find_markup(text):
        parts += [text[last:start], shown]
        last = end
    return "".join((*parts, text[last:]))


def _find_markup(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where markup stands and what is read there; comments and scripts are read over."""
    hidden: tuple[int, str] | None = None
    lowered = text.lower()
    ends = {closing: lowered.rfind(closing) for closing in _HIDING.values()}
    for token in _TOKEN.finditer(text):
        found = token[0].lower()
        if hidden is not None:
            if found.startswith(hidden[1]):
                yield hidden[0], token.end(), " " * (token.end() - hidden[0])
                hidden = None
        elif closing := next((end for name, end in _HIDING.items() if found.startswith(name)), ""):
            hidden = (token.start(), closing) if ends[closing] >= token.end() else None
        elif found != "-->":
            yield token.start(), token.end(), _show(token, text)


def _show(token: re.Match[str], text: str) -> str:
    """Return what is read in place of a tag or an entity, of its length."""
    length = token.end() - token.start()
    if token["block"]:
        return "\n\n".ljust(length) if token["block"].lower() != "br" else "\n".ljust(length)
    before = text[token.start() - 1 : token.start()].isalnum()
    after = text[token.end() : token.end() + 1].isalnum()
    if token["inline"]:
        return (SOFT if before and after else " ") * length
    character = html.unescape(token[0])
    if len(character) != 1 or not (character.isprintable() or character.isspace()):
        return token[0]
    return " " * length if character.isspace() else _pad(character, text, *token.span())


def _pair_marks(line: re.Match[str]) -> str:
    """Return a line whose lost marks are quotation marks, where they open and close in turn."""
    text = line[0]
    opened = [match.start() for match in _OPENED.finditer(text)]
    closed = [match.start() for match in _CLOSED.finditer(text)]
    turns = sorted([*opened, *closed])
    if not opened or len(opened) != len(closed) or turns[::2] != opened:
        return _INSIDE.sub("’", text)
    marks = dict.fromkeys(opened, "“") | dict.fromkeys(closed, "”")
    paired = "".join(marks.get(i, c) for i, c in enumerate(text))
    return _INSIDE.sub("’", paired)


def cover_text(blocks: tuple[Block, ...], text: str) -> tuple[Block, ...]:
    """Return ``blocks``, each with the markup before it, so that they cover ``text`` again."""
    if not blocks:
        stripped = text.strip()
        start = text.find(stripped)
        return (Block("boilerplate", start, start + len(stripped)),) if stripped else ()
    starts: dict[int, int] = {}
    last, covered = 0, []
    for block in blocks:
        gap = text[last : block.start]
        start = last + len(gap) - len(gap.lstrip()) if gap.strip() else block.start
        starts[block.start] = start
        last = block.end
        of = None if block.of is None else starts.get(block.of, block.of)
        covered.append(Block(block.kind, start, block.end, of))
    tail = text[last:].rstrip()
    end = covered[-1]
    covered[-1] = Block(end.kind, end.start, last + len(tail), end.of)
    return tuple(covered)
