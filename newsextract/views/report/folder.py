"""A folder of article pages beside the corpus page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from newsextract.records import Extraction
from newsextract.views.report.article import render_article

_LONGEST = 60


class PageFolder:
    """Writes article pages into a folder; ``links`` maps article ids to them.

    Args:
        folder: created if missing.
        corpus: the page of the corpus, which each page links back to.
    """

    def __init__(self, folder: Path, corpus: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.links: dict[str, str] = {}
        self._folder = folder
        self._back = "../" + quote(corpus.name)
        self._names: set[str] = set()
        self._numbers: dict[str, int] = {}
        """The last number tried for a stem."""

    def write_all(self, extractions: Iterable[Extraction]) -> Iterator[Extraction]:
        """Yield ``extractions``, after writing a page for each that has its text."""
        for extraction in extractions:
            if extraction.text is not None:
                self.write(extraction)
            yield extraction

    def write(self, extraction: Extraction) -> None:
        """Write the page of one article."""
        name = self._choose_name(extraction.id)
        page = render_article(extraction, back=self._back)
        (self._folder / name).write_text(page, encoding="utf8")
        self.links[extraction.id] = f"{quote(self._folder.name)}/{quote(name)}"

    def _choose_name(self, id_: str) -> str:
        """Return a unique file name like the id, valid on any file system."""
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", id_)[:_LONGEST].strip(".-") or "article"
        name, number = stem, self._numbers.get(stem.lower(), 1)
        while name.lower() in self._names:
            number += 1
            name = f"{stem}-{number}"
        self._names.add(name.lower())
        self._numbers[stem.lower()] = number
        return f"{name}.html"
