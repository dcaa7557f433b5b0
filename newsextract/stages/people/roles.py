"""Roles before and after a person's name.

Every rule is a function ``(doc, mention) -> token spans`` that abstains with an empty list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsextract.language.doc import sentence_of
from newsextract.language.lexicon import read_pairs
from newsextract.language.nouns import (
    DASHES,
    POSSESSIVE_ENDINGS,
    POSSESSIVE_PRONOUNS,
    is_break,
    is_compound,
    is_determiner,
    is_hyphen,
    is_modifier,
    is_plural_role,
    role_noun,
    singular,
)
from newsextract.language.person_names import is_title
from newsextract.language.rules import rule
from newsextract.records import Role
from newsextract.stages.people.appositives import find_after, read_phrase_after
from newsextract.stages.people.marked_roles import find_marked
from newsextract.stages.people.mentions import NameMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONGEST = 16
_SHARING_GAP = 9
_NAME_LABELS = frozenset(("ORG", "FAC", "LOC", "MISC"))


def find_roles(doc: Doc, mentions: Sequence[NameMention]) -> dict[int, list[Role]]:
    """Return the roles beside each name, by the name's start in the text."""
    ordered = sorted(mentions, key=lambda m: m.first)
    positions = {mention.first: position for position, mention in enumerate(ordered)}
    found: dict[int, list[Role]] = defaultdict(list)
    for position, mention in enumerate(ordered):
        following = ordered[position + 1 : position + 6]
        for first, last in _find_all(doc, mention):
            role = to_role(doc, first, last)
            if role is None:
                continue
            found[mention.start].append(role)
            if last <= mention.first and is_plural_role(role.text.split()[-1]):
                for other in share_role(doc, mention, following):
                    found[other.start].append(role)
    for mention, span in find_marked(doc, ordered):
        role = to_role(doc, span.start, span.end)
        if role is None:
            continue
        position = positions[mention.first]
        sharing = share_role(doc, mention, ordered[position + 1 : position + 6])
        plural = span.end <= mention.first and _is_plural(span[-1].lower_)
        for owner in (mention, *(sharing if plural else ())):
            if not any(_overlap(role, own) for own in found[owner.start]):
                found[owner.start].append(role)
    return found


def _find_all(doc: Doc, mention: NameMention) -> list[tuple[int, int]]:
    before = find_before(doc, mention) or _before_examples(doc, mention)
    return [*before, *find_after(doc, mention)]


def _is_plural(word: str) -> bool:
    return singular(word) != word and not word.endswith("ss")


def _overlap(one: Role, other: Role) -> bool:
    return one.start < other.end and other.start < one.end


def to_role(doc: Doc, first: int, last: int) -> Role | None:
    """Return the role that the tokens write, without a determiner at its left edge."""
    while first < last and (is_determiner(doc[first]) or doc[first].is_space):
        first += 1
    while last > first and (doc[last - 1].is_space or doc[last - 1].text == ","):
        last -= 1
    if first >= last:
        return None
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    return Role(doc[first:last].text, start, end)


@rule
def share_role(
    doc: Doc, mention: NameMention, following: Sequence[NameMention]
) -> list[NameMention]:
    """Return the names that share a role in the plural: "Sens. Ann Lee (D-Mo.) and Bo Ray"."""
    shared: list[NameMention] = []
    end = mention.last
    for other in following:
        gap = doc[end : other.first]
        if len(gap) > _SHARING_GAP or any(is_break(t) or t.pos_ == "VERB" for t in gap):
            break
        if not any(t.text in (",", "and", "&") for t in gap[-2:]) or _has_own_role(doc, other):
            break
        shared.append(other)
        end = other.last
        if any(t.lower_ == "and" for t in gap):
            break
    return shared


def _has_own_role(doc: Doc, mention: NameMention) -> bool:
    return mention.first > 0 and role_noun(doc[mention.first - 1].text) is not None


def find_before(doc: Doc, mention: NameMention) -> list[tuple[int, int]]:
    """Return the roles directly before a name, or before the comma in front of it.

    "Lithuanian Defence Minister Ann Lee", "The head of the agency, Dr. Ann Lee, said"; not
    "After the talks, Ann Lee said".
    """
    end = mention.first
    while end and doc[end - 1].text.rstrip(".").casefold() in read_pairs("honorifics"):
        end -= 1
    if end and doc[end - 1].text == ",":
        return _before_comma(doc, mention, end - 1)
    first = premodifiers_start(doc, end)
    if first >= end:
        return []
    if first and doc[first - 1].text == "," and is_title(doc[first:end].text):
        return [*_before_comma(doc, mention, first - 1), (first, end)]
    first = _over_complement(doc, first, end)
    if not any(role_noun(t.text) for t in doc[first:end]):
        return []
    if not _ends_in_role(doc, first, end):
        return []
    return _split_titles(doc, first, end)


@rule
def _before_examples(doc: Doc, mention: NameMention) -> list[tuple[int, int]]:
    """Return the plural of which names are some: "such stars as Ann Lee", "two guards — Bo Ray".

    Not in "left the ministers as Ann Lee", where nothing says that she is one.
    """
    last = mention.first - 1
    if last < 2 or doc[last].lower_ not in ("as", *DASHES) or is_hyphen(doc[last]):
        return []
    before_such = doc[last - 1].lower_ == "such"
    last -= before_such
    if not is_plural_role(doc[last - 1].text):
        return []
    first = premodifiers_start(doc, last)
    first += doc[first].lower_ == "such"
    such = before_such or doc[first - 1].lower_ == "such"
    return [(first, last)] if such or doc[last].text in DASHES else []


def premodifiers_start(doc: Doc, end: int) -> int:
    """Return where the run of nouns, adjectives and possessors begins that ends at ``end``."""
    first = end
    while first > max(0, end - _LONGEST):
        token = doc[first - 1]
        if token.text == "." and first > 1 and is_title(doc[first - 2].text):
            first -= 2
            continue
        if token.ent_type_ in ("DATE", "MONEY") or is_break(token):
            break
        if token.is_space:
            first -= 1
            continue
        if token.lower_ in POSSESSIVE_PRONOUNS:
            return first - 1
        if token.text in POSSESSIVE_ENDINGS:
            first -= 1
            continue
        if token.ent_type_ == "PERSON" and first < end and not _is_possessor(doc, first):
            break
        if token.ent_type_ in _NAME_LABELS and _ends_entity(doc, first - 1):
            first = _entity_start(doc, first - 1)
            continue
        joins = token.lower_ == "and" and _joins_roles(doc, first, end)
        fits = joins or is_modifier(token) or is_compound(doc, first - 1)
        if not fits or _is_count(doc, first - 1):
            break
        first -= 1
        if doc[first].is_sent_start:
            break
    return first


def _ends_entity(doc: Doc, i: int) -> bool:
    return i + 1 >= len(doc) or doc[i + 1].ent_iob_ != "I"


def _is_possessor(doc: Doc, after: int) -> bool:
    """Whether the entity that ends at ``after`` is followed by a possessive ending or its name."""
    token = doc[after]
    return (
        token.text in POSSESSIVE_ENDINGS
        or token.ent_type_ == "PERSON"
        or role_noun(token.text) is not None
        or is_modifier(token)
    )


def _entity_start(doc: Doc, i: int) -> int:
    while i > 0 and doc[i].ent_iob_ == "I":
        i -= 1
    return i


@rule
def _is_count(doc: Doc, i: int) -> bool:
    """Whether the token is a count or an age ("two", "85-year-old") rather than a year."""
    token = doc[i]
    if token.text.isdigit():
        return len(token.text) != 4
    return token.pos_ == "NUM" or token.lower_.endswith(("year-old", "yearold"))


def _joins_roles(doc: Doc, i: int, end: int) -> bool:
    """Whether the "and" before token ``i`` joins two roles: "comedian and actor Ann Lee"."""
    if i < 2 or role_noun(doc[i - 2].text) is None:
        return False
    return any(role_noun(t.text) for t in doc[i:end])


def _over_complement(doc: Doc, first: int, end: int) -> int:
    """Return the start of "President of the Republic Ann Lee", where the run is "Republic".

    So with "Minister of Mines and Energy Ann Lee". Not over "spokesman for President Ann Lee":
    there the run has a role of its own.
    """
    at = _over_joined(doc, first, end) - 1
    if at > 0 and doc[at].lower_ == "the":
        at -= 1
    if at < 1 or doc[at].text not in ("of", "for", "to"):
        return first
    if doc[at].text == "to" and doc[at + 1].lower_ != "the":
        return first
    own = next((t for t in doc[first:end] if role_noun(t.text)), None)
    ends = own is not None and role_noun(doc[end - 1].text) and doc[at].text == "for"
    if own is not None and (ends or own.text[:1].isupper() or doc[at + 1].lower_ == "the"):
        return first
    if role_noun(doc[at - 1].text) is None:
        return first
    return premodifiers_start(doc, at)


def _over_joined(doc: Doc, first: int, end: int) -> int:
    """Return the start of "Mines and Energy", where the run is "Energy"; capitals, and no roles."""
    if first < 2 or doc[first - 1].lower_ != "and":
        return first
    start = premodifiers_start(doc, first - 1)
    words = [t for t in doc[start:end] if t.i != first - 1]
    plain = all(t.text[:1].isupper() and not role_noun(t.text) for t in words)
    return start if plain and start < first - 1 else first


def _ends_in_role(doc: Doc, first: int, end: int) -> bool:
    """Whether the phrase is a role: its last word is one, or it is "role of something"."""
    if role_noun(doc[end - 1].text.strip()) or doc[end - 1].text == ".":
        return True
    nouns = [t.i for t in doc[first:end] if role_noun(t.text)]
    if doc[nouns[-1] + 1].lower_ in ("of", "for", "to", "-"):
        return True
    return all(t.text[:1].isupper() or not t.is_alpha for t in doc[nouns[-1] : end])


@rule
def _split_titles(doc: Doc, first: int, end: int) -> list[tuple[int, int]]:
    """Split "vice-presidential nominee Gov." and "his wife and current nominee" in two."""
    if doc[first].lower_ in POSSESSIVE_PRONOUNS:
        cut = next((i + 1 for i in range(first, end - 1) if role_noun(doc[i].text)), None)
        if cut is not None and role_noun(doc[end - 1].text):
            return [(first, cut), (cut + (doc[cut].lower_ == "and"), end)]
    last = end - 1
    if doc[last].text == "." and last > first:
        last -= 1
    short = doc[last].text.rstrip(".").casefold()
    is_short = doc[end - 1].text.endswith(".") and short in read_pairs("titles")
    if is_short and last > first and role_noun(doc[last - 1].text):
        return [(first, last), (last, end)]
    return [(first, end)]


@rule
def _before_comma(doc: Doc, mention: NameMention, comma: int) -> list[tuple[int, int]]:
    """Return the role in "The head of the agency, Ann Lee," with a determiner at its head."""
    first = comma
    while first > max(0, comma - _LONGEST) and not _stops_apposition(doc, first - 1):
        first -= 1
        if doc[first].is_sent_start:
            break
    for i in range(first, comma):
        span = _apposition_at(doc, i, comma)
        if span is not None:
            return [span] if _apposition_holds(doc, mention, i, comma) else []
    return []


def _stops_apposition(doc: Doc, i: int) -> bool:
    token = doc[i]
    if (
        is_break(token)
        or token.text in (",", "(", ")")
        or (token.text in DASHES and not is_hyphen(token))
    ):
        return True
    if token.lower_ in POSSESSIVE_PRONOUNS or is_modifier(token) or is_compound(doc, i):
        return False
    return token.pos_ in ("VERB", "AUX", "PRON", "SCONJ")


def _apposition_at(doc: Doc, i: int, comma: int) -> tuple[int, int] | None:
    """Return the role that the noun phrase opening at token ``i`` is, up to the comma."""
    token = doc[i]
    opens = is_determiner(token) or token.lower_ in POSSESSIVE_PRONOUNS or token.ent_iob_ == "B"
    opens = opens or token.pos_ == "NUM" or _is_title_after_comma(doc, i)
    if not opens and not (token.is_sent_start and is_modifier(token)):
        return None
    start = i + 1 if is_determiner(token) or token.pos_ == "NUM" else i
    spans = read_phrase_after(doc, start, comma)
    return (start, comma) if spans and spans[-1][1] == comma else None


@rule
def _is_title_after_comma(doc: Doc, i: int) -> bool:
    """Whether "Minister" of "At the launch, Minister of Mines, Ann Lee said" opens a phrase."""
    return i > 0 and doc[i - 1].text == "," and doc[i].is_title and is_modifier(doc[i])


def _apposition_holds(doc: Doc, mention: NameMention, i: int, comma: int) -> bool:
    """Whether the name is closed off like an apposition, or the phrase is a subject or object."""
    after = doc[mention.last] if mention.last < len(doc) else None
    if after is None or after.text in (",", ".", *DASHES, ")", "(", ";"):
        return True
    if after.lower_ == "and" and is_plural_role(doc[comma - 1].text):
        return True
    before = doc[i - 1] if i else None
    if before is None or doc[i].is_sent_start:
        return True
    if before.pos_ in ("VERB", "ADP") and after.lower_ in ("of", "from"):
        return before.pos_ == "VERB" or not _is_subject(doc, mention)
    return before.text in (",", *DASHES)


def _is_subject(doc: Doc, mention: NameMention) -> bool:
    """Whether a verb comes after the name: "By the mayor, Ann Lee of Bath sat"."""
    end = sentence_of(doc, mention.first)[1]
    return any(token.pos_ in ("VERB", "AUX") for token in doc[mention.last : end])
