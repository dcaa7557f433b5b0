"""Golden records: the articles of this folder and of ``examples/``, and what is read from them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsextract import Article, Extraction

FOLDER = Path(__file__).parent
RECORDS = FOLDER / "records"
_EXAMPLES = FOLDER.parents[1] / "examples"
_DATED = re.compile(r"\d{4}-\d\d-\d\d(?=-)")


def read_articles() -> Iterator[Article]:
    """Yield the articles; a date at the start of a file's name is when it was published."""
    for path in sorted(FOLDER.glob("articles/*.txt")) + sorted(_EXAMPLES.rglob("*.txt")):
        dated = _DATED.match(path.name)
        text = path.read_bytes().decode("utf8")
        yield Article(text, id=path.stem, published=dated and dated.group())


def to_text(record: Extraction) -> str:
    """Return a record as JSON with one entity, date, quote or source a line."""
    fields = (f" {_dump(key)}: {_lines(value)}" for key, value in record.to_dict().items())
    return "{\n" + ",\n".join(fields) + "\n}\n"


def _lines(value: Any) -> str:
    if not (isinstance(value, list) and value):
        return _dump(value)
    return "[\n" + ",\n".join(f"  {_dump(item)}" for item in value) + "\n ]"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
