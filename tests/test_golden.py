"""What is read from some forty short articles stays as it is, until somebody means to change it.

``python -m tests.golden`` writes the records anew and prints the difference.
"""

from __future__ import annotations

import pytest
from golden.records import RECORDS, read_articles, to_text

ARTICLES = {article.id: article for article in read_articles()}


@pytest.mark.model
@pytest.mark.parametrize("name", ARTICLES)
def test_record(name, extractor):
    """The record is the stored one, byte for byte."""
    stored = (RECORDS / f"{name}.json").read_text(encoding="utf8")
    assert to_text(extractor(ARTICLES[name])) == stored


def test_no_record_without_an_article():
    """Every stored record belongs to an article."""
    assert {path.stem for path in RECORDS.iterdir()} == set(ARTICLES)
