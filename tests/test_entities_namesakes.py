"""Places told from the people who share their names."""

from __future__ import annotations

import pytest
from helpers import make_doc

from newsextract.stages.entities import find_entities


@pytest.mark.parametrize(
    ("markup", "name", "label", "why"),
    [
        ("[PERSON Jack London] left. [LOC London] wrote.", "London", "PERSON", "his family name"),
        ("[PERSON Jack London] left. They met in [LOC London].", "London", "LOC", "in it"),
        ("[PERSON Ann Hill] of [LOC Hill], [LOC Texas] left.", "Hill", "LOC", "a state after it"),
        ("Minister [PERSON Israel Lee] spoke. [LOC Israel] won.", "Israel", "LOC", "a country"),
    ],
)
def test_people(markup: str, name: str, label: str, why: str) -> None:
    """A name is a person's where nothing happens in a place of the name."""
    labels = {ent.text: ent.label_ for ent in find_entities(make_doc(markup))}
    assert labels[name] == label, why
