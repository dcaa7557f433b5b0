"""Phrases without a name: "the spokesman", "officials", "the report", "the two men"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsextract.language.lexicon import read_pairs
from newsextract.language.nouns import SMALL_WORDS
from newsextract.language.rules import rule
from newsextract.language.strings import fold
from newsextract.records import SourceKind
from newsextract.stages.speakers.entity_index import Referent
from newsextract.stages.speakers.kinds import find_kind
from newsextract.stages.speakers.phrases import Phrase
from newsextract.stages.speakers.state import State

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MOST_SOURCES = 30
_ANY_BODY = frozenset(("federal", "national", "independent", "nonpartisan", "american", "new"))
_FEW = frozenset(("government", "police"))
"""Bodies that an article has one of, named or not."""
_SMALL = SMALL_WORDS | {"his", "her", "their"}


def resolve_nominal(state: State, phrase: Phrase) -> Referent:
    """Return what a phrase without a name stands for, itself if nothing before it fits."""
    doc = state.doc
    kind, noun, one = find_kind(doc, phrase), doc[phrase.head].lower_, phrase.noun(doc)
    bodies = noun != one and is_body_noun(one)
    kind = "group" if bodies and kind == "organization" else kind
    found = _RULES[kind](state, phrase) if kind in _RULES else None
    if kind in ("unnamed", "group") and is_body_noun(noun) and not bodies and not found:
        found = _resolve_body(state, phrase)
    return found or _named_so(state, Referent(kind, name_of(doc, phrase, kind)), phrase.first)


def _named_so(state: State, referent: Referent, at: int) -> Referent:
    """Return the last source of the same name, which may be of another kind, or ``referent``."""
    said = (c.referent for c in state.said_before(at, _MOST_SOURCES) if not c.referent.entity)
    return next((r for r in said if fold(r.name) == fold(referent.name)), referent)


def name_of(doc: Doc, phrase: Phrase, kind: SourceKind) -> str:
    """Return the phrase as a name: organizations and documents lose their determiner."""
    drop = phrase.determiner in ("definite", "indefinite") and kind in ("document", "organization")
    return " ".join(doc[phrase.first + drop : phrase.last].text.split())


def _said_before(state: State, phrase: Phrase, kind: SourceKind) -> Referent | None:
    """Return the last source of a kind in whose name the noun is."""
    noun = phrase.noun(state.doc)
    said = (candidate.referent for candidate in state.said_before(phrase.first, _MOST_SOURCES))
    return next((r for r in said if r.kind == kind and noun in fold(r.name).split()), None)


@rule
def _resolve_document(state: State, phrase: Phrase) -> Referent | None:
    """Return the document that spoke before by the same noun: "The survey", "an Ipsos survey"."""
    if phrase.determiner != "definite" or phrase.last > phrase.zone_end:
        return None
    return _said_before(state, phrase, "document")


@rule
def _resolve_body(state: State, phrase: Phrase) -> Referent | None:
    """Return the organization that "the court", "a federal appeals court" stands for.

    A noun that can mean no body, and a name that was not recognized, stand for themselves: "the
    industry", "the Guardian".
    """
    named = _named_alike(state, phrase)
    if named is not None:
        return named
    if phrase.determiner != "definite":
        return None
    noun, words = phrase.noun(state.doc), {*fold(phrase.text(state.doc)).split()} - _SMALL

    def shares(referent: Referent) -> bool:
        return referent.kind == "organization" and words <= {*fold(referent.name).split()}

    def is_such(referent: Referent) -> bool:
        return referent.kind == "organization" and may_be(noun, referent.name)

    found = state.find_antecedent(phrase.first, shares)
    if found is not None or len(words) > 1 or not is_body_noun(noun) or noun in _FEW:
        return found
    return state.find_antecedent(phrase.first, is_such, often=True)


def is_body_noun(noun: str) -> bool:
    """Whether a noun in the singular can mean an organization: "lender", "group"."""
    return noun in read_pairs("body_classes")


def may_be(noun: str, name: str) -> bool:
    """Whether a noun can mean the organization of a name: "the lender" First Bank, no ministry."""
    table = read_pairs("body_classes")
    wanted = set(table.get(noun, "").split("; "))
    own = [set(table[word].split("; ")) for word in fold(name).split() if word in table]
    return wanted == {""} or not own or any(wanted & classes for classes in own)


@rule
def _named_alike(state: State, phrase: Phrase) -> Referent | None:
    """Return the one organization whose name the phrase closes with, or has two words of.

    "the nonpartisan Commission on Roads" is the Commission on Roads, "a federal appeals court"
    the Court of Appeals named later; "the state education department" is not the Department of
    Education, and "the court" alone may be any.
    """
    noun = fold(state.doc[phrase.head].text)
    text = fold(phrase.text(state.doc))
    words = frozenset(text.split()) - _SMALL
    shared: dict[Referent, int] = {}
    for body in state.index.bodies.get(noun, ()):
        name = fold(body.name)
        if f" {text}".endswith(f" {name}"):
            return body
        own = frozenset(name.split())
        if len(words & own) > 1 and words - own <= _ANY_BODY:
            shared[body] = len(words & own)
    most = max(shared.values(), default=0)
    best = [body for body, count in shared.items() if count == most]
    return best[0] if len(best) == 1 else None


@rule
def _resolve_group(state: State, phrase: Phrase) -> Referent | None:
    """Return the named people that "the senators", "the two men" stand for."""
    doc = state.doc
    if doc[phrase.first].lower_ == "both":
        return _two_people(state, phrase)
    if phrase.determiner != "definite":
        return None
    return _said_before(state, phrase, "group") or _two_people(state, phrase)


@rule
def _two_people(state: State, phrase: Phrase) -> Referent | None:
    """Return the two people named last before "the two men", organizations before "the firms"."""
    zone = {t.lower_ for t in state.doc[phrase.first : phrase.last]}
    noun = phrase.noun(state.doc)
    bodies, two = is_body_noun(noun), bool(zone & {"two", "both", "pair", "duo", "couple"})
    if not two and not (bodies and len(zone) == 2):
        return None
    named: dict[Referent, None] = {}
    for name in state.names_before(phrase.first, 16):
        is_one = name.referent.kind == ("organization" if bodies else "person")
        if is_one and (two or may_be(noun, name.referent.name)):
            named[name.referent] = None
        if len(named) == 2:
            return group_of(sorted(named, key=lambda r: int((r.entity or "P0")[1:])))
    return None


_RULES = {
    "document": _resolve_document,
    "organization": _resolve_body,
    "group": _resolve_group,
}


def group_of(members: list[Referent]) -> Referent:
    """Return the group of several named people, organizations or places."""
    return Referent(
        "group", "; ".join(m.name for m in members), None, tuple(m.entity or "" for m in members)
    )
