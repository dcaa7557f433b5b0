"""The corpora that figures are taken on, and the records of their articles."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newsextract.encoder.component import NewsEncoder
from newsextract.encoder.labels import CONVENTIONS
from newsextract.evaluation import syntax
from newsextract.evaluation.gold import Gold, article_of, read_gold, tally_articles
from newsextract.evaluation.syntax import read_conllu, tally_treebank
from newsextract.evaluation.tally import Measure, Tally
from newsextract.evaluation.tasks import TASKS
from newsextract.pipeline import find_component

from .standoff import read_standoff

if TYPE_CHECKING:
    from newsextract import Extraction, Extractor

VARIABLE = "NEWSEXTRACT_CORPORA"


@dataclass(frozen=True)
class Corpus:
    """A gold file, what is measured on it, and what it is, for readers of the figures.

    It lies in the folder of the corpora, or beside this module if it is stand-off.
    """

    path: str
    tasks: tuple[str, ...]
    title: str
    about: str
    convention: str = CONVENTIONS[0]

    def file(self, folder: Path) -> Path:
        """Return where the file is, given the folder of the corpora."""
        return (Path(__file__).parent if self.is_standoff else folder) / self.path

    @property
    def is_standoff(self) -> bool:
        """Whether the file holds offsets and no texts."""
        return self.path.endswith(".gz")


@dataclass(frozen=True)
class Counted:
    """The counts of the articles of a corpus in one task."""

    task: str
    measures: tuple[Measure, ...]
    tallies: list[Tally]


CORPORA = (
    Corpus(
        "press/press_dev.jsonl",
        ("press",),
        "Press of many countries and desks, dev",
        "whole articles of local press, BBC desks, agencies and US papers, each read carefully "
        "once; two readers agree on 93 F1 of quotes, 92 of quotes with speakers, 99 % of "
        "speakers, 97 and 95 F1 of sources and cues, and on all names, roles and pronouns",
    ),
    Corpus(
        "other_press.jsonl.gz",
        ("press",),
        "Other press",
        "dev articles of Worldwide, LGL, GeoVirus and AQUAINT, read once by a large language model "
        "by the guide of the press corpus; no network was trained on them, but some rules (on "
        "roles, on documents by an organization, on lone surnames) were changed after reading the "
        "errors, and the model was chosen by these figures among others",
    ),
    Corpus(
        "other_politics.jsonl.gz",
        ("press",),
        "Other US politics",
        "dev articles of PolNeAR, read in the same way by the guide of the press corpus",
    ),
    Corpus(
        "agency.jsonl.gz",
        ("press",),
        "Agency copy",
        "stories of the Groningen Meaning Bank, world news of Voice of America, each of a few "
        "sentences; read in the same way by the guide of the press corpus; no errors on them were "
        "looked at, but the model was chosen by these figures among others",
    ),
    Corpus(
        "entities/worldwide_dev.jsonl",
        ("entities",),
        "English Worldwide Newswire, dev",
        "local press of 40 countries, 2023",
    ),
    Corpus(
        "attribution/polnear_dev.jsonl",
        ("quotes", "layout"),
        "PolNeAR, dev",
        "US political news of seven publishers, 2015 and 2016; stances are annotated too; read by "
        "the corpus's own convention of what is attributed",
        "polnear",
    ),
    Corpus(
        "attribution/speakers_dev.jsonl",
        ("speakers", "people"),
        "Speakers in PolNeAR, dev",
        "part of the same, with who is behind each attribution, annotated for this project",
        "polnear",
    ),
    Corpus(
        "coreference/gap_validation.jsonl",
        ("pronouns",),
        "GAP, validation",
        "passages of Wikipedia with one pronoun and two names that it may stand for",
    ),
    Corpus(
        "coreference/ontogum_dev.jsonl",
        ("chains",),
        "OntoGUM, dev",
        "documents of many genres, joined from their tokens",
    ),
    Corpus(
        "syntax/gum_dev.conllu",
        ("syntax",),
        "Universal Dependencies GUM, dev",
        "documents of many genres, news among them, some of them spoken",
    ),
    Corpus(
        "timex/aquaint_dev.jsonl",
        ("dates",),
        "AQUAINT TimeML",
        "agency news of the 1990s; rules were chosen on it",
    ),
    Corpus(
        "timex/timebank_train.jsonl",
        ("dates",),
        "TimeBank",
        "press and broadcast of 1989 to 1998; rules were written on it",
    ),
    Corpus(
        "toponyms/lgl_dev.jsonl",
        ("places",),
        "Local-Global Lexicon, dev",
        "local US papers, whose towns share their names with larger ones",
    ),
    Corpus(
        "toponyms/geovirus_dev.jsonl",
        ("places",),
        "GeoVirus",
        "world news about epidemics; some adjectives are annotated as places",
    ),
    Corpus(
        "articles/world_dev.jsonl",
        ("articles",),
        "Press of twelve countries",
        "whole articles, annotated for this project; few, so the intervals are wide",
    ),
)


def corpora_folder() -> Path | None:
    """Return the folder that the environment names, or ``None`` where it names none."""
    value = os.environ.get(VARIABLE)
    return None if value is None else Path(value)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Measurement:
    """The corpora read by one extractor: each article once, whatever is measured on it."""

    def __init__(self, folder: Path, extractor: Extractor) -> None:
        self._folder = folder
        self.extractor = extractor
        self._read: dict[str, tuple[list[Gold], Mapping[str, Extraction]]] = {}

    def tallies(self, corpus: Corpus) -> Iterator[Counted]:
        """Yield each task of ``corpus`` with its measures and the counts of its articles."""
        if corpus.tasks == ("syntax",):
            yield self._syntax(corpus)
            return
        gold, records = self.read(corpus)
        for task in TASKS:
            if task.name in corpus.tasks:
                yield Counted(task.name, task.measures, tally_articles(task, gold, records))

    def _syntax(self, corpus: Corpus) -> Counted:
        nlp = self.extractor.nlp
        model = find_component(nlp, NewsEncoder).model
        documents = read_conllu(self._folder / corpus.path)
        tallies = [tally_treebank(document, nlp, model) for document in documents]
        return Counted("syntax", syntax.MEASURES, tallies)

    def read(self, corpus: Corpus) -> tuple[list[Gold], Mapping[str, Extraction]]:
        """Return the gold articles of ``corpus`` and their records by id."""
        if corpus.path not in self._read:
            path = corpus.file(self._folder)
            gold = read_standoff(path, self._folder) if corpus.is_standoff else read_gold(path)
            encoder = find_component(self.extractor.nlp, NewsEncoder)
            encoder.follow(corpus.convention)
            records = self.extractor.pipe(map(article_of, gold))
            self._read[corpus.path] = gold, {record.id: record for record in records}
            encoder.follow(CONVENTIONS[0])
        return self._read[corpus.path]
