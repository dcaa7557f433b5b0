"""Find and open input files, with limits on what they decompress to."""

from __future__ import annotations

import bz2
import glob
import gzip
import io
import lzma
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from newsextract.article import Failure
from newsextract.errors import InputError, import_extra

GIBIBYTE = 1024**3
MAX_RATIO = 200
FREE_ROWS = 100_000
STDIN = "-"

FORMAT_OF_ENDING = {
    ".txt": "txt", ".text": "txt", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".ninjs": "json", ".csv": "csv",
    ".tsv": "csv", ".parquet": "parquet", ".pq": "parquet", ".warc": "warc", ".xml": "xml",
    ".nitf": "xml", ".newsml": "xml",
}  # fmt: skip
SCRIPT_ENDINGS = ("", ".php", ".shtml", ".asp", ".aspx", ".jsp", ".cgi", ".cfm")
"""Endings of files in a folder that are known by what they hold: pages that programs made."""

UNKNOWN = "unknown"
"""The format of a file in a folder that is left out."""

FOREIGN_ENDINGS = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub")
PACKED_ENDINGS = (".gz", ".bz2", ".xz", ".zst")
_ZSTD_STEP = 2048


@dataclass(frozen=True, slots=True)
class InputFile:
    """An input file.

    Args:
        path: its path.
        format: by its ending; ``None`` if its content must tell.
        id: of the article, if the file holds only one.
        size: bytes on disk.
        asked_for: whether the caller named it, rather than a folder above it.
    """

    path: str
    format: str | None
    id: str | None
    size: int | None
    asked_for: bool = True


class NoArticle:
    """An archived page without an article; it is only counted."""


def find_inputs(paths: Sequence[str]) -> Iterator[InputFile | Failure]:
    """Yield the files that ``paths`` name: files, folders (read whole, sorted), globs, ``-``."""
    for path in paths:
        if path == STDIN:
            yield InputFile(STDIN, None, None, None)
        elif os.path.isdir(path):
            yield from _files_in(path)
        elif os.path.exists(path) or not glob.has_magic(path):
            yield _describe_file(path, Path(path).name)
        else:
            found = sorted(glob.glob(path, recursive=True))
            yield from find_inputs(found) if found else [Failure(path, "matches no file")]


def refuse_path(path: str) -> str | None:
    """Return why ``path`` cannot be read as articles, or ``None`` where it may be."""
    if path.lower().startswith(("http://", "https://")):
        return "a web address: download the page first, or pipe it in and give - as the path"
    if path == STDIN or os.path.isdir(path):
        return None
    if path.lower().endswith(FOREIGN_ENDINGS):
        return "not a text file: save it as .txt or .html first"
    is_there = os.path.exists(path) or glob.has_magic(path)
    return None if is_there or "://" in path else "no such file"


def _files_in(folder: str) -> Iterator[InputFile | Failure]:
    """Yield the files under ``folder`` except hidden ones; mark those with unknown endings."""
    found = False
    blocked: list[OSError] = []
    for where, folders, names in os.walk(folder, onerror=blocked.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.join(where, name)
            if name.startswith("."):
                continue
            found = True
            if format_of(name) is None and _ending(name) not in SCRIPT_ENDINGS:
                yield InputFile(path, UNKNOWN, None, 0, asked_for=False)
            else:
                yield _describe_file(path, os.path.relpath(path, folder), asked_for=False)
    for error in blocked:
        yield Failure(str(error.filename), f"the folder cannot be read: {error.strerror}")
    if not found and not blocked:
        yield Failure(folder, "the folder holds no files")


def _describe_file(path: str, name: str, *, asked_for: bool = True) -> InputFile | Failure:
    """Return the file at ``path``; ``name`` without endings is the id of its one article."""
    if path.lower().endswith(FOREIGN_ENDINGS) and (reason := refuse_path(path)):
        return Failure(path, reason)
    try:
        size = os.stat(path).st_size
    except OSError as error:
        return Failure(path, error.strerror or str(error))
    if not os.path.isfile(path):
        if not asked_for:
            return Failure(path, "skipped: a pipe, device or the like, not a file")
        return InputFile(path, format_of(path), None, None, asked_for)
    return InputFile(path, format_of(path), _stem(name), size, asked_for)


def _stem(name: str) -> str:
    """Return ``name`` without its ending and compression suffix."""
    path = Path(name)
    if path.suffix.lower() in PACKED_ENDINGS:
        path = path.with_suffix("")
    return path.with_suffix("").as_posix()


def format_of(name: str) -> str | None:
    """Return the format that a file's name implies, or ``None``."""
    return FORMAT_OF_ENDING.get(_ending(name))


def _ending(name: str) -> str:
    lowered = name.lower()
    for ending in PACKED_ENDINGS:
        lowered = lowered.removesuffix(ending)
    return os.path.splitext(lowered)[1]


class CountingStream(io.RawIOBase):
    """A raw stream that knows how many bytes and lines were read from it."""

    def __init__(self, raw: BinaryIO) -> None:
        self.raw = raw
        self.count = self.lines = 0
        # One read at a time if possible, so that a later error loses no earlier byte.
        self._read: Callable[[int], bytes] = getattr(raw, "read1", raw.read)

    def readable(self) -> bool:
        """Return true."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into ``buffer`` and return how many bytes."""
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        self.lines += data.count(b"\n")
        return len(data)

    def seekable(self) -> bool:
        """Return whether the underlying stream is seekable."""
        return self.raw.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Seek in the underlying stream."""
        return self.raw.seek(offset, whence)

    def tell(self) -> int:
        """Return the position in the underlying stream."""
        return self.raw.tell()

    def close(self) -> None:
        """Close the underlying stream, unless it is standard input."""
        if self.raw is not _find_stdin():
            self.raw.close()
        super().close()


class UnpackedStream(CountingStream):
    """A decompressing stream that refuses decompression bombs."""

    def __init__(self, raw: BinaryIO, packed: CountingStream, path: str) -> None:
        super().__init__(raw)
        self.packed = packed
        self.path = path

    def seekable(self) -> bool:
        """Return false: compressed data is read from the beginning."""
        return False

    def readinto(self, buffer: Any) -> int:
        """Read into ``buffer`` and return how many bytes.

        Raises:
            InputError: the file is damaged, ends early, or is a decompression bomb.
        """
        try:
            length = super().readinto(buffer)
        except EOFError:
            raise InputError(
                f"{self.path}: the compressed file ends early, it is cut off"
            ) from None
        except (OSError, zlib.error, lzma.LZMAError, RuntimeError, ValueError) as error:
            raise InputError(f"{self.path}: the compressed file is damaged: {error}") from error
        check_ratio(self.path, unpacked=self.count, packed=self.packed.count)
        check_rows(self.path, rows=self.lines, packed=self.packed.count)
        return length


def check_ratio(path: str, *, unpacked: int, packed: int) -> None:
    """Accept less than a gibibyte of unpacked data, or a plausible multiple of the compressed size.

    Raises:
        InputError: it is a decompression bomb.
    """
    if unpacked > GIBIBYTE and unpacked > MAX_RATIO * packed:
        raise InputError(
            f"{path}: unpacks to more than {MAX_RATIO} times its size: refused as a bomb"
        )


def check_rows(path: str, *, rows: int, packed: int) -> None:
    """Accept few rows or lines, or no more of them than bytes on disk.

    Raises:
        InputError: it is a bomb of rows, which would take time rather than space.
    """
    if rows > FREE_ROWS and rows > packed:
        raise InputError(f"{path}: holds more rows or lines than bytes: refused as a bomb")


def open_packed(file: InputFile) -> tuple[BinaryIO, CountingStream]:
    """Return the bytes of ``file`` as they lie on disk, and the stream that counts them.

    Raises:
        InputError: it is standard input, which is closed.
    """
    raw = _find_stdin() if file.path == STDIN else open(file.path, "rb")  # noqa: SIM115
    if raw is None:
        raise InputError("standard input is closed")
    counted = CountingStream(raw)
    return cast(BinaryIO, io.BufferedReader(counted, 1 << 18)), counted


def _find_stdin() -> BinaryIO | None:
    """Return standard input as bytes, ``None`` where the process has none."""
    return getattr(sys.stdin, "buffer", None)


def open_input(file: InputFile) -> tuple[BinaryIO, CountingStream]:
    """Return the unpacked bytes of ``file``, and the stream that counts what was read on disk."""
    buffered, counted = open_packed(file)
    unpack = _UNPACKERS.get(os.path.splitext(file.path.lower())[1])
    if unpack is None:
        return buffered, counted
    bounded = UnpackedStream(unpack(buffered), counted, file.path)
    return cast(BinaryIO, io.BufferedReader(bounded, 1 << 18)), counted


class _ZstdStream:
    """Concatenated Zstandard frames; raises ``EOFError`` if one is cut off.

    Takes small steps, because a few bytes may unpack to thirty thousand times as many.
    """

    def __init__(self, packed: BinaryIO) -> None:
        zstandard = import_extra("zstandard", "zstd")
        self._packed = packed
        self._damage = zstandard.ZstdError
        self._new = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj
        self._frame: Any = None
        self._left = b""
        self._out = b""

    def read(self, size: int) -> bytes:
        """Return up to ``size`` bytes, none at the end."""
        while not self._out:
            if not self._left:
                self._left = self._packed.read(_ZSTD_STEP)
            if not self._left:
                if self._frame is not None:
                    raise EOFError
                return b""
            self._frame = self._frame or self._new()
            try:
                self._out, self._left = self._frame.decompress(self._left), b""
            except self._damage as error:
                raise OSError(str(error)) from error
            if self._frame.eof:
                self._left, self._frame = self._frame.unused_data, None
        part, self._out = self._out[:size], self._out[size:]
        return part

    def close(self) -> None:
        """Close the packed stream."""
        self._packed.close()


_UNPACKERS: dict[str, Callable[[BinaryIO], Any]] = {
    ".gz": lambda packed: gzip.GzipFile(fileobj=packed),
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
    ".zst": _ZstdStream,
}
