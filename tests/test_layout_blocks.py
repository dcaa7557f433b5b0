"""Blocks: what each line of an article is."""

from __future__ import annotations

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
        ("A letter to the editor", "paragraph"),
    ],
)
def test_reporter_without_by_stands_below_the_headline(line: str, kind: str) -> None:
    """A name and what its bearer is at the paper."""
    found = kinds(f"Boats stay in the harbour as the storm nears\n\n{line}\n\n{BODY}")
    assert (kind, line) in found


def test_reporters_below_a_paragraph_make_no_caption_of_it() -> None:
    """A picture's credit does."""
    staff = "(Reporting by Ann Lee in Oslo; Editing by Bo Day)"
    assert kinds(f"{BODY}\n\nBoats stay away.\n\n{staff}")[1:] == [
        ("paragraph", "Boats stay away."),
        ("credit", staff),
    ]
    assert ("caption", "Boats stay away.") in kinds(f"{BODY}\n\nBoats stay away.\n\nPhoto: Bo Day")


def test_wrapped_lines_are_one_paragraph() -> None:
    """Lines broken at a fixed width are put together; an empty line keeps them apart."""
    line = "the boats of the island leave from the old pier until the wall is"
    text = "\n".join([line] * 6) + "\n\n" + "\n".join([line] * 6) + "."
    assert len(find_blocks(text)) == 2


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
