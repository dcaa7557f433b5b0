"""Text files: one article per file, its text unchanged."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, cast

from newsextract.article import Article
from newsextract.errors import InputError
from newsextract.io.readers.options import MEBIBYTE, ReadOptions
from newsextract.io.readers.sources import InputFile

_WIDE = ("utf-16", "utf-32")
_BAD_BYTE = re.compile("[\udc80-\udcff]")


def read_text(stream: BinaryIO, file: InputFile, options: ReadOptions) -> Iterator[Article]:
    """Yield the one article of a text file.

    Raises:
        InputError: the file is longer than the limit or is not text in this encoding.
    """
    yield Article(decode(read_all(stream, options), options.encoding), file.id)


def read_all(stream: BinaryIO, options: ReadOptions) -> bytes:
    """Return all bytes of ``stream``.

    Raises:
        InputError: there are more than the limit.
    """
    data = stream.read(options.max_article_bytes + 1)
    if len(data) > options.max_article_bytes:
        raise InputError(describe_limit("file", options))
    return data


def describe_limit(what: str, options: ReadOptions) -> str:
    """Return the message that ``what`` is too long."""
    limit = options.max_article_bytes
    size = f"{limit // MEBIBYTE} MB" if limit >= MEBIBYTE else f"{limit} bytes"
    return f"the {what} is longer than {size}, the limit for one article"


def decode(data: bytes, encoding: str) -> str:
    """Return ``data`` as text, without a byte order mark; line ends stay as they are.

    Raises:
        InputError: the bytes are not text in this encoding.
    """
    encoding = name_encoding(data, encoding)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        byte = data[error.start]
        raise InputError(
            f"not {encoding} text: byte 0x{byte:02x} at offset {error.start}; "
            "if it is text, give its encoding, such as --encoding cp1252"
        ) from None


def decode_around(data: bytes, encoding: str) -> tuple[str, InputError | None]:
    """Return ``data`` as text with bad bytes as lone surrogates, and the decoding error."""
    try:
        return decode(data, encoding), None
    except InputError as error:
        name = name_encoding(data, encoding)
        return data.decode(name, error_handler(name)), error


def error_handler(encoding: str) -> str:
    """Return the error handler: bad bytes become lone surrogates, if the encoding allows."""
    return "replace" if encoding.startswith(_WIDE) else "surrogateescape"


def peek_encoding(stream: BinaryIO, options: ReadOptions) -> str:
    """Return the encoding that the next bytes of ``stream`` show, else that of ``options``."""
    head = stream.peek(64) if hasattr(stream, "peek") else b""
    return name_encoding(head, options.encoding)


def narrow(stream: BinaryIO, options: ReadOptions) -> tuple[BinaryIO, str]:
    """Return ``stream``, to be read by lines, and the encoding of its lines.

    UTF-16 and UTF-32 are converted to UTF-8.
    """
    encoding = peek_encoding(stream, options)
    if not encoding.startswith(_WIDE):
        return stream, options.encoding
    return cast(BinaryIO, codecs.EncodedFile(stream, "utf-8", encoding, "replace")), "utf-8"


def has_bad_bytes(text: str) -> bool:
    """Return whether a text that was decoded around its bad bytes holds one."""
    return not text.isascii() and _BAD_BYTE.search(text) is not None


def name_encoding(head: bytes, encoding: str) -> str:
    """Return the encoding that the beginning shows, else ``encoding``.

    Evidence is a byte order mark, or text in which every other byte is zero.
    """
    if head.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = head[:64:2].count(0), head[1:64:2].count(0)
    if max(even, odd) > len(head[:64]) / 4 and not min(even, odd):
        return "utf-16-be" if even else "utf-16-le"
    utf8 = codecs.lookup(encoding).name == "utf-8"
    return "utf-8-sig" if utf8 and head.startswith(b"\xef\xbb\xbf") else encoding
