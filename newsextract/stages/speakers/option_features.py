"""Features of a candidate referent for a phrase without a name."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from newsextract.language.noun_classes import noun_senses
from newsextract.language.nouns import SMALL_WORDS, is_plural
from newsextract.language.strings import fold
from newsextract.stages.speakers.entity_index import Referent
from newsextract.stages.speakers.kinds import KINDS, kind_chances
from newsextract.stages.speakers.options import (
    IT,
    THEY,
    Option,
    classes_of,
    is_body_noun,
    is_dual,
    is_organization,
)
from newsextract.stages.speakers.phrases import Phrase
from newsextract.stages.speakers.state import State

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

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
COUNT = ("often_named", "most_named", "only_organization", "often_spoke", "opens")
WORDS = (
    "noun_shared", "words_shared", "all_words_shared", "all_name_shared",
    "class_same", "class_other", "class_unknown", "network_last", "network_best",
)  # fmt: skip
FEATURES = MENTION + ITSELF + MADE + PLACE + COUNT + WORDS

_KEPT = 3
"""The last mentions of an option that are looked at."""
_NETWORK = 0.25
_SMALL = SMALL_WORDS | {"his", "her", "their", "its"}
_FORMS = ("joined", "two", "several")
_DETERMINERS = ("definite", "indefinite", "possessive", None)


@dataclass(frozen=True, slots=True)
class _Setting:
    """The phrase, and what its options share.

    ``own`` are the features of the phrase, ``kinds`` how probable each of ``KINDS`` is for it;
    ``noun``, ``words`` and ``classes`` (of organizations) are empty for a pronoun. ``ranks`` tell
    how recently each option was mentioned, 0 the last; ``latest`` is the last one of each kind,
    ``of_kind`` how many of that kind there are. ``spoke`` are the options that were sources, the
    last one first. ``organizations`` counts those among the options, ``most_named`` how often the
    one named most is named.
    """

    phrase: Phrase
    own: tuple[float, ...]
    kinds: dict[str, float]
    noun: str
    words: set[str]
    classes: set[str]
    ranks: dict[int, int]
    latest: dict[str, int]
    of_kind: Counter[str]
    spoke: Sequence[int]
    most_named: int
    organizations: int


def describe_options(
    state: State, phrase: Phrase, options: Sequence[Option], itself: Referent | None
) -> Floats:
    """Return the features of each option and, last, of ``itself``: (options + 1, ``FEATURES``)."""
    setting = _make_setting(state, phrase, options)
    said = itself is not None and fold(itself.name) in {fold(o.referent.name) for o in options}
    rest = len(FEATURES) - len(MENTION) - len(ITSELF)
    rows: list[tuple[float, ...]] = [
        (
            *setting.own,
            *(0.0,) * len(ITSELF),
            *_describe_made(state, setting, option),
            *_describe_place(state, setting, option, number),
            *_describe_counts(state, setting, option),
            *_describe_words(state, setting, option),
        )
        for number, option in enumerate(options)
    ]
    rows.append((*setting.own, True, said, *setting.own, *(0.0,) * rest))
    return np.array(rows, np.float32)


def _make_setting(state: State, phrase: Phrase, options: Sequence[Option]) -> _Setting:
    doc, low = state.doc, state.doc[phrase.head].lower_
    nominal = low not in IT | THEY
    noun = phrase.noun(doc) if nominal else ""
    words = {*fold(phrase.text(doc)).split()} - _SMALL if nominal else set()
    chances = kind_chances(doc, phrase).tolist() if nominal else [0.0] * len(KINDS)
    own = (
        low in IT, low in THEY, *(nominal and phrase.determiner == d for d in _DETERMINERS),
        nominal and is_plural(low), len(words) > 1, is_body_noun(noun),
        noun_senses(low)[:1] == "p", noun_senses(low)[:1] == "c", is_dual(state, phrase),
        any(i in state.index.by_token for i in range(phrase.first, phrase.last)),
        nominal and phrase.last > phrase.zone_end, phrase.possessor is not None,
        state.page.marked[phrase.first], *chances,
    )  # fmt: skip
    seen = [n for n, option in enumerate(options) if option.seen]
    order = sorted(seen, key=lambda n: -options[n].seen[-1].first)
    kinds = {n: options[n].referent.kind for n in order}
    spoke = {n: c.first for n in order for c in options[n].seen if c.spoke}
    counts = [state.index.counts[o.referent.entity] for o in options if is_organization(o.referent)]
    return _Setting(
        phrase, own, dict(zip(KINDS, chances, strict=True)),
        noun=noun, words=words, classes=classes_of(noun),
        ranks={n: rank for rank, n in enumerate(order)}, of_kind=Counter(kinds.values()),
        latest={kinds[n]: n for n in reversed(order)}, spoke=sorted(spoke, key=lambda n: -spoke[n]),
        most_named=max(counts, default=0), organizations=len(counts),
    )  # fmt: skip


def _describe_made(state: State, setting: _Setting, option: Option) -> tuple[float, ...]:
    referent = option.referent
    return (
        *(referent.kind == kind for kind in KINDS), setting.kinds.get(referent.kind, 0.0),
        referent.entity is not None, *(option.form == form for form in _FORMS),
        bool(referent.members), len(referent.members) == 2 and is_dual(state, setting.phrase),
    )  # fmt: skip


def _describe_place(
    state: State, setting: _Setting, option: Option, number: int
) -> tuple[float, ...]:
    if not option.seen:
        return (True, *(0.0,) * (len(PLACE) - 1))
    page, at, last = state.page, setting.phrase.first, option.seen[-1]
    here = page.sentence[at]
    apart, lines = here - page.sentence[last.first], page.paragraph[at] - page.paragraph[last.first]
    rank, spoke = setting.ranks[number], any(c.spoke for c in option.seen)
    kind = option.referent.kind
    subjects = [c for c in option.seen[-_KEPT:] if page.is_subject(c.first, c.last)]
    acted = {page.sentence[c.first] for c in subjects}
    return (
        False, apart == 0, apart == 1, apart == 2, apart == 3, 4 <= apart <= 7, apart > 7,
        lines == 0, lines == 1, 1 / (1 + max(0, at - last.last) / 8) if apart == 0 else 0.0,
        rank == 0, rank == 1, rank == 2, setting.latest[kind] == number,
        setting.of_kind[kind] == 1, number in setting.spoke[:1],
        number in setting.spoke[1:2], spoke, spoke and apart <= 1, last in subjects, here in acted,
        here - 1 in acted, page.is_possessor(last.last), page.marked[last.first],
    )  # fmt: skip


def _describe_counts(state: State, setting: _Setting, option: Option) -> tuple[float, ...]:
    count = state.index.counts[option.referent.entity]
    return (
        math.log1p(count) / 2, 0 < count == setting.most_named,
        setting.organizations == 1 and is_organization(option.referent),
        math.log1p(sum(c.spoke for c in option.seen)) / 2,
        bool(option.seen) and state.page.sentence[option.seen[0].first] <= 2,
    )  # fmt: skip


def _describe_words(state: State, setting: _Setting, option: Option) -> tuple[float, ...]:
    phrase, words = setting.phrase, setting.words
    name = {*fold(option.referent.name).split()} - _SMALL
    spans = [(c.first, c.last) for c in option.seen[-_KEPT:]]
    scores = state.page.pair_scores(phrase.first, phrase.last, spans) or [0.0]
    theirs = set[str]().union(*map(classes_of, name)) if setting.classes else set()
    same = bool(setting.classes & theirs)
    return (
        setting.noun in name, min(len(words & name), 3) / 3, bool(words) and words <= name,
        len(name) > 1 and name <= words, same, bool(theirs) and not same,
        bool(setting.classes) and not theirs, scores[-1] * _NETWORK, max(scores) * _NETWORK,
    )  # fmt: skip
