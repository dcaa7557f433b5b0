"""Candidate referents of a phrase without a name: earlier organizations, places and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from newsextract.language.lexicon import read_pairs
from newsextract.language.noun_classes import noun_senses
from newsextract.language.nouns import is_plural, singular
from newsextract.language.strings import fold
from newsextract.records import SourceKind
from newsextract.stages.speakers.entity_index import Occurrence, Referent
from newsextract.stages.speakers.phrases import Phrase
from newsextract.stages.speakers.state import State

IT, THEY = frozenset(("it", "its")), frozenset(("they", "them", "their"))
_NAMES, SOURCES, _COMING = 40, 30, 4
"""How many earlier names and sources, and organizations named by its noun, are options."""
_PEOPLE, _PLURALS = 16, 3
_GAP = 8
_REACH, _NEARBY = 14, 120
_OPENERS = ("ADP", "VERB", "AUX", "CCONJ", "SCONJ", "PRON")
_DUAL = frozenset(("two", "both", "pair", "duo", "couple"))


@dataclass(frozen=True, slots=True)
class Option:
    """A referent that a phrase may stand for, and its earlier occurrences, in text order.

    ``form`` tells that several make it up ("joined" by "and", the "two" named last), or that it is
    a plural before ("several").
    """

    referent: Referent
    seen: tuple[Occurrence, ...] = ()
    form: str = ""


def list_options(state: State, phrase: Phrase) -> list[Option]:
    """Return what ``phrase`` may stand for beside itself."""
    at = phrase.first
    seen: dict[tuple[str, str], list[Occurrence]] = {}
    before = (*state.said_before(at, SOURCES), *state.names_before(at, _NAMES))
    for candidate in sorted(before, key=lambda c: (c.first, c.spoke)):
        if candidate.referent.kind != "person":
            seen.setdefault(candidate.referent.key, []).append(candidate)
    options = {key: Option(own[-1].referent, tuple(own)) for key, own in seen.items()}
    coming = state.index.bodies.get(fold(state.doc[phrase.head].text), ())
    more = (*(Option(body) for body in coming[:_COMING]), *_list_several(state, phrase))
    for option in more:
        options.setdefault(option.referent.key, option)
    return [option for option in options.values() if _can_be(state, phrase, option.referent)]


def _can_be(state: State, phrase: Phrase, referent: Referent) -> bool:
    """Whether the form of a phrase allows a referent.

    "It" is no person, "lenders" are not one bank, and no ministry is "the lender".
    """
    word = state.doc[phrase.head].lower_
    if word in IT:
        return referent.kind != "unnamed"
    if word in THEY or not is_organization(referent):
        return True
    return not is_plural(word) and may_be(phrase.noun(state.doc), referent.name)


def group_of(members: Sequence[Referent]) -> Referent:
    """Return the group of several named people, organizations or places."""
    names, ids = "; ".join(m.name for m in members), tuple(m.entity or "" for m in members)
    return Referent("group", names, None, ids)


def _list_several(state: State, phrase: Phrase) -> Iterator[Option]:
    """Yield groups that a plural may mean and that need not have spoken before."""
    at, word = phrase.first, state.doc[phrase.head].lower_
    they = word in THEY | {"both"}
    if not (they or is_dual(state, phrase) or is_plural(word)):
        return
    noun = "" if they else phrase.noun(state.doc)
    bodies = _find_two(state, at, "organization", noun=noun)
    yield from filter(None, (_find_joined(state, at), _find_two(state, at, "person"), bodies))
    yield from islice(_find_plurals(state, at), _PLURALS if they else 0)


def is_dual(state: State, phrase: Phrase) -> bool:
    """Whether a phrase means two: "both firms"."""
    return not _DUAL.isdisjoint(state.page.lower[phrase.first : phrase.last])


def _find_joined(state: State, at: int) -> Option | None:
    """Return the last people joined by "and" in this sentence or the two before it."""
    for after, name in pairwise(state.names_before(at, _PEOPLE)):
        if state.page.sentence[at] - state.page.sentence[name.first] > 2:
            return None
        gap, both = state.page.lower[name.last : after.first], [name.referent, after.referent]
        joined = len(gap) <= _GAP and not {"and", "&"}.isdisjoint(gap[-4:])
        people = both[0] != both[1] and both[0].kind == both[1].kind == "person"
        if joined and people and not state.page.has_verb(name.last, after.first):
            group = group_of(both)
            return Option(group, (Occurrence(name.first, after.last, group),), "joined")
    return None


def _find_two(state: State, at: int, kind: SourceKind, *, noun: str = "") -> Option | None:
    """Return the two people, or the two organizations that ``noun`` can mean, named last."""
    named: dict[Referent, int] = {}
    for name in state.names_before(at, _PEOPLE):
        if name.referent.kind == kind and may_be(noun, name.referent.name):
            named.setdefault(name.referent, name.first)
        if len(named) == 2:
            group = group_of(sorted(named, key=lambda r: int((r.entity or "P0")[1:])))
            first = min(named.values())
            return Option(group, (Occurrence(first, first + 1, group),), "two")
    return None


def _find_plurals(state: State, at: int) -> Iterator[Option]:
    """Yield the people of plurals in this sentence or the one before: "Fans left. They said"."""
    page = state.page
    for i in range(at - 1, max(-1, at - _NEARBY), -1):
        if page.sentence[at] - page.sentence[i] > 1:
            return
        if page.pos[i] == "NOUN" and _means_people(page.lower[i]):
            plural = Phrase(phrase_start(state, i), i + 1, i)
            group = Referent("group", plural.text(state.doc))
            yield Option(group, (Occurrence(plural.first, i + 1, group),), "several")


def _means_people(word: str) -> bool:
    """Whether a plural means people or organizations: "people", "unions"; not "days"."""
    if singular(word) == word:
        return word == "people"
    return noun_senses(word)[:1] == "p" or is_body_noun(singular(word))


def is_body_noun(noun: str) -> bool:
    """Whether a noun in the singular can mean an organization: "lender", "group"."""
    return noun in read_pairs("body_classes")


def may_be(noun: str, name: str) -> bool:
    """Whether a noun can mean the organization of a name: "the lender" First Bank, no ministry."""
    wanted = classes_of(noun)
    own = [classes_of(word) for word in fold(name).split() if is_body_noun(word)]
    return not wanted or not own or any(wanted & classes for classes in own)


def classes_of(noun: str) -> set[str]:
    """Return the kinds of organization that a noun can mean, none where they are not listed."""
    return set(filter(None, read_pairs("body_classes").get(noun, "").split("; ")))


def phrase_start(state: State, last: int) -> int:
    """Return where the words of the noun phrase that ends with token ``last`` begin.

    It is "fans" in "a spokesman for fans".
    """
    first = last
    while first > max(0, last - _REACH) and not state.doc[first].is_sent_start:
        token = state.doc[first - 1]
        if token.pos_ in _OPENERS or token.is_punct or token.is_space:
            break
        first -= 1
    return first


def is_organization(referent: Referent) -> bool:
    """Whether a referent is an organization that the article names."""
    return referent.kind == "organization" and referent.entity is not None
