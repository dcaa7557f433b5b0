"""Names that are no toponyms of the article but tell where it is: "Kentucky Derby", "KY 90"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsextract.lexicon import read_pairs
from newsextract.places.page import Page
from newsextract.places.toponyms import Toponym

_ROAD = re.compile(r"\b([A-Z]{2})[- ]\d{1,4}\b")


def find_evidence(page: Page) -> Iterator[Toponym]:
    """Yield the divisions that stand in the names of bodies and roads, each once.

    They are weighed with the toponyms of the article, and are none themselves.
    """
    seen = {toponym.text for toponym in page.found}
    divisions = page.gazetteer.known_divisions
    for run in page.names:
        new = run.text in divisions and run.text not in seen
        if new and not page.is_outside_bodies(run.start, run.end):
            seen.add(run.text)
            yield Toponym(run.start, run.end, run.text, run.text)
    for match in _ROAD.finditer(page.text):
        target = read_pairs("postal_codes").get(match[1])
        if target and match[1] not in seen:
            seen.add(match[1])
            yield Toponym(match.start(), match.end(), match[0], target)
