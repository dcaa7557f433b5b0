"""What a source without a name stands for: "the lender", "they", "the report", or itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from newsextract.language.strings import fold
from newsextract.stages.scorer import read_scorer
from newsextract.stages.speakers.entity_index import Referent
from newsextract.stages.speakers.kinds import find_kind
from newsextract.stages.speakers.option_features import describe_options
from newsextract.stages.speakers.options import SOURCES, is_organization, list_options
from newsextract.stages.speakers.phrases import Phrase
from newsextract.stages.speakers.state import State

WEIGHTS = Path(__file__).parents[2] / "data" / "referent_weights.npz"


def find_referent(state: State, phrase: Phrase, itself: Referent | None) -> Referent | None:
    """Return what ``phrase`` stands for, ``itself`` if nothing else does.

    "The nonpartisan Commission on Roads" is always the organization of that name.
    """
    options = list_options(state, phrase)
    text = f" {fold(phrase.text(state.doc))}"
    for option in options:
        body = option.referent
        if is_organization(body) and text.endswith(f" {fold(body.name)}"):
            return body
    referents = [*(option.referent for option in options), itself]
    rows = describe_options(state, phrase, options, itself)
    if state.choose is not None:
        return referents[state.choose(phrase, referents, rows)]
    return referents[int(read_scorer(WEIGHTS).score(rows).argmax())]


def resolve_nominal(state: State, phrase: Phrase) -> Referent | None:
    """Return what a phrase without a name stands for, itself if nothing before it fits.

    Its name is the phrase as written; organizations and documents lose their determiner. A source
    of that name before it is the same one, even of another kind.
    """
    kind = find_kind(state.doc, phrase)
    drop = phrase.determiner in ("definite", "indefinite") and kind in ("document", "organization")
    name = replace(phrase, first=phrase.first + drop).text(state.doc)
    said = (c.referent for c in state.said_before(phrase.first, SOURCES) if not c.referent.entity)
    same = (referent for referent in said if fold(referent.name) == fold(name))
    return find_referent(state, phrase, next(same, Referent(kind, name)))
