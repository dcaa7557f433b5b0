"""Readers that need a package: web pages, WARC archives, Parquet files."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path

import pytest

from newsextract.article import Article, Failure
from newsextract.io.readers import ReadOptions, read_articles

PARAGRAPHS = (
    "The port of Nore will double in size by next year, Mayor Ann Lee said on Monday.",
    "“We need the room,” she told the council, which had debated the plan for three hours.",
    "Fishermen fear for their berths and asked the council to wait until the end of the season.",
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Port to double | Nore Gazette</title>
<meta property="og:title" content="Port of Nore to double"><meta name="author" content="Ivy Noor">
<meta property="article:published_time" content="2025-03-03T08:00:00Z">
<meta property="og:site_name" content="Nore Gazette"></head>
<body><nav><a href="/">Home</a><a href="/news">News</a></nav>
<article><h1>Port of Nore to double</h1>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</article>
<footer>Copyright Nore Gazette. All rights reserved.</footer></body></html>"""
GERMAN = PAGE.replace(PARAGRAPHS[0], "Der Hafen von Nore soll im nächsten Jahr wachsen, sagte sie.")


def test_a_web_page(tmp_path: Path) -> None:
    """The article alone, with title, byline, publisher and date."""
    pytest.importorskip("trafilatura")
    (tmp_path / "port.html").write_text(PAGE, encoding="utf8")
    (article,) = read_articles([str(tmp_path)])
    assert isinstance(article, Article)
    assert article.id == "port"
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert "Copyright" not in article.text
    assert (article.published, article.published_from) == ("2025-03-03T08:00:00Z", "metadata")
    assert article.meta["title"] == "Port of Nore to double"
    assert article.meta["byline"] == "Ivy Noor"
    assert article.meta["publisher"] == "Nore Gazette"


@pytest.mark.parametrize("page", ["", "<html></html>", "\0\0\0", "<p>" * 10_000])
def test_a_page_without_an_article_is_a_failure(tmp_path: Path, page: str) -> None:
    """It raises nothing."""
    pytest.importorskip("trafilatura")
    (tmp_path / "empty.html").write_text(page, encoding="utf8")
    (item,) = read_articles([str(tmp_path)])
    assert isinstance(item, Failure)
    assert "no article found" in item.reason


def test_a_long_table_inside_another_is_left_out_alone(tmp_path: Path) -> None:
    """The outer one, which lays out the page, keeps the article."""
    pytest.importorskip("trafilatura")
    cells = "<tr><td>7</td></tr>" * 300
    laid_out = f"<table><tr><td><article>{{}}<table>{cells}</table></article></td></tr></table>"
    start, end = PAGE.index("<article>"), PAGE.index("</article>")
    page = PAGE[:start] + laid_out.format(PAGE[start + 9 : end]) + PAGE[end + 10 :]
    (tmp_path / "port.html").write_text(page, encoding="utf8")
    (article,) = read_articles([str(tmp_path)])
    assert isinstance(article, Article)
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert [issue.detail for issue in article.issues] == [
        "1 tables of more than 500 cells left out"
    ]


def make_warc(*responses: tuple[str, str, str, bytes], packed: bool) -> bytes:
    """Return an archive of (address, status, content type, body)."""
    warc = pytest.importorskip("fastwarc.warc")
    out = BytesIO()
    for number, (url, status, kind, body) in enumerate(responses):
        record = warc.WarcRecord()
        record.init_headers(record_type=warc.WarcRecordType.response)
        record.headers["WARC-Record-ID"] = f"<urn:uuid:00000000-0000-0000-0000-{number:012}>"
        record.headers["WARC-Target-URI"] = url
        record.headers["WARC-Date"] = "2025-03-04T00:00:00Z"
        record.headers["Content-Type"] = "application/http; msgtype=response"
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        record.set_bytes_content(head.encode("ascii") + body)
        one = BytesIO()
        record.write(one)
        out.write(gzip.compress(one.getvalue()) if packed else one.getvalue())
    return out.getvalue()


SITE = "https://nore.example"
RESPONSES = (
    (f"{SITE}/port", "200 OK", "text/html; charset=utf-8", PAGE.encode("utf8")),
    (f"{SITE}/hafen", "200 OK", "text/html; charset=utf-8", GERMAN.encode("utf8")),
    (f"{SITE}/photo.jpg", "200 OK", "image/jpeg", b"\xff\xd8\xff\xe0" * 50),
    (f"{SITE}/gone", "404 Not Found", "text/html", b"<p>Gone</p>"),
    (f"{SITE}/empty", "200 OK", "text/html", b"<html></html>"),
)


@pytest.mark.parametrize("packed", [True, False])
def test_a_warc_archive(tmp_path: Path, packed: bool) -> None:
    """Its HTML pages are articles; pictures and errors are passed over, empty pages counted."""
    pytest.importorskip("trafilatura")
    path = tmp_path / ("news.warc.gz" if packed else "news.warc")
    path.write_bytes(make_warc(*RESPONSES, packed=packed))
    stream = read_articles([str(path)])
    articles = list(stream)
    assert stream.describe_left_out() == "1 page without an article left out"
    assert [getattr(article, "id", None) for article in articles] == [
        RESPONSES[0][0],
        RESPONSES[1][0],
    ]
    assert isinstance(articles[0], Article)
    assert PARAGRAPHS[1] in articles[0].text
    assert articles[0].meta["crawled"] == "2025-03-04T00:00:00Z"


def test_a_warc_record_over_the_limit_is_a_failure(tmp_path: Path) -> None:
    """The next record is read."""
    pytest.importorskip("trafilatura")
    big = (f"{SITE}/big", "200 OK", "text/html", b"<p>x</p>" * 2000)
    path = tmp_path / "news.warc.gz"
    path.write_bytes(make_warc(big, RESPONSES[0], packed=True))
    failure, article = read_articles([str(path)], ReadOptions(max_article_bytes=8000))
    assert isinstance(failure, Failure)
    assert "longer than 8000 bytes" in failure.reason
    assert isinstance(article, Article)


def test_a_cut_off_warc_archive_gives_what_it_holds(tmp_path: Path) -> None:
    """And says that it is cut off."""
    pytest.importorskip("trafilatura")
    data = make_warc(RESPONSES[0], RESPONSES[1], packed=True)
    path = tmp_path / "news.warc.gz"
    path.write_bytes(data[:-30])
    article, *_, failure = read_articles([str(path)])
    assert isinstance(article, Article)
    assert isinstance(failure, Failure)
    assert "cut off" in failure.reason


def test_what_is_no_archive_is_a_failure(tmp_path: Path) -> None:
    """Damaged gzip says so; text without a record gives nothing or a failure, and never raises."""
    pytest.importorskip("fastwarc")
    (tmp_path / "bad.warc.gz").write_bytes(b"\x1f\x8bnot really")
    (item,) = read_articles([str(tmp_path)])
    assert isinstance(item, Failure)


def test_a_parquet_file(tmp_path: Path) -> None:
    """A row an article; dates are dates, a row without text is a failure that names its number."""
    arrow = pytest.importorskip("pyarrow")
    import datetime as dt

    import pyarrow.parquet as pq

    path = tmp_path / "news.parquet"
    columns = {
        "body": ["One", None, "Three"],
        "id": [1, 2, 3],
        "day": [dt.date(2025, 3, 3), None, None],
        "tags": [["a"], [], None],
    }
    pq.write_table(arrow.table(columns), path)
    options = ReadOptions(fields={"text": "body", "published": "day"})
    one, two, three = read_articles([str(path)], options)
    assert one == Article("One", "1", "2025-03-03", {"tags": ["a"]})
    assert isinstance(two, Failure)
    assert two.where == f"{path}:2"
    assert three == Article("Three", "3")


def test_a_damaged_parquet_file_is_a_failure(tmp_path: Path) -> None:
    """Cut off, its footer is missing."""
    pytest.importorskip("pyarrow")
    (tmp_path / "bad.parquet").write_bytes(b"PAR1" + b"\0" * 100)
    (item,) = read_articles([str(tmp_path)])
    assert isinstance(item, Failure)
    assert "not a readable Parquet file" in item.reason
