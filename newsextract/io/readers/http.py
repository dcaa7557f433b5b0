"""Parse archived HTTP responses: status, headers and the decoded body."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from email.message import Message

from newsextract.errors import InputError, import_extra

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_HEAD_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Response:
    """A response: its status, its headers by lower-case name, and its body as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """The media type in lower case, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server declared."""
        message = Message()
        message["content-type"] = self.headers.get("content-type", "")
        return message.get_content_charset()


def parse_response(data: bytes) -> Response | None:
    """Return the response in ``data``, or ``None`` where it is none."""
    status = _STATUS.match(data)
    end = _HEAD_END.search(data)
    if status is None or end is None:
        return None
    return Response(int(status[1]), parse_headers(data[: end.start()]), data[end.end() :])


def parse_headers(head: bytes) -> dict[str, str]:
    """Return the headers under a first line, by lower-case name; the first of a name counts."""
    headers: dict[str, str] = {}
    for line in head.split(b"\n")[1:]:
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return headers


def unpack_body(response: Response, limit: int) -> bytes:
    """Return the body without chunks and compression, at most one byte longer than ``limit``.

    Archives often keep the headers of a packing that they have undone: what does not begin like
    a chunk or a compressed stream is taken as it is.

    Raises:
        InputError: a chunk or the compressed stream is broken.
    """
    body = response.body
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        body = _join_chunks(body)
    for coding in reversed(response.headers.get("content-encoding", "").lower().split(",")):
        body = _decompress(body, coding.strip(), limit)
    return body


def _join_chunks(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while match := _CHUNK.match(body, at):
        size = int(match[1], 16)
        if not size:
            return b"".join(parts)
        at = match.end() + size
        if at > len(body):
            raise InputError(f"the chunk at byte {match.start()} is cut off")
        parts.append(body[match.end() : at])
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    if at and at < len(body):
        raise InputError(f"no chunk begins at byte {at}")
    return b"".join(parts) if parts else body


def _decompress(body: bytes, coding: str, limit: int) -> bytes:
    if coding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return _inflate(body, 31, limit)
    if coding in ("deflate", "br") and body.lstrip().startswith(b"<"):
        return body
    if coding == "deflate":
        zipped = body[:1] == b"\x78" and int.from_bytes(body[:2], "big") % 31 == 0
        return _inflate(body, 15 if zipped else -15, limit)
    if coding == "br":
        return _unpack_brotli(body, limit)
    if coding == "zstd" and body.startswith(b"\x28\xb5\x2f\xfd"):
        raise InputError(f"the page's compression, {coding!r}, is not supported")
    return body


def _inflate(body: bytes, wbits: int, limit: int) -> bytes:
    stream = zlib.decompressobj(wbits)
    try:
        page = stream.decompress(body, limit + 1)
    except zlib.error as error:
        raise InputError(f"the page's compression is damaged: {error}") from None
    if not stream.eof and len(page) <= limit:
        raise InputError("the page's compression is cut off")
    return page


def _unpack_brotli(body: bytes, limit: int) -> bytes:
    brotli = import_extra("brotli", "warc")
    stream = brotli.Decompressor()
    try:
        page: bytes = stream.process(body, output_buffer_limit=limit + 1)
    except brotli.error as error:
        raise InputError(f"the page's compression is damaged: {error}") from None
    if not stream.is_finished() and len(page) <= limit:
        raise InputError("the page's compression is cut off")
    return page
