"""Places: what is found, what it is resolved to, and what must not be a place."""

from __future__ import annotations

import pickle
from itertools import pairwise

import pytest
from helpers import make_doc
from hypothesis import given
from strategies import articles

from newsextract.errors import InputError
from newsextract.records import Block, Mention, Person, Place
from newsextract.stages.layout import find_blocks
from newsextract.stages.places import find_places


def read_places(markup: str, **options: str) -> tuple[Place, ...]:
    """Return the places of a marked text, with the layout that the text has."""
    doc = make_doc(markup)
    return find_places(doc, find_blocks(doc.text), home=options.get("home"))


def find_one(markup: str, name: str, **options: str) -> Place:
    """Return the first place that is mentioned as ``name``."""
    places = read_places(markup, **options)
    return next(p for p in places if name in {m.text for m in p.mentions})


def list_mentions(markup: str) -> list[tuple[str, str]]:
    """Return the mentions in text order, each with its form."""
    mentions = [m for place in read_places(markup) for m in place.mentions]
    return [(m.text, m.form) for m in sorted(mentions, key=lambda m: m.start)]


@pytest.mark.parametrize(
    ("markup", "expected", "why"),
    [
        ("A ship left [LOC Odesa].", [("Odesa", "name")], "the encoder's place"),
        (
            "The [NORP Ukrainian] army, the Texans and the Central Americans met.",
            [(name, "adjective") for name in ("Ukrainian", "Texans", "Central Americans")],
            "adjectives and inhabitants",
        ),
        ("A [NORP South Korean] ship.", [("South Korean", "adjective")], "two words are one"),
        ("The U.S. Army and the UK agreed.", [("U.S.", "name"), ("UK", "name")], "abbreviations"),
        ("A town [LOC south of Odesa].", [("Odesa", "name")], "where it lies is no part of it"),
        (
            "She lives in [LOC Fresno], Calif., now.",
            [("Fresno", "name"), ("Calif.", "name")],
            "a name before a comma and its state",
        ),
        (
            "He moved to [LOC Austin], TX, in May.",
            [("Austin", "name"), ("TX", "name")],
            "a postal code after a name and a comma",
        ),
        (
            "Talks on [LOC U.S.-Egypt] trade, [LOC China's Xinjiang] and [LOC Guinea-Bissau].",
            [(name, "name") for name in ("U.S.", "Egypt", "China", "Xinjiang", "Guinea-Bissau")],
            "two countries with a hyphen are two places, as are a place and what it has",
        ),
        (
            "Rain in [LOC Northeast Nebraska], [LOC North Dakota] and [LOC South Fayette].",
            [("Nebraska", "name"), ("North Dakota", "name"), ("South Fayette", "name")],
            "a side of a place, and sides that are in names",
        ),
        (
            "In [LOC India's northeastern state of Assam] it rained.",
            [("India", "name"), ("Assam", "name")],
            "what is left of a name in small letters is none",
        ),
        (
            "A carer in [LOC Tayud, south of Bogo], [LOC Philippines].",
            [("Tayud", "name"), ("Bogo", "name"), ("Philippines", "name")],
            "what is beside a place is no part of it",
        ),
        (
            "The [ORG Russian Federation] left.",
            [("Russian Federation", "name")],
            "a country, taken for a body",
        ),
        (
            "They met in [LOC Nairobi, Kenya] today.",
            [("Nairobi", "name"), ("Kenya", "name")],
            "one entity with a comma is two places",
        ),
        (
            "In [LOC Yunnan Province of southern China] it rained.",
            [("Yunnan Province", "name"), ("China", "name")],
            "a division and the country that it is of",
        ),
        (
            "In the [LOC southern province of Yunnan] it rained.",
            [("Yunnan", "name")],
            "words in small letters are no part of a name",
        ),
        (
            "The [ORG Western Ontario School Board] and the [ORG Kenya Ploughing Association].",
            [("Ontario", "adjective"), ("Kenya", "adjective")],
            "a side before the place, and any word between it and what the body is",
        ),
        (
            "The [ORG West Virginia Police] at [LOC 12 Cuba Street] by Sen. Lee, [LOC R-London].",
            [("West Virginia", "adjective"), ("Cuba Street", "name"), ("London", "name")],
            "a side of the name; the number of a house; a party",
        ),
        (
            "The [ORG Springfield City Council] met.",
            [("Springfield", "adjective")],
            "the seat of a public body",
        ),
        (
            "The [ORG Preston City Council] and the [ORG Quezon City Police].",
            [("Preston", "adjective"), ("Quezon City", "adjective")],
            "a town's council, and a town called a city",
        ),
        (
            "On [LOC Ohio 63] in [LOC Region 8], near Ray Lee, D-Toledo.",
            [("Ohio", "name"), ("Region 8", "name"), ("Toledo", "name")],
            "a road named for a state, a region with a number, a legislator's town",
        ),
        (
            "She left [LOC Seattle], [LOC Wash] and the Melburnians.",
            [("Seattle", "name"), ("Wash", "name"), ("Melburnians", "adjective")],
            "an abbreviation without its stop, and townspeople",
        ),
        ("He read Hindi and English papers.", [("English", "adjective")], "no language"),
        ("Mr [PERSON Bath] left [LOC Bath].", [("Bath", "name")], "a person with a title"),
        ("She left the [ORG University of Georgia].", [("Georgia", "adjective")], "a body's end"),
        ("Rain fell in [LOC Srinagar-].", [("Srinagar", "name")], "a dash left at its end"),
        ("Rain fell in [LOC -].", [("-", "name")], "nothing but a dash"),
        ("Rain fell in the DRC.", [("DRC", "name")], "the initials of a country"),
        (
            "They met at the [FAC Oslo hospital].",
            [("Oslo hospital", "name"), ("Oslo", "adjective")],
            "a building with a common noun after the town",
        ),
        ("Rain fell over Kazakhstan.", [("Kazakhstan", "name")], "a country that it left out"),
        (
            "A ferry to [LOC Trinidad] and [LOC Tobago].",
            [("Trinidad and Tobago", "name")],
            "two entities that are one name",
        ),
        ("[PERSON Monroe] police came.", [("Monroe", "name")], "a town before its police"),
        (
            "It rained. [ORG CORSICANA] — A man fell.",
            [("CORSICANA", "name")],
            "a dateline inside a paragraph",
        ),
        (
            "Fires in [LOC Hamilton Ontario] and [LOC Perth] [LOC Western Australia].",
            [(name, "name") for name in ("Hamilton", "Ontario", "Perth", "Western Australia")],
            "a town and its region without a comma",
        ),
        (
            "Rain on [LOC Lake Ontario], [LOC New Mexico] and [LOC Washington DC].",
            [("Lake Ontario", "name"), ("New Mexico", "name"), ("Washington DC", "name")],
            "names that end with a region's are one",
        ),
        (
            "Rain in [LOC Dover and Calais], [LOC Trinidad and Tobago].",
            [("Dover", "name"), ("Calais", "name"), ("Trinidad and Tobago", "name")],
            "a list in one entity, and a name with a conjunction",
        ),
        (
            "The [LOC U.S.-led] force and the [LOC Cairo-based] [LOC Stratford-upon-Avon] choir.",
            [("U.S.", "name"), ("Cairo", "name"), ("Stratford-upon-Avon", "name")],
            "a participle after a hyphen is no part of a name",
        ),
        (
            "FIRES IN [LOC GARY], IND., AND [LOC MACON], GA. A trip to [LOC Joliet], Ill, and "
            "[LOC Boise], Ida.",
            [(n, "name") for n in ("GARY", "IND.", "MACON", "GA.", "Joliet", "Ill")]
            + [("Boise", "name"), ("Ida.", "name")],
            "abbreviations in capitals, without their stop, and old ones",
        ),
        (
            "The [ORG Licking County Library] and the [ORG Huntsville High School].",
            [("Licking County", "adjective"), ("Huntsville", "adjective")],
            "seats of institutions",
        ),
    ],
)
def test_found(markup: str, expected: list[tuple[str, str]], why: str) -> None:
    """Places are found by the encoder, by lists, by patterns and in names of bodies."""
    assert list_mentions(markup) == expected, why


def test_a_division_lies_in_what_it_is_of() -> None:
    """ "Yunnan province of China": China is the container."""
    yunnan, china = read_places("In [LOC Yunnan province of China] it rained.")
    assert yunnan.container == china.id


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("[PERSON Jordan] met [PERSON Paris Hilton] there.", "people"),
        ("[ORG Manchester United] won the cup.", "a club is no place"),
        ("The [ORG Colorado Party] won.", "a party's color"),
        ("[ORG Lincoln High School] opened.", "a school that a person gave the name"),
        ("[PERSON Ann Monroe] and [PERSON Monroe] sang.", "a surname that is a town"),
        ("The [ORG federal Department of Justice] and [ORG Emerald City Players].", "words"),
        ("A vase of 100 B.C. for US$ 5.", "an era and a currency"),
        ("See news.example/Egypt-talks.", "a part of an address"),
        ("See https://news.example/a-day-in-Egypt now.", "a part of an address"),
        ("It cost [MONEY 20 U.S. dollars].", "a currency"),
        ("Miss. Lee said no.", "a title that is an abbreviation of a state"),
        ("MISS. LEE CAME, ILL BUT CALM, TO ME.", "words in capitals, with and without a stop"),
        ("See [PERSON Ann Fields, Miss Lee] now.", "a title after a comma"),
        ("Take it OR leave it, OK?", "words that are postal codes"),
        ("She speaks French and wrote in Russian.", "languages"),
        ("It is shot in Hindi and English.", "a language in a list"),
        ("Nore v Lyme ([LOC Sat])", "a day"),
        ("It lies on [LOC Highway 29]; he wore a D-Ring.", "a road, and a shape"),
        ("The African-American vote; Native American art.", "origins"),
        ("They ate French fries.", "a dish"),
        ("THEY GAVE US MONEY", "a pronoun in capitals"),
        ("Of course it is nice in March.", "words that are names of towns"),
        ("[LOC City] beat [ORG Rovers].", "a club"),
        ("The [LOC Northern], [LOC Central] and other regions.", "sides"),
        ("[LOC Storm Ann] and [LOC Typhoon Bo] came.", "storms"),
        ("A tropical storm [LOC Bonnie] came. [LOC Bonnie] left.", "a storm, elsewhere too"),
        ("Typhoon Bo came. [PERSON Bo] and [LOC Ian] took [LOC Bo]'s house.", "two storms"),
        ("A pupil of [ORG Logan Middle School].", "a given name that is a town's"),
        ("The [LOC West Nile] virus came. [LOC West Nile] cases rose.", "a disease"),
        ("The [LOC Islamic State] and the [LOC U.N.] met.", "bodies that all know"),
        ("", "nothing"),
    ],
)
def test_not_found(markup: str, why: str) -> None:
    """Look-alikes of places are none."""
    assert not list_mentions(markup), why


@pytest.mark.parametrize(
    ("markup", "name", "number", "why"),
    [
        ("A fair in [LOC Paris].", "Paris", 2988507, "the best known, with nothing else to go by"),
        ("A fair in [LOC Paris], [LOC Texas].", "Paris", 4717560, "the one in the state beside it"),
        ("A fair in [LOC Paris Texas].", "Paris", 4717560, "the one in the state after it"),
        ("A fire in [LOC LEROY], [LOC N.Y.] today.", "LEROY", 5124128, "an article run together"),
        ("A fair in [LOC London], [LOC Ontario].", "London", 6058560, "what contains it decides"),
        ("[LOC Niger], [LOC Nigeria] and [LOC Chad].", "Niger", 2440476, "a list of countries"),
        (
            "In [LOC Tbilisi] and [LOC Gori], [LOC Georgia] voted.",
            "Georgia",
            614540,
            "the country of the cities",
        ),
        (
            "In [LOC Atlanta] and [LOC Savannah], [LOC Georgia] voted.",
            "Georgia",
            4197000,
            "the state of the cities",
        ),
        ("Troops in the [LOC Kursk] region.", "Kursk", 538555, "the division, by the next word"),
        ("Troops in [LOC Kursk], [LOC Russia].", "Kursk", 538560, "the city"),
        ("[LOC Kursk]'s mayor left.", "Kursk", 538560, "regions have no mayors"),
        ("[LOC New York] governor Ann Lee left.", "New York", 5128638, "cities have no governors"),
        ("Aides in [LOC Washington] met.", "Washington", 4140963, "the capital, not the state"),
        (
            "[LOC Washington] said [LOC Georgia] and [LOC Azerbaijan] met.",
            "Georgia",
            614540,
            "beside what is a country only",
        ),
        (
            "In [LOC Atlanta], [LOC Macon] and [LOC Savannah]: [LOC Georgia] and [LOC Spain].",
            "Georgia",
            4197000,
            "the state that the article speaks of",
        ),
        ("[LOC Mexico] and [LOC Panama].", "Panama", 3703430, "no province of its own"),
        ("Rain in [LOC Panama province].", "Panama", 3703433, "the province, by the next word"),
        ("Snow in [LOC N. Dakota].", "N. Dakota", 5690763, "a direction's initial"),
        ("[LOC Armenia], [LOC Georgia], [LOC Iran].", "Georgia", 614540, "a list of countries"),
        ("[LOC Georgia] beat [LOC Spain] twice.", "Georgia", 614540, "a match of countries"),
        ("[LOC Georgia] and [LOC Spain]. [LOC Atlanta].", "Georgia", 4197000, "the city's state"),
        ("A court in [LOC Georgia], [LOC U.S.]", "Georgia", 4197000, "what contains it decides"),
        ("[LOC Georgia], [LOC Alabama], [LOC Peru].", "Georgia", 4197000, "beside a state"),
        ("[LOC Georgia], [LOC Alabama] and [LOC Mexico].", "Mexico", 3996063, "no state of the US"),
        ("A bomb in [LOC Herat], [LOC Ghazni].", "Herat", 1140026, "the city, not its province"),
        ("Shells on [LOC Aleppo] and [LOC Idlib].", "Aleppo", 170063, "a list of cities"),
        ("Rain in [LOC Herat] province.", "Herat", 1140025, "the province, by the next word"),
        ("Deaths in [LOC Wales] and [LOC England].", "Wales", 2634895, "no town of the other one"),
        ("In [LOC Doncaster], [LOC Wales] and [LOC Hull].", "Wales", 2634895, "no village"),
        ("In [LOC Britain], at [LOC Westminster].", "Westminster", 2634341, "the city's own name"),
        (
            "In [LOC Santa Rosa], [LOC San Miguel] and [LOC Santa Ana] in [LOC El Salvador].",
            "San Miguel",
            3583446,
            "a list and what it lies in",
        ),
        (
            "The City of [LOC Richmond] and [LOC Madison County], [LOC Kentucky].",
            "Richmond",
            4305974,
            "by the county",
        ),
        ("[LOC Paris], [LOC Dallas] and [LOC Rome].", "Paris", 2988507, "a list of cities"),
        ("[ORG York University] in [LOC Toronto].", "York", 6185560, "where the body is"),
        ("[ORG York University] in [LOC Leeds].", "York", 2633352, "where the body is"),
        ("A fair in [LOC Philadelphia].", "Philadelphia", 4560349, "Amman was called so once"),
        ("Traders in [LOC New York] slept.", "New York", 5128581, "the city that the world means"),
        ("A fair in [LOC Mississippi].", "Mississippi", 4436296, "the state, not the river"),
        (
            "Rain in [LOC Cebu province].",
            "Cebu",
            1717511,
            "a longer official name",
        ),
        ("War in [LOC southern Ukraine].", "Ukraine", 690791, "a direction is left out"),
        ("The [NORP Lithuanian] minister.", "Lithuanian", 597427, "an adjective"),
        ("He lives in [LOC Massachussetts].", "Massachussetts", 6254926, "a misspelled long name"),
    ],
)
def test_resolved(markup: str, name: str, number: int, why: str) -> None:
    """Names are resolved to GeoNames ids by what stands beside them."""
    assert find_one(markup, name).geonames_id == number, why


def test_a_senators_state_resolves() -> None:
    """ "R-Calif." is looked up without the party."""
    (place,) = read_places("[PERSON Ann Lee] ([LOC R-Calif.]) spoke.")
    assert (place.name, place.mentions[0].text) == ("California", "Calif.")


def test_the_white_house_is_no_town() -> None:
    """Towns are called so, but none that the press means."""
    (place,) = read_places("They met at the [LOC White House] today.")
    assert (place.kind, place.country_code, place.admin1) == ("facility", "US", "DC")


def test_what_lies_beside_a_place_resolves() -> None:
    """ "south of Bogo" is looked up as "Bogo"."""
    places = read_places("A carer in [LOC Tayud, south of Bogo], [LOC Philippines].")
    assert all(place.geonames_id for place in places)


def test_two_regions_in_one_phrase() -> None:
    """The plural after a list makes divisions of all its names."""
    places = read_places("Fights in the [LOC Kursk] and [LOC Belgorod] regions of [LOC Russia].")
    assert [p.feature_code for p in places] == ["ADM1", "ADM1", "PCLI"]


def test_counties_marked_with_their_noun() -> None:
    """The noun is no part of the last name, and says what all of the list are."""
    places = read_places("Snow in [LOC Sarpy] and [LOC Hayes counties] in [LOC Nebraska].")
    assert [(p.name, p.feature_code) for p in places[:2]] == [
        ("Sarpy County", "ADM2"),
        ("Hayes County", "ADM2"),
    ]


def test_side_of_an_abbreviated_state() -> None:
    """The side before it is no part of its name."""
    assert find_one("Rain in [LOC Western Mass.] fell.", "Mass.").admin1 == "MA"


def test_county_without_its_noun() -> None:
    """A county of the article's state is nearer than a town far away; alone, the town is meant."""
    article = "[LOC Hardy] and [LOC Kanawha County] are in [LOC West Virginia]."
    assert find_one(article, "Hardy").name == "Hardy County"
    assert find_one("Rain in [LOC Hardy], [LOC Arkansas].", "Hardy").feature_code == "PPL"


def test_city_and_region_of_one_name_are_two_places() -> None:
    """The city keeps the name, and the division has the gazetteer's."""
    places = read_places("[LOC Kursk] fell. The [LOC Kursk] region held.")
    assert [p.name for p in places] == ["Kursk", "Kursk Oblast"]


def test_a_bare_name_is_the_city_that_the_article_speaks_of() -> None:
    """One place where "the city of" stands once, whatever the larger region's name is."""
    places = read_places("The city of [LOC Mykolaiv] held. Rain fell on [LOC Mykolaiv].")
    assert [(p.geonames_id, len(p.mentions)) for p in places] == [(700569, 2)]


def test_a_building_lies_in_the_place_it_is_named_for() -> None:
    """The place inside of a building's name is a place of its own, and contains the building."""
    hospital, city = read_places("He died at [FAC Nairobi Memorial Hospital] on Monday.")
    assert (hospital.kind, hospital.container, hospital.latitude) == ("facility", city.id, None)
    assert (city.name, city.country_code, city.mentions[0].form) == ("Nairobi", "KE", "adjective")


def test_a_street_named_for_a_person_lies_nowhere() -> None:
    """Only what is known to be a place is taken out of the name of a building."""
    (street,) = read_places("They met on [LOC Lincoln Garden Lane] today.")
    assert street.container is None


def test_a_street_named_for_a_country_lies_anywhere() -> None:
    """ "Cuba Street" names no second place."""
    assert len(read_places("They met on [LOC Cuba Street] today.")) == 1


@pytest.mark.parametrize("name", ["Laos", "Philippines"])
def test_countries_that_look_like_inhabitants(name: str) -> None:
    """ "Laos" is no plural of "Lao"."""
    (place,) = read_places(f"They met in [LOC {name}] today.")
    assert [m.form for m in place.mentions] == ["name"]


@pytest.mark.parametrize(
    ("markup", "division", "why"),
    [
        ("[ORG Kentucky Horse Society] met in [LOC Richmond].", "KY", "a state in a body's name"),
        ("A car left KY 52 near [LOC Richmond].", "KY", "a state's road"),
        ("A pub in [LOC Durham] helps the [ORG British Heart Fund].", "ENG", "an adjective"),
        ("A pub in [LOC Durham] helps [ORG Heart Fund UK].", "ENG", "an abbreviation"),
        ("A pub in [LOC Durham] raised £500.", "ENG", "a country's currency"),
        ("A pub in [LOC Durham] raised $500.", "NC", "dollars are of many"),
    ],
)
def test_evidence(markup: str, division: str, why: str) -> None:
    """What is no toponym of its own still tells which namesake is meant."""
    assert {p.admin1 for p in read_places(markup)} == {division}, why


def test_a_state_college_is_no_capital() -> None:
    """ "Washington State" is the state."""
    (place,) = read_places("[LOC Washington State] won.")
    assert place.feature_code == "ADM1"


def test_container() -> None:
    """The state after the comma is the container; in a list there is none."""
    city, state = read_places("A fair in [LOC Austin], [LOC Texas].")
    assert (city.container, state.container) == (state.id, None)
    assert all(p.container is None for p in read_places("In [LOC Ohio] and [LOC Texas]."))


def test_one_country_is_one_place() -> None:
    """Names, abbreviations and adjectives of a country are mentions of one place."""
    (place,) = read_places("The [LOC United States] and U.S. allies: the American way.")
    assert place.name == "United States"
    assert [m.form for m in place.mentions] == ["name", "name", "adjective"]


def test_home_tips_the_scales() -> None:
    """Where the paper is local decides between places of one name."""
    markup = "The mayor of [LOC Springfield] spoke."
    assert find_one(markup, "Springfield", home="US-MA").admin1 == "MA"
    assert find_one(markup, "Springfield", home="US-OR").admin1 == "OR"
    assert find_one("A fair in [LOC London].", "London", home="CA-ON").country_code == "CA"


def test_an_unknown_home_is_misuse() -> None:
    """A home that is no country or division raises, with how to write it."""
    with pytest.raises(InputError, match="US-LA"):
        read_places("Rain.", home="XX-1")


def test_unknown_and_fictional_places_stay_unresolved() -> None:
    """A name that the gazetteer lacks has no coordinates and no score."""
    (place,) = read_places("They rode to [LOC Qhyrrbzk].")
    assert (place.name, place.latitude, place.score) == ("Qhyrrbzk", None, None)


def test_facilities() -> None:
    """A facility is one, and takes no coordinates of a town in its name."""
    (park,) = read_places("They met at [FAC Hampden Museum].")
    assert (park.kind, park.container) == ("facility", None), "a town that is not named"
    (place,) = read_places("They met at the [FAC Springfield Grand Hotel].")
    assert (place.kind, place.latitude) == ("facility", None)
    assert find_one("At [FAC Heathrow Airport] today.", "Heathrow Airport").country_code == "GB"


def test_dateline_in_capitals() -> None:
    """The place of a dateline counts, though the encoder left it out."""
    doc = make_doc("OMAHA, Neb. (AP) -- Rain fell.")
    blocks = (Block("dateline", 0, 19), Block("paragraph", 20, len(doc.text)))
    places = find_places(doc, blocks)
    assert [(p.name, p.admin1) for p in places] == [("OMAHA", "NE"), ("Nebraska", "NE")]


def test_dateline_of_two_cities() -> None:
    """A slash parts the places of a dateline."""
    doc = make_doc("LAGOS/ABUJA (Reuters) - Rain fell.")
    blocks = (Block("dateline", 0, 23), Block("paragraph", 24, len(doc.text)))
    assert [p.name for p in find_places(doc, blocks)] == ["LAGOS", "ABUJA"]


@pytest.mark.parametrize(
    ("name", "point"),
    [("Ukraine", (49.0, 32.0)), ("Libya", (28.0, 17.0)), ("United States", (39.76, -98.5))],
)
def test_countries_lie_where_geonames_has_them(name: str, point: tuple[float, float]) -> None:
    """Who joins records by GeoNames ids finds GeoNames' points."""
    place = find_one(f"Rain in [LOC {name}].", name)
    assert (place.latitude, place.longitude) == point


def test_duplicates_are_passed_over() -> None:
    """A block that repeats another has no mentions of its own."""
    doc = make_doc("[LOC Kyiv] stood.\n\n[LOC Kyiv] stood.")
    blocks = (Block("paragraph", 0, 11), Block("duplicate", 13, 24, 0))
    (place,) = find_places(doc, blocks)
    assert len(place.mentions) == 1


def test_people_are_no_places() -> None:
    """Names of the record's people are left out, whatever the encoder calls them."""
    doc = make_doc("[LOC Chelsea] spoke.")
    person = Person("P1", "Chelsea", mentions=(Mention(0, 7, "Chelsea"),))
    assert not find_places(doc, find_blocks(doc.text), people=[person])


def test_places_cross_processes() -> None:
    """Records of places can be pickled."""
    places = read_places("A ship left [LOC Odesa].")
    assert pickle.loads(pickle.dumps(places)) == places


@given(articles())
def test_any_text(text: str) -> None:
    """Any text gives places whose mentions are where they say, in order, without overlap."""
    doc = make_doc(text.encode("utf8", "replace").decode())
    mentions = [m for p in find_places(doc, find_blocks(doc.text)) for m in p.mentions]
    spans = sorted((m.start, m.end) for m in mentions)
    assert all(doc.text[m.start : m.end] == m.text for m in mentions)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_many_names_stay_linear() -> None:
    """Two thousand different names are resolved in batches."""
    names = " and ".join(f"[LOC Town{chr(97 + n % 26)}{n}]" for n in range(2000))
    assert len(read_places(names)) == 2000
