"""HeidelTime on the same articles: a Java program, run where the environment names its folder.

``NEWSEXTRACT_HEIDELTIME`` names the folder that holds ``de.unihd.dbs.heideltime.standalone.jar``
and its ``config.props`` with the path of TreeTagger. What it found in a corpus is kept beside this
file as offsets and values, so that the published page can be made without Java.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsextract.evaluation.gold import Gold
from newsextract.records import Date, Extraction

if TYPE_CHECKING:
    from newsextract import Extractor

VARIABLE = "NEWSEXTRACT_HEIDELTIME"
KEPT = Path(__file__).with_name("heideltime.json")
_JAR = "de.unihd.dbs.heideltime.standalone.jar"
_TAG = re.compile(r"<TIMEX3 ([^>]*)>|</TIMEX3>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_TYPES = ("DATE", "TIME", "DURATION", "SET")
Found = list[list[Any]]


def read_with_heideltime(
    articles: Sequence[Gold], _: Extractor | None = None
) -> dict[str, Extraction] | None:
    """Return the dates that HeidelTime finds, by id, or ``None`` where they cannot be had."""
    found = _read_kept(articles)
    if found is None and VARIABLE in os.environ:
        found = {gold["id"]: run_heideltime(gold) for gold in articles}
        kept = {"digest": _digest(articles), "found": found}
        KEPT.write_text(json.dumps(kept, separators=(",", ":")) + "\n", encoding="utf8")
    if found is None:
        return None
    return {gold["id"]: _to_record(gold, found[gold["id"]]) for gold in articles}


def _read_kept(articles: Sequence[Gold]) -> dict[str, Found] | None:
    """Return what was kept, if it was found in these very articles."""
    if not KEPT.exists():
        return None
    kept = json.loads(KEPT.read_text(encoding="utf8"))
    found: dict[str, Found] = kept["found"]
    return found if kept["digest"] == _digest(articles) else None


def _digest(articles: Sequence[Gold]) -> str:
    texts = "\0".join(f"{gold['id']} {gold['dct']} {gold['text']}" for gold in articles)
    return hashlib.sha256(texts.encode()).hexdigest()


def run_heideltime(gold: Gold) -> Found:
    """Return start, end, type, value and modifier of each expression in one article."""
    folder = Path(os.environ[VARIABLE])
    with tempfile.NamedTemporaryFile("w", encoding="utf8", suffix=".txt", newline="") as file:
        file.write(gold["text"])
        file.flush()
        command = ["java", "-jar", str(folder / _JAR), "-c", str(folder / "config.props")]
        command += ["-dct", gold["dct"][:10], "-t", "news", "-l", "english", file.name]
        done = subprocess.run(command, capture_output=True, check=True)
    return list(read_timeml(done.stdout.decode(), gold["text"]))


def read_timeml(output: str, text: str) -> Iterator[list[Any]]:
    """Yield the expressions of a TimeML document, with offsets into ``text``."""
    body = output.partition("<TimeML>\n")[2].rpartition("\n</TimeML>")[0]
    words = _TAG.sub("", body)
    shift = text.index(words.strip()) - words.index(words.strip())
    plain = at = 0
    opened: tuple[int, dict[str, str]] | None = None
    for match in _TAG.finditer(body):
        plain += match.start() - at
        at = match.end()
        if match[1] is not None:
            opened = plain, dict(_ATTRIBUTE.findall(match[1]))
        elif opened is not None:
            start, values = opened
            yield [start + shift, plain + shift, values["type"], values["value"], values.get("mod")]
            opened = None


def _to_record(gold: Gold, found: Found) -> Extraction:
    dates = (
        Date(f"T{number}", start, end, gold["text"][start:end], type_, value, mod)
        for number, (start, end, type_, value, mod) in enumerate(found, 1)
        if type_ in _TYPES
    )
    return Extraction(gold["id"], dates=tuple(dates))
