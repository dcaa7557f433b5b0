"""Articles with gold coreference, as examples for fitting the scorer of antecedents.

An example is one pronoun or nominal: the features of its candidates, the last of them nobody, and
which of them are right. Mentions before it are linked as the gold has it, or where the gold leaves
them open as a scorer fitted before links them.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from newsextract.pipeline import make_doc
from newsextract.records import Person
from newsextract.stages.coreference.anaphors import Anaphor, find_anaphors
from newsextract.stages.coreference.discourse import Figure, make_discourse
from newsextract.stages.coreference.link import Choose, link_all
from newsextract.stages.layout import find_blocks
from newsextract.stages.organizations import find_organizations
from newsextract.stages.page import Page, read_page
from newsextract.stages.people import find_people
from newsextract.stages.places import find_places
from newsextract.stages.quotes import find_quotes
from newsextract.training.annotations import find_annotations, read_articles
from newsextract.training.choices import Example

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language

    from newsextract.gazetteer import Gazetteer
    from newsextract.records import Quote

Range = tuple[int, int]
_LONGEST_NAME = 40
MISSED, WRONG = 0.3, 0.08
"""How often the encoder misses a nominal of a named person in an article that it was not trained
on, and how often it marks another noun phrase."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as the stages before coreference read it."""

    page: Page
    people: Sequence[Person]
    quotes: Sequence[Quote]


@dataclass(frozen=True, slots=True)
class Gold:
    """The entity of each marked span of characters.

    ``complete`` tells whether people without a name are marked too, ``only`` the offset of the one
    mention that is marked beside the names, and ``wrong`` who it does not stand for.
    """

    spans: Mapping[Range, str]
    complete: bool = False
    only: int | None = None
    wrong: frozenset[str] = frozenset()


Reader = Callable[[str], Reading]


def read_with(nlp: Language, gazetteer: Gazetteer) -> Reader:
    """Return a reader of texts that reads them as an extractor with the pipeline ``nlp`` does."""

    def read(text: str) -> Reading:
        blocks = find_blocks(text)
        doc = make_doc(nlp, text, blocks)
        people = find_people(doc, blocks, organizations=find_organizations(doc, blocks))
        places = find_places(doc, blocks, gazetteer=gazetteer, people=people)
        quotes, _ = find_quotes(doc, blocks)
        return Reading(read_page(doc, quotes, places), people, quotes)

    return read


def read_corpus(path: Path, *, read: Reader) -> Iterator[tuple[Reading, Gold]]:
    """Yield the articles of a corpus as they are read, with their gold.

    Args:
        path: articles, one in JSON a line, with ``people`` (names, pronouns, nominals), with
            ``tokens`` and ``clusters``, or with the columns of GAP (Webster et al. 2018); of other
            articles those whose people are in :mod:`newsextract.training.annotations`.
        read: how their texts are read.
    """
    for row in read_articles(path):
        column = next((name for name in _READERS if name in row), None)
        found = _READERS[column](row) if column else _read_annotated(row)
        if found is not None:
            text, gold = found
            reading = read(text)
            yield blur_marks(reading) if column in ("people", None) else reading, gold


def blur_marks(reading: Reading) -> Reading:
    """Return a reading whose marks of nominals are as wrong as on articles of no training set.

    The encoder knows the articles that it was trained on by heart: a scorer fitted on its marks
    there would trust them too far.
    """
    page = reading.page
    if page.nominals is None:
        return reading
    draw = random.Random(page.doc.text)
    marked = {i for span in page.nominals for i in span}
    named = set(make_discourse(page, reading.people).by_token)
    plain = replace(page, nominals=None)
    others = [
        range(a.first, a.last)
        for a in find_anaphors(plain, reading.people, named=named, sources=set())
        if not a.is_pronoun and a.head not in marked
    ]
    kept = [span for span in page.nominals if draw.random() > MISSED]
    wrong = [span for span in others if draw.random() < WRONG]
    nominals = sorted((*kept, *wrong), key=lambda span: span.start)
    return replace(reading, page=replace(page, nominals=nominals))


def _read_people(row: Mapping[str, Any]) -> tuple[str, Gold]:
    """Return the text and the mentions of an article whose named people are marked."""
    spans = {
        (start, end): person["id"]
        for person in row["people"]
        for field in ("nominals", "pronouns", "names")
        for start, end in person[field]
    }
    return row["text"], Gold(spans)


def _read_gap(row: Mapping[str, Any]) -> tuple[str, Gold]:
    """Return the text with two names and one pronoun that stands for one of them or for neither."""
    spans, right = {}, []
    for name in ("A", "B"):
        start = int(row[f"{name}-offset"])
        spans[start, start + len(row[name])] = name
        right += [name] if str(row[f"{name}-coref"]).upper() == "TRUE" else []
    start = int(row["Pronoun-offset"])
    if right:
        spans[start, start + len(row["Pronoun"])] = right[0]
    wrong = frozenset(("A", "B")) - set(right)
    return row["Text"], Gold(spans, only=start, wrong=wrong)


def _read_clusters(row: Mapping[str, Any]) -> tuple[str, Gold]:
    """Return the text and the mentions of a tokenized article with coreference clusters."""
    text, offsets = "", []
    for token in row["tokens"]:
        glued = (not token[:1].isalnum() and token[:1] not in '(“`"') or text.endswith("(")
        text += "" if glued or not text else " "
        offsets.append((len(text), len(text) + len(token)))
        text += token
    spans = {
        (offsets[first][0], offsets[last - 1][1]): f"C{number}"
        for number, cluster in enumerate(row["clusters"])
        for first, last in cluster
    }
    return text, Gold(spans, complete=True)


def _read_annotated(row: Mapping[str, Any]) -> tuple[str, Gold] | None:
    """Return the text and the mentions of an article whose people are in the annotations."""
    marks = find_annotations(row)
    if marks is None or "people" not in marks:
        return None
    people = enumerate(marks["people"])
    return row["text"], Gold({(a, b): f"P{n}" for n, spans in people for a, b in spans})


_READERS = {"people": _read_people, "clusters": _read_clusters, "Pronoun-offset": _read_gap}
"""How an article is read that has a column of this name."""


def make_examples(
    reading: Reading, gold: Gold, guess: Choose, *, follow_gold: bool = True
) -> list[Example]:
    """Return the mentions of an article with the candidates that the scorer would see.

    Args:
        reading: the article.
        gold: who stands where.
        guess: links the mentions that the gold leaves open, and without ``follow_gold`` all, so
            that the scorer learns to go on from its own mistakes (DAgger, Ross et al. 2011).
        follow_gold: whether mentions are linked as the gold has it once they are examples.
    """
    page = reading.page
    owners = match_people(reading.people, gold)
    told: dict[int, str | None] = {}
    found: list[Example] = []

    def entity_of(figure: Figure) -> str | None:
        if figure.person is not None:
            return owners.get(figure.person.id)
        return next((told[s.first] for s in figure.seen if s.first in told), None)

    def choose(
        anaphor: Anaphor, candidates: Sequence[Figure | None], rows: NDArray[np.float32]
    ) -> Figure | None:
        if gold.only not in (None, page.doc[anaphor.first].idx):
            return guess(anaphor, candidates, rows)
        wanted = told[anaphor.first] = find_entity(page, anaphor, gold)
        right = np.array([f is not None and entity_of(f) == wanted for f in candidates], bool)
        if wanted is None:
            right = np.array([_is_nobody(f) for f in candidates], bool)
        elif not right.any() and not anaphor.is_pronoun:
            right[-1] = True
        found.append(Example(rows, right))
        if not follow_gold:
            return guess(anaphor, candidates, rows)
        return candidates[int(right.argmax())] if wanted is not None and right.any() else None

    def _is_nobody(figure: Figure | None) -> bool:
        if gold.wrong:
            return figure is None or entity_of(figure) not in gold.wrong
        return figure is None or (figure.person is None and not gold.complete)

    link_all(page, reading.people, reading.quotes, choose=choose)
    return [example for example in found if example.right.any()]


def match_people(people: Sequence[Person], gold: Gold) -> dict[str, str]:
    """Return the gold entity of each person's id: the one that most of the names are marked as."""
    owners: dict[str, str] = {}
    for person in people:
        names = [m for m in person.mentions if m.form == "name"]
        counts = Counter(
            entity
            for (start, end), entity in gold.spans.items()
            for m in names
            if start <= m.start and m.end <= end and end - start <= _LONGEST_NAME
        )
        if counts:
            owners[person.id] = counts.most_common(1)[0][0]
    return owners


def find_entity(page: Page, anaphor: Anaphor, gold: Gold) -> str | None:
    """Return the gold entity of a mention: of the shortest span around its head from its start."""
    start, head = page.doc[anaphor.first].idx, page.doc[anaphor.head].idx
    around = [
        (right - left, entity)
        for (left, right), entity in gold.spans.items()
        if left <= head < right and (abs(left - start) <= 1 or not gold.complete)
    ]
    return min(around)[1] if around else None
