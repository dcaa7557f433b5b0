"""The pictures of the documentation: pages of the shipped program, in headless Chromium.

Beside each picture stands the digest of the page that it shows, so that a picture that is behind is
known without a browser. Scores are left out of it, for the last digit differs between processors.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import newsextract
from newsextract import Article
from newsextract.io.readers import read_articles
from newsextract.views.report import CorpusOptions, render_article, render_corpus
from newsextract.views.report.corpus.reading import rows_of_extractions

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
DIGESTS = PICTURES / "pages.json"
WINDOW = {"width": 1200, "height": 800}


@dataclass(frozen=True)
class Picture:
    """A picture of a page, taken after hovering over ``hover``."""

    page: str
    hover: str = ""
    scheme: str = "light"


NAMES = {
    "article.png": Picture("article", hover="[data-n='3']"),
    "article-dark.png": Picture("article", hover="[data-n='3']", scheme="dark"),
    "corpus.png": Picture("corpus"),
}


@cache
def make_html(page: str) -> str:
    """Return one of the two pages: of ``ferry-strike.txt``, or of the folder of articles."""
    if page == "article":
        text = (ROOT / "examples" / "ferry-strike.txt").read_bytes().decode("utf8")
        return render_article(newsextract.extract(text, id="ferry-strike"))
    found = read_articles([str(ROOT / "examples" / "articles")])
    articles = (article for article in found if isinstance(article, Article))
    records = newsextract.load().pipe(articles)
    return render_corpus(rows_of_extractions(records), CorpusOptions(title="Twelve articles"))


def digest(page: str) -> str:
    """Return the digest of what a page shows."""
    if page == "article":
        html = re.sub(r"\d+ % sure", "", make_html(page))
    else:  # the columns hold the scores: count what is around them
        html = re.sub(r"<script.*?</script>", "", make_html(page), flags=re.DOTALL)
    return hashlib.sha256(html.encode()).hexdigest()


def find_old() -> Iterator[str]:
    """Yield the pictures that show a page as it is no more."""
    known = json.loads(DIGESTS.read_text(encoding="utf8")) if DIGESTS.exists() else {}
    for name, picture in NAMES.items():
        if known.get(name) != digest(picture.page):
            yield name


def take(name: str) -> None:
    """Take one picture, and note the digest of its page."""
    from playwright.sync_api import sync_playwright

    picture = NAMES[name]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        file = Path(folder) / "page.html"
        file.write_text(make_html(picture.page), encoding="utf8", newline="")
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=WINDOW, color_scheme=picture.scheme)  # type: ignore[arg-type]
        page.goto(file.as_uri())
        page.wait_for_selector("html.ready, html.js body.article")
        if picture.hover:
            page.hover(picture.hover)
        page.wait_for_timeout(500)
        page.screenshot(path=PICTURES / name)
        browser.close()
    known = json.loads(DIGESTS.read_text(encoding="utf8")) if DIGESTS.exists() else {}
    known[name] = digest(picture.page)
    DIGESTS.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf8")
