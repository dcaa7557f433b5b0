"""Files of articles in every format, put together of parts that a test can damage."""

from __future__ import annotations

import base64
import bz2
import gzip
import hashlib
import io
import json
import lzma
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import pytest

SITE = "https://nore.example"
TEXTS = (
    "The port of Nore will double in size, Mayor Ann Lee said.\n\n“We need the room,” she told "
    "the council, which had debated the plan for three hours in the old hall by the quay.",
    'Bus fares rise, the "Nore Line" said, by a tenth.\n\nRiders, it said, were told in May, when '
    "the timetable was cut; nobody who was asked on Monday had heard of it, or of the new cards.",
    "A café on Mill Street burned down; nobody was hurt.\n\nThe fire, the brigade said, began in "
    "the kitchen, and spread to the roof before its two engines had crossed the river.",
    "It rained for a week.\n\n“My cellar is a pond,” said Omar Diaz, who sells books there, and "
    "carried box after box up to the first floor with the help of his neighbors and their sons.",
)


def text_of(number: int) -> str:
    """Return the text of article ``number``, like no other."""
    return f"{TEXTS[number % len(TEXTS)]} This was report {number}."


@dataclass(frozen=True, slots=True)
class Archive:
    """A format: how a file of it is made of an article a part.

    Args:
        ending: of the file's name.
        part: the bytes of article ``number``.
        join: the file that holds the parts.
        where: what a failure names where part ``number`` is damaged.
        packed: endings of the packings that its tests add.
    """

    ending: str
    part: Callable[[int], bytes]
    join: Callable[[Sequence[bytes]], bytes]
    where: Callable[[int], str]
    packed: tuple[str, ...] = (".gz", ".zst")


def pack(data: bytes, ending: str) -> bytes:
    """Return ``data`` as a file of this ending holds it."""
    if ending == ".zst":
        packed: bytes = pytest.importorskip("zstandard").compress(data)
        return packed
    packers = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}
    return packers[ending](data) if ending else data


def _object(number: int) -> bytes:
    fields = {"id": f"a{number}", "text": text_of(number), "n": [{"x": 1}, {"y": number}]}
    return json.dumps(fields, ensure_ascii=False).encode()


def _ninjs_item(number: int) -> bytes:
    fields = {"uri": f"a{number}", "type": "text", "bodies": [
        {"role": "caption", "contentType": "text/plain", "value": f"A picture of {number}."},
        {"role": "main", "contentType": "text/plain", "value": text_of(number)},
    ]}  # fmt: skip
    return json.dumps(fields, ensure_ascii=False).encode()


def _row(number: int, mark: str, quoted: bool) -> bytes:
    text = text_of(number)
    cell = (
        '"' + text.replace('"', '""') + '"' if quoted else text.replace("\n", " ").replace(",", "")
    )
    return mark.join((f"a{number}", cell, "2024-08-14")).encode()


def page_of(number: int) -> bytes:
    """Return a web page."""
    paragraphs = "".join(f"<p>{escape(p)}</p>" for p in text_of(number).split("\n\n"))
    head = f"<meta charset=utf-8><title>Report {number}</title>"
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><article><h1>Report {number}</h1>"
        f"{paragraphs}</article></body></html>"
    ).encode()


def warc_record(number: int) -> bytes:
    """Return a record of a WARC archive."""
    page = page_of(number)
    content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    digest = base64.b32encode(hashlib.sha1(content).digest()).decode("ascii")
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {SITE}/{number}\r\n"
        f"WARC-Date: 2025-03-04T00:00:00Z\r\nWARC-Record-ID: <urn:x:{number}>\r\n"
        f"WARC-Block-Digest: sha1:{digest}\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def _news_item(number: int) -> bytes:
    paragraphs = "".join(f"<p>{escape(p)}</p>" for p in text_of(number).split("\n\n"))
    return (
        f'<newsItem guid="a{number}" version="1"><contentSet><inlineXML><html '
        f'xmlns="http://www.w3.org/1999/xhtml"><body>{paragraphs}</body></html></inlineXML>'
        "</contentSet></newsItem>"
    ).encode()


def _join_list(parts: Sequence[bytes]) -> bytes:
    return b"[\n" + b",\n".join(parts) + b"\n]\n"


def _join_message(parts: Sequence[bytes]) -> bytes:
    namespace = b"http://iptc.org/std/nar/2006-10-01/"
    return (
        b'<?xml version="1.0"?>\n<newsMessage xmlns="' + namespace + b'">\n'
        + b"\n".join(parts) + b"\n</newsMessage>\n"
    )  # fmt: skip


def _join_parquet(parts: Sequence[bytes]) -> bytes:
    """Return a file with a row group an article, the bytes of its text as they are."""
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    schema = arrow.schema([("id", arrow.string()), ("text", arrow.string())])
    with parquet.ParquetWriter(out, schema, compression="none", use_dictionary=False) as writer:
        for number, part in enumerate(parts):
            texts = arrow.array([part], arrow.binary()).view(arrow.string())
            writer.write_batch(arrow.record_batch([arrow.array([f"a{number}"]), texts], schema))
    return out.getvalue()


def _lines(head: bytes) -> Callable[[Sequence[bytes]], bytes]:
    return lambda parts: head + b"".join(part + b"\n" for part in parts)


ARCHIVES: dict[str, Archive] = {
    "jsonl": Archive(".jsonl", _object, _lines(b""), lambda n: f":{n + 1}"),
    "json": Archive(".json", _object, _join_list, lambda n: ""),
    "ninjs": Archive(".ninjs", _ninjs_item, _join_list, lambda n: ""),
    "csv": Archive(".csv", lambda n: _row(n, ",", n % 2 == 0), _lines(b"id,text,published\n"),
                   lambda n: ":"),
    "tsv": Archive(".tsv", lambda n: _row(n, "\t", False), _lines(b"id\ttext\tpublished\n"),
                   lambda n: f":{n + 2}"),
    "newsml": Archive(".xml", _news_item, _join_message, lambda n: f":{n + 3}"),
    "warc": Archive(".warc", warc_record, b"".join, lambda n: ": "),
    "parquet": Archive(".parquet", lambda n: text_of(n).encode(), _join_parquet,
                       lambda n: f":{n + 1}", packed=()),
}  # fmt: skip
