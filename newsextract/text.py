"""Small functions on strings that several stages share; none changes a length unsaid."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_STRAIGHT = str.maketrans("‘’‚‛“”„‟«»‹›′″＂", "''''\"\"\"\"\"\"''" + '\'""')


def straighten(text: str) -> str:
    """Return ``text`` with curly quotation marks and apostrophes made straight, same length."""
    return text.translate(_STRAIGHT)


def fold(name: str) -> str:
    """Return ``name`` without diacritics, case and punctuation: a key for comparing names."""
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^\w]+", " ", re.sub(r"['’]s\b", "", plain)).strip()


def doc_text(doc: Doc) -> str:
    """Return ``doc.text``, which spaCy joins anew at every call, joined once."""
    text: str | None = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = doc.text
    return text
