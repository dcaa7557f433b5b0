"""Aboutness: what the content of a quote mentions."""

from __future__ import annotations

from newsextract.records import Context, Mention, Organization, Person, Place, Quote, Span
from newsextract.stages.aboutness import add_quote_mentions

TEXT = "“Nore needs her,” Ann Lee said, “and Nore will vote.” The Nore Gazette agreed."


def test_mentions_stand_inside_the_content() -> None:
    """In text order, each once, in every part; cue, source and what follows do not count."""
    at = TEXT.index
    parts = tuple(Span(at(w), at(w) + len(w), w) for w in ("Nore needs her", "and Nore will vote"))
    quote = Quote("Q1", "direct", "statement", parts, None, None, Context(0, 50))
    person = Person("P1", "Ann Lee", mentions=(_mention("her", "pronoun"), _mention("Ann Lee")))
    second = at("Nore", 10)
    places = Mention(at("Nore"), at("Nore") + 4, "Nore"), Mention(second, second + 4, "Nore")
    entities = (
        person,
        Organization("O1", "Nore Gazette", mentions=(_mention("Nore Gazette"),)),
        Place("L1", "Nore", mentions=places),
    )
    (found,) = add_quote_mentions([quote], entities)
    assert found.mentions == ("L1", "P1")


def test_a_mention_that_juts_out_does_not_count() -> None:
    """It is of something that the content does not name whole."""
    quote = Quote("Q1", "direct", "statement", (Span(0, 5, "Nore "),), None, None, Context(0, 5))
    body = Organization("O1", "Nore Gazette", mentions=(Mention(0, 12, "Nore Gazette"),))
    (found,) = add_quote_mentions([quote], [body])
    assert found.mentions == ()


def _mention(words: str, form: str = "name") -> Mention:
    start = TEXT.index(words)
    return Mention(start, start + len(words), words, form)  # type: ignore[arg-type]
