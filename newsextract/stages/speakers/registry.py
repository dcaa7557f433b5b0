"""The list of sources: one entry per referent, in order of first quote."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence

from newsextract.records import Quote, Source
from newsextract.stages.speakers.entity_index import Referent


@dataclasses.dataclass(slots=True, eq=False)
class Attributed:
    """A quote while its sources are resolved."""

    quote: Quote
    speaker: Referent | None = None
    via: Referent | None = None


def list_sources(found: Sequence[Attributed]) -> tuple[tuple[Quote, ...], tuple[Source, ...]]:
    """Return the quotes with their speakers, and the sources that they point to."""
    by_key: dict[tuple[str, str], Referent] = {}
    for item in found:
        for referent in filter(None, (item.speaker, item.via)):
            by_key.setdefault(referent.key, referent)
    ids = {key: f"S{number}" for number, key in enumerate(by_key, 1)}
    quotes = tuple(
        dataclasses.replace(
            item.quote,
            speaker=ids[item.speaker.key] if item.speaker else None,
            via=ids[item.via.key] if item.via else None,
        )
        for item in found
    )
    spoken, relayed = defaultdict(list), defaultdict(list)
    for quote in quotes:
        spoken[quote.speaker].append(quote.id)
        relayed[quote.via].append(quote.id)
    sources = (
        Source(id_, r.kind, r.name, r.entity, r.members, tuple(spoken[id_]), tuple(relayed[id_]))
        for id_, r in zip(ids.values(), by_key.values(), strict=True)
    )
    return quotes, tuple(sources)
