"""Text files: one article a file, its text exactly as it stands."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from newsextract.article import Article
from newsextract.errors import InputError
from newsextract.io.readers.options import MEBIBYTE, ReadOptions
from newsextract.io.readers.sources import InputFile

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
    """Return the sentence that says that ``what`` is too long."""
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
            "if it is text, name its encoding with --encoding"
        ) from None


def decode_around(data: bytes, encoding: str) -> tuple[str, InputError | None]:
    """Return ``data`` as text, its bad bytes as lone surrogates, and the error that they are."""
    try:
        return decode(data, encoding), None
    except InputError as error:
        return data.decode(name_encoding(data, encoding), "surrogateescape"), error


def has_bad_bytes(text: str) -> bool:
    """Return whether a text that was decoded around its bad bytes holds one."""
    return not text.isascii() and _BAD_BYTE.search(text) is not None


def name_encoding(head: bytes, encoding: str) -> str:
    """Return the encoding that a byte order mark at the beginning declares, else ``encoding``."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    utf8 = codecs.lookup(encoding).name == "utf-8"
    return "utf-8-sig" if utf8 and head.startswith(b"\xef\xbb\xbf") else encoding
