"""Entity boundary repair: add missed names, trim spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Span
from spacy.util import filter_spans

from newsextract.language.doc import doc_text, find_words, name_words, word_before
from newsextract.language.person_names import fold_word, is_family, is_given
from newsextract.language.rules import repair, rule
from newsextract.language.strings import initials_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TURN = re.compile(r"^[\"“'‘]?([A-ZÀ-ÖØ-Þ]{2,}):", re.MULTILINE)


def find_spans(doc: Doc) -> list[Span]:
    """Return the entities of ``doc`` with repaired boundaries, in text order."""
    entities = [_with_partner(doc, _with_given_name(doc, ent)) for ent in doc.ents]
    people = [ent for ent in entities if ent.label_ == "PERSON" and len(ent) > 1]
    found = [*_find_turns(doc, people), *entities, *_find_given(doc, people)]
    return filter_spans(_with_articles(doc, found))


@repair(argument=1)
def _with_given_name(doc: Doc, ent: Span) -> Span:
    """Extend a person's name to a given name that the encoder missed: "Donald" of "Donald Lee".

    Not "Will" of "Will Lee win?", which is no proper noun.
    """
    before = doc[ent.start - 1] if ent.start else None
    if ent.label_ != "PERSON" or before is None or before.ent_type_ or before.pos_ != "PROPN":
        return ent
    given = before.is_title and before.whitespace_ and is_given(fold_word(before.text))
    return Span(doc, before.i, ent.end, label=ent.label) if given else ent


@repair(argument=1)
def _with_partner(doc: Doc, ent: Span) -> Span:
    """Extend a company's name to the first of its partners: "Marsh" of "Marsh & McLennan"."""
    partner = doc[ent.start - 2] if ent.start > 1 and word_before(ent) == "&" else None
    if partner is None or partner.pos_ != "PROPN":
        return ent
    twins = ent.label_ == "PERSON" and ent.text == partner.text
    return Span(doc, partner.i, ent.end, label="ORG") if ent.label_ == "ORG" or twins else ent


@repair(argument=1)
def _with_articles(doc: Doc, entities: list[Span]) -> list[Span]:
    """Extend ORG names to "The" where the article writes it in mid-sentence.

    "readers of The Nore Times" means so in "The Nore Times wrote" as well.
    """
    behind = [e for e in entities if e.label_ == "ORG" and word_before(e) == "The"]
    inside = {e.text for e in behind if e.start > 1 and doc[e.start - 2].is_lower}
    titled = {e.start for e in behind if e.text in inside and not e.text.isupper()}
    return [Span(doc, e.start - (e.start in titled), e.end, label=e.label) for e in entities]


@rule
def _find_given(doc: Doc, people: Sequence[Span]) -> Iterator[Span]:
    """Yield the given names of ``people``, named in full, that stand alone, unmarked.

    Fires: "Vote for Ann", beside "Ann Lee". Not: "Ann & Bo House", "Ann “Ace” Lee", nor a word that
    the article writes in small letters too.
    """
    given = {ent[0].text for ent in people if is_given(fold_word(ent[0].text))}
    small = {doc[i].text for i in find_words(doc, map(str.lower, given))}
    for i in find_words(doc, (word for word in given if word.lower() not in small)):
        beside = (*doc[max(0, i - 1) : i], *doc[i + 1 : i + 2])
        joined = any(t.pos_ == "PROPN" or t.text == "&" or t.is_left_punct for t in beside)
        if doc[i].pos_ == "PROPN" and not doc[i].ent_type_ and not joined:
            yield Span(doc, i, i + 1, label="PERSON")


@rule
def _find_turns(doc: Doc, people: Sequence[Span]) -> Iterator[Span]:
    """Yield the names in capitals that open lines of an interview: "AL: Yes", "“WALLACE: No".

    They are the initials of ``people``, or family names that come again: not "PRICE: 4".
    """
    initials = {initials_of(name_words(ent)) for ent in people}
    labels = list(_TURN.finditer(doc_text(doc)))
    counts = Counter(label[1].lower() for label in labels)
    for label in labels:
        word = label[1].lower()
        span = doc.char_span(*label.span(1), label="PERSON")
        if span and (word in initials or (counts[word] > 1 and is_family(fold_word(word)))):
            yield span
