"""A tiny extractor for tests of the plumbing: quick, deterministic, and it can be pickled."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsextract import records
from newsextract.article import Article, id_of
from newsextract.records import Extraction

SAID = re.compile(r"“([^”]*)” (said) ([A-Z]\w+ [A-Z]\w+)")


def make_article(number: int, *, words: int = 30) -> Article:
    """Return a small article whose words depend on ``number`` alone."""
    name = ("Ann Lee", "Omar Diaz", "Ivy Noor", "Paul Berg")[number % 4]
    body = " ".join(f"word{(number * 7 + i * i) % 97}" for i in range(words))
    text = (
        f"NORE, March {number % 28 + 1} - The port grew.\n\n“We need {body}” said {name} in Nore."
    )
    meta = {"title": f"Port, part {number}", "url": f"https://nore.example/{number}"}
    return Article(text, f"a{number}", "2025-03-03", meta)


def make_articles(count: int) -> list[Article]:
    """Return ``count`` articles."""
    return [make_article(number) for number in range(count)]


@dataclass(frozen=True)
class TinyExtractor:
    """Finds ``“…” said Name Surname``; some words make it slow, fail or die."""

    seconds: float = 0.0

    def __call__(self, article: Article) -> Extraction:
        if self.seconds:
            time.sleep(self.seconds)
        if "FAIL" in article.text:
            raise RuntimeError("the text says so")
        if "DIE" in article.text:
            os._exit(9)
        return read(article)

    def pipe(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        return map(self, articles)


@dataclass(frozen=True)
class TinyLoader:
    """Loads a :class:`TinyExtractor`."""

    seconds: float = 0.0
    signature: str = "tiny/1"

    def load(self) -> TinyExtractor:
        return TinyExtractor(self.seconds)


def read(article: Article) -> Extraction:
    """Return the record of ``article``: a person, a place, a quote and its source for each find."""
    found = list(SAID.finditer(article.text))
    names = dict.fromkeys(match[3] for match in found)
    people = {name: f"P{number}" for number, name in enumerate(names, 1)}
    sources = {name: f"S{number}" for number, name in enumerate(names, 1)}
    return Extraction(
        id=id_of(article),
        published=article.published,
        published_from="given" if article.published else None,
        language="en",
        meta=article.meta,
        model="tiny/1",
        layout=(records.Block("paragraph", 0, len(article.text)),) if article.text else (),
        people=tuple(_person(name, id, found) for name, id in people.items()),
        places=(_place(article.text),) if "Nore" in article.text else (),
        quotes=tuple(_quote(n, m, sources) for n, m in enumerate(found, 1)),
        sources=tuple(
            records.Source(sources[name], "person", name, entity=people[name]) for name in names
        ),
        text=article.text,
    )


def _person(name: str, id: str, found: list[re.Match[str]]) -> records.Person:
    mentions = (records.Mention(*m.span(3), m[3]) for m in found if m[3] == name)
    return records.Person(id, name, mentions=tuple(mentions))


def _place(text: str) -> records.Place:
    start = text.index("Nore")
    return records.Place("L1", "Nore", mentions=(records.Mention(start, start + 4, "Nore"),))


def _quote(number: int, match: re.Match[str], sources: dict[str, str]) -> records.Quote:
    content, cue, source = (records.Span(*match.span(i), match[i]) for i in (1, 2, 3))
    return records.Quote(
        id=f"Q{number}",
        kind="direct",
        mode="statement",
        content=(content,),
        cue=cue,
        source=source,
        context=records.Context(*match.span()),
        speaker=sources[source.text],
    )
