"""The focus of an article: a country and a place, by weighed mentions."""

from __future__ import annotations

from newsextract.records import Block, Extraction, Mention, Place
from newsextract.records.focus import find_focus

TEXT = "Floods in Nore\n\nRain fell on Nore and Hale. A Danish ship left.\n\nHelp came from Oslo."
LAYOUT = (
    Block("headline", 0, 14),
    Block("paragraph", 16, 63),
    Block("paragraph", 65, 85),
)


def make_place(number: int, name: str, country: str, *, feature: str = "PPL") -> Place:
    """Return a place with a mention wherever its name stands in the text."""
    starts = [n for n in range(len(TEXT)) if TEXT.startswith(name, n)]
    mentions = tuple(Mention(n, n + len(name), name) for n in starts)
    return Place(f"L{number}", name, mentions=mentions, country_code=country, feature_code=feature)


def test_focus_of_a_local_article() -> None:
    """The place in the headline is the focus, its country too, its mentions the evidence."""
    places = (make_place(1, "Nore", "NL"), make_place(2, "Hale", "NL"), make_place(3, "Oslo", "NO"))
    focus = find_focus(Extraction("a", layout=LAYOUT, places=places))
    assert (focus.country_code, focus.place) == ("NL", "L1")
    assert [m.start for m in focus.evidence] == [10, 29]
    assert focus.country_share == round(7 / 9, 3)


def test_focus_on_a_country_without_a_place() -> None:
    """An article about a country only has a country, and its mentions are the evidence."""
    place = make_place(1, "Nore", "NL", feature="PCLI")
    focus = find_focus(Extraction("a", layout=LAYOUT, places=(place,)))
    assert (focus.country_code, focus.place, len(focus.evidence)) == ("NL", None, 2)


def test_no_places_no_focus() -> None:
    """An article without places has no focus."""
    focus = find_focus(Extraction("a", layout=LAYOUT))
    assert (focus.country_code, focus.place, focus.evidence) == (None, None, ())


def test_scattered_places_have_no_focus() -> None:
    """Where no country has a quarter of the weight there is none."""
    places = tuple(
        Place(f"L{n}", code, mentions=(Mention(65 + n, 66 + n, "x"),), country_code=code)
        for n, code in enumerate(("AT", "BE", "CH", "DE", "ES"))
    )
    assert find_focus(Extraction("a", layout=LAYOUT[:1], places=places)).country_code is None
