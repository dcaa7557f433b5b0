"""Take the pictures of the documentation, ``docs/pictures/*.png``, in headless Chromium::

pip install playwright && apt-get install chromium
python scripts/make_pictures.py
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import newsextract
from newsextract import Article
from newsextract.io.readers import read_articles
from newsextract.records import Extraction
from newsextract.views.report import CorpusOptions, render_article, render_corpus
from newsextract.views.report.corpus.reading import rows_of_extractions

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
WINDOW = {"width": 1200, "height": 800}


def read_example() -> Extraction:
    """Return the record of the example article."""
    text = (ROOT / "examples" / "ferry-strike.txt").read_bytes().decode("utf8")
    return newsextract.extract(text, id="ferry-strike")


def take(browser: Browser, page_file: Path, name: str, *, scheme: str, act: str = "") -> None:
    """Open a page, hover what ``act`` selects, and take its picture."""
    page = browser.new_page(viewport=WINDOW, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(page_file.as_uri())
    page.wait_for_selector(".js.ready, .js .article, .js body.article")
    for selector in filter(None, act.split(" then ")):
        page.click(selector) if selector.startswith("#") else page.hover(selector)
    page.wait_for_timeout(400)
    page.screenshot(path=PICTURES / f"{name}.png")
    page.close()


def main() -> None:
    """Make both pages and take their pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    article = render_article(read_example())
    folder_of_articles = read_articles([str(ROOT / "examples" / "articles")])
    records = newsextract.load().pipe(a for a in folder_of_articles if isinstance(a, Article))
    corpus = render_corpus(rows_of_extractions(records), CorpusOptions(title="Twelve articles"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        files = [Path(folder) / "article.html", Path(folder) / "corpus.html"]
        for file, page in zip(files, (article, corpus), strict=True):
            file.write_text(page, encoding="utf8", newline="")
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        take(browser, files[0], "article", scheme="light", act="[data-n='5']")
        take(browser, files[0], "article-dark", scheme="dark", act="#tab-places then [data-n='9']")
        take(browser, files[1], "corpus", scheme="light")
        browser.close()


if __name__ == "__main__":
    main()
