"""Speaker resolution: who each quote's source is, over the whole article."""

from dataclasses import replace

import pytest
from helpers import make_doc, make_plain_doc, make_quotes
from hypothesis import given, settings
from strategies import articles

from newsextract.records import Block, Context, Mention, Person, Place, Quote, Role, Span
from newsextract.stages.coreference import link_mentions
from newsextract.stages.coreference.link import add_repeated
from newsextract.stages.entities.boundaries import find_spans
from newsextract.stages.organizations import find_organizations
from newsextract.stages.page import read_page
from newsextract.stages.people import find_people
from newsextract.stages.quotes import find_quotes
from newsextract.stages.quotes.nesting import nest_quotes
from newsextract.stages.quotes.relays import find_relays
from newsextract.stages.speakers import Entities, resolve_sources
from newsextract.stages.speakers.continuation import _RUNS_ON
from newsextract.stages.speakers.entity_index import make_index


def resolve(markup, *, blocks=(), quotes=None, pos=None):
    """Return the quotes, and the sources by id."""
    doc = make_doc(markup, pos=pos)
    bodies = find_organizations(doc, blocks)
    people = find_people(doc, blocks, organizations=bodies)
    places = tuple(
        Place(f"L{n}", e.text, mentions=(Mention(e.start_char, e.end_char, e.text),))
        for n, e in enumerate((e for e in doc.ents if e.label_ == "LOC"), 1)
    )
    quotes, relays = find_relays(doc, nest_quotes(quotes or make_quotes(doc)))
    page = read_page(doc, quotes, places)
    people, unnamed = link_mentions(page, people, quotes=quotes)
    entities = Entities(people, bodies, places, unnamed)
    found, sources = resolve_sources(page, blocks, quotes=quotes, entities=entities, relays=relays)
    return found, {s.id: s for s in sources}, people


def speakers(markup, **options):
    """Return kind and name of each quote's speaker."""
    quotes, sources, _ = resolve(markup, **options)
    found = [sources.get(q.speaker) for q in quotes]
    return [(s.kind, s.name) if s else None for s in found]


LEE = "[PERSON Ann Lee], the mayor of [LOC Bath], won. "
RAY = "[PERSON Bo Ray], a baker, lost. "

CASES = [
    (
        "[source [LOC Nore], [LOC Lyme]'s only ally,] [cue said] [content it rained].",
        ("place", "Nore"),
        "a place in an apposition",
    ),
    (
        LEE + "[source Those] who fish [cue said] [content it rained].",
        ("group", "Those"),
        "whom a clause describes",
    ),
    ("[source [PERSON Ann Lee]] [cue said] [content it rained].", ("person", "Ann Lee"), "a name"),
    (
        LEE + "[source [PERSON Lee]] [cue said] [content it rained].",
        ("person", "Ann Lee"),
        "a surname",
    ),
    (
        "[content “It rained],” [cue said] [source [PERSON Ann Lee], a baker].",
        ("person", "Ann Lee"),
        "inverted, with an apposition",
    ),
    (LEE + "[source She] [cue said] [content it rained].", ("person", "Ann Lee"), "a pronoun"),
    (
        "[ORG First Bank] sued the [ORG Ministry of Fish], the [ORG Ministry of Fish] lost. "
        "[source The lender] [cue said] [content it rained].",
        ("organization", "First Bank"),
        "a noun that no ministry is",
    ),
    (
        "[ORG Nore Times] wrote of the [ORG Ministry of Fish]. "
        "[source The lender] [cue said] [content it rained].",
        ("unnamed", "The lender"),
        "no lender named",
    ),
    (
        "The residents left [ORG Nore United]. [source They] [cue said] [content it rained].",
        ("group", "The residents"),
        "a plural in the sentence before",
    ),
    (
        "The stones fell on [ORG Nore United]. [source They] [cue said] [content it rained].",
        ("organization", "Nore United"),
        "a plural that nobody is",
    ),
    (
        "[ORG Bath Mining] won. [ORG Bath Mining] owes [ORG First Bank]. "
        "[source The lender] [cue said] [content it rained].",
        ("organization", "First Bank"),
        "another trade is named more often",
    ),
    (
        "Attorney General [PERSON Ann Lee] won. [source [ORG AG]] [cue said] [content it fell].",
        ("person", "Ann Lee"),
        "the initials of her office",
    ),
    (
        "Managing Director [PERSON Ann Lee] won. [source [ORG AG]] [cue said] [content it rained].",
        ("organization", "AG"),
        "no initials of hers",
    ),
    ("Fans left. [source Another] [cue wrote] [content it rained].", ("unnamed", "Another"), "one"),
    (
        "[ORG Nore Oil] sued [ORG Bath Gas]. [source Both firms] [cue said] [content it rained].",
        ("group", "Nore Oil; Bath Gas"),
        "two bodies",
    ),
    (
        "[ORG Nore Oil] paid. [source Its report] [cue said] [content it rained].",
        ("organization", "Nore Oil"),
        "a report of somebody's",
    ),
    (
        "[ORG Nore Air] met [ORG Bath Air]. [source The airlines] [cue said] [content it did].",
        ("group", "Nore Air; Bath Air"),
        "a plural of bodies",
    ),
    (
        "[ORG Nore Air] met the [ORG Ministry of Fish]. "
        "[source The airlines] [cue said] [content it fell].",
        ("group", "The airlines"),
        "one of the two is no airline",
    ),
    (
        "[source The [ORG Nore Bank] report] [cue found] [content it rained].",
        ("organization", "Nore Bank"),
        "the body whose report it is",
    ),
    (
        "[source A [ORG Nore Bank] report] [cue found] [content it rained].",
        ("document", "Nore Bank report"),
        "one of its reports",
    ),
    (
        "[ORG Nore Bank] lost. [source A bank statement] [cue said] [content it rained].",
        ("organization", "Nore Bank"),
        "a statement is its giver's words",
    ),
    (
        "[ORG Nore Bank] lost. [source A bank report] [cue found] [content it rained].",
        ("document", "bank report"),
        "a report is not",
    ),
    (
        "[source [LOC Chile], [LOC Peru] and the [LOC Maldives]] [cue said] [content it rained].",
        ("group", "Chile; Peru; Maldives"),
        "an article before the last name",
    ),
    (
        "The unions met [ORG Nore United]. [source They] [cue said] [content it rained].",
        ("group", "The unions"),
        "a plural of bodies in the sentence before",
    ),
    (
        LEE + "[source [PERSON Bo Ray] and leaders of the union] [cue said] [content it rained].",
        ("group", "Bo Ray and leaders of the union"),
        "others beside the one named",
    ),
    (
        LEE + "Mr. [PERSON Ray] left. [source She] [cue said] [content it rained].",
        ("person", "Ann Lee"),
        "the nearer name is a man's",
    ),
    (
        LEE + "[PERSON Bo Ray] left. [source The mayor] [cue said] [content it rained].",
        ("person", "Ann Lee"),
        "a role in the article",
    ),
    (
        LEE + "[source A mayor] [cue said] [content it rained].",
        ("unnamed", "A mayor"),
        "an indefinite role is another's",
    ),
    (
        LEE + "[source a spokesman for [PERSON Lee]] [cue said] [content it rained].",
        ("unnamed", "a spokesman for Lee"),
        "the head is not the name after it",
    ),
    (
        "The head of the [ORG Fish Agency], [PERSON Ann Lee], left. "
        "[source The head of the agency, [PERSON Ann Lee],] [cue said] [content it rained].",
        ("person", "Ann Lee"),
        "the name closes the phrase",
    ),
    (
        "[source The head of the agency, Dr. [PERSON Ann Lee],] [cue said] [content it rained].",
        ("person", "Ann Lee"),
        "a title between comma and name",
    ),
    (
        "[source A critic of the agency of Dr. [PERSON Ann Lee]] [cue said] [content it rained].",
        ("unnamed", "A critic of the agency of Dr. Ann Lee"),
        "the titled name belongs to the phrase",
    ),
    (
        "[source A baker who gave her name only as [PERSON Ann]] [cue said] [content it rained].",
        ("person", "Ann"),
        "a clause tells the name",
    ),
    (
        "[cue said] [source one baker], who asked to be identified only by her first name, "
        "[PERSON Ann].[content It rained]",
        ("person", "Ann"),
        "a clause after the source tells the name",
    ),
    (
        "[source A baker who calls herself [PERSON Ann]] [cue said] [content it rained].",
        ("person", "Ann"),
        "she names herself",
    ),
    (
        "[source A man who was named as [PERSON Bo Ray]] [cue said] [content it rained].",
        ("person", "Bo Ray"),
        "he is named by others",
    ),
    (
        "[source A baker who identified him as [PERSON Bo Ray]] [cue said] [content it rained].",
        ("unnamed", "A baker who identified him as Bo Ray"),
        "the name is another's",
    ),
    (
        "Justice [PERSON Ann Lee] came. [source The judge] [cue said] [content it rained].",
        ("person", "Ann Lee"),
        "a justice is a judge",
    ),
    (
        "[source1 [PERSON Bo Ray]] [cue1 said] [content1 it snowed]. "
        "[source2 [PERSON Ray]] [cue2 added] [content2 it froze]. "
        "[PERSON Paul Lee] left after [source he] [cue said] [content it rained].",
        ("person", "Paul Lee"),
        "the subject of the sentence comes before whom the article is about",
    ),
    (
        "[source campaign manager [PERSON Ann Lee]] [cue said] [content it rained].",
        ("person", "Ann Lee"),
        "a role before the name",
    ),
    (
        "[source [PERSON Lee]'s firm] [cue said] [content it rained].",
        ("organization", "Lee's firm"),
        "the head is the body",
    ),
    (
        "[source [ORG Reuters]] [cue reported] [content it rained].",
        ("organization", "Reuters"),
        "a medium",
    ),
    (
        "The [source bold Commission on Roads] [cue said] [content it rained]. "
        "It is the [ORG Commission on Roads].",
        ("organization", "Commission on Roads"),
        "a body with words before its name",
    ),
    (
        "[source A federal appeals court] [cue ruled] [content it rained]. "
        "The [ORG Court of Appeals for Bath] has five judges.",
        ("organization", "Court of Appeals for Bath"),
        "a body named later",
    ),
    (
        "[ORG Nore Rail] struck, [source the Company] [cue said] [content it rained].",
        ("organization", "Nore Rail"),
        "a kind of body, with a capital",
    ),
    ("[source [LOC Kyiv]] [cue said] [content it rained].", ("place", "Kyiv"), "a capital"),
    ("[source the report] [cue found] [content it rained].", ("document", "report"), "a document"),
    ("[source Officials] [cue said] [content it rained].", ("group", "Officials"), "a plural"),
    ("[source Banks] [cue said] [content it rained].", ("group", "Banks"), "a plural of bodies"),
    (
        "[source Two thirds of voters] [cue said] [content it rained].",
        ("group", "Two thirds of voters"),
        "a share",
    ),
    (
        "[source One of the doctors] [cue said] [content it rained].",
        ("unnamed", "One of the doctors"),
        "one of many",
    ),
    (
        "[source a statement by [PERSON Ann Lee]] [cue said] [content it rained].",
        ("person", "Ann Lee"),
        "words handed on",
    ),
    (
        "[source A study by professor [PERSON Ann Lee]] [cue found] [content it rained].",
        ("person", "Ann Lee"),
        "the author of a study",
    ),
    (
        "[source figures from the [ORG Nore Bank]] [cue showed] [content it rained].",
        ("organization", "Nore Bank"),
        "the organization whose figures they are",
    ),
    (
        "[source a report on the [ORG Nore Bank]] [cue said] [content it rained].",
        ("document", "report on the Nore Bank"),
        "an organization written about",
    ),
    (
        "[source A man there, identified as [PERSON Ann Lee],] [cue said] [content it rained].",
        ("person", "Ann Lee"),
        "a name told after a place",
    ),
    (
        "[content It rained], [cue said] [source the man], "
        "later identified by Nore as [PERSON Bo Ray].",
        ("person", "Bo Ray"),
        "a name told later",
    ),
    (
        "[source A baker surnamed [PERSON Lee]] [cue said] [content it rained].",
        ("person", "Lee"),
        "a surname told",
    ),
    (
        "[source A list that was seen by [PERSON Ann Lee]] [cue found] [content it rained].",
        ("document", "list that was seen by Ann Lee"),
        "who is in a clause is no author",
    ),
    (
        "[source The [ORG Nore Bank] report] [cue found] [content it rained]. "
        "[source It] [cue said] [content it fell].",
        ("document", "Nore Bank report"),
        "a document after the body whose it is",
    ),
    (
        "[source [PERSON Ann Lee] and [PERSON Bo Ray]] [cue said] [content it rained].",
        ("group", "Ann Lee; Bo Ray"),
        "named people joined",
    ),
    (
        "[PERSON Ann Lee], [source who] [cue said] [content it rained], left.",
        ("person", "Ann Lee"),
        "a relative pronoun",
    ),
    (
        "[source [PERSON Ann Lee], a baker], [cue asked] [content if it rained].",
        ("person", "Ann Lee"),
        "asks herself, after an apposition",
    ),
    ("[content It rains], [cue says] again", None, "no noun at the line's end"),
    (
        "[source two aides familiar with it] [cue said] [content it rained].",
        ("group", "two aides familiar with it"),
        "an adjective after the noun",
    ),
    ("[cue was said] [content to rain].", None, "nobody is named"),
    (
        "My niece left. [source She] [cue said] [content it rained].",
        ("unnamed", "My niece"),
        "a relative of who writes",
    ),
    ("[source Q][cue :] [content Why?]", ("unnamed", "Q"), "a letter"),
    (
        LEE + "[PERSON Lee] sat. [source A][cue :] [content It rained.]",
        ("person", "Ann Lee"),
        "whom the interview is about",
    ),
    (
        "[source [PERSON Ann Lee]] [cue was accused] [content of lying].",
        None,
        "spoken of, not speaking",
    ),
    (
        "[source [PERSON Ann Lee]], [cue asked] [content if it rained], left.",
        None,
        "asked by others",
    ),
    (
        "[cue Asked] [content if it rained], [source [PERSON Ann Lee]] laughed.",
        None,
        "asked by others, who are not named",
    ),
    (
        "[source [PERSON Ann Lee]] [cue was quoted as saying] [content it rained].",
        ("person", "Ann Lee"),
        "a passive of one who speaks",
    ),
]


@pytest.mark.parametrize(("markup", "speaker", "reason"), CASES)
def test_speaker_of_one_quote(markup, speaker, reason):
    """The last quote of the text has the speaker given."""
    assert speakers(markup)[-1] == speaker, reason


def test_who_goes_back_to_the_nearest_people():
    """Not to the adverb and preposition before them, nor to the thing that they belong to."""
    tags = {"sharply": "ADV", "to": "ADP", "of": "ADP", "some": "DET", "a": "DET", "note": "NOUN"}
    for before in ("It spoke sharply to", "It was a note of"):
        markup = f"{before} some fans [source who] [cue feared] [content rain]."
        assert speakers(markup, pos=tags) == [("group", "some fans")]


def test_one_name_has_one_kind():
    """A phrase that came before in the same words is the same source, whatever the layer says."""
    quotes, sources, _ = resolve(
        "[source1 The family] [cue1 said] [content1 it rained]. "
        "[content2 It snowed], [cue2 according to] [source2 the family]. "
        "[source3 Officials] [cue3 said] [content3 it froze]."
    )
    assert quotes[0].speaker == quotes[1].speaker != quotes[2].speaker
    assert len(sources) == 2


def test_group_keeps_its_members_over_a_pronoun():
    """ "they" after "Lee and Ray said" are the same two."""
    quotes, sources, people = resolve(
        "[source [PERSON Ann Lee] and [PERSON Bo Ray]] [cue said] [content it rained]. "
        "[source They] [cue added] [content it snowed]."
    )
    assert quotes[0].speaker == quotes[1].speaker
    (group,) = sources.values()
    assert group.members == tuple(p.id for p in people)


def test_unnamed_spokesman_is_met_again():
    """ "the spokesman" after "a spokesman for the army" is the same unnamed one."""
    quotes, sources, _ = resolve(
        "[source A spokesman for the army] [cue said] [content it rained]. "
        "[source The spokesman] [cue added] [content it snowed]."
    )
    assert len(sources) == 1
    assert quotes[0].speaker == quotes[1].speaker


def test_named_spokesman_nearer_than_an_unnamed_one():
    """ "the spokesman" goes to the last of those who have that role."""
    found = speakers(
        "[source A spokesman for the army] [cue said] [content it rained].\n"
        "[source [PERSON Bo Ray], the spokesman for the navy,] [cue said] [content it snowed]. "
        "[source The spokesman] [cue added] [content it froze]."
    )
    assert found[-1] == ("person", "Bo Ray")


def test_former_president_is_not_the_president():
    """The nearer one is out of office."""
    found = speakers(
        "[PERSON Ann Lee], the president of the club, met former president [PERSON Bo Ray]. "
        "[source The president] [cue said] [content it rained]."
    )
    assert found == [("person", "Ann Lee")]


def test_pronoun_and_nominal_mentions_are_added():
    """What was resolved to a person is a mention of hers, in text order."""
    _, _, people = resolve(
        LEE
        + "[source She] [cue said] [content it rained]. [source The mayor] [cue left] [content x]."
    )
    assert [(m.text, m.form) for m in people[0].mentions] == [
        ("Ann Lee", "name"),
        ("She", "pronoun"),
        ("The mayor", "nominal"),
    ]


def test_quote_that_goes_on():
    """A quote without a source in the next paragraph is the last speaker's."""
    found = speakers(
        "[content “It rained],” [cue said] [source [PERSON Ann Lee]].\n[content “It snowed.]”\n"
    )
    assert found == [("person", "Ann Lee")] * 2


@pytest.mark.parametrize(
    ("phrase", "roles"),
    [
        (
            "The head of the Utopian ministry",
            ["head of Utopia's ministry", "head of the Utopian ministry"],
        ),
        ("The head", ["head of Utopia's ministry"]),
    ],
)
def test_a_nominal_that_repeats_a_role(phrase, roles):
    """In other words it is a role again; a part of it is a mention alone."""
    person = Person(
        "P1",
        "Ann Lee",
        roles=(Role("head of Utopia's ministry", 0, 23),),
        mentions=(Mention(50, 50 + len(phrase), phrase, "nominal"),),
    )
    assert [role.text for role in add_repeated(person).roles] == roles


def test_somebody_without_a_name_is_called_by_the_whole_source():
    """Not "a person" alone, as the network marks the nominal."""
    doc = make_plain_doc("It will close, said a person familiar with the plan.")
    start, end = doc.text.index("a person"), len(doc.text) - 1
    nominal = Mention(start, start + len("a person"), "a person", "nominal")
    entities = Entities((), unnamed=((nominal,),))
    index = make_index(doc, entities, [Span(start, end, doc.text[start:end])])
    assert {r.name for r in index.linked.values()} == {"a person familiar with the plan"}
    assert {r.name for r in make_index(doc, entities).linked.values()} == {"a person"}


def test_two_quotations_in_a_row():
    """The first is the second one's speaker's, not the last paragraph's."""
    markup = (
        RAY + "“[content1 I lost],” [source1 he] [cue1 said].\n\n“[content We need it.]” "
        "“[content2 It is late,]” [source2 [PERSON Ann Lee]] [cue2 said]."
    )
    found = speakers(markup, quotes=find_quotes(make_doc(markup), ())[0])
    assert found == [("person", "Bo Ray"), ("person", "Ann Lee"), ("person", "Ann Lee")]


def test_quote_over_a_paragraph_end():
    """A paragraph that leaves the quotation mark open belongs to the next one's speaker."""
    found = speakers(
        "[PERSON Bo Ray] left.\n[content “It rained.]\n"
        "[content2 “It snowed],” [cue2 said] [source2 [PERSON Ann Lee]]."
    )
    assert found == [("person", "Ann Lee")] * 2


@pytest.mark.parametrize(
    ("source", "between", "speaker"),
    [
        ("[PERSON Ann Lee]", "Some line.\nOther line.\n", ("person", "Ann Lee")),
        ("[PERSON Ann Lee]", "Some line.\n" * 4, None),
        ("Officials", "Some line.\nOther line.\n", None),
    ],
)
def test_quote_after_paragraphs_without_one(source, between, speaker):
    """A person goes on after a paragraph or two; nobody does after many, nor a group."""
    found = speakers(
        f"[content “It rained],” [cue said] [source {source}].\n{between}[content “It snowed.]”"
    )
    assert found[-1] == speaker


def test_quote_after_what_people_think():
    """ "Few expect rain" between two paragraphs of hers is no turn of somebody else."""
    markup = (
        "[content “It rained],” [cue said] [source [PERSON Ann Lee]].\n"
        "[source2 Few owners] [cue2 expect] [content2 rain].\n[content3 “It snowed.]”"
    )
    first, thought, last = make_quotes(make_doc(markup))
    for mode, speaker in (("stance", "Ann Lee"), ("statement", "Few owners")):
        found = speakers(markup, quotes=(first, replace(thought, mode=mode), last))
        assert found[-1][1] == speaker


def test_participle_has_the_speaker_of_its_sentence():
    """ "adding that …" without a source."""
    found = speakers(
        "[source [PERSON Ann Lee]] [cue said] [content it rained], "
        "[cue2 adding] [content2 it snowed]."
    )
    assert found == [("person", "Ann Lee")] * 2


@pytest.mark.parametrize("participle", ["named", "identified only as"])
def test_participles_tell_a_name(participle):
    """ "a man named Ray"."""
    found = speakers(
        f"[source A man {participle} [PERSON Ray]] [cue said] [content it rained].",
        pos={"named": "VERB", "identified": "VERB"},
    )
    assert found == [("person", "Ray")]


@pytest.mark.parametrize(
    ("markup", "speaker", "reason"),
    [
        ("[cue Says] [content it rained].", ("person", "Ann Lee"), "an item of a list"),
        ("[cue Keeps saying] [content it rained].", ("person", "Ann Lee"), "two verbs"),
        ("[cue Asked] [content whether it rained].", None, "a participle, whose subject follows"),
        ("Rains help [PERSON Bo Ray], [cue claims] [content it rained].", None, "not the opening"),
    ],
)
def test_dropped_subject_is_whom_the_article_is_about(markup, speaker, reason):
    """A line that opens with its verb goes on about the person whom the article names most."""
    verbs = {"Says": "VERB", "Keeps": "VERB", "Asked": "VERB", "saying": "VERB", "claims": "VERB"}
    about = "[PERSON Ann Lee] met [PERSON Bo Ray]. [PERSON Lee] left. [PERSON Lee] paid.\n\n"
    assert speakers(about + markup, pos=verbs)[-1] == speaker, reason


def test_dropped_subject_of_two_people_named_alike_often_is_nobody():
    """There is no telling whom the list is about."""
    found = speakers(
        "[PERSON Ann Lee] met [PERSON Bo Ray].\n\n[cue Says] [content it rained].",
        pos={"Says": "VERB"},
    )
    assert found == [None]


@pytest.mark.parametrize(
    ("label", "kind"),
    [("[ORG WALLACE]", "person"), ("WALLACE", "person"), ("FAQ", "document")],
)
def test_capitals_that_open_a_quoted_line_are_a_person(label, kind):
    """A family name, marked or not, with the mark of the quotation before it."""
    found = speakers(
        f"It began.\n\n“[source {label}][cue :] [content It rained.]\n\n"
        f"“[source2 {label}][cue2 :] [content2 It snowed.]”"
    )
    assert [speaker[0] for speaker in found] == [kind, kind]


def test_capitals_that_open_one_line_are_nobody():
    """ "PRICE: 4" is no turn."""
    assert find_people(make_doc("It began.\n\nPRICE: 4"), (), organizations=()) == ()


def test_first_person_outside_quotes_is_the_author():
    """ "I" is who the byline names."""
    blocks = (Block("byline", 0, 10),)
    found = speakers(
        "By [PERSON Ann Lee]\n[source I] [cue believe] [content it rained].", blocks=blocks
    )
    assert found == [("person", "Ann Lee")]
    found = speakers("Of Bath\n[source I] [cue believe] [content it rained].")
    assert found == [("unnamed", "(author)")]


@pytest.mark.parametrize(
    ("below", "name", "reason"),
    [
        ("[PERSON Ann Lee].\n\nIt snowed.\n\n[PERSON Bo Ray]", "Ann Lee", "the first to sign"),
        ("It snowed.\n\n— [PERSON Bo Ray]", "Bo Ray", "a dash before the name"),
        ("[PERSON Ann Lee] is a poet in Bath.", "Ann Lee", "a note at the end"),
        ("[PERSON Ann Lee] is a poet.\n\nIt snowed.", "(author)", "a line in the middle"),
        ("[PERSON Ann Lee]\n\n[PERSON Lee] left.", "(author)", "a heading"),
    ],
)
def test_first_person_without_a_byline_is_who_signs(below, name, reason):
    """ "I" is whose name stands alone below, or opens a note on the author in the last line."""
    found = speakers(f"It fell.\n[source I] [cue believe] [content it rained].\n\n{below}")
    assert found[0][1] == name, reason


def test_a_country_is_no_office_of_like_initials():
    """ "The US" beside a university student is the country."""
    left = "[PERSON Bo Ray], a university student, left."
    found = speakers(f"{left} [source The [LOC US]] [cue said] [content so].")
    assert found == [("place", "US")]


def test_blank_lines_between_paragraphs_take_linear_time():
    """However many there are, one look tells that no quotation runs on."""
    assert not _RUNS_ON.fullmatch("." + "\n" * 100_000 + "x")
    assert _RUNS_ON.fullmatch(".\n\n“")


def test_partners_of_one_name_are_a_firm():
    """ "Johnson & Johnson" is nobody's name."""
    doc = make_doc("[PERSON Johnson] & [PERSON Johnson] met.")
    for token in doc:
        token.pos_ = "PROPN" if token.text == "Johnson" else "CCONJ"
    assert "Johnson & Johnson" in [(e.text) for e in find_spans(doc) if e.label_ == "ORG"]


def test_participle_without_another_quote_has_the_subject_of_its_sentence():
    """The first name with a verb behind it, not one that something belongs to."""
    text = "[PERSON Ann Lee]'s friend, [PERSON Bo Ray], left, [cue saying] [content it rained]."
    assert speakers(text) == [("person", "Bo Ray")]
    assert speakers("A friend of [PERSON Ann Lee], [cue saying] [content it rained].") == [None]


def test_who_before_an_adverbial_is_the_source():
    """ "Who" and the cue may have time and place between them, but no other verb."""
    text = LEE + "He met [PERSON Bo Ray], who in May [cue said] [content it rained]."
    assert speakers(text) == [("person", "Bo Ray")]


def test_a_short_name_in_brackets_does_not_end_a_phrase():
    """ "United Nations (UN) officials" are officials; the United Nations (UN) are themselves."""
    found = speakers(
        "[source [ORG Fish Union] ([ORG FU]) officials] [cue said] [content it rained]."
    )
    assert found == [("group", "Fish Union (FU) officials")]
    found = speakers("[source The [ORG Fish Union] ([ORG FU])] [cue said] [content it rained].")
    assert found == [("organization", "Fish Union")]


def test_source_lists_its_quotes():
    """Ids run over the article, and a source knows its quotes."""
    quotes, sources, _ = resolve(
        LEE
        + "[source [PERSON Lee]] [cue said] [content it rained]. "
        + "[source She] [cue added] [content it snowed]."
    )
    assert [q.id for q in quotes] == ["Q1", "Q2"]
    assert sources["S1"].quotes == ("Q1", "Q2")


def test_a_thousand_sourceless_quotes():
    """Long runs end, and do not recurse."""
    doc = make_doc("“a\n" * 1000)
    quotes = tuple(
        Quote(
            f"Q{i}", "direct", "statement", (Span(3 * i + 1, 3 * i + 2, "a"),), None, None,
            Context(3 * i, 3 * i + 2),
        )
        for i in range(1000)
    )  # fmt: skip
    found, sources = resolve_sources(read_page(doc, quotes), (), quotes=quotes, entities=Entities())
    assert len(found) == 1000
    assert sources == ()


@given(articles())
@settings(max_examples=30)
def test_any_text_is_accepted(text):
    """Every third token a name, every fifth a source: nothing is raised."""
    doc = make_plain_doc(text)
    doc.ents = [doc.char_span(t.idx, t.idx + len(t), label="PERSON") for t in doc if t.i % 3 == 0]
    quotes = tuple(
        Quote(
            f"Q{t.i}", "indirect", "statement", (Span(t.idx, t.idx + len(t), t.text),), None,
            Span(t.idx, t.idx + len(t), t.text), Context(t.idx, t.idx + len(t)),
        )
        for t in doc
        if t.i % 5 == 0
    )  # fmt: skip
    people = find_people(doc, (), organizations=())
    found, sources = resolve_sources(
        read_page(doc, quotes), (), quotes=quotes, entities=Entities(people)
    )
    assert {q.speaker for q in found} <= {s.id for s in sources} | {None}
    assert all(doc.text[m.start : m.end] == m.text for p in people for m in p.mentions)


def test_first_person_inside_a_quote_is_whoever_says_it():
    """ "“We asked for rest,” Ann Lee said": what is asked for is hers, though she comes later."""
    found = speakers(
        "“[content2 [source1 We] [cue1 asked for] [content1 rest]],” "
        "[source2 [PERSON Ann Lee]] [cue2 said]."
    )
    assert found == [("person", "Ann Lee"), ("person", "Ann Lee")]
    assert speakers("[source We] [cue asked for] [content rest].") == [("group", "We")]


def test_my_report_inside_a_quote_is_whoever_says_it():
    """ "“My report found that it rained,” Ann Lee said": the report is hers."""
    found = speakers(
        "“[content2 [source1 My report] [cue1 found] [content1 that it rained]],” "
        "[source2 [PERSON Ann Lee]] [cue2 said]."
    )
    assert found == [("person", "Ann Lee"), ("person", "Ann Lee")]
