"""The sentence of each quote, its content delimited by two marker characters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from newsextract.views.report.corpus.reading import Rows
from newsextract.views.report.escape import writable

BEGIN, END = "\x02", "\x03"
_SIGNS = re.compile(f"[{BEGIN}{END}]")

Row = tuple[Any, ...]
Range = tuple[int, int]


def mark_sentences(rows: Rows) -> Iterator[tuple[Row, str]]:
    """Yield each row of ``quotes`` with its sentence on one line, the content marked.

    The sentence comes from the article's text, else from the store; without either, the content
    stands alone.
    """
    texts = {row[0]: row[5] for row in rows["articles"] if row[5]}
    parts: dict[tuple[str, str], list[Range]] = defaultdict(list)
    for article, quote, start, end in rows["quote_parts"]:
        parts[article, quote].append((int(start), int(end)))
    for row in rows["quotes"]:
        found = parts.get((row[0], row[1]))
        context = int(row[6]), int(row[7])
        if found and row[0] in texts:
            yield row, mark_sentence(texts[row[0]], context, found)
        elif found and row[-1] and _holds(context, found):
            shifted = [(start - context[0], end - context[0]) for start, end in found]
            yield row, mark_sentence(row[-1], (0, len(row[-1])), shifted)
        else:
            yield row, BEGIN + _clean(row[4] or "") + END


def _holds(context: Range, parts: Iterable[Range]) -> bool:
    return all(context[0] <= start and end <= context[1] for start, end in parts)


def mark_sentence(text: str, context: Range, parts: Iterable[Range]) -> str:
    """Return the ``context`` of ``text``, widened to hold ``parts``, with these marked.

    Example:
        The content of ``Ann said it rained.`` gives ``Ann said \\x02it rained\\x03.``
    """
    ordered = sorted(parts)
    at = min(context[0], ordered[0][0])
    stop = max(context[1], ordered[-1][1])
    pieces = []
    for start, end in ordered:
        pieces += [_clean(text[at:start]), BEGIN, _clean(text[max(at, start) : end]), END]
        at = max(at, end)
    return "".join([*pieces, _clean(text[at:stop])]).strip()


def _clean(text: str) -> str:
    """Return ``text`` on one line, without the marker characters."""
    return re.sub(r"\s+", " ", _SIGNS.sub("\ufffd", writable(text)))
