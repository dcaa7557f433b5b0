"""The tasks, and which of them a gold file is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from newsextract.evaluation import (
    articles,
    dates,
    entities,
    layout,
    people,
    places,
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
    Task("articles", ("quotes", "people", "dates"), articles.tally, articles.MEASURES),
)


def tasks_of(gold: dict[str, Any]) -> tuple[Task, ...]:
    """Return the tasks that ``gold``, an article of a gold file, has the fields for."""
    whole = [task for task in TASKS if task.name == "articles" and gold.keys() >= {*task.fields}]
    fitting = [task for task in TASKS if gold.keys() >= {*task.fields}]
    return tuple(whole or fitting)
