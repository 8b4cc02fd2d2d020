"""What ``docs/security.md`` calls a proof is there, and the lines that ``docs/reviewing.md`` tells a reviewer to type work."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.driver import SiteDriver
from tests.helpers.places import ROOT
from tests.helpers.processes import environment

SECURITY = (ROOT / "docs/security.md", ROOT / "docs/security.zh-CN.md")
REVIEWING = (ROOT / "docs/reviewing.md", ROOT / "docs/reviewing.zh-CN.md")


def _rows(page: Path) -> list[list[str]]:
    """The proofs of each row of the tables of a page."""
    rows = [line.strip("|").split("|") for line in page.read_text("utf-8").splitlines() if line.startswith("|")]
    assert all(len(each) == 3 for each in rows)
    return [proofs for each in rows if (proofs := re.findall(r"`([\w/]+\.py)`", each[2]))]


def test_every_proof_is_a_file_of_tests() -> None:
    rows = _rows(SECURITY[0])
    assert len(rows) > 25
    for proof in {each for row in rows for each in row}:
        assert re.search(r"^def test_", (ROOT / "tests" / proof).read_text("utf-8"), re.MULTILINE), proof


def test_both_languages_name_the_same_proofs_in_every_row() -> None:
    assert _rows(SECURITY[0]) == _rows(SECURITY[1])


def test_every_threat_has_a_defence_and_a_proof() -> None:
    for page in SECURITY:
        lines = [each for each in page.read_text("utf-8").splitlines() if each.startswith("| ")]
        rows = [each for each in lines if "---" not in each and not re.search(r"\| (?:proof|证明) \|$", each)]
        assert len(rows) == len(_rows(page))
        assert all(cell.strip() for each in rows for cell in each.strip("|").split("|"))


def _lines(page: Path) -> list[list[str]]:
    [block] = re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    return [shlex.split(line) for line in block.splitlines()]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as the page asks for: ``base``, set up, and at an address the repository with a change on a branch."""
    base = SiteDriver.copy("good/small", tmp_path / "made").root.rename(tmp_path / "base")
    command = base / ".venv/bin/exhibit"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m generator "$@"\n')
    command.chmod(0o755)
    address = SiteDriver.copy("good/small", tmp_path / "address")
    address.write("content/pages/sent.md", "---\ntitle: 送来的页面\nid: sent\nstatus: published\npublished_on: 2024-05-01\n---\n\n送来的话。\n")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", "-C", str(address.root)]
    for arguments in (["init", "-q", "-b", "change"], ["add", "-A"], ["commit", "-q", "-m", "A change"]):
        subprocess.run([*git, *arguments], check=True)
    return tmp_path


@pytest.mark.audit
@pytest.mark.parametrize("page", REVIEWING, ids=lambda page: page.name)
def test_the_lines_for_a_reviewer_work_as_they_stand(desk: Path, page: Path) -> None:
    meant = {"THE-BRANCH": "change", "THE-ADDRESS": "address/site"}
    lines = [[meant.get(word, word) for word in line] for line in _lines(page)]
    variables = environment()
    verbs = [line[1] for line in lines]
    assert verbs == ["clone", "check", "build", "serve"]
    for line in lines[:3]:
        done = subprocess.run(line, cwd=desk, env=variables, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert any("送来的话" in each.read_text("utf-8") for each in (desk / "preview").rglob("*.html"))
    assert "preview/index.html" in page.read_text("utf-8") and (desk / "preview/index.html").is_file()
    serving = subprocess.Popen(
        [*lines[3], "--port", "0"], cwd=desk, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert serving.stdout is not None
        assert any("127.0.0.1" in line or "localhost" in line for line in serving.stdout)
        os.kill(serving.pid, signal.SIGTERM)
        assert serving.wait(timeout=30) == 143
    finally:
        serving.kill()
        serving.wait()


def test_both_languages_tell_the_same_lines() -> None:
    assert _lines(REVIEWING[0]) == _lines(REVIEWING[1])
