"""One record made by hand: a thing of every kind."""

from __future__ import annotations

from typing import Any

from newsextract import records

TEXT = """\
Port of Nore to double in size

NORE, March 3 - The port will double in size by next year, Mayor Ann Lee said on Monday. “We need
the room,” she told the Nore Gazette. Fishermen fear for their berths.
"""


def make_sample() -> records.Extraction:
    """Return the record of :data:`TEXT`, as one would wish it."""
    return records.Extraction(
        id="nore",
        published="2025-03-03",
        published_from="dateline",
        language="en",
        meta={"title": "Port of Nore to double in size", "tags": ["ports"]},
        model="by-hand 1",
        layout=(
            records.Block("headline", 0, 30),
            block("dateline", "NORE, March 3 -"),
            records.Block("paragraph", TEXT.index("The port"), len(TEXT) - 1),
        ),
        people=(
            records.Person(
                "P1",
                "Ann Lee",
                aliases=("Lee",),
                roles=(records.Role(**at("Mayor")),),
                affiliations=(records.Affiliation(**at("Nore", 1), organization=None),),
                mentions=(
                    records.Mention(**at("Ann Lee")),
                    records.Mention(**at("she"), form="pronoun"),
                ),
                gender="female",
                gender_from="pronoun",
            ),
        ),
        organizations=(
            records.Organization(
                "O1", "Nore Gazette", mentions=(records.Mention(**at("Nore Gazette")),)
            ),
        ),
        places=(
            records.Place(
                "L1",
                "Nore",
                mentions=(records.Mention(**at("NORE")),),
                geonames_id=1,
                country_code="GB",
                latitude=51.48,
                longitude=0.78,
                population=9000,
                score=0.5,
            ),
        ),
        dates=(
            date("T1", "March 3", "2025-03-03"),
            date("T2", "next year", "2026", earliest="2026-01-01", latest="2026-12-31"),
            date("T3", "Monday", "2025-03-03"),
        ),
        quotes=quotes(),
        sources=(
            records.Source("S1", "person", "Ann Lee", entity="P1", quotes=("Q1", "Q2")),
            records.Source("S2", "organization", "Nore Gazette", entity="O1", relays=("Q2",)),
            records.Source("S3", "group", "Fishermen", quotes=("Q3",)),
        ),
        issues=(records.Issue("unresolved_date", "nothing says which Monday", 3, 4),),
        text=TEXT,
    )


def quotes() -> tuple[records.Quote, ...]:
    """Return a statement, a direct quotation that a paper hands on, and a stance."""
    return (
        quote("Q1", "The port will double in size by next year", "said", "Mayor Ann Lee"),
        quote("Q2", "We need\nthe room", "told", "she", kind="direct", via="S2", mentions=("L1",)),
        quote("Q3", "for their berths", "fear", "Fishermen", mode="stance", speaker="S3"),
    )


def at(words: str, nth: int = 0) -> dict[str, object]:
    """Return text and offsets of the ``nth`` place where ``words`` stand in :data:`TEXT`."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {"text": words, "start": start, "end": start + len(words)}


def block(kind: records.BlockKind, words: str) -> records.Block:
    """Return the block that ``words`` are."""
    start = TEXT.index(words)
    return records.Block(kind, start, start + len(words))


def date(id: str, words: str, value: str, **bounds: str) -> records.Date:
    """Return a date of type DATE; its bounds are its value where none are given."""
    bounds = {"earliest": value, "latest": value, **bounds}
    return records.Date(id=id, **at(words), type="DATE", value=value, **bounds)


def quote(id: str, content: str, cue: str, source: str, **fields: Any) -> records.Quote:
    """Return a quote whose parts are the words given, an indirect statement of S1 if unsaid."""
    parts = [records.Span(**at(words)) for words in (content, cue, source)]
    context = records.Context(min(p.start for p in parts), max(p.end for p in parts))
    values = {"kind": "indirect", "mode": "statement", "speaker": "S1", **fields}
    return records.Quote(
        id=id, content=(parts[0],), cue=parts[1], source=parts[2], context=context, **values
    )
