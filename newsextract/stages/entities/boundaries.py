"""Entity boundary repair: add missed names, trim spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from spacy.tokens import Span
from spacy.util import filter_spans

from newsextract.language.lexicon import read_pairs, read_words
from newsextract.language.nouns import POSSESSIVE_ENDINGS
from newsextract.language.person_names import fold_word, is_family, is_given, is_title
from newsextract.language.rules import repair, rule
from newsextract.language.strings import initials_of

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_spans(doc: Doc) -> list[Span]:
    """Return the entities of ``doc`` with repaired boundaries, in text order."""
    entities = [_cut_epithets(doc, ent) for ent in doc.ents]
    people = [name_words(doc, ent.start, ent.end) for ent in entities if ent.label_ == "PERSON"]
    unmarked = list(_find_unmarked(doc, {words[-1] for words in people if words}))
    people += [name_words(doc, name.start, name.end) for name in unmarked]
    turns = _find_turns(doc, {initials_of(words) for words in people if len(words) > 1})
    found = (*turns, *(_with_given_name(doc, ent) for ent in entities), *unmarked)
    return _with_articles(doc, filter_spans(found))


@repair(argument=1)
def _cut_epithets(doc: Doc, ent: Span) -> Span:
    """Trim a descriptive word before a name: "Spaniard Bo Ray".

    Not "Chargé d'Affaires Bo Ray", whose role is of two words.
    """
    first = ent.start
    while ent.label_ == "PERSON" and first < ent.end - 2 and _is_epithet(doc[first].text):
        first += 1
    whole = first == ent.start or doc[first].text[:1].islower()
    return ent if whole else Span(doc, first, ent.end, label=ent.label)


def _is_epithet(word: str) -> bool:
    """Whether a word is a role or a nationality; "Asaduzzaman" only ends as occupations do."""
    listed = word.casefold() in read_words("role_nouns") or word in read_pairs("demonyms")
    known = listed or is_title(word) or word.endswith(("woman", "person", "ist"))
    return known and not is_given(fold_word(word))


@repair(argument=1)
def _with_given_name(doc: Doc, ent: Span) -> Span:
    """Extend a person's name to a given name that the encoder missed before it."""
    if ent.label_ != "PERSON" or not _is_free_given(doc, ent.start - 1):
        return ent
    return Span(doc, ent.start - 1, ent.end, label=ent.label)


@repair(argument=1)
def _with_articles(doc: Doc, entities: list[Span]) -> list[Span]:
    """Extend ORG names to "The" where the article writes it in mid-sentence.

    "readers of The Nore Times" means so in "The Nore Times wrote" as well.
    """
    behind = [
        e for e in entities if e.label_ == "ORG" and e.start and doc[e.start - 1].text == "The"
    ]
    inside = {e.text for e in behind if e.start > 1 and doc[e.start - 2].is_lower}
    titled = {e.start for e in behind if e.text in inside and not e.text.isupper()}
    return [Span(doc, e.start - (e.start in titled), e.end, label=e.label) for e in entities]


@rule
def _find_unmarked(doc: Doc, families: set[str]) -> Iterator[Span]:
    """Yield given names with a family name of the article's people that the encoder missed."""
    for i in _free_titled(doc):
        if fold_word(doc[i].text) in families and _is_free_given(doc, i - 1):
            yield Span(doc, i - 1, i + 1, label="PERSON")


def _free_titled(doc: Doc) -> list[int]:
    """Return the indices of title-case tokens outside entities."""
    columns = doc.to_array(["ENT_TYPE", "IS_TITLE"]).reshape(len(doc), 2)
    return np.flatnonzero((columns[:, 0] == 0) & (columns[:, 1] == 1)).tolist()


@rule
def _find_turns(doc: Doc, initials: set[str]) -> Iterator[Span]:
    """Yield the names in capitals that open lines of an interview: "AL: Yes", "“WALLACE: No".

    They are the initials of the article's people, or family names that come again: not "PRICE: 4".
    """
    labels = list(_find_labels(doc))
    counts = Counter(doc[i].lower_ for i in labels)
    for i in labels:
        word = doc[i].lower_
        if word in initials or (counts[word] > 1 and is_family(word)):
            yield Span(doc, i, i + 1, label="PERSON")


def _find_labels(doc: Doc) -> Iterator[int]:
    """Yield where a word in capitals is at the opening of a line and before a colon."""
    for i in np.flatnonzero(doc.to_array(["ORTH"]) == doc.vocab.strings[":"]).tolist():
        if i > 0 and doc[i - 1].is_upper and opens_line(doc, i - 1):
            yield i - 1


def opens_line(doc: Doc, i: int) -> bool:
    """Whether token ``i`` is the first word of its line, a quotation mark before it or none."""
    first = i - (i > 0 and doc[i - 1].is_quote)
    return first == 0 or "\n" in doc[first - 1].text


def _is_free_given(doc: Doc, i: int) -> bool:
    """Whether a word in no name is a given name: "Donald", but not "Will" of "Will Lee win?"."""
    if i < 0 or doc[i].ent_type_ or doc[i].pos_ != "PROPN":
        return False
    return doc[i].is_title and bool(doc[i].whitespace_) and is_given(fold_word(doc[i].text))


def name_words(doc: Doc, first: int, last: int) -> tuple[str, ...]:
    """Return the folded words of a name, without possessive endings."""
    words = (fold_word(t.text) for t in doc[first:last] if t.text not in POSSESSIVE_ENDINGS)
    return tuple(word for word in words if word)
