"""The publication date and where it came from."""

from __future__ import annotations

import pytest

from newsextract.stages.dates.published import find_published
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
        (f"OSLO, May 3 (Reuters) - {BODY} It was built in 2019.", ("2019-05-03", "dateline")),
        (f"OSLO, May 3 (Reuters) - {BODY}", (None, None)),
        (f"NFC | Oslo | Updated: 3 May 2023, 9:15 am\n\n{BODY}", ("2023-05-03T09:15", "timestamp")),
        (f"By Ann Lee | May 3, 2023\n\n{BODY}", ("2023-05-03", "timestamp")),
        (f"30 February 2023\n\n{BODY}", (None, None)),
        (f"03/04/2023\n\n{BODY}", (None, None)),
        (f"23/04/2023\n\n{BODY}", ("2023-04-23", "timestamp")),
        (f"https://nfc.example/2023/05/03/no-ferries\n\n{BODY}", ("2023-05-03", "timestamp")),
        (f"https://nfc.example/news/2023/may/03/a\n\n{BODY}", ("2023-05-03", "timestamp")),
        (f"https://nfc.example/2023-05-03\n\n{BODY}", ("2023-05-03", "timestamp")),
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
    assert find_published(text, find_blocks(text)) == expected


def test_given_date_wins() -> None:
    """The caller's date is taken as it is."""
    text = f"3 May 2023 09:15\n\n{BODY}"
    assert find_published(text, find_blocks(text), given="2024-01-01") == ("2024-01-01", "given")
