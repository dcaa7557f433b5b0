"""The figures on the dev corpora do not drop."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsextract.evaluation import articles

from .corpora import CORPORA, VARIABLE, Measurement, corpora_folder, digest_of
from .gate import drops, measure, raised, read_floors


@pytest.fixture(scope="session")
def folder() -> Path:
    """The folder of the corpora; not named means skipped, named and empty means failed."""
    found = corpora_folder()
    if found is None:
        pytest.skip(f"{VARIABLE} names no folder of corpora")
    if not any(found.glob("*/*.jsonl")):
        pytest.fail(f"{VARIABLE} names {found}, where there are no corpora")
    return found


@pytest.fixture(scope="session")
def measurement(folder, extractor) -> Measurement:
    """The corpora, read once for all floors."""
    return Measurement(folder, extractor)


@pytest.mark.quality
@pytest.mark.model
@pytest.mark.parametrize("corpus", CORPORA, ids=lambda corpus: corpus.path)
def test_no_figure_drops(corpus, folder, measurement):
    """Each figure is at its floor or above, on the very corpus that it was taken on."""
    digests, floors = read_floors()
    assert digest_of(corpus.file(folder)) == digests.get(corpus.path), "another corpus"
    assert drops(floors[corpus.path], measure(measurement, corpus)) == []


def read_first(measurement):
    """Return the gold and the record of the article that everything began with."""
    corpus = next(corpus for corpus in CORPORA if corpus.tasks == ("articles",))
    gold, records = measurement.read(corpus)
    return next(article for article in gold if article["id"] == "kursk"), records["kursk"]


def tally_first(measurement):
    """Return the counts of that article."""
    return articles.tally(*read_first(measurement))


@pytest.mark.quality
@pytest.mark.model
@pytest.mark.parametrize("what", ["statements", "people", "roles", "dateline", "headline"])
def test_nothing_is_missed_in_the_first_article(what, measurement):
    """The scraped article that everything began with is read whole."""
    tally = tally_first(measurement)
    assert tally.counts[f"{what} fn"] == 0, tally.errors


@pytest.mark.quality
@pytest.mark.model
@pytest.mark.parametrize("what", ["speaker", "via"])
def test_nobody_is_mistaken_in_the_first_article(what, measurement):
    """Every statement of that article has its speaker and, where there is one, who relays it.

    What the minister said, Reuters reported: the record has the whole as well, with which the
    scorer pairs the one gold statement, so that the relayed ones are looked up.
    """
    tally = tally_first(measurement)
    wrong = tally.counts[f"{what} all"] - tally.counts[f"{what} right"]
    assert wrong <= 1, tally.errors
    _, record = read_first(measurement)
    relayed = [quote for quote in record.quotes if quote.via is not None]
    assert [(record.speaker_of(quote).name, record.via_of(quote).name) for quote in relayed] == [
        ("a spokesman for the Ukrainian army", "Politico"),
        ("Laurynas Kasčiūnas", "Reuters"),
    ]


def test_drops_are_named():
    """A figure under its floor, or gone, is named; one at its floor is not."""
    floors = {"quotes: cue": 70.0, "quotes: source": 80.0, "quotes: gone": 1.0}
    figures = {"quotes: cue": 70.0, "quotes: source": 79.96}
    assert drops(floors, figures) == [
        "quotes: source: 79.96 is under the floor of 80.0",
        "quotes: gone: nan is under the floor of 1.0",
    ]


def test_floors_only_rise():
    """A floor follows a better figure at a margin, and stays where the figure is worse."""
    floors = {"a": 70.0, "b": 70.0, "c": 70.0}
    figures = {"a": 75.09, "b": 60.0, "c": 70.1, "new": 50.0}
    assert raised(floors, figures) == {"a": 74.7, "b": 70.0, "c": 70.0, "new": 49.7}
