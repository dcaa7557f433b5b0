"""Namespace-agnostic queries on an XML tree, without recursion."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from newsextract.io.readers.markup import TextCollector


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace; ``""`` for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def find_all(root: Any, *names: str) -> Iterator[Any]:
    """Yield the outermost elements under ``root``, itself included, that bear one of ``names``."""
    stack = [root]
    while stack:
        element = stack.pop()
        if local_name(element) in names:
            yield element
        else:
            stack.extend(reversed(element))


def find_first(root: Any, *names: str) -> Any:
    """Return the first element under ``root`` that bears the first of ``names`` that is there."""
    return next((found for name in names for found in find_all(root, name)), None)


def line_of(root: Any, *names: str) -> str | None:
    """Return the text of the first element of these names, its white space single; or ``None``."""
    element = find_first(root, *names)
    line = " ".join("".join(element.itertext()).split()) if element is not None else ""
    return line or None


def text_under(root: Any, *, silent: Collection[str] = ()) -> str:
    """Return the text of an element: a paragraph a block, without the ``silent`` elements."""
    collector = TextCollector()
    stack = [(root, False)]
    while stack:
        element, closing = stack.pop()
        name = local_name(element).lower()
        if closing:
            collector.end(name)
        elif name and name not in silent:
            collector.start(name)
            collector.add(element.text or "")
            stack.append((element, True))
            stack += [(child, False) for child in reversed(element)]
            continue
        if element is not root:
            collector.add(element.tail or "")
    return collector.text()
