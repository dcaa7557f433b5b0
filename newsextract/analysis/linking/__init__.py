"""Cross-document linking: one stable key per person or organization in a set of records.

Entries are compared only within blocks that share a family name (blocking: I. Fellegi, A. Sunter,
"A Theory for Record Linkage", 1969). Names decide which entries may match; roles, affiliations,
people mentioned together and countries decide whether they do. If two candidates remain, nothing
is linked.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from newsextract.analysis.linking.entries import facts_of, make_entries
from newsextract.analysis.linking.spool import Spool
from newsextract.records import Extraction
from newsextract.records.focus import find_focus

__all__ = ["link"]


def link(records: Iterable[Extraction]) -> tuple[Extraction, ...]:
    """Return ``records`` with a ``key`` for every person and organization.

    Existing keys (from your own list) are kept and given to the same person's records in other
    articles. The order of the records decides only the
    numbers of people who share a name: ``person/ann-lee``, ``person/ann-lee-2``.
    """
    articles = tuple(records)
    spool = Spool()
    try:
        for number, record in enumerate(articles):
            facts = facts_of(record, find_focus(record).country_code)
            facts.id = str(number)
            for entry in make_entries(facts):
                spool.add(entry)
        keys = {(linked.article, linked.id): linked.key for linked in spool.link()}
    finally:
        spool.close()
    return tuple(_with_keys(record, str(n), keys) for n, record in enumerate(articles))


def _with_keys(record: Extraction, article: str, keys: dict[tuple[str, str], str]) -> Extraction:
    people = tuple(dataclasses.replace(p, key=keys[article, p.id]) for p in record.people)
    bodies = tuple(dataclasses.replace(o, key=keys[article, o.id]) for o in record.organizations)
    return dataclasses.replace(record, people=people, organizations=bodies)
