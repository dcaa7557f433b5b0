"""What holds for any text at all: nothing raises, offsets are right, time is linear."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import jsonschema
import pytest
import strategies
from hypothesis import given, settings

from newsextract.evaluation.gold import check_offsets
from newsextract.schema import json_schema

pytestmark = pytest.mark.model

VALIDATOR = jsonschema.Draft202012Validator(json_schema())
MOST = 2.3
ODD = {
    "empty": "",
    "white space": " \t\r\n\u00a0\u2028\n ",
    "carriage returns": "Old Mac.\r\r“Yes,” Ann Lee said.\rShe left.",
    "CRLF": "Windows.\r\n\r\n“Yes,” Ann Lee said.\r\n",
    "mixed marks": '"Tavria” and “Nore" and «one” said ‘Ann Lee".',
    "never closed": "“We need, Ann Lee said. " * 20,
    "lone surrogates": "Ann \ud83d Lee \ude00 said \ud83d\ude00 that \udfff.",
    "binary": bytes(range(256)).decode("latin-1") * 3,
    "combining": "A" + "\u0301" * 500 + "nn Lee said so.",
    "bidirectional": "\u202eAnn Lee\u202c said \u2066no\u2069.",
    "zero width": "Ann\u200bLee\u200d said\ufeff no.",
    "emoji": "“👩‍👩‍👧‍👦🏳️‍🌈,” Ann Lee said. 🙂" * 5,
    "HTML": "<p>“Yes,” <b>Ann Lee</b> said.</p><script>alert('x')</script>&nbsp;",
    "other scripts": "安李は言った。「はい」 Анна Ли сказала: «Да». قالت آن لي",
    "shouting": "MAYOR ANN LEE SAID ON MONDAY THAT THE PORT OF NORE WILL GROW.",
    "a table": "| Port | 2024 |\n|---|---|\n| Nore | 12.5% |\n" * 10,
    "a transcript": "SMITH: Did you?\nLEE: I did.\nQ: When?\nA: On Monday.\n" * 5,
    "impossible dates": "On 30 February at 25:61, in the year 0, by 31/31/2024.",
    "brackets": "(" * 300 + "Ann Lee" + ")" * 300,
}


def check(text: str, extractor) -> None:
    """Assert all that must hold for the record of ``text``."""
    record = extractor(text)
    check_offsets(text, record)
    check_blocks(text, record)
    plain = record.to_dict()
    VALIDATOR.validate(plain)
    check_ids(record)
    again = extractor(text).to_dict()
    assert json.dumps(again) == json.dumps(plain)


def check_blocks(text: str, record) -> None:
    """Assert that the blocks are in order, apart, and leave out nothing but white space."""
    end = 0
    for block in record.layout:
        assert end <= block.start < block.end <= len(text)
        assert not text[end : block.start].strip()
        end = block.end
    assert not text[end:].strip()


def check_ids(record) -> None:
    """Assert that ids are unique and that each one used is there."""
    ids = [item.id for name in ("people", "organizations", "places", "dates", "quotes", "sources")
           for item in getattr(record, name)]  # fmt: skip
    assert len(ids) == len(set(ids))
    used = {id for q in record.quotes for id in (q.speaker, q.via, q.in_quote)}
    used |= {id for s in record.sources for id in (s.entity, *s.members, *s.quotes, *s.relays)}
    used |= {place.container for place in record.places}
    used |= {a.organization for person in record.people for a in person.affiliations}
    assert used - {None} <= set(ids)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts(text, extractor):
    """Texts that have broken others."""
    check(text, extractor)


@settings(max_examples=60)
@given(text=strategies.articles())
def test_any_text(text, extractor):
    """Whatever the web holds."""
    check(text, extractor)


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Return the least processor time that ``work`` took: what else runs here does not count."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


PROSE = (
    "Pier {0} of the port of Nore will double in size by 2026, Mayor Ann Lee said on Monday. “We "
    "need pier {0},” she told reporters.\n\nCritics of pier {0} in Texas fear that it costs $3 "
    "million, according to a report by the Nore Gazette. Bo Day, who runs it, did not say when.\n\n"
)
REPEATED = {
    "prose": PROSE,
    "names": "Ann Lee, Bo Day, ",
    "no spaces": "xy",
    "lines": "\n",
    "opening marks": "“a ",
    "straight marks": '" said ',
    "dates": "Monday 3 May 2024, ",
    "brackets": "(a ",
    "pronouns": "She said he said. ",
    "one line each": "Ann Lee said no\n",
}


def repeat(piece: str, size: int) -> str:
    """Return ``piece`` again and again, numbered where it asks for it, ``size`` characters of it.

    Numbered prose has no two paragraphs alike: those that repeat another are not read.
    """
    count = size // len(piece.replace("{0}", "")) + 1
    return "".join(piece.replace("{0}", str(i)) for i in range(count))[:size]


@pytest.mark.slow
@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED.keys())
def test_twice_the_text_takes_twice_the_time(piece, extractor):
    """No rule is quadratic, on any kind of text."""
    short, long = repeat(piece, 60_000), repeat(piece, 120_000)
    extractor(short[:2000])
    ratio = seconds(lambda: extractor(long), 3) / seconds(lambda: extractor(short), 3)
    assert ratio <= MOST


@pytest.mark.slow
def test_five_megabytes(extractor):
    """A text of 5 MB is read whole, and takes at most 2.3 times as long as half of it."""
    half, whole = repeat(PROSE, 2_500_000), repeat(PROSE, 5_000_000)
    first = seconds(lambda: extractor(half), 1)
    start = time.process_time()
    record = extractor(whole)
    assert (time.process_time() - start) / first <= MOST
    assert max(person.mentions[-1].end for person in record.people) > 4_999_000
    assert record.quotes[-1].context.end > 4_999_000
