"""Link pronouns and nominals to people in text order by a fitted scorer."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from newsextract.language.doc import doc_text, tokens_of
from newsextract.language.nouns import SMALL_WORDS
from newsextract.language.rules import repair
from newsextract.language.strings import fold
from newsextract.records import Mention, Person, Quote, Role
from newsextract.stages.coreference.anaphors import Anaphor, find_anaphors
from newsextract.stages.coreference.discourse import Discourse, Figure, make_discourse
from newsextract.stages.coreference.features import (
    Setting,
    describe_candidate,
    describe_nobody,
    describe_origin,
    make_setting,
    shares_country,
)
from newsextract.stages.page import NO_QUOTE, Page
from newsextract.stages.scorer import Scorer, read_scorer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WEIGHTS = Path(__file__).parents[2] / "data" / "antecedent_weights.npz"
_LEAD = 4
"""The sentences, headline among them, that may introduce somebody who is named only after."""
_STEM = 6
Unnamed = tuple[Mention, ...]
Choose = Callable[[Anaphor, "Sequence[Figure | None]", "Floats"], "Figure | None"]


def link_mentions(
    page: Page, people: Sequence[Person], *, quotes: Sequence[Quote]
) -> tuple[tuple[Person, ...], tuple[Unnamed, ...]]:
    """Return ``people`` with every pronoun and nominal that stands for them.

    Args:
        page: the annotated document, with its quotes and places.
        people: those named in it, with their names as mentions.
        quotes: those found in it; whoever speaks in quotation marks is hardly "he" there.

    Returns:
        The people, and the mentions of each person whom the article never names.
    """
    discourse = link_all(page, people, quotes, choose=choose_best(read_scorer(WEIGHTS)))
    linked = tuple(
        add_repeated(dataclasses.replace(f.person, mentions=_to_mentions(page, f)))
        for f in discourse.figures if f.person is not None
    )  # fmt: skip
    return linked, tuple(_to_mentions(page, f) for f in discourse.figures if f.person is None)


@repair(argument=0)
def add_repeated(person: Person) -> Person:
    """Add the roles that a nominal repeats whole, in other words.

    Fires: "the head of the Utopian ministry", who is "Ann Lee, head of Utopia's ministry". Not:
    "the head".
    """
    have = {fold(role.text) for role in person.roles}
    known = {key for role in person.roles if len(key := _stems(role.text)) > 1}
    nominals = (_without_article(m) for m in person.mentions if m.form == "nominal")
    more = {
        fold(role.text): role
        for role in nominals
        if _stems(role.text) in known and fold(role.text) not in have
    }
    if not more:
        return person
    roles = sorted((*person.roles, *more.values()), key=lambda role: role.start)
    return dataclasses.replace(person, roles=tuple(roles))


def _stems(phrase: str) -> frozenset[str]:
    """Return the stems of the words that distinguish one role from another."""
    return frozenset(word[:_STEM] for word in fold(phrase).split() if word not in SMALL_WORDS)


def _without_article(mention: Mention) -> Role:
    text = mention.text.removeprefix("The ").removeprefix("the ")
    return Role(text, mention.end - len(text), mention.end)


def _to_mentions(page: Page, figure: Figure) -> tuple[Mention, ...]:
    """Return the mentions of ``figure``, the names as its record has them."""
    own, text = figure.person.mentions if figure.person else (), doc_text(page.doc)
    edges = ((*page.offsets(s.first, s.last), s.form) for s in figure.seen if s.form != "name")
    found = [Mention(start, end, text[start:end], form) for start, end, form in edges]
    taken = {(m.start, m.end) for m in found}
    kept = [m for m in own if (m.start, m.end) not in taken]
    return tuple(sorted((*kept, *found), key=lambda m: (m.start, m.end)))


def link_all(
    page: Page, people: Sequence[Person], quotes: Sequence[Quote], *, choose: Choose
) -> Discourse:
    """Return the discourse with every pronoun and nominal resolved by ``choose``."""
    discourse = make_discourse(page, people)
    sources = [tokens_of(page.doc, quote.source) for quote in quotes]
    for quote, span in enumerate(sources):
        named = next((discourse.by_token[i] for i in span if i in discourse.by_token), None)
        if named is not None:
            discourse.speak(quote, named, span.start)
    said = {i: quote for quote, span in enumerate(sources) for i in span}
    anaphors = find_anaphors(page, people, named=set(discourse.by_token), sources=set(said))
    for anaphor in sorted(anaphors, key=lambda a: _turn(page, a, said.get(a.head), quotes)):
        quote = said.get(anaphor.head, NO_QUOTE)
        source = sources[quote] if quote != NO_QUOTE else range(0)
        figure = _resolve(discourse, anaphor, source=source, choose=choose)
        if figure is not None and quote != NO_QUOTE and quote not in discourse.speakers:
            discourse.speak(quote, figure, anaphor.first)
    return discourse


def _turn(
    page: Page, anaphor: Anaphor, quote: int | None, quotes: Sequence[Quote]
) -> tuple[int, int]:
    """Return when a mention is resolved: in text order, but a source before its content."""
    at = page.starts[anaphor.first]
    if quote is None or not quotes[quote].content:
        return at, at
    return min(at, quotes[quote].content[0].start), at


def _resolve(
    discourse: Discourse, anaphor: Anaphor, *, source: range, choose: Choose
) -> Figure | None:
    """Link one mention; people named in it, or in its source, are excluded.

    "A guard" is nobody who was mentioned before; in the lead it may be somebody named after.
    """
    page = discourse.page
    speaker = discourse.speakers.get(page.quote[anaphor.first])
    recent = discourse.recent(anaphor.first)
    setting = make_setting(discourse, anaphor, recent=recent, is_source=len(source) > 0)
    known = [] if anaphor.determiner == "indefinite" and not anaphor.marked else recent
    found = dict.fromkeys((*known, *_find_others(discourse, setting), speaker))
    within = range(anaphor.first, max(anaphor.last, source.stop))
    inside = {discourse.by_token.get(i) for i in within}
    candidates = [f for f in found if f is not None and f not in inside]
    if anaphor.determiner == "definite":
        candidates = _leave_to_holder(candidates, anaphor)
        candidates = _leave_to_compatriot(candidates, page, page.country[anaphor.head])
    rows = [describe_candidate(discourse, setting, f, speaker=speaker) for f in candidates]
    rows.append(describe_nobody(discourse, setting))
    figure = choose(anaphor, [*candidates, None], np.array(rows, np.float32))
    if figure is not None:
        discourse.add(figure, anaphor)
    elif not anaphor.is_pronoun:
        figure = discourse.introduce(anaphor, describe_origin(page, anaphor))
    return figure


@repair(argument=0)
def _leave_to_holder(candidates: list[Figure], anaphor: Anaphor) -> list[Figure]:
    """Return the candidates without those who have no role, if one person has the nominal's.

    In "Ann Lee, the mayor of Bath, won. Bo Ray left. The mayor said" it is not Bo Ray.
    """
    holders = [f for f in candidates if f.person is not None and f.holds(anaphor)]
    if len(holders) != 1:
        return candidates
    return [f for f in candidates if f in holders or f.person is None or f.heads]


@repair(argument=0)
def _leave_to_compatriot(candidates: list[Figure], page: Page, country: str | None) -> list[Figure]:
    """Return the candidates of the ``country`` of "the Dane", or all where there are none.

    In "Ann Lee met France's Bo Ray. The Frenchman left" it is not Ann Lee.
    """
    there = [f for f in candidates if country and shares_country(page, {country}, f.named)]
    return [f for f in candidates if f in there or f.person is None] if there else candidates


def _find_others(discourse: Discourse, setting: Setting) -> list[Figure]:
    """Return the holders of a nominal's office at any distance, and people named soon after it."""
    anaphor, page = setting.anaphor, discourse.page
    if anaphor.is_pronoun:
        here = page.sentence[anaphor.first]
        return [f for f in setting.coming if page.sentence[f.seen[0].first] == here]
    if anaphor.determiner == "indefinite":
        return list(setting.coming) if page.sentence[anaphor.first] <= _LEAD else []
    return [*setting.holders, *setting.coming]


def choose_best(scorer: Scorer) -> Choose:
    """Return the choice of the most probable candidate.

    Fitting does not tell people without a name from nobody, so that their chances count together
    against each person with a name.
    """

    def choose(
        anaphor: Anaphor, candidates: Sequence[Figure | None], rows: Floats
    ) -> Figure | None:
        scores = scorer.score(rows)
        chances = np.exp(scores - scores.max())
        named = np.array([f is not None and f.person is not None for f in candidates])
        if chances[named].max(initial=0.0) < chances[~named].sum():
            scores[named] = -np.inf
        return candidates[int(scores.argmax())]

    return choose
