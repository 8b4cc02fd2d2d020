"""A site is the same whether one process makes it or several that fork, and so is what is told of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.driver import SiteDriver
from tests.helpers.places import ROOT
from tests.helpers.processes import environment

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="nothing forks there")

# Small parts, so that a small site has enough for all.
BUILD = """
import json, os, sys
from datetime import date
from pathlib import Path
from generator.catalog import records
from generator.engines.memory import MemoryEngine
from generator.outputs import make
from generator.pipeline import build
from generator.stages import render
from generator.stages.settings import Settings
from generator.themes.basis import Basis
records._TOGETHER, render._TOGETHER, make._WORTH_A_PROCESS = 1, 3, 1
forked, fork = [], os.fork
def counted():
    forked.append(1)
    return fork()
os.fork = counted
root, out, jobs, keep_going = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), bool(sys.argv[4])
basis = Basis(root / "theme", root) if (root / "theme").exists() else None
cache = out.parent / "cache"
settings = Settings(root, date(2026, 6, 1), cache=cache, jobs=jobs, keep_going=keep_going, basis=basis)
done = build(settings, out, MemoryEngine())
problems = [[each.code, str(each.span), each.text("zh")] for each in done.survey.problems]
print(json.dumps({"forked": len(forked), "problems": problems, "published": done.published is not None}))
"""


def _built(root: Path, jobs: int, *, keep_going: bool = False) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What a build says, and the files that it publishes."""
    out = root.parent / f"out-{jobs}"
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(root), str(out), str(jobs), "yes" if keep_going else ""],
        env=environment(), capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    files = {each.relative_to(out).as_posix(): each.read_bytes() for each in out.rglob("*") if each.is_file()}
    return json.loads(done.stdout), files


def _alike(root: Path, *, keep_going: bool = False) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The same of a build with three processes, which is that of a build with one."""
    one, files = _built(root, 1, keep_going=keep_going)
    three, others = _built(root, 3, keep_going=keep_going)
    assert one.pop("forked") == 0 and three.pop("forked") >= 2
    assert one == three and files == others
    return three, others


@pytest.mark.parametrize("case", ["good/small", "good/project", "good/release"])
def test_the_same_site_comes_from_any_number_of_processes(case: str, tmp_path: Path) -> None:
    said, files = _alike(SiteDriver.copy(case, tmp_path).root)
    assert said["published"] and len(files) > 20


@pytest.mark.parametrize("case", ["bad/brand", "bad/pictures", "bad/clerk"])
def test_the_same_is_told_of_mistakes(case: str, tmp_path: Path) -> None:
    said, _ = _alike(SiteDriver.copy(case, tmp_path).root, keep_going=True)
    assert said["problems"]


def test_a_page_that_cannot_be_made_is_told_alike(tmp_path: Path) -> None:
    root = SiteDriver.copy("good/small", tmp_path).root
    shutil.copytree(ROOT / "theme", root / "theme")
    (root / "theme/exhibits/unit.html").write_text("{{ nothing.of.that }}\n", "utf-8")
    said, files = _alike(root, keep_going=True)
    assert {code for code, _, _ in said["problems"]} == {"IMG-020"}
    assert "units/court/index.html" in files  # the page that says so
