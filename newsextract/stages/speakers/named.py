"""Find the person named in a source phrase."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from newsextract.language.noun_classes import noun_senses
from newsextract.language.nouns import POSSESSIVE_ENDINGS, is_modifier, is_plural, role_noun
from newsextract.language.person_names import is_title
from newsextract.stages.speakers.entity_index import Occurrence, Referent
from newsextract.stages.speakers.phrases import Phrase
from newsextract.stages.speakers.state import State

if TYPE_CHECKING:
    from spacy.tokens import Token

CLAUSES = frozenset(("who", "whom", "whose", "which", "that", "where", "when", "including"))
_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "DET", "NUM"))
_OF_OFFICE = frozenset(("of", "for"))
"""What joins an office to its field: "Minister of Mines Ann Lee"; not "a study by Ann Lee"."""


def by_person_named(state: State, phrase: Phrase) -> Referent | None:
    """One person is named outside of complements, possessors and clauses.

    "The head of the agency, Dr. Ann Lee", "WADA (Nore) chief Bo Ray", "Ann Lee KC"; not "a critic
    of Dr. Ann Lee", "an aide for Nore region chief Bo Ray", "lawyers for ousted leader Ann Lee",
    "Lee's campaign", "a baker who saw Bo Ray", "Ann Lee and Bo Ray".
    """
    if phrase.coordinated:
        return None
    names = list(_read_names(state, phrase))
    if any("CCONJ" in state.page.pos[one.last : other.first] for one, other in pairwise(names)):
        return None
    found = {named.referent for named in names if _stands_free(state, phrase, named)}
    return found.pop() if len(found) == 1 else None


def _read_names(state: State, phrase: Phrase) -> Iterator[Occurrence]:
    """Yield the people named before the first clause in the phrase, but for possessors."""
    for i in range(phrase.first, phrase.last):
        named = state.index.by_token.get(i)
        if named is None:
            token = state.doc[i]
            verb = token.pos_ in ("VERB", "AUX") and not is_modifier(token)
            if token.lower_ in CLAUSES or (i > phrase.first and verb):
                return
        elif named.first == i and named.referent.kind == "person":
            owns = named.last < phrase.last and state.doc[named.last].text in POSSESSIVE_ENDINGS
            if not owns:
                yield named


def _stands_free(state: State, phrase: Phrase, named: Occurrence) -> bool:
    doc = state.doc
    if named.last < phrase.last and _goes_on(doc[named.last]):
        return False
    at = named.first - 1
    while at > phrase.first and _introduces(doc[at]):
        at -= 1
    if at >= phrase.first and doc[at].pos_ == "ADP":
        return False
    while at > phrase.first and (doc[at].pos_ in _NOMINAL or is_modifier(doc[at])):
        at -= 1
    if at <= phrase.first or doc[at].pos_ != "ADP":
        return True
    held = doc[named.first - 1]
    own = held.is_lower and role_noun(held.text) is not None
    return doc[at].lower_ in _OF_OFFICE and not own


def _goes_on(token: Token) -> bool:
    """Whether a noun continues after the name: "the Ann Lee trial"; not "Ann Lee KC"."""
    return token.is_lower and token.pos_ in ("NOUN", "VERB")


def _introduces(token: Token) -> bool:
    """Whether a word before a name is only its own title or description."""
    participle = token.pos_ == "VERB" and is_modifier(token)
    if participle or token.pos_ in ("DET", "ADJ") or token.text == "." or is_title(token.text):
        return True
    person = role_noun(token.text) is not None or noun_senses(token.lower_)[:1] == "p"
    return person and not is_plural(token.lower_)
