"""What several stages ask of a ``Doc``, worked out once."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from newsextract.language.lexicon import read_pairs, read_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


def doc_text(doc: Doc) -> str:
    """Return ``doc.text``, which spaCy joins anew at every call, joined once."""
    text: str | None = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = doc.text
    return text


def label_of(ent: Span) -> str:
    """Return the label of an entity: the encoder's, but for names that can only be one thing.

    "U.N." is a body and "Russian Federation" a country, whatever they are taken for; a country's
    name may be a person's.
    """
    if ent.text in read_words("known_bodies"):
        return "ORG"
    if ent.label_ != "PERSON" and ent.text.replace("’", "'") in _read_countries():
        return "LOC"
    return ent.label_


@cache
def _read_countries() -> frozenset[str]:
    listed = read_pairs("country_names").values()
    return frozenset(name.strip() for names in listed for name in names.split(";"))


def sentence_of(doc: Doc, i: int) -> tuple[int, int]:
    """Return the half-open range of tokens of the sentence that token ``i`` stands in.

    ``token.sent`` walks to both ends of the sentence at every call: on a page of one endless
    sentence, as scraped tables are, that takes time with the square of its length.
    """
    edges: list[int] | None = doc.user_data.get("sentences")
    if edges is None:
        starts = (doc.to_array(["SENT_START"]) == 1).nonzero()[0].tolist()
        edges = doc.user_data["sentences"] = [0, *starts[starts[:1] == [0] :], len(doc)]
    at = bisect_right(edges, i, hi=len(edges) - 1)
    return edges[at - 1], edges[at]
