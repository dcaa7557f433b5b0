"""A real browser for the tests of the reports: Chromium of the system, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@dataclass
class Watched:
    """An open page, and what it did that it must not do."""

    page: Any
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once; the tests are skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright")
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Any) -> Iterator[Callable[..., Any]]:
    """A function that opens HTML from a file; at the end the page must have kept quiet.

    Quiet: no error, no word on the console, no dialog, no request but the file itself.
    """
    opened: list[tuple[Watched, Any]] = []

    def open_(html: str, **options: Any) -> Any:
        path = tmp_path / f"page-{len(opened)}.html"
        path.write_bytes(html.encode("utf8"))
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 860}, **options})
        context.set_default_timeout(60_000)
        watched = Watched(context.new_page())
        watch(watched, path.as_uri())
        opened.append((watched, context))
        watched.page.goto(path.as_uri())
        return watched.page

    yield open_
    for watched, context in opened:
        context.close()
        assert watched.complaints == []


def watch(watched: Watched, address: str) -> None:
    """Note everything that a quiet page does not do."""
    page, note = watched.page, watched.complaints.append

    def on_dialog(dialog: Any) -> None:
        note(f"dialog: {dialog.message}")
        dialog.dismiss()

    def on_request(request: Any) -> None:
        if request.url.partition("#")[0] != address and not request.url.startswith("data:"):
            note(f"request: {request.url}")

    page.on("console", lambda message: note(f"console: {message.text}"))
    page.on("pageerror", lambda error: note(f"error: {error}"))
    page.on("dialog", on_dialog)
    page.on("request", on_request)
