"""Transcripts: lines that begin with the name of who speaks."""

from __future__ import annotations

import pytest
from helpers import make_doc

from newsextract.stages.layout import find_blocks
from newsextract.stages.quotes import find_quotes
from newsextract.stages.quotes.turns import find_turns

HEAD = (
    "Two talk of the rain\n\nThe bridge of the island will be closed for repairs, the port office "
    "wrote in a letter, and this is what two of its engineers had to say of the rain.\n\n"
)
TRANSCRIPT = (
    "LEE: It rains. I know.\n\nRAY: Does it?\n\nLEE: Yes.\n\nIt pours too.\n\n(LAUGHTER.)\n\n"
    "RAY: “Fine.”\n\nThe talk was cut."
)


def read(markup: str) -> list[tuple[str, str]]:
    """Return label and words of each turn."""
    doc = make_doc(HEAD + markup)
    return [
        (doc.text[slice(*turn.label)], " ".join(doc.text[slice(*part)] for part in turn.parts))
        for turn in find_turns(doc, find_blocks(doc.text))
    ]


def test_a_turn_goes_on_to_the_next_label() -> None:
    """Stage directions are nobody's words, and what follows the last turn is the editor's."""
    assert read(TRANSCRIPT) == [
        ("LEE", "It rains. I know."),
        ("RAY", "Does it?"),
        ("LEE", "Yes. It pours too."),
        ("RAY", "“Fine.”"),
    ]


@pytest.mark.parametrize(
    ("markup", "labels", "why"),
    [
        ("Q: Why?\n\nA: It rains.\n\nQ: So?\n\nA: It pours.", "QAQA", "letters"),
        (
            "“LEE: It rains.\n\n“RAY: Sun.\n\n“(LAUGHTER.)\n\n“LEE: Fog.\n\n“RAY: Snow.",
            "LEE RAY LEE RAY",
            "quoted, each paragraph with an opening mark",
        ),
        ("Q    Why?\n\nLEE: It rains.\n\nQ    So?\n\nLEE: It pours.", "Q LEE Q LEE", "no colon"),
        (
            "[PERSON Ann Lee]: Yes.\n\n[PERSON Bo Ray]: No.\n\nAnn Lee: Why?\n\nBo Ray: So.",
            "Ann Lee Bo Ray Ann Lee Bo Ray",
            "names of people",
        ),
        (
            "ŁĄCKI: It rains.\n\nČERNÝ: Sun.\n\nŁĄCKI: Fog.\n\nČERNÝ: Snow.",
            "ŁĄCKI ČERNÝ ŁĄCKI ČERNÝ",
            "any capitals",
        ),
        ("Bath: It rains.\n\nYork: Sun.\n\nBath: Fog.\n\nYork: Snow.", "", "no people"),
        ("LEE: 12.\n\nRAY: 13.\n\nLEE: 14.\n\nRAY: 15.", "", "numbers"),
        ("ONE: It rains.\n\nTWO: Sun.\n\nTHREE: Fog.\n\nFOUR: Snow.", "", "none comes again"),
        ("LEE: It rains.\n\nLEE: Sun.\n\nLEE: Fog.\n\nLEE: Snow.", "", "nobody else"),
        ("LEE: It rains.\n\nRAY: Sun.\n\nLEE: Fog.", "", "too few"),
    ],
)
def test_labels(markup: str, labels: str, why: str) -> None:
    """Labels are capitals, letters or names, and come again."""
    found = [label for label, _ in read(markup)]
    assert "".join(found) == labels.replace(" ", "") or " ".join(found) == labels, why


def test_turns_are_direct_statements() -> None:
    """The words are the speaker's own; what the encoder found for the same colon is left out."""
    markup = TRANSCRIPT.replace("LEE: It rains.", "[source LEE][cue :] [content It rains].", 1)
    doc = make_doc(HEAD + markup)
    quotes, _ = find_quotes(doc, find_blocks(doc.text))
    assert [(q.kind, q.source.text, q.content[0].text) for q in quotes] == [
        ("direct", "LEE", "It rains. I know."),
        ("direct", "RAY", "Does it?"),
        ("direct", "LEE", "Yes."),
        ("direct", "RAY", "Fine."),
    ]
