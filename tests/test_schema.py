"""The JSON Schema fits the records and nothing else."""

from __future__ import annotations

import copy

import jsonschema
import pytest
from hypothesis import given, settings
from strategies import extractions

from newsextract.records.schema import json_schema

VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def test_schema_is_a_schema():
    """The schema itself is valid under its dialect."""
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_sample_validates(sample):
    """A whole record made by hand validates."""
    VALIDATOR.validate(sample.to_dict())


@settings(max_examples=50)
@given(extractions())
def test_any_record_validates(extraction):
    """Whatever the record classes can hold validates."""
    VALIDATOR.validate(extraction.to_dict())


def set_at(record, path, value):
    """Return a copy of ``record`` with ``value`` under ``path``."""
    changed = copy.deepcopy(record)
    *way, last = path
    target = changed
    for step in way:
        target = target[step]
    target[last] = value
    return changed


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        (("schema",), "newsextract/2", "another major version"),
        (("id",), None, "every record has an id"),
        (("extra",), 1, "nothing may be added"),
        (("people", 0, "nick"), "Annie", "nothing may be added inside"),
        (("quotes", 0, "kind"), "reported", "not a kind of the contract"),
        (("quotes", 0, "score"), 1.2, "a probability"),
        (("places", 0, "latitude"), 91, "not on the globe"),
        (("layout", 0, "start"), -1, "offsets are not negative"),
        (("dates", 0, "value"), 2025, "TIMEX3 values are strings"),
    ],
)
def test_wrong_values_do_not_validate(sample, path, value, why):
    """What the contract does not allow is refused."""
    assert not VALIDATOR.is_valid(set_at(sample.to_dict(), path, value)), why


def test_meta_is_the_callers(sample):
    """Inside ``meta`` anything goes."""
    VALIDATOR.validate(set_at(sample.to_dict(), ("meta", "anything"), {"a": [1, None]}))


def test_every_field_is_required(sample):
    """A record that leaves a field out is not a record."""
    for name in sample.to_dict():
        record = sample.to_dict()
        del record[name]
        assert not VALIDATOR.is_valid(record), name
