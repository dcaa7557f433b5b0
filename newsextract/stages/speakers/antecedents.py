"""Antecedents: the person, organization or group that a pronoun or nominal refers to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from newsextract.stages.speakers.entity_index import Referent
from newsextract.stages.speakers.phrases import Phrase
from newsextract.stages.speakers.state import Candidate, State

_WINDOW = 24
_SPEAKERS = 4
_SENTENCE, _PARAGRAPH = 1.0, 0.4
_SPOKE, _SUBJECT, _QUOTED, _REPEATED = 1.2, 1.1, 1.0, 0.2
_SAME_SENTENCE = 2.0
_LEARNED = 0.15
_UNNAMED = 2.0
_FARTHEST = 12


def best_antecedent(
    state: State,
    phrase: Phrase,
    fits: Callable[[Referent], bool],
    *,
    own: range = range(0),
    often: bool = False,
) -> Referent | None:
    """Return the referent with the best score among those that fit, or ``None``.

    With ``often``, how often the article names it counts more than how near it stands.
    """
    candidates = [c for c in gather(state, phrase.first) if fits(c.referent)]
    if not candidates:
        return None
    learned = state.page.pair_scores(
        phrase.first, phrase.last, [(c.first, c.last) for c in candidates]
    )
    totals: dict[Referent, float] = {}
    counts: dict[Referent, int] = {}
    for candidate, score in zip(candidates, learned, strict=True):
        total = salience(state, candidate, phrase.first, own) + _LEARNED * score
        counts[candidate.referent] = counts.get(candidate.referent, 0) + 1
        totals[candidate.referent] = max(total, totals.get(candidate.referent, total))
    if often:
        counts = {r: state.index.counts.get(r.entity or "", 0) for r in totals}
    return max(totals, key=lambda r: totals[r] + _REPEATED * min(counts[r], 5 + 5 * often))


def gather(state: State, at: int) -> Iterator[Candidate]:
    """Yield the sources and names before token ``at``, not farther than some sentences."""
    names = state.names_before(at, _WINDOW)
    named = (Candidate(name.first, name.last, name.referent) for name in names)
    for candidate in chain(state.said_before(at, _SPEAKERS), named):
        if state.page.sentence[at] - state.page.sentence[candidate.first] <= _FARTHEST:
            yield candidate


def salience(state: State, candidate: Candidate, at: int, own: range) -> float:
    """Score a candidate antecedent of the phrase at token ``at`` by where it stands."""
    first = candidate.first
    distance = state.page.sentence[at] - state.page.sentence[first]
    paragraphs = state.page.paragraph[at] - state.page.paragraph[first]
    score = -_SENTENCE * distance - _PARAGRAPH * paragraphs
    score += _SPOKE * candidate.spoke - _UNNAMED * (candidate.referent.kind == "unnamed")
    if state.page.is_subject(first, candidate.last):
        score += _SUBJECT + _SAME_SENTENCE * (distance == 0)
    return score - _QUOTED * (state.page.marked[first] + (first in own))
