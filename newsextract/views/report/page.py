"""A self-contained page: template, styles and scripts in one file."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from newsextract.errors import import_extra
from newsextract.views.report.escape import plain, safe_link, show, writable
from newsextract.views.report.marks import short_number
from newsextract.views.report.wording import SOURCE_KINDS, count, word_day, word_value

if TYPE_CHECKING:
    from jinja2 import Environment


_SCRIPTS = {
    "article": ("base.js", "find.js", "article.js"),
    "corpus": (
        "base.js",
        "corpus-data.js",
        "corpus-filters.js",
        "corpus-charts.js",
        "corpus-list.js",
        "corpus.js",
    ),
}


def render_page(name: str, **values: Any) -> str:
    """Return the page of the template ``name`` with its style and script inside.

    The page can load and send nothing; its policy allows only its own script and style, by their
    hashes.

    Raises:
        MissingExtra: Jinja2 is not installed.
    """
    style = read_static("base.css") + read_static(f"{name}.css")
    script = "".join(map(read_static, _SCRIPTS[name]))
    template = _environment().get_template(f"{name}.html.jinja")
    policy = _policy(style=style, script=script)
    return writable(template.render(style=style, script=script, policy=policy, **values))


def render_part(name: str, **values: Any) -> str:
    """Return the part of a page that the template ``name`` describes, with its style inside."""
    template = _environment().get_template(f"{name}.html.jinja")
    return writable(template.render(style=read_static(f"{name}.css"), **values))


@cache
def read_static(name: str) -> str:
    """Return a style sheet or script of the reports."""
    return (files("newsextract.views.report") / "static" / name).read_text(encoding="utf8")


def _policy(*, style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    jinja2 = import_extra("jinja2", "report")
    markup = import_extra("markupsafe", "report").Markup
    environment: Environment = jinja2.Environment(
        loader=jinja2.PackageLoader("newsextract.views.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "show": lambda text: markup(show(text)),
        "plain": plain,
        "raw": markup,
        "word_day": word_day,
        "word_value": word_value,
        "link": safe_link,
        "count": count,
        "number": short_number,
        "source_kind": lambda kind: SOURCE_KINDS.get(kind, kind),
    }
    return environment
