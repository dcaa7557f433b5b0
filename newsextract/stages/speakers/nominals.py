"""Phrases without a name: "the spokesman", "officials", "the report", "the two men"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsextract.language.strings import fold
from newsextract.records import SourceKind
from newsextract.stages.speakers.antecedents import find_referent
from newsextract.stages.speakers.entity_index import Referent
from newsextract.stages.speakers.kinds import find_kind
from newsextract.stages.speakers.phrases import Phrase
from newsextract.stages.speakers.state import State

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MOST_SOURCES = 30


def resolve_nominal(state: State, phrase: Phrase) -> Referent | None:
    """Return what a phrase without a name stands for, itself if nothing before it fits."""
    kind = find_kind(state.doc, phrase)
    itself = Referent(kind, name_of(state.doc, phrase, kind))
    return find_referent(state, phrase, _named_so(state, itself, phrase.first))


def _named_so(state: State, referent: Referent, at: int) -> Referent:
    """Return the last source of the same name, which may be of another kind, or ``referent``."""
    said = (c.referent for c in state.said_before(at, _MOST_SOURCES) if not c.referent.entity)
    return next((r for r in said if fold(r.name) == fold(referent.name)), referent)


def name_of(doc: Doc, phrase: Phrase, kind: SourceKind) -> str:
    """Return the phrase as a name: organizations and documents lose their determiner."""
    drop = phrase.determiner in ("definite", "indefinite") and kind in ("document", "organization")
    return " ".join(doc[phrase.first + drop : phrase.last].text.split())
