"""Values, beside records, that the extractor passes between stages."""

from __future__ import annotations

from dataclasses import dataclass

from newsextract.records import Span


@dataclass(frozen=True, slots=True)
class Relay:
    """Who hands a quote on, as written.

    Args:
        medium: the organization that hands it on.
        cited: whom it cites, where that is not the source that is beside the quote.
    """

    medium: Span
    cited: Span | None = None
