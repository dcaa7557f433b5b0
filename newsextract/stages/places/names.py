"""Look up a name as written among the names of the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from newsextract.gazetteer.format import Array
from newsextract.gazetteer.names import name_key, strip_division
from newsextract.gazetteer.reader import Found, Gazetteer
from newsextract.language.lexicon import read_pairs, read_words

_CODE = re.compile(r"[A-Z]{2}(?:\.[A-Z0-9]{1,3})?")
_DIVISION_CODE = re.compile(r"[A-Z]{2}\.[A-Z0-9]{1,3}")
_FUZZY_LENGTH = 7
_FUZZY_POPULATION = 50_000
_SHORTENED = ("county", "parish", "province", "district", "region", "city")
_OFFICIAL = ("Province of {}", "{} Province", "{} Region")
_DIRECTION = re.compile(
    r"^(?:(?:north|south|east|west|central|upper|lower|inner|outer|northern|southern|eastern"
    r"|western|northeast|northwest|southeast|southwest|northeastern|northwestern|southeastern"
    r"|southwestern|european|mainland|downtown|midtown|uptown|suburban|rural|metropolitan|metro|greater"
    r"|coastal|occupied|mid|far|war torn|modern day|present day|neighboring|neighbouring|and)\s)+"
)
_SIDES = {"N": "North", "S": "South", "E": "East", "W": "West"}
_INITIAL_SIDE = re.compile(r"([NSEW])\. (?=[A-Z])")
_SETTLEMENT_LAST = re.compile(r"\s(?:township|twp|borough|boro|city|town|village|municipality)$")
_SETTLEMENT_FIRST = re.compile(
    r"^(?:city|town|township|village|borough|municipality|port|port city|greater city) of (?:the )?"
)
_NOUNS = frozenset(("side", "end", "coast", "shore", "bank", "rim", "city", "town", "village"))
_COUNTRIES = frozenset(("Laos", "Philippines"))
_ARTICLE = re.compile(r"(?P<article>le|la|de|du|des|el|mc|mac|van)(?P<space> ?)(?P<rest>\w{3,})$")
_COUNTY_SHORT = re.compile(r"\sco$")


def find_places_called(name: str, gazetteer: Gazetteer) -> Found:
    """Return the places that ``name`` may mean: index, and whether it is their main name.

    Abbreviations and codes come first, then the name itself, then what is left of it without
    directions and words for its kind, at last the most similar name.
    """
    steps: tuple[Callable[[str, Gazetteer], Found], ...] = (
        find_abbreviated, find_exact, find_sided, find_division, find_bare, find_full, find_fuzzy,
    )  # fmt: skip
    return next((found for step in steps if (found := step(name, gazetteer))), ())


def find_abbreviated(name: str, gazetteer: Gazetteer) -> Found:
    """Return the place that an abbreviation or a code stands for: "Calif.", "UK", "US.CA"."""
    target = read_abbreviations().get(name.strip(), name)
    coded = target != name or _DIVISION_CODE.fullmatch(name)
    return find_target(target, gazetteer) if coded else ()


def find_target(target: str, gazetteer: Gazetteer) -> Found:
    """Return the place that a word list names by code ("US.CA", "FR") or by name ("Europe")."""
    if not _CODE.fullmatch(target):
        return gazetteer.find(target)
    index = gazetteer.division(target) if "." in target else gazetteer.country(target)
    return () if index is None else ((index, True),)


def find_exact(name: str, gazetteer: Gazetteer) -> Found:
    """Return the places that have the name, or the name written out ("Loudon Co.")."""
    key = name_key(name)
    return gazetteer.find_key(key) or gazetteer.find_key(_COUNTY_SHORT.sub(" county", key))


def find_sided(name: str, gazetteer: Gazetteer) -> Found:
    """Return the places whose name is written with the initial of a direction: "N. Dakota"."""
    match = _INITIAL_SIDE.match(name)
    return gazetteer.find(f"{_SIDES[match[1]]} {name[match.end() :]}") if match else ()


def find_respaced(name: str, gazetteer: Gazetteer) -> Found:
    """Return the places of the name with its article apart or not: "LEROY", "Le Roy"; "La Salle".

    They are not their main names.
    """
    key = name_key(name)
    article = _ARTICLE.match(key)
    if article is None:
        return ()
    space = "" if article["space"] else " "
    found = gazetteer.find_key(f"{article['article']}{space}{article['rest']}")
    return tuple((index, False) for index, main in found if main)


def find_division(name: str, gazetteer: Gazetteer) -> Found:
    """Return the divisions called as the name without its kind: "Kursk region", not the city.

    A direction may be a part of the name: "East Java province" has one, "southern Kursk region"
    none, nor has "northeastern province", written small. A region is called after its city, a
    state by its main name: not "Granite State", nor the college "Columbia State".
    """
    key = name_key(name)
    keys = (strip_direction(key),) if name.islower() else (key, strip_direction(key))
    names = [strip_division(key) or "" for key in keys]
    found = next((found for bare in names if (found := gazetteer.find_key(bare))), ())
    if not found:
        return ()
    divisions = keep_divisions(found, gazetteer) or find_official(names[-1], gazetteer)
    if key.endswith(" state"):
        return tuple((index, main) for index, main in divisions if main)
    return divisions or found


def keep_divisions(found: Found, gazetteer: Gazetteer) -> Found:
    """Return those places that are divisions of a country."""
    return tuple(f for f in found if gazetteer.feature_code(f[0]).startswith("ADM"))


def is_well_known(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is hardly anything but a place, or is the abbreviation of one."""
    return name in gazetteer.well_known or name in read_abbreviations()


def is_region(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is that of a country or first-order division, or an abbreviation of one."""
    known = is_country(name, gazetteer) or name in read_abbreviations()
    return known or bool(find_divisions(name, gazetteer))


def find_inside(name: str, container: str, gazetteer: Gazetteer) -> Found:
    """Return the places called exactly ``name`` that lie in the country or division ``container``.

    "Paola" lies in "Kansas" and in "Malta", but not in "Ohio".
    """
    holders = {index for index, _ in find_places_called(container, gazetteer)}
    columns = [gazetteer.columns[column] for column in ("country", "division")]
    return keep_inside(find_exact(name, gazetteer), holders, columns)


def keep_inside(found: Found, holders: set[int], columns: Sequence[Array]) -> Found:
    """Return those places that one of ``holders`` contains, by ``columns`` of the gazetteer."""
    return tuple(
        (index, main)
        for index, main in found
        if index not in holders and any(int(column[index]) in holders for column in columns)
    )


def pick_countries(found: Found, gazetteer: Gazetteer) -> set[int]:
    """Return which of the places are countries whose main name was looked up."""
    return {index for index, main in found if main and gazetteer.is_country(index)}


def is_country(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is that of a country."""
    return bool(pick_countries(gazetteer.find(name), gazetteer))


def is_only_country(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is a country's, and no division's: "Azerbaijan", not "Georgia"."""
    return is_country(name, gazetteer) and not find_divisions(name, gazetteer)


def find_divisions(name: str, gazetteer: Gazetteer) -> set[int]:
    """Return the first-order divisions of countries that have this name: "Georgia" is a US one."""
    return {i for i, main in gazetteer.find(name) if main and gazetteer.is_division(i)}


def find_official(name: str, gazetteer: Gazetteer) -> Found:
    """Return the divisions that have their kind in the gazetteer's name: "Province of Cebu"."""
    found = (f for kind in _OFFICIAL for f in gazetteer.find(kind.format(name)))
    return keep_divisions(tuple(found), gazetteer) if name else ()


def find_bare(name: str, gazetteer: Gazetteer) -> Found:
    """Return the places called as the name without a direction or the word for a settlement.

    "southern Ukraine" gives Ukraine and "Readington Township" Readington; "South Sudan" is a name,
    and "Upper East Side" not the town of Side.
    """
    key = strip_direction(name_key(name))
    if key in _NOUNS:
        return ()
    bare = _SETTLEMENT_FIRST.sub("", _SETTLEMENT_LAST.sub("", key))
    return gazetteer.find_key(key) or gazetteer.find_key(bare)


def strip_settlement(name: str) -> str | None:
    """Return the key of a name without "city of" and the like before it, if it has that."""
    key = name_key(name)
    bare = _SETTLEMENT_FIRST.sub("", key)
    return bare if bare != key else None


def find_full(name: str, gazetteer: Gazetteer) -> Found:
    """Return the divisions whose name the text cuts short: "Gwinnett" for Gwinnett County."""
    key = strip_direction(name_key(name))
    tries = (*(f"{key} {kind}" for kind in _SHORTENED), f"province of {key}")
    return next((found for full in tries if (found := gazetteer.find_key(full))), ())


def strip_direction(key: str) -> str:
    """Return the key without directions at its start."""
    return _DIRECTION.sub("", key)


def find_fuzzy(name: str, gazetteer: Gazetteer) -> Found:
    """Return the well-known places with the most similar name, for sufficiently long names.

    Who misspells a name means a place that many know; a village that is not in the gazetteer is
    no other one. "North Eastern Province" is not the North Western one.
    """
    if len(name) < _FUZZY_LENGTH or _DIRECTION.match(name_key(name)):
        return ()
    population = gazetteer.columns["population"]
    found = gazetteer.find_similar(name)
    return tuple((index, main) for index, main in found if population[index] >= _FUZZY_POPULATION)


@cache
def read_public_nouns() -> frozenset[str]:
    """Return the nouns of public institutions that have the name of a place: "City", "School"."""
    return read_words("civic_nouns") | read_words("institution_nouns")


@cache
def read_abbreviations() -> dict[str, str]:
    """Return the abbreviations of places, with and without their periods, or the last one.

    Without periods only those of capitals are kept ("DC", "N.Y"): "Ill" and "Miss" are words.
    "ILL." and "MISS." are none.
    """
    listed = read_pairs("division_abbreviations")
    bare = {short.replace(".", ""): target for short, target in listed.items()} | read_variants()
    capitals = {s: target for s, target in bare.items() if s.isupper() and len(s) > 1}
    return capitals | listed


@cache
def read_variants() -> dict[str, str]:
    """Return the abbreviations in capitals, and without the last period: "CALIF.", "Calif"."""
    listed = read_pairs("division_abbreviations")
    stopped = {short: place for short, place in listed.items() if short.endswith(".")}
    short = {s[:-1]: place for s, place in stopped.items() if len(s) > 2}
    return (
        short
        | {s.upper(): place for s, place in stopped.items()}
        | {s.upper(): place for s, place in short.items() if "." in s}
    )


def expand_demonym(word: str) -> str | None:
    """Return the place that an adjective or the name of inhabitants stands for, or ``None``.

    "Ukrainian" and "Ukrainians" give "UA"; "Ukraine" gives ``None``.
    """
    return _read_demonyms().get(word)


@cache
def _read_demonyms() -> dict[str, str]:
    demonyms = read_pairs("demonyms")
    plurals = {f"{word}s": place for word, place in demonyms.items()}
    return {word: place for word, place in plurals.items() if word not in _COUNTRIES} | demonyms
