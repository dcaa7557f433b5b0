"""An identity: entries from several articles that are one person, and the evidence for it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from newsextract.analysis.linking.entries import Entry
from newsextract.language.person_names import Name, same_person

_BACKGROUND = 20.0
"""Weight of the whole block against an identity's own entries, in entries."""
_TEMPER = 0.2
"""Weight of one piece of evidence: those of one article are far from independent."""

_OTHER_TIME = 0.1
"""Weight of an article from another time in deciding whom a lone name means."""
_WORKING_LIFE = 30
"""Years without a mention after which a namesake is somebody else."""


@dataclass(slots=True, eq=False)
class Identity:
    """The entries of one person, as they are collected; ``keys`` are its existing keys."""

    entries: list[Entry] = field(default_factory=list)
    names: dict[Name, None] = field(default_factory=dict)
    clues: Counter[str] = field(default_factory=Counter)
    company: Counter[str] = field(default_factory=Counter)
    heads: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    years: Counter[int] = field(default_factory=Counter)
    roles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    keys: dict[str, None] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    basis: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def gender(self) -> str | None:
        """The gender in most articles, ``None`` in a tie."""
        return find_majority(self.genders)

    @property
    def is_bare(self) -> bool:
        """Whether nothing is known but the name and those mentioned with it."""
        return not self.clues and not self.roles

    def add(self, entry: Entry, basis: str) -> None:
        """Add an entry; ``basis`` says on what evidence."""
        self.entries.append(entry)
        self.basis[entry.article, entry.id] = basis
        if entry.parsed.is_full:
            self.names[entry.parsed] = None
        self.clues.update(entry.clues)
        self.company.update(entry.company)
        self.countries.update(entry.countries)
        if entry.gender:
            self.genders[entry.gender] += 1
        if entry.year is not None:
            self.years[entry.year] += 1
        for head, places in entry.roles:
            self.roles[head].update(places)
        self.heads.update({head for head, _ in entry.roles})
        if entry.key:
            self.keys[entry.key] = None
        if entry.key and entry.is_known:
            self.known.add(entry.key)

    def absorb(self, other: Identity, basis: str) -> None:
        """Add all entries of another identity, which is then empty."""
        for entry in other.entries:
            found = other.basis[entry.article, entry.id]
            self.add(entry, basis if found == ALONE else found)
        other.entries = []

    def count(self, token: str) -> int:
        """Return how many entries have a piece of evidence."""
        return self.company[token] + self.clues[token] + self.heads[token]

    def accepts(self, name: Name) -> bool:
        """Whether a full name is compatible with every full name seen."""
        return all(same_person(other, name) for other in self.names)


def find_majority(counts: Counter[str]) -> str | None:
    """Return the value with the highest count, ``None`` in a tie or without any."""
    ranked = counts.most_common(2)
    is_tie = len(ranked) == 2 and ranked[0][1] == ranked[1][1]
    return ranked[0][0] if ranked and not is_tie else None


ALONE = "name"
"""The basis of an entry without other evidence than its name."""


def identity_of(entry: Entry) -> Identity:
    """Return the identity of one entry alone."""
    identity = Identity()
    identity.add(entry, "known" if entry.key else ALONE)
    return identity


def contradict(a: Identity, b: Identity) -> bool:
    """Whether two identities cannot be one, by the caller's keys, genders or roles.

    "Mayor of Bath" contradicts "mayor of Leeds", and neither contradicts "mayor".
    """
    if a.gender and b.gender and a.gender != b.gender:
        return True
    if a.known and b.known and a.known != b.known:
        return True
    shared = [head for head in b.roles if head in a.roles]
    clash = [h for h in shared if a.roles[h] and b.roles[h] and not a.roles[h] & b.roles[h]]
    return bool(shared) and len(clash) == len(shared) and count_company(a, b) < 2


def weigh_evidence(a: Identity, b: Identity) -> float:
    """Return the shared evidence: roles and affiliations count twice, company once."""
    clues = sum(2.0 for clue in b.clues if clue in a.clues)
    shared = (head for head in b.roles if head in a.roles)
    heads = sum(2.0 for head in shared if not (a.roles[head] and b.roles[head]))
    return clues + heads + count_company(a, b)


def count_company(a: Identity, b: Identity) -> int:
    """Return how many people and organizations are mentioned with both."""
    small, large = sorted((a.company, b.company), key=len)
    return sum(1 for name in small if name in large)


def share_country(a: Identity, b: Identity) -> bool:
    """Whether articles of both are set in one country, or one's are unknown."""
    return not a.countries or not b.countries or bool(a.countries.keys() & b.countries.keys())


def share_time(a: Identity, b: Identity) -> bool:
    """Whether articles of both fit one working life, or one's dates are unknown."""
    if not a.years or not b.years:
        return True
    return max(min(a.years), min(b.years)) - min(max(a.years), max(b.years)) <= _WORKING_LIFE


def find_likeliest(
    entry: Identity, candidates: Sequence[Identity], *, odds: float
) -> Identity | None:
    """Return the candidate that is ``odds`` times as probable as any other, by naive Bayes.

    Features are the names mentioned together, relative to all candidates; the prior is the number
    of articles of the time. Names that no candidate was seen with are ignored.
    """
    tokens = (*entry.company, *entry.clues, *entry.heads)
    whole = Counter({token: sum(c.count(token) for c in candidates) for token in tokens})
    total = sum(len(c.entries) for c in candidates)
    evidence = [token for token in tokens if whole[token]]
    ranked = sorted(
        (
            (_log_weight(c, evidence, whole, total) + math.log(count_of_time(c, entry)), -i)
            for i, c in enumerate(candidates)
        ),
        reverse=True,
    )
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < math.log(odds):
        return None
    return candidates[-ranked[0][1]] if ranked else None


def count_of_time(candidate: Identity, entry: Identity) -> float:
    """Return how many articles have a candidate; those of other years count less."""
    dated = candidate.years.total() if entry.years else 0
    near = {year + apart for year in entry.years for apart in (-1, 0, 1)} if dated else ()
    other = dated - sum(candidate.years[year] for year in near)
    return len(candidate.entries) - (1 - _OTHER_TIME) * other


def _log_weight(
    candidate: Identity, evidence: Iterable[str], whole: Counter[str], total: int
) -> float:
    size, weight = len(candidate.entries), 0.0
    for token in evidence:
        background = (whole[token] + 0.5) / (total + 1)
        share = (candidate.count(token) + _BACKGROUND * background) / (size + _BACKGROUND)
        weight += _TEMPER * math.log(share)
    return weight
