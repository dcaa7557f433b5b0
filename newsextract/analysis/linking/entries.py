"""Linking entries: what one article says about a person or organization."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cache
from operator import attrgetter
from typing import Any, Literal

from newsextract.language.lexicon import read_pairs, read_words
from newsextract.language.nouns import SMALL_WORDS, role_noun
from newsextract.language.organization_names import without_legal_form
from newsextract.language.person_names import Name, read_name, spelling_key
from newsextract.language.strings import fold
from newsextract.records import Extraction
from newsextract.stages.known import squeeze

Kind = Literal["person", "organization"]
_SMALL = SMALL_WORDS | {"former", "then", "ex", "new"}
_MOST_COMPANY = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """One person or organization of one article.

    Args:
        article: id of the article.
        id: of the record in it.
        kind: what it is.
        name: as the article has it.
        key: the caller's, or one from earlier linking.
        is_known: whether the key is the caller's.
        aliases: its other forms in the article.
        gender: of a person.
        roles: head nouns of a person's roles, each with the places that the role names.
        clues: words, and organizations after "@", from roles and affiliations.
        company: folded names of others mentioned with it.
        countries: in which the article is set.
        year: when it was published.
    """

    article: str
    id: str
    kind: Kind
    name: str
    key: str | None = None
    is_known: bool = False
    aliases: tuple[str, ...] = ()
    gender: str | None = None
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    clues: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    year: int | None = None

    @property
    def parsed(self) -> Name:
        """The words of a person's name."""
        return read_name(re.split(r"[(,]", self.name, maxsplit=1)[0].lstrip("-–—"))

    @property
    def block(self) -> str:
        """The blocking key: a spelling of the last word, shared by all entries that may match."""
        if self.kind == "organization":
            return organization_key(self.name)
        words = self.parsed.words
        return spelling_key(words[-1]) if words else fold(self.name)

    def with_key(self, key: str) -> Entry:
        """Return the entry with a key from earlier linking."""
        return replace(self, key=key)

    def to_json(self) -> str:
        """Return the entry as JSON: its values in order."""
        return json.dumps(_values_of(self), ensure_ascii=False)


_values_of = attrgetter(*(f.name for f in fields(Entry)))


@dataclass(slots=True)
class ArticleFacts:
    """The rows of one article that linking reads; texts of roles and affiliations by person."""

    id: str
    country: str | None = None
    year: int | None = None
    places: set[str] = field(default_factory=set)
    people: list[tuple[str, str, str | None, str | None]] = field(default_factory=list)
    roles: dict[str, list[str]] = field(default_factory=dict)
    affiliations: dict[str, list[str]] = field(default_factory=dict)
    organizations: list[tuple[str, str, tuple[str, ...], str | None]] = field(default_factory=list)


def read_entry(text: str) -> Entry:
    """Return the entry that :meth:`Entry.to_json` wrote."""
    values: list[Any] = json.loads(text)
    return Entry(*map(_to_tuple, values))


def _to_tuple(value: Any) -> Any:
    return tuple(map(_to_tuple, value)) if isinstance(value, list) else value


def facts_of(record: Extraction, country: str | None) -> ArticleFacts:
    """Return what linking reads of a record."""
    return ArticleFacts(
        record.id,
        country,
        year_of(record.published),
        {word for place in record.places for word in fold(place.name).split()},
        people=[(p.id, p.name, p.key, p.gender) for p in record.people],
        roles={p.id: [role.text for role in p.roles] for p in record.people},
        affiliations={p.id: [a.text for a in p.affiliations] for p in record.people},
        organizations=[(o.id, o.name, o.aliases, o.key) for o in record.organizations],
    )


def year_of(published: str | None) -> int | None:
    """Return the year of an ISO 8601 date."""
    return int(published[:4]) if published and published[:4].isdecimal() else None


def make_entries(facts: ArticleFacts) -> Iterator[Entry]:
    """Yield an entry for every person and organization of an article."""
    countries = (facts.country,) if facts.country else ()
    full = {id: fold(name) for id, name, *_ in facts.people if " " in name}
    bodies = [squeeze(name) for _, name, *_ in facts.organizations]
    company = [*full.values(), *bodies][:_MOST_COMPANY]
    for id, name, key, gender in facts.people:
        own = full.get(id, fold(name))
        found = [read_role(text) for text in facts.roles.get(id, ())]
        clues = {word for _, words in found for word in words}
        roles = tuple((h, tuple(w for w in words if w in facts.places)) for h, words in found)
        clues |= {"@" + squeeze(text) for text in facts.affiliations.get(id, ())}
        others = tuple(c for c in company if c != own)
        yield Entry(facts.id, id, "person", name, key, bool(key), gender=gender, roles=roles,
                    clues=tuple(sorted(clues)), company=others, countries=countries,
                    year=facts.year)  # fmt: skip
    for id, name, aliases, key in facts.organizations:
        own_country = split_country(name)[1]
        yield Entry(
            facts.id, id, "organization", name, key, bool(key), aliases,
            countries=(own_country,) if own_country else countries, year=facts.year,
        )  # fmt: skip


def read_role(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the head noun of a role and its qualifiers: "mayor", ("bath",).

    >>> read_role("former mayor of Bath")
    ('mayor', ('bath',))
    """
    words = [word for word in fold(text).split() if word not in _SMALL]
    heads = [noun for word in words if (noun := role_noun(word))]
    head = heads[0] if heads else (words[-1] if words else "")
    return head, tuple(word for word in words if role_noun(word) != head and word != head)


def organization_key(name: str) -> str:
    """Return a key shared by the spellings of an organization's name.

    "The Department of Justice" and "Justice Department" are one, "Acme Inc." is "Acme"; the
    University of Washington is not Washington University.
    """
    words = without_legal_form(split_country(name)[0].split())
    kept = [_ENGLISH.get(word, word) for word in words if word not in SMALL_WORDS] or words
    swapped = len(kept) > 1 and kept[0] in _OFFICES and "of" in words
    return " ".join([*kept[1:], kept[0]] if swapped else kept)


def split_country(name: str) -> tuple[str, str | None]:
    """Return a folded name without a leading country, and that country's code.

    "U.S. Supreme Court" is the "Supreme Court" of the US; "Nore Fish Agency", and "American
    University", stay whole.
    """
    words = fold(name).removeprefix("the ").split()
    for count in (1, 2, 3):
        code = _country_words().get(" ".join(words[:count]))
        rest = " ".join(words[count:])
        if code is not None and " " in rest and is_generic(rest):
            return rest, code
    return fold(name), None


@cache
def _country_words() -> dict[str, str]:
    """Return the codes of countries by their names and adjectives, folded."""
    names = read_pairs("country_names").items()
    found = {fold(name): code for code, listed in names for name in listed.split(";")}
    adjectives = {fold(word): place for word, place in read_pairs("demonyms").items()}
    return {word: place for word, place in adjectives.items() if len(place) == _CODE} | found


def is_generic(name: str) -> bool:
    """Whether the name is common to many countries: "Supreme Court", "Ministry of Fish"."""
    words = [word for word in fold(name).split() if word not in _SMALL]
    if "ministry" in words[:1] + words[-1:] and len(words) < _LONG:
        return True
    known = read_words("organization_nouns") | {w.casefold() for w in read_words("civic_nouns")}
    return all(word in known for word in words)


def is_common(name: Name) -> bool:
    """Whether a full name is common: both of its words are frequent."""
    given = read_words("given_names_female") | read_words("given_names_male")
    family = read_words("family_names")
    return name.words[0] in given and name.words[-1] in family


_OFFICES = frozenset(("department", "ministry", "bureau", "office"))
_LONG = 4
_CODE = 2
_ENGLISH = {
    "organisation": "organization", "organisations": "organizations", "defence": "defense",
    "labour": "labor", "centre": "center",
}  # fmt: skip
