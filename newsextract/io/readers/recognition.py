"""Guess the format of a file from its first bytes."""

from __future__ import annotations

import json
import re

from newsextract.errors import InputError
from newsextract.io.readers.options import ReadOptions
from newsextract.io.readers.plain import name_encoding

HEAD_BYTES = 8192

_MAGIC = ((b"PAR1", "parquet"), (b"WARC/", "warc"))
_REFUSED = (
    (b"%PDF-", "a PDF file is not read: take its text first (pdftotext FILE.pdf), or the web page"),
    (b"PK\x03\x04", "a DOCX or other zipped file is not read: save it as text or HTML first"),
    (b"\xd0\xcf\x11\xe0", "a Word file is not read: save it as text or HTML first"),
    (b"{\\rtf", "an RTF file is not read: save it as text or HTML first"),
    (b"\x1f\x8b", "a gzip file is unpacked where its name ends in .gz: rename it"),
    (b"BZh9", "a bzip2 file is unpacked where its name ends in .bz2: rename it"),
    (b"\xfd7zXZ\0", "an XZ file is unpacked where its name ends in .xz: rename it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file is unpacked where its name ends in .zst: rename it"),
)
_PROLOG = re.compile(
    r"\s*(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!doctype\s[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*", re.I | re.S
)
_DOCTYPE_HTML = re.compile(r"<!doctype\s+html", re.IGNORECASE)
_TAG = re.compile(r"<([A-Za-z][\w.:-]*)(?=[\s/>])")
_HTML_TAGS = frozenset((
    "html", "head", "body", "title", "meta", "link", "script", "div", "p", "article", "main",
    "section", "header", "h1", "h2", "span", "table",
))  # fmt: skip
_COLUMN = re.compile(r"\"?[A-Za-z_][A-Za-z0-9_]{0,30}\"?")


def recognize_format(head: bytes, options: ReadOptions) -> str:
    """Return the format of a file that begins with ``head``; ``txt`` by default.

    Args:
        head: up to :data:`HEAD_BYTES` of it.
        options: its encoding, and the name of the field that holds the text.

    Raises:
        InputError: it is a PDF, a Word or another packed file, which are not read.
    """
    if found := next((name for magic, name in _MAGIC if head.startswith(magic)), None):
        return found
    if reason := next((reason for magic, reason in _REFUSED if head.startswith(magic)), None):
        raise InputError(reason)
    text = head.decode(name_encoding(head, options.encoding), "replace").lstrip("\ufeff")
    start = text.lstrip()
    if start.startswith("<"):
        return _recognize_markup(start)
    if start.startswith(("{", "[")):
        return _recognize_json(start)
    return "csv" if _is_table(text, options) else "txt"


def _recognize_markup(text: str) -> str:
    prolog = _PROLOG.match(text)
    rest = text[prolog.end() :] if prolog else text
    tag = _TAG.match(rest)
    if _DOCTYPE_HTML.match(text) or (tag and tag[1].lower() in _HTML_TAGS):
        return "html"
    is_xml = text.startswith("<?xml") or (tag and tag[1].rpartition(":")[2] in _XML_ROOTS)
    return "xml" if is_xml else "txt"


_XML_ROOTS = ("nitf", "newsItem", "newsMessage", "packageItem", "NewsML", "rss", "feed", "RDF")


def _recognize_json(text: str) -> str:
    """Return which JSON this is: one value over several lines, or an object per line."""
    first = text.partition("\n")[0].strip()
    if text.startswith("["):
        return "json" if re.match(r"\[\s*[\[{\]]", text) else "txt"
    if not re.match(r'\{\s*["}]', text):
        return "txt"
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return "json" if "\n" in text and not first.endswith("}") else "jsonl"
    return "jsonl"


def _is_table(text: str, options: ReadOptions) -> bool:
    """Return whether the first line names columns: that of the text, or three plain names."""
    first, _, rest = text.partition("\n")
    delimiter = max(",;\t|", key=first.count)
    names = [name.strip('\r"') for name in first.split(delimiter)]
    if len(names) < 2:
        return False
    if options.fields.get("text", "text") in names:
        return True
    plain = len(names) > 2 and all(map(_COLUMN.fullmatch, names))
    return plain and rest.partition("\n")[0].count(delimiter) >= len(names) - 1
