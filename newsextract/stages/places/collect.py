"""Collect resolved toponyms into the places of the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from newsextract.gazetteer.names import name_key
from newsextract.gazetteer.reader import Entry, Gazetteer
from newsextract.records import Mention, Place
from newsextract.stages.places.resolve import Resolution
from newsextract.stages.places.toponyms import Offsets, Toponym


@dataclass
class _Found:
    """A place while its mentions are gathered."""

    id: str
    toponyms: list[Toponym] = field(default_factory=list)
    entry: Entry | None = None
    score: float | None = None


def collect_places(
    toponyms: Sequence[Toponym], resolutions: Sequence[Resolution | None], gazetteer: Gazetteer
) -> tuple[Place, ...]:
    """Return the places in the order of their first mentions.

    Toponyms that are the same place of the gazetteer are one place ("U.S.", "America"); unresolved
    ones are, if they have the same name.
    """
    found: dict[object, _Found] = {}
    place_of: dict[Offsets | None, _Found] = {}
    for toponym, resolution in zip(toponyms, resolutions, strict=True):
        key = resolution.index if resolution else (name_key(toponym.name), toponym.kind)
        place = found.setdefault(key, _Found(f"L{len(found) + 1}"))
        place.toponyms.append(toponym)
        place_of[toponym.offsets] = place
        if resolution:
            place.entry = place.entry or gazetteer.entry(resolution.index)
            place.score = max(place.score or 0.0, resolution.score)
    places = list(found.values())
    names = name_places(places, gazetteer)
    return tuple(
        _to_record(place, name, container=_find_container(place, place_of))
        for place, name in zip(places, names, strict=True)
    )


def name_places(places: Sequence[_Found], gazetteer: Gazetteer) -> list[str]:
    """Return the name of each place: its fullest in the article that is a name of it.

    The gazetteer's name stands in where the article has only an adjective, or where two places
    would have one name ("Kursk", the city and the region).
    """
    names = [_find_name(place, gazetteer) for place in places]
    counts = Counter(names)
    return [
        entry.name
        if (entry := place.entry) and counts[name] > 1 and entry.feature_code.startswith("ADM")
        else name
        for place, name in zip(places, names, strict=True)
    ]


def _find_name(place: _Found, gazetteer: Gazetteer) -> str:
    forms = [t.text for t in place.toponyms if t.form == "name"]
    if place.entry is None:
        return max(forms or [t.text for t in place.toponyms], key=len)
    index = place.entry.index
    exact = (f for f in dict.fromkeys(forms) if any(i == index for i, _ in gazetteer.find(f)))
    return max(exact, key=len, default=place.entry.name)


def _find_container(place: _Found, place_of: dict[Offsets | None, _Found]) -> str | None:
    """Return the id of the place that, by the text, contains this one, if that is possible."""
    for toponym in place.toponyms:
        container = place_of.get(toponym.container)
        if container and container is not place and _can_hold(container, place):
            return container.id
    return None


def _can_hold(container: _Found, place: _Found) -> bool:
    """Return whether the gazetteer agrees; a settlement can only contain unresolved places."""
    outer, inner = container.entry, place.entry
    if outer is None or inner is None:
        return True
    if outer.country_code and inner.country_code and outer.country_code != inner.country_code:
        return False
    if outer.feature_code == "ADM1":
        return outer.admin1 == inner.admin1
    return not outer.feature_code.startswith("PPL")


def _to_record(place: _Found, name: str, *, container: str | None) -> Place:
    entry = place.entry
    mentions = tuple(Mention(t.start, t.end, t.text, t.form) for t in place.toponyms)
    facility = 2 * sum(t.kind == "facility" for t in place.toponyms) > len(place.toponyms)
    record = Place(place.id, name, "facility" if facility else "location", mentions, container)
    if entry is None:
        return record
    return replace(
        record,
        geonames_id=entry.geonames_id,
        country_code=entry.country_code,
        admin1=entry.admin1,
        feature_code=entry.feature_code,
        latitude=entry.latitude,
        longitude=entry.longitude,
        population=entry.population,
        score=place.score,
    )
