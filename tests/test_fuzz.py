"""The fuzzer's short form: its seeds, what it found, and any text with labels of chance."""

from __future__ import annotations

from pathlib import Path

import pytest
import strategies
from fuzz import NAMES, find_harness
from fuzz.seeds import dictionary, make_seeds
from hypothesis import given, settings
from hypothesis import strategies as st

CORPUS = Path(__file__).parent / "fuzz" / "corpus"
KEPT = sorted(path for path in CORPUS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_kept_inputs(path):
    """What once broke a promise, or reached code that nothing else did, holds now."""
    find_harness(path.parent.name)(path.read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_seeds(name):
    """What the fuzzer starts from breaks nothing, and it has words to mutate with."""
    for seed in make_seeds(name):
        find_harness(name)(seed)
    assert dictionary(name).startswith('"\\x')


@settings(max_examples=150)
@given(text=strategies.articles(), seed=st.binary(min_size=2, max_size=2))
def test_any_text_with_any_labels(text, seed):
    """The stages hold whatever the labels say."""
    find_harness("stages")(seed + text.encode("utf-8", "surrogatepass"))
