"""The word lists: each says what it is and who reads it."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

import newsextract

PACKAGE = Path(newsextract.__file__).parent
LISTS = sorted((PACKAGE / "data" / "en").glob("*.txt"))
CODE = "\n".join(path.read_text(encoding="utf8") for path in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_has_a_reader(path: Path) -> None:
    """Its name stands in the code, and the modules that its head names exist."""
    lines = path.read_text(encoding="utf8").splitlines()
    head = " ".join(line for line in lines if line.startswith("#"))
    modules = re.findall(r"newsextract(?:\.\w+)+", head)
    assert re.search(rf"[\"']{path.stem}[\"']", CODE)
    assert modules
    assert [name for name in modules if importlib.util.find_spec(name) is None] == []
