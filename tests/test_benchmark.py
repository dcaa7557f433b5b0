"""The benchmark: articles that are the same everywhere, and stages timed where they are called."""

from __future__ import annotations

import pytest

from newsextract.benchmark import (
    STAGES,
    Clock,
    make_article,
    measure_speed,
    peak_megabytes,
    timed_stages,
)


def test_articles_are_the_same_everywhere():
    """One seed gives one article, of the length asked for; another gives another."""
    article = make_article(3, words=200)
    assert article == make_article(3, words=200)
    assert article.text != make_article(4, words=200).text
    assert 200 <= len(article.text.split()) < 320
    assert "{" not in article.text


def test_clock_adds_up():
    """Time is added up under a name, and what is timed gives what it gave."""
    clock = Clock()
    work = clock.timed("work", lambda x: x + 1)
    assert [work(1), work(2)] == [2, 3]
    assert clock.seconds["work"] > 0


def test_peak_memory_is_in_megabytes():
    """A Python process takes more than 5 MB, and this one less than 20 GB."""
    assert 5 < peak_megabytes() < 20_000


@pytest.mark.model
def test_every_stage_is_timed(extractor):
    """Each stage shows up, and the wrappers are gone afterwards."""
    clock = Clock()
    with timed_stages(extractor, clock):
        extractor(make_article(1, words=60))
    assert clock.seconds.keys() == {*STAGES, "encoder"}
    before = dict(clock.seconds)
    extractor("No more.")
    assert clock.seconds == before


@pytest.mark.model
def test_both_speeds_come_from_one_run(extractor):
    """The speed of the encoder alone and of everything are printed with their ratio."""
    lines = list(measure_speed(extractor, [make_article(1, words=60)]))
    assert lines[0].startswith("1 articles")
    assert [line.split("  ")[0] for line in lines[1:4]] == [
        "encoder alone", "whole extraction", "ratio",
    ]  # fmt: skip
