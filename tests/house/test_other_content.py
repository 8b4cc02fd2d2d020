"""The tests of the program stand on fixtures alone: with another city's records in the repository they pass as before."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.init.content import Wishes, fill
from tests.helpers.places import ROOT

OWN = "test_repository_content.py"
KEPT = ("generator", "theme", "docs", "tests", "benchmarks", "LICENSES", ".github")
FILES = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md")
MORE = ("LICENSE", "requirements.lock", "requirements-test.lock", "site_config.yml")
REPRESENTATIVE = (
    "house/test_docs.py", "whole/test_release.py", "commands/test_cli.py", "whole/test_build.py", "unit/outputs/test_feeds.py",
)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A copy of the repository with the records of a new site in place of its own."""
    root = tmp_path / "repository"
    root.mkdir()
    for each in KEPT:
        shutil.copytree(
            ROOT / each, root / each, ignore=shutil.ignore_patterns("__pycache__", "node_modules", ".cache")
        )
    for each in (*FILES, *MORE):
        shutil.copy(ROOT / each, root / each)
    made = tmp_path / "made"
    made.mkdir()
    assert fill(made, Wishes("别的城市")) == ()
    for each in ("brands", "content"):
        shutil.copytree(made / each, root / each)
    return root


@pytest.mark.audit
def test_the_tests_pass_with_the_records_of_another_city(other: Path) -> None:
    files = [f"tests/{each}" for each in REPRESENTATIVE]
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-m", "not browser", *files]
    run = subprocess.run(command, cwd=other, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-4000:]
    assert re.search(r"\[100%\]", run.stdout)


def test_no_other_test_looks_at_the_records_of_the_repository() -> None:
    looking = re.compile(
        r"""ROOT\s*/\s*["'](?:brands|content)|ROOT\.(?:r?glob)\(["'](?:brands|content)|Settings\(ROOT\b"""
    )
    found = [
        each.name
        for each in sorted((ROOT / "tests").rglob("*.py"))
        if each.name not in (OWN, Path(__file__).name) and looking.search(each.read_text("utf-8"))
    ]
    assert found == []
