"""What several modules of the audit look at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from tests.helpers.freezing import DAY, NOW, YEAR, city
from tests.helpers.processes import run, said


@pytest.fixture(scope="session")
def deposit(shared: Path) -> Path:
    """The deposit of a small site's year as ``exhibit archive`` writes it, made once. Nobody may change it."""
    home = shared / "deposit"
    made = home / f"deposit-{YEAR}"
    with FileLock(shared / "deposit.lock"):
        if not made.exists():
            site = city(home)
            done = run("archive", YEAR, *NOW, "--on", DAY, "--cache", str(home / "cache"), cwd=site.root)
            assert done.returncode == 0, said(done)
            shutil.move(site.root / made.name, made)
    return made
