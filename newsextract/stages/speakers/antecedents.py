"""What a source without a name stands for: "the lender", "they", "the report", or itself.

A fitted scorer chooses among the bodies, places and sources mentioned before, the plurals that
"they" may mean, bodies with the noun in their name, and the phrase itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from newsextract.language.lexicon import read_pairs
from newsextract.language.noun_classes import noun_senses
from newsextract.language.nouns import SMALL_WORDS, is_plural, singular
from newsextract.language.strings import fold
from newsextract.records import SourceKind
from newsextract.stages.scorer import read_scorer
from newsextract.stages.speakers.entity_index import Referent
from newsextract.stages.speakers.kinds import KINDS, kind_chances
from newsextract.stages.speakers.phrases import Phrase
from newsextract.stages.speakers.state import Candidate, State

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WEIGHTS = Path(__file__).parents[2] / "data" / "referent_weights.npz"
_NAMES, _SOURCES, _COMING = 40, 30, 4
_KEPT = 3
_GAP = 8
_REACH, _NEARBY = 14, 120
_NETWORK = 0.25
_PEOPLE = 16
_PLURALS = 3
_OPENERS = ("ADP", "VERB", "AUX", "CCONJ", "SCONJ", "PRON")
_DUAL = frozenset(("two", "both", "pair", "duo", "couple"))
_SMALL = SMALL_WORDS | {"his", "her", "their", "its"}
_FORMS = ("joined", "two", "several")
_IT, _THEY = frozenset(("it", "its")), frozenset(("they", "them", "their"))
_DETERMINERS = ("definite", "indefinite", "possessive", None)

MENTION = (
    "it", "they", "definite", "indefinite", "possessive", "bare", "plural", "modified", "body_noun",
    "person_noun", "text_noun", "dual", "holds_name", "complement", "possessor", "marked",
    *(f"is_{kind}" for kind in KINDS),
)  # fmt: skip
ITSELF = ("itself", "itself_said", *(f"itself_{name}" for name in MENTION))
MADE = (
    *(f"kind_{kind}" for kind in KINDS), "kind_fits", "named", "joined", "two", "several",
    "members", "members_dual",
)  # fmt: skip
PLACE = (
    "unseen", "same_sentence", "one_before", "two_before", "three_before", "few_before", "far",
    "same_paragraph", "next_paragraph", "near_words", "most_recent", "second_recent",
    "third_recent", "most_recent_of_kind", "only_of_kind", "spoke_last", "spoke_before_last",
    "spoke", "spoke_near", "last_subject", "subject_same_sentence", "subject_one_before",
    "last_possessor", "last_marked",
)  # fmt: skip
COUNT = ("often_named", "most_named", "only_body", "often_spoke", "opens")
WORDS = (
    "noun_shared", "words_shared", "all_words_shared", "all_name_shared",
    "class_same", "class_other", "class_unknown", "network_last", "network_best",
)  # fmt: skip
FEATURES = MENTION + ITSELF + MADE + PLACE + COUNT + WORDS


@dataclass(frozen=True, slots=True)
class Option:
    """A referent that a phrase may stand for, and where it was before, the last one last.

    ``form`` tells that several make it up ("joined" by "and", the "two" named last), that it is a
    plural before ("several"), or the phrase "itself".
    """

    referent: Referent | None
    seen: tuple[Candidate, ...] = ()
    form: str = ""


def find_referent(state: State, phrase: Phrase, itself: Referent | None) -> Referent | None:
    """Return what ``phrase`` stands for, ``itself`` if nothing else does.

    "The nonpartisan Commission on Roads" is the body of that name, whatever the scorer says.
    """
    options = list_options(state, phrase, itself)
    text = f" {fold(phrase.text(state.doc))}"
    bodies = (o.referent for o in options if o.referent and _is_body(o.referent))
    named = next((body for body in bodies if text.endswith(f" {fold(body.name)}")), None)
    if named is not None:
        return named
    referents = [option.referent for option in options]
    choose = state.choose or choose_best
    return referents[choose(phrase, referents, describe_options(state, phrase, options))]


def choose_best(phrase: Phrase, referents: Sequence[Referent | None], rows: Floats) -> int:
    """Return the number of the referent with the highest score."""
    return int(read_scorer(WEIGHTS).score(rows).argmax())


def list_options(state: State, phrase: Phrase, itself: Referent | None) -> list[Option]:
    """Return what ``phrase`` may stand for, ``itself`` last."""
    at, seen = phrase.first, dict[tuple[str, str], list[Candidate]]()
    names = (Candidate(n.first, n.last, n.referent) for n in state.names_before(at, _NAMES))
    before = (*state.said_before(at, _SOURCES), *names)
    for candidate in sorted(before, key=lambda c: (c.first, c.spoke)):
        if candidate.referent.kind != "person":
            seen.setdefault(candidate.referent.key, []).append(candidate)
    options = {key: Option(own[-1].referent, tuple(own)) for key, own in seen.items()}
    coming = state.index.bodies.get(fold(state.doc[phrase.head].text), ())
    more = (*(Option(body) for body in coming[:_COMING]), *_list_several(state, phrase))
    for option in more:
        if option.referent is not None:
            options.setdefault(option.referent.key, option)
    possible = (o for o in options.values() if o.referent and _can_be(state, phrase, o.referent))
    return [*possible, Option(itself, form="itself")]


def _can_be(state: State, phrase: Phrase, referent: Referent) -> bool:
    """Whether form allows it: "it" is nobody, "lenders" are not one bank, no ministry "lender"."""
    word = state.doc[phrase.head].lower_
    if word in _IT:
        return referent.kind != "unnamed"
    if word in _THEY or not _is_body(referent):
        return True
    return not is_plural(word) and may_be(phrase.noun(state.doc), referent.name)


def group_of(members: Sequence[Referent]) -> Referent:
    """Return the group of several named people, organizations or places."""
    names, ids = "; ".join(m.name for m in members), tuple(m.entity or "" for m in members)
    return Referent("group", names, None, ids)


def _list_several(state: State, phrase: Phrase) -> Iterator[Option]:
    """Yield the groups that a plural may mean, as far as they were no sources yet."""
    they = _is_they(state, phrase)
    if not (they or _is_dual(state, phrase) or is_plural(state.doc[phrase.head].lower_)):
        return
    joined = _find_joined(state, phrase.first)
    noun = "" if they else phrase.noun(state.doc)
    bodies = _find_two(state, phrase.first, "organization", noun=noun)
    for option in (joined, _find_two(state, phrase.first, "person"), bodies):
        if option is not None:
            yield option
    yield from islice(_find_plurals(state, phrase.first), _PLURALS if they else 0)


def _is_they(state: State, phrase: Phrase) -> bool:
    return state.doc[phrase.head].lower_ in _THEY | {"both"}


def _is_dual(state: State, phrase: Phrase) -> bool:
    return not _DUAL.isdisjoint(state.page.lower[phrase.first : phrase.last])


def _find_joined(state: State, at: int) -> Option | None:
    """Return the last people joined by "and" in this sentence or the two before it."""
    for after, name in pairwise(state.names_before(at, _PEOPLE)):
        if state.page.sentence[at] - state.page.sentence[name.first] > 2:
            return None
        gap = state.doc[name.last : after.first]
        joined = len(gap) <= _GAP and any(t.lower_ in ("and", "&") for t in gap[-4:])
        both = {name.referent, after.referent}
        people = len(both) == 2 and all(referent.kind == "person" for referent in both)
        if joined and people and not any(t.pos_ in ("VERB", "AUX") for t in gap):
            group = group_of([name.referent, after.referent])
            return Option(group, (Candidate(name.first, after.last, group),), "joined")
    return None


def _find_two(state: State, at: int, kind: SourceKind, *, noun: str = "") -> Option | None:
    """Return the two people, or the two organizations that ``noun`` can mean, named last."""
    named: dict[Referent, int] = {}
    for name in state.names_before(at, _PEOPLE):
        if name.referent.kind == kind and (not noun or may_be(noun, name.referent.name)):
            named.setdefault(name.referent, name.first)
        if len(named) == 2:
            group = group_of(sorted(named, key=lambda r: int((r.entity or "P0")[1:])))
            first = min(named.values())
            return Option(group, (Candidate(first, first + 1, group),), "two")
    return None


def _find_plurals(state: State, at: int) -> Iterator[Option]:
    """Yield the people of plurals in this sentence or the one before: "Fans left. They said"."""
    doc, here = state.doc, state.page.sentence[at]
    for i in range(at - 1, max(-1, at - _NEARBY), -1):
        if here - state.page.sentence[i] > 1:
            return
        if state.page.pos[i] == "NOUN" and _means_people(state.page.lower[i]):
            first = phrase_start(state, i)
            group = Referent("group", " ".join(doc[first : i + 1].text.split()))
            yield Option(group, (Candidate(first, i + 1, group),), "several")


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
    table = read_pairs("body_classes")
    wanted = set(table.get(noun, "").split("; "))
    own = [set(table[word].split("; ")) for word in fold(name).split() if word in table]
    return wanted == {""} or not own or any(wanted & classes for classes in own)


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


@dataclass(frozen=True, slots=True)
class _Setting:
    """The phrase, and what its options share.

    ``own`` are the features of the phrase, ``kinds`` how probable each of ``KINDS`` is for it,
    ``words`` and ``classes`` what it says, ``ranks`` and ``kind_ranks`` how recently each option
    was mentioned, 0 the last, ``spoke`` the options that were sources, the last one first.
    """

    phrase: Phrase
    own: tuple[float, ...]
    kinds: dict[str, float]
    noun: str
    words: set[str]
    classes: set[str]
    ranks: dict[int, int] = field(default_factory=dict)
    kind_ranks: dict[int, int] = field(default_factory=dict)
    of_kind: dict[str, int] = field(default_factory=dict)
    spoke: Sequence[int] = ()
    most_named: int = 0
    bodies: int = 0


def describe_options(state: State, phrase: Phrase, options: Sequence[Option]) -> Floats:
    """Return the features of each option, (options, ``FEATURES``)."""
    setting = _make_setting(state, phrase, options)
    rows = [
        (
            *setting.own,
            *_describe_itself(setting, option, options),
            *_describe_made(setting, option),
            *_describe_place(state, setting, option, number),
            *_describe_counts(state, setting, option),
            *_describe_words(state, setting, option),
        )
        for number, option in enumerate(options)
    ]
    return np.array(rows, np.float32)


def _make_setting(state: State, phrase: Phrase, options: Sequence[Option]) -> _Setting:
    doc, low = state.doc, state.doc[phrase.head].lower_
    nominal = low not in _IT | _THEY
    noun = phrase.noun(doc) if nominal else ""
    words = {*fold(phrase.text(doc)).split()} - _SMALL if nominal else set()
    chances = kind_chances(doc, phrase).tolist() if nominal else [0.0] * len(KINDS)
    own = (
        low in _IT, low in _THEY, *(nominal and phrase.determiner == d for d in _DETERMINERS),
        nominal and is_plural(low), len(words) > 1, is_body_noun(noun),
        noun_senses(low)[:1] == "p", noun_senses(low)[:1] == "c", _is_dual(state, phrase),
        any(i in state.index.by_token for i in range(phrase.first, phrase.last)),
        nominal and phrase.last > phrase.zone_end, phrase.possessor is not None,
        state.page.marked[phrase.first], *chances,
    )  # fmt: skip
    order = sorted(
        (n for n, o in enumerate(options) if o.seen), key=lambda n: -options[n].seen[-1].first
    )
    kinds: dict[str, int] = {}
    kind_ranks: dict[int, int] = {}
    for number in order:
        kind = _kind_of(options[number])
        kind_ranks[number] = kinds.setdefault(kind, 0)
        kinds[kind] += 1
    bodies = [o.referent for o in options if o.referent and _is_body(o.referent)]
    return _Setting(
        phrase, own, dict(zip(KINDS, chances, strict=True)), noun, words,
        _classes_of([noun]), {n: rank for rank, n in enumerate(order)}, kind_ranks, kinds,
        sorted((n for n in order if _last_spoken(options[n]) >= 0),
               key=lambda n: -_last_spoken(options[n])),
        max((state.index.counts[b.entity or ""] for b in bodies), default=0), len(bodies),
    )  # fmt: skip


def _kind_of(option: Option) -> str:
    return option.referent.kind if option.referent else ""


def _is_body(referent: Referent) -> bool:
    return referent.kind == "organization" and referent.entity is not None


def _last_spoken(option: Option) -> int:
    return max((c.first for c in option.seen if c.spoke), default=-1)


def _classes_of(words: Sequence[str] | set[str]) -> set[str]:
    """Return the classes of bodies that words mean: "bank" finance, "lender" finance."""
    table = read_pairs("body_classes")
    return {name for word in words for name in table.get(word, "").split("; ") if name}


def _describe_itself(
    setting: _Setting, option: Option, options: Sequence[Option]
) -> tuple[float, ...]:
    if option.form != "itself":
        return (0.0,) * len(ITSELF)
    name = option.referent and fold(option.referent.name)
    others = (o.referent for o in options if o is not option and o.referent)
    return (True, any(fold(other.name) == name for other in others), *setting.own)


def _describe_made(setting: _Setting, option: Option) -> tuple[float, ...]:
    referent = option.referent
    if option.form == "itself" or referent is None:
        return (0.0,) * len(MADE)
    dual = bool(setting.own[MENTION.index("dual")])
    return (
        *(referent.kind == kind for kind in KINDS), setting.kinds.get(referent.kind, 0.0),
        referent.entity is not None, *(option.form == form for form in _FORMS),
        bool(referent.members), dual and len(referent.members) == 2,
    )  # fmt: skip


def _describe_place(
    state: State, setting: _Setting, option: Option, number: int
) -> tuple[float, ...]:
    if not option.seen:
        return (option.form != "itself", *(0.0,) * (len(PLACE) - 1))
    page, at, last = state.page, setting.phrase.first, option.seen[-1]
    here = page.sentence[at]
    apart, lines = here - page.sentence[last.first], page.paragraph[at] - page.paragraph[last.first]
    rank, spoke = setting.ranks[number], any(c.spoke for c in option.seen)
    subjects = [c for c in option.seen[-_KEPT:] if page.is_subject(c.first, c.last)]
    acted = {page.sentence[c.first] for c in subjects}
    return (
        False, apart == 0, apart == 1, apart == 2, apart == 3, 4 <= apart <= 7, apart > 7,
        lines == 0, lines == 1, 1 / (1 + max(0, at - last.last) / 8) if apart == 0 else 0.0,
        rank == 0, rank == 1, rank == 2, setting.kind_ranks[number] == 0,
        setting.of_kind[_kind_of(option)] == 1, number in setting.spoke[:1],
        number in setting.spoke[1:2], spoke, spoke and apart <= 1, last in subjects, here in acted,
        here - 1 in acted, page.is_possessor(last.last), page.marked[last.first],
    )  # fmt: skip


def _describe_counts(state: State, setting: _Setting, option: Option) -> tuple[float, ...]:
    referent = option.referent
    if referent is None or option.form == "itself":
        return (0.0,) * len(COUNT)
    count = state.index.counts[referent.entity or ""]
    return (
        math.log1p(count) / 2, 0 < count == setting.most_named,
        setting.bodies == 1 and _is_body(referent),
        math.log1p(sum(c.spoke for c in option.seen)) / 2,
        bool(option.seen) and state.page.sentence[option.seen[0].first] <= 2,
    )  # fmt: skip


def _describe_words(state: State, setting: _Setting, option: Option) -> tuple[float, ...]:
    referent, phrase, words = option.referent, setting.phrase, setting.words
    if referent is None or option.form == "itself":
        return (0.0,) * len(WORDS)
    name = {*fold(referent.name).split()} - _SMALL
    spans = [(c.first, c.last) for c in option.seen[-_KEPT:]]
    scores = state.page.pair_scores(phrase.first, phrase.last, spans) or [0.0]
    theirs = _classes_of(name) if setting.classes else set()
    same = bool(setting.classes & theirs)
    return (
        setting.noun in name, min(len(words & name), 3) / 3, bool(words) and words <= name,
        len(name) > 1 and name <= words, same, bool(theirs) and not same,
        bool(setting.classes) and not theirs, scores[-1] * _NETWORK, max(scores) * _NETWORK,
    )  # fmt: skip
