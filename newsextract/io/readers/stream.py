"""From paths to a stream of articles, and of the failures among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from newsextract.article import Article, Failure
from newsextract.errors import InputError, MissingExtra, import_extra
from newsextract.io.readers import delimited, lines, pages, parquet, plain, warc
from newsextract.io.readers.options import ReadOptions
from newsextract.io.readers.sources import (
    STDIN,
    CountingStream,
    InputFile,
    find_inputs,
    open_input,
)

Reader = Callable[[BinaryIO, InputFile, ReadOptions], Iterator[Article | Failure]]

_READERS: dict[str, Reader] = {
    "txt": plain.read_text,
    "html": pages.read_page,
    "jsonl": lines.read_lines,
    "json": lines.read_whole,
    "csv": delimited.read_rows,
    "parquet": parquet.read_rows,
    "warc": warc.read_records,
}
_ONE_ARTICLE = ("txt", "html", "json")


class ArticleStream:
    """The articles of some inputs, one after the other; knows how far it is.

    Attributes:
        total: bytes of all inputs on disk, ``None`` where one has no known size.
    """

    def __init__(self, paths: Sequence[str], options: ReadOptions | None = None) -> None:
        self._options = options or ReadOptions()
        self._paths = tuple(paths)
        self._read = 0
        self._current: CountingStream | None = None
        self._names: set[int] = set()
        self._articles = self._read_all()
        self.total = _total_size(self._paths)

    def __iter__(self) -> Iterator[Article | Failure]:
        return self

    def __next__(self) -> Article | Failure:
        return next(self._articles)

    @property
    def fraction(self) -> float | None:
        """How much of the input has been read, 0 to 1; ``None`` where its size is unknown."""
        if not self.total:
            return None
        current = self._current.count if self._current else 0
        return min(1.0, (self._read + current) / self.total)

    def _read_all(self) -> Iterator[Article | Failure]:
        for found in find_inputs(self._paths):
            if isinstance(found, Failure):
                yield found
                continue
            try:
                for item in self._read_file(found):
                    yield self._refuse_twin(item, found) or self._complete(item)
            except MissingExtra:
                raise
            except (InputError, OSError) as error:
                yield Failure(found.path, _without_path(str(error), found.path))

    def _read_file(self, file: InputFile) -> Iterator[Article | Failure]:
        stream, self._current = open_input(file)
        try:
            name = self._options.input_format or file.format or _sniff(stream)
            yield from _READERS[name](stream, file, self._options)
        finally:
            self._read += self._current.count
            self._current = None
            if file.path != STDIN:
                stream.close()

    def _refuse_twin(self, item: Article | Failure, file: InputFile) -> Failure | None:
        """Return a failure where an article has its id from a name that another file had too.

        The later one would replace the earlier, unsaid.
        """
        form = self._options.input_format or file.format or "txt"
        named = form in _ONE_ARTICLE and isinstance(item, Article) and item.id == file.id
        if not named or file.id is None:
            return None
        if (name := hash(file.id)) not in self._names:
            self._names.add(name)
            return None
        return Failure(
            file.path,
            f"another file of this input gave the id {file.id!r}: rename one, or give the folder "
            "above both, so that ids bear the folders' names",
            id=file.id,
        )

    def _complete(self, item: Article | Failure) -> Article | Failure:
        """Return an article with what the options add to every one."""
        if isinstance(item, Failure):
            return item
        if self._options.mend:
            item = mend_article(item)
        if item.published is None and self._options.published is not None:
            return replace(item, published=self._options.published)
        return item


def read_articles(paths: Sequence[str], options: ReadOptions | None = None) -> ArticleStream:
    """Return the articles in files, folders, globs, or ``-`` (standard input), streaming.

    What cannot be read (a missing file, a line that is not JSON, a row without text) is a
    :class:`~newsextract.article.Failure` that names file and line; the others go on.

    Raises:
        MissingExtra: while iterating, where a format needs a package that is not installed.
    """
    return ArticleStream(paths, options)


def mend_article(article: Article) -> Article:
    """Return ``article`` with mojibake mended in its text and title ("itâ€™s" is "it’s")."""
    mend = import_extra("ftfy", "text").fix_encoding
    meta = {key: mend(value) if isinstance(value, str) else value
            for key, value in article.meta.items()}  # fmt: skip
    return replace(article, text=mend(article.text), meta=meta)


def _total_size(paths: Sequence[str]) -> int | None:
    total = 0
    for found in find_inputs(paths):
        if isinstance(found, InputFile):
            if found.size is None:
                return None
            total += found.size
    return total


def _sniff(stream: BinaryIO) -> str:
    """Return the format of a stream that no name tells: JSON Lines, a Parquet file, or text."""
    head = stream.peek(64) if hasattr(stream, "peek") else b""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    return "jsonl" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else "txt"


def _without_path(message: str, path: str) -> str:
    return message.removeprefix(f"{path}: ")
