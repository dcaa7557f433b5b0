"""Named rules that can be counted and switched off one by one.

A rule is a function that decides one thing or abstains (``None``, ``False`` or no result). It is
named after its module and function: ``entities.boundaries.find_given``.
"""

from __future__ import annotations

import functools
import inspect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Audit:
    """What is counted while rules are audited, and which are switched off."""

    off: frozenset[str]
    counts: Counter[str] = field(default_factory=Counter)


_AUDIT: ContextVar[Audit | None] = ContextVar("audit", default=None)
_NAMES: list[str] = []


@contextmanager
def audit_rules(without: Iterable[str] = ()) -> Iterator[Counter[str]]:
    """Count the decisions of each rule inside the block, which gets the counts by name.

    Args:
        without: names of rules that abstain meanwhile.
    """
    audit = Audit(frozenset(without))
    token = _AUDIT.set(audit)
    try:
        yield audit.counts
    finally:
        _AUDIT.reset(token)


def rule_names() -> list[str]:
    """Return the names of all rules of the stages that are imported, sorted."""
    return sorted(_NAMES)


def rule(function: Callable[P, R]) -> Callable[P, R]:
    """Name a function that answers, yields or abstains."""
    name = _register(function)
    generates = inspect.isgeneratorfunction(function)
    nothing = _nothing(str(function.__annotations__.get("return")))

    @functools.wraps(function)
    def decide(*args: P.args, **kwargs: P.kwargs) -> R:
        audit = _AUDIT.get()
        if audit is None:
            return function(*args, **kwargs)
        if name in audit.off:
            return cast(R, iter(()) if generates else nothing)
        answer = function(*args, **kwargs)
        if generates:
            return cast(R, _count_each(cast(Iterator[Any], answer), name, audit.counts))
        audit.counts[name] += bool(answer)
        return answer

    return decide


def repair(argument: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Name a function that changes one of its positional arguments, or returns that itself.

    Args:
        argument: its position.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        name = _register(function)

        @functools.wraps(function)
        def decide(*args: P.args, **kwargs: P.kwargs) -> R:
            audit = _AUDIT.get()
            if audit is None:
                return function(*args, **kwargs)
            given = cast(R, args[argument])
            answer = given if name in audit.off else function(*args, **kwargs)
            audit.counts[name] += answer is not given and answer != given
            return answer

        return decide

    return decorate


def _register(function: Callable[..., Any]) -> str:
    module = function.__module__.partition(".stages.")[2] or function.__module__
    name = f"{module}.{function.__name__.lstrip('_')}"
    _NAMES.append(name)
    return name


def _nothing(annotation: str) -> object:
    """Return what a rule answers when it abstains, by its return annotation."""
    if annotation == "bool":
        return False
    return () if annotation.startswith(("list", "tuple")) else None


def _count_each(answers: Iterator[Any], name: str, counts: Counter[str]) -> Iterator[Any]:
    for answer in answers:
        counts[name] += 1
        yield answer
