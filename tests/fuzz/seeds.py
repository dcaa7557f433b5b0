"""What the fuzzer starts from: a small good input for each harness, and words to mutate with."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from samples import make_sample
from strategies import PIECES
from test_readers_extra import PAGE, make_warc
from test_readers_xml import MESSAGE, NITF
from texts import ODD, PROSE

import newsextract
from newsextract.language.lexicon import read_lines

MOST_LISTED = 200
TEXT = PROSE.replace("{0}", "7")
ROWS = [{"id": "a", "text": TEXT, "published": "2024-08-14"}, {"text": "“No,” Bo said.", "n": 1}]
NINJS = {"uri": "urn:a", "headline": "Port", "body_xhtml": "<p>Ann &amp; Bo</p>", "by": "Ivy"}
MARKS = (
    "{", "}", "[", "]", '"', ",", ":", "\\ud800", "1e999", "NaN", '"text":', '"published":',
    '"bodies":', '"altids":', "<p>", "<br/>", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE", "&#x",
    "<script>", "</script>", "\t", "\r", "\xff\xfe", "PAR1", "WARC/1.0\r\n", "Content-Length: ",
    "<newsItem ", "</newsItem>", "<!DOCTYPE nitf [", "&ldquo;", "\x1f\x8b\x08",
)  # fmt: skip


def make_seeds(name: str) -> Iterator[bytes]:
    """Yield good inputs for the harness ``name``."""
    yield b""
    if name in ("stages", "shown"):
        texts = (TEXT, *ODD.values())
        yield from (bytes(2) + _encode(text) for text in texts)
        yield from (b"\x01\x02" + _encode(text) for text in texts)
    else:
        yield from _FILES[name]()


def dictionary(name: str) -> str:
    """Return the words to mutate with, in the form that libFuzzer reads."""
    words = [*PIECES, *_listed()] if name in ("stages", "layout", "shown") else MARKS
    return "".join(f'"{_escape(_encode(word))}"\n' for word in words)


def _listed() -> Iterator[str]:
    """Yield entries of every word list of the package, with a space before: rules look for them."""
    for path in sorted((Path(newsextract.__file__).parent / "data" / "en").glob("*.txt")):
        entries = read_lines(path.stem)
        step = max(1, len(entries) // MOST_LISTED)
        yield from (f" {entry.partition('=')[0].strip()}" for entry in entries[::step])


def _escape(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


def _encode(text: str) -> bytes:
    """Return UTF-8; a lone surrogate becomes bytes that are none."""
    return text.encode("utf-8", "surrogatepass")


def _texts() -> Iterator[bytes]:
    yield from map(_encode, (TEXT, *ODD.values()))
    yield TEXT.encode("utf-16")


def _lines() -> Iterator[bytes]:
    yield "\n".join(map(json.dumps, [*ROWS, NINJS])).encode()
    yield json.dumps([*ROWS, NINJS]).encode()
    yield json.dumps(NINJS | {"bodies": [{"contentType": "text/html", "value": "<p>a"}]}).encode()


def _delimited() -> Iterator[bytes]:
    yield 'id,text,published\na,"“Yes,”\nAnn ""Lee"" said.",2024-08-14\nb,No,\n'.encode()
    yield b"id\ttext\na\tYes\n"


def _lists() -> Iterator[bytes]:
    yield json.dumps(make_sample().to_dict()).encode()
    yield b'{"id": "p1", "name": "Ann Lee", "aliases": ["A. Lee"], "kind": "person"}\n'
    yield b"id,name,aliases,kind\np1,Ann Lee,A. Lee;Annie,person\n"


def _pages() -> Iterator[bytes]:
    yield PAGE.encode()
    yield b"<p>Ann &amp; Bo<br>said<script>x</script>.</p><![CDATA[a]]><!-- b --><ul><li>c"


def _xml() -> Iterator[bytes]:
    yield NITF.encode()
    yield MESSAGE.encode()


def _warc() -> Iterator[bytes]:
    response = ("https://example.org/a", "200 OK", "text/html; charset=utf-8", PAGE.encode())
    yield make_warc(response, packed=False)


def _packed() -> Iterator[bytes]:
    import zstandard

    lines = next(_lines())
    yield gzip.compress(lines)
    yield gzip.compress(next(_warc()))
    yield zstandard.compress(TEXT.encode())


def _parquet() -> Iterator[bytes]:
    import pyarrow as arrow
    from pyarrow import parquet

    for compression in ("none", "snappy"):
        out = BytesIO()
        parquet.write_table(arrow.Table.from_pylist(ROWS), out, compression=compression)
        yield out.getvalue()


_FILES = {
    "plain": _texts,
    "layout": _texts,
    "lines": _lines,
    "delimited": _delimited,
    "lists": _lists,
    "pages": _pages,
    "markup": _pages,
    "warc": _warc,
    "packed": _packed,
    "parquet": _parquet,
    "xml": _xml,
}
