"""Pronouns as sources: he, she, they, it, I, who."""

from __future__ import annotations

from itertools import pairwise

from newsextract.language.noun_classes import noun_senses
from newsextract.language.nouns import singular
from newsextract.language.rules import rule
from newsextract.stages.speakers.entity_index import Referent
from newsextract.stages.speakers.nominals import group_of, is_body_noun, resolve_nominal
from newsextract.stages.speakers.phrases import Phrase, pronoun_kind, read_phrase
from newsextract.stages.speakers.state import State

_RELATIVE_REACH = 14
_NEAR = 3
_GAP = 8
_PLURAL_KINDS = ("group", "organization")
_THINGS = ("organization", "document", "place")
_OPENERS = ("ADP", "VERB", "AUX", "CCONJ", "SCONJ", "PRON")


def resolve_pronoun(
    state: State, phrase: Phrase, enclosing: Referent | None = None
) -> Referent | None:
    """Return what a pronoun stands for; ``enclosing`` is the speaker of the quote around it."""
    token = state.doc[phrase.head]
    kind = pronoun_kind(token)
    if kind in ("male", "female"):
        return state.index.linked.get(phrase.head)
    if kind == "plural":
        return _resolve_they(state, phrase)
    if kind == "thing":
        return state.find_antecedent(phrase.first, lambda r: r.kind in _THINGS)
    if kind == "relative":
        return _resolve_relative(state, phrase)
    by_itself = {
        "first": enclosing or state.author or Referent("unnamed", token.text),
        "first plural": enclosing or Referent("group", token.text),
        "second": None,
    }
    return by_itself.get(kind or "", Referent("group", phrase.text(state.doc)))


@rule
def _resolve_they(state: State, phrase: Phrase) -> Referent | None:
    """Return the group or organization that spoke last, else people joined by "and", else a plural.

    Without any of these it is an organization.
    """
    at, here = phrase.first, state.page.sentence[phrase.first]
    near = (c for c in state.said_before(at, 2) if here - state.page.sentence[c.first] <= _NEAR)
    spoke = next((c.referent for c in near if c.referent.kind in _PLURAL_KINDS), None)
    found = spoke or _joined_names(state, at) or _plural_before(state, phrase)
    return found or state.find_antecedent(at, lambda r: r.kind in _PLURAL_KINDS)


@rule
def _plural_before(state: State, phrase: Phrase) -> Referent | None:
    """Return the people of a plural in this sentence or the one before: "Fans left. They said"."""
    doc = state.doc
    for i in range(phrase.first - 1, -1, -1):
        if state.page.sentence[phrase.first] - state.page.sentence[i] > 1:
            break
        if doc[i].pos_ == "NOUN" and _means_people(doc[i].lower_):
            return Referent("group", " ".join(doc[_phrase_start(state, i) : i + 1].text.split()))
    return None


def _means_people(word: str) -> bool:
    """Whether a plural means people or organizations: "people", "unions"; not "days"."""
    if singular(word) == word:
        return word == "people"
    return noun_senses(word)[:1] == "p" or is_body_noun(singular(word))


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
    found = read_phrase(doc, state.index, range(_phrase_start(state, i), i + 1))
    return resolve_nominal(state, found) if found else None


def _phrase_start(state: State, last: int) -> int:
    """Return where the words of the noun phrase that ends with token ``last`` begin.

    It is "fans" in "a spokesman for fans".
    """
    first = last
    while first > max(0, last - _RELATIVE_REACH) and not state.doc[first].is_sent_start:
        token = state.doc[first - 1]
        if token.pos_ in _OPENERS or token.is_punct or token.is_space:
            break
        first -= 1
    return first
