"""A test in a browser is tried twice, and told of when it needed that; any other test is tried once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.places import ROOT

TESTS = """
import pytest

tries = {}

def count(name):
    tries[name] = tries.get(name, 0) + 1
    return tries[name]

@pytest.mark.browser
def test_unsteady():
    assert count("unsteady") > 1, "too early"

@pytest.mark.browser
def test_broken():
    count("broken")
    assert not "ever"

def test_without_a_browser():
    assert count("without") > 1

def test_tries():
    assert tries == {"unsteady": 2, "broken": 2, "without": 1}
"""


@pytest.mark.browser
def test_a_second_try_is_given_to_browsers_alone_and_never_hidden(tmp_path: Path) -> None:
    written = tmp_path / "test_some.py"
    written.write_text(TESTS, "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", ROOT / "pyproject.toml", "--rootdir", tmp_path, written]
    ended = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "2 failed, 2 passed, 2 rerun" in ended.stdout.replace(" in ", ", in "), ended.stdout
    told = ended.stdout.partition("UNSTEADY: PASSED ON THE SECOND TRY ONLY")[2]
    assert "test_unsteady" in told and "too early" in told
    failed = ended.stdout.partition("short test summary")[2]
    assert all(name in failed for name in ("test_broken", "test_without_a_browser")) and "test_unsteady" not in failed
