"""Targets that are one file: a table as CSV, TSV or Parquet, and a workbook of all."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from samples import make_sample
from test_stores import corpus, store_all

from newsextract import open_store
from newsextract.analysis.linking.stored import link_store
from newsextract.errors import TargetError
from newsextract.io.sinks import Entry, open_sink
from newsextract.io.sinks.export import choose_table
from newsextract.records import Issue


def read_csv(path: str, delimiter: str = ",") -> list[dict[str, str]]:
    """Return the rows of a file as mappings."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.mark.parametrize(
    ("name", "table", "why"),
    [
        ("people.csv", "people", "a table"),
        ("PLACES.parquet", "places", "in any case"),
        ("people_by_quotes.tsv", "people_by_quotes", "a view"),
        ("quotes.csv", "who_said_what", "ids of speakers alone would tell nobody anything"),
        ("out.csv", "who_said_what", "any other name"),
    ],
)
def test_the_name_of_a_file_says_its_table(name: str, table: str, why: str) -> None:
    """Else every quote with its speaker."""
    assert choose_table(Path(name)) == table, why


@pytest.mark.parametrize(("name", "delimiter"), [("quotes.csv", ","), ("quotes.tsv", "\t")])
def test_quotes_for_a_spreadsheet(tmp_path: Path, name: str, delimiter: str) -> None:
    """A row a quote, with who said it and in which article."""
    target = store_all(str(tmp_path / name), None, corpus())
    rows = read_csv(target, delimiter)
    assert len(rows) == 7
    assert (rows[1]["speaker"], rows[1]["via"]) == ("Ann Lee", "Nore Gazette")
    assert rows[1]["content"] == "We need\nthe room"


def test_parquet_has_types(tmp_path: Path) -> None:
    """Numbers are numbers."""
    parquet = pytest.importorskip("pyarrow.parquet")
    target = store_all(str(tmp_path / "places.parquet"), None, corpus())
    schema = parquet.read_schema(target)
    assert str(schema.field("latitude").type) == "double"
    assert str(schema.field("population").type) == "int64"
    assert parquet.read_table(target).num_rows == 5


def test_a_workbook_has_a_sheet_a_table(tmp_path: Path) -> None:
    """With text as text, whatever it begins with, and nothing that XML forbids."""
    pytest.importorskip("xlsxwriter")
    from zipfile import ZipFile

    odd = Issue("=1+1", "a\x0bb" + "x" * 40_000)
    sample = make_sample()
    record = type(sample)("odd", issues=(odd,))
    target = store_all(str(tmp_path / "news.xlsx"), None, [sample, record])
    with ZipFile(target) as book:
        sheets = book.read("xl/workbook.xml").decode()
        cells = b"".join(book.read(n) for n in book.namelist() if "worksheets/sheet" in n)
    assert [n for n in ("who_said_what", "people_by_quotes", "entities") if n in sheets] == [
        "who_said_what", "people_by_quotes", "entities",
    ]  # fmt: skip
    assert b"<f>" not in cells
    assert b"Ann Lee" in cells
    assert "x…".encode() in cells


def test_runs_go_on_and_links_come_in(tmp_path: Path) -> None:
    """A second run adds to the file, linking fills its keys, and it can be asked."""
    target = store_all(str(tmp_path / "quotes.csv"), None, corpus()[:1])
    sink = open_sink(target)
    assert sink.find_done({"nore": "d"}) == {"nore"}
    sink.write([Entry(e.id, "d", sink.prepare(e)) for e in corpus()[1:]], [])
    sink.close()
    link_store(target)
    assert {row["speaker_key"] for row in read_csv(target)} >= {"person/ann-lee", ""}
    with open_store(target) as store:
        assert len(list(store.quotes(speaker="lee"))) == 3


def test_a_file_of_others_is_left_alone(tmp_path: Path) -> None:
    """It is neither written over nor added to."""
    path = tmp_path / "quotes.csv"
    path.write_text("mine", encoding="utf8")
    with pytest.raises(TargetError, match="already exists"):
        open_sink(str(path))
    assert path.read_text(encoding="utf8") == "mine"


def test_a_file_of_another_ending_is_refused_at_once(tmp_path: Path) -> None:
    """With the endings that there are; nothing is written."""
    for name in ("out.txt", "out"):
        with pytest.raises(TargetError, match=r"\.csv, \.tsv, \.parquet or \.xlsx"):
            open_sink(str(tmp_path / name), "table")
    assert not list(tmp_path.iterdir())
