"""What a caller gives: dates, ids and texts, checked at once."""

from __future__ import annotations

import datetime as dt

import pytest

from newsextract import Article, extract
from newsextract.article import digest_of, to_iso


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-08-14", "2024-08-14"),
        ("2024-08-14T07:46:00Z", "2024-08-14T07:46:00Z"),
        ("20240814", "2024-08-14"),
        ("20240814T0746Z", "2024-08-14T07:46:00+00:00"),
        ("2024-08-14 07:46", "2024-08-14T07:46:00"),
        ("2024-W33-3", "2024-08-14"),
        ("2024-227", "2024-08-14"),
        (dt.date(2024, 8, 14), "2024-08-14"),
        (dt.datetime(2024, 8, 14, 7, 46, tzinfo=dt.UTC), "2024-08-14T07:46:00+00:00"),
        (None, None),
        ("", None),
        (float("nan"), None),
    ],
)
def test_dates_become_iso_8601(value: object, iso: str | None) -> None:
    """The extended form stays as written."""
    assert to_iso(value) == iso


@pytest.mark.parametrize(
    "value",
    ["yesterday", "2024", "2024-08", "2024-02-30", "2024-366x", "2023-366", "9999-366",
     "2024-08-14x07:46", "May 14, 2024", "03/04/2024", 20240814, 1723621560.0, True, b"2024-08-14"],
)  # fmt: skip
def test_what_is_no_date_raises_and_is_named(value: object) -> None:
    """Nothing is guessed, and nothing is stored as it came."""
    with pytest.raises(ValueError, match="published is") as error:
        Article("x", published=value)  # type: ignore[arg-type]
    assert repr(value) in str(error.value)


def test_dates_of_pandas() -> None:
    """A time stamp counts as a datetime, a missing one as none."""
    pandas = pytest.importorskip("pandas")
    assert Article("x", published=pandas.Timestamp("2024-08-14 07:46")).published == (
        "2024-08-14T07:46:00"
    )
    assert Article("x", published=pandas.NaT).published is None
    assert Article("x", published=pandas.NA).published is None
    with pytest.raises(ValueError, match="published is"):
        to_iso(pandas.Series([1, 2]))


def test_ids_are_strings() -> None:
    """Whole numbers are written as such; anything else is a mistake."""
    assert Article("x", id=7).id == "7"
    with pytest.raises(TypeError, match="an article's id is a str, not float"):
        Article("x", id=7.5)  # type: ignore[arg-type]


def test_a_text_is_a_string() -> None:
    """The message says what is wanted and what came."""
    with pytest.raises(TypeError, match="an article's text is a str, not NoneType"):
        extract(None)  # type: ignore[arg-type]


def test_a_digest_tells_articles_apart() -> None:
    """By every field."""
    articles = [
        Article("x"),
        Article("y"),
        Article("x", published="2024-08-14"),
        Article("x", published="2024-08-14", published_from="url"),
        Article("x", meta={"title": "T"}),
    ]
    assert len({digest_of(article, "a") for article in articles}) == len(articles)
