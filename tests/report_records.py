"""Records for the tests of the reports: a readable one, and hostile ones."""

from __future__ import annotations

import json
from pathlib import Path

from newsextract.records import (
    SCHEMA,
    Block,
    Context,
    Date,
    Extraction,
    Issue,
    Mention,
    Organization,
    Person,
    Place,
    Quote,
    Role,
    Source,
    Span,
)

INVENTED = Path(__file__).parent / "invented"
HOSTILE = (
    "<script>document.title='broken'</script></style></script><img src=x onerror=alert(1)>"
    "\u202egnp.exe\u202c &lt;b&gt; \"'` javascript:alert(1) <a href='javascript:alert(2)'>x</a>"
    "<!-- --><svg onload=alert(3)> ]]> {{ 7*7 }} {% raw %} \x00\r\n\x0c"
)


def read_example() -> Extraction:
    """Return an invented record, which no program wrote, of an invented article."""
    text = (INVENTED / "article.txt").read_bytes().decode("utf8")
    record = json.loads((INVENTED / "record.json").read_text(encoding="utf8"))
    return Extraction.from_dict(record, text=text)


def make_emoji() -> Extraction:
    """Return a record whose marks stand after characters of two UTF-16 units."""
    text = "🙂🙃 “👩‍👩‍👧 go,” said Ann 𝒳 Lee in Nore 🚢, café\u0301 talk. 🎈Monday"
    person = Person("P1", "Ann 𝒳 Lee", mentions=(mention(text, "Ann 𝒳 Lee"),))
    place = Place("L1", "Nore", mentions=(mention(text, "Nore"),))
    start = text.index("Monday")
    date = Date("T1", start, start + 6, "Monday", "DATE", "XXXX-WXX-1")
    content, cue, source = (span(text, part) for part in ("👩‍👩‍👧 go,", "said", "Ann 𝒳 Lee"))
    context = Context(content.start, source.end)
    quote = Quote("Q1", "direct", "statement", (content,), cue, source, context, "S1")
    speaker = Source("S1", "person", "Ann 𝒳 Lee", "P1", (), ("Q1",))
    return Extraction(
        "emoji", people=(person,), places=(place,), dates=(date,), quotes=(quote,),
        sources=(speaker,), text=text,
    )  # fmt: skip


def make_hostile() -> Extraction:
    """Return a record in which every string is hostile."""
    text, bad = f"{HOSTILE}\n\n{HOSTILE}", HOSTILE
    mentions = (Mention(0, 8, bad), Mention(5, len(text), bad, "nominal"))
    whole = Span(0, len(text), bad)
    quote = Quote(bad, "direct", "statement", (whole,), whole, whole, Context(0, 1), bad, bad, bad)
    return Extraction(
        bad,
        published=bad,
        language=bad,
        meta={"title": bad, "url": "javascript:alert(1)", "publisher": bad},
        model=bad,
        layout=(Block(bad, 0, 20), Block("headline", 25, 60)),  # type: ignore[arg-type]
        people=(Person(bad, bad, (bad,), bad, (Role(bad, 3, 9),), (), mentions),),
        organizations=(Organization("O1", bad, (bad,), bad, mentions),),
        places=(Place("L1", bad, "location", mentions, bad, 1, bad, bad, bad, 1.0, 2.0),),
        dates=(Date("T1", 2, 30, bad, "DATE", bad, bad, bad, bad),),
        quotes=(quote,),
        sources=(Source(bad, "unnamed", bad, bad, (bad,), (bad,), (bad,)),),
        issues=(Issue(bad, bad, 0, 9),),
        text=text,
    )


def make_crowded(marks: int, *, is_nested: bool = True) -> Extraction:
    """Return a record with ``marks`` marks: nested (or short), crossing and side by side."""
    text = "word 🙂 " * (marks // 4)
    ends = [(0, len(text) - i) if is_nested else (i * 7, i * 7 + 2) for i in range(marks // 4)]
    nested = [Mention(start, end, "") for start, end in ends]
    crossing = [Mention(i * 5, i * 5 + 17, "") for i in range(marks // 4)]
    beside = [Mention(i * 7, i * 7 + 4, "") for i in range(marks // 4)]
    dates = [Date(f"T{i}", i * 7, i * 7 + 6, "", "DATE", None) for i in range(marks // 4)]
    people = tuple(
        Person(f"P{i}", "Ann", mentions=tuple(group))
        for i, group in enumerate((nested, crossing, beside), 1)
    )
    return Extraction("crowded", people=people, dates=tuple(dates), text=text)


def mention(text: str, words: str) -> Mention:
    """Return the first mention of ``words`` in ``text``."""
    start = text.index(words)
    return Mention(start, start + len(words), words)


def span(text: str, words: str) -> Span:
    """Return the first place of ``words`` in ``text``."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def make_records(number: int) -> list[dict[str, object]]:
    """Return ``number`` small records as JSON values, on different days, by different people."""
    names = ("Ann Lee", "Bo Diaz", "Cy Poe")
    records = []
    for i in range(number):
        name = names[i % 3]
        said = Span(0, 9, f"sentence {i}")
        quote = Quote("Q1", ("direct", "mixed", "indirect")[i % 3], "statement", (said,), None,
                      None, Context(0, 9), "S1")  # fmt: skip
        place = Place("L1", "Nore", "location", (Mention(0, 4, "Nore"),) * 2, None, 7, "GB",
                      None, "PPL", 51.5, 0.8)  # fmt: skip
        record = Extraction(
            f"a{i}",
            published=f"2025-0{1 + i % 9}-11",
            meta={"title": f"Title {i}", "url": f"https://example.org/{i}"},
            people=(Person("P1", name),),
            places=(place,),
            quotes=(quote,),
            sources=(Source("S1", "person", name, "P1", (), ("Q1",)),),
        )
        records.append(record.to_dict())
    assert all(record["schema"] == SCHEMA for record in records)
    return records
