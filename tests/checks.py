"""What must hold for the record of any text at all."""

from __future__ import annotations

import json
from functools import cache

import jsonschema

from newsextract import Extraction, Extractor
from newsextract.evaluation.gold import check_offsets
from newsextract.records.schema import json_schema


def check_text(text: str, extractor: Extractor) -> Extraction:
    """Assert all that must hold for the record of ``text``, and return it."""
    record = extractor(text)
    check_offsets(text, record)
    check_blocks(text, record)
    check_ids(record)
    plain = record.to_dict()
    validator().validate(plain)
    again = extractor(text).to_dict()
    assert json.dumps(again) == json.dumps(plain)
    return record


@cache
def validator() -> jsonschema.Draft202012Validator:
    """Return what checks a record against the published schema."""
    return jsonschema.Draft202012Validator(json_schema())


def check_blocks(text: str, record: Extraction) -> None:
    """Assert that the blocks are in order, apart, and leave out nothing but white space."""
    end = 0
    for block in record.layout:
        assert end <= block.start < block.end <= len(text)
        assert not text[end : block.start].strip()
        end = block.end
    assert not text[end:].strip()


def check_ids(record: Extraction) -> None:
    """Assert that ids are unique and that each one used is there."""
    ids = [item.id for name in ("people", "organizations", "places", "dates", "quotes", "sources")
           for item in getattr(record, name)]  # fmt: skip
    assert len(ids) == len(set(ids))
    used = {id for q in record.quotes for id in (q.speaker, q.via, q.in_quote)}
    used |= {id for s in record.sources for id in (s.entity, *s.members, *s.quotes, *s.relays)}
    used |= {place.container for place in record.places}
    used |= {a.organization for person in record.people for a in person.affiliations}
    assert used - {None} <= set(ids)
