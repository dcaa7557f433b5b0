"""Names from another spaCy pipeline, in the place of the encoder's own."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

LABELS = {
    "PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "FAC",
    "NORP": "NORP", "DATE": "DATE", "TIME": "DATE", "MONEY": "MONEY", "PRODUCT": "PRODUCT",
    "EVENT": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC", "LANGUAGE": "MISC", "MISC": "MISC",
}  # fmt: skip
"""Labels of spaCy's models, and what the stages call them; others are left out."""


@Language.factory("foreign_entities", assigns=["doc.ents"])
def make_foreign_entities(nlp: Language, name: str) -> ForeignEntities:
    """Return the component, whose ``nlp`` the caller sets to a pipeline of their own."""
    return ForeignEntities(Language())


class ForeignEntities:
    """Replaces the entities of a document by those that ``nlp`` finds in the same tokens.

    Args:
        nlp: a pipeline with an entity recognizer, trained or of rules.
    """

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.ents`` and return ``doc``."""
        words = [token.text for token in doc]
        spaces = [bool(token.whitespace_) for token in doc]
        other = Doc(self.nlp.vocab, words=words, spaces=spaces)
        for _, component in self.nlp.pipeline:
            other = component(other)
        doc.set_ents(
            [
                Span(doc, ent.start, ent.end, label=LABELS[ent.label_])
                for ent in other.ents
                if ent.label_ in LABELS
            ]
        )
        return doc
