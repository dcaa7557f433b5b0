"""Quotations with a dash and the speaker's name behind them."""

from __future__ import annotations

import pytest
from helpers import make_doc

from newsextract.stages.quotes import find_quotes
from newsextract.stages.quotes.marks import pair_marks
from newsextract.stages.quotes.signed import find_labeled, find_signed


def read(markup: str) -> list[tuple[str, str]]:
    """Return name and words of each signed quotation."""
    doc = make_doc(markup)
    quotations, _ = pair_marks(doc.text)
    return [
        (doc.text[slice(*turn.label)], doc.text[slice(*turn.parts[0])])
        for turn in find_signed(doc, quotations)
    ]


@pytest.mark.parametrize(
    ("markup", "names", "why"),
    [
        ("“It rains.” — [PERSON Ann Lee]", ["Ann Lee"], "a dash and a name"),
        ("“It rains.”\n— [PERSON Ann Lee]", ["Ann Lee"], "on the next line"),
        ('"It rains." -- [PERSON Ann Lee]', ["Ann Lee"], "straight marks and two hyphens"),
        ("“It rains.” ― [PERSON Ann Lee], mayor of Bath", ["Ann Lee"], "with what the person is"),
        ("“It rains.” -Commissioner [PERSON Ann Lee]", ["Commissioner Ann Lee"], "behind a title"),
        ("‘It rains.’ — [PERSON Ann Lee]", ["Ann Lee"], "single marks"),
        ("“It rains.” — The [PERSON Ann Lee] Show", [], "a name in a name"),
        (
            "“It rains.” ― [PERSON Ann Lee]\n“It pours.” ― [PERSON Bo Ray].",
            ["Ann Lee", "Bo Ray"],
            "one below the other",
        ),
        (
            "“It rains.” ― [PERSON Ann Lee] “It pours.” ― [PERSON Bo Ray]",
            ["Ann Lee", "Bo Ray"],
            "one behind the other",
        ),
        ("“It rains” — [PERSON Ann Lee] cheered.", [], "the sentence goes on"),
        ("She said “it rains” — [PERSON Ann Lee]", [], "words before the mark"),
        ("“It rains.” — Bath Daily", [], "nobody's name"),
        ("“It rains.” [PERSON Ann Lee]", [], "no dash"),
    ],
)
def test_signed(markup: str, names: list[str], why: str) -> None:
    """The name behind the dash is the speaker's."""
    assert [name for name, _ in read(markup)] == names, why


@pytest.mark.parametrize(
    ("markup", "labels", "why"),
    [
        ("[PERSON Ann Lee]: “It rains.”", ["Ann Lee"], "a name and a colon"),
        ("It fell.\nMayor [PERSON Ann Lee], of Bath: “No.”", ["Mayor Ann Lee, of Bath"], "a role"),
        ("And from [PERSON Ann Lee]:\n\n“It rains.”", ["And from Ann Lee"], "on the line before"),
        ("[PERSON Ann Lee]: «It rains.»", ["Ann Lee"], "other marks"),
        ("[PERSON Ann Lee] said: “It rains.”", [], "a verb"),
        ("[PERSON Ann Lee] won.\n“It rains.”", [], "no colon"),
        ("Bath: “It rains.”", [], "nobody's name"),
        ("It fell. [PERSON Bo Ray] left. Song of the day: “It rains.”", [], "a title"),
    ],
)
def test_labeled(markup: str, labels: list[str], why: str) -> None:
    """The name in front of the colon is the speaker's."""
    doc = make_doc(markup)
    found = find_labeled(doc, pair_marks(doc.text)[0])
    assert [doc.text[slice(*turn.label)] for turn in found] == labels, why


def test_a_signed_quotation_is_one_quote() -> None:
    """What the encoder found of it gives no second quote; what it quotes itself does."""
    doc = make_doc(
        "[content “It rains, as Bo said, hard.]” — [PERSON Ann Lee]\n"
        "“It pours. [source Bo] [cue says] [content so].” — [PERSON Cy Fox]"
    )
    quotes, _ = find_quotes(doc, ())
    assert [(q.source and q.source.text, q.content[0].text) for q in quotes] == [
        ("Ann Lee", "It rains, as Bo said, hard."),
        ("Cy Fox", "It pours. Bo says so."),
        ("Bo", "so"),
    ]


@pytest.mark.parametrize("end", ['"', '"\n', "“”", "“ ”"])
def test_a_label_without_words_says_nothing(end: str) -> None:
    """Nothing is between the marks, or the text ends behind the first one."""
    assert find_quotes(make_doc(f"It fell.\n\nMayor [PERSON Ann Lee]: {end}"), ())[0] == ()


def test_a_quotation_with_label_and_signature_is_one_quote() -> None:
    """Both name the speaker."""
    doc = make_doc("And from [PERSON Ann Lee]:\n\n“We won.”\n— [PERSON Ann Lee]")
    (quote,), _ = find_quotes(doc, ())
    assert quote.content[0].text == "We won."


def test_long_white_space_behind_a_quotation() -> None:
    """The search for a dash passes over it once, whatever its length."""
    assert read("“It rains.”" + " " * 200_000 + "Bo") == []
