"""Pronouns as sources: he, she, they, it, I, who."""

from __future__ import annotations

from newsextract.language.rules import rule
from newsextract.stages.speakers.entity_index import Referent
from newsextract.stages.speakers.nominals import find_referent, resolve_nominal
from newsextract.stages.speakers.options import phrase_start
from newsextract.stages.speakers.phrases import Phrase, pronoun_kind, read_phrase
from newsextract.stages.speakers.state import State

AUTHOR = "(author)"
"""The name of who "I" is outside quotations where neither byline nor signature tells."""


def resolve_pronoun(
    state: State, phrase: Phrase, enclosing: Referent | None = None
) -> Referent | None:
    """Return what a pronoun stands for; ``enclosing`` is the speaker of the quote around it."""
    token = state.doc[phrase.head]
    kind = pronoun_kind(token)
    if kind in ("male", "female"):
        return state.index.linked.get(phrase.head)
    if kind in ("plural", "thing"):
        return find_referent(state, phrase, None)
    if kind == "relative":
        return _resolve_relative(state, phrase)
    by_itself = {
        "first": enclosing or state.author_of(phrase.first) or Referent("unnamed", AUTHOR),
        "first plural": enclosing or Referent("group", token.text),
        "second": None,
    }
    return by_itself.get(kind or "", Referent("group", phrase.text(state.doc)))


@rule
def _resolve_relative(state: State, phrase: Phrase) -> Referent | None:
    """Return what "who", "which", "that" goes back to: the noun phrase right before it."""
    doc, i = state.doc, phrase.head - 1
    while i >= 0 and (doc[i].text in (",", ")", "—", "–", "--") or doc[i].pos_ == "ADP"):
        i -= 1
    named = state.index.by_token.get(i)
    is_who = doc[phrase.head].lower_ in ("who", "whom", "whose")
    if named is not None and not (is_who and named.referent.kind != "person"):
        return named.referent
    linked = state.index.linked.get(i)
    if linked is not None and linked.kind == "person":
        return linked
    found = read_phrase(doc, state.index, range(phrase_start(state, i), i + 1))
    return resolve_nominal(state, found) if found else None
