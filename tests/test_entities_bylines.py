"""The names of a byline are people, whatever they are labeled."""

from __future__ import annotations

import pytest
from helpers import make_doc

from newsextract.records import Block
from newsextract.stages.entities import name_authors


@pytest.mark.parametrize(
    ("markup", "people"),
    [
        ("By [LOC Nore Chen]", ["Nore Chen"]),
        ("By Sana Khan and [LOC Israel Lopez]", ["Sana Khan", "Israel Lopez"]),
        ("By [LOC Jordan Paris] in [LOC Oslo]", ["Jordan Paris"]),
        ("By [LOC Chelsea Milan] | [LOC Oslo]", ["Chelsea Milan"]),
        ("By [ORG Ann Reed], Staff Writer", ["Ann Reed"]),
        ("BY [ORG ANN REED] Herald Reporter", ["ANN REED"]),
        ("Story by Ludwig van der Berg and Bo Lind", ["Ludwig van der Berg", "Bo Lind"]),
        ("By Staff Writer [LOC Nore Chen]", ["Nore Chen"]),
        ("[LOC Ann Paris] and [LOC Mary Breed]", ["Ann Paris", "Mary Breed"]),
        ("Words by [PERSON Kemi Okafor], [LOC Lagos]", ["Kemi Okafor"]),
        ("By [ORG Nore Press Agency]", []),
        ("By Nore Correspondent", []),
        ("By the [ORG Nore Herald] in [LOC Port Nore]", []),
        ("[LOC Port Nore]", []),
        ("[LOC Paris Martin] | The [ORG Nore Times]", ["Paris Martin"]),
        ("[LOC Cape Town] | The [ORG Nore Times]", []),
        ("Analysis by [LOC Devon Price], [ORG CNN]", ["Devon Price"]),
        ("[LOC José Zorb], [LOC Oslo]", ["José Zorb"]),
    ],
)  # fmt: skip
def test_authors(markup: str, people: list[str]) -> None:
    """A place stands behind "in", a bar or a comma; an agency stays one."""
    doc = make_doc(markup)
    before = {ent.text for ent in doc.ents if ent.label_ != "PERSON"}
    found = name_authors(doc, (Block("byline", 0, len(doc.text)),))
    assert [ent.text for ent in found if ent.label_ == "PERSON"] == people
    assert {ent.text for ent in found if ent.label_ != "PERSON"} == {
        name for name in before if not any(name in person for person in people)
    }


def test_other_blocks_stay() -> None:
    """A paragraph that "by" opens is none."""
    doc = make_doc("By [LOC Nore Chen] the road ends.")
    assert name_authors(doc, (Block("paragraph", 0, len(doc.text)),)) == list(doc.ents)
