"""Coverage-guided fuzzing: ``python -m tests.fuzz stages --seconds 3600`` (needs ``atheris``).

Each harness takes any bytes and raises where a promise is broken. What once broke one, and a small
choice of what reached new code, stands in ``corpus/`` and is replayed by the ordinary tests.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

MODULES = {
    "readers": ("plain", "lines", "delimited", "pages", "warc", "parquet", "packed", "markup",
                "lists", "xml"),
    "stages": ("layout", "stages", "shown"),
}  # fmt: skip
NAMES = tuple(name for names in MODULES.values() for name in names)


def find_harness(name: str) -> Callable[[bytes], None]:
    """Return the harness ``name``; its module is imported only now."""
    module = next(module for module, names in MODULES.items() if name in names)
    harness: Callable[[bytes], None] = import_module(f"fuzz.{module}").HARNESSES[name]
    return harness
