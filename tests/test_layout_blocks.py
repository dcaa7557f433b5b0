"""Blocks: what each line of an article is."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsextract.stages.layout import find_blocks

BODY = (
    "The harbour of the island will be closed for repairs, the port office said in a statement, "
    "and ferries will leave from the old pier until the work on the walls is done."
)


def kinds(text: str, **known: str) -> list[tuple[str, str]]:
    """Return kind and text of each block."""
    return [(b.kind, text[b.start : b.end]) for b in find_blocks(text, **known)]


def test_a_scraped_article_is_taken_apart() -> None:
    """Section, headline, repeated caption, credit and timestamp each get their block."""
    text = (
        "NewsIsland harbour shuts for repairs\n\nIsland harbour shuts for repairs\n\n"
        "Boats leave from the old pier.\nBoats leave from the old pier.\nPhoto: Ann Lee\n\n"
        f"3 May 2023 09:15\n\n{BODY}\n\nRead more: All ferry times"
    )
    assert [kind for kind, _ in kinds(text)] == [
        "section", "headline", "duplicate", "caption", "duplicate", "credit", "timestamp",
        "paragraph", "boilerplate",
    ]  # fmt: skip
    blocks = find_blocks(text)
    assert blocks[2].of == blocks[1].start
    assert blocks[4].of == blocks[3].start


def test_label_stays_without_evidence() -> None:
    """A word that could be a label is part of the headline where nothing repeats it."""
    assert kinds(f"NewsGuild ends strike at paper\n\n{BODY}")[0] == (
        "headline",
        "NewsGuild ends strike at paper",
    )


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("OSLO, May 3 (Reuters) - ", "OSLO, May 3 (Reuters) -"),
        ("OSLO – 3 May 2023: ", "OSLO – 3 May 2023:"),
        ("OSLO, Oct. 3, 2024 — ", "OSLO, Oct. 3, 2024 —"),
        ("BERGEN, Norway, Oct. 3 — ", "BERGEN, Norway, Oct. 3 —"),
        ("Cape Town - ", "Cape Town -"),
        ("BERGEN, Norway (AP) _ ", "BERGEN, Norway (AP) _"),
        ("Oslo: ", "Oslo:"),
        ("LIMA (AP)-", "LIMA (AP)-"),
        ("May 3 (Reuters) - ", "May 3 (Reuters) -"),
        ("(CNN) — ", "(CNN) —"),
        ("London (CNN) — ", "London (CNN) —"),
        ("Bergen [Norway], October 3 (ANI): ", "Bergen [Norway], October 3 (ANI):"),
        (
            "OSLO, Oct.\u00a03,\u00a02024 (Reuters)\u00a0- ",
            "OSLO, Oct.\u00a03,\u00a02024 (Reuters)\u00a0-",
        ),
        ("CAPE TOWN: ", "CAPE TOWN:"),
        (
            "LIMA, Peru, 3 May 2024 -/Andes News Service (ANS)/- ",
            "LIMA, Peru, 3 May 2024 -/Andes News Service (ANS)/-",
        ),
        ("New Delhi, May 3 (PTI) ", "New Delhi, May 3 (PTI)"),
        ("(CNN) ", "(CNN)"),
        ("MOSCOW, May 3. /TASS/. ", "MOSCOW, May 3. /TASS/."),
        ("ACCRA, May 3, GNA – ", "ACCRA, May 3, GNA –"),
        ("KAMPALA | ", "KAMPALA |"),
        ("OSLO, Wednesday, May 3 (NTB) - ", "OSLO, Wednesday, May 3 (NTB) -"),
        ("Ann Lee (PTI) ", None),
        ("Bergen | ", None),
        ("Wednesday - ", None),
        ("Reuters - ", None),
        ("(Photo by Ann Lee) - ", None),
        ("(who is 44) - ", None),
        ("Ann Lee-", None),
        ("", None),
        ("Mr. Lee - ", None),
        ("Fact: ", None),
        ("MEDIA RELEASE: ", None),
    ],
)
def test_dateline_is_a_block_before_its_paragraph(opening: str, dateline: str | None) -> None:
    """A place with a separator opens a report; a name or a label does not."""
    text = opening + BODY
    found = [text for kind, text in kinds(text) if kind == "dateline"]
    assert found == ([dateline] if dateline else [])


def test_a_dateline_may_have_a_line_of_its_own() -> None:
    """A place before a few words in one line is a headline, though."""
    assert kinds(f"HAVANA (AP) --\n\n{BODY}")[0] == ("dateline", "HAVANA (AP) --")
    head = "Oslo: Boats stay in the harbour"
    assert kinds(f"{head}\n\nBy Ann Lee\n\n{BODY}")[0] == ("headline", head)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Image caption, Ann Lee at the quay", "caption"),
        ("Video caption Watch: the crane falls", "caption"),
        ("Boats lie in the harbour on Monday. Photo: Nore News", "caption"),
        ("Nobody saw the boats. Photos: none were taken. He left.", "paragraph"),
        ("It took a year. Photos show why.", "paragraph"),
        ("Image source, Getty Images", "credit"),
        ("Recommended Stories", "boilerplate"),
        ("Skip past newsletter promotion", "boilerplate"),
        ("after newsletter promotion", "boilerplate"),
        ("Story continues below advertisement", "boilerplate"),
        ("Explore more on these topics", "boilerplate"),
        ("Comments (12)", "boilerplate"),
        ("Share this story on Facebook", "boilerplate"),
        ("Sign up for our free daily newsletter", "boilerplate"),
        ("Manage cookie preferences", "boilerplate"),
        ("We use cookies to give you the best experience of our site.", "boilerplate"),
        ("Our Standards: The Nore Press Principles.", "boilerplate"),
        ("Read more: Ferries turned back", "boilerplate"),
        ("This article was amended on 14 August 2024 to correct a name.", "boilerplate"),
        ("An earlier version of this story has been corrected.", "boilerplate"),
        ("Follow @noregazette on Twitter", "boilerplate"),
        ("Subscribe at news@nore.example", "boilerplate"),
        ("Enter your email address", "boilerplate"),
        ("Thanks for signing up", "boilerplate"),
        ("toggle caption", "boilerplate"),
        ("Show more", "boilerplate"),
        ("Most read in Europe", "boilerplate"),
        ("Follow Nore News on Facebook and X. Send ideas to news@nore.example", "boilerplate"),
        ("Send tips to news@nore.example", "boilerplate"),
        ("4 min read", "boilerplate"),
        ("1 of 3", "boilerplate"),
        ("(With inputs from agencies)", "credit"),
        ("Correction: An earlier version misspelled a name.", "boilerplate"),
        ("Bo Day/Reuters", "credit"),
        ("Bo Day/AFP via Getty Images", "credit"),
        ("Ann Lee at the quay. Photograph: Bo Day/AP", "caption"),
        ("Ann Lee at the quay. Bo Day/Nore Times", "caption"),
        ("Photo: A ferry at the quay in Oslo.", "caption"),
        ("Representational image.", "caption"),
        ("**By Ann Lee**", "byline"),
        ("## What next", "subhead"),
        ("Comment is free", "subhead"),
        ("Bo Day on foot and by boat", "subhead"),
        ("Thanks for nothing", "subhead"),
        ("Most read the news with dread", "subhead"),
        ("Pictures of the quay went around the world.", "paragraph"),
        ("Follow the rules on board, he said.", "paragraph"),
        ("Follow the money", "subhead"),
        ("With hope from agencies abroad", "subhead"),
        ("1 of 3 boats sank.", "paragraph"),
        ("This story was told to him by his mother.", "paragraph"),
        ("We baked cookies until the whole street was fed.", "paragraph"),
        ("The story so far", "subhead"),
        ("Support from the town", "subhead"),
        ("What they want now", "subhead"),
        ("Image problems at the port", "subhead"),
        ("10.42am BST", "timestamp"),
        ("2:30pm", "timestamp"),
        ("14:05", "timestamp"),
        ("[14:05]", "timestamp"),
        ("Updated at 2.30pm", "timestamp"),
        ("August 14, 2024 / 7:46 AM EDT / Nore News", "timestamp"),
        ("Aug 14, 2024 · 3 min read", "timestamp"),
        ("14.05", "paragraph"),
    ],
)
def test_lines_that_pages_add(line: str, kind: str) -> None:
    """Furniture is named wherever it stands; a subhead or a sentence in like words is not."""
    assert (kind, line) in kinds(f"{BODY}\n\n{line}\n\n{BODY[::-1]}")


def test_entries_of_a_live_blog() -> None:
    """A line below a clock time is a subhead, though the head has not ended yet."""
    text = f"Storm live\n\n3 May 2023\n\n10.42am BST\n\nPort shut, says chief\n\n{BODY}"
    assert kinds(text)[-3:-1] == [
        ("timestamp", "10.42am BST"),
        ("subhead", "Port shut, says chief"),
    ]


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (f"Boats stay in the harbourThe port said so. {BODY}", "Boats stay in the harbour"),
        (f"Boats stay in harbour OSLO, May 3 (Reuters) - {BODY}", "Boats stay in harbour"),
        (f"Boats stay in harbour. OSLO - {BODY}", "Boats stay in harbour."),
        (
            f"Boats stay in harbour, fishermen say. {BODY} {BODY}",
            "Boats stay in harbour, fishermen say.",
        ),
        (f"The boats stay in harbour. {BODY} {BODY}", None),
        (f"Boats stayed in on Monday. {BODY} {BODY}", None),
        (f"Ann McLee stays in harbour with her boats and {BODY} {BODY}", None),
    ],
)
def test_a_headline_run_into_the_story_is_cut_off(text: str, headline: str | None) -> None:
    """Before a dateline, between glued words, behind a sentence in headline's words."""
    assert [text for kind, text in kinds(text) if kind == "headline"] == [headline][
        : bool(headline)
    ]


def test_the_callers_headline_is_cut_off() -> None:
    """Whatever its words."""
    text = f"What the port said. {BODY} {BODY}"
    assert kinds(text, headline="What the port said")[0] == ("headline", "What the port said.")
    assert kinds(text)[0][0] == "paragraph"


def test_the_callers_headline_is_cut_off_between_words() -> None:
    """Not inside one where capitals are longer: "Straße" and "STRASSE"."""
    text = f"WHAT THE STRASSE SAID {BODY} {BODY}"
    assert all("WHAT THE STRASSE SAID" in block or "STRASSE" not in block
               for _, block in kinds(text, headline="What the Straße said"))  # fmt: skip


def test_the_callers_headline_and_byline_win() -> None:
    """A line that says what the caller knows takes that kind."""
    text = f"Morning.\n\nBoats stay away.\n\nann lee\n\n{BODY}"
    assert kinds(text, headline="Boats stay away", byline="Ann Lee")[1:3] == [
        ("headline", "Boats stay away."),
        ("byline", "ann lee"),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Ann Lee, Staff Writer", "byline"),
        ("By Monday the road was open again.", "paragraph"),
        ("https://example.org/news/1", "boilerplate"),
        ("Updated: July 18, 2022 5:36:50 pm", "timestamp"),
        ("In 2015", "subhead"),
        ("© Getty Images", "credit"),
        ("Nore Press writer Ann Lee in Bath contributed to this report.", "credit"),
        ("Ann Lee contributed much to this report, and more to the other one.", "paragraph"),
        ("Advertisement", "boilerplate"),
        ("Ann Lee is 44.", "paragraph"),
        ("AL: Who will pay for the walls?", "paragraph"),
    ],
)
def test_line_shows_its_kind(line: str, kind: str) -> None:
    """A line in the body is named by its own words."""
    assert (kind, line) in kinds(f"{BODY}\n\n{line}\n\n{BODY[::-1]}")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Ann Lee Transport correspondent", "byline"),
        ("Ann Lee, staff writer in Bath", "byline"),
        ("Ann Lee in Oslo", "byline"),
        ("Ann Lee, Oslo", "byline"),
        ("Analysis by Ann Lee, Nore News", "byline"),
        ("By our staff reporter", "byline"),
        ("Storm Ciara in Oslo", "paragraph"),
        ("A letter to the editor", "paragraph"),
    ],
)
def test_reporter_without_by_stands_below_the_headline(line: str, kind: str) -> None:
    """A name and what its bearer is at the paper."""
    found = kinds(f"Boats stay in the harbour as the storm nears\n\n{line}\n\n{BODY}")
    assert (kind, line) in found


@pytest.mark.parametrize(
    "line", ["From Nore to Lyme, people stay at home", "By Christmas the road was open again"]
)
def test_a_headline_that_begins_like_a_byline(line: str) -> None:
    """A clause or a distance follows the word, and no name."""
    assert ("headline", line) in kinds(f"{line}\n\n{BODY}")


def test_reporters_below_a_paragraph_make_no_caption_of_it() -> None:
    """A picture's credit does."""
    staff = "(Reporting by Ann Lee in Oslo; Editing by Bo Day)"
    assert kinds(f"{BODY}\n\nBoats stay away.\n\n{staff}")[1:] == [
        ("paragraph", "Boats stay away."),
        ("credit", staff),
    ]
    assert ("caption", "Boats stay away.") in kinds(f"{BODY}\n\nBoats stay away.\n\nPhoto: Bo Day")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("The harbour will be closed until May, the office said", "duplicate"),
        ("“We were never told that it would close”", "duplicate"),
        ("Never told that it would close at all", "paragraph"),
        ("It would close until Monday or Tuesday", "paragraph"),
        ("We were never told", "paragraph"),
    ],
)
def test_a_teaser_repeats_part_of_a_paragraph(line: str, kind: str) -> None:
    """Six words or more, from where a sentence or clause begins, and nothing else."""
    lead = (
        "OSLO, Norway — The harbour will be closed until May, the office said on Monday. Ann Lee, "
        "who owns a boat, said: “We were never told that it would close, never.”"
    )
    assert kinds(f"{lead}\n\n{BODY}\n\n{line}")[-1] == (kind, line)


def test_few_words_repeat_no_end_of_a_paragraph() -> None:
    """Four words are too few there as well."""
    line = "Police said on Monday"
    text = f"The road to the port was shut for hours — police said on Monday.\n\n{BODY}\n\n{line}"
    assert ("duplicate", line) not in kinds(text)


def test_a_headline_is_no_duplicate_of_a_page_title() -> None:
    """A line that does not end as a sentence does has no part that a later one repeats."""
    head = "Boats stay in the harbour as the storm nears"
    assert ("headline", head) in kinds(f"Home > News > {head}\n\n{head}\n\n{BODY}")


def test_wrapped_lines_are_one_paragraph() -> None:
    """Lines broken at a fixed width are put together; an empty line keeps them apart."""
    line = "the boats of the island leave from the old pier until the wall is"
    text = "\n".join([line] * 6) + "\n\n" + "\n".join([line] * 6) + "."
    assert len(find_blocks(text)) == 2


STORY = (
    "The harbour of the island will be closed for repairs, the port office said on Monday. Ferries "
    "will leave from the old pier until the work on the walls is done.",
    "“Nobody was told,” said Ann Lee, who runs a boat. The harbour office, which is in the town, "
    "did not answer. The walls were built in 1911, and the pier is older than that.",
    "Work begins in May, when the storms are over, and ends before the season of the crabs.",
)


@pytest.mark.parametrize(
    ("width", "gap"),
    [*((width, "\n\n") for width in range(34, 101, 6)), (40, "\n"), (72, "\n"), (80, "\n")],
)
def test_columns_of_any_width(width: int, gap: str) -> None:
    """With an empty line between paragraphs they are the paragraphs they were.

    With none, they are so where the last line of each leaves room for a word.
    """
    text = gap.join(textwrap.fill(p, width, break_on_hyphens=False) for p in STORY * 2)
    blocks = [b for b in find_blocks(text) if b.kind in ("paragraph", "duplicate")]
    found = [" ".join(text[b.start : b.end].split()) for b in blocks]
    assert found == [*STORY, *STORY]


@pytest.mark.parametrize("width", [40, 50, 72, 80])
def test_the_head_of_a_wrapped_page(width: int) -> None:
    """Without an empty line between them, byline, timestamp and dateline stand apart."""
    head = ["Harbour walls to be mended next May, says office", "By Ann Lee", "3 May 2024, 16:40"]
    body = [f"STONE BAY, Nore - {STORY[0]}", *STORY[1:]]
    text = "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in head + body)
    assert [kind for kind, _ in kinds(text)] == [
        "headline", "byline", "timestamp", "dateline", *["paragraph"] * 3,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "names",
    [
        ["Ann Lee, port", "Bo Day, quay", "Cy Fox, pier", "Di Ray, boat", "Ed Poe, dock"],
        ["Hull City 2, Leeds Town 1 (half-time 0-0)", "St Ives 0, Bath Rovers 3 (half-time 0-2)",
         "Nore 1, Port Ellen 1 (after extra time)", "And so to the table", "York 2, Rye 2"],
    ],
)  # fmt: skip
def test_lists_stay_lines(names: list[str]) -> None:
    """Short lines that each begin anew are not one paragraph."""
    assert len(find_blocks("\n".join(names * 2))) == 10


@settings(derandomize=True, deadline=None)
@given(st.text())
def test_blocks_cover_any_text(text: str) -> None:
    """Blocks are trimmed, in order, and leave only white space between them."""
    position = 0
    for block in find_blocks(text):
        span = text[block.start : block.end]
        assert span
        assert span == span.strip()
        assert not text[position : block.start].strip()
        position = block.end
    assert not text[position:].strip()
