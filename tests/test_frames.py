"""Records as DataFrames: the same tables as in a database."""

from __future__ import annotations

import pytest
from tiny import make_articles, read

from newsextract import to_frames
from newsextract.records.tables import TABLES

pytest.importorskip("pandas")


def test_a_frame_for_every_table() -> None:
    """Rows of all records stand below each other."""
    frames = to_frames(read(article) for article in make_articles(5))
    assert list(frames) == [table.name for table in TABLES]
    assert frames["articles"].id.tolist() == ["a0", "a1", "a2", "a3", "a4"]
    assert frames["quotes"].shape == (5, 20)


def test_json_columns_are_values() -> None:
    """Lists and objects, not their text."""
    frames = to_frames(read(article) for article in make_articles(1))
    assert frames["people"].aliases.tolist() == [[]]
    assert frames["articles"].meta[0]["title"] == "Port, part 0"


def test_plain_json_gives_the_same_frames() -> None:
    """What ``newsextract extract`` wrote can be read back, but for what needs the text."""
    records = [read(article) for article in make_articles(3)]
    one, other = to_frames(records), to_frames(record.to_dict() for record in records)
    for name in set(one) - {"articles"}:
        same = one[name].columns.difference(["context"])
        assert one[name][same].equals(other[name][same]), name


def test_no_records_give_empty_frames_with_types() -> None:
    """An analysis of nothing does not fail on a missing column."""
    frames = to_frames([])
    assert len(frames["places"]) == 0
    assert str(frames["places"].latitude.dtype) == "Float64"
