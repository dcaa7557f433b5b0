"""The notebook view of a record: the annotated text and who said what."""

from __future__ import annotations

from newsextract.records import Extraction
from newsextract.views.report.article import list_statements, title_of
from newsextract.views.report.marks import collect_marks, mark_text
from newsextract.views.report.page import render_part

_MOST_STATEMENTS = 40


def render_notebook(extraction: Extraction) -> str:
    """Return ``extraction`` as a piece of HTML without script, for the output of a cell.

    Without its text, only statements and counts are shown.

    Raises:
        MissingExtra: Jinja2 is not installed.
    """
    statements = list_statements(extraction)
    marked = None
    if extraction.text is not None:
        marked = mark_text(extraction, collect_marks(extraction), links=False)
    return render_part(
        "notebook",
        extraction=extraction,
        title=title_of(extraction),
        marked=marked,
        statements=statements[:_MOST_STATEMENTS],
        more=max(0, len(statements) - _MOST_STATEMENTS),
    )
