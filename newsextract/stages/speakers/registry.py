"""The list of sources: one entry per referent, in order of first quote."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from newsextract.records import Quote, Source
from newsextract.stages.speakers.entity_index import Referent


@dataclasses.dataclass(slots=True, eq=False)
class Attributed:
    """A quote while its sources are resolved; ``enclosing`` is the index of the quote around it."""

    quote: Quote
    enclosing: int | None = None
    speaker: Referent | None = None
    via: Referent | None = None


def attribute(quotes: Sequence[Quote]) -> list[Attributed]:
    """Return the quotes, none of them resolved yet."""
    index = {quote.id: number for number, quote in enumerate(quotes)}
    return [Attributed(q, None if q.in_quote is None else index[q.in_quote]) for q in quotes]


@dataclasses.dataclass(slots=True)
class _Entry:
    """A source while its quotes are gathered."""

    id: str
    referent: Referent
    quotes: list[str] = dataclasses.field(default_factory=list)
    relays: list[str] = dataclasses.field(default_factory=list)

    def to_record(self) -> Source:
        """Return the source as the record has it."""
        r = self.referent
        return Source(
            self.id, r.kind, r.name, r.entity, r.members, tuple(self.quotes), tuple(self.relays)
        )


def list_sources(found: Sequence[Attributed]) -> tuple[tuple[Quote, ...], tuple[Source, ...]]:
    """Return the quotes with their speakers, and the sources that they point to."""
    entries: dict[tuple[str, str], _Entry] = {}
    quotes = []
    for item in found:
        id_ = item.quote.id
        speaker = _enter(entries, item.speaker)
        via = _enter(entries, item.via)
        if speaker is not None:
            speaker.quotes.append(id_)
        if via is not None:
            via.relays.append(id_)
        quotes.append(
            dataclasses.replace(
                item.quote,
                speaker=speaker.id if speaker else None,
                via=via.id if via else None,
            )
        )
    return tuple(quotes), tuple(entry.to_record() for entry in entries.values())


def _enter(entries: dict[tuple[str, str], _Entry], referent: Referent | None) -> _Entry | None:
    """Return the entry of ``referent``, a new one where it is its first quote."""
    if referent is None:
        return None
    if referent.key not in entries:
        entries[referent.key] = _Entry(f"S{len(entries) + 1}", referent)
    return entries[referent.key]
