"""What a source without a name stands for: "the lender", "they", "the report", or itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsextract.language.strings import fold
from newsextract.records import SourceKind
from newsextract.stages.scorer import read_scorer
from newsextract.stages.speakers.entity_index import Referent
from newsextract.stages.speakers.kinds import find_kind
from newsextract.stages.speakers.option_features import describe_options
from newsextract.stages.speakers.options import SOURCES, is_organization, list_options
from newsextract.stages.speakers.phrases import Phrase
from newsextract.stages.speakers.state import State

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc

WEIGHTS = Path(__file__).parents[2] / "data" / "referent_weights.npz"


def find_referent(state: State, phrase: Phrase, itself: Referent | None) -> Referent | None:
    """Return what ``phrase`` stands for, ``itself`` if nothing else does.

    "The nonpartisan Commission on Roads" is always the organization of that name.
    """
    options = list_options(state, phrase, itself)
    text = f" {fold(phrase.text(state.doc))}"
    bodies = (o.referent for o in options if o.referent and is_organization(o.referent))
    named = next((body for body in bodies if text.endswith(f" {fold(body.name)}")), None)
    if named is not None:
        return named
    referents = [option.referent for option in options]
    choose = state.choose or choose_best
    return referents[choose(phrase, referents, describe_options(state, phrase, options))]


def choose_best(
    phrase: Phrase, referents: Sequence[Referent | None], rows: NDArray[np.float32]
) -> int:
    """Return the number of the referent with the highest score."""
    return int(read_scorer(WEIGHTS).score(rows).argmax())


def resolve_nominal(state: State, phrase: Phrase) -> Referent | None:
    """Return what a phrase without a name stands for, itself if nothing before it fits."""
    kind = find_kind(state.doc, phrase)
    itself = Referent(kind, name_of(state.doc, phrase, kind))
    return find_referent(state, phrase, _named_so(state, itself, phrase.first))


def _named_so(state: State, referent: Referent, at: int) -> Referent:
    """Return the last source of the same name, which may be of another kind, or ``referent``."""
    said = (c.referent for c in state.said_before(at, SOURCES) if not c.referent.entity)
    return next((r for r in said if fold(r.name) == fold(referent.name)), referent)


def name_of(doc: Doc, phrase: Phrase, kind: SourceKind) -> str:
    """Return the phrase as a name: organizations and documents lose their determiner."""
    drop = phrase.determiner in ("definite", "indefinite") and kind in ("document", "organization")
    return " ".join(doc[phrase.first + drop : phrase.last].text.split())
