"""Text for a terminal: width, wrapping, and nothing that a terminal would obey."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsextract.views.terminal import beside, clean, width, wrap


@pytest.mark.parametrize(
    ("text", "columns", "why"),
    [
        ("Ann", 3, "plain letters"),
        ("東京", 4, "wide characters take two columns"),
        ("e\u0301", 1, "a combining accent takes none"),
        ("a\u200db", 2, "a joiner takes none"),
        ("ｱ", 1, "a half-width letter takes one"),
    ],
)
def test_width(text, columns, why):
    """Columns are counted as a terminal shows them."""
    assert width(text) == columns, why


@pytest.mark.parametrize(
    ("text", "shown", "why"),
    [
        ("a\r\n\t b", "a b", "white space is one space"),
        ("\x1b[31mred", "\ufffd[31mred", "an escape code is not sent"),
        ("a\u202eb", "a\ufffdb", "nor a mark that turns the direction"),
        ("a\ud800b", "a\ufffdb", "nor half a character"),
        ("soft\u00adhyphen", "soft\u00adhyphen", "a soft hyphen does no harm"),
        ("Kasčiūnas", "Kasčiūnas", "letters stay"),
    ],
)
def test_clean(text, shown, why):
    """What an article holds cannot do anything to the terminal."""
    assert clean(text) == shown, why


def test_wrap_breaks_at_spaces():
    """Lines are broken between words; a word longer than a line is cut."""
    assert wrap("the port will double", 9) == ["the port", "will", "double"]
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert wrap("", 4) == [""]


@given(st.text(), st.integers(2, 40))
def test_wrap_fits_and_keeps_all(text, columns):
    """No line is wider than asked, and no character is lost."""
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "")


def test_beside_aligns_wide_names():
    """The right cell starts at its column, whatever stands on the left."""
    lines = beside(["山田", "· said"], ["one two three"], margin=2, split=12, columns=20)
    assert lines == ["  山田      one two", "  · said    three"]
