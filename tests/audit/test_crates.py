"""The description of a deposit before ``rocrate-validator``: nothing that RO-Crate 1.3 requires is missing.

It is asked for its profile ``ro-crate-1.3``, which adds to that of 1.2, without a network (``tests/tools/contexts.py``).
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.archive.crate import CRATE
from tests.audit import tools
from tests.helpers import deposits
from tests.helpers.freezing import YEAR
from tests.helpers.processes import environment

pytestmark = pytest.mark.crates

PROFILE = "ro-crate-1.3"
# Of what is required: whether addresses on the network answer, twice, and what a crate without files has to be.
NOT_ASKED = {f"{PROFILE}_9.1", f"{PROFILE}_22.1", f"{PROFILE}_21.1"}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the validator would fetch."""
    place = tmp_path_factory.mktemp("cache") / "contexts"
    told = subprocess.run([f"{tools.CRATES}/python", tools.TOOLS / "contexts.py", place], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == f"https://w3id.org/ro/crate/{PROFILE.removeprefix('ro-crate-')}/context"
    return place


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small crate, with the names that have to be escaped."""
    return deposits.deposited(tmp_path_factory.mktemp("crate") / "year") / deposits.BAG / "data"


def _validated(folder: Path, cache: Path, report: Path) -> tuple[int, dict[str, Any]]:
    asked = ("validate", "--no-paging", "-p", PROFILE, "--offline", "--cache-path", cache, "-f", "json", "-o", report, folder)
    done = subprocess.run(
        [f"{tools.CRATES}/rocrate-validator", "-y", *asked],
        env=environment(PYTHONPATH="", HOME=str(report.parent)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert report.exists(), done.stdout + done.stderr
    return done.returncode, json.loads(report.read_text("utf-8"))


@pytest.mark.parametrize("which", ["frozen", "small"])
def test_nothing_required_is_missing(which: str, deposit: Path, small: Path, cache: Path, tmp_path: Path) -> None:
    folder = deposit / f"exhibition-{YEAR}/data" if which == "frozen" else small
    code, report = _validated(folder, cache, tmp_path / "report.json")
    assert (code, report["passed"], report["issues"]) == (0, True, [])
    settings = report["validation_settings"]
    assert (settings["profile_identifier"], settings["requirement_severity"], settings["offline"]) == (PROFILE, "REQUIRED", True)
    assert {each["identifier"] for each in report["skipped_check_details"]} == NOT_ASKED
    counts = report["statistics"]
    assert counts["profiles"] == ["ro-crate-1.2", PROFILE]
    assert counts["total_passed_checks"] == counts["total_checks_by_severity"]["REQUIRED"] - len(NOT_ASKED) > 60


def _poorer(crate: dict[str, Any]) -> None:
    """No date, no licence, and a file that is not there."""
    [root] = [each for each in crate["@graph"] if each["@id"] == "./"]
    del root["datePublished"], root["license"]
    root["hasPart"].append({"@id": "2024/gone.txt"})
    crate["@graph"].append({"@id": "2024/gone.txt", "@type": "File", "name": "gone"})


def _of_another_version(crate: dict[str, Any]) -> None:
    crate["@context"] = "https://w3id.org/ro/crate/1.1/context"


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_poorer, ("datePublished", "license", "'2024/gone.txt' as part of its payload")),
        (_of_another_version, (f'the required context "https://w3id.org/ro/crate/{PROFILE.removeprefix("ro-crate-")}/context"',)),
    ],
)
def test_what_is_missing_is_told(
    spoil: Callable[[dict[str, Any]], None], told: tuple[str, ...], small: Path, cache: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(small, tmp_path / "crate")
    crate = json.loads((folder / CRATE).read_text("utf-8"))
    spoil(crate)
    (folder / CRATE).write_text(json.dumps(crate), "utf-8")
    code, report = _validated(folder, cache, tmp_path / "report.json")
    assert (code, report["passed"]) == (1, False)
    messages = [str(each["message"]) for each in report["issues"]]
    assert all(any(each in message for message in messages) for each in told), messages
