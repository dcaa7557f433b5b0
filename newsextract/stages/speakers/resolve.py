"""Speaker resolution: from the source as written to who it is."""

from __future__ import annotations

import dataclasses
import re
from bisect import insort
from collections.abc import Mapping, Sequence

from newsextract.language.doc import tokens_of
from newsextract.language.lexicon import read_words
from newsextract.language.nouns import DASHES, POSSESSIVE_PRONOUNS
from newsextract.language.rules import rule
from newsextract.language.strings import fold
from newsextract.records import Block, Quote, Source, Span
from newsextract.stages.page import Page
from newsextract.stages.speakers.continuation import continue_speaker, is_passive
from newsextract.stages.speakers.entity_index import Entities, Occurrence, Referent
from newsextract.stages.speakers.kinds import find_kind
from newsextract.stages.speakers.named import CLAUSES, by_person_named
from newsextract.stages.speakers.nominals import resolve_nominal
from newsextract.stages.speakers.options import group_of, is_body_noun, is_organization
from newsextract.stages.speakers.phrases import Phrase, pronoun_kind, read_phrase
from newsextract.stages.speakers.pronouns import resolve_pronoun
from newsextract.stages.speakers.registry import Attributed, list_sources
from newsextract.stages.speakers.state import State, make_state
from newsextract.stages.values import Relay

_SURVEYING = frozenset(("geological", "geologic", "ordnance", "antarctic", "archaeological"))
_SUBJECTS = frozenset(("he", "she", "they", "it", "who", "which"))
_FIRST_PERSON = frozenset(("i", "we", "my", "our"))
_CLAUSE = 14
_ADVERBIAL = 8
_IN_ADVERBIAL = frozenset(("ADJ", "ADP", "ADV", "AUX", "DET", "NOUN", "NUM", "PROPN"))
_BREAKS = DASHES | {","}
_UTTERANCES = frozenset(("statement", "announcement", "communique", "communiqué"))
_NAMING = re.compile(
    r"(?:(?!who|which|that)[\w ]*, ?)?(?:later )?"
    r"(?:(?:sur)?named|called|(?:identified|known)(?: only| by [\w ]+)? as"
    r"|,? ?who [\w ]*?(?:(?:his|her|their) (?:first |full |last )?name"
    r"|(?:identif(?:ied|ies)|call(?:ed|s)) (?:him|her|them)sel(?:f|ves)"
    r"|(?:be|was) (?:identified|named)|goes by)"
    r"(?: only| just| simply| as| the name| of|,)*) ?"
)


def resolve_sources(
    page: Page,
    blocks: Sequence[Block],
    *,
    quotes: Sequence[Quote],
    entities: Entities,
    relays: Mapping[str, Relay] | None = None,
) -> tuple[tuple[Quote, ...], tuple[Source, ...]]:
    """Return the quotes with their speakers, and the sources.

    Args:
        page: the annotated document.
        blocks: its layout; the byline tells who "I" is outside quotes.
        quotes: as :func:`newsextract.stages.quotes.find_quotes` gives them, without speakers.
        entities: the people, organizations and places found in ``doc``.
        relays: who hands quotes on, by their ids.
    """
    relays = relays or {}
    sources = [quote.source for quote in quotes if quote.source]
    sources += [relay.cited for relay in relays.values() if relay.cited]
    state = make_state(page, blocks, sources=sources, entities=entities)
    found = resolve_quotes(state, quotes)
    for item in found:
        if item.quote.id in relays:
            set_relay(state, item, relays[item.quote.id])
    return list_sources(found)


def resolve_quotes(state: State, quotes: Sequence[Quote]) -> list[Attributed]:
    """Return the quotes with who says them; those with a source in text order, then the others."""
    found = [Attributed(quote) for quote in quotes]
    by_id = {item.quote.id: item for item in found}
    for item in sorted(found, key=_turn_of):
        outer = by_id.get(item.quote.in_quote or "")
        _attribute(state, item, outer.speaker if outer else None)
    for index, item in enumerate(found):
        if item.quote.source is None:
            item.speaker = beside_cue(state, item.quote) or continue_speaker(state, found, index)
    return found


def set_relay(state: State, item: Attributed, relay: Relay) -> None:
    """Set the organization that relays a quote and the speaker it cites, who is no document.

    A named person who is the source stays: "Ann Lee said it rained, and Reuters, citing Bo Ray, …".
    """
    own = item.speaker
    cited = _resolve_written(state, relay.cited) if relay.cited else own
    via = _resolve_written(state, relay.medium)
    if cited is None or via is None or via.kind != "organization":
        return
    stays = own is not None and own.kind == "person" and cited.key != own.key
    if not stays and cited.kind != "document" and cited.key != via.key:
        item.speaker, item.via = cited, via


def _resolve_written(state: State, span: Span) -> Referent | None:
    """Return who relays or is cited; "citing her work" gives a reason and cites nobody."""
    phrase = read_phrase(state.doc, state.index, tokens_of(state.doc, span))
    if phrase is None:
        return None
    author = by_author(state, phrase) if phrase.determiner != "possessive" else None
    return author or resolve_phrase(state, phrase)


def _turn_of(item: Attributed) -> tuple[bool, int]:
    """Return when a source is resolved: in text order, but "I" in a quote after its speaker."""
    source = item.quote.source
    opening = source.text.casefold().split()[:1] if source else []
    first_person = not _FIRST_PERSON.isdisjoint(opening)
    return first_person and item.quote.in_quote is not None, source.start if source else 0


def _attribute(state: State, item: Attributed, enclosing: Referent | None) -> None:
    """Resolve the source as written, and remember who spoke where.

    An author speaks in a document, but "it" and "the report" after it are the document.
    """
    phrase = read_phrase(state.doc, state.index, tokens_of(state.doc, item.quote.source))
    if phrase is None or is_passive(item.quote):
        return
    meant = resolve_phrase(state, phrase, enclosing)
    if meant is not None:
        spoken = Occurrence(phrase.first, phrase.last, meant, spoke=True)
        insort(state.said, spoken, key=lambda occurrence: occurrence.first)
    item.speaker = by_author(state, phrase, enclosing) or meant


@rule
def beside_cue(state: State, quote: Quote) -> Referent | None:
    """Return the name or pronoun directly before a cue whose source was not found."""
    cue = tokens_of(state.doc, quote.cue)
    before = (i for i in range(cue.start - 1, -1, -1) if state.page.pos[i] not in ("AUX", "ADV"))
    at = next(before, None)
    if at is None:
        return None
    named = state.index.by_token.get(at)
    if named is not None and named.referent.kind in ("person", "organization"):
        return named.referent
    at = _before_adverbial(state, at)
    is_subject = state.doc[at].lower_ in _SUBJECTS
    return resolve_phrase(state, Phrase(at, at + 1, at)) if is_subject else None


def _before_adverbial(state: State, at: int) -> int:
    """Return where "who" is in "who in May 2010 said"; ``at`` itself where no such word is near."""
    for before in range(at, max(-1, at - _ADVERBIAL), -1):
        if state.page.lower[before] in ("who", "which"):
            return before
        if state.page.pos[before] not in _IN_ADVERBIAL:
            break
    return at


def resolve_phrase(
    state: State, phrase: Phrase, enclosing: Referent | None = None
) -> Referent | None:
    """Return the referent of a phrase; rules run in order, and the first answer wins.

    ``enclosing`` is the speaker of the quote around it.
    """
    if phrase.last - phrase.first == 1 and pronoun_kind(state.doc[phrase.head]):
        return resolve_pronoun(state, phrase, enclosing)
    answers = (answer(state, phrase) for answer in _RULES)
    return next(filter(None, answers), None) or resolve_nominal(state, phrase)


@rule
def by_names(state: State, phrase: Phrase) -> Referent | None:
    """The head is a name: "Ann Lee, a baker", "Mr. Lee and Mr. Ray"; not "Lee's campaign"."""
    names = list(dict.fromkeys(n.referent for n in phrase.names))
    if not names:
        return None
    if len(names) > 1:
        return group_of(names)
    if phrase.coordinated:
        return Referent("group", phrase.text(state.doc))
    return _meant_by(state, phrase, names[0])


def _meant_by(state: State, phrase: Phrase, named: Referent) -> Referent:
    """Return what an organization's name stands for: the initials of an office, or a survey."""
    if named.kind != "organization":
        return named
    word = state.doc[phrase.head].text
    if word.isupper() and named.name == word and word not in read_words("known_bodies"):
        return state.index.initials.get(fold(word.replace(".", "")), named)
    before = state.doc[phrase.head - 1].lower_ if phrase.head else ""
    if word.casefold() in read_words("survey_nouns") and before not in _SURVEYING:
        return Referent("document", named.name, named.entity)
    return named


@rule
def by_name_given(state: State, phrase: Phrase) -> Referent | None:
    """A clause tells the name: "a woman who gave her name as Ann", "a man there, identified as Bo".

    Not "a witness who identified the driver as Bo".
    """
    doc, first = state.doc, phrase.head + 1
    names = (state.index.by_token.get(i) for i in range(first, min(first + _CLAUSE, len(doc))))
    named = next(filter(None, names), None)
    if named is None or named.referent.kind != "person" or phrase.coordinated:
        return None
    clause = doc[first : named.first].text.casefold()
    return named.referent if _NAMING.fullmatch(clause) else None


@rule
def by_link(state: State, phrase: Phrase) -> Referent | None:
    """The phrase is a role beside a name, or a nominal that stands for somebody: "the mayor"."""
    linked = None if phrase.coordinated else state.index.linked.get(phrase.head)
    if linked is None or find_kind(state.doc, phrase) != "unnamed":
        return None
    is_body = linked.kind != "person" and is_body_noun(state.doc[phrase.head].lower_)
    return None if is_body else linked


@rule
def by_author(state: State, phrase: Phrase, enclosing: Referent | None = None) -> Referent | None:
    """A document speaks for its author: "a study by Lee", "her report", "data from the Navy".

    ``enclosing`` is the speaker of the quote around it, whose "my report" is.
    """
    doc = state.doc
    if phrase.names or find_kind(doc, phrase) != "document":
        return None
    owner = state.index.by_token.get(phrase.possessor) if phrase.possessor is not None else None
    if owner is not None:
        return owner.referent
    if doc[phrase.first].lower_ in POSSESSIVE_PRONOUNS and phrase.first < phrase.head:
        pronoun = dataclasses.replace(phrase, last=phrase.first + 1, head=phrase.first)
        return resolve_pronoun(state, pronoun, enclosing)
    return _giver(state, phrase) or _body_before(state, phrase)


def _giver(state: State, phrase: Phrase) -> Referent | None:
    """Return who is named in "a study done by Ann Lee"; not in "a poll, printed by the Times"."""
    doc = state.doc
    for i in range(phrase.head + 1, phrase.last - 1):
        if doc[i].lower_ in CLAUSES or doc[i].text in _BREAKS:
            return None
        if doc[i].lower_ in ("by", "from"):
            inner = read_phrase(doc, state.index, range(i + 1, phrase.last))
            found = resolve_phrase(state, inner) if inner else None
            is_named = found is not None and (found.kind == "person" or is_organization(found))
            return found if is_named else None
    return None


def _body_before(state: State, phrase: Phrase) -> Referent | None:
    """Return the organization in "the Cipla report", "an army statement".

    "A Cipla report" speaks for itself.
    """
    named = state.index.by_token.get(phrase.first + 1)
    if phrase.determiner == "definite" and named is not None and named.last <= phrase.head:
        return named.referent if named.referent.kind == "organization" else None
    before = phrase.head - 1
    uttered = phrase.noun(state.doc) in _UTTERANCES and before >= phrase.first
    if named is not None or not uttered or not is_body_noun(state.doc[before].lower_):
        return None
    giver = dataclasses.replace(phrase, last=phrase.head, head=before, determiner="definite")
    return resolve_nominal(state, giver)


@rule
def by_turn(state: State, phrase: Phrase) -> Referent | None:
    """The letters of an interview: "A" is the person whom the article is about."""
    text = phrase.text(state.doc)
    if text not in ("Q", "A"):
        return None
    return (text == "A" and state.topic) or Referent("unnamed", text)


_RULES = (by_turn, by_person_named, by_names, by_name_given, by_link)
