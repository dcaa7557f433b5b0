"""People: one entry a person, from the names in a document."""

import pytest
from helpers import make_doc, make_plain_doc
from hypothesis import given, settings
from strategies import articles

from newsextract.records import Block
from newsextract.stages.known import KnownEntity, make_known
from newsextract.stages.organizations import find_organizations
from newsextract.stages.people import find_people


def read(markup, *, blocks=(), known=None, pos=None):
    """Return the people of ``markup``."""
    doc = make_doc(markup, pos=pos)
    bodies = find_organizations(doc, blocks)
    return find_people(doc, blocks, organizations=bodies, known=known)


def names(markup, **options):
    """Return each person's name with the texts of the mentions."""
    return {p.name: [m.text for m in p.mentions] for p in read(markup, **options)}


def test_surname_joins_the_full_name_before_it():
    """The later surname and the possessive are mentions of the one person."""
    found = names("[PERSON Ann Lee] won. [PERSON Lee's] rival lost. [PERSON LEE] left.")
    assert found == {"Ann Lee": ["Ann Lee", "Lee", "LEE"]}


def test_spouses_are_told_apart_by_honorific():
    """ "Mrs. Diaz" and "Mr. Diaz" after both full names."""
    found = names(
        "[PERSON Maria Diaz] and [PERSON Carlos Diaz] met. Mrs. [PERSON Diaz] spoke. "
        "Mr. [PERSON Diaz] left."
    )
    assert found == {"Maria Diaz": ["Maria Diaz", "Diaz"], "Carlos Diaz": ["Carlos Diaz", "Diaz"]}


def test_mr_is_not_the_wife_named_after_him():
    """ "Mr. Diaz" and "Diaz" are no Maria who is named later; after her name they are she."""
    found = names("[PERSON Diaz] won. Mr. [PERSON Diaz] thanked his wife, [PERSON Maria Diaz].")
    assert found == {"Diaz": ["Diaz", "Diaz"], "Maria Diaz": ["Maria Diaz"]}
    found = names("[PERSON Maria Diaz] won. Mr. [PERSON Diaz] left.")
    assert found == {"Maria Diaz": ["Maria Diaz", "Diaz"]}


def test_shared_surname_means_the_person_named_most():
    """Without an honorific the surname goes on meaning the one it meant."""
    found = names(
        "[PERSON Ann Berg] won. [PERSON Berg] spoke. Her brother [PERSON Paul Berg] left. "
        "[PERSON Berg] laughed."
    )
    assert found == {"Ann Berg": ["Ann Berg", "Berg", "Berg"], "Paul Berg": ["Paul Berg"]}


def test_name_in_capitals_gives_way_to_the_written_one():
    """A transcript's label is an alias."""
    (person,) = read("[PERSON PAT NOOR]: yes. [PERSON Pat Noor] left.")
    assert (person.name, person.aliases) == ("Pat Noor", ("PAT NOOR",))


def test_shared_surname_means_the_person_named_last():
    """Before it means anybody: but not whom a preposition brings in, "for his wife"."""
    found = names("[PERSON Ann Diaz] won. [PERSON Lee Diaz] spoke. [PERSON Diaz] left.")
    assert found["Lee Diaz"] == ["Lee Diaz", "Diaz"]
    found = names("[PERSON Bo Diaz] spoke for his wife [PERSON Ann Diaz]. [PERSON Diaz] left.")
    assert found["Bo Diaz"] == ["Bo Diaz", "Diaz"]


def test_honorific_corrects_a_guessed_gender():
    """The one bearer of the name is meant, unless an honorific told otherwise before."""
    assert names("[PERSON Anna Diaz] won. Mr. [PERSON Diaz] left.") == {
        "Anna Diaz": ["Anna Diaz", "Diaz"]
    }
    assert len(names("Ms. [PERSON Anna Diaz] won. Mr. [PERSON Diaz] left.")) == 2


def test_name_of_five_words_is_no_headline():
    """The fullest form, whose initials count for nothing."""
    (person,) = read("[PERSON Omar Al Bari Al Diaz] won. [PERSON Al Diaz] left.")
    assert person.name == "Omar Al Bari Al Diaz"
    for name in ("Omar Diaz", "O. B. Diaz"):
        (person,) = read(f"[PERSON O. Diaz] won. [PERSON {name}] left.")
        assert person.name == name


@pytest.mark.parametrize(
    ("markup", "name"),
    [("[PERSON Omar Diaz] II left.", "Omar Diaz II"), ("[PERSON Omar Diaz] V left.", "Omar Diaz")],
)
def test_generation_belongs_to_the_name(markup, name):
    """A letter behind a name need not."""
    (person,) = read(markup)
    assert person.name == name


@pytest.mark.parametrize(
    ("opening", "who"),
    [
        ("[PERSON Omar Diaz] and his wife, [PERSON Eva], sat", "Eva"),
        ("[PERSON Omar Diaz] and his guest, [PERSON Eva], sat", "Diaz"),
        ("[PERSON Omar Diaz] sat. His wife, [PERSON Eva], slept", "Diaz"),
    ],
    ids=["wife", "guest", "another sentence"],
)
def test_relatives_have_the_family_name(opening, who):
    """ "Mrs. Diaz" is the wife named beside Mr. Diaz, whom "Diaz" alone means."""
    found = names(f"{opening}. Mr. [PERSON Diaz] left. [PERSON Diaz] left. Ms. [PERSON Diaz] left.")
    assert found.get(who, []).count("Diaz") == 1
    assert found["Omar Diaz"].count("Diaz") == 2


def test_a_nickname_is_no_vote_for_a_shared_family_name():
    """ "Reyes" is the brother named last, however often the star has his nickname."""
    text = "[PERSON Al Reyes], known as [PERSON Marto], died, [PERSON Ulric Reyes] said. "
    assert names(text + "[PERSON Reyes] wept.")["Ulric Reyes"] == ["Ulric Reyes", "Reyes"]
    again = "[PERSON Al Reyes] died. [PERSON Reyes] sang. [PERSON Ulric Reyes] came. "
    assert names(again + "[PERSON Reyes] is missed.")["Ulric Reyes"] == ["Ulric Reyes"]


def test_misspelled_surname_joins():
    """One letter of a long lone name is missing; the full name is the only one near it."""
    assert list(names("[PERSON Jan Eldridge] spoke. [PERSON Eldrige] left.")) == ["Jan Eldridge"]


def test_surname_one_letter_off_with_a_full_name_of_its_own_stays_apart():
    """Eva Hanson is not Ann Hansen misspelled."""
    found = names("[PERSON Ann Hansen] met [PERSON Eva Hanson]. [PERSON Hanson] left.")
    assert found == {"Ann Hansen": ["Ann Hansen"], "Eva Hanson": ["Eva Hanson", "Hanson"]}


def test_mononym_is_a_person():
    """A name of one word that fits nobody stands for itself."""
    assert names("[PERSON Oprah] spoke to [PERSON Ann Lee].") == {
        "Oprah": ["Oprah"],
        "Ann Lee": ["Ann Lee"],
    }


def test_names_in_repeated_blocks_do_not_count():
    """A duplicate block has no mentions of its own."""
    doc_text = "Ann Lee won.\nAnn Lee won."
    blocks = (Block("paragraph", 0, 12), Block("duplicate", 13, 25, of=0))
    found = names("[PERSON Ann Lee] won.\n[PERSON Ann Lee] won.", blocks=blocks)
    assert len(doc_text) == 25
    assert found == {"Ann Lee": ["Ann Lee"]}


def test_titles_in_the_entity_are_cut_off():
    """The encoder may include a title; the mention may not."""
    (person,) = read("[PERSON President Omar Diaz] spoke.")
    assert person.name == "Omar Diaz"
    assert [m.text for m in person.mentions] == ["Omar Diaz"]


def test_full_stop_of_a_title_is_no_part_of_a_name():
    """The encoder may put it there."""
    (person,) = read("Smt[PERSON . Lakshmi Devi] spoke.")
    assert person.name == "Lakshmi Devi"


def test_known_aliases_merge_and_give_the_key():
    """Two names that no rule would join are one entry of the caller's list."""
    known = make_known([KnownEntity("Q1", "Lula da Silva", ("Luiz Inácio", "Lula"))])
    (person,) = read("[PERSON Luiz Inácio] met [PERSON Lula da Silva].", known=known)
    assert person.key == "Q1"


BEARERS = make_known(
    [
        KnownEntity("Q1", "Luiz da Silva", ("Lula",), gender="male"),
        KnownEntity("Q2", "Ray", gender="female"),
    ]
)


@pytest.mark.parametrize(
    ("markup", "keys", "why"),
    [
        ("[PERSON Lula] won. [PERSON Lula] left.", ["Q1"], "an alias of one word"),
        ("[PERSON Ray] sang, said [PERSON Ray].", ["Q2"], "a name of one word"),
        ("[PERSON Lula] met [PERSON Luiz da Silva].", ["Q1"], "an alias before the full name"),
        ("[PERSON Ann Ray] sang. [PERSON Ray] left.", [None], "the article has a Ray of its own"),
        ("[PERSON Ray] left. [PERSON Ann Ray] sang.", [None], "and names her later"),
        ("Mr. [PERSON Ray] sang.", [None], "the known Ray is a woman"),
        ("[PERSON Lulu] won.", [None], "another name"),
    ],
)
def test_known_names_of_one_word(markup, keys, why):
    """They give the key where nobody in the article has the word in a full name."""
    assert [person.key for person in read(markup, known=BEARERS)] == keys, why


@pytest.mark.parametrize("markup", ["", " ", "\n\n", "no one here.", "[PERSON 's]"])
def test_article_without_people(markup):
    """There is nobody, and nothing is raised."""
    assert read(markup) == ()


@given(articles())
@settings(max_examples=30)
def test_any_text_is_accepted(text):
    """Every token an entity: mentions are the text they point to."""
    doc = make_plain_doc(text)
    words = [t for t in doc if not t.is_space]
    doc.ents = [doc.char_span(t.idx, t.idx + len(t), label="PERSON") for t in words]
    for person in find_people(doc, (), organizations=()):
        for mention in (*person.mentions, *person.roles):
            assert doc.text[mention.start : mention.end] == mention.text


def test_seventy_people_stay_seventy():
    """Surnames from a to z, every one full and then alone."""
    surnames = [f"{a}{b}anov" for a in "BPDFGHKLMN" for b in "aeiousr"]
    full = ". ".join(f"[PERSON Ann {s}] spoke" for s in surnames)
    lone = ". ".join(f"[PERSON {s}] left" for s in surnames)
    found = read(f"{full}. {lone}.")
    assert len(found) == 70
    assert all(len(p.mentions) == 2 for p in found)


def test_label_of_the_article_decides():
    """A family name marked as an organization is the person's who is named in full."""
    found = names("[PERSON Ann Lee] won. [PERSON Lee] spoke. [ORG Lee] left.")
    assert found == {"Ann Lee": ["Ann Lee", "Lee", "Lee"]}


@pytest.mark.parametrize(
    ("markup", "found", "reason"),
    [
        ("The [ORG Nore Bay Club] met. [PERSON Nore Bay] won.", 0, "begins a longer name"),
        ("[PERSON Nore Bay] met [PERSON Nore Bay] of the [ORG Nore Bay Club].", 1, "less often"),
        ("The [ORG Ann Bay Club] met. [PERSON Ann Bay] won.", 1, "a given name"),
    ],
)
def test_names_that_an_organization_begins_with(markup, found, reason):
    """Marked as a person's, they are organizations if the article names those as often."""
    assert len(names(markup)) == found, reason


@pytest.mark.parametrize(
    ("markup", "name", "reason"),
    [
        ("[PERSON MS Ray] left.", "MS Ray", "initials, with a name in small letters"),
        ("[PERSON Ms Ray] left.", "Ray", "an honorific"),
        ("[PERSON MS RAY] left.", "RAY", "an honorific, all in capitals"),
        ("[PERSON Bo Ray-] left.", "Bo Ray", "a dash that was left at its end"),
        ("[PERSON Taoiseach Bo Ray] left.", "Bo Ray", "an office"),
        ("[PERSON Don Tavria] left.", "Don Tavria", "a given name that is a title too"),
        ("[PERSON Don Pedro] left.", "Pedro", "a title before a given name"),
        ("[PERSON Bo ‘Ace’ Ray] left.", "Bo ‘Ace’ Ray", "a nickname, no possessive"),
        ("Head of the Bureau of [PERSON Inquiry (FBI) Bo Ray] left.", "Bo Ray", "initials before"),
        ("[PERSON Bo (ACE) Ray] left.", "Bo (ACE) Ray", "no initials of what is before"),
        ("[PERSON Bo Ray, D-Va].", "Bo Ray", "party and state behind"),
        ("[PERSON Bo Ray], [PERSON Jr.], left.", "Bo Ray, Jr.", "a suffix behind a comma"),
        ("[PERSON Tom) DeLay] left.", "Tom DeLay", "half of a pair of brackets"),
        ("[PERSON Bo 'Ace' Ray] left.", "Bo 'Ace' Ray", "a nickname in straight marks"),
        ("[PERSON Messrs. Ray] and Low left.", "Ray", "an honorific of several"),
        ("[PERSON Briton Ann Ray] left.", "Ann Ray", "where she is from"),
        ("[PERSON German Ray] left.", "German Ray", "a given name that is an adjective too"),
        ("They met [PERSON Bo Sen.]", "Bo Sen", "the period of the sentence"),
        ("They met [PERSON Bo R.]", "Bo R.", "an initial"),
    ],
)
def test_what_a_name_begins_and_ends_with(markup, name, reason):
    """Titles and loose dashes are no part of a name."""
    assert list(names(markup)) == [name], reason


def test_a_given_name_left_out_is_taken_back():
    """ "Donald" before a marked name."""
    assert list(names("They met Donald [PERSON Ray].")) == ["Donald Ray"]


@pytest.mark.parametrize(
    ("text", "found", "reason"),
    [
        ("Vote for Hillary now.", ["Hillary Ray", "Hillary"], "alone"),
        ("The Hillary & Bo House burned.", ["Hillary Ray"], "half of another name"),
        ("The Hillary Bridge burned.", ["Hillary Ray"], "the first word of another name"),
        ("Hillary or a hillary came.", ["Hillary Ray"], "a word as well"),
    ],
)
def test_a_given_name_alone_is_the_person_named_in_full(text, found, reason):
    """What the encoder marks in full once is a name where it stands alone."""
    pos = {"Hillary": "PROPN", "Bo": "PROPN", "Bridge": "PROPN"}
    assert names(f"[PERSON Hillary Ray] left. {text}", pos=pos)["Hillary Ray"] == found, reason


def test_names_taken_back_do_not_overlap():
    """A family name that is a given name as well stands in one name alone."""
    found = names("[PERSON Bo Ray] and [PERSON Ann Lee] left. They met Donald Ray [PERSON Lee].")
    spans = [mention for mentions in found.values() for mention in mentions]
    assert sum("Ray" in mention for mention in spans) == 2


def test_a_word_that_is_no_given_name_here_is_not_taken():
    """ "Will" as a verb, and a given name at the end of another name."""
    found = names(
        "Will [PERSON Ray] win? In [LOC Saint Donald] [PERSON Ray] won.", pos={"Will": "AUX"}
    )
    assert list(found) == ["Ray"]


def test_a_lone_name_marked_as_a_body_at_times_is_one():
    """People are introduced by their full names; bodies are not."""
    lone = "[ORG Factcheck] spoke. [PERSON Factcheck] left. [PERSON Factcheck] won."
    assert names(lone) == {}
    assert list(names("[PERSON Ann Factcheck] paid. " + lone)) == ["Ann Factcheck"]


@pytest.mark.parametrize(
    ("markup", "found", "reason"),
    [
        ("[ORG Ray Foods Plc] paid. [PERSON Ray] said so.", [], "a company is introduced"),
        ("Ray & [ORG Low] paid. [PERSON Ray] said so.", [], "a company of partners"),
        ("[PERSON Bo Ray] left Ray & [ORG Low]. [PERSON Ray] won.", ["Bo Ray"], "one of them"),
        ("[PERSON Ray] and [ORG Low] paid. [PERSON Ray] won.", ["Ray"], "no company of both"),
        ("[ORG Ray Foods Plc] paid [PERSON Bo Ray]. [PERSON Ray] left.", ["Bo Ray"], "a namesake"),
        ("[ORG Ray Fund] paid. [PERSON Ray] said so.", ["Ray"], "a fund may have his name"),
        ("[ORG Ann Ray Fund] paid. [PERSON Ann Ray] left.", ["Ann Ray"], "her whole name"),
        ("The trial of [PERSON Ray], which began, ended.", ["Ray"], "the trial began"),
    ],
)
def test_a_lone_name_of_a_company_is_no_person(markup, found, reason):
    """A legal form or partners tell companies from people."""
    assert list(names(markup)) == found, reason


def test_body_named_like_a_place_is_no_person():
    """Given names that are places are no evidence."""
    assert names("The [ORG Virginia Tech] team and [ORG Charlotte Observer] won.") == {}


def test_party_and_state_are_no_person():
    """ "(R-Utah)" after a name."""
    assert list(names("[PERSON Ann Lee] ([PERSON R-Utah]) left.")) == ["Ann Lee"]


def test_initials_that_open_a_line_are_the_persons():
    """ "AL:" in an interview with Ann Lee; other capitals there are a body's."""
    found = names("[PERSON Ann Lee] spoke.\n[ORG AL]: Yes.\n[ORG BBC]: Why?\n[ORG AL] paid.")
    assert found == {"Ann Lee": ["Ann Lee", "AL"]}


def test_unmarked_initials_that_open_a_line_are_the_persons():
    """ "AL:" that the encoder took for no name, with the initials of somebody."""
    assert names("Hello.\nDÍAZ: Yes.\nRAY: Why?\nDÍAZ: No.\nDÍAZ: Well.") == {"DÍAZ": ["DÍAZ"] * 3}
    found = names("[PERSON Ann Lee] spoke.\nAL: Yes.\nBR: Why?\nIn AL: ten.")
    assert found == {"Ann Lee": ["Ann Lee", "AL"]}


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("They met the [PERSON Tavrias] in Nore.", []),
        ("They met the [PERSON Hastings] campaign.", ["Hastings"]),
        ("They met [PERSON Hastings] in Nore.", ["Hastings"]),
    ],
)
def test_a_family_is_no_person(markup, found):
    """ "The" and a plural, which are not before a noun."""
    assert list(names(markup)) == found


def test_headline_read_as_a_name_is_not_the_fullest():
    """In a headline every word has a capital."""
    blocks = (Block("headline", 0, 20), Block("paragraph", 21, 40))
    found = names("[PERSON Ann Lee Hammers] Bank\n[PERSON Ann Lee] spoke.", blocks=blocks)
    assert list(found) == ["Ann Lee"]
