"""What holds for any text at all: nothing raises, offsets are right, time is linear."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import strategies
from checks import check_text
from hypothesis import given, settings
from standin import make_extractor
from texts import ODD, PROSE, REPEATED, repeat

pytestmark = pytest.mark.model

MOST = 2.3


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts(text, extractor):
    """Texts that have broken others."""
    check_text(text, extractor)


@settings(max_examples=60)
@given(text=strategies.articles())
def test_any_text(text, extractor):
    """Whatever the web holds."""
    check_text(text, extractor)


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Return the least processor time that ``work`` took: what else runs here does not count."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.slow
@pytest.mark.timed
@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED.keys())
def test_twice_the_text_takes_twice_the_time(piece, extractor):
    """No rule is quadratic, on any kind of text."""
    short, long = repeat(piece, 60_000), repeat(piece, 120_000)
    extractor(short[:2000])
    ratio = seconds(lambda: extractor(long), 3) / seconds(lambda: extractor(short), 3)
    assert ratio <= MOST


@pytest.mark.slow
@pytest.mark.timed
@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED.keys())
def test_stages_on_twice_the_text(piece):
    """No rule hides behind the model's time: labels by rules, and far more text."""
    extractor = make_extractor()
    short, long = repeat(piece, 150_000), repeat(piece, 600_000)
    extractor(short[:2000])
    ratio = seconds(lambda: extractor(long), 2) / seconds(lambda: extractor(short), 2)
    assert ratio <= MOST**2


@pytest.mark.slow
def test_five_megabytes():
    """All stages read a text of 5 MB to its end."""
    record = make_extractor()(repeat(PROSE, 5_000_000))
    assert max(person.mentions[-1].end for person in record.people) > 4_999_000
    assert record.quotes[-1].context.end > 4_999_000


@pytest.mark.slow
@pytest.mark.timed
def test_time_of_five_megabytes():
    """A text of 5 MB takes at most 2.3 times 2.3 times what its quarter takes."""
    extractor = make_extractor()
    quarter, whole = repeat(PROSE, 1_250_000), repeat(PROSE, 5_000_000)
    first = seconds(lambda: extractor(quarter), 1)
    assert seconds(lambda: extractor(whole), 1) / first <= MOST**2


@pytest.mark.slow
def test_half_a_megabyte_with_the_model(extractor):
    """A text of a hundred articles is read to its end."""
    record = extractor(repeat(PROSE, 500_000))
    assert max(person.mentions[-1].end for person in record.people) > 499_000
    assert record.quotes[-1].context.end > 499_000
