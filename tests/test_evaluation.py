"""Figures against gold, on articles small enough to count by hand."""

from __future__ import annotations

import math

import pytest

from newsextract.errors import InputError
from newsextract.evaluation import (
    articles,
    coreference,
    dates,
    entities,
    layout,
    people,
    places,
    press,
    quotes,
    speakers,
)
from newsextract.evaluation.gold import article_of, check_offsets, read_gold, tally_articles
from newsextract.evaluation.names import fold_name, telling_words
from newsextract.evaluation.relations import pair
from newsextract.evaluation.spans import join, trim, word_starts
from newsextract.evaluation.tables import error_listing, figures_of
from newsextract.evaluation.tally import Error, add_up
from newsextract.evaluation.tasks import TASKS, tasks_of
from newsextract.records import (
    Block,
    Context,
    Date,
    Extraction,
    Mention,
    Organization,
    Person,
    Place,
    Quote,
    Role,
    Source,
    Span,
)

TEXT = 'Ann Lee said the port will grow. "It is time," Bo Day told Reuters. Critics doubt it.'


def at(words):
    """Return the offsets of ``words`` in :data:`TEXT`."""
    start = TEXT.index(words)
    return [start, start + len(words)]


def span(words):
    """Return ``words`` of :data:`TEXT` as a span."""
    return Span(*at(words), words)


def mention(words, form="name"):
    """Return ``words`` of :data:`TEXT` as a mention."""
    return Mention(*at(words), words, form)


def quote(id, content, cue, source, **fields):
    """Return a quote of the words given."""
    parts = [span(words) if words else None for words in (cue, source)]
    values = {"kind": "indirect", "mode": "statement", **fields}
    return Quote(id=id, content=(span(content),), cue=parts[0], source=parts[1],
                 context=Context(0, 1), **values)  # fmt: skip


def values(measures, tally):
    """Return the figures by name, rounded to two places."""
    return {figure.name: round(figure.value, 2) for figure in figures_of(measures, tally)}


def test_entities_by_hand():
    """One of two people and the one organization found, a facility and a pronoun not counted."""
    gold = {
        "id": "a",
        "text": TEXT,
        "entities": [[*at("Ann Lee"), "Person"], [*at("Bo Day"), "Person"],
                     [*at("Reuters"), "Organization"], [*at("port"), "Facility"]],
    }  # fmt: skip
    record = Extraction(
        "a",
        people=(Person("P1", "Ann Lee", mentions=(mention("Ann Lee"), mention("It", "pronoun"))),),
        organizations=(Organization("O1", "R", mentions=(mention("Reuters"), mention("Critics"))),),
        places=(Place("L1", "port", kind="facility", mentions=(mention("port"),)),),
    )
    tally = entities.tally(gold, record)
    # person: P 1/1, R 1/2; organization: P 1/2, R 1/1; micro: 2 hits, 1 extra, 1 missed.
    assert values(entities.MEASURES, tally) == {
        "person": 66.67, "place": 0.0, "organization": 66.67, "micro": 66.67,
    }  # fmt: skip
    assert [e.group for e in tally.errors] == ["missed person", "extra organization"]


GOLD_QUOTES = {
    "id": "a",
    "text": TEXT,
    "title": "Ann Lee said",
    "attributions": [
        {"source": [at("Ann Lee")], "cue": [at("said")], "content": [at("the port will grow")]},
        {"source": [at("Bo Day")], "cue": [at("told")], "content": [at('"It is time,"')]},
        {"source": [at("Critics")], "cue": [at("doubt")], "content": [at("it.")]},
    ],
    "resolved": {
        "1": {"kind": "person", "name": "Ann Lee"},
        "2": {"kind": "person", "name": "Bo Day"},
        "3": {"kind": "group", "name": "critics of the port"},
    },
}
FOUND_QUOTES = Extraction(
    "a",
    quotes=(
        quote("Q1", "the port will grow", "said", "Ann Lee", speaker="S1"),
        quote("Q2", "It is time", "told", "Reuters", speaker="S1"),
        quote("Q3", "time", "told", "Bo Day", in_quote="Q2"),
    ),
    sources=(Source("S1", "person", "Ms. Ann Lee"),),
)


def test_quotes_by_hand():
    """Two of three contents exact whatever the marks, one of them with the wrong source."""
    tally = quotes.tally(GOLD_QUOTES, FOUND_QUOTES)
    # content, cue: P 2/2, R 2/3; source: P 1/2, R 1/3; words: 7 of 8 wanted, none extra.
    assert values(quotes.MEASURES, tally) == {
        "source": 40.0,
        "cue": 80.0,
        "content": 80.0,
        "content tokens": 93.33,
        "relation": 40.0,
        "relation overlap": 40.0,
    }
    assert [(e.group, e.detail) for e in tally.errors] == [("missed", ("it",))]


def test_evaluated_attributions_only():
    """Where a gold article lists the attributions that count, the others are no misses."""
    tally = quotes.tally({**GOLD_QUOTES, "evaluated": [1]}, FOUND_QUOTES)
    assert tally.counts["content fn"] == 0
    assert tally.counts["content fp"] == 1


def test_speakers_by_hand():
    """Two of three contents found, one of their speakers right."""
    tally = speakers.tally(GOLD_QUOTES, FOUND_QUOTES)
    assert values(speakers.MEASURES, tally) == {
        "speaker accuracy": 50.0,
        "named speaker accuracy": 50.0,
        "expressed speaker accuracy": 50.0,
        "kind accuracy": 100.0,
        "end to end": 33.33,
        "attributions": 3,
    }


@pytest.mark.parametrize(
    ("want", "have", "same", "why"),
    [
        (("person", "Ann Lee"), ("person", "Gov. Ann Lée"), True, "titles and accents are folded"),
        (("person", "Ann Lee"), ("person", "Lee"), False, "a surname alone is another name"),
        (("person", "Ann Lee"), ("unnamed", "Ann Lee"), False, "a person stays a person"),
        (("organization", "the BBC"), ("organization", "BBC"), True, "articles do not count"),
        (("organization", "BBC News"), ("document", "BBC"), True, "all words of one in the other"),
        (("organization", "BBC"), ("person", "BBC"), False, "an organization is nobody"),
        (("group", "two officials"), ("unnamed", "officials"), True, "one telling word in common"),
        (("group", "the officials"), ("group", "the critics"), False, "articles tell nothing"),
        (("organization", "RNZ"), ("organization", "Radio", ("R.N.Z.",)), True, "by an alias"),
        (("none", None), ("none", ""), True, "nobody is right where there is nobody"),
        (("none", None), ("group", "officials"), False, "and somebody wrong"),
    ],
)
def test_same_speaker(want, have, same, why):
    """When a speaker counts as the one wanted."""
    kind, name = want
    assert speakers.same_speaker({"kind": kind, "name": name}, speakers.Speaker(*have)) is same, why


def test_press_by_hand():
    """The outer quote is found with its speaker, the inner one with another; a pronoun is hers."""
    gold = {
        "id": "a", "text": TEXT, "boilerplate": [],
        "people": [
            {"name": "Ann Lee", "names": [at("Ann Lee")], "roles": [], "nominals": [],
             "pronouns": [at("it")]},
        ],
        "quotes": [
            {"content": [at("the port will grow")], "cue": at("said"), "source": at("Ann Lee"),
             "speaker": {"kind": "person", "name": "Ann Lee"}},
            {"content": [at("will grow")], "cue": None, "source": None,
             "speaker": {"kind": "person", "name": "Bo Day"}},
            {"content": [at("doubt")], "cue": None, "source": None,
             "speaker": {"kind": "none", "name": None}},
        ],
    }  # fmt: skip
    record = Extraction(
        "a",
        people=(Person("P1", "Ann Lee", mentions=(mention("Ann Lee"), mention("Bo Day"))),),
        quotes=(
            quote("Q1", "the port will grow", "said", "Ann Lee", speaker="S1"),
            quote("Q2", "will grow", None, None, speaker="S1", in_quote="Q1"),
        ),
        sources=(Source("S1", "person", "Ann Lee"),),
    )
    found = values(press.MEASURES, press.tally(gold, record))
    # quotes: P 2/2, R 2/3; said: P 1/2, R 1/3; names: P 1/2, R 1/1.
    assert {name: found[name] for name in ("quotes", "said", "names", "pronouns")} == {
        "quotes": 80.0, "said": 40.0, "names": 66.67, "pronouns": 0.0,
    }  # fmt: skip
    assert (found["nested quotes found"], found["speaker accuracy"]) == (100.0, 50.0)
    assert [right for _, right in press.judge_quotes(gold, record)] == [True, True]


def test_people_by_hand():
    """One of two people; of her two roles one by word overlap, and one too much."""
    gold = {
        "id": "a",
        "people": [{"name": "Ann Lee", "roles": ["mayor of Nore", "engineer"]},
                   {"name": "Bo Day", "roles": []}],
    }  # fmt: skip
    roles = (Role("Nore mayor", 0, 1), Role("chair", 0, 1))
    tally = people.tally(gold, Extraction("a", people=(Person("P1", "ANN LEE", roles=roles),)))
    assert values(people.MEASURES, tally) == {"people": 66.67, "roles": 50.0}


def test_headline_by_hand():
    """The first line counts where the corpus gives it as the title."""
    gold = {"id": "a", "text": "Port to grow\n\nNore.", "title": "Port to Grow"}
    right = Extraction("a", layout=(Block("headline", 0, 12),))
    wrong = Extraction("a", layout=(Block("headline", 14, 19), Block("paragraph", 0, 12)))
    assert values(layout.MEASURES, layout.tally(gold, right)) == {"headline": 100.0}
    assert values(layout.MEASURES, layout.tally(gold, wrong)) == {"headline": 0.0}
    untitled = layout.tally({**gold, "title": "Another title"}, wrong)
    assert not untitled.counts


def timex(start, end, type, value):
    """Return a gold time expression."""
    return {"start": start, "end": end, "type": type, "value": value, "text": "x"}


def test_dates_by_hand():
    """Of three expressions one exact, one overlapping with another type, one missed."""
    gold = {
        "id": "a",
        "text": TEXT,
        "timexes": [timex(0, 6, "DATE", "2024"), timex(10, 20, "DURATION", "P1DE"),
                    timex(30, 34, "DATE", "2023")],
    }  # fmt: skip
    found = (
        Date("T1", 0, 6, "x", "DATE", "2024"),
        Date("T2", 12, 20, "x", "DATE", "P10Y"),
        Date("T3", 50, 54, "x", "DATE", "2022"),
        Date("T4", 60, 64, "x", "DATE", "2022"),
    )
    tally = dates.tally(gold, Extraction("a", dates=found))
    # strict: 1 of 4 and 3; relaxed: 2; type: 1; value: 2 (a decade is ten years).
    assert values(dates.MEASURES, tally) == {
        "strict": 28.57, "relaxed": 57.14, "type": 28.57, "value": 57.14,
    }  # fmt: skip
    assert sorted(e.group for e in tally.errors) == ["extra", "extra", "missed"]


@pytest.mark.parametrize(
    ("want", "have", "same", "why"),
    [
        ("2024-08-14", "2024-08-14", True, "identical"),
        ("P1DE", "P10Y", True, "a decade is ten years"),
        ("P2CE", "P200Y", True, "two centuries are two hundred"),
        ("XXXX-XX-XX", "XXXX-WXX-5", True, "a day not known fits any"),
        ("XXXX-WXX-5", "XXXX-XX-XX", False, "a known weekday is asked for"),
        ("2024", None, False, "no value is wrong"),
        (None, None, True, "both have none"),
        ("P1D", "PT24H", False, "other units are other values"),
    ],
)
def test_same_value(want, have, same, why):
    """When two TIMEX3 values count as the same."""
    assert dates.same_value(want, have) is same, why


def test_places_by_hand():
    """Of three toponyms with coordinates one near, one far, one not found."""
    gold = {
        "id": "a",
        "text": TEXT,
        "toponyms": [
            {"start": 0, "end": 3, "text": "A", "lat": 51.0, "lon": 0.0},
            {"start": 5, "end": 8, "text": "B", "lat": 10.0, "lon": 10.0},
            {"start": 20, "end": 24, "text": "C", "lat": 1.0, "lon": 1.0},
            {"start": 30, "end": 34, "text": "D"},
        ],
    }
    found = (
        Place("L1", "A", mentions=(Mention(0, 3, "x"),), latitude=52.0, longitude=0.0),
        Place("L2", "B", mentions=(Mention(4, 8, "x"),), latitude=20.0, longitude=10.0),
        Place("L3", "D", mentions=(Mention(30, 34, "x", "adjective"),)),
        Place("L4", "E", mentions=(Mention(40, 44, "x", "nominal"),)),
    )
    tally = places.tally(gold, Extraction("a", places=found))
    assert values(places.MEASURES, tally) == {
        "recognition": 57.14,
        "accuracy@161km of found": 50.0,
        "accuracy@161km of all": 33.33,
        "accuracy@161km of answered": 50.0,
        "answered share of found": 100.0,
        "median km": 1111.95,
        "gold": 3,
    }


def test_median_of_nothing():
    """Where nothing was answered there is no median."""
    tally = places.tally({"id": "a", "text": "", "toponyms": []}, Extraction("a"))
    figures = {figure.name: figure.value for figure in figures_of(places.MEASURES, tally)}
    assert math.isnan(figures["median km"])


def test_articles_by_hand():
    """Statements, speakers and the rest of one article; a stance of ours is not counted."""
    gold = {
        "id": "a",
        "text": TEXT,
        "headline": None,
        "dateline": None,
        "people": [{"name": "Ann Lee", "roles": []}],
        "dates": [],
        "quotes": [
            {"content": ["the port will grow"], "type": "indirect", "via": None,
             "speaker": {"kind": "person", "name": "Ann Lee"}},
            {"content": ["It is time,"], "type": "direct", "via": "Reuters",
             "speaker": {"kind": "person", "name": "Bo Day"}},
        ],
    }  # fmt: skip
    record = Extraction(
        "a",
        people=(Person("P1", "Ann Lee"),),
        quotes=(
            quote("Q1", "the port will grow", "said", "Ann Lee", speaker="S1"),
            quote("Q2", "It is time", "told", "Bo Day", speaker="S1", via="S2"),
            quote("Q3", "it", "doubt", "Critics", mode="stance"),
        ),
        sources=(Source("S1", "person", "Ann Lee"), Source("S2", "organization", "Reuters")),
    )
    figures = values(articles.MEASURES, articles.tally(gold, record))
    assert figures["statements"] == figures["people"] == figures["via accuracy"] == 100.0
    assert figures["direct recall"] == figures["indirect recall"] == 100.0
    assert figures["mixed recall"] == 0.0
    assert figures["speaker accuracy"] == 50.0


@pytest.mark.parametrize(
    ("written", "trimmed", "why"),
    [
        ("“It is time,”", "It is time", "marks and a comma"),
        (" — yes. ", "yes", "dashes and spaces"),
        ("(aside)", "(aside)", "brackets stay"),
        ("…", "", "nothing is left"),
    ],
)
def test_trim(written, trimmed, why):
    """Edges do not decide a match."""
    start, end = trim(written, 0, len(written))
    assert written[start:end] == trimmed, why


def test_join():
    """Parts with no word between them are one; parts with a word between them stay two."""
    text = '"One," "two" she said "three"'
    parts = [(0, 6), (7, 12), (22, 29)]
    assert [text[s:e] for s, e in join(text, parts)] == ['One," "two', "three"]
    assert word_starts(text, join(text, parts)) == {1, 8, 23}
    assert join(text, [(1, 20), (8, 11)]) == ((1, 20),), "a part inside another"


def test_pair_is_greedy_and_one_to_one():
    """The largest overlap is taken first, and nothing twice."""
    gold = [frozenset({1, 2, 3, 4}), frozenset({4, 5})]
    found = [frozenset({1, 2, 3, 4, 5})]
    assert pair(gold, found, least=0.3) == [(0, 0)]
    assert pair(gold, found, least=0.9) == []


@pytest.mark.parametrize(
    ("name", "folded"),
    [("The Governor", "governor"), ("Mr. Kasčiūnas's", "kasciunas"), (None, ""), ("Dr Lee", "lee")],
)
def test_fold_name(name, folded):
    """A leading title, accents and a possessive do not make another name."""
    assert fold_name(name) == folded


def test_telling_words():
    """Articles and prepositions carry no match."""
    assert telling_words("the Mayor of Nore’s") == {"mayor", "nore"}


def test_tasks_of_a_gold_file():
    """The fields of a gold article say which tasks it is for."""
    assert [t.name for t in tasks_of({"entities": []})] == ["entities"]
    whole = {"quotes": [], "people": [], "dates": []}
    assert [t.name for t in tasks_of(whole)] == ["articles"]
    assert [t.name for t in tasks_of(GOLD_QUOTES)] == ["quotes", "speakers", "layout"]
    assert tasks_of({"text": ""}) == ()


def test_gold_without_a_record(sample):
    """An article that has no record is misuse, not a miss."""
    task = next(task for task in TASKS if task.name == "quotes")
    with pytest.raises(InputError, match="'a'"):
        tally_articles(task, [GOLD_QUOTES], {"b": sample})


def test_an_id_may_be_a_number(tmp_path):
    """A record's id is its text, and so is that of a gold article."""
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": 7, "text": "x"}\n', encoding="utf8")
    (gold,) = read_gold(path)
    assert (gold["id"], article_of(gold).id) == ("7", "7")


def test_offsets_are_checked(sample):
    """A record whose offsets point elsewhere is refused."""
    check_offsets(sample.text, sample)
    with pytest.raises(InputError, match="does not give"):
        check_offsets(" " + sample.text, sample)


def test_broken_gold(tmp_path):
    """A line that is not JSON, or lacks a field, is named by its number."""
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "text": "x"}\n{"id": "b"}\n', encoding="utf8")
    with pytest.raises(InputError, match="line 2: no field 'text'"):
        read_gold(path)
    path.write_text("\n[1", encoding="utf8")
    with pytest.raises(InputError, match="line 2: not JSON"):
        read_gold(path)
    path.write_text("[" * 100_000, encoding="utf8")
    with pytest.raises(InputError, match="line 1: unreadable JSON: nested too deep"):
        read_gold(path)
    with pytest.raises(InputError, match="missing"):
        read_gold(tmp_path / "missing.jsonl")


def test_adding_up():
    """The counts of several articles are the counts of one large one."""
    tally = quotes.tally(GOLD_QUOTES, FOUND_QUOTES)
    total = add_up([tally, tally])
    assert total.counts["content tp"] == 2 * tally.counts["content tp"]
    assert values(quotes.MEASURES, total) == values(quotes.MEASURES, tally)


def test_error_listing_is_grouped():
    """The largest group comes first; of each, a few examples spread over the corpus."""
    errors = [Error(str(i), "missed", ("x",)) for i in range(10)] + [Error("b", "extra", ("y\nz",))]
    lines = list(error_listing(errors, most=2))
    assert lines == [
        "  missed: 10", "    0: x", "    5: x", "  extra: 1", "    b: y z",
    ]  # fmt: skip


def _record_of(text: str, *people: tuple[str, list[tuple[int, int]]]) -> Extraction:
    persons = tuple(
        Person(f"P{n}", name, mentions=tuple(Mention(a, b, text[a:b]) for a, b in spans))
        for n, (name, spans) in enumerate(people, 1)
    )
    return Extraction("1", people=persons, text=text)


def test_a_pronoun_of_gap_is_right_with_the_right_name_alone() -> None:
    """It counts for the name that shares its person, and both names decide the example."""
    text = "Ann Lee met Bea Ray before she left."
    gold = {
        "id": "g", "text": text, "Pronoun": "she", "Pronoun-offset": "27", "A": "Ann Lee",
        "A-offset": "0", "A-coref": "TRUE", "B": "Bea Ray", "B-offset": "12", "B-coref": "FALSE",
    }  # fmt: skip
    right = coreference.tally_gap(gold, _record_of(text, ("Ann Lee", [(0, 7), (27, 30)])))
    wrong = coreference.tally_gap(gold, _record_of(text, ("Bea Ray", [(12, 19), (27, 30)])))
    assert (right.counts["pronouns tp"], right.counts["examples right"]) == (1, 1)
    assert (wrong.counts["pronouns tp"], wrong.counts["pronouns fp"]) == (0, 1)
    assert wrong.counts["feminine fn"] == 1
    assert wrong.counts["examples right"] == 0


def test_links_of_chains_count_as_in_muc() -> None:
    """A chain of three in two parts has one link of two; a name stands for the phrase around it."""
    tokens = ["Mayor", "Ann", "Lee", "said", "she", "lost", "her", "hat", "."]
    text, places = coreference.join_tokens(tokens)
    assert text == "Mayor Ann Lee said she lost her hat."
    gold = {"id": "g", "text": text, "tokens": tokens, "clusters": [[[0, 3], [4, 5], [6, 7]]]}
    name, she, her = (places[1][0], places[2][1]), places[4], places[6]
    tally = coreference.tally_chains(gold, _record_of(text, ("Ann Lee", [name, she])))
    assert [tally.counts[f"links (MUC) {part}"] for part in ("tp", "fp", "fn")] == [1, 0, 1]
    apart = _record_of(text, ("Ann Lee", [name, she]), ("Bo", [her]))
    assert coreference.tally_chains(gold, apart).counts["links (MUC) tp"] == 1
