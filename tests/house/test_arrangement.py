"""Every test has its place and is run: by ``make test``, by ``make audit``, or by both."""

from __future__ import annotations

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from itertools import product
from pathlib import Path

import pytest
from _pytest.mark.expression import Expression

import generator
from tests.helpers.places import ROOT, TESTS
from tests.helpers.properties import PARTS, beyond_the_part

PACKAGE = Path(generator.__file__).parent
FILES = sorted(each for each in TESTS.rglob("*.py") if not {"node_modules", "sites"} & set(each.parts))
PLACES = {"unit", "commands", "whole", "browser", "house", "audit"}


def _lines(goal: str, *variables: str) -> list[str]:
    """What ``make`` runs for a goal, the setting up included."""
    asked = ["make", "--dry-run", "--no-print-directory", "--always-make", goal, *variables]
    environment = {name: value for name, value in os.environ.items() if name not in ("EXAMPLES", "MAKEFLAGS", "MAKELEVEL")}
    return subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, check=True, text=True).stdout.splitlines()


def _asked(goal: str, *variables: str) -> tuple[str, str]:
    """The line by which ``make`` runs pytest for a goal, and what it says of markers."""
    (line,) = [each for each in _lines(goal, *variables) if "-m pytest" in each]
    marked = re.search(r'-m pytest -m "([^"]+)"', line)
    assert marked
    return line, marked[1]


def test_every_test_is_run_by_one_of_the_two_and_what_takes_long_by_the_audit_alone() -> None:
    test, audit = (Expression.compile(_asked(goal)[1]) for goal in ("test", "audit"))
    for is_slow, is_property in product((False, True), repeat=2):
        marks = {"audit": is_slow, "property": is_property}
        assert test.evaluate(lambda name, **_: marks[name]) is not is_slow  # noqa: B023
        assert audit.evaluate(lambda name, **_: marks[name]) is (is_slow or is_property)  # noqa: B023


@pytest.mark.parametrize("goal", ["test", "audit"])
def test_neither_leaves_out_a_file(goal: str) -> None:
    line = _asked(goal)[0]
    assert not re.search(r"--ignore|--deselect|-k |tests/", line)
    options = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]
    assert options["testpaths"] == ["tests"]
    assert not PLACES & set(options["norecursedirs"])
    assert not re.search(r"--ignore|--deselect|-k |-m ", options["addopts"])


def test_the_audit_tries_all_examples_and_ci_runs_both() -> None:
    assert "EXHIBIT_EXAMPLES=all " in _asked("audit")[0] and "EXHIBIT_EXAMPLES" not in _asked("test")[0]
    assert {"make test", "make audit"} <= set((ROOT / ".ci/run").read_text("utf-8").splitlines())


@pytest.mark.parametrize(("seconds", "expected"), [("0", "audit few"), ("900", "audit ")])
def test_ci_on_a_slow_machine_says_so_and_tries_a_part(seconds: str, expected: str, tmp_path: Path) -> None:
    """Or it would not end in time. All that it calls is a stand-in here; that of ``make test`` takes a second."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / ".ci/run", tmp_path / ".ci/run")
    stand_ins = dict.fromkeys(("chromium", "java", "nginx", "ffprobe"), "") | {
        "fc-list": "echo CJK",
        "git": "echo 000b5c0ffee",
        "make": f'echo "$1 $EXAMPLES" $EXHIBIT_PART >> {tmp_path}/asked; [ "$1" != test ] || sleep 1.1',
    }
    for name, script in stand_ins.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "SLOW_FROM": seconds}
    for name in ("EXAMPLES", "EXHIBIT_PART"):
        environment.pop(name, None)
    done = subprocess.run(["bash", ".ci/run"], cwd=tmp_path, env=environment, capture_output=True, check=True, text=True)
    is_slow = expected == "audit few"
    assert (tmp_path / "asked").read_text().splitlines() == ["site ", "test ", expected + " 2" * is_slow]
    assert ("This machine is slow" in done.stdout and "beginning with number 2" in done.stdout) is is_slow


def test_on_a_slow_machine_the_audit_leaves_out_what_the_tests_have_tried_as_often() -> None:
    line, marks = _asked("audit", "EXAMPLES=few")
    assert "EXHIBIT_EXAMPLES=few " in line
    assert marks == "audit"


@pytest.mark.parametrize("goal", ["test", "audit"])
def test_the_program_is_compiled_once_and_not_by_every_process(goal: str) -> None:
    """It is half of the time in which a command starts."""
    lines = _lines(goal)
    (compiled,) = [number for number, each in enumerate(lines) if "-m compileall -q generator tests" in each]
    (run,) = [number for number, each in enumerate(lines) if "-m pytest" in each]
    assert compiled < run
    asked = ["make", "--eval=shown: ; @echo $${PYTHONDONTWRITEBYTECODE:-nothing}", "shown"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "MAKEFLAGS": "--no-print-directory"}
    assert subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, check=True, text=True).stdout.split() == ["nothing"]


def test_every_case_is_tried_by_one_of_three_commits_and_every_test_by_each() -> None:
    cases = [f"a.py::test_many[{number}]" for number in range(8)] + ["b.py::test_two[x]", "b.py::test_two[y-z]"]
    names = [*cases, "b.py::test_one[x]", "b.py::test_alone"]
    tried = [set(names) - beyond_the_part(names, part) for part in range(PARTS)]
    assert set().union(*tried) == set(names)
    for each in tried:
        assert {name.partition("[")[0] for name in each} == {name.partition("[")[0] for name in names}
        assert 2 <= sum("many" in name for name in each) <= 3


def test_a_slow_run_collects_that_part_and_says_so() -> None:
    asked = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", "tests/audit/test_crashes.py"]
    environment = {**os.environ, "EXHIBIT_EXAMPLES": "few", "EXHIBIT_PART": "1"}
    done = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, check=True, text=True)
    found = {each.partition("::")[2] for each in done.stdout.splitlines() if "::" in each}
    assert "NOT EVERY CASE WAS TRIED" in done.stdout
    assert found == {
        "test_killed_at_file_calls_of_publishing[renames]", "test_full_disks[nr_inodes]", "test_builds_killed_at_any_moment", "test_power_cuts",
    }  # fmt: skip


def test_what_fails_is_told_when_it_fails(tmp_path: Path) -> None:
    """Whoever ends a run early, as a host does that has waited long enough, has seen by then what failed."""
    shutil.copy(TESTS / "conftest.py", tmp_path / "conftest.py")
    second = "def test_second():\n    import time\n    time.sleep(100)\n"
    (tmp_path / "test_two.py").write_text(f"def test_first():\n    assert 'white' == 'black'\n\n\n{second}")
    asked = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n", "0", str(tmp_path)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    with subprocess.Popen(asked, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True) as run:
        assert run.stdout is not None
        seen = []
        for line in run.stdout:
            seen.append(line)
            if "assert 'white' == 'black'" in line:
                os.killpg(run.pid, signal.SIGKILL)
                break
    assert [each for each in seen if each.startswith("FAILED ") and "test_two.py::test_first (call" in each], seen


def test_marks_are_set_in_the_run_itself(request: pytest.FixtureRequest) -> None:
    items = request.session.items
    assert all(each.get_closest_marker("audit") for each in items if each.path.is_relative_to(TESTS / "audit"))
    for each in items:
        is_property = getattr(getattr(each, "obj", None), "is_hypothesis_test", False)
        assert bool(each.get_closest_marker("property")) is is_property, each.nodeid


def test_no_test_file_imports_another() -> None:
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [each for each in names if re.search(r"(?:^|\.)(?:test_\w+|conftest)$", each)], file


def test_tests_stand_where_what_they_test_says() -> None:
    for file in FILES:
        if file.name.startswith("test_"):
            place = file.relative_to(TESTS)
            assert place.parts[0] in PLACES, place
            if place.parts[0] == "unit":
                assert (PACKAGE / place.parent.relative_to("unit")).is_dir(), place
