"""Speed and memory benchmark: ``python -m newsextract.benchmark``.

Prints word pieces per second (wall time) for the encoder alone and for the whole extraction, the
cost of each stage for 2,000 words, the time to open the gazetteer, and peak memory. Encoder and
stages are timed one after the other; the whole is timed as ``pipe`` runs it, with the encoder
reading the next article while the stages process the current one. ``--workers N`` adds the speedup
of N processes over one; ``--beside MODEL`` adds words per second of CPU time beside a spaCy
pipeline such as ``en_core_web_sm``.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import spacy

import newsextract.extractor as stages
from newsextract.article import Article
from newsextract.batch import ExtractorLoader, RunOptions
from newsextract.batch.runner import open_pool
from newsextract.encoder.component import word_places, words_of
from newsextract.extractor import Extractor
from newsextract.gazetteer import open_gazetteer
from newsextract.language.lexicon import read_lines
from newsextract.loading import load
from newsextract.parallel.chunks import extract_chunk, keep_record, make_chunks

STAGES = (
    "find_blocks", "find_published", "find_dates", "find_organizations", "find_people",
    "find_places", "find_quotes", "resolve_sources", "recognize_language",
)  # fmt: skip
WORDS = 2000
_FILLINGS = {
    "person": ("Marta Ozola", "Henrik Aalto", "Juris Brenners", "Ann Lee", "Bo Day", "Ilse Marten"),
    "surname": ("Ozola", "Aalto", "Brenners", "Lee", "Day", "Marten"),
    "place": ("Riga", "Tallinn", "Houston", "Nairobi", "Lyon", "Manila", "Baton Rouge"),
    "body": ("Nordlys Lines", "Harbour Board", "Seafarers’ Federation", "Labour Ministry"),
    "day": ("Monday", "Tuesday", "Friday", "14 May 2024", "the first Sunday of June"),
    "number": ("3", "12", "28", "400", "4,000"),
}


def make_article(seed: int, words: int = WORDS) -> Article:
    """Return an invented article of at least so many words; the same seed gives the same.

    It has about as many names, statements and dates for its length as news has.
    """
    generator = random.Random(seed)
    sentences = read_lines("benchmark_sentences")
    paragraphs, count = [f"Article {seed} on the harbour"], 0
    while count < words:
        chosen = generator.sample(sentences, k=generator.randint(1, 4))
        paragraph = " ".join(_fill(sentence, generator) for sentence in chosen)
        paragraphs.append(paragraph)
        count += len(paragraph.split())
    return Article("\n\n".join(paragraphs), id=str(seed), published="2024-05-14")


def _fill(sentence: str, generator: random.Random) -> str:
    return sentence.format(**{name: generator.choice(x) for name, x in _FILLINGS.items()})


class Clock:
    """Seconds spent in named work."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``work`` with its time added up under ``name``."""

        def run(*args: Any, **options: Any) -> Any:
            start = time.perf_counter()
            try:
                return work(*args, **options)
            finally:
                self.seconds[name] += time.perf_counter() - start

        return run


@contextmanager
def timed_stages(extractor: Extractor, clock: Clock) -> Iterator[None]:
    """Time the stages where they are called, by wrappers around them for as long as it lasts."""
    encoder: Any = type(extractor.nlp.get_pipe("news_encoder"))
    whole: dict[tuple[Any, str], Callable[..., Any]] = {
        (stages, name): getattr(stages, name) for name in STAGES
    }
    whole |= {(encoder, "start"): encoder.start, (encoder, "finish"): encoder.finish}
    try:
        for (owner, name), work in whole.items():
            label = "encoder" if owner is encoder else name
            setattr(owner, name, clock.timed(label, work))
        yield
    finally:
        for (owner, name), work in whole.items():
            setattr(owner, name, work)


def count_pieces(extractor: Extractor, articles: Iterable[Article]) -> int:
    """Return how many word pieces the encoder reads for ``articles``."""
    component: Any = extractor.nlp.get_pipe("news_encoder")
    docs = (extractor.nlp.make_doc(article.text) for article in articles)
    words = (words_of(doc, word_places(doc)) for doc in docs)
    return sum(map(component.model.count_pieces, words))


def measure_speed(extractor: Extractor, articles: Sequence[Article]) -> Iterator[str]:
    """Yield lines on the speed of the encoder, of everything, and of each stage."""
    pieces = count_pieces(extractor, articles)
    words = sum(len(article.text.split()) for article in articles)
    clock = Clock()
    with timed_stages(extractor, clock):
        clock.timed("all", lambda: [extractor(article) for article in articles])()
    everything, encoder = clock.seconds.pop("all"), clock.seconds["encoder"]
    start = time.perf_counter()
    list(extractor.pipe(articles))
    whole = time.perf_counter() - start
    yield f"{len(articles)} articles, {words:,} words, {pieces:,} word pieces"
    yield f"encoder alone     {pieces / encoder:10,.0f} word pieces a second"
    yield f"whole extraction  {pieces / whole:10,.0f} word pieces a second"
    yield f"ratio             {encoder / whole:10.0%}"
    yield f"\nfor {WORDS:,} words       ms   of the encoder"
    clock.seconds["tokens and the rest"] = everything - sum(clock.seconds.values())
    for name, seconds in sorted(clock.seconds.items(), key=lambda item: -item[1]):
        yield f"  {name:20s}{1000 * seconds * WORDS / words:8.1f}{seconds / encoder:10.1%}"


def measure_processor(
    extractor: Extractor, articles: Sequence[Article], beside: str
) -> Iterator[str]:
    """Yield lines on words a second of processor time, of us and of a spaCy pipeline."""
    nlp = spacy.load(beside)
    words = sum(len(article.text.split()) for article in articles)
    texts = [article.text for article in articles]
    works: dict[str, Callable[[], Any]] = {
        "newsextract": lambda: list(extractor.pipe(articles)),
        beside: lambda: list(nlp.pipe(texts)),
    }
    for name, work in works.items():
        start = time.process_time()
        work()
        rate = words / (time.process_time() - start)
        yield f"{name:20s}{rate:8,.0f} words a second of processor time"


def measure_gazetteer() -> Iterator[str]:
    """Yield a line on how long the gazetteer takes to open."""
    start = time.perf_counter()
    open_gazetteer(None)
    yield f"\ngazetteer opened in {1000 * (time.perf_counter() - start):.1f} ms"


def measure_workers(articles: Sequence[Article], workers: int) -> Iterator[str]:
    """Yield lines on how many articles a second one process reads, and how many several."""
    rates = {}
    for n in (1, workers):
        with open_pool(RunOptions("-", workers=n)) as pool:
            task = partial(extract_chunk, ExtractorLoader(threads=1), keep_record)
            list(pool.map(task, make_chunks(articles[: 2 * n], most=1)))
            start = time.perf_counter()
            list(pool.map(task, make_chunks(articles, most=4)))
            rates[n] = len(articles) / (time.perf_counter() - start)
        yield f"{n} workers of one thread: {rates[n]:.1f} articles a second"
    yield f"{workers} workers do {rates[workers] / rates[1]:.2f} times the articles of one"


def peak_megabytes() -> float:
    """Return the most memory that this process has held so far, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m newsextract.benchmark", description=__doc__)
    parser.add_argument("--articles", type=int, default=20, metavar="N", help="default: 20")
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="default: 2")
    parser.add_argument("--workers", type=int, metavar="N", help="also compare N processes with 1")
    parser.add_argument("--beside", metavar="MODEL", help="also compare with a spaCy pipeline")
    args = parser.parse_args(argv)
    articles = [make_article(seed) for seed in range(args.articles)]
    lines = list(measure_gazetteer())
    extractor = load(threads=args.threads)
    extractor(make_article(-1))
    print(f"{args.threads} threads of the encoder")
    for line in (*measure_speed(extractor, articles), *lines):
        print(line)
    for line in measure_processor(extractor, articles, args.beside) if args.beside else ():
        print(line)
    print(f"peak memory {peak_megabytes():.0f} MB")
    for line in measure_workers(articles, args.workers) if args.workers else ():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
