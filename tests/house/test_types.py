"""The types of the generator fit each other. A test like others, so that the others do not wait for it."""

from __future__ import annotations

import subprocess
import sys

from tests.helpers.places import ROOT


def test_mypy_finds_nothing() -> None:
    command = [sys.executable, "-m", "mypy", "generator"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
