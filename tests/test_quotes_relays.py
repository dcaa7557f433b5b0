"""Attribution inside attribution: who hands a quote on, and quotes in quotes."""

import pytest
from test_speakers import resolve

from newsextract.records import Context, Quote, Span
from newsextract.stages.quotes.nesting import find_enclosing


def read(markup):
    """Return speaker's and medium's name, and the quote around it, of each quote."""
    quotes, sources, _ = resolve(markup)

    def name(id_):
        return sources[id_].name if id_ else None

    return [(name(q.speaker), name(q.via), q.in_quote) for q in quotes]


def test_medium_that_cites_a_spokesman():
    """The spokesman speaks, the medium hands on; with the medium as source or the spokesman."""
    whole = "[content “It rained],” {} [ORG Politico]{}, {} {}a spokesman for the army{}."
    by_medium = whole.format("[cue reports] [source", "]", "citing", "", "")
    by_spokesman = whole.format("reports", "", "[cue citing]", "[source ", "]")
    for markup in (by_medium, by_spokesman):
        assert read(markup) == [("a spokesman for the army", "Politico", None)]


def test_what_is_cited_ends_before_as_saying():
    """ "Citing an aide as saying …" cites the aide; "men such as bakers" is one phrase."""
    markup = "[content “It rained”,] [cue reports] [source [ORG Politico]], citing {}."
    assert read(markup.format("an aide as saying so")) == [("an aide", "Politico", None)]
    bakers = "men such as bakers"
    assert read(markup.format(bakers)) == [(bakers, "Politico", None)]


def test_body_that_cites_a_document_speaks_itself():
    """ "the Fish Agency said, citing a report": the agency."""
    assert read("[content It rained], [source [ORG Fish Agency]] [cue said], citing a report.") == [
        ("Fish Agency", None, None)
    ]


def test_person_who_cites_is_no_medium():
    """ "Ann Lee said, citing an aide"."""
    assert read("[content It rained], [source [PERSON Ann Lee]] [cue said], citing an aide.") == [
        ("Ann Lee", None, None)
    ]


def test_what_belongs_to_a_person_is_no_source_that_is_cited():
    """ "The union praised Ann Lee, citing her report": the union."""
    assert read(
        "[PERSON Ann Lee] left. [source The [ORG Fish Union]] [cue praised] [content her], citing "
        "her report."
    ) == [("Fish Union", None, None)]


def test_who_is_cited_does_not_speak_for_a_named_source():
    """Two sources in one sentence: what the first says is not relayed."""
    found = read(
        "[source [PERSON Ann Lee]] [cue said] [content it rained], and [ORG Reuters] said, citing "
        "the [ORG Fish Union], it snowed."
    )
    assert found == [("Ann Lee", None, None)]


@pytest.mark.parametrize("verb", ["reported", "has reported", "also reported"])
def test_medium_that_closes_the_sentence(verb):
    """ "Lee told Ray that …, Reuters reported": Lee via Reuters."""
    assert read(
        "[source [PERSON Ann Lee]] [cue told] [PERSON Bo Ray] [content it rained], "
        f"[ORG Reuters] {verb}."
    ) == [("Ann Lee", "Reuters", None)]


def test_addressee_is_no_medium():
    """ "Ann Lee told Reuters that …"."""
    assert read("[source [PERSON Ann Lee]] [cue told] [ORG Reuters] [content it rained].") == [
        ("Ann Lee", None, None)
    ]


def test_medium_that_reports_what_somebody_said():
    """The outer quote is the medium's, which relays the inner one."""
    assert read(
        "[content2 [source [PERSON Ann Lee]] [cue said] [content it rained]], "
        "[source2 [ORG Reuters]] [cue2 reported]."
    ) == [("Reuters", None, None), ("Ann Lee", "Reuters", "Q1")]


def test_person_who_tells_what_another_said_keeps_both():
    """The inner quote stands inside the outer one."""
    assert read(
        "[source2 [PERSON Bo Ray]] [cue2 said] [content2 [source [PERSON Ann Lee]] [cue told] "
        "him [content it rained]]."
    ) == [("Bo Ray", None, None), ("Ann Lee", None, "Q1")]


def test_cited_is_not_cited_by():
    """ "Ann Lee cited the Navy and said": it relays nothing."""
    assert read("[source [PERSON Ann Lee]] cited the [ORG Navy] and [cue said] [content so].") == [
        ("Ann Lee", None, None)
    ]


def test_two_quotes_of_one_content_are_inside_the_same():
    """ "Reuters reported that the ministry said, and officials confirmed, that it rained"."""
    quotes = [
        make_quote("Q1", 0, 60), make_quote("Q2", 40, 60), make_quote("Q3", 40, 60),
    ]  # fmt: skip
    assert find_enclosing(quotes) == [None, 0, 0]


def make_quote(id_: str, start: int, end: int) -> Quote:
    """Return an indirect quote without cue and source."""
    content = (Span(start, end, "x" * (end - start)),)
    return Quote(id_, "indirect", "statement", content, None, None, Context(0, 60))


def test_quoted_by():
    """ "Ann Lee, quoted by Reuters, said"."""
    assert read(
        "[source [PERSON Ann Lee]], quoted by [ORG Reuters], [cue said] [content it rained]."
    ) == [("Ann Lee", "Reuters", None)]
