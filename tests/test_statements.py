"""Leaving stances out."""

from __future__ import annotations

import dataclasses

from newsextract.analysis.filters import keep_statements


def test_stances_go_and_ids_stay(sample):
    """The quotes and sources that are left are the same as before."""
    kept = keep_statements(sample)
    assert [quote.id for quote in kept.quotes] == ["Q1", "Q2"]
    assert kept.sources == sample.sources[:2]
    assert kept.text == sample.text


def test_nothing_to_leave_out(sample):
    """A record without stances is itself."""
    kept = keep_statements(sample)
    assert keep_statements(kept) is kept


def test_a_statement_inside_a_stance_stands_alone(sample):
    """What stood inside a quote that goes stands inside none."""
    inner = dataclasses.replace(sample.quotes[0], in_quote="Q3")
    record = dataclasses.replace(sample, quotes=(inner, *sample.quotes[1:]))
    assert keep_statements(record).quotes[0].in_quote is None


def test_a_source_of_both_keeps_its_statements(sample):
    """A source that also takes a stance keeps what it said."""
    both = dataclasses.replace(sample.sources[0], quotes=("Q1", "Q2", "Q3"))
    record = dataclasses.replace(sample, sources=(both,))
    assert keep_statements(record).sources[0].quotes == ("Q1", "Q2")
