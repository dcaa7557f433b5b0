"""One extractor serves any number of threads, and forked children."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from standin import make_extractor
from tiny import TinyExtractor

import newsextract
from newsextract.article import Article
from newsextract.batch import ExtractorLoader, extract_over
from newsextract.parallel.chunks import load_once
from newsextract.pipeline import copy_pipeline
from newsextract.pipeline.copies import LEARNT_FROM, MOST_LEARNT, Pipelines, _can_copy

TEXTS = [
    f"“We need room {i},” Ann Lee{i} of Acme{i} said on {day} in Paris. She left for Nore{i}."
    for i, day in enumerate(("Monday", "Tuesday", "14 May 2024", "Friday") * 15)
]


@pytest.mark.model
def test_threads_read_what_one_thread_reads(extractor):
    """Four threads at once give the records of one, and leave the extractor as it was."""
    alone = [extractor(text).to_dict() for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        together = [record.to_dict() for record in pool.map(extractor, TEXTS)]
    assert together == alone
    assert extractor(TEXTS[0]).to_dict() == alone[0]


@pytest.mark.model
def test_the_shared_extractor_is_loaded_once(monkeypatch):
    """The first calls of ``newsextract.extract`` may come at the same moment."""
    loads = []
    real = newsextract.load

    def count_loads():
        loads.append(1)
        return real(threads=1)

    monkeypatch.setattr("newsextract.loading.load", count_loads)
    monkeypatch.setattr("newsextract.loading._loaded", newsextract.loading.cache(count_loads))
    with ThreadPoolExecutor(4) as pool:
        records = list(pool.map(newsextract.extract, TEXTS[:8]))
    assert len(loads) == 1
    assert all(record.quotes for record in records)


@pytest.mark.model
def test_a_thread_pool_as_executor():
    """The workers may be threads of this process."""
    articles = [Article(text, id=str(i)) for i, text in enumerate(TEXTS)]
    with ThreadPoolExecutor(3) as pool:
        records = list(extract_over(pool, articles, loader=ExtractorLoader()))
    assert [record.id for record in records] == [article.id for article in articles]


def test_a_pipeline_of_the_caller_s_own_is_shared_in_turns():
    """It is not copied, for its components may not stand that."""
    extractor = make_extractor()
    alone = [extractor(text).to_dict() for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        assert [record.to_dict() for record in pool.map(extractor, TEXTS)] == alone
    assert len(extractor._pipelines._pipelines) == 1


@pytest.mark.model
def test_the_shipped_pipeline_is_copied(extractor):
    """Each thread may have one of its own."""
    assert _can_copy(extractor.nlp)


def test_an_error_gives_the_pipeline_back():
    """What raises in one call does not keep the next from its turn."""
    extractor = make_extractor()
    with pytest.raises(TypeError):
        extractor(3)
    assert extractor(TEXTS[0]).text == TEXTS[0]


@pytest.mark.model
def test_a_copy_tokenizes_like_its_original():
    """The caller's special cases go with it, and its strings do not."""
    nlp = newsextract.load(threads=1).nlp
    nlp.tokenizer.add_special_case("AnnLee", [{"ORTH": "Ann"}, {"ORTH": "Lee"}])
    twin = copy_pipeline(nlp)
    assert [token.text for token in twin.tokenizer("AnnLee said")] == ["Ann", "Lee", "said"]
    assert twin.vocab is not nlp.vocab


def test_threads_of_a_worker_load_once():
    """A Dask worker has several threads, and one extractor."""
    loads = []

    class Loader:
        signature = "counted"

        def load(self):
            loads.append(threading.get_ident())
            return TinyExtractor()

    loader = Loader()
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: id(load_once(loader)), range(8)))
    assert len(loads) == len(found) == 1


def test_words_are_kept_until_there_are_enough():
    """Those of the first texts, but never those of a very long one."""
    nlp = make_extractor().nlp
    pipelines = Pipelines(nlp)

    def keeps(word: str, characters: int) -> bool:
        with pipelines.borrow(characters) as lent:
            lent.make_doc(word)
        return word in nlp.vocab

    assert keeps("harbourmaster", 1000)
    assert not keeps("breakwater", LEARNT_FROM + 1)
    nlp.make_doc(" ".join(f"berth{i}" for i in range(MOST_LEARNT)))
    assert keeps("harbourmaster", 1000)
    assert not keeps("quayside", 1000)


FORKED = """
import os, signal, sys, threading
import newsextract
extractor = newsextract.load(threads=2)
there = extractor("“Yes,” Ann Lee said.").to_dict()
if sys.argv[1] == "busy":
    inside, ready = threading.Event(), threading.Event()
    def hold():
        with extractor._pipelines.borrow():
            ready.set()
            inside.wait()
    threading.Thread(target=hold, daemon=True).start()
    ready.wait()
child = os.fork()
if child == 0:
    signal.alarm(30)
    try:
        same = extractor("“Yes,” Ann Lee said.").to_dict() == there
        print("same" if same else "different")
    except newsextract.NewsextractError as error:
        print(error)
    sys.stdout.flush()
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
"""


@pytest.mark.model
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(("state", "said"), [("idle", "same"), ("busy", "newsextract.load()")])
def test_after_a_fork(state, said):
    """The child goes on, or says at once what to do where another thread was extracting."""
    paths = os.pathsep.join([str(Path(__file__).parent), *map(os.path.abspath, sys.path)])
    done = subprocess.run(
        [sys.executable, "-c", FORKED, state],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
