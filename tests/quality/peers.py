"""Other libraries on the same articles, where they are installed.

``pip install -r tests/quality/peers.txt`` brings those that PyPI has. A peer that is not there is
named and left out of the page.
"""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from newsextract.evaluation import quotes
from newsextract.evaluation.gold import Gold
from newsextract.evaluation.tally import Measure
from newsextract.evaluation.tasks import TASKS
from newsextract.records import (
    Context,
    Date,
    Extraction,
    Mention,
    Organization,
    Person,
    Place,
    Quote,
    Span,
)

from .heideltime import read_with_heideltime

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from newsextract import Extractor

SPACY_PIPELINE = "en_core_web_sm"
_MEASURES = {task.name: task.measures for task in TASKS}
Records = dict[str, Extraction]


@dataclass(frozen=True)
class Peer:
    """Another library: what it is measured on, and how its records are had.

    ``read`` gives its records by article id, and says with ``None`` that it is not there.
    """

    corpus: str
    task: str
    measures: Sequence[Measure]
    about: str
    absent: str
    read: Callable[[Sequence[Gold], Extractor], Records | None]


def search_with_dateparser(articles: Iterable[Gold], _: Extractor | None = None) -> Records:
    """Return the dates that ``dateparser.search`` finds in ``articles``, by id."""
    return {gold["id"]: Extraction(gold["id"], dates=tuple(_dates(gold))) for gold in articles}


def _dates(gold: Gold) -> Iterator[Date]:
    from dateparser.search import search_dates

    base = datetime.fromisoformat(gold["dct"])
    settings = {"RELATIVE_BASE": base, "RETURN_AS_TIMEZONE_AWARE": False}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = search_dates(gold["text"], languages=["en"], settings=settings) or []
    position = 0
    for number, (words, moment) in enumerate(found, 1):
        start = gold["text"].find(words, position)
        if start >= 0:
            position = start + len(words)
            value = moment.date().isoformat()
            yield Date(f"T{number}", start, position, words, "DATE", value)


def extract_with_textacy(articles: Sequence[Gold], extractor: Extractor) -> Records | None:
    """Return the quotations that textacy finds in ``articles``, by id, or ``None`` without it."""
    if importlib.util.find_spec("textacy") is None:
        return None
    records = {}
    for gold in articles:
        doc = extractor.nlp(gold["text"])
        records[gold["id"]] = Extraction(gold["id"], quotes=tuple(_quotations(doc)))
    return records


def _quotations(doc: Doc) -> Iterator[Quote]:
    from textacy.extract import direct_quotations

    try:
        found = list(direct_quotations(doc))
    except ValueError:
        # It refuses a text with an odd number of quotation marks.
        return
    for number, (speaker, cue, content) in enumerate(found, 1):
        source, verb = _span_of(speaker), _span_of(cue)
        said = Span(content.start_char, content.end_char, content.text)
        context = Context(content.start_char, content.end_char)
        yield Quote(f"Q{number}", "direct", "statement", (said,), verb, source, context)


def _span_of(tokens: Sequence[Any]) -> Span:
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    return Span(start, end, tokens[0].doc.text[start:end])


def read_with_spacy(articles: Sequence[Gold], _: Extractor | None = None) -> Records | None:
    """Return the names that a plain spaCy pipeline finds, by id, or ``None`` without one."""
    import spacy

    if not spacy.util.is_package(SPACY_PIPELINE):
        return None
    nlp = spacy.load(SPACY_PIPELINE)
    return {gold["id"]: names_of(nlp, gold) for gold in articles}


def names_of(nlp: Language, gold: Gold) -> Extraction:
    """Return the entities of ``nlp`` as people, organizations and places of one mention each."""
    found: dict[str, list[Mention]] = {"PERSON": [], "ORG": [], "GPE": [], "LOC": [], "FAC": []}
    for ent in nlp(gold["text"]).ents:
        mention = Mention(ent.start_char, ent.end_char, ent.text)
        found.get(ent.label_, []).append(mention)
    places = [*found["GPE"], *found["LOC"], *found["FAC"]]
    return Extraction(
        gold["id"],
        people=tuple(Person("P", m.text, mentions=(m,)) for m in found["PERSON"]),
        organizations=tuple(Organization("O", m.text, mentions=(m,)) for m in found["ORG"]),
        places=tuple(Place("L", m.text, mentions=(m,)) for m in places),
    )


PEERS = (
    Peer(
        "timex/aquaint_dev.jsonl",
        "dates",
        _MEASURES["dates"],
        f"`dateparser.search` {version('dateparser')}, with the publication date as its base and "
        "its days as values, on",
        "",
        search_with_dateparser,
    ),
    Peer(
        "timex/aquaint_dev.jsonl",
        "dates",
        _MEASURES["dates"],
        "HeidelTime standalone 2.2.1 with TreeTagger, document type news, on",
        "HeidelTime is not here: it needs Java and TreeTagger, see `tests/quality/heideltime.py`.",
        read_with_heideltime,
    ),
    Peer(
        "attribution/polnear_dev.jsonl",
        "quotes",
        (*_MEASURES["quotes"], *quotes.BY_KIND),
        "`direct_quotations` of textacy 0.13 on the words, parts of speech, lemmas and "
        "dependencies of newsextract's pipeline; it looks for direct quotations alone, so that its "
        "direct recall and its precision are what to compare; on",
        "textacy is not here: `pip install -r tests/quality/peers.txt`.",
        extract_with_textacy,
    ),
    Peer(
        "entities/worldwide_dev.jsonl",
        "entities",
        _MEASURES["entities"],
        f"spaCy's `{SPACY_PIPELINE}`, its GPE, LOC and FAC as places, on",
        f"A plain spaCy pipeline is not here: `{SPACY_PIPELINE}` is not on PyPI and needs a "
        f"download (`python -m spacy download {SPACY_PIPELINE}`).",
        read_with_spacy,
    ),
)
