"""Turn paths into a stream of articles and failures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from newsextract.article import Article, Failure
from newsextract.errors import InputError, MissingExtra, import_extra
from newsextract.io.readers import delimited, lines, pages, parquet, plain, warc, xml
from newsextract.io.readers.options import ReadOptions
from newsextract.io.readers.recognition import HEAD_BYTES, recognize_format
from newsextract.io.readers.sources import (
    STDIN,
    UNKNOWN,
    CountingStream,
    InputFile,
    NoArticle,
    check_rows,
    find_inputs,
    open_input,
    open_packed,
)

Reader = Callable[[BinaryIO, InputFile, ReadOptions], Iterator[Article | Failure | NoArticle]]

_READERS: dict[str, Reader] = {
    "txt": plain.read_text,
    "html": pages.read_page,
    "jsonl": lines.read_lines,
    "json": lines.read_whole,
    "csv": delimited.read_rows,
    "parquet": parquet.read_rows,
    "warc": warc.read_records,
    "xml": xml.read_items,
}
_ONE_ARTICLE = ("txt", "html", "json", "xml")
_NAMES_SHOWN = 5


class ArticleStream:
    """The articles of several inputs in order, with progress.

    Attributes:
        total: bytes of all inputs on disk, ``None`` where one has no known size.
        left_out: number of files in folders that were skipped because their format is unknown.
        pages_left_out: number of archived pages without an article.
        count: articles and failures yielded so far.
    """

    def __init__(self, paths: Sequence[str], options: ReadOptions | None = None) -> None:
        self._options = options or ReadOptions()
        self._paths = tuple(paths)
        self.count = 0
        self._read = 0
        self._current: CountingStream | None = None
        self._form = "txt"
        self._names: set[int] = set()
        self._unknown: list[str] = []
        self.left_out = 0
        self.pages_left_out = 0
        self._articles = self._read_all()
        self.total = _total_size(self._paths)

    def __iter__(self) -> Iterator[Article | Failure]:
        return self

    def __next__(self) -> Article | Failure:
        item = next(self._articles)
        self.count += 1
        return item

    def done(self, handled: int) -> float | None:
        """Return the share of the input that is done when ``handled`` of the articles yielded are.

        Reading runs ahead of extraction: a small input is read at once.
        """
        fraction = self.fraction
        return fraction and fraction * min(1.0, handled / max(1, self.count))

    @property
    def fraction(self) -> float | None:
        """How much of the input has been read, 0 to 1; ``None`` where its size is unknown."""
        if not self.total:
            return None
        current = self._current.count if self._current else 0
        return min(1.0, (self._read + current) / self.total)

    def describe_left_out(self) -> str:
        """Return which files of folders and how many pages were left out, ``""`` if none."""
        return "; ".join(filter(None, (self._describe_files(), self._describe_pages())))

    def _describe_files(self) -> str:
        if not self.left_out:
            return ""
        files = "1 file of an unknown format" if self.left_out == 1 else (
            f"{self.left_out:,} files of unknown formats")  # fmt: skip
        more = "" if self.left_out <= _NAMES_SHOWN else ", …"
        return f"{files} left out: {', '.join(self._unknown)}{more}"

    def _describe_pages(self) -> str:
        if not self.pages_left_out:
            return ""
        pages = "1 page" if self.pages_left_out == 1 else f"{self.pages_left_out:,} pages"
        return f"{pages} without an article left out"

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
                yield Failure(found.path, str(error).removeprefix(f"{found.path}: "))

    def _read_file(self, file: InputFile) -> Iterator[Article | Failure]:
        if file.format == UNKNOWN:
            self._leave_out(file)
            return
        named = self._options.input_format or file.format
        by_member = named == "warc" and not file.path.lower().endswith((".bz2", ".xz"))
        stream, self._current = (open_packed if by_member else open_input)(file)
        try:
            form = named or self._recognize(stream, file)
            if form is not None:
                self._form = form
                for number, item in enumerate(_READERS[form](stream, file, self._options)):
                    check_rows(file.path, rows=number, packed=self._current.count)
                    if isinstance(item, NoArticle):
                        self.pages_left_out += 1
                    else:
                        yield item
        finally:
            self._read += self._current.count
            self._current = None
            if file.path != STDIN:
                stream.close()

    def _recognize(self, stream: BinaryIO, file: InputFile) -> str | None:
        """Return the format by content; ``None`` for an unrecognized file in a folder."""
        head = stream.peek(HEAD_BYTES)[:HEAD_BYTES] if hasattr(stream, "peek") else b""
        try:
            form = recognize_format(head, self._options)
        except InputError:
            if file.asked_for:
                raise
            form = "txt"
        if form == "txt" and not file.asked_for:
            self._leave_out(file)
            return None
        return form

    def _leave_out(self, file: InputFile) -> None:
        self.left_out += 1
        if len(self._unknown) < _NAMES_SHOWN:
            self._unknown.append(file.path)

    def _refuse_twin(self, item: Article | Failure, file: InputFile) -> Failure | None:
        """Return a failure if another file gave the same id to its article.

        Otherwise the later article would silently replace the earlier one.
        """
        named = self._form in _ONE_ARTICLE and isinstance(item, Article) and item.id == file.id
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
        """Return an article with the defaults from the options."""
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
    :class:`~newsextract.article.Failure` that names file and line; the others continue.

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
