"""A small site whose year is frozen, by the command itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.helpers.driver import SiteDriver
from tests.helpers.processes import here

YEAR, DAY = "2024", "2026-01-15"
NOW = ("--as-of", "2026-06-01")
LOCK = f"content/archives/{YEAR}.yml"


def city(to: Path, case: str = "good/small") -> SiteDriver:
    """A copy of a fixture site below ``to``, with nothing else in it."""
    return SiteDriver.copy(case, to).remove_if_there("expected")


def freeze(site: SiteDriver, patch: pytest.MonkeyPatch, *arguments: str, year: str = YEAR, on: str = DAY, **more: str) -> tuple[int, str]:
    """Run ``exhibit archive`` and return its exit code with all that it printed."""
    given = ("archive", year, *NOW, "--cache", str(site.root.parent / "cache"), "--lang", "en", *(("--on", on) if on else ()), *arguments)
    done = here(patch, *given, cwd=site.root, **more)
    return done.returncode, (done.stdout + done.stderr).decode()


def frozen(site: SiteDriver) -> Path:
    """The folder of the frozen year."""
    return site.root / "archives" / YEAR


def digests(folder: Path) -> dict[str, str]:
    """The digest of every file below ``folder``."""
    found = (each for each in sorted(folder.rglob("*")) if each.is_file())
    return {each.relative_to(folder).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest() for each in found}
