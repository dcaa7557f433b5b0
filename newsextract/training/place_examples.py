"""Articles with located toponyms, as examples for fitting the weights of place resolution."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from newsextract.gazetteer.reader import Gazetteer
from newsextract.pipeline import make_doc
from newsextract.stages.layout import find_blocks
from newsextract.stages.organizations import find_organizations
from newsextract.stages.people import find_people
from newsextract.stages.places import read_toponyms
from newsextract.stages.places.features import Candidates, Floats, describe_own, gather_candidates
from newsextract.stages.places.groups import Group, group_toponyms
from newsextract.stages.places.resolve import Bools
from newsextract.stages.places.toponyms import Toponym

if TYPE_CHECKING:
    from spacy.language import Language

NEAR_KM = 161.0
Reader = Callable[[str], tuple[Sequence[Toponym], Sequence[Toponym]]]
"""From a text to its toponyms, and to the names that are evidence only."""


@dataclass(frozen=True)
class Example:
    """An article: the groups of its toponyms, their candidates, which of these are right, and the
    numbers of the groups whose place is known."""

    groups: Sequence[Group]
    candidates: Candidates
    right: Bools
    judged: tuple[int, ...]

    @property
    def own(self) -> Floats:
        """The features of the candidates by themselves."""
        return describe_own(self.candidates, self.groups)


def read_with(nlp: Language, gazetteer: Gazetteer) -> Reader:
    """Return a reader that finds the toponyms as an extractor with the pipeline ``nlp`` does."""

    def read(text: str) -> tuple[Sequence[Toponym], Sequence[Toponym]]:
        blocks = find_blocks(text)
        doc = make_doc(nlp, text, blocks)
        people = find_people(doc, blocks, organizations=find_organizations(doc, blocks))
        return read_toponyms(doc, blocks, gazetteer=gazetteer, people=people)

    return read


def read_examples(path: Path, gazetteer: Gazetteer, *, read: Reader) -> list[Example]:
    """Return the articles of a corpus of toponyms (one JSON article a line)."""
    with path.open(encoding="utf8") as file:
        examples = [read_example(json.loads(line), gazetteer, read=read) for line in file]
    return [example for example in examples if example.right.any()]


def read_example(article: Mapping[str, Any], gazetteer: Gazetteer, *, read: Reader) -> Example:
    """Return an article with the candidates of the toponyms that are found in it.

    A candidate is right when it has the GeoNames id of a marked toponym at the same place of the
    text, or lies within 161 km of it.
    """
    toponyms, evidence = read(article["text"])
    marked = match_toponyms(toponyms, [t for t in article["toponyms"] if "lat" in t])
    groups = group_toponyms([*toponyms, *evidence], gazetteer)
    candidates = gather_candidates(groups, gazetteer)
    right, judged = np.zeros(len(candidates.index), dtype=bool), []
    for number, group in enumerate(groups):
        own = np.flatnonzero(candidates.group == number)
        located = [t for member in group.members for t in marked[member]]
        if located and len(own):
            right[own] = find_right(candidates.take(own), located[0], gazetteer)
            judged.append(number)
    return Example(groups, candidates, right, tuple(judged))


def match_toponyms(
    found: Sequence[Toponym], marked: Sequence[Mapping[str, Any]]
) -> dict[int, list[Mapping[str, Any]]]:
    """Return for each number of a found toponym the marked ones at the same offsets, or over it."""
    exact = {toponym.offsets: number for number, toponym in enumerate(found)}
    matched: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for toponym in marked:
        start, end = toponym["start"], toponym["end"]
        over = (n for n, other in enumerate(found) if other.start < end and start < other.end)
        number = exact.get((start, end), next(over, None))
        if number is not None:
            matched[number].append(toponym)
    return matched


def find_right(candidates: Candidates, toponym: Mapping[str, Any], gazetteer: Gazetteer) -> Bools:
    """Return which candidates are the marked place."""
    lat, lon = np.radians(toponym["lat"]), np.radians(toponym["lon"])
    point = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    near = np.linalg.norm(candidates.point - point, axis=1) * 6371.0 <= NEAR_KM
    same = gazetteer.columns["id"][candidates.index] == toponym.get("geonames_id", -1)
    return np.asarray(near | same)
