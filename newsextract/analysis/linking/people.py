"""Link the people who share a family name, across all articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from newsextract.analysis.linking.entries import Entry, is_common
from newsextract.analysis.linking.identity import (
    Identity,
    contradict,
    count_of_time,
    find_likeliest,
    identity_of,
    share_country,
    share_time,
    weigh_evidence,
)
from newsextract.language.lexicon import read_pairs
from newsextract.language.person_names import Name, is_family

Apart = Callable[[Identity, Identity], bool]

_RARE_ENOUGH, _COMMON_ENOUGH, _LONE_ENOUGH, _TWO_LONE_ENOUGH = 1.0, 2.0, 2.0, 4.0
"""Evidence that two of one rare name, of one common name, a lone family name and a full one, and
two lone ones need to be one person."""
_SURE_OF_MANY = 20
_MOST_SHARE = 0.9
_BARE_SHARE = 0.8
_ODDS, _ODDS_OF_LESSER = 5.0, 50.0
"""How many times as probable as any other a bearer of a lone name must be: the one whom most
articles of the time mean, and another."""
_MOST_COMPARED = 60


def cluster_people(entries: Iterable[Entry], apart: Apart) -> list[Identity]:
    """Return the identities of the entries of one block, in the order of their first entry.

    Entries of one key stay together. Then come equal names, names of which one has an initial or a
    short form of the other's words, and lone family names: each joins where the evidence is enough
    and one candidate is left.

    Args:
        entries: of one block, in an order that does not change.
        apart: whether two identities must never be joined.
    """
    seeds: dict[str, Identity] = {}
    full: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    lone: list[Entry] = []
    for entry in entries:
        if entry.key:
            seeds.setdefault(entry.key, Identity()).add(entry, "known")
        elif entry.parsed.is_full:
            full[_form(entry.parsed)].append(entry)
        else:
            lone.append(entry)
    forms: dict[tuple[str, ...], list[Identity]] = defaultdict(list)
    alone: list[Identity] = []
    for seed in seeds.values():
        names = list(seed.names)
        forms[_form(names[0])].append(seed) if names else alone.append(seed)
    for form, found in full.items():
        forms[form] = _cluster_namesakes(found, forms[form], apart)
    identities = _join_forms([i for found in forms.values() for i in found], apart)
    return [*identities, *_join_lone(lone, alone, identities, apart)]


def _form(name: Name) -> tuple[str, ...]:
    return (*name.words, name.suffix or "")


def _cluster_namesakes(
    entries: Sequence[Entry], seeds: Sequence[Identity], apart: Apart
) -> list[Identity]:
    """Return the people with one full name, joining those with enough in common."""
    enough = _COMMON_ENOUGH if is_common(entries[0].parsed) else _RARE_ENOUGH
    found = list(seeds)
    for entry in sorted(entries, key=lambda e: -len(e.clues)):
        new = identity_of(entry)
        fits = [
            identity
            for identity in found[:_MOST_COMPARED]
            if weigh_evidence(identity, new) >= enough and not contradict(identity, new)
        ]
        if not fits:
            found.append(new)
            continue
        home = max(fits, key=lambda i: len(i.entries))
        home.absorb(new, "evidence")
        for other in fits:
            if other is not home and not contradict(home, other) and not apart(home, other):
                home.absorb(other, "evidence")
                found.remove(other)
    return _join_leftovers(found, apart, is_rare=enough == _RARE_ENOUGH)


def _join_leftovers(found: list[Identity], apart: Apart, *, is_rare: bool) -> list[Identity]:
    """Join entries that share only the name with the person whom nearly all articles mean."""
    found.sort(key=lambda identity: -len(identity.entries))
    if len(found) < 2:
        return found
    first, *rest = found
    total = sum(len(identity.entries) for identity in found)
    unclear = sum(len(i.entries) for i in rest if i.is_bare or first.is_bare)
    share = (len(first.entries) + unclear) / total
    kept = [first]
    for other in rest:
        is_sure = len(first.entries) >= _SURE_OF_MANY and share >= _MOST_SHARE
        fits = is_sure and _shares_ground(first, other)
        if is_rare:
            fits = share_country(first, other)
        elif other.is_bare or first.is_bare:
            fits = share >= _BARE_SHARE
        fits = fits and share_time(first, other)
        if fits and not contradict(first, other) and not apart(first, other):
            first.absorb(other, "full name")
        else:
            kept.append(other)
    return kept


def _shares_ground(a: Identity, b: Identity) -> bool:
    """Whether both sets of articles share a known country."""
    return bool(a.countries) and bool(b.countries) and share_country(a, b)


def _join_forms(identities: list[Identity], apart: Apart) -> list[Identity]:
    """Join people whose names differ by a middle name, an initial or a short form."""
    by_given: dict[str, list[Identity]] = defaultdict(list)
    for identity in sorted(identities, key=lambda i: -len(i.entries)):
        name = next(iter(identity.names))
        near = list(dict.fromkeys(i for word in _givens(name) for i in by_given[word]))
        if len(name.words[0]) == 1:
            near = [i for given, found in by_given.items() if given[:1] == name.words[0]
                    for i in found]  # fmt: skip
        home = _find_home(identity, name, near[:_MOST_COMPARED], apart)
        if home is not None:
            home.absorb(identity, "compatible name")
        else:
            for word in _givens(name):
                by_given[word].append(identity)
    return [identity for identity in identities if identity.entries]


def _givens(name: Name) -> list[str]:
    """Return the words that may be the given name elsewhere, short forms expanded."""
    nicknames = read_pairs("nicknames")
    words = [word for word in name.words[:-1] if len(word) > 1] or list(name.words[:1])
    return [nicknames.get(word, word) for word in words]


def _find_home(
    identity: Identity, name: Name, near: Sequence[Identity], apart: Apart
) -> Identity | None:
    """Return the one identity with another form of the name that the evidence supports."""
    fits = [
        other
        for other in near
        if _form(next(iter(other.names))) != _form(name)
        and all(other.accepts(n) for n in identity.names)
        and not contradict(other, identity)
        and not apart(other, identity)
    ]
    strong = [other for other in fits if weigh_evidence(other, identity) >= _COMMON_ENOUGH]
    if strong:
        return (
            strong[0]
            if len(strong) == 1
            else find_likeliest(identity, strong, odds=_ODDS_OF_LESSER)
        )
    if len(fits) != 1 or (is_common(name) and not (fits[0].is_bare or identity.is_bare)):
        return None
    same_given = next(iter(fits[0].names)).words[0] == name.words[0]
    return fits[0] if same_given and share_country(fits[0], identity) else None


def _join_lone(
    entries: Sequence[Entry], seeds: Sequence[Identity], people: Sequence[Identity], apart: Apart
) -> list[Identity]:
    """Add lone family names to the people they mean; return the rest."""
    left = list(seeds)
    rest: list[Entry] = []
    index: dict[str, list[Identity]] = defaultdict(list)
    for person in people if entries else ():
        for token in (*person.company, *person.clues, *person.roles):
            index[token].append(person)
    for entry in entries:
        new = identity_of(_without_family(entry))
        tokens = (*new.company, *new.clues, *new.roles)
        near = Counter(p for token in tokens for p in index[token][:_MOST_COMPARED])
        home = _find_bearer(new, [p for p, _ in near.most_common(_MOST_COMPARED)], apart)
        if home is not None:
            home.absorb(new, "family name")
        else:
            rest.append(entry)
    return _cluster_lone(rest, left)


def _without_family(entry: Entry) -> Entry:
    """Return a lone name's entry without namesakes in its company, who occur with all of them."""
    last = entry.parsed.words[-1] if entry.parsed.words else ""
    others = tuple(name for name in entry.company if name.split()[-1:] != [last])
    return replace(entry, company=others)


def _find_bearer(new: Identity, people: Sequence[Identity], apart: Apart) -> Identity | None:
    fits = [
        person
        for person in people
        if weigh_evidence(person, new) >= _LONE_ENOUGH
        and not contradict(person, new)
        and not apart(person, new)
    ]
    first = max(fits, key=lambda person: count_of_time(person, new), default=None)
    likely = find_likeliest(new, fits, odds=_ODDS) if fits else None
    if likely is None or likely is first:
        return likely
    return find_likeliest(new, fits, odds=_ODDS_OF_LESSER)


def _cluster_lone(entries: Sequence[Entry], seeds: list[Identity]) -> list[Identity]:
    """Return the people behind lone names that fit no full name: one each unless much is shared."""
    found = list(seeds)
    for entry in entries:
        new, words = identity_of(entry), entry.parsed.words
        enough = _TWO_LONE_ENOUGH if words and is_family(words[-1]) else _LONE_ENOUGH
        fits = [
            i for i in found[:_MOST_COMPARED]
            if weigh_evidence(i, new) >= enough and not contradict(i, new)
        ]  # fmt: skip
        if len(fits) == 1:
            fits[0].absorb(new, "evidence")
        else:
            found.append(new)
    return found
