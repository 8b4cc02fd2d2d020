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

FORKING = {"aside", "render"}  # the search and the pages; folders of records where a kind has several

# Small parts, so that a small site has enough for all.
BUILD = """
import json, sys
from datetime import date
from pathlib import Path
from generator.catalog import records
from generator.engines.memory import MemoryEngine
from generator.outputs import make
from generator.pipeline import build
from generator.stages import render
from generator.stages.settings import Settings
from generator.system import forks
from generator.themes.basis import Basis
records._TOGETHER, render._TOGETHER, make._WORTH_A_PROCESS = 1, 3, 1
crews, enter = [], forks._Crew.__enter__
def noted(crew):
    frame = sys._getframe(1)
    while frame.f_code.co_name in ("spread", "each"):  # on the way is who tells how far it is
        frame = frame.f_back
    crews.append(frame.f_code.co_name)
    return enter(crew)
forks._Crew.__enter__ = noted
root, out, jobs, keep_going = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), bool(sys.argv[4])
basis = Basis(root / "theme", root) if (root / "theme").exists() else None
cache = out.parent / "cache"
settings = Settings(root, date(2026, 6, 1), cache=cache, jobs=jobs, keep_going=keep_going, basis=basis)
done = build(settings, out, MemoryEngine())
problems = [[each.code, str(each.span), each.text("zh")] for each in done.survey.problems]
print(json.dumps({"crews": crews, "problems": problems, "published": done.published is not None}))
"""


def _run(root: Path, jobs: int, *, keep_going: bool = False, **more: str) -> subprocess.CompletedProcess[bytes]:
    arguments = [str(root), str(root.parent / f"out-{jobs}"), str(jobs), "yes" if keep_going else ""]
    command = [sys.executable, "-c", BUILD, *arguments]
    return subprocess.run(command, env=environment(**more), capture_output=True, check=False, timeout=120)


def _built(root: Path, jobs: int, *, keep_going: bool = False) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What a build says, and the files that it publishes."""
    out = root.parent / f"out-{jobs}"
    done = _run(root, jobs, keep_going=keep_going)
    assert done.returncode == 0, done.stderr.decode()
    files = {each.relative_to(out).as_posix(): each.read_bytes() for each in out.rglob("*") if each.is_file()}
    return json.loads(done.stdout), files


def _alike(root: Path, *, keep_going: bool = False) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The same of a build with three processes, which is that of a build with one."""
    one, files = _built(root, 1, keep_going=keep_going)
    three, others = _built(root, 3, keep_going=keep_going)
    assert one.pop("crews") == []
    assert {*three.pop("crews")} >= FORKING
    assert one == three and files == others
    return three, others


def test_where_there_are_several_folders_they_are_read_by_several_processes(tmp_path: Path) -> None:
    said, _ = _built(SiteDriver.copy("good/project", tmp_path).root, 3)
    assert "_read_folders" in said["crews"]


@pytest.mark.few
@pytest.mark.parametrize("case", ["good/project", "good/small", "good/release"])
def test_the_same_site_comes_from_any_number_of_processes(case: str, tmp_path: Path) -> None:
    said, files = _alike(SiteDriver.copy(case, tmp_path).root)
    assert said["published"] and len(files) > 20


@pytest.mark.few
@pytest.mark.parametrize("case", ["bad/brand", "bad/pictures", "bad/clerk"])
def test_the_same_is_told_of_mistakes(case: str, tmp_path: Path) -> None:
    said, _ = _alike(SiteDriver.copy(case, tmp_path).root, keep_going=True)
    assert said["problems"]


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_trace_of_a_fault_is_shown_whoever_made_it(jobs: int, tmp_path: Path) -> None:
    root = SiteDriver.copy("good/small", tmp_path).root
    shutil.copytree(ROOT / "theme", root / "theme")
    (root / "theme/exhibits/unit.html").write_text("{{ nothing.of.that }}\n", "utf-8")
    plain, loud = (_run(root, jobs, EXHIBIT_TRACEBACK=value) for value in ("", "1"))
    assert b"Traceback" not in plain.stderr
    assert b"Traceback" in loud.stderr and b"UndefinedError" in loud.stderr


def test_a_page_that_cannot_be_made_is_told_alike(tmp_path: Path) -> None:
    root = SiteDriver.copy("good/small", tmp_path).root
    shutil.copytree(ROOT / "theme", root / "theme")
    (root / "theme/exhibits/unit.html").write_text("{{ nothing.of.that }}\n", "utf-8")
    said, files = _alike(root, keep_going=True)
    assert {code for code, _, _ in said["problems"]} == {"IMG-020"}
    assert "units/court/index.html" in files  # the page that says so
