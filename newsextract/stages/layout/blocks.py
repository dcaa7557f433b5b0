"""Turn lines into blocks: every line gets a kind, a few are split in two."""

from __future__ import annotations

from itertools import count

from newsextract.records import Block, BlockKind
from newsextract.stages.layout.datelines import find_dateline
from newsextract.stages.layout.headlines import find_headline, split_run_in
from newsextract.stages.layout.kinds import (
    is_caption,
    is_subhead,
    kind_alone,
    kind_in_head,
)
from newsextract.stages.layout.lines import Line, is_below_clock, split_lines
from newsextract.stages.layout.repeats import find_repeats, split_label

_BODY_LENGTH = 160
_STORY_LENGTH = 100
_HEAD_LINES = 40


def find_blocks(
    text: str, *, headline: str | None = None, byline: str | None = None
) -> tuple[Block, ...]:
    """Return the blocks of ``text``: trimmed, in order, not overlapping.

    With the white space between them the blocks cover the text. ``headline`` and ``byline``
    are what the caller knows of them; a line that says the same takes that kind.
    """
    lines, run_in = split_run_in(split_label(split_lines(text), headline), headline)
    repeats = find_repeats(lines)
    kinds = _kinds_given(lines, headline=headline, byline=byline)
    if run_in is not None:
        kinds.setdefault(run_in, "headline")
    for index, line in enumerate(lines):
        if index not in kinds and (kind := kind_alone(line.text)):
            kinds[index] = kind
    _mark_head(lines, kinds, repeats)
    _mark_body(lines, kinds, repeats)
    return tuple(_emit(lines, kinds, repeats))


def _kinds_given(
    lines: list[Line], *, headline: str | None, byline: str | None
) -> dict[int, BlockKind]:
    kinds: dict[int, BlockKind] = {}
    wanted: tuple[tuple[BlockKind, str | None], ...] = (("headline", headline), ("byline", byline))
    for kind, value in wanted:
        key = _key(value or "")
        found = next((i for i, line in enumerate(lines) if key and _key(line.text) == key), None)
        if found is not None:
            kinds.setdefault(found, kind)
    return kinds


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _mark_head(lines: list[Line], kinds: dict[int, BlockKind], repeats: dict[int, int]) -> None:
    """Name the lines before the first paragraph of the body: headline, section, byline."""
    end = _head_end(lines, kinds)
    headline = next((i for i, kind in kinds.items() if kind == "headline"), None)
    if headline is None:
        headline = find_headline(lines, kinds, end)
        if headline is not None:
            kinds[headline] = "headline"
    for index in range(end):
        if index in kinds or index in repeats:
            continue
        after = headline is not None and index > headline
        if kind := kind_in_head(lines[index].text, after_headline=after):
            kinds[index] = kind


def _head_end(lines: list[Line], kinds: dict[int, BlockKind]) -> int:
    """Return the index of the first line that reads like a paragraph of the body."""
    for index, line in enumerate(lines[:_HEAD_LINES]):
        long = len(line.text) >= _BODY_LENGTH
        if index not in kinds and (long or _opens_story(line.text)):
            return index
    return min(len(lines), 3)


def _opens_story(text: str) -> bool:
    """Return whether a dateline opens ``text``; a place alone does not above a few words."""
    cut = find_dateline(text, first=True)
    if cut is None:
        return False
    dated = "(" in text[:cut] or any(c.isdigit() for c in text[:cut])
    return dated or cut == len(text) or len(text) >= _STORY_LENGTH


def _mark_body(lines: list[Line], kinds: dict[int, BlockKind], repeats: dict[int, int]) -> None:
    """Name what is left: captions, subheads, else paragraphs."""
    body = _head_end(lines, kinds)
    for index in reversed(range(len(lines))):
        if index in kinds or index in repeats:
            continue
        text = lines[index].text
        after = next(i for i in count(index + 1) if repeats.get(i) != index)
        following = kinds.get(after)
        credit = lines[after].text if following == "credit" else None
        above = following == "paragraph" and (index > body or is_below_clock(lines, index))
        if is_caption(text, credit):
            kinds[index] = "caption"
        elif above and is_subhead(text, lines[after].text):
            kinds[index] = "subhead"
        else:
            kinds[index] = "paragraph"


def _emit(lines: list[Line], kinds: dict[int, BlockKind], repeats: dict[int, int]) -> list[Block]:
    blocks: list[Block] = []
    starts: dict[int, int] = {}
    first = True
    for index, line in enumerate(lines):
        kind = kinds.get(index, "boilerplate")
        if index in repeats and kinds.get(repeats[index]) not in (None, "boilerplate"):
            blocks.append(Block("duplicate", line.start, line.end, starts[repeats[index]]))
        elif kind == "paragraph":
            blocks += _split_dateline(line, first=first)
            first = False
        else:
            blocks.append(Block(kind, line.start, line.end))
        starts[index] = blocks[-1].start
    return blocks


def _split_dateline(line: Line, *, first: bool) -> list[Block]:
    cut = find_dateline(line.text, first=first)
    if cut is None:
        return [Block("paragraph", line.start, line.end)]
    dateline = Block("dateline", line.start, line.start + cut)
    rest = line.text[cut:]
    if not rest.strip():
        return [dateline]
    start = line.start + cut + len(rest) - len(rest.lstrip())
    return [dateline, Block("paragraph", start, line.end)]
