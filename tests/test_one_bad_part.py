"""One bad part costs one part: what stops neither a run nor its neighbors."""

from __future__ import annotations

import csv
import json
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from stores import count_articles, read_target
from tiny import TinyLoader, make_article, make_articles

from newsextract.article import Article, Failure
from newsextract.batch import RunOptions, run
from newsextract.errors import InputError
from newsextract.io.readers import ReadOptions, read_articles
from newsextract.io.readers.markup import markup_to_text
from newsextract.records.jsontext import DEEPEST, depth_of, parse_json


def nest(levels: int) -> str:
    """Return a JSON list of lists."""
    return "[" * levels + "]" * levels


@pytest.mark.parametrize("levels", [DEEPEST + 1, 500, 700, 980, 100_000])
def test_json_nested_too_deep_is_a_failure_of_its_line(tmp_path: Path, levels: int) -> None:
    """What can be read but not written again is refused at once."""
    path = tmp_path / "in.jsonl"
    good = json.dumps({"id": "good", "text": "“Yes,” Ann Lee said."})
    path.write_text(f'{{"id": "deep", "text": "Hi.", "m": {nest(levels)}}}\n{good}\n', "utf8")
    target = str(tmp_path / "out.jsonl")
    summary = run(read_articles([str(path)]), RunOptions(target), loader=TinyLoader())
    assert (summary.written, summary.failed) == (1, 1)
    assert "nested too deep" in summary.failures[0].reason


def test_json_of_many_brackets_is_not_deep() -> None:
    """Lists beside one another count as one level."""
    assert depth_of(parse_json("[" + ",".join(["[]"] * 1000) + "]")) == 2
    assert depth_of(parse_json(nest(DEEPEST))) == DEEPEST
    with pytest.raises(InputError, match="nested too deep"):
        parse_json(nest(DEEPEST + 1))


def test_fields_of_the_caller_s_own_may_not_be_deep_either(tmp_path: Path) -> None:
    """The article fails, its neighbors do not."""
    deep: list[object] = []
    for _ in range(2000):
        deep = [deep]
    articles = [make_article(0), replace(make_article(1), meta={"deep": deep}), make_article(2)]
    summary = run(articles, RunOptions(str(tmp_path / "out.db")), loader=TinyLoader())
    assert (summary.written, summary.failed) == (2, 1)


def test_a_long_id_is_a_failure_of_its_article(databases: Callable[[], str]) -> None:
    """PostgreSQL takes no index row of more than 2,700 bytes."""
    target = databases()
    characters = "".join(f"{number:x}" for number in range(4000))
    articles = [make_article(0), replace(make_article(1), id=characters), make_article(2)]
    summary = run(articles, RunOptions(target), loader=TinyLoader())
    assert (summary.written, summary.failed) == (2, 1)
    assert count_articles(target) == 2
    assert "index row" in summary.failures[0].reason


@pytest.mark.parametrize("format", ["sqlite", "jsonl", "csv", "parquet"])
def test_failures_are_stored_as_they_come(tmp_path: Path, format: str) -> None:
    """A million of them before the first article take no more memory than a thousand."""
    if format == "parquet":
        pytest.importorskip("pyarrow")
    peaks = []
    for count in (12_000, 36_000):
        failures: Iterator[Failure] = (
            Failure(f"in.jsonl:{number}", "no text") for number in range(count)
        )
        tracemalloc.start()
        options = RunOptions(str(tmp_path / f"{count}"), format=format)
        summary = run(failures, options, loader=TinyLoader())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert summary.failed == count
    assert peaks[1] < 1.5 * peaks[0]


def test_long_texts_stay_readable_in_csv(tmp_path: Path) -> None:
    """A cell longer than Python's csv module takes by default is written and rewritten."""
    target = tmp_path / "csv"
    options = RunOptions(str(target), format="csv", store_text=True)
    long = Article("“Yes,” Ann Lee said. " + "word " * 30_000, "long")
    for edition in ("One.", "Two."):
        articles = [long, Article(f"“{edition}” said Ann Lee", "short")]
        run(articles, options, loader=TinyLoader())
    csv.field_size_limit(1 << 20)
    rows = {row[0]: row for row in read_target(str(target))["articles"]}
    assert long.text in rows["long"]
    assert "“Two.” said Ann Lee" in rows["short"]


@pytest.mark.parametrize("format", ["sqlite", "jsonl", "csv"])
def test_ids_that_no_target_holds_stay_apart(tmp_path: Path, format: str) -> None:
    """NUL and half characters are replaced, and a digest keeps such ids from becoming one."""
    ids = ["a\0", "a\ud800", "a\udfff", "a\ufffd", "a"]
    articles = [replace(make_article(n), id=article_id) for n, article_id in enumerate(ids)]
    target = str(tmp_path / {"sqlite": "o.db", "jsonl": "o.jsonl", "csv": "o"}[format])
    options = RunOptions(target, format=format)
    assert run(articles, options, loader=TinyLoader()).written == 5
    assert count_articles(target) == 5
    assert run(articles, options, loader=TinyLoader()).unchanged == 5


def test_what_is_stored_is_counted(tmp_path: Path) -> None:
    """An id that comes again in one batch is one article."""
    articles = [replace(article, id="same") for article in make_articles(5)]
    target = str(tmp_path / "out.db")
    assert run(articles, RunOptions(target), loader=TinyLoader()).written == count_articles(target)


PARAGRAPH = "<p>“We need the room for all of us,” Ann Lee said on Monday in Paris, once more.</p>"
ODD = {
    "rows": "<table>" + "<tr><td>1</td></tr>" * 3000 + "</table>",
    "cells": "<table><tr>" + "<td>1</td>" * 3000 + "</tr></table>",
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(1000)) + ">x</p>",
}


@pytest.mark.parametrize("kind", ODD)
def test_what_no_article_has_is_left_out_of_a_page(tmp_path: Path, kind: str) -> None:
    """Long tables and crowds of attributes; the article stays, with an issue."""
    pytest.importorskip("trafilatura")
    body = PARAGRAPH * 4
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><article>{body}{ODD[kind]}{body}</article></body></html>", "utf8")
    (article,) = read_articles([str(path)])
    assert isinstance(article, Article)
    assert "Ann Lee" in article.text
    assert [issue.kind for issue in article.issues] == ["oversized page"]


def test_a_small_table_is_no_issue(tmp_path: Path) -> None:
    """Nor are a few attributes."""
    pytest.importorskip("trafilatura")
    path = tmp_path / "page.html"
    table = "<table><tr><td class=a id=b>1</td></tr></table>"
    path.write_text(f"<html><body><article>{PARAGRAPH * 6}{table}</article></body></html>", "utf8")
    (article,) = read_articles([str(path)])
    assert isinstance(article, Article)
    assert article.issues == ()


def test_a_page_of_very_many_elements_is_read_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its text and title, without what stands around the article."""
    pytest.importorskip("trafilatura")
    monkeypatch.setattr("newsextract.io.readers.pages.MOST_ELEMENTS", 50)
    path = tmp_path / "page.html"
    body = "<nav>Home</nav><article>" + PARAGRAPH * 60 + "</article>"
    path.write_text(f"<html><head><title>T</title></head><body>{body}</body></html>", "utf8")
    (article,) = read_articles([str(path)], ReadOptions())
    assert isinstance(article, Article)
    assert article.text.count("Ann Lee") == 60
    assert "Home" not in article.text
    assert article.meta == {"title": "T"}
    assert article.issues[0].detail is not None
    assert "without telling the article from the rest" in article.issues[0].detail


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<a <a <p>x", "<a <a\n\nx"),
        ('<p title="a < b">x</p>', "x"),
        ("<p title=don't>x</p>", "x"),
        ("a < b and c<d", "a < b and c<d"),
        ("x<!-- never closed <p>y", "x"),
        ("x<!-- y --><p>z", "x\n\nz"),
    ],
)
def test_markup_that_never_closes(markup: str, text: str) -> None:
    """What only begins like a tag is text; quotation marks hold what would end one."""
    assert markup_to_text(markup) == text
