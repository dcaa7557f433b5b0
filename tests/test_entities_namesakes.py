"""Places told from the people and teams that share their names."""

from __future__ import annotations

import pytest
from helpers import make_doc

from newsextract.stages.entities import find_entities


def read_labels(markup: str) -> dict[str, str]:
    """Return the label of each entity of a marked text, by its text; the last one of a text."""
    return {ent.text: ent.label_ for ent in find_entities(make_doc(markup))}


@pytest.mark.parametrize(
    ("markup", "name", "label", "why"),
    [
        ("[PERSON Jack London] left. [LOC London] wrote.", "London", "PERSON", "his family name"),
        ("[LOC Georgia Hill], 19, left. [LOC Georgia] sang.", "Georgia", "PERSON", "her name"),
        ("[LOC Adelaide Nore], 19, left.", "Adelaide Nore", "PERSON", "an age after it"),
        ("[LOC Florence Miller] sang.", "Florence Miller", "PERSON", "the form of a name"),
        ("[PERSON Jack London] left. They met in [LOC London].", "London", "LOC", "in it"),
        ("[PERSON Ann Hill] of [LOC Hill], [LOC Texas] left.", "Hill", "LOC", "a state after it"),
        ("Minister [PERSON Israel Lee] spoke. [LOC Israel] won.", "Israel", "LOC", "a title"),
        ("[PERSON Israel Lee] and [PERSON Lee] ran. [LOC Israel] won.", "Israel", "LOC", "Lee"),
        ("[PERSON Israel Ruiz], 9, ran. [LOC Israel] won.", "Israel", "PERSON", "a boy"),
        ("By [PERSON Ann Lee] in [LOC Port Nore]\n\nRain.", "Port Nore", "LOC", "where she is"),
        ("A crash on [LOC Florence Street] today.", "Florence Street", "LOC", "a street"),
        (
            "Snow on [LOC Virginia Beach], 19, fell.",
            "Virginia Beach",
            "LOC",
            "known, with a number",
        ),
    ],
)
def test_people(markup: str, name: str, label: str, why: str) -> None:
    """A name is a person's where the article says so and nothing happens in a place of the name."""
    assert read_labels(markup)[name] == label, why


@pytest.mark.parametrize(
    ("markup", "name", "label", "why"),
    [
        ("[LOC Auburn] beat [LOC Clemson] 24-10.", "Clemson", "ORG", "a match"),
        ("[LOC Auburn] lost 3-1 to [ORG Rovers].", "Auburn", "ORG", "a match, the loser first"),
        ("[LOC Auburn] scored twice to beat [LOC Dover].", "Dover", "ORG", "words between"),
        ("[LOC Auburn] beat [LOC Dover]; [LOC Calais] drew.", "Calais", "ORG", "another match"),
        ("[LOC Auburn] beat [LOC Dover]. [LOC Bath] and [LOC Lyme] lost.", "Bath", "ORG", "a list"),
        ("[LOC Auburn] 34, [LOC Dover] 12\n", "Dover", "ORG", "a table of results"),
        ("[LOC Auburn] plays [LOC Dover] on Friday.", "Dover", "ORG", "a match to come"),
        ("[LOC Georgia] beat [LOC Alabama] 24-10.", "Georgia", "ORG", "a state that is no country"),
        ("[LOC Georgia] beat [LOC Spain] 2-1.", "Georgia", "LOC", "a national side"),
        ("[LOC Auburn] faces [LOC Dover] on Friday.", "Auburn", "ORG", "a match to come"),
        ("[LOC Auburn] faces a strike in [LOC Dover].", "Dover", "LOC", "no match"),
        ("A 2-0 home win over [LOC Dover].", "Dover", "ORG", "a result"),
        ("[LOC Dover] lost 2-0 at home.", "Dover", "ORG", "a result"),
        ("[LOC Dover] lost 200 jobs.", "Dover", "LOC", "no result"),
        ("A 2-0 home win over [LOC Spain].", "Spain", "LOC", "a national side"),
        (
            "Out are Kidd ([LOC Dover]), Low ([ORG Rovers]) and Ray ([LOC Lyme]).",
            "Dover",
            "ORG",
            "clubs of players",
        ),
        (
            "In came Kidd ([LOC Dover]), Low ([LOC Bath]) and Ray ([LOC Lyme]).",
            "Dover",
            "LOC",
            "where they live",
        ),
        ("The premier of [PERSON Victoria] left.", "Victoria", "LOC", "what is governed"),
        ("The mother of [PERSON Victoria] left.", "Victoria", "PERSON", "a child"),
        ("Fires in [LOC Macon], [PERSON Ga.], are out.", "Ga.", "LOC", "a state"),
        ("[LOC Auburn] beat [LOC Dover]. [LOC Dover] is wet.", "Dover", "LOC", "a town"),
        ("[LOC Auburn] lost power.", "Auburn", "LOC", "no match"),
        ("[LOC Auburn] plays host to [LOC Dover].", "Dover", "LOC", "no match"),
        ("[LOC Auburn] beat [LOC Dover]'s bid.", "Dover", "LOC", "no team but what it has"),
        ("[LOC England] beat [LOC France] 2-1.", "France", "LOC", "national sides"),
        ("[LOC Auburn] 34, [LOC Dover] 12 percent.", "Dover", "LOC", "shares"),
        ("[PERSON Ann Lee] beat [LOC Dover] today.", "Dover", "LOC", "no team before it"),
    ],
)
def test_teams(markup: str, name: str, label: str, why: str) -> None:
    """Sides of a match are organizations."""
    assert read_labels(markup)[name] == label, why


@pytest.mark.parametrize(
    ("markup", "name", "label", "why"),
    [
        ("In [LOC Basra], [PERSON Najaf] and [ORG Kirkuk] it rained.", "Najaf", "LOC", "a list"),
        ("In [LOC Basra], and [PERSON Najaf] it rained.", "Najaf", "LOC", "a comma before and"),
        (
            "In [LOC Dera Ismail Khan], [PERSON Rahim Yar Khan] and [LOC Nowshera] it rained.",
            "Rahim Yar Khan",
            "LOC",
            "three words that are a town's",
        ),
        (
            "In [LOC Knysna], [PERSON George] and [LOC Paarl] in [LOC South Africa] it rained.",
            "George",
            "LOC",
            "a given name, but in the country",
        ),
        (
            "In [PERSON Nushki], [PERSON Mirpur Khas] and [PERSON Bela] in [LOC Pakistan].",
            "Mirpur Khas",
            "LOC",
            "towns of the country after the list, none of them marked",
        ),
        ("[PERSON Ann Lee], [PERSON Bo Ray] and [PERSON Najaf] in [LOC Ohio].", "Najaf", "PERSON",
         "no town of it"),
        ("The town of [PERSON Najaf] slept. Then [PERSON Najaf] woke.", "Najaf", "LOC", "a town"),
        ("The town of [PERSON Ann Lee] slept.", "Ann Lee", "PERSON", "no name of a town"),
        ("[PERSON Ali Wells] left; to the city of [PERSON Wells]. [PERSON Wells] slept.", "Wells",
         "PERSON", "a family name of the article, elsewhere"),
        ("Mr [PERSON Wells] sued the city of [PERSON Wells].", "Wells", "LOC", "the city"),
        ("The city of [PERSON Wells]; Mr. [PERSON Wells].", "Wells", "PERSON", "somebody else"),
        ("In [LOC Lincoln], [PERSON Clinton] and [PERSON Ray] met.", "Clinton", "PERSON", "names"),
        ("In [LOC Basra], [PERSON Najaf] spoke.", "Najaf", "PERSON", "no list"),
        ("In [LOC Nore], [PERSON Najaf] and [PERSON Ray] met.", "Najaf", "PERSON", "no country"),
        ("[PERSON Ali Najaf] left [LOC Basra], [PERSON Najaf] and [LOC Erbil].", "Najaf", "PERSON",
         "a family name of the article"),
    ],
)  # fmt: skip
def test_towns(markup: str, name: str, label: str, why: str) -> None:
    """A name in a list of places of its country is one of them, unless it is a person's."""
    assert read_labels(markup)[name] == label, why
