"""Who is behind each statement, resolved over the whole article."""

from __future__ import annotations

from typing import Any, NamedTuple

from newsextract.evaluation.names import fold_name, telling_words
from newsextract.evaluation.relations import Relation, found_relations, gold_relations, pair
from newsextract.evaluation.tally import Share, Tally, Total
from newsextract.records import Extraction, Quote


class Speaker(NamedTuple):
    """Kind and name of a source, and the other names of the organization that it is."""

    kind: str
    name: str
    aliases: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


NOBODY = Speaker("none", "")

MEASURES = (
    Share("speaker accuracy", "found right", "found all"),
    Share("named speaker accuracy", "named right", "named all"),
    Share("expressed speaker accuracy", "expressed right", "expressed all"),
    Share("kind accuracy", "kind right", "kind all"),
    Share("end to end", "found right", "attributions"),
    Total("attributions", "attributions"),
)

BY_KIND = tuple(
    Share(f"{kind} accuracy", f"speaker {kind} right", f"speaker {kind} all")
    for kind in ("person", "organization", "place", "document", "group", "unnamed", "none")
)


def tally(gold: dict[str, Any], record: Extraction) -> Tally:
    """Count the attributions of one article whose content was found, and whose speaker is right."""
    result = Tally()
    wanted = gold_relations(gold)
    found = found_relations(gold["text"], record.quotes)
    pairs = dict(pair([r.words for r in wanted], [r.words for r in found], least=0.5))
    for i, relation in enumerate(wanted):
        speaker = gold["resolved"].get(str(relation.number))
        if not speaker:
            continue
        result.counts["attributions"] += 1
        if i in pairs:
            have = speaker_of(record, found[pairs[i]].quote)
            _add_speaker(result, speaker, have, where=(gold, relation))
    return result


def _add_speaker(
    result: Tally, want: dict[str, str], have: Speaker, *, where: tuple[dict[str, Any], Relation]
) -> None:
    right = same_speaker(want, have)
    result.add_case("found", right)
    if want["kind"] in ("person", "organization"):
        result.add_case("named", right)
    if want["kind"] != "none":
        result.add_case("expressed", right)
    result.add_case("kind", want["kind"] == have[0])
    result.add_case(f"speaker {want['kind']}", right)
    if not right:
        gold, relation = where
        start = relation.content[0][0]
        wanted = f"{want['kind']} {want.get('name') or ''}".strip()
        group = f"{want['kind']} taken for {have[0]}"
        result.add_error(gold["id"], group, wanted, str(have), gold["text"][start : start + 60])


def speaker_of(record: Extraction, quote: Quote | None) -> Speaker:
    """Return the source that said ``quote``."""
    source = record.speaker_of(quote) if quote else None
    if source is None:
        return NOBODY
    own = (o for o in record.organizations if o.id == source.entity)
    aliases = tuple(name for o in own for name in (o.name, *o.aliases))
    return Speaker(source.kind, source.name, aliases)


def same_speaker(want: dict[str, str], have: Speaker) -> bool:
    """Return whether ``have`` matches the gold speaker.

    A named person needs the same folded name; an organization the same words, or all of one's in
    the other's, or one of its aliases; a group, document, place or unnamed source one telling word
    in common, and no person or organization in its place.
    """
    kind, name, aliases = have
    if want["kind"] == "none":
        return kind == "none"
    if want["kind"] == "person":
        return kind == "person" and fold_name(want["name"]) == fold_name(name)
    a, b = telling_words(want["name"]), telling_words(name)
    if want["kind"] == "organization":
        fits = kind in ("organization", "place", "document", "group")
        shared = bool(a and b) and (a <= b or b <= a)
        return fits and (shared or _squeeze(want["name"]) in map(_squeeze, (name, *aliases)))
    return kind in ("group", "document", "unnamed", "place") and bool(a & b)


def _squeeze(name: str) -> str:
    return fold_name(name).replace(" ", "")
