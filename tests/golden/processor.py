"""Whether this processor is of the kind that produced the stored outputs.

Wider registers change the order of floating-point sums. Activations are rounded to eight bits, so a
difference in the last digit can become a whole step and flip a close call: scores differ by up to a
tenth, and about one quote in a hundred changes.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from newsextract.encoder.component import SHIPPED
from newsextract.encoder.model import load_model
from newsextract.encoder.words import read_words

STORED = Path(__file__).parent / "processor.txt"
_TEXT = "“The bridge is shut,” said Ilse Marten, the mayor of Liepāja, on Monday. " * 8


@cache
def fingerprint() -> str:
    """Return a digest of the network's outputs for a fixed text."""
    words = read_words(_TEXT, [(at, at + 1) for at in range(len(_TEXT)) if _TEXT[at] != " "])
    digest = hashlib.sha256()
    for _, outputs in load_model(SHIPPED).run(words):
        digest.update(outputs.tobytes())
    return digest.hexdigest()


def is_same_kind() -> bool:
    """Return whether outputs must equal the stored ones byte for byte."""
    return STORED.read_text(encoding="ascii").strip() == fingerprint()
