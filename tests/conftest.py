"""What all tests share: deterministic property tests, one loaded model, one record by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from samples import make_sample
from servers import databases, postgres_server  # noqa: F401

if TYPE_CHECKING:
    from newsextract import Extraction, Extractor

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def extractor() -> Iterator[Extractor]:
    """The shipped model, loaded once for all tests that are marked ``model``."""
    import newsextract

    return newsextract.load(threads=1)


@pytest.fixture(scope="session")
def sample() -> Extraction:
    """A record of every kind of thing, made by hand."""
    return make_sample()
