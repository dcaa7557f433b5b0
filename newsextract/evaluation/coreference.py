"""Coreference of named people: the pronouns of GAP, and the chains of OntoGUM."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from newsextract.evaluation.tally import F1, Share, Tally
from newsextract.records import Extraction, Person

Span = tuple[int, int]
PRONOUNS = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
GAP_MEASURES = (
    F1("pronouns"), F1("feminine"), F1("masculine"),
    Share("both names right", "examples right", "examples all"),
)  # fmt: skip
CHAIN_MEASURES = (F1("links (MUC)"), F1("mentions"))


def tally_gap(gold: dict[str, Any], record: Extraction) -> Tally:
    """Count one example of GAP: is the pronoun A's, is it B's, by its own scorer's rules.

    Source: Webster et al. 2018, "Mind the GAP".
    """
    result = Tally()
    spans = {part: _gap_span(gold, part) for part in ("Pronoun", "A", "B")}
    gender = "feminine" if gold["Pronoun"].lower() in ("she", "her", "hers") else "masculine"
    right = True
    for part in ("A", "B"):
        want = gold[f"{part}-coref"] == "TRUE"
        have = any(_joins(person, spans["Pronoun"], spans[part]) for person in record.people)
        for name in ("pronouns", gender):
            result.add_hits(name, want and have, gold=want, found=have)
        if want != have:
            result.add_error(gold["id"], "missed" if want else "extra", gold["Pronoun"], gold[part])
        right &= want == have
    result.add_case("examples", right)
    return result


def _gap_span(gold: dict[str, Any], part: str) -> Span:
    start = int(gold[f"{part}-offset"])
    return start, start + len(gold[part])


def _joins(person: Person, pronoun: Span, name: Span) -> bool:
    """Whether a person is mentioned by the pronoun and within the name."""
    spans = [(mention.start, mention.end) for mention in person.mentions]
    return pronoun in spans and any(a < name[1] and name[0] < b for a, b in spans)


def tally_chains(gold: dict[str, Any], record: Extraction) -> Tally:
    """Count the chains of one document that hold he or she, and those of its people that do.

    A mention that is found stands for the smallest gold mention around it, since names leave out
    titles and appositions. Links are counted as in MUC (Vilain et al. 1995).
    """
    result = Tally()
    _, places = join_tokens(gold["tokens"])
    chains = [[(places[a][0], places[b - 1][1]) for a, b in chain] for chain in gold["clusters"]]
    wanted = [chain for chain in chains if _has_pronoun(gold["text"], chain)]
    everything = sorted((span for chain in chains for span in chain), key=lambda s: s[1] - s[0])
    found = [
        [_around(everything, (mention.start, mention.end)) for mention in person.mentions]
        for person in record.people
    ]
    found = [chain for chain in found if _has_pronoun(gold["text"], chain)]
    hits = _common_links(wanted, found)
    result.add_hits("links (MUC)", hits, gold=_links(wanted), found=_links(found))
    result.add_sets("mentions", {*_flat(wanted)}, {*_flat(found)})
    return result


def _has_pronoun(text: str, chain: Iterable[Span]) -> bool:
    return any(text[start:end].lower() in PRONOUNS for start, end in chain)


def _around(mentions: Sequence[Span], span: Span) -> Span:
    """Return the first of ``mentions``, the smallest one, that holds ``span``; else ``span``."""
    return next((m for m in mentions if m[0] <= span[0] and span[1] <= m[1]), span)


def _flat(chains: Sequence[Sequence[Span]]) -> Iterable[Span]:
    return (span for chain in chains for span in chain)


def _links(chains: Sequence[Sequence[Span]]) -> int:
    return sum(len({*chain}) - 1 for chain in chains)


def _common_links(wanted: Sequence[Sequence[Span]], found: Sequence[Sequence[Span]]) -> int:
    """Return how many links of the wanted chains the found ones hold."""
    chain_of: Mapping[Span, int] = {s: n for n, chain in enumerate(found) for s in chain}
    total = 0
    for chain in wanted:
        spans = {*chain}
        parts = {chain_of[span] for span in spans if span in chain_of}
        alone = sum(span not in chain_of for span in spans)
        total += len(spans) - len(parts) - alone
    return total


def join_tokens(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Return the tokens of a corpus without a text as one, with the offsets of each."""
    text, places = "", []
    for token in tokens:
        closes = token[:1] in tuple(",.;:!?)]’'”%") or token in ("n't", "n’t")
        opens = text[-1:] in ("", "(", "[", "“", "‘", "$")
        text += "" if closes or opens else " "
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places
