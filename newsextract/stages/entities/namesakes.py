"""People with the name of a place: "London wrote" in an article about Jack London."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsextract.gazetteer.reader import open_gazetteer
from newsextract.language.lexicon import read_words
from newsextract.language.nouns import role_noun
from newsextract.language.person_names import is_family, is_given, is_title
from newsextract.language.rules import rule
from newsextract.stages.entities.boundaries import name_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_LONGEST_NAME = 4
_MOST_UNDOUBTED = 4
"""More mentions that the encoder all takes for a place are one, with "in" before them or not."""
_AT = frozenset(("in", "at", "near", "from", "of"))
_INSIDE = frozenset(
    ("in", "at", "near", "from", "to", "into", "toward", "towards", "across", "outside", "inside")
    + ("around", "through", "throughout", "within", "off", "beyond", "via", "northern", "southern")
    + ("eastern", "western", "central", "downtown", "rural")
)
_DETERMINERS = frozenset(("the", "of", "a", "this"))
_LANDMARKS = frozenset(("hill", "park", "lake"))
_LISTS = frozenset((",", "and", "or", "&"))


@rule
def find_people(doc: Doc, entities: Sequence[Span]) -> Iterator[Span]:
    """Yield those of ``entities`` that are labeled as places and are people.

    Fires: "Georgia Hill, 19, was", and then "Hill" or "Georgia" where the article
    has no place of that name. Not: "in Georgia", "Hill, Texas".
    """
    places = [ent for ent in entities if ent.label_ == "LOC"]
    stated = [ent for ent in places if _is_stated(doc, ent)]
    people = [ent for ent in entities if ent.label_ == "PERSON"] + stated
    names = _read_names(doc, people)
    named = Counter(name_words(doc, ent.start, ent.end) for ent in people)
    lone: dict[tuple[str, ...], list[Span]] = defaultdict(list)
    for ent in places:
        words = name_words(doc, ent.start, ent.end)
        if len(words) == 1 and words[0] in names:
            lone[words].append(ent)
    yield from stated
    for words, mentions in lone.items():
        yield from _find_lone(doc, mentions, people=named[words])


def _find_lone(doc: Doc, mentions: Sequence[Span], *, people: int) -> Iterator[Span]:
    """Yield those mentions of one name that are a person's; ``people`` are labeled so already."""
    mostly = people > len(mentions)
    located = [_is_located(doc, ent, _AT if mostly else _INSIDE) for ent in mentions]
    doubted = people > 0 or len(mentions) <= _MOST_UNDOUBTED
    if mostly or (doubted and not any(located)):
        yield from (ent for ent, there in zip(mentions, located, strict=True) if not there)


def _is_stated(doc: Doc, ent: Span) -> bool:
    """Whether a name is before an age, or is a given and a family name."""
    words = name_words(doc, ent.start, ent.end)
    if not 1 < len(words) <= _LONGEST_NAME or "," in ent.text:
        return False
    before = doc[ent.start - 1].lower_ if ent.start else ""
    free = (
        before not in _INSIDE | _DETERMINERS
        and words[-1] not in read_words("road_nouns") | _LANDMARKS
    )
    named = free and len(words) == 2 and is_given(words[0]) and is_family(words[-1])
    return (named or _has_age(doc, ent)) and not open_gazetteer().find(ent.text)


def _has_age(doc: Doc, ent: Span) -> bool:
    """Whether a comma, an age and a comma follow: ", 19, was"."""
    after = [token.text for token in doc[ent.end : ent.end + 3]]
    aged = len(after) == 3 and after[0] == after[2] == "," and after[1].isdigit()
    return aged and len(after[1]) < 3


def _read_names(doc: Doc, people: Sequence[Span]) -> set[str]:
    """Return the family and given names of the people who are named in full.

    A country is a given name only of somebody without a title or a role, who is never called by
    the family name alone: not "Defence Minister Israel Lee", whose name is Lee.
    """
    full: list[tuple[Span, tuple[str, ...]]] = []
    lone: set[str] = set()
    for ent in people:
        words = name_words(doc, ent.start, ent.end)
        if len(words) > 1:
            full.append((ent, words))
        lone.update(words[:1] if len(words) == 1 else ())
    names = {words[-1] for _, words in full}
    for ent, words in full:
        plain = words[-1] not in lone and not _is_introduced(doc, ent)
        if plain or not _is_country(words[0]):
            names.add(words[0])
    return names


def _is_introduced(doc: Doc, ent: Span) -> bool:
    before = doc[ent.start - 1].text if ent.start else ""
    return is_title(before) or role_noun(before) is not None


def _is_country(word: str) -> bool:
    gazetteer = open_gazetteer()
    return any(index < len(gazetteer.meta["countries"]) for index, _ in gazetteer.find(word))


def _is_located(doc: Doc, ent: Span, inside: frozenset[str]) -> bool:
    """Whether something happens in a place of the name, or what is beside it is another place."""
    before = doc[ent.start - 1] if ent.start else None
    after = doc[ent.end : ent.end + 2]
    if before is not None and before.lower_ in inside:
        return True
    listed = (
        before is not None and before.lower_ in _LISTS and doc[ent.start - 2].ent_type_ == "LOC"
    )
    contained = len(after) == 2 and after[0].lower_ in _LISTS and after[1].ent_type_ == "LOC"
    governed = len(after) > 0 and after[0].text in read_words("place_followers")
    return listed or contained or governed
