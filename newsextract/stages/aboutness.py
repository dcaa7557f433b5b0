"""Aboutness: the people, organizations and places mentioned in the content of each quote."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from newsextract.records import Organization, Person, Place, Quote, Span

Entity = Person | Organization | Place
_Place = tuple[int, int, str]


def add_quote_mentions(quotes: Iterable[Quote], entities: Iterable[Entity]) -> tuple[Quote, ...]:
    """Return ``quotes`` with the ids of what their contents mention, in text order.

    Every form of mention counts: names, descriptions, adjectives and resolved pronouns.

    Args:
        quotes: with their contents.
        entities: people, organizations and places, with their mentions.
    """
    places = sorted((m.start, m.end, entity.id) for entity in entities for m in entity.mentions)
    return tuple(
        dataclasses.replace(quote, mentions=tuple(dict.fromkeys(_find_inside(quote, places))))
        for quote in quotes
    )


def _find_inside(quote: Quote, places: Sequence[_Place]) -> Iterator[str]:
    for part in quote.content:
        yield from _ids_in(part, places)


def _ids_in(part: Span, places: Sequence[_Place]) -> Iterator[str]:
    first, last = (bisect_left(places, (edge,)) for edge in (part.start, part.end))
    for _, end, entity in places[first:last]:
        if end <= part.end:
            yield entity
