"""Evaluation tasks, and which of them a gold file supports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from newsextract.evaluation import (
    articles,
    coreference,
    dates,
    entities,
    layout,
    people,
    places,
    press,
    quotes,
    speakers,
)
from newsextract.evaluation.tally import Measure, Tally
from newsextract.records import Extraction


@dataclass(frozen=True, slots=True)
class Task:
    """What is compared: the fields that a gold article needs, how to count, what to print."""

    name: str
    fields: tuple[str, ...]
    tally: Callable[[dict[str, Any], Extraction], Tally]
    measures: tuple[Measure, ...]


TASKS = (
    Task("entities", ("entities",), entities.tally, entities.MEASURES),
    Task("quotes", ("attributions",), quotes.tally, quotes.MEASURES),
    Task("speakers", ("attributions", "resolved"), speakers.tally, speakers.MEASURES),
    Task("people", ("people",), people.tally, people.MEASURES),
    Task("layout", ("attributions", "title"), layout.tally, layout.MEASURES),
    Task("dates", ("timexes",), dates.tally, dates.MEASURES),
    Task("places", ("toponyms",), places.tally, places.MEASURES),
    Task("pronouns", ("Pronoun", "A", "B"), coreference.tally_gap, coreference.GAP_MEASURES),
    Task("chains", ("tokens", "clusters"), coreference.tally_chains, coreference.CHAIN_MEASURES),
    Task("articles", ("quotes", "people", "dates"), articles.tally, articles.MEASURES),
    Task("press", ("quotes", "people", "boilerplate"), press.tally, press.MEASURES),
)
WHOLE = ("articles", "press")
"""Tasks that measure everything an article has marks for; the first that fits is the only one."""


def tasks_of(gold: dict[str, Any]) -> tuple[Task, ...]:
    """Return the tasks that ``gold``, an article of a gold file, has the fields for."""
    fitting = [task for task in TASKS if gold.keys() >= {*task.fields}]
    whole = [task for task in fitting if task.name in WHOLE]
    return tuple(whole[:1] or fitting)
