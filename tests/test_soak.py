"""A short soak: memory stays flat and no file stays open; speed is for a quiet machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / "scripts" / "soak.py"


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="measures by /proc")
def test_three_hundred_articles():
    """Memory after three hundred articles is that after the first hundred."""
    paths = os.pathsep.join(map(os.path.abspath, sys.path))
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--articles", "300", "--block", "100", "--any-speed"],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
