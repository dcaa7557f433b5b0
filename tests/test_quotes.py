"""From marked spans to quotes: kinds, modes, edges, and what is left out."""

import pytest
from spacy.tokens import Doc

from newsextract.records import Block
from newsextract.stages.quotes import find_quotes
from tests.helpers import make_doc


def first(markup: str):  # type: ignore[no-untyped-def]
    return find_quotes(make_doc(markup), ())[0][0]


@pytest.mark.parametrize(
    ("markup", "kind", "content"),
    [
        ("“[content We won,]” [cue said] [source Ann Lee].", "direct", "We won,"),
        ("[source Ann Lee] [cue said] [content that “we won”].", "mixed", "that “we won”"),
        (
            "[source Ann Lee] [cue said] [content it was a “small” win].",
            "mixed",
            "it was a “small” win",
        ),
        ("[source Ann Lee] [cue hails] [content ‘mad’ demand].", "mixed", "‘mad’ demand"),
        ("[source Ann Lee] [cue said] [content it rained].", "indirect", "it rained"),
    ],
)
def test_kinds(markup: str, kind: str, content: str) -> None:
    """All words in marks, some, or none; outer marks stand outside the content."""
    quote = first(markup)
    assert (quote.kind, quote.content[0].text) == (kind, content)


@pytest.mark.parametrize(
    ("cue", "mode"),
    [("said", "statement"), ("believes", "stance"), ("wants", "stance"), ("warned", "statement")],
)
def test_modes(cue: str, mode: str) -> None:
    """Beliefs and wishes are stances, words are statements."""
    assert first(f"[source Ann Lee] [cue {cue}] [content it rained].").mode == mode


def test_a_clause_that_the_source_holds_up() -> None:
    """What the source said comes after it where the words before only open the clause."""
    quote = first(
        "[content The north, where], [cue according to] [source Ann Lee], two towns were lost."
    )
    assert quote.content[0].text == "two towns were lost"


def test_clause_beside_what_it_interrupts_is_the_content():
    """The words before the cue that only open the clause are the reporter's."""
    quote = first(
        "[content The north, where], [cue according to] [source Ann Lee], "
        "[content two towns were lost]."
    )
    assert [part.text for part in quote.content] == ["two towns were lost"]
    quote = first(
        "[content It is worse in the north], where, [cue according to] [source Ann Lee], "
        "[content two towns were lost]."
    )
    assert [part.text for part in quote.content] == ["two towns were lost"]
    quote = first("[content The north], [cue said] [source Ann Lee], [content was lost].")
    assert [part.text for part in quote.content] == ["The north", "was lost"]


def test_a_clause_before_its_source_stays() -> None:
    """A whole clause before the source is the content, whatever follows."""
    quote = first("[content The north was lost], [cue according to] [source Ann Lee], on Friday.")
    assert quote.content[0].text == "The north was lost"


@pytest.mark.parametrize(
    ("opening", "source"), [("Among voters", "[PERSON Ann Lee]"), ("The bridge", "he")]
)
def test_what_is_no_apposition_is_content(opening: str, source: str) -> None:
    """A preposition begins none, and a pronoun has none."""
    quote = first(f"[content1 {opening}], [source1 {source}] [cue1 says] [content1 it leads].")
    assert [part.text for part in quote.content] == [opening, "it leads"]


def test_a_clause_before_the_source_is_content() -> None:
    """Content may stand before the name and after the cue."""
    quote = first(
        "[content1 The bridge is closed], [source1 Ann Lee] [cue1 said], [content1 and stays so]."
    )
    assert [part.text for part in quote.content] == ["The bridge is closed", "and stays so"]


def test_a_phrase_that_the_clause_goes_on_from_is_content() -> None:
    """A comma after the cue takes up the clause that the name interrupts."""
    quote = first(
        "[content1 The old bridge], [source1 Ann Lee] [cue1 said], [content1 will stay closed]."
    )
    assert [part.text for part in quote.content] == ["The old bridge", "will stay closed"]


def test_a_word_before_a_whole_quotation_is_the_speakers() -> None:
    """ "But" opens what was said."""
    quote = first('[content1 But], [source1 Ann Lee] [cue1 said], [content1 "It rains"].')
    assert [part.text for part in quote.content] == ["But", "It rains"]


def test_a_clause_goes_on_behind_odd_white_space() -> None:
    """A comma, and a space that does not break, between the cue and what goes on."""
    quote = first(
        "[content1 Bo Ray], [source1 Ann Lee] [cue1 said],\u00a0 [content1 has won the cup]."
    )
    assert [part.text for part in quote.content] == ["Bo Ray", "has won the cup"]


def test_content_without_a_cue_opens_in_marks_of_any_kind() -> None:
    """Two apostrophes are a mark too."""
    assert first("It rained.\n\n[content ''It pours and pours.'']").content


def test_a_subject_before_a_quotation_is_the_speakers() -> None:
    """Marks that open with a small letter go on with a sentence."""
    quote = first('[content1 These roads], [source1 Ann Lee] [cue1 said], [content1 "lead on"].')
    assert (quote.kind, len(quote.content)) == ("mixed", 2)


def test_a_later_sentence_outside_of_marks_is_the_reporters() -> None:
    """What was said goes on over a sentence's end in quotation marks alone."""
    said = "[source1 Ann Lee] [cue1 said] [content1 it rains]. "
    plain = first(said + "[content1 The bridge is closed].")
    marked = first(said + "[content1 “The bridge is closed.]”")
    assert [part.text for part in plain.content] == ["it rains"]
    assert [part.text for part in marked.content] == ["it rains", "The bridge is closed."]
    inside = first("[source1 Ann Lee] [cue1 said] “[content1 It rains]. Now [content1 it pours].”")
    assert [part.text for part in inside.content] == ["It rains", "it pours"]
    storm = "“[content1 It rains],” [source1 she] [cue1 said] [content1 of the storm that came]."
    assert [part.text for part in first(storm).content] == ["It rains,"]
    goes_on = "“[content1 It rains],” [source1 she] [cue1 said], [content1 but “not for long].”"
    assert [part.text for part in first(goes_on).content] == ["It rains,", "but “not for long"]


def test_a_source_ends_before_its_comma() -> None:
    """The comma that closes an apposition is no part of the source."""
    quote = first("[source Ann Lee, a baker,] [cue said] [content it rained].")
    assert quote.source.text == "Ann Lee, a baker"


def test_a_source_has_no_hyphen_before_it() -> None:
    """Half a word that was lost before it leaves one; inside a word it stays."""
    assert first("[cue said] [source -Mayor Ann Lee] [content it rained].").source.text[0] == "M"
    assert first("[cue said] [source co-pilot Lee] [content it rained].").source.text[0] == "c"


def test_a_part_in_another_sentence_is_left_to_the_cue_there() -> None:
    """One that no cue there claims stays."""
    ask = "[source1 Oslo] [cue1 asked] the firm [content1 to sail]."
    doc = make_doc(f"{ask} [source2 Bergen] [cue2 wants] [content2 a boat].")
    share(doc, cue=1, content=0)
    assert contents(doc) == [["to sail"], ["a boat"]]
    doc = make_doc("[content1 It rains]. [content1 It pours], [source1 Ann Lee] [cue1 said].")
    assert contents(doc) == [["It rains", "It pours"]]


def test_a_quotation_that_a_cue_has_is_not_there_without_one() -> None:
    """One that no cue has is."""
    doc = make_doc("[content1 “It rains]”, [source1 Ann Lee] [cue1 said].")
    share(doc, cue=-1, content=0)
    assert contents(doc) == [["It rains"]]
    doc = make_doc("[content1 “It rains]”, [source1 Ann Lee] [cue1 said]. [content “It pours.]”")
    assert contents(doc) == [["It rains"], ["It pours."]]


def test_what_is_before_a_cue_with_a_colon() -> None:
    """It is another's, but for what stands in the cue's own sentence."""
    after = "[source1 Ann Lee] [cue1 added]: [content1 “It pours.]”"
    assert contents(make_doc(f"[content1 “It rains.”] {after}")) == [["It pours."]]
    assert contents(make_doc(f"[content1 “It rains,”] {after}")) == [["It rains,", "It pours."]]


def test_following_quotations_stand_in_text_order() -> None:
    """One that the encoder left out comes before one that it found further on."""
    text = (
        "“[content1 It rains],” [source1 Ann Lee] [cue1 said]. “It pours.” “[content1 We are wet].”"
    )
    assert contents(make_doc(text)) == [["It rains,", "It pours."], ["We are wet."]]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("“[content1 It rains],” [cue1 said] [source1 Ann Lee], “and it pours.”",
         ["It rains,", "and it pours."]),
        ("“[content1 It rains],” [cue1 said] [source1 Ann Lee] of “The Rain.”", ["It rains,"]),
    ],
)  # fmt: skip
def test_the_second_half_of_a_sentence_is_said_too(text: str, parts: list[str]) -> None:
    """Commas at both ends of the words between the halves tell that the sentence goes on."""
    assert contents(make_doc(text)) == [parts]


def share(doc: Doc, *, cue: int, content: int) -> None:
    """Give a cue a content that another one has too."""
    group = doc.spans["content"]
    links = group.attrs["cue"]
    doc.spans["content"] = [*group, group[content]]
    doc.spans["content"].attrs["cue"] = [*links, cue]


def contents(doc: Doc) -> list[list[str]]:
    """Return the parts of every quote."""
    return [[part.text for part in quote.content] for quote in find_quotes(doc, ())[0]]


@pytest.mark.parametrize(
    ("asked", "quotes"),
    [
        ("not to be named", 0),
        ("to not be publicly identified", 0),
        ("not to be disturbed", 1),
        ("to be named", 1),
    ],
)
def test_a_request_for_anonymity_is_no_quote(asked: str, quotes: int) -> None:
    """It tells how a source spoke."""
    doc = make_doc(f"[source Two sailors] [cue asked] [content {asked}].")
    assert len(find_quotes(doc, ())[0]) == quotes


def test_captions_and_repeated_blocks_do_not_speak() -> None:
    """A quote in a duplicate block is left out."""
    doc = make_doc("[source Ann Lee] [cue said] [content it rained].")
    blocks = (Block("duplicate", 0, len(doc.text), of=0),)
    assert find_quotes(doc, blocks)[0] == ()


def test_a_quotation_is_taken_up_to_its_mark():
    """Punctuation before the closing mark is the speaker's; words before it are left."""
    quote = first("“[content We won],” [cue said] [source Ann Lee].")
    assert quote.content[0].text == "We won,"
    quote = first("“[content We won], Bo,” [cue said] [source Ann Lee].")
    assert quote.content[0].text == "We won"


def _parts_by_cue(markup: str) -> list[tuple[str | None, list[str]]]:
    quotes, _ = find_quotes(make_doc(markup), ())
    return [(q.cue and q.cue.text, [part.text for part in q.content]) for q in quotes]


def test_each_quotation_of_a_speech_is_a_record() -> None:
    """The cue keeps the quotations beside it, also where marks open again without closing."""
    assert _parts_by_cue(
        '[content1 "It rains. "It pours,"] [cue1 said] [source1 Ann Lee]. '
        '[content1 "We are wet. "We are cold."]'
    ) == [
        (None, ["It rains."]),
        ("said", ["It pours,", "We are wet."]),
        (None, ["We are cold."]),
    ]


def test_a_speech_after_its_cue_is_one_record() -> None:
    """What opens again after "said:" goes on in the same record."""
    [(cue, parts)] = _parts_by_cue(
        '[source1 Ann Lee] [cue1 said]: [content1 "It rains. "It pours. "We are wet."]'
    )
    assert (cue, len(parts)) == ("said", 1)


def test_a_quotation_that_the_encoder_passes_over() -> None:
    """Between two that it found in one speech, a third is the same person's."""
    found = _parts_by_cue(
        '[content1 "It rains],"] [cue1 said] [source1 Ann Lee]. '
        '"[content1 It pours]. "We are wet. "[content We are cold]."'
    )
    assert (None, ["We are wet."]) in found


def test_sentences_in_marks_of_their_own() -> None:
    """Two quotations in a row are one speaker's where both are sentences."""
    said = "“[content1 It is late,]” [source1 Ann Lee] [cue1 said]."
    assert _parts_by_cue(f"The end. “We need it.” {said}") == [
        (None, ["We need it."]),
        ("said", ["It is late,"]),
    ]
    assert len(_parts_by_cue(f"He called it “the pit.” {said}")) == 1


def test_a_closed_quotation_opens_no_speech() -> None:
    """Words in marks of their own stay unattributed after a sentence that is closed."""
    found = _parts_by_cue(
        '[content1 "It rains,"] [cue1 said] [source1 Ann Lee]. "Old Oak" is full.'
    )
    assert len(found) == 1


def test_a_quotation_belongs_to_the_cue_that_its_sentence_goes_on_with() -> None:
    """Two who speak in turn have each their own, though the encoder gives both to one."""
    assert _parts_by_cue(
        '"[content1 We tried,]" [cue1 said] [source1 Ash]. '
        '"[content1 Not enough,]" [source2 Dunn] [cue2 replied].'
    ) == [("said", ["We tried,"]), ("replied", ["Not enough,"])]


def test_what_a_speaker_goes_on_with_stays() -> None:
    """A quotation that ends its sentence is nobody's who speaks in the next one."""
    assert _parts_by_cue(
        '"[content1 We tried,]" [cue1 said] [source1 Ash]. "[content1 We did.]" '
        "[source2 Dunn] [cue2 said] [content2 it rained]."
    ) == [("said", ["We tried,", "We did."]), ("said", ["it rained"])]


@pytest.mark.parametrize(
    ("markup", "cues"),
    [
        ("[source1 Ann Lee] [cue1 said]:\n\n“It rains.”\nThe end.", ["said"]),
        ("[source1 Ann Lee] [cue1 said] this on Monday:\n“It rains.”", ["said"]),
        ("[source1 Ann Lee] [cue1 said]:\nThe end of “It Rains” came.", []),
        ("[source1 Ann Lee] [cue1 spoke].\n“It rains.”", []),
    ],
)
def test_a_cue_whose_line_ends_in_a_colon(markup: str, cues: list[str]) -> None:
    """It has the quotation that opens the next line, and nothing without the colon."""
    assert [cue for cue, parts in _parts_by_cue(markup) if parts == ["It rains."]] == cues


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("“[source He] [cue said] [content it was late],” Ann Lee wrote.", "indirect"),
        ("“[source He] [cue said], ‘[content It is late],’” Ann Lee wrote.", "direct"),
        ("“[source He] [cue said] [content it was ‘late’],” Ann Lee wrote.", "mixed"),
        ("“[content It is late],” [source he] [cue said], “and dark.”", "direct"),
    ],
)
def test_marks_around_the_cue_are_of_another_speaker(markup: str, kind: str) -> None:
    """Only marks within them tell what is verbatim."""
    assert first(markup).kind == kind


@pytest.mark.parametrize(
    ("rest", "parts", "reason"),
    [
        ("“It pours.”", ["It rains,", "It pours."], "a sentence of its own"),
        ("“It pours”.", ["It rains,", "It pours"], "the period behind the mark"),
        ("“Rain” was on.", ["It rains,"], "a title in a sentence"),
        ("\n“It pours.”", ["It rains,"], "another line"),
    ],
)
def test_a_quotation_behind_its_speaker_is_not_left_out(
    rest: str, parts: list[str], reason: str
) -> None:
    """What the encoder passes over in the line goes with the cue before it."""
    quote = first(f"“[content It rains,]” [source Ann Lee] [cue said]. {rest}")
    assert [part.text for part in quote.content] == parts, reason
