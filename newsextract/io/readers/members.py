"""Concatenated compressed members, as in WARC archives; a damaged one costs only itself."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

from newsextract.errors import import_extra
from newsextract.io.readers.sources import check_ratio, check_rows

_STEP = 1 << 16
_OUT = 1 << 18
_KEPT = 64 << 20
_GZIP, _ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"


class MemberStream:
    """Unpacks the members of a gzip or Zstandard file; plain bytes pass through.

    Where a member is damaged, reading continues at the next one.

    Attributes:
        damages: unpacked offset at which a damaged member broke off, by the offset where it began.
    """

    def __init__(self, packed: BinaryIO, path: str) -> None:
        self._packed = packed
        self._packed_count = 0
        self._path = path
        self._raw = bytearray()
        self._fed = 0
        self._member: Any = None
        self._open: Callable[[], Any] | None = None
        self._magic = b""
        self._count = self._lines = 0
        self._began = 0
        self.damages: list[tuple[int, int]] = []

    def read(self) -> bytes:
        """Return the next unpacked bytes, none at the end.

        Raises:
            InputError: the file is a decompression bomb.
        """
        if self._open is None and not self._sniff():
            data = bytes(self._raw) or self._read_packed()
            self._raw.clear()
        else:
            data = self._unpack()
        self._count += len(data)
        self._lines += data.count(b"\n")
        check_ratio(self._path, unpacked=self._count, packed=self._packed_count)
        check_rows(self._path, rows=self._lines, packed=self._packed_count)
        return data

    def _read_packed(self) -> bytes:
        data = self._packed.read(_STEP)
        self._packed_count += len(data)
        return data

    def _sniff(self) -> bool:
        """Return whether the file is compressed, by its name or first bytes, and note how."""
        if not self._raw and not self._count:
            self._raw += self._read_packed()
            if self._path.lower().endswith(".gz") or self._raw.startswith(_GZIP):
                self._magic, self._open = _GZIP, lambda: zlib.decompressobj(31)
            elif self._path.lower().endswith(".zst") or self._raw.startswith(_ZSTD):
                self._magic, self._open = _ZSTD, _open_zstd
        return self._open is not None

    def _unpack(self) -> bytes:
        while True:
            if self._member is None and not self._find_member(0):
                return b""
            data, ended = self._step()
            if ended:
                self._member = None
            if data:
                return data

    def _step(self) -> tuple[bytes, bool]:
        """Return some bytes of the member, and whether it ends here."""
        if self._fed == len(self._raw):
            if len(self._raw) > _KEPT:
                del self._raw[: self._fed]
                self._fed = 0
            more = self._read_packed()
            self._raw += more
            if not more:
                self._note_damage()
                return b"", not self._find_member(len(self._magic))
        packed = bytes(self._raw[self._fed :])
        try:
            data, left, ended = _decompress(self._member, packed)
        except (zlib.error, OSError, ValueError, EOFError):
            self._note_damage()
            return b"", not self._find_member(len(self._magic))
        self._fed = len(self._raw) - left
        if ended:
            del self._raw[: self._fed]
            self._fed = 0
        return data, ended

    def _note_damage(self) -> None:
        self.damages.append((self._began, self._count))

    def _find_member(self, start: int) -> bool:
        """Go to the next member at or after ``start``; return whether there is one.

        Anything skipped, except padding zeros, is damage.
        """
        del self._raw[:start]
        self._fed, self._member, self._began = 0, None, self._count
        if not start and self._skip_padding() and not self._raw.startswith(self._magic):
            self._note_damage()
        while (at := self._raw.find(self._magic)) < 0:
            del self._raw[: max(0, len(self._raw) - len(self._magic) + 1)]
            more = self._read_packed()
            if not more:
                self._raw.clear()
                return False
            self._raw += more
        del self._raw[:at]
        assert self._open is not None
        self._member = self._open()
        return True

    def _skip_padding(self) -> bool:
        """Drop zeros; return whether anything follows them."""
        while True:
            del self._raw[: len(self._raw) - len(self._raw.lstrip(b"\0"))]
            if len(self._raw) >= len(self._magic):
                return True
            more = self._read_packed()
            if not more:
                return bool(self._raw)
            self._raw += more


def _decompress(member: Any, packed: bytes) -> tuple[bytes, int, bool]:
    """Return unpacked bytes, how many packed ones are left, and whether the member ends."""
    if isinstance(member, _ZstdMember):
        return member.decompress(packed)
    data = member.decompress(packed, _OUT)
    left = len(member.unused_data) if member.eof else len(member.unconsumed_tail)
    return data, left, member.eof


class _ZstdMember:
    """A Zstandard frame, fed in small steps, because a few bytes may unpack to very many."""

    def __init__(self, frame: Any, damage: type[Exception]) -> None:
        self._frame = frame
        self._damage = damage

    def decompress(self, packed: bytes) -> tuple[bytes, int, bool]:
        try:
            data = self._frame.decompress(packed[:2048])
        except self._damage as error:
            raise ValueError(str(error)) from error
        left = len(self._frame.unused_data) if self._frame.eof else 0
        return data, left + max(0, len(packed) - 2048), self._frame.eof


def _open_zstd() -> _ZstdMember:
    zstandard = import_extra("zstandard", "zstd")
    frame = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
    return _ZstdMember(frame, zstandard.ZstdError)
