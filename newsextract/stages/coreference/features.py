"""Features of a candidate antecedent for a pronoun or nominal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from newsextract.language.lexicon import read_words
from newsextract.language.noun_classes import noun_senses
from newsextract.language.nouns import role_noun
from newsextract.stages.coreference.anaphors import Anaphor
from newsextract.stages.coreference.discourse import Discourse, Figure, Seen
from newsextract.stages.page import NO_QUOTE, Page

MENTION = (
    "pronoun", "definite", "indefinite", "possessed", "bare",
    "object", "possessive", "reflexive", "subject", "in_marks", "in_quote", "source",
    "network_marked", "network_unmarked",
)  # fmt: skip
NOBODY = (
    "nobody", "nobody_fits", "nobody_person_first", "nobody_role_noun", "nobody_family",
    "nobody_capital", "nobody_complement", "nobody_predicate", "nobody_age", "nobody_nationality",
    "nobody_head_held", "network_nobody_marked", "network_nobody_unmarked",
)  # fmt: skip
PLACE = (
    "unseen", "same_sentence", "one_before", "two_before", "three_before", "few_before", "far",
    "same_paragraph", "next_paragraph", "other_paragraph", "near_words",
    "most_recent", "second_recent", "third_recent", "only_fit", "between",
    "soon_same_sentence", "soon_next_sentence", "soon_later", "soon_first",
)  # fmt: skip
SALIENCE = (
    "last_name", "last_pronoun", "last_nominal", "last_subject", "last_possessor", "last_opens",
    "subject_same_sentence", "subject_one_before", "coargument", "same_subject", "same_clause",
    "same_phrase", "often", "often_named", "most_named", "once",
)  # fmt: skip
PERSON = (
    "unnamed", "unnamed_person_first", "unnamed_role_noun", "unnamed_indefinite",
    "unnamed_predicate", "network_unnamed_marked", "gender_same", "gender_other", "gender_unknown",
)  # fmt: skip
QUOTATION = (
    "speaks_direct", "speaks_indirect", "last_marked", "both_unmarked", "same_quote",
    "spoke_last", "spoke",
)  # fmt: skip
WORDS = (
    "network_last", "network_best", "network_last_nominal", "network_best_nominal",
    "same_head", "same_role", "words_shared", "all_words_shared", "no_role", "other_role",
    "held_by_other", "age_shared", "context_shared", "country_shared", "is_possessor", "related",
)  # fmt: skip
FEATURES = MENTION + NOBODY + PLACE + SALIENCE + PERSON + QUOTATION + WORDS

_COPULAS = frozenset(("is", "was", "be", "as", "a", "become", "been", "became", "like", "are"))
_NETWORK = 0.25
_NEARBY = 12
_BESIDE = 6
_AGE_REACH = 5


@dataclass(frozen=True, slots=True)
class Setting:
    """The mention to resolve, and what all of its candidates share.

    ``own`` are the features of the mention, ``fitting`` the people before it whose gender it
    allows, the latest first, with their ranks, ``holders`` the named people of its noun,
    ``holding`` all who are called by it, ``coming`` those named first after it, ``said`` who spoke
    last. ``age`` and ``countries`` are those that a nominal tells.
    """

    anaphor: Anaphor
    own: tuple[float, ...]
    fitting: dict[Figure, int]
    holders: Sequence[Figure]
    holding: Sequence[Figure]
    coming: Sequence[Figure]
    most_named: Figure | None
    said: Figure | None
    age: str | None
    countries: set[str]


def make_setting(
    discourse: Discourse, anaphor: Anaphor, *, recent: Sequence[Figure], is_source: bool
) -> Setting:
    """Return what all candidates of ``anaphor`` share, of whom ``recent`` precede it."""
    page, fitting = discourse.page, (f for f in recent if fits(f, anaphor))
    holders = discourse.holders_of(anaphor)
    return Setting(
        anaphor,
        _describe_mention(page, anaphor, is_source=is_source),
        fitting={f: rank for rank, f in enumerate(fitting)},
        holders=holders,
        holding=[f for f in (*recent, *holders) if f.holds(anaphor)],
        coming=discourse.coming(anaphor.first),
        most_named=discourse.most_named,
        said=discourse.last_source(anaphor.first),
        age=_read_age(page.lower[anaphor.first : anaphor.last]),
        countries={code for code in page.country[anaphor.first : anaphor.last] if code},
    )


def _read_age(words: Sequence[str]) -> str | None:
    """Return the age in "the 34-year-old"."""
    old = next((w for w in words if (w[:1].isdigit() and "year" in w) or w.isdigit()), None)
    return old and old.split("-")[0]


def fits(figure: Figure, anaphor: Anaphor) -> bool:
    """Whether the gender of a mention allows ``figure``."""
    return anaphor.gender is None or figure.gender in (None, anaphor.gender)


def _describe_mention(page: Page, anaphor: Anaphor, *, is_source: bool) -> tuple[float, ...]:
    word = page.lower[anaphor.head]
    possessive = is_possessive(page, anaphor)
    return (
        anaphor.is_pronoun,
        anaphor.determiner == "definite",
        anaphor.determiner == "indefinite",
        anaphor.determiner == "possessive",
        anaphor.determiner == "bare",
        anaphor.is_pronoun and word in ("him", "her") and not possessive,
        possessive,
        word.endswith("self"),
        page.is_subject(anaphor.first, anaphor.last),
        page.marked[anaphor.first],
        page.quote[anaphor.first] != NO_QUOTE,
        is_source,
        anaphor.marked,
        _is_unmarked(page, anaphor),
    )


def _is_unmarked(page: Page, anaphor: Anaphor) -> bool:
    """Whether the encoder, which marks the nominals of named people, leaves this one out."""
    return page.nominals is not None and not anaphor.is_pronoun and not anaphor.marked


def is_possessive(page: Page, anaphor: Anaphor) -> bool:
    """Whether a pronoun is a possessor: "his", or "her" before a noun."""
    word, after = page.lower[anaphor.head], anaphor.last
    if not anaphor.is_pronoun or word != "her":
        return word == "his"
    return after < len(page) and page.pos[after] in ("NOUN", "ADJ", "PROPN", "NUM")


def describe_origin(page: Page, anaphor: Anaphor) -> tuple[float, ...]:
    """Return how a nominal introduces somebody, as the features after "unnamed" in ``PERSON``."""
    before = page.lower[anaphor.first - 1] if anaphor.first else ""
    head = anaphor.words[-1] if anaphor.words else ""
    return (
        noun_senses(head)[:1] == "p",
        role_noun(head) is not None,
        anaphor.determiner == "indefinite",
        before in _COPULAS,
    )


def describe_nobody(discourse: Discourse, setting: Setting) -> list[float]:
    """Return the features of the null antecedent (nobody mentioned)."""
    page, anaphor = discourse.page, setting.anaphor
    head = anaphor.words[-1] if anaphor.words else ""
    person_first, role, _, predicate = describe_origin(page, anaphor)
    values = (
        *setting.own, True, not setting.fitting, person_first, role,
        head in read_words("relation_nouns"),
        bool(head) and page.text[anaphor.head].istitle(), anaphor.last > anaphor.head + 1,
        predicate, "old" in head, page.label[anaphor.head] == "NORP", bool(setting.holders),
        anaphor.marked, _is_unmarked(page, anaphor),
    )  # fmt: skip
    return [*map(float, values), *(0.0,) * (len(FEATURES) - len(values))]


def describe_candidate(
    discourse: Discourse, setting: Setting, figure: Figure, *, speaker: Figure | None
) -> list[float]:
    """Return the ``FEATURES`` of ``figure`` as antecedent; ``speaker`` says the quote around."""
    seen = figure.last_before(setting.anaphor.first)
    values = (
        *setting.own,
        *(0.0,) * len(NOBODY),
        *_describe_place(discourse.page, setting, figure, seen),
        *_describe_salience(discourse.page, setting, figure, seen),
        *_describe_person(figure, setting.anaphor),
        *_describe_quotation(discourse.page, setting, figure, seen, is_speaker=figure is speaker),
        *_describe_words(discourse, setting, figure, seen),
    )
    return list(map(float, values))


def _describe_place(
    page: Page, setting: Setting, figure: Figure, seen: Sequence[Seen]
) -> tuple[float, ...]:
    at = setting.anaphor.first
    rank = setting.fitting.get(figure, len(setting.fitting))
    ranks = (rank == 0, rank == 1, rank == 2, rank == 0 and len(setting.fitting) == 1,
             min(rank, 6) / 6)  # fmt: skip
    if not seen:
        return (True, *(0.0,) * 10, *ranks, *_describe_coming(page, setting, figure))
    last = seen[-1]
    apart = page.sentence[at] - page.sentence[last.first]
    lines = page.paragraph[at] - page.paragraph[last.first]
    near = 1.0 / (1.0 + max(0, at - last.last) / 8) if apart == 0 else 0.0
    return (
        False, apart == 0, apart == 1, apart == 2, apart == 3, 4 <= apart <= 7, apart > 7,
        lines == 0, 1 <= lines <= 2, lines > 2, near, *ranks,
        *(_describe_coming(page, setting, figure) if apart else (0.0,) * 4),
    )  # fmt: skip


def _describe_coming(page: Page, setting: Setting, figure: Figure) -> tuple[float, ...]:
    """Return where a person is mentioned next: "When she rose, Ann Lee …"."""
    soon = figure.after(setting.anaphor.first)
    if soon is None:
        return (0.0,) * 4
    apart = page.sentence[soon.first] - page.sentence[setting.anaphor.first]
    return (apart == 0, apart == 1, apart > 1, figure in setting.coming[:1])


def _describe_salience(
    page: Page, setting: Setting, figure: Figure, seen: Sequence[Seen]
) -> tuple[float, ...]:
    if not seen:
        return (0.0,) * len(SALIENCE)
    at, last = setting.anaphor.first, seen[-1]
    here = page.sentence[at]
    inside = page.sentence[last.first] == here
    count = figure.count_before(at)
    actors = [s for s in seen if s.subject]
    subjects = [page.sentence[s.first] for s in actors]
    shared = here in subjects and not page.has_subject(actors[-1].last, at)
    clause = inside and page.same_clause(last.last, at)
    is_object = bool(setting.own[MENTION.index("object")])
    return (
        last.form == "name", last.form == "pronoun", last.form == "nominal",
        last.subject, last.possessor,
        last.first == 0 or page.sentence[last.first - 1] != page.sentence[last.first],
        here in subjects, here - 1 in subjects,
        is_object and shared, shared, clause,
        inside and not _may_bind(setting) and not page.has_verb(last.last, at),
        math.log1p(count) / 2, math.log1p(figure.names) / 2,
        figure is setting.most_named, count == 1,
    )  # fmt: skip


def _may_bind(setting: Setting) -> bool:
    """Whether a pronoun may refer to someone in its own clause: "his", "himself"."""
    return any(setting.own[MENTION.index(name)] for name in ("possessive", "reflexive"))


def _describe_person(figure: Figure, anaphor: Anaphor) -> tuple[float, ...]:
    known = figure.gender is not None and anaphor.gender is not None
    same = figure.gender == anaphor.gender
    unnamed = figure.person is None
    return (
        unnamed, *figure.origin, unnamed and anaphor.marked,
        known and same, known and not same, not known,
    )  # fmt: skip


def _describe_quotation(
    page: Page, setting: Setting, figure: Figure, seen: Sequence[Seen], *, is_speaker: bool
) -> tuple[float, ...]:
    at = setting.anaphor.first
    marked = page.marked[at]
    last_marked = bool(seen) and page.marked[seen[-1].first]
    quote = page.quote[at]
    return (
        is_speaker and marked,
        is_speaker and not marked,
        last_marked,
        not last_marked and not marked,
        quote != NO_QUOTE and bool(seen) and page.quote[seen[-1].first] == quote,
        figure is setting.said,
        figure.spoke is not None and figure.spoke < at,
    )


def _describe_words(
    discourse: Discourse, setting: Setting, figure: Figure, seen: Sequence[Seen]
) -> tuple[float, ...]:
    page, anaphor = discourse.page, setting.anaphor
    soon = figure.after(anaphor.first)
    near = seen or ([soon] if soon else [])
    scores = page.pair_scores(anaphor.first, anaphor.last, [(s.first, s.last) for s in near])
    last, best = (scores[-1] * _NETWORK, max(scores) * _NETWORK) if scores else (0.0, 0.0)
    if not anaphor.words:
        return (last, best, *(0.0,) * (len(WORDS) - 2))
    head, others = anaphor.words[-1], set(anaphor.words[:-1])
    spelled_out = figure.holds(anaphor, spelled_out=True)
    shared = len(others & figure.words)
    owner = anaphor.possessor is not None and discourse.by_token.get(anaphor.possessor) is figure
    return (
        last, best, last, best,
        figure.holds(anaphor), spelled_out,
        min(shared, 2) / 2, bool(others) and shared == len(others),
        not figure.heads, bool(figure.heads) and not spelled_out,
        bool(setting.holding) and figure not in setting.holding,
        _shares_age(page, setting.age, figure.named),
        _shares_context(page, set(anaphor.words), figure.named),
        shares_country(page, setting.countries, figure.named), owner,
        head in read_words("relation_nouns"),
    )  # fmt: skip


def _shares_age(page: Page, age: str | None, names: Sequence[Seen]) -> bool:
    """Whether the age in "the 34-year-old" is beside a name: "Ann Lee, 34,"."""
    if age is None:
        return False
    near = (page.lower[max(0, s.first - _AGE_REACH) : s.last + _AGE_REACH] for s in names)
    return any(word.split("-")[0] == age for words in near for word in words)


def _shares_context(page: Page, words: set[str], names: Sequence[Seen]) -> float:
    """Return how many words of a nominal are near the person's names, of two at most."""
    near: set[str] = set()
    for s in names:
        near.update(page.lower[max(0, s.first - _NEARBY) : s.last + _NEARBY])
    return min(len(words & near), 2) / 2


def shares_country(page: Page, countries: set[str], names: Sequence[Seen]) -> bool:
    """Whether the country of "the Norwegian" is named beside the person: "Norway's Ann Lee".

    Not in "Bo Ray beat Norway's Ann Lee", where a verb parts Bo Ray from Norway.
    """
    for s in names if countries else ():
        for i in range(max(0, s.first - _BESIDE), min(len(page), s.last + _BESIDE)):
            apart = page.has_verb(i, s.first) or page.has_verb(s.last, i)
            if page.country[i] in countries and not apart:
                return True
    return False
