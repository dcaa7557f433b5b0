"""What the panels say: dates in words and in order, places on the map."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_records import read_example

from newsextract.records import Date, Extraction
from newsextract.views.report.geography import draw_outline, equal_earth, region_view, world_view
from newsextract.views.report.placemap import Spot, choose_spots, draw_region, is_position
from newsextract.views.report.timeline import build_timeline
from newsextract.views.report.wording import count, word_value

VALUES = [
    ("2024-08-14", "14 August 2024", "a day"),
    ("2024-08-14T07:46", "14 August 2024, 07:46", "a time"),
    ("2024-08-14TNI", "14 August 2024, night", "a part of the day"),
    ("2024-08", "August 2024", "a month"),
    ("XXXX-07-14", "14 July", "a day of an unknown year"),
    ("2024-W32", "week 32 of 2024", "a week"),
    ("2024-Q3", "quarter 3 of 2024", "a quarter"),
    ("2024-SU", "summer 2024", "a season"),
    ("198", "the 1980s", "a decade"),
    ("19", "the 20th century", "a century"),
    ("20", "the 21st century", "a century with another ending"),
    ("P3D", "3 days", "a duration"),
    ("P1Y", "1 year", "one of something"),
    ("PT2H", "2 hours", "hours"),
    ("PTXM", "some minutes", "minutes, not months"),
    ("PXD", "some days", "a vague duration"),
    ("PRESENT_REF", "now", "a reference"),
    ("XXXX-WXX-1", "Monday", "a weekday of an unknown week"),
    ("2024", "2024", "a year is its own word"),
    ("2024-13-40", "2024-13-40", "no month of that number"),
    ("nonsense", "nonsense", "what is no value is shown as it is"),
    (None, "unresolved", "no value"),
]


@pytest.mark.parametrize(("value", "words", "reason"), VALUES)
def test_word_value(value, words, reason):
    """TIMEX3 values read as words."""
    assert word_value(value) == words, reason


@given(st.text(max_size=30) | st.from_regex(r"[0-9XPTWMDH:-]{1,16}", fullmatch=True))
def test_any_value_has_words(value):
    """A value that nobody foresaw does not raise."""
    assert word_value(value) is not None


def test_count():
    """One is singular, thousands are grouped."""
    assert [count(n, "place") for n in (0, 1, 1234)] == ["0 places", "1 place", "1,234 places"]


def date(id_: str, earliest: str | None, latest: str | None = None) -> Date:
    """Return a date of these bounds."""
    return Date(id_, 0, 1, "x", "DATE", earliest, None, earliest, latest or earliest)


def test_the_timeline_is_in_order_with_the_day_of_publication():
    """What begins before publication stands before it; a long gap is said."""
    dates = (date("T1", "2024-05-20"), date("T2", "1994-01-01"), date("T3", "2024-05-13"))
    timeline = build_timeline(Extraction("x", published="2024-05-14", dates=dates))
    labels = [(m.label, m.relation, m.gap) for m in timeline.moments]
    assert labels == [
        ("1 January 1994", "before", ""),
        ("13 May 2024", "before", "30 years"),
        ("14 May 2024", "same", ""),
        ("20 May 2024", "after", ""),
    ]


def test_equal_values_are_one_moment():
    """Two expressions of one day share a place on the line."""
    moments = build_timeline(
        Extraction("x", dates=(date("T1", "2024"), date("T2", "2024")))
    ).moments
    assert [len(m.dates) for m in moments] == [2]


def test_a_stretch_of_time_is_a_range():
    """A week has a beginning and an end; a time of day is a point."""
    dates = (date("T1", "2024-05-06", "2024-05-12"), date("T2", "2024-05-20T07:00"))
    moments = build_timeline(Extraction("x", dates=dates)).moments
    assert [m.is_range for m in moments] == [True, False]


def test_dates_without_bounds_have_no_place_on_the_line():
    """A duration is listed apart."""
    timeline = build_timeline(Extraction("x", dates=(date("T1", None),)))
    assert (len(timeline.moments), len(timeline.undated)) == (0, 1)


def test_equal_earth_keeps_the_equator_and_the_symmetry():
    """The projection maps the origin to itself and mirrors north and south."""
    assert equal_earth(0, 0) == (0, 0)
    x, y = equal_earth(180, 0)
    assert (round(x, 4), y) == (2.7066, 0)
    assert equal_earth(30, -40) == pytest.approx([equal_earth(30, 40)[0], -equal_earth(30, 40)[1]])


def test_the_outline_is_drawn_where_the_land_is():
    """The land of a world map fills its frame; a map of the open sea has none."""
    land, borders = draw_outline(world_view(1000))
    assert land.count("M") > 50
    assert borders.count("M") > 100
    ocean = region_view([(-140, 20), (-138, 22)], 400, 300)
    assert draw_outline(ocean) == ("", "")


def spot(name: str, longitude: float, latitude: float, times: int = 1, **more: bool) -> Spot:
    """Return a spot whose record is its name."""
    return Spot(name, name, longitude, latitude, times, **more)


CHOICES = [
    ([spot("a", 0, 0), spot("b", 10, 10)], "ab", "all where they fit"),
    ([spot("a", 0, 50), spot("b", 105, 61, is_area=True)], "a", "a country's middle is left out"),
    ([spot("a", 0, 0, 9), spot("b", 4, 4, 9), spot("c", 150, 0)], "ab", "one far off is left out"),
    ([spot("a", 0, 0), spot("b", 150, 0)], "ab", "two far apart need the world"),
    ([spot("a", 0, 0, is_area=True), spot("b", 150, 0, is_area=True)], "ab", "countries only"),
]


@pytest.mark.parametrize(("spots", "chosen", "reason"), CHOICES)
def test_choose_spots(spots, chosen, reason):
    """The map holds the region in which most of the article lies."""
    assert "".join(s.name for s in choose_spots(spots)) == chosen, reason


def test_a_place_far_off_stands_at_the_edge_with_an_arrow():
    """It is not left out, and not drawn where it is not."""
    spots = [spot("a", 0, 0, 9), spot("b", 4, 4, 9), spot("c", 150, 0)]
    far = next(d for d in draw_region(spots, 400, 300).dots if d.record == "c")
    assert far.arrow == "→"
    assert far.x == 393


def test_labels_do_not_cover_one_another():
    """Of two places at one point only one has a label there."""
    spots = [spot(f"A place with a long name {i}", 10 + i / 100, 50) for i in range(30)]
    labeled = [d for d in draw_region(spots, 400, 300).dots if d.anchor]
    assert 0 < len(labeled) < 10


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=6))
def test_any_places_have_a_map(points):
    """Dots lie inside the drawing, wherever on earth the places are."""
    drawn = draw_region([spot("x", *point) for point in points], 400, 300)
    for dot in drawn.dots:
        assert 0 <= dot.x <= drawn.width
        assert 0 <= dot.y <= drawn.height


POSITIONS = [(0, 0, True), (180, -90, True), (181, 0, False), (0, 91, False), (None, 0, False),
             ("1", 0, False), (float("nan"), 0, False)]  # fmt: skip


@pytest.mark.parametrize(("longitude", "latitude", "is_one"), POSITIONS)
def test_is_position(longitude, latitude, is_one):
    """Only numbers on the earth are positions."""
    assert is_position(longitude, latitude) is is_one


def test_the_example_has_a_map_of_its_sea():
    """The towns of the example fit one region: none is at the edge."""
    spots = [
        Spot(p.id, p.name, p.longitude, p.latitude, 1)
        for p in read_example().places
        if p.latitude is not None
    ]
    assert not any(dot.arrow for dot in draw_region(spots, 520, 330).dots)
