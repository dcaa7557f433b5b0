"""Geographic evidence other than toponyms: "Kentucky Derby", "KY 90", "£5"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsextract.language.lexicon import read_pairs
from newsextract.language.rules import rule
from newsextract.stages.places.names import expand_demonym, read_abbreviations
from newsextract.stages.places.page import Page, Word
from newsextract.stages.places.toponyms import Toponym

_ROAD = re.compile(r"\b([A-Z]{2})[- ]\d{1,4}\b")
_POUNDS = re.compile(r"(?<!\w)£(?=\d)")


@rule
def find_evidence(page: Page) -> Iterator[Toponym]:
    """Yield, once each, countries and divisions that organizations, roads and currencies imply.

    They are weighed with the toponyms of the article, and are none themselves.
    """
    seen = {toponym.text for toponym in page.found}
    for run in page.names:
        target = None if run.text in seen else _find_target(page, run)
        if target and not page.is_outside_bodies(run.start, run.end):
            seen.add(run.text)
            yield Toponym(run.start, run.end, run.text, target, form="adjective")
    for match in _ROAD.finditer(page.text):
        target = read_pairs("postal_codes").get(match[1])
        if target and match[1] not in seen:
            seen.add(match[1])
            yield Toponym(match.start(), match.end(), match[0], target)
    if pounds := _POUNDS.search(page.text):
        yield Toponym(pounds.start(), pounds.end(), pounds[0], "GB", form="adjective")


def _find_target(page: Page, run: Word) -> str | None:
    """Return the country or division that a word in an organization's name stands for."""
    if run.text in page.gazetteer.known_divisions:
        return run.text
    return expand_demonym(run.text) or read_abbreviations().get(run.text)
