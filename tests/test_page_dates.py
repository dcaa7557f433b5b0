"""The publication date of a web page: declared, or none."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from newsextract.article import Article
from newsextract.io.readers import ReadOptions, read_articles
from newsextract.io.readers.page_dates import find_page_date
from newsextract.io.readers.pages import decode_page
from newsextract.stages.dates.published import find_published
from newsextract.stages.layout import find_blocks
from tests.published_pages import DECLARED, UNDECLARED, Page

pytest.importorskip("trafilatura")


def read_page(folder: Path, html: str, **options: bool) -> Article:
    """Return the article of a page."""
    path = folder / "page.html"
    path.write_text(html, encoding="utf8")
    (article,) = read_articles([str(path)], ReadOptions(**options))  # type: ignore[arg-type]
    assert isinstance(article, Article)
    return article


def declare(kind: str, day: str = "2024-08-14") -> str:
    """Return a script that declares the date of something of this kind."""
    text = json.dumps({"@type": kind, "datePublished": day})
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize("page", [*DECLARED, *UNDECLARED], ids=lambda page: page.why)
def test_sixty_pages(tmp_path: Path, page: Page) -> None:
    """What the page declares counts, or the day in its address; nothing is guessed."""
    article = read_page(tmp_path, page.html)
    assert "lucky" in article.text
    assert article.published == page.published
    blocks = find_blocks(article.text, headline="Port to close")
    found = find_published(
        article.text, blocks, given=article.published, url=article.meta.get("url")
    )
    assert found.date == page.published


def test_there_are_sixty() -> None:
    """Half of them with a date."""
    assert len(DECLARED) == len(UNDECLARED) == 30
    assert all(page.published for page in DECLARED)


def test_the_record_says_where_the_date_stands(tmp_path: Path) -> None:
    """In the metadata or in the address."""
    origins = {page.why: read_page(tmp_path, page.html).published_from for page in DECLARED}
    assert {why for why, origin in origins.items() if origin == "url"} == {
        "the day in the address",
        "the month's name in the address",
    }
    assert set(origins.values()) == {"metadata", "url"}


@pytest.mark.parametrize(
    "why", ["a day and a month that could change places", "a year only", "zeros", "a relative date"]
)
def test_what_was_refused_is_an_issue(tmp_path: Path, why: str) -> None:
    """It names the value."""
    page = next(page for page in UNDECLARED if page.why == why)
    issues = read_page(tmp_path, page.html).issues
    assert issues
    assert {issue.kind for issue in issues} == {"publication date refused"}


def test_the_order_of_day_and_month_may_be_told(tmp_path: Path) -> None:
    """Then a date in numbers is one."""
    page = next(page for page in UNDECLARED if "places" in page.why)
    assert read_page(tmp_path, page.html, day_first=True).published == "2024-04-03"


@pytest.mark.parametrize(
    ("above", "head", "published"),
    [
        ("<p>Posted on <time datetime=2024-08-14>Aug 14</time> by Bo</p>", "", "2024-08-14"),
        ("<p>A law of <time datetime=2015-03-02>2 March 2015</time> was kept.</p>", "", None),
        ("", declare("Review"), "2024-08-14"),
        ("", declare("Event"), None),
        ("", declare("NewsArticle", "1970-01-01T00:00:00Z"), None),
        ("", "<meta name=citation_publication_date content=2024/08/14>", "2024-08-14"),
    ],
)
def test_more_pages(tmp_path: Path, above: str, head: str, published: str | None) -> None:
    """Reviews and papers declare theirs; a time told in a sentence and a zero are none."""
    story = f"<p>{'The port of Nore will close for a week, said Ann Lee. ' * 3}</p>" * 2
    page = f"<html><head>{head}</head><body><article>{above}{story}</article></body></html>"
    assert read_page(tmp_path, page).published == published


def test_each_article_of_a_page_has_its_own_date(tmp_path: Path) -> None:
    """Teasers and comments are no articles."""
    first = DECLARED[23].html
    second = first.replace("2024-08-14", "2024-08-15").replace("Port to close", "Port shuts")
    article = second[second.index("<article>") : second.index("</main>")]
    teaser = "<article><h2>Fire</h2><p>It burned.</p></article>"
    comment = article.replace("<article>", '<article class="comment">')
    page = first.replace("</main>", f"{article}{teaser}{comment}</main>")
    (tmp_path / "two.html").write_text(page, encoding="utf8")
    found = [item for item in read_articles([str(tmp_path)]) if isinstance(item, Article)]
    assert [(a.id, a.meta["title"], a.published) for a in found] == [
        ("two", "Port to close", "2024-08-14"),
        ("two#2", "Port shuts", "2024-08-15"),
    ]


@pytest.mark.parametrize(
    ("head", "text", "issues"),
    [
        (b"<meta charset=utf-8><meta name=description content='caf\xc3'>", "“We were", 1),
        (b"<meta charset=windows-1252>", "“We were", 0),
        (b"<meta charset=iso-8859-1>", "“We were", 0),
        (b"", "“We were", 0),
        (b"<meta charset=utf-8>", "“We were", 0),
    ],
)
def test_pages_are_decoded_as_they_are_written(
    tmp_path: Path, head: bytes, text: str, issues: int
) -> None:
    """A bad byte in a page of UTF-8 is an issue, not another encoding."""
    page = UNDECLARED[0].html.replace("<meta charset=utf-8>", "@")
    encoding = "cp1252" if b"1252" in head or b"8859" in head else "utf-8"
    path = tmp_path / "page.html"
    path.write_bytes(page.encode(encoding).replace(b"@", head))
    (article,) = read_articles([str(path)])
    assert isinstance(article, Article)
    assert text in article.text
    assert [issue.kind for issue in article.issues] == ["damaged text"] * issues


CURLY = "“We were late,” said Ann Lee. " * 6


@pytest.mark.parametrize(
    ("page", "charset", "text", "why"),
    [
        (CURLY.encode("cp1252"), "iso-8859-1", CURLY, "Latin 1 is Windows-1252, as in browsers"),
        (CURLY.encode("cp1252"), "latin1", CURLY, "under each of its names"),
        (CURLY.encode("cp1252"), "us-ascii", CURLY, "and so is ASCII"),
        (CURLY.encode("cp1252"), "utf8", CURLY, "a server may be wrong"),
        (CURLY.encode("cp1252"), "no-such", CURLY, "or name none"),
        (CURLY.encode() + b"\xff", "iso-8859-1", f"{CURLY}\ufffd", "one bad byte in UTF-8"),
        (CURLY.encode("cp1251") + b"\xe4", "cp1251", f"{CURLY}д", "what is declared is so"),
        (b"<meta charset=utf-16>" + CURLY.encode() + b"\xff", None,
         f"<meta charset=utf-16>{CURLY}\ufffd", "a head that can be read is no UTF-16"),
    ],
)  # fmt: skip
def test_charsets_are_those_of_browsers(
    page: bytes, charset: str | None, text: str, why: str
) -> None:
    """What the server declares counts where the page is not UTF-8."""
    assert decode_page(page, charset)[0] == text, why


def test_many_times_in_a_paragraph_are_read_in_linear_time() -> None:
    """The paragraph is not read again for each."""
    html = pytest.importorskip("lxml.html")
    times = "".join(f"<time datetime=x>{n} May</time> and " for n in range(4000))
    tree = html.fromstring(f"<article><p>{times}</p></article>")
    start = time.process_time()
    assert find_page_date(tree).date is None
    assert time.process_time() - start < 1
