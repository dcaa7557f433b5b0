"""Link the records of organizations that share a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from newsextract.analysis.linking.entries import Entry, is_generic, split_country
from newsextract.analysis.linking.identity import ALONE, Identity

_USUAL, _ENOUGH = 0.9, 5
"""Share and number of articles that decide which country's organization is meant elsewhere."""


def cluster_organizations(entries: Iterable[Entry]) -> list[Identity]:
    """Return the organizations of one name, in the order of their first entry.

    One name is one organization, unless the name is common to many countries ("Supreme Court"):
    then there is one per country. Entries of unknown country join the one that nearly all others
    mean, or form one of their own.
    """
    found: dict[str, Identity] = {}
    nowhere: dict[str, Identity] = defaultdict(Identity)
    for entry in entries:
        if entry.key:
            found.setdefault(entry.key, Identity()).add(entry, "known")
            continue
        where = (
            "".join(entry.countries[:1])
            if is_generic(split_country(entry.name)[0])
            else "everywhere"
        )
        home = _find_seed(found, where) or nowhere[where]
        home.add(entry, ALONE)
    identities = [*found.values(), *nowhere.values()]
    unplaced = nowhere.get("")
    usual = _find_usual([i for i in identities if i is not unplaced])
    if unplaced and usual:
        usual.absorb(unplaced, ALONE)
    return [identity for identity in identities if identity.entries]


def _find_usual(identities: Sequence[Identity]) -> Identity | None:
    """Return the one that nearly all articles with a known country mean."""
    usual = max(identities, key=lambda i: len(i.entries), default=None)
    total = sum(len(identity.entries) for identity in identities)
    is_usual = usual and len(usual.entries) >= max(_ENOUGH, _USUAL * total)
    return usual if is_usual else None


def _find_seed(seeds: dict[str, Identity], where: str) -> Identity | None:
    """Return the organization of this country that already has a key."""
    fits = [s for s in seeds.values() if where == "everywhere" or where in s.countries]
    return fits[0] if len(fits) == 1 and where else None
