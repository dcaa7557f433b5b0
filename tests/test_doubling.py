"""Twice the text is twice the work, for every stage, reader and view, on patterns of all kinds.

Work is counted in calls, of Python and of C functions, which no other process disturbs. What a
single call of C does is timed, against a bound far above what is linear.
"""

from __future__ import annotations

import ast
import cProfile
import csv
import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FrameType

import pytest
from patterns import NAMES, make_text
from standin import make_extractor

import newsextract
from newsextract import Extractor
from newsextract.article import Article
from newsextract.encoder.windows import MAX_PIECES, cut_windows
from newsextract.encoder.words import read_words
from newsextract.io.readers import read_articles
from newsextract.language.recognition import recognize_language
from newsextract.pipeline import LayoutTokenizer
from newsextract.records.tables import flatten
from newsextract.views.text import render_text

PACKAGE = Path(newsextract.__file__).parent
SIZE = 3000
FEW = 2 * SIZE
"""Calls of one function that prove nothing: a rule may begin to hold at some length."""
MOST = 2.5
LONGER = 12
SLOWER = 5.0
"""How much slower than linear a longer text may be before it counts, in processor time."""
NOTICED = 0.7

Calls = dict[str, int]
Counter = Callable[[Callable[[], object]], Calls]
Tracer = Callable[[FrameType, str, object], object]


def count_calls(work: Callable[[], object]) -> Calls:
    """Return how often each function was called."""
    profile = cProfile.Profile()
    profile.runcall(work)
    calls: Calls = {}
    for entry in profile.getstats():
        name = _name_of(entry.code)
        calls[name] = calls.get(name, 0) + entry.callcount
    return calls


def count_lines(work: Callable[[], object]) -> Calls:
    """Return how often four lines of each function were run: about as much as a call.

    Loops that call nothing show too.
    """
    lines: Calls = {}

    def enter(frame: FrameType, event: str, value: object) -> Tracer:
        name = _name_of(frame.f_code)
        lines.setdefault(name, 0)

        def step(frame: FrameType, event: str, value: object) -> Tracer:
            lines[name] += 1
            return step

        return step

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        work()
    finally:
        sys.settrace(before)
    return {name: count // 4 for name, count in lines.items()}


def _name_of(code: CodeType | str) -> str:
    return code if isinstance(code, str) else f"{code.co_filename}:{code.co_name}"


def check_doubling(
    make: Callable[[int], Callable[[], object]], count: Counter = count_calls
) -> None:
    """Assert that twice the size calls no function more than about twice as often.

    What looks back over a bounded number of things grows faster until there are so many: it is
    given two more doublings.
    """
    make(2 * SIZE)()
    before = count(make(SIZE))
    for times in (2, 4, 8):
        after = count(make(times * SIZE))
        squares = _find_squares(before, after)
        if not squares:
            return
        before = after
    pytest.fail(f"counted at {times // 2} and at {times} times the size: {squares}")


def _find_squares(before: Calls, after: Calls) -> dict[str, tuple[int, int]]:
    """Return the functions that are called far more often than twice as often."""
    return {
        name: (before.get(name, 0), count)
        for name, count in after.items()
        if count > FEW and count > MOST * before.get(name, 0)
    }


def check_time(make: Callable[[int], Callable[[], object]]) -> None:
    """Assert that a far longer text takes no time out of all proportion."""
    short, long = make(SIZE), make(LONGER * SIZE)
    for _ in range(3):
        least, most = _seconds(short), _seconds(long)
        if most < NOTICED or most < SLOWER * LONGER * least:
            return
    pytest.fail(f"{LONGER} times the text took {most / least:.0f} times as long, {most:.1f} s")


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


@pytest.fixture(autouse=True)
def _nothing_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word is read anew in each text, whatever other tests have read in this process."""
    monkeypatch.setattr("newsextract.pipeline.copies.MOST_LEARNT", 0)


@cache
def _extractor() -> Extractor:
    return make_extractor()


def extract_pattern(name: str) -> Callable[[int], Callable[[], object]]:
    """Return what makes the work of extracting and showing a pattern of a size."""

    def make(size: int) -> Callable[[], object]:
        text = make_text(name, size)
        return lambda: _show(_extractor()(Article(text, meta={"title": text[:200]})))

    return make


def _show(record: object) -> None:
    flatten(record, store_text=True)  # type: ignore[arg-type]
    json.dumps(record.to_dict())  # type: ignore[attr-defined]
    render_text(record)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES)
def test_stages_and_views(name: str) -> None:
    """From tokens to records, tables and text for people."""
    check_doubling(extract_pattern(name))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_loop_takes_the_square(name: str) -> None:
    """Loops and comprehensions that call nothing, line by line."""
    check_doubling(extract_pattern(name), count_lines)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_call_takes_the_square(name: str) -> None:
    """What counting cannot see: expressions, slices, spaCy's own loops."""
    check_time(extract_pattern(name))


@pytest.mark.parametrize("name", NAMES)
def test_windows_of_the_network(name: str) -> None:
    """They hold what they can, so that their number is that of the word pieces."""
    tokenizer = LayoutTokenizer(_extractor().nlp.tokenizer.inner)  # type: ignore[union-attr]
    text = make_text(name, 4 * SIZE)
    recognize_language(text)
    doc = tokenizer(text)
    offsets = [(t.idx, t.idx + len(t)) for t in doc if not t.is_space]
    words = read_words(doc.text, offsets)
    lengths = [min(12, 1 + len(word) // 4) for word in words.texts]
    windows = cut_windows(lengths, words.breaks)
    assert len(windows) <= 2 + 2.5 * sum(lengths) / MAX_PIECES
    assert sum(w.last - w.first for w in windows) == len(words)


def _files(name: str, size: int) -> Iterator[tuple[str, bytes]]:
    """Yield files of every format that hold the pattern, as a text, in lines, and as markup."""
    text = make_text(name, size)
    plain = text.encode("utf8", "replace")
    yield "a.txt", plain
    yield "a.html", b"<html><body><article>" + plain + b"</article></body></html>"
    yield "b.html", "".join(f"<p>{line}" for line in text.split("\n")).encode("utf8", "replace")
    yield "a.json", json.dumps([{"text": text}]).encode()
    yield "ninjs.json", json.dumps({"uri": "a", "body_html": text}).encode()
    yield "a.jsonl", json.dumps({"text": text}).encode()
    yield "b.jsonl", plain
    yield "a.csv", _csv(["text", text])
    yield "b.csv", b"text\n" + plain
    yield "a.tsv", b"text\tid\n" + plain
    yield "a.xml", b"<nitf><body><body.content><p>" + plain + b"</p></body.content></body></nitf>"
    yield "a.warc", b"WARC/1.0\r\n" + plain


def _csv(rows: list[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([row] for row in rows)
    return out.getvalue().encode("utf8", "replace")


def read_pattern(name: str, folder: Path) -> Callable[[int], Callable[[], object]]:
    """Return what makes the work of reading a pattern of a size in every format."""

    def make(size: int) -> Callable[[], object]:
        paths = []
        for file, data in _files(name, size):
            path = folder / f"{size}-{file}"
            path.write_bytes(data)
            paths.append(str(path))
        return lambda: list(read_articles(paths))

    return make


@pytest.mark.parametrize("name", NAMES)
def test_readers(tmp_path: Path, name: str) -> None:
    """Every format that names a file."""
    check_doubling(read_pattern(name, tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_call_of_a_reader_takes_the_square(tmp_path: Path, name: str) -> None:
    """What counting cannot see: parsers in C, expressions."""
    check_time(read_pattern(name, tmp_path))


def test_a_square_is_seen() -> None:
    """What compares all with all fails both checks; a look back over a few things does not."""

    def compare(size: int) -> Callable[[], object]:
        return lambda: [abs(i) for i in range(size // 20) for _ in range(size // 20)]

    def look_back(size: int) -> Callable[[], object]:
        return lambda: [abs(j) for i in range(size) for j in range(max(0, i - 10), i)]

    def gather(size: int) -> Callable[[], object]:
        return lambda: [[j for j in range(size // 10)] for i in range(size // 10)]  # noqa: C416

    check_doubling(look_back)
    for make, count in ((compare, count_calls), (gather, count_lines)):
        with pytest.raises(pytest.fail.Exception):
            check_doubling(make, count)


def _find_walks(source: str) -> list[str]:
    """Return what walks through a whole document in code: ``doc.text``, ``span.ents``, ``sent``."""
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and (
            node.attr in ("sent", "sents")
            or (node.attr == "ents" and ast.unparse(node.value) != "doc")
            or (node.attr == "text" and ast.unparse(node.value) == "doc")
        )
    ]


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "stages").rglob("*.py")), ids=lambda path: path.stem
)
def test_no_stage_walks_through_the_document_again(path: Path) -> None:
    """spaCy joins the text, gathers entities and looks for sentence edges at every call."""
    assert _find_walks(path.read_text(encoding="utf8")) == []


def test_walks_through_the_document_are_seen() -> None:
    """Whatever holds the document or the span; the text of a span and all entities are fine."""
    walks = "doc.text\nspan.ents\ntoken.sent\npage.doc.ents\nspan.text\ndoc.ents"
    assert len(_find_walks(walks)) == 4
