"""Quotes without a source of their own: who goes on speaking."""

from __future__ import annotations

from collections.abc import Sequence

from newsextract.records import Quote
from newsextract.sources.entities import Referent
from newsextract.sources.nested import Attributed
from newsextract.sources.scene import Scene

_OPENING, _CLOSING = "\"“«„‘'", "\"”»“’'"


def continue_speaker(scene: Scene, found: Sequence[Attributed], index: int) -> Referent | None:
    """Return the speaker of a quote that names none, by the first rule that answers.

    "…" over a paragraph end that closes with "Ann Lee said" is Ann Lee's; a quote that
    follows hers directly is hers; "was accused of" leaves open by whom.
    """
    item = found[index]
    rules = (from_enclosing, from_participle, from_open_paragraph, from_previous, from_next)
    for rule in rules:
        speaker = rule(scene, found, index)
        if speaker is not None:
            return speaker
        if item.quote.cue is not None and rule is from_participle:
            return None
    return None


def from_enclosing(scene: Scene, found: Sequence[Attributed], index: int) -> Referent | None:
    """Abstain: a quote inside a quote has no speaker by nearness."""
    return None


def from_participle(scene: Scene, found: Sequence[Attributed], index: int) -> Referent | None:
    """ "…, she said, adding that …": a participle has the speaker of its sentence."""
    cue = found[index].quote.cue
    if cue is None or not cue.text.split()[0].casefold().endswith("ing"):
        return None
    context = found[index].quote.context
    for other in reversed(found[:index]):
        if other.quote.context.end <= context.start:
            return None
        if other.quote.source is not None:
            return other.speaker
    return None


def from_open_paragraph(scene: Scene, found: Sequence[Attributed], index: int) -> Referent | None:
    """The paragraph opens a quotation mark, and the next one opens it again and has a source."""
    quote = found[index].quote
    if quote.kind != "direct" or not quote.content:
        return None
    text = scene.text
    if _is_closed(text, quote) or index + 1 >= len(found):
        return None
    after = found[index + 1]
    start = after.quote.content[0].start if after.quote.content else 0
    opens = text[quote.content[-1].end : start].strip()
    if opens in tuple(_OPENING) or not opens:
        return after.speaker or continue_speaker(scene, found, index + 1)
    return None


def _is_closed(text: str, quote: Quote) -> bool:
    """Whether a closing quotation mark stands at the end of the content."""
    end = quote.content[-1].end
    around = text[max(0, end - 1) : end + 2].split("\n", maxsplit=1)[0]
    return any(mark in around for mark in _CLOSING)


def from_previous(scene: Scene, found: Sequence[Attributed], index: int) -> Referent | None:
    """The quote before it, in this paragraph or the one before, goes on."""
    before = _neighbour(found, index, -1)
    if before is None or _apart(scene, before.quote, found[index].quote) > 1:
        return None
    return before.speaker


def from_next(scene: Scene, found: Sequence[Attributed], index: int) -> Referent | None:
    """The quote after it in the same paragraph names the speaker: "…" "…," she said."""
    after = _neighbour(found, index, 1)
    if after is None or found[index].quote.kind != "direct" or after.quote.kind != "direct":
        return None
    return after.speaker if _apart(scene, found[index].quote, after.quote) == 0 else None


def _neighbour(found: Sequence[Attributed], index: int, step: int) -> Attributed | None:
    """Return the next quote in a direction that stands in no other quote."""
    i = index + step
    while 0 <= i < len(found):
        if found[i].enclosing is None:
            return found[i]
        i += step
    return None


def _apart(scene: Scene, left: Quote, right: Quote) -> int:
    """Return how many paragraph ends lie between two quotes."""
    gap = scene.text[left.context.end : max(left.context.end, right.context.start)]
    return sum(1 for line in gap.split("\n")[1:-1] if line.strip()) + ("\n" in gap)
