"""The program as another city gets it: wheels built from a copy of the sources, and environments that have one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from tests.helpers.places import ROOT

SOURCES = ("generator", "theme", "docs", "LICENSES")
LEFT = ("__pycache__", "*.pyc", "images", "art", "decisions")
FILES = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE")
_BUILD = "import sys; from setuptools import build_meta as backend; print(getattr(backend, sys.argv[1])(sys.argv[2]))"


def copied_sources(to: Path) -> Path:
    """A copy of what the distribution is built from, so that building leaves no trace in the checkout."""
    for folder in SOURCES:
        shutil.copytree(ROOT / folder, to / folder, ignore=shutil.ignore_patterns(*LEFT))
    for file in FILES:
        shutil.copy(ROOT / file, to / file)
    return to


def built(sources: Path, what: str, to: Path) -> Path:
    """The ``wheel`` or ``sdist`` of ``sources``, made by the build backend as an installer would (PEP 517)."""
    run = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", _BUILD, f"build_{what}", str(to)],
        cwd=sources,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return to / run.stdout.splitlines()[-1]


class City:
    """A fresh environment of some other city's machine: the program from a wheel, its dependencies linked to those of
    this one, since nothing may be downloaded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        venv.create(folder)
        self.bin = folder / ("Scripts" if os.name == "nt" else "bin")
        self.site = Path(self.ask("import sysconfig; print(sysconfig.get_path('purelib'))"))
        link(self.site)

    def install(self, *what: str) -> City:
        """Install from files alone."""
        options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-index", "--force-reinstall"]
        self._run(sys.executable, "-m", "pip", "--python", self.bin / "python", "install", *options, *what)
        return self

    def exhibit(self, *arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
        """Run the command as a user would."""
        return subprocess.run(
            [self.bin / "exhibit", *arguments], cwd=at, env=clean(), capture_output=True, text=True, check=False
        )

    def ask(self, code: str) -> str:
        """What a line of Python prints there."""
        return self._run(self.bin / "python", "-c", code).strip()

    def _run(self, *command: object) -> str:
        run = subprocess.run(
            [str(each) for each in command], cwd=self.folder, env=clean(), capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout


def clean() -> dict[str, str]:
    """This environment without what would lead back to the checkout."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}


def link(libraries: Path) -> None:
    """Let an environment see the packages of this one, after its own."""
    own = {sysconfig.get_path(each) for each in ("purelib", "platlib")}
    (libraries / "dependencies.pth").write_text("".join(f"{each}\n" for each in sorted(own)), "utf-8")
