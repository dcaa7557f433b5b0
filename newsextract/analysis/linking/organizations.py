"""Link the records of organizations that share a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from newsextract.analysis.linking.entries import Entry, is_generic
from newsextract.analysis.linking.identity import ALONE, Identity


def cluster_organizations(entries: Iterable[Entry]) -> list[Identity]:
    """Return the organizations of one name, in the order of their first entry.

    One name is one organization, unless the name is common to many countries ("Supreme Court"):
    then there is one per country, and each entry of unknown country stays unlinked.
    """
    found: dict[str, Identity] = {}
    nowhere: dict[str, Identity] = defaultdict(Identity)
    for entry in entries:
        if entry.key:
            found.setdefault(entry.key, Identity()).add(entry, "known")
            continue
        where = "".join(entry.countries[:1]) if is_generic(entry.name) else "everywhere"
        home = _find_seed(found, where) or nowhere[where]
        home.add(entry, ALONE)
    return [*found.values(), *nowhere.values()]


def _find_seed(seeds: dict[str, Identity], where: str) -> Identity | None:
    """Return the one organization that has a key already and stands for this country."""
    fits = [s for s in seeds.values() if where == "everywhere" or where in s.countries]
    return fits[0] if len(fits) == 1 and where else None
