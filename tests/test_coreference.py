"""Coreference: whom pronouns and nominals stand for, over the whole article."""

import numpy as np
import pytest
from helpers import make_doc, make_quotes
from spacy.tokens import Span

from newsextract.records import Mention, Person, Place
from newsextract.stages.coreference import link_mentions
from newsextract.stages.coreference.anaphors import Anaphor, find_anaphors
from newsextract.stages.coreference.discourse import Figure
from newsextract.stages.coreference.link import choose_best
from newsextract.stages.page import read_page
from newsextract.stages.people import find_people
from newsextract.stages.scorer import Scorer


def link(markup, *, places=()):
    """Return (text, name) of each pronoun and nominal of a named person, in text order."""
    doc = make_doc(markup)
    people = find_people(doc, (), organizations=())
    quotes = make_quotes(doc)
    people, _ = link_mentions(read_page(doc, quotes, places), people, quotes=quotes)
    found = [(m, p.name) for p in people for m in p.mentions if m.form != "name"]
    return [(m.text, name) for m, name in sorted(found, key=lambda pair: pair[0].start)]


@pytest.mark.parametrize(
    ("markup", "phrase"),
    [
        ("The head of Bath's panel of bakers left.", "The head of Bath's panel of bakers"),
        ("The coach of Bath's [PERSON Ann Lee] left.", "The coach of Bath"),
    ],
)
def test_complements_of_a_nominal(markup, phrase):
    """A possessor in one is part of it, a name behind the possessor is not."""
    doc = make_doc(markup)
    people = find_people(doc, (), organizations=())
    named = {t.i for e in doc.ents for t in e}
    found = find_anaphors(read_page(doc, ()), people, named=named, sources=set())
    assert doc[found[0].first : found[0].last].text == phrase


@pytest.mark.parametrize(
    ("markup", "mentions", "reason"),
    [
        (
            "[PERSON Ann Lee] won. She left with her dog.",
            [("She", "Ann Lee"), ("her", "Ann Lee")],
            "pronouns that speak nowhere",
        ),
        (
            "[PERSON Ann Lee] met [PERSON Bo Ray]. She left.",
            [("She", "Ann Lee")],
            "the gender decides",
        ),
        (
            "[PERSON Bo Ray], the mayor, left. The mayor was tired.",
            [("The mayor", "Bo Ray")],
            "the role again",
        ),
        (
            "[PERSON Bo Ray] came with a spokesman for [PERSON Ray].",
            [],
            "somebody else, though named by him",
        ),
    ],
)
def test_mentions_of_named_people(markup, mentions, reason):
    """Pronouns and nominals go to the people whom they stand for."""
    assert link(markup) == mentions, reason


def test_somebody_unnamed_keeps_the_pronoun():
    """ "she" after a woman who acts is hers, and no mention of the owner."""
    doc = make_doc("[PERSON Tim Day], the owner, left. A woman ran. She left.")
    people = find_people(doc, (), organizations=())
    people, unnamed = link_mentions(read_page(doc, ()), people, quotes=())
    assert [[m.text for m in mentions] for mentions in unnamed] == [["A woman", "She"]]
    assert [m.form for m in people[0].mentions] == ["name"]


def test_speaker_is_not_he_in_quotation_marks():
    """Bo Ray would say "I"."""
    found = link(
        "[PERSON Cy Day] sat. “[content He was asleep,]” [source [PERSON Bo Ray]] [cue said]."
    )
    assert ("He", "Bo Ray") not in found


def test_nationality_tells_whom():
    """ "The Dane" is who stands beside Denmark."""
    text = "[PERSON Jo Holt] met [LOC Denmark]'s [PERSON Per Aas]. The [NORP Dane] was tired."
    plain = text.translate(str.maketrans("", "", "[]")).replace("PERSON ", "").replace("LOC ", "")
    plain = plain.replace("NORP ", "")
    spots = [Mention(at, at + len(w), w) for w in ("Denmark", "Dane") if (at := plain.find(w)) > -1]
    places = (Place("L1", "Denmark", mentions=tuple(spots), country_code="DK"),)
    assert link(text, places=places) == [("The Dane", "Per Aas")]


@pytest.mark.parametrize(
    ("marked", "found"),
    [
        (("The", "Bath"), ["The speedy wing of Bath"]),
        (("The", "wing"), ["The speedy wing"]),
        (None, []),
    ],
    ids=["whole", "short", "not marked"],
)
def test_marked_phrase_is_a_nominal(marked, found):
    """The encoder tells that "wing" can be a person, and where the phrase ends."""
    doc = make_doc("[PERSON Bo Ray] won. The speedy wing of Bath left.")
    words = [token.text for token in doc]
    spans = [Span(doc, words.index(marked[0]), words.index(marked[1]) + 1)] if marked else []
    doc.spans["nominal"] = spans
    page = read_page(doc, ())
    nominals = find_anaphors(page, (), named={0, 1}, sources=set())
    assert [doc[a.first : a.last].text for a in nominals] == found
    assert all(a.marked for a in nominals)


def test_vice_president_is_no_president():
    """Each office is its holder's."""
    found = link(
        "[PERSON Ann Lee], the president, met [PERSON Eva Ray], the vice president. "
        "The president left. The vice president left."
    )
    assert found == [("The president", "Ann Lee"), ("The vice president", "Eva Ray")]


def test_a_nominal_is_of_the_one_whose_role_it_is():
    """Who stands nearer but has no role is not "the mayor"."""
    text = "[PERSON Ann Lee], the mayor of [LOC Bath], won. [PERSON Bo Ray] left. The mayor spoke."
    assert link(text) == [("The mayor", "Ann Lee")]


def test_people_without_a_name_count_together_with_nobody():
    """Two that may be meant, and nobody, are more probable than one name with a higher score."""
    none = np.zeros((1, 0)), np.zeros(0), np.zeros(0)
    choose = choose_best(Scorer(*none, direct=np.ones(1)))
    named, first, second = Figure(Person("P1", "Ann Lee")), Figure(), Figure()
    he = Anaphor(0, 1, 0)
    scores = np.array([[1.0], [0.4], [0.5], [0.3]])
    assert choose(he, [named, first, second, None], scores) is second
    assert choose(he, [named, None], scores[[0, 1]]) is named
