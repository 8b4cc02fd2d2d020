"""Continuous integration: what runs for which change, and that its own scripts are red where something is wrong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.helpers import deposits
from tests.helpers.places import ROOT
from tests.helpers.processes import environment

GITHUB = {each.stem: yaml.safe_load(each.read_text("utf-8")) for each in (ROOT / ".github/workflows").glob("*.yml")}
GITLAB = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
CHECK, TEST = "check", "test"
CHANGES = (
    (["brands/a/brand.yml"], {CHECK}),
    (["brands/a/img/x.jpg", "content/units.yml", "site_config.yml"], {CHECK}),
    (["content/about/index.md"], {CHECK}),
    (["archives/2024/index.html", "content/archives/2024.yml"], {CHECK}),
    (["content/.hidden"], {CHECK}),
    (["generator/cli/commands/main.py"], {TEST}),
    (["theme/exhibits/brand.html", "docs/checks.md"], {TEST}),
    (["Makefile"], {TEST}),
    (["requirements.lock"], {TEST}),
    ([".gitattributes"], {TEST}),
    ([".github/workflows/test.yml"], {TEST}),
    ([".gitlab-ci.yml"], {TEST}),
    (["tests/sites/good/small/brands/qingfeng/brand.yml"], {TEST}),
    (["README.zh-CN.md"], {TEST}),
    (["brands/a/brand.yml", "generator/cli/commands/main.py"], {CHECK, TEST}),
)


def _expression(pattern: str) -> re.Pattern[str]:
    """The pattern of a path filter: ``**`` crosses folders, ``*`` does not, ``{a,b}`` is either; dots are ordinary."""
    parts = re.split(r"(\*\*/|\*\*|\*|\{[^}]*\})", pattern)
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}

    def one(part: str) -> str:
        if part.startswith("{"):
            return "(?:" + "|".join(_expression(each).pattern for each in part[1:-1].split(",")) + ")"
        return known.get(part, re.escape(part))

    return re.compile("".join(map(one, parts)))


def _fits(path: str, patterns: list[str]) -> bool:
    return any(_expression(each).fullmatch(path) for each in patterns)


def _on_github(changed: list[str]) -> set[str]:
    runs = set()
    for name, job in ((CHECK, "check-entries"), (TEST, "test")):
        rule = GITHUB[job][True]["pull_request"] or {}  # YAML 1.1 reads the key `on` as true
        wanted, ignored = rule.get("paths"), rule.get("paths-ignore")
        if wanted is not None and not any(_fits(each, wanted) for each in changed):
            continue
        if ignored is not None and all(_fits(each, ignored) for each in changed):
            continue
        runs.add(name)
    return runs


def _on_gitlab(changed: list[str]) -> set[str]:
    runs = set()
    for name, job in ((CHECK, "check-entries"), (TEST, "test")):
        rules = [each for each in GITLAB[job]["rules"] if "merge_request_event" in each["if"]]
        assert rules
        if any("changes" not in each or any(_fits(path, each["changes"]) for path in changed) for each in rules):
            runs.add(name)
    return runs


@pytest.mark.parametrize(("changed", "jobs"), CHANGES)
def test_a_change_runs_what_it_needs(changed: list[str], jobs: set[str]) -> None:
    assert _on_github(changed) == jobs
    assert _on_gitlab(changed) == jobs


@pytest.mark.parametrize(
    "path", [".cache", ".cache/exhibit/x", "exhibit-cache/x", ".site.holder", ".site.building/lock", "site", "site/manifest.json", "site-2024/x"]
)
def test_what_nobody_may_submit_is_checked_even_when_it_comes_alone(path: str) -> None:
    assert CHECK in _on_github([path]) & _on_gitlab([path])


def test_no_job_begins_with_what_another_kept() -> None:
    """A cache that a request can fill would be trusted by the next job; so no job keeps any."""
    for name, workflow in GITHUB.items():
        for job in workflow["jobs"].values():
            for step in job["steps"]:
                assert "cache" not in str(step.get("uses", "")) and "cache" not in step.get("with", {}), name
                assert "--cache" not in step.get("run", "")
    jobs = [each for each in GITLAB.values() if isinstance(each, dict)]
    assert "cache" not in GITLAB and not any("cache" in each or "--cache" in str(each.get("script")) for each in jobs)
    for guide in (*ROOT.glob("docs/*.md"), ROOT / ".ci/run", ROOT / "Makefile"):
        assert "actions/cache" not in guide.read_text("utf-8"), guide


def test_no_file_of_the_repository_is_looked_at_by_nobody() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    files = [each for each in listed.stdout.decode().split("\0") if each] or [
        each.relative_to(ROOT).as_posix() for each in ROOT.glob("generator/**/*.py")
    ]
    for path in files:
        assert _on_github([path]) == _on_gitlab([path]) != set(), path


def test_what_goes_onto_the_main_branch_is_routed_like_a_request() -> None:
    assert GITHUB["test"][True]["push"]["paths-ignore"] == GITHUB["test"][True]["pull_request"]["paths-ignore"]
    assert set(GITHUB["test"][True]["pull_request"]["paths-ignore"]) == set(
        GITHUB["check-entries"][True]["pull_request"]["paths"]
    )
    by_branch, by_request = (
        [each["changes"] for each in GITLAB["test"]["rules"] if key in each["if"]] for key in ("BRANCH", "merge")
    )
    assert by_branch == by_request


def test_the_filters_are_read_as_the_hosts_read_them() -> None:
    assert _fits("a/b/c", ["a/**/*"]) and _fits("a/c", ["a/**/*"]) and not _fits("ab/c", ["a/**/*"])
    assert _fits(".github/x", ["{a,.github}/**/*"]) and not _fits("a/README.md", ["*.md"])


# -- the scripts themselves --------------------------------------------------------------------------------------------


def _lines(job: dict[str, Any]) -> list[str]:
    return [each["run"] for each in job["steps"] if "run" in each]


def _git(folder: Path, *arguments: str) -> str:
    who = (
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@example.com",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "init.defaultBranch=main",
    )
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _environment_of(folder: Path, name: str, package: Path) -> None:
    """A virtual environment that is this one, for the code in ``package``."""
    bin = folder / name / "bin"
    bin.mkdir(parents=True, exist_ok=True)
    start = f'#!/bin/sh\nPYTHONPATH="{package}" exec "{sys.executable}" '
    for program, rest in (("exhibit", '-m generator "$@"'), ("python", '"$@"')):
        (bin / program).write_text(f"{start}{rest}\n")
        (bin / program).chmod(0o755)
    ready = folder / name / "ready"
    ready.touch()
    os.utime(ready, (4_000_000_000, 4_000_000_000))  # newer than whatever is checked out


# The tests of that repository, one of each commit and one of the audit.
TESTS = {"test_one.py": "", "audit/test_other.py": "import pytest\n\n\n@pytest.mark.audit\n"}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository as a city has it, with the program and the smallest site."""
    folder = tmp_path / "repository"
    shutil.copytree(ROOT / "tests/sites/good/small", folder)
    shutil.rmtree(folder / "expected", ignore_errors=True)
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-test.lock"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("generator", "theme", ".ci"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tests/tools/node_modules", "benchmarks", "docs"):
        (folder / name).mkdir(parents=True)
    (folder / "tests/tools/node_modules/ready").touch()
    (folder / "tests/tools/package-lock.json").touch()
    (folder / "tests/tools/crates.lock").touch()
    (folder / "tests/tools/install.py").touch()
    (folder / "tests/audit").mkdir()
    for name, mark in TESTS.items():
        (folder / "tests" / name).write_text(f"{mark}def test_one() -> None:\n    assert True\n")
    (folder / ".gitignore").write_text(".venv\n.venv-test\n.venv-crates\n.cache/\nsite/\n")
    _git(folder, "init", "-q")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-qm", "base")
    return folder


def _submit(folder: Path, text: str) -> None:
    record = folder / "brands/qingfeng/brand.yml"
    record.write_text(record.read_text("utf-8") + text, "utf-8")
    _git(folder, "commit", "-qam", "entry")


ENTRIES = (("# 一条没有问题的改动\n", True), ("slogna: x\n", False), ("：\n", False))


@pytest.mark.audit
@pytest.mark.parametrize(("text", "is_good"), ENTRIES)
def test_the_check_on_github(repository: Path, tmp_path: Path, text: str, is_good: bool) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    _git(workspace, "clone", "-q", str(repository), "base")
    _submit(repository, text)
    _git(workspace, "clone", "-q", str(repository), "entry")
    _environment_of(workspace / "base", ".venv", workspace / "base")
    codes = [
        subprocess.run(["bash", "-e", "-c", line], cwd=workspace, env=environment(), check=False).returncode
        for line in _lines(GITHUB["check-entries"]["jobs"]["check"])
    ]
    assert codes == [0, 0 if is_good else 1]


def _on_gitlab_runner(tmp_path: Path, base: str, project: Path) -> dict[str, str]:
    """The variables of a runner. Its make only says that the environment of the base is ready; it is this one."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "make").write_text(
        '#!/bin/sh\ntest "$1" = -C || exit 9\ncd "$2" || exit 9\nmkdir -p .venv/bin\n'
        f"printf '#!/bin/sh\\nPYTHONPATH=%s exec %s -P -m generator \"$@\"\\n' \"$PWD\" '{sys.executable}' > .venv/bin/exhibit\n"
        "chmod +x .venv/bin/exhibit\n"
    )
    (tools / "make").chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_PROJECT_DIR": str(project), "PATH": path}


@pytest.mark.audit
@pytest.mark.parametrize(("text", "is_good"), ENTRIES)
def test_the_check_on_gitlab(repository: Path, tmp_path: Path, text: str, is_good: bool) -> None:
    base = _git(repository, "rev-parse", "HEAD")
    _submit(repository, text)
    _git(tmp_path, "clone", "-q", str(repository), "project")
    project = tmp_path / "project"
    variables = _on_gitlab_runner(tmp_path, base, project)
    script = "\n".join(GITLAB["check-entries"]["script"])
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=project,
        env=environment(**variables),
        check=False,
        capture_output=True,
    )
    assert done.returncode == (0 if is_good else 1), done.stdout.decode() + done.stderr.decode()
    assert is_good or "brands/qingfeng/brand.yml" in done.stdout.decode()


def _ci(repository: Path, tmp_path: Path) -> int:
    _environment_of(repository, ".venv", repository)
    _environment_of(repository, ".venv-test", repository)
    tools = tmp_path / "tools"  # so that nothing is installed: what .ci/run looks for is there
    tools.mkdir(exist_ok=True)
    for name, text in (("chromium", ""), ("java", ""), ("fc-list", "echo Noto Sans CJK"), ("nginx", ""), ("ffprobe", "")):
        (tools / name).write_text(f"#!/bin/sh\n{text}\n")
        (tools / name).chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    (line,) = _lines(GITHUB["test"]["jobs"]["test"])
    assert GITLAB["test"]["script"] == [line]
    variables = environment(PATH=path, JOBS="1")
    done = subprocess.run(["bash", "-e", "-c", line], cwd=repository, env=variables, check=False, capture_output=True)
    return done.returncode


@pytest.mark.audit
def test_the_tests_are_green_and_then_red_for_a_bad_record_and_for_a_failing_test(
    repository: Path, tmp_path: Path
) -> None:
    assert _ci(repository, tmp_path) == 0
    for name, mark in TESTS.items():
        test = repository / "tests" / name
        test.write_text(f"{mark}def test_one() -> None:\n    assert False\n")
        assert _ci(repository, tmp_path) != 0
        test.write_text(f"{mark}def test_one() -> None:\n    assert True\n")
    _submit(repository, "slogna: x\n")
    assert _ci(repository, tmp_path) != 0


def test_the_script_stops_at_the_first_command_that_fails() -> None:
    lines = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash" and "set -euo pipefail" in lines
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert not [line for line in lines if re.search(r"\|\|\s*(?:true|:)(?:\s|$)", line)]


# -- the archives, once a year -----------------------------------------------------------------------------------------


def _verified(folder: Path, *arguments: str) -> tuple[int, str]:
    _environment_of(folder, ".venv", ROOT)
    (line,) = [each for each in _lines(GITHUB["verify-archives"]["jobs"]["verify"]) if "make" not in each]
    assert GITLAB["verify-archives"]["script"][-1] == line
    command = f"{line} {' '.join(arguments)}"
    done = subprocess.run(["bash", "-e", "-c", command], cwd=folder, env=environment(), check=False, capture_output=True)
    return done.returncode, done.stdout.decode() + done.stderr.decode()


@pytest.fixture
def archives(tmp_path: Path) -> Path:
    """A repository with two frozen years."""
    folder = tmp_path / "repository"
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    for year in ("2023", "2024"):
        deposits.site(folder / "archives" / year)
    return folder


def test_every_frozen_year_is_verified_and_gets_a_page(archives: Path) -> None:
    code, told = _verified(archives)
    assert code == 0 and "ok: archives/2023" in told and "ok: archives/2024" in told
    pages = sorted((archives / "verification").iterdir())
    assert [each.name for each in pages] == ["2023.html", "2024.html"]
    assert all("没有发现问题" in each.read_text("utf-8") for each in pages)


def test_all_are_looked_at_and_the_worst_decides(archives: Path) -> None:
    (archives / "archives/2023/404.html").write_text("x")
    code, told = _verified(archives)
    assert code == 1 and "ARC-101" in told and "ok: archives/2024" in told
    assert "ARC-101" in (archives / "verification/2023.html").read_text("utf-8")
    (archives / "archives/2022").mkdir()
    assert _verified(archives)[0] == 2


def test_what_is_named_is_verified_and_nothing_is_no_fault(archives: Path, tmp_path: Path) -> None:
    deposits.deposited(tmp_path / "deposit-2024")
    code, told = _verified(archives, str(tmp_path / "deposit-2024"), "archives/2024")
    assert code == 0 and "ok: archives/2023" not in told
    assert sorted(each.name for each in (archives / "verification").iterdir()) == ["2024.html", "deposit-2024.html"]
    shutil.rmtree(archives / "archives")
    code, told = _verified(archives)
    assert code == 0 and "no archives" in told


def test_a_schedule_is_for_the_archives_alone() -> None:
    assert GITHUB["verify-archives"][True].keys() == {"schedule", "workflow_dispatch"}
    rules = {name: GITLAB[name]["rules"] for name in ("check-entries", "test", "verify-archives")}
    scheduled = {name: [each.get("when") for each in found if "schedule" in each["if"]] for name, found in rules.items()}
    assert scheduled == {"check-entries": [], "test": ["never"], "verify-archives": [None]}
    assert "schedule" in rules["test"][0]["if"]


def test_a_new_city_gets_the_same_job() -> None:
    base = ROOT / "generator/init/template/base"
    assert (base / "dot-ci/verify-archives").read_bytes() == (ROOT / ".ci/verify-archives").read_bytes()
    theirs = (base / "dot-github/workflows/verify-archives.yml").read_text("utf-8").partition("\non:\n")[2]
    assert theirs and theirs == (ROOT / ".github/workflows/verify-archives.yml").read_text("utf-8").partition("\non:\n")[2]


# -- hostile entries ---------------------------------------------------------------------------------------------------


def _with_hostile_files(folder: Path) -> None:
    run = 'touch "$CI_PROJECT_DIR/RAN" RAN; echo RAN'
    python = "import pathlib; pathlib.Path('RAN').touch()\n"
    names = ("sitecustomize.py", "yaml.py", "jinja2.py", "setup.py", "generator/__init__.py", "generator/cli/commands/main.py")
    for name in names:
        (folder / name).write_text(python)
    for name in ("Makefile", "GNUmakefile"):
        (folder / name).write_text(f"$(shell {run})\n.venv/ready:\n\t{run}\n")
    (folder / "pyproject.toml").write_text('[build-system]\nrequires = []\nbuild-backend = "setup"\nbackend-path = ["."]\n')
    units = folder / "theme/exhibits/units.html"
    units.write_text(f"{{{{ lipsum.__globals__.os.system('{run}') }}}}" + units.read_text("utf-8"), "utf-8")


@pytest.mark.audit
@pytest.mark.parametrize(("name", "host"), [("base", "gitlab"), ("base/site", "gitlab"), (".venv/bin/exhibit", "github")])
def test_no_file_of_an_entry_runs_or_stands_in_the_way(repository: Path, tmp_path: Path, name: str, host: str) -> None:
    base = _git(repository, "rev-parse", "HEAD")
    original = tmp_path / "original"
    _git(tmp_path, "clone", "-q", str(repository), "original")
    _with_hostile_files(repository)
    (repository / name).parent.mkdir(parents=True, exist_ok=True)
    (repository / name).write_text("#!/bin/sh\ntouch RAN\nexit 0\n")
    (repository / name).chmod(0o755)
    _git(repository, "add", "-A", "-f")
    _submit(repository, "slogna: x\n")
    workspace = tmp_path / "work space"
    workspace.mkdir()
    _git(workspace, "clone", "-q", str(repository), "entry")
    if host == "gitlab":
        more = _on_gitlab_runner(tmp_path, base, workspace / "entry")
        lines, cwd = ["\n".join(GITLAB["check-entries"]["script"])], workspace / "entry"
    else:
        shutil.copytree(original, workspace / "base")
        _environment_of(workspace / "base", ".venv", workspace / "base")
        more, cwd = {}, workspace
        lines = _lines(GITHUB["check-entries"]["jobs"]["check"])
    done = [
        subprocess.run(["bash", "-e", "-c", each], cwd=cwd, env=environment(**more), check=False, capture_output=True)
        for each in lines
    ]
    text = b"".join(each.stdout + each.stderr for each in done).decode()
    assert done[-1].returncode == 1 and "slogna" in text, text
    assert not [*workspace.rglob("RAN")] and "RAN" not in text.split()
