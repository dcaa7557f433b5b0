"""The publication date and where it came from."""

from __future__ import annotations

import pytest

from newsextract.stages.dates.published import Publication, find_published
from newsextract.stages.layout import find_blocks

BODY = (
    "The harbour of the island will be closed for repairs, the port office said in a statement, "
    "and ferries will leave from the old pier until the work on the walls is done."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"3 May 2023 09:15\n\n{BODY}", ("2023-05-03T09:15", "timestamp")),
        (f"Updated: May 3, 2023 5:36 pm\n\n{BODY}", ("2023-05-03T17:36", "timestamp")),
        (f"Updated 4 May 2023\nPublished 3 May 2023\n\n{BODY}", ("2023-05-03", "timestamp")),
        (f"OSLO, 3 May 2023 - {BODY}", ("2023-05-03", "dateline")),
        (f"OSLO, May 3, 2023 (Reuters) - {BODY}", ("2023-05-03", "dateline")),
        (f"OSLO, May 3 (Reuters) - {BODY} It was built in 2019.", (None, None)),
        (f"OSLO, May 3 (Reuters) - {BODY} It opens in 2031.", (None, None)),
        (f"OSLO, May 3 (Reuters) - {BODY}", (None, None)),
        (f"Updated 05/03/2023\n\nOSLO, May 3 (Reuters) - {BODY}", ("2023-05-03", "dateline")),
        (f"May 3, 2023 at 9:15 p.m. EDT\n\n{BODY}", ("2023-05-03T21:15", "timestamp")),
        (f"May 3rd, 2023, 9:15 a.m. ET\n\n{BODY}", ("2023-05-03T09:15", "timestamp")),
        (f"Wednesday 3rd of May, 2023 09:15 BST\n\n{BODY}", ("2023-05-03T09:15", "timestamp")),
        (
            f"Updated 4 May 2023 08:00 | Published 3 May 2023 09:15\n\n{BODY}",
            ("2023-05-03T09:15", "timestamp"),
        ),
        (
            f"First published 3 May 2023, last updated 4 May 2023\n\n{BODY}",
            ("2023-05-03", "timestamp"),
        ),
        (f"3 MAY 2023 • 9:15am\n\n{BODY}", ("2023-05-03T09:15", "timestamp")),
        (
            f"Ferries stay in the harbour again\n\nOslo, 3 May 2023\n\n{BODY}",
            ("2023-05-03", "timestamp"),
        ),
        (
            f"Ferries stay in the harbour again\n\nThe pier opened on 3 May 2023\n\n{BODY}",
            (None, None),
        ),
        (f"Updated 01/02/2025\n\nOSLO, Dec 31 (Reuters) - {BODY}", ("2024-12-31", "dateline")),
        (
            f"Updated 05/03/2023\n\nOSLO, Wednesday, May 3 (Reuters) - {BODY}",
            ("2023-05-03", "dateline"),
        ),
        (f"Updated 05/03/2023\n\nOSLO, Sunday, May 3 (Reuters) - {BODY}", (None, None)),
        (f"OSLO, 23/05/2023 - {BODY}", ("2023-05-23", "dateline")),
        (f"{BODY}\n\n{BODY} So.\n\n3 May 2023", ("2023-05-03", "timestamp")),
        (f"{BODY}\n\nShare this\n\nPublished: 3 May 2023", ("2023-05-03", "timestamp")),
        (f"{BODY}\n\nRelated articles\n\n3 May 2019", (None, None)),
        (f"{BODY}\n\nMore news\n\nFerry runs again\n\n3 May 2019", (None, None)),
        (f"{BODY}\n\nFerry runs again\n\n3 May 2019", (None, None)),
        (f"{BODY}\n\n{BODY} So.\n\n3 May 2019\n\n{BODY} Again.", (None, None)),
        (
            f"Ferries out of service\n\n{BODY}\n\n3 May 2023\n\n{BODY} Again.\n\n{BODY} So.",
            ("2023-05-03", "timestamp"),
        ),
        (f"NFC | Oslo | Updated: 3 May 2023, 9:15 am\n\n{BODY}", ("2023-05-03T09:15", "timestamp")),
        (f"By Ann Lee | May 3, 2023\n\n{BODY}", ("2023-05-03", "timestamp")),
        (
            f"Oslo\n\nUpdated\n4 May 2023\n\nPublished\n3 May 2023\n\n{BODY}",
            ("2023-05-03", "timestamp"),
        ),
        (f"{BODY}\n\nPublished in Nore News, May 3rd, 2023", ("2023-05-03", "timestamp")),
        (f"{BODY}\n\nThis story was first published on 3 May 2023.", ("2023-05-03", "timestamp")),
        (f"{BODY}\n\nThis story was corrected on 3 May 2023.", (None, None)),
        (
            f"Ferries stay in\n\nNore News, Wednesday, May 3, 2023\n\n{BODY}",
            ("2023-05-03", "timestamp"),
        ),
        (
            f"Ferries stay in\n\nMay 3, 2023 / 7:46 PM / Nore News\n\n{BODY}",
            ("2023-05-03T19:46", "timestamp"),
        ),
        (f"Ferries stay in\n\n3 May 2023 – 4 June 2023\n\n{BODY}", (None, None)),
        (f"Ferries stay in\n\nOn this day: 3 May 1945\n\n{BODY}", (None, None)),
        (f"Ferries\n\n{BODY}\n\n3 May 2019\n\n{BODY} b\n\n4 May 2020\n\n{BODY} c", (None, None)),
        (f"30 February 2023\n\n{BODY}", (None, None)),
        (f"03/04/2023\n\n{BODY}", (None, None)),
        (f"23/04/2023\n\n{BODY}", ("2023-04-23", "timestamp")),
        (f"https://nfc.example/2023/05/03/no-ferries\n\n{BODY}", ("2023-05-03", "url")),
        (f"https://nfc.example/news/2023/may/03/a\n\n{BODY}", ("2023-05-03", "url")),
        (f"https://nfc.example/2023-05-03\n\n{BODY}", ("2023-05-03", "url")),
        (f"https://nfc.example/2023/05/03/a\n4 May 2023\n\n{BODY}", ("2023-05-04", "timestamp")),
        (f"https://nfc.example/2023/15/03/a\n\n{BODY}", (None, None)),
        (f"https://nfc.example/article/2023/05/0312\n\n{BODY}", (None, None)),
        (f"{BODY}\n\nhttps://nfc.example/2023/05/03/more", (None, None)),
        (BODY, (None, None)),
    ],
)
def test_published_is_read_from_the_text(
    text: str, expected: tuple[str | None, str | None]
) -> None:
    """A timestamp counts before a dateline; what stays open gives none."""
    found = find_published(text, find_blocks(text))
    assert (found.date, found.origin) == expected


def test_given_date_wins() -> None:
    """The caller's date is taken as it is."""
    text = f"3 May 2023 09:15\n\n{BODY}"
    found = find_published(text, find_blocks(text), given="2024-01-01")
    assert found == Publication("2024-01-01", "given")


def test_the_caller_s_address_may_tell_the_day() -> None:
    """A timestamp in the text counts before it, and no dateline does."""
    url = "https://nfc.example/2023/05/03/no-ferries"
    for text, expected in (
        (BODY, "2023-05-03"),
        (f"OSLO, 4 May 2023 - {BODY}", "2023-05-03"),
        (f"4 May 2023\n\n{BODY}", "2023-05-04"),
    ):
        assert find_published(text, find_blocks(text), url=url).date == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"30 February 2023\n\n{BODY}", "30 February 2023"),
        (f"03/04/2023\n\n{BODY}", "03/04/2023"),
        (f"OSLO, May 3 (Reuters) - {BODY} It was built in 2019.", "OSLO, May 3 (Reuters) -"),
    ],
)
def test_what_is_refused_is_an_issue(text: str, line: str) -> None:
    """It says which line; a date that is read leaves none."""
    (issue,) = find_published(text, find_blocks(text)).issues
    assert issue.kind == "publication date unclear"
    assert text[issue.start : issue.end] == line
    dated = f"3 May 2023\n\n{text}"
    assert find_published(dated, find_blocks(dated)).issues == ()


def test_the_caller_decides_the_order_of_day_and_month() -> None:
    """Where neither number is above 12."""
    text = f"03/04/2023\n\n{BODY}"
    blocks = find_blocks(text)
    assert find_published(text, blocks, day_first=True).date == "2023-04-03"
    assert find_published(text, blocks, day_first=False).date == "2023-03-04"
