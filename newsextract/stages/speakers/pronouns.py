"""Pronouns as sources: he, she, they, it, I, who."""

from __future__ import annotations

from itertools import pairwise

from newsextract.language.noun_classes import noun_senses
from newsextract.language.nouns import is_modifier, is_plural_role, singular
from newsextract.language.rules import rule
from newsextract.stages.speakers.antecedents import best_antecedent
from newsextract.stages.speakers.entity_index import Referent
from newsextract.stages.speakers.kinds import find_kind
from newsextract.stages.speakers.nominals import (
    group_of,
    is_body_noun,
    name_of,
    resolve_nominal,
)
from newsextract.stages.speakers.phrases import Phrase, pronoun_kind, read_phrase
from newsextract.stages.speakers.state import State

_RELATIVE_REACH = 14
_NEAR = 3
_GAP = 8
_PLURAL_KINDS = ("group", "organization")
_THINGS = ("organization", "document", "place")
_NOMINAL = ("NOUN", "PROPN", "NUM", "PRON")
_OPENERS = ("VERB", "AUX", "CCONJ", "SCONJ", "PRON")


def resolve_pronoun(
    state: State, phrase: Phrase, own: range, enclosing: Referent | None
) -> Referent | None:
    """Return what a pronoun stands for; ``enclosing`` is the speaker of the quote around it."""
    token = state.doc[phrase.head]
    kind = pronoun_kind(token)
    if kind in ("male", "female"):
        return state.index.linked.get(phrase.head)
    if kind == "plural":
        return _resolve_they(state, phrase, own)
    if kind == "thing":
        return best_antecedent(state, phrase, lambda r: r.kind in _THINGS, own=own)
    if kind == "relative":
        return _resolve_relative(state, phrase, own)
    by_itself = {
        "first": enclosing or state.author or Referent("unnamed", token.text),
        "first plural": enclosing or Referent("group", token.text),
        "second": None,
    }
    return by_itself.get(kind or "", Referent("group", phrase.text(state.doc)))


@rule
def _resolve_they(state: State, phrase: Phrase, own: range) -> Referent | None:
    """Return the named people joined by "and", else the group or organization, else one person."""
    said = [c for c in state.said_before(phrase.first, 2) if c.referent.kind in _PLURAL_KINDS]
    here = state.page.sentence[phrase.first]
    near = [c for c in said if here - state.page.sentence[c.first] <= _NEAR]
    if near:
        return near[0].referent
    found = _joined_names(state, phrase.first) or _plural_before(state, phrase, own)
    found = found or best_antecedent(state, phrase, lambda r: r.kind in _PLURAL_KINDS, own=own)
    return found or next((c.referent for c in state.said_before(phrase.first, 1)), None)


@rule
def _plural_before(state: State, phrase: Phrase, own: range) -> Referent | None:
    """Return the people of a plural in this sentence or the one before: "Fans left. They said".

    A subject goes before others: in "Unions met ministers. They want" they are the unions.
    """
    doc, found = state.doc, []
    for i in range(phrase.first - 1, -1, -1):
        if state.page.sentence[phrase.first] - state.page.sentence[i] > 1:
            break
        if doc[i].pos_ == "NOUN" and i not in own and _means_people(doc[i].lower_):
            found.append((_phrase_start(state, i, inner=True), i + 1))
    subjects = [span for span in found if state.page.is_subject(*span)]
    return next((Referent("group", " ".join(doc[slice(*span)].text.split()))
                 for span in (*subjects, *found)), None)  # fmt: skip


def _means_people(word: str) -> bool:
    """Whether a plural means people or organizations: "people", "unions"; not "days"."""
    if singular(word) == word:
        return word == "people"
    return is_plural_role(word) or noun_senses(word)[:1] == "p" or is_body_noun(singular(word))


@rule
def _joined_names(state: State, at: int) -> Referent | None:
    """Return the last people joined by "and" in this sentence or the two before it."""
    for after, name in pairwise(state.names_before(at, 12)):
        if state.page.sentence[at] - state.page.sentence[name.first] > 2:
            return None
        gap = state.doc[name.last : after.first]
        joined = len(gap) <= _GAP and any(t.lower_ in ("and", "&") for t in gap[-4:])
        both = {name.referent, after.referent}
        people = len(both) == 2 and all(referent.kind == "person" for referent in both)
        if joined and people and not any(t.pos_ in ("VERB", "AUX") for t in gap):
            return group_of([name.referent, after.referent])
    return None


@rule
def _resolve_relative(state: State, phrase: Phrase, own: range) -> Referent | None:
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
    found = read_phrase(doc, state.index, range(_phrase_start(state, i), i + 1))
    if found is not None and is_who and find_kind(doc, found) in _THINGS:
        start = _phrase_start(state, i, inner=True)
        found = read_phrase(doc, state.index, range(start, i + 1))
    if found is None:
        return None
    if found.names:
        return found.names[-1].referent
    if find_kind(doc, found) == "group":
        return Referent("group", name_of(doc, found, "group"))
    return resolve_nominal(state, found, own)


def _phrase_start(state: State, last: int, *, inner: bool = False) -> int:
    """Return where the noun phrase that ends with token ``last`` begins.

    With ``inner`` it is "fans" in "a spokesman for fans".
    """
    first = last
    while first > max(0, last - _RELATIVE_REACH):
        token = state.doc[first - 1]
        if token.pos_ in _OPENERS or token.is_punct or token.is_space:
            break
        if token.pos_ == "ADP" and (inner or state.doc[max(0, first - 2)].pos_ not in _NOMINAL):
            break
        if not token.pos_ and not is_modifier(token) and token.lower_ not in ("the", "a", "an"):
            break
        first -= 1
        if state.doc[first].is_sent_start:
            break
    return first
