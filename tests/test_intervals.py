"""The bootstrap over articles."""

from __future__ import annotations

from newsextract.evaluation.intervals import bootstrap
from newsextract.evaluation.tally import F1, Share, Tally


def tally(hits, gold, found):
    """Return the counts of an article."""
    result = Tally()
    result.add_hits("x", hits, gold=gold, found=found)
    return result


def test_equal_articles_leave_no_doubt():
    """Where every article is alike, so is every resampled corpus."""
    low, high = bootstrap([tally(1, 2, 2)] * 10, F1("x"))
    assert low == high == 50.0


def test_interval_holds_the_figure():
    """The interval lies around the figure, and narrows with more articles."""
    few = [tally(0, 1, 1), tally(1, 1, 1)] * 5
    low, high = bootstrap(few, F1("x"))
    assert 0 < low < 50 < high < 100
    narrow_low, narrow_high = bootstrap(few * 20, F1("x"))
    assert narrow_high - narrow_low < high - low


def test_repeatable():
    """The same counts give the same interval."""
    tallies = [tally(i % 3, 3, 3) for i in range(20)]
    measure = Share("s", "x tp", "x fn")
    assert bootstrap(tallies, measure) == bootstrap(tallies, measure)


def test_rare_cases_do_not_count_as_zero():
    """Corpora that hold no case of a measure say nothing about it."""
    tallies = [tally(1, 1, 1)] + [Tally() for _ in range(9)]
    assert bootstrap(tallies, F1("x")) == (100.0, 100.0)
