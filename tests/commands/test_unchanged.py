"""A build that has nothing to do is answered at once, and only then: whatever is touched means a whole build."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator.cli import inputs, unchanged
from generator.config import CONFIG_FILE
from generator.stages.settings import Settings
from generator.system import own
from generator.system.looks import Look
from generator.system.resources import PACKAGE
from tests.helpers.driver import SiteDriver
from tests.helpers.places import ROOT
from tests.helpers.processes import COMMAND, environment, run, said
from tests.helpers.repositories import committed, git

NOTHING = "没有任何变化"
COMMAND_LINE = ["build", "--out", "out"]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere every build is a whole one")


def _settle() -> None:
    """Let the clock of the file system move on, as it does between two commands of a person."""
    time.sleep(0.1)


def _build(site: SiteDriver, *more: str, **variables: str) -> str:
    _settle()
    done = run(*COMMAND_LINE, *more, cwd=site.root, **variables)
    assert done.returncode == 0, said(done)
    return said(done)


def _files(site: SiteDriver) -> dict[str, bytes]:
    folder = site.root / "out"
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def _plain(text: str) -> str:
    """What was said, without the steps and the seconds."""
    lines = [each for each in text.splitlines() if not each.startswith("· ")]
    return re.sub(r"用时 [0-9.]+ 秒", "", "\n".join(lines))


# -- as a user meets it ------------------------------------------------------------------------------------------------


def test_the_second_build_has_nothing_to_do_and_says_the_same(small: SiteDriver) -> None:
    small.write("brands/qingfeng/notes.txt", "x")  # a warning is told each time
    assert NOTHING not in _build(small)
    before = _files(small)
    times = {each: each.stat().st_mtime_ns for each in (small.root / "out").rglob("*")}
    short = _build(small)
    assert NOTHING in short and "notes.txt" in short and "新增 0，更新 0，删去 0" in short
    assert (_files(small), {each: each.stat().st_mtime_ns for each in (small.root / "out").rglob("*")}) == (before, times)
    shutil.rmtree(own.folder() / unchanged.FOLDER)
    whole = _build(small)
    assert NOTHING not in whole and _plain(whole) == _plain(short)
    assert _files(small) == before


def test_it_is_answered_before_the_program_is_loaded(small: SiteDriver) -> None:
    _build(small)
    _settle()
    command = [COMMAND[0], "-X", "importtime", *COMMAND[1:], *COMMAND_LINE]
    done = subprocess.run(command, cwd=small.root, env=environment(), capture_output=True, check=True)
    assert NOTHING in done.stdout.decode()
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert "generator.cli.unchanged" in loaded
    assert not loaded & {"generator.pipeline", "generator.messages", "generator.config", "click", "rich", "pydantic", "jinja2"}


def test_an_edit_a_page_that_somebody_changed_and_other_words_are_seen(small: SiteDriver) -> None:
    _build(small)
    assert NOTHING in _build(small)
    small.edit("brands/qingfeng/brand.yml", "slogan: ", "slogan: 新的")
    assert "更新" in (told := _build(small)) and NOTHING not in told
    assert NOTHING in _build(small)
    page = small.root / "out/index.html"
    content, state = page.read_bytes(), page.stat()
    page.write_bytes(content.replace(b"<main", b"<MAIN"))
    os.utime(page, ns=(state.st_atime_ns, state.st_mtime_ns))  # as large and as old as before
    assert "out/index.html" not in (told := _build(small)) and "index.html" in told and NOTHING not in told
    assert page.read_bytes() == content
    assert NOTHING not in _build(small), "that a page was put right is told once, so the next build is a whole one"
    assert NOTHING in _build(small)
    assert NOTHING not in _build(small, "--lang", "en")
    assert NOTHING not in _build(small, TZ="Asia/Tokyo"), "other variables may mean other words"


@pytest.mark.skipif(shutil.which("git") is None, reason="git makes what is read here")
def test_a_commit_without_a_change_is_named_by_the_next_build(small: SiteDriver) -> None:
    first = committed(small.root)
    _build(small)
    assert NOTHING in _build(small) and json.loads(_files(small)["manifest.json"])["revision"]["commit"] == first
    git(small.root, "commit", "-q", "--allow-empty", "-m", "nothing")
    second = git(small.root, "rev-parse", "HEAD")
    assert NOTHING not in _build(small) and json.loads(_files(small)["manifest.json"])["revision"]["commit"] == second != first
    assert NOTHING in _build(small)


def test_what_is_told_once_is_not_told_again(small: SiteDriver) -> None:
    """A page that is no longer there is told by the build that took it away, and by no later one."""
    _build(small, "--as-of", "2026-06-01")
    small.remove("brands/qingfeng")
    first = run(*COMMAND_LINE, "--as-of", "2026-06-01", cwd=small.root)
    second = run(*COMMAND_LINE, "--as-of", "2026-06-01", cwd=small.root)
    assert NOTHING not in said(first) + said(second)


@pytest.mark.parametrize("how", ["errors", "preview with errors"])
def test_of_a_build_with_errors_no_word_is_kept(how: str, small: SiteDriver) -> None:
    small.edit("brands/qingfeng/brand.yml", "slogan:", "slogna:")
    more = ("--keep-going",) if how != "errors" else ()
    for _ in range(2):
        _settle()
        done = run(*COMMAND_LINE, *more, cwd=small.root)
        assert done.returncode == 1 and "slogna" in said(done) and NOTHING not in said(done)


def test_who_reads_no_further_ends_it_as_before(small: SiteDriver) -> None:
    _build(small)
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m generator build --out out | true"],
        cwd=small.root, env=environment(), capture_output=True, check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


# -- everything that a build reads -------------------------------------------------------------------------------------


@pytest.fixture
def word(small: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], unchanged.Word]]:
    """Keeps word of a build of the site, as if one had just published, and gives it as it is found again."""
    monkeypatch.chdir(small.root)
    (small.root / "out/brands").mkdir(parents=True)
    small.write("out/index.html", "page").write("out/brands/a.html", "page").write("theme/README.md", "x")
    small.write(".git/HEAD", "ref: refs/heads/main\n").write(".git/index", "DIRC").write(".git/refs/heads/main", "\n")
    settings = Settings(small.root, datetime.now(UTC), cache=small.root.parent / "cache")
    monkeypatch.setattr(unchanged, "_around", ["here"])

    def keep() -> unchanged.Word:
        _settle()
        begun = inputs.begin(settings, small.root / "out")
        assert begun is not None
        begun.keep(COMMAND_LINE, datetime.now(UTC) + timedelta(hours=1), "said", "mark")
        found = unchanged._kept(COMMAND_LINE)
        assert found is not None
        return found

    yield keep


def _same_size_and_date(file: Path) -> None:
    state = file.stat()
    file.write_bytes(file.read_bytes()[::-1])
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))


def _move_back(file: Path) -> None:
    """Another file with the same content, size and date under the same name."""
    copy = file.with_name("copy")
    shutil.copy2(file, copy)
    copy.replace(file)


BRAND = "brands/qingfeng/brand.yml"
CHANGES: dict[str, Callable[[Path], object]] = {
    "a record edited": lambda root: (root / BRAND).open("a").write("\n"),
    "edited, as large and old as before": lambda root: _same_size_and_date(root / BRAND),
    "replaced by its copy": lambda root: _move_back(root / BRAND),
    "removed": lambda root: (root / BRAND).unlink(),
    "renamed": lambda root: (root / "brands/qingfeng").rename(root / "brands/other"),
    "added": lambda root: (root / "content/new.md").write_text("x"),
    "an empty folder": lambda root: (root / "brands/empty").mkdir(),
    "made a link": lambda root: ((root / BRAND).rename(root / "x"), (root / BRAND).symlink_to(root / "x")),
    "not to be read": lambda root: (root / BRAND).chmod(0o200),
    "all records gone": lambda root: shutil.rmtree(root / "brands"),
    "the configuration": lambda root: (root / CONFIG_FILE).open("a").write("\n"),
    "a theme of its own": lambda root: (root / "theme/README.md").write_text("y"),
    "something new in the root": lambda root: (root / "site-2024").mkdir(),
    "what git tracks": lambda root: (root / ".git/index").write_bytes(b"DIRX"),
    "another branch": lambda root: (root / ".git/HEAD").write_text("ref: refs/heads/other\n"),
    "another commit": lambda root: (root / ".git/refs/heads/main").write_text("b" * 40),
    "commits that were packed": lambda root: (root / ".git/packed-refs").write_text("# pack-refs\n"),
    "a work tree above": lambda root: (root.parent / ".git").mkdir(),
    "a page edited": lambda root: _same_size_and_date(root / "out/index.html"),
    "a page gone": lambda root: (root / "out/brands/a.html").unlink(),
    "a page more": lambda root: (root / "out/brands/b.html").write_text("b"),
    "a folder more": lambda root: (root / "out/year").mkdir(),
    "all pages gone": lambda root: shutil.rmtree(root / "out"),
    "another folder in its place": lambda root: ((root / "out").rename(root / "o"), shutil.copytree(root / "o", root / "out")),
    "the output led elsewhere": lambda root: ((root / "out").rename(root / "o"), (root / "out").symlink_to(root / "o")),
    "the cache gone": lambda root: own.folder().rename(own.folder().with_name("gone")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_touched_means_a_whole_build(
    change: str, small: SiteDriver, word: Callable[[], unchanged.Word], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(small.root.parent / "home"))
    own.secret.cache_clear()
    kept = word()
    assert unchanged._holds(kept)
    CHANGES[change](small.root)
    assert not unchanged._holds(kept)
    own.secret.cache_clear()


def test_a_day_that_begins_and_a_clock_that_goes_back(
    word: Callable[[], unchanged.Word], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = word()
    now = time.time()
    for later, holds in ((0.0, True), (3500.0, True), (3700.0, False), (-3600.0, False)):
        monkeypatch.setattr(time, "time", lambda later=later: now + later)
        assert unchanged._holds(kept) is holds, later


def test_an_edit_while_it_builds_or_just_before_is_not_passed_over(
    small: SiteDriver, word: Callable[[], unchanged.Word]
) -> None:
    word()
    _settle()
    settings = Settings(small.root, datetime.now(UTC), cache=small.root.parent / "cache")
    place = own.folder() / unchanged.FOLDER
    shutil.rmtree(place)
    begun = inputs.begin(settings, small.root / "out")
    assert begun is not None
    small.write(BRAND, "name: x\n")
    begun.keep(COMMAND_LINE, None, "said", "mark")
    assert unchanged._kept(COMMAND_LINE) is None, "it changed after it was read"
    begun = inputs.begin(settings, small.root / "out")
    assert begun is not None
    edited = (small.root / BRAND).stat().st_ctime
    for later, is_kept in ((0.01, False), (3.0, True)):
        replace(begun, since=edited + later).keep(COMMAND_LINE, None, "said", "mark")
        kept = unchanged._kept(COMMAND_LINE) is not None
        assert kept is is_kept, "what changes within the same tick of the clock has the same time"


def test_a_clock_of_whole_seconds_takes_longer_to_settle() -> None:
    second = 1_700_000_000_000_000_000
    assert not Look(newest=second).is_settled(second + 1_900_000_000)
    assert Look(newest=second).is_settled(second + 2_100_000_000)
    assert Look(newest=second + 1).is_settled(second + 60_000_000)


def test_only_a_word_of_this_user_counts(
    small: SiteDriver, word: Callable[[], unchanged.Word], monkeypatch: pytest.MonkeyPatch
) -> None:
    word()
    name = unchanged.name_of(COMMAND_LINE)
    file = own.folder() / unchanged.FOLDER / unchanged.STEP / name[:2] / name[2:]
    content = file.read_bytes()
    for number in (0, 40, len(content) - 1):
        file.write_bytes(content[:number] + bytes([content[number] ^ 1]) + content[number + 1 :])
        assert unchanged._kept(COMMAND_LINE) is None
    file.write_bytes(content)
    assert unchanged._kept(COMMAND_LINE) is not None
    assert unchanged._kept([*COMMAND_LINE, "--jobs", "1"]) is None
    other = file.parent.parent / "00" / ("0" * 62)
    other.parent.mkdir(exist_ok=True)
    other.write_bytes(content)
    monkeypatch.setattr(unchanged, "name_of", lambda arguments: "0" * 64)
    assert unchanged._kept(COMMAND_LINE) is None, "it holds at its own place only"
    sealed = own.seal(b"x" * 32, f"{unchanged.STEP}/{'0' * 64}", content[own.SEAL_SIZE :])
    other.write_bytes(sealed + content[own.SEAL_SIZE :])
    assert unchanged._kept(COMMAND_LINE) is None, "nobody else can seal it"


def test_an_own_folder_that_others_can_write_to_answers_nothing(word: Callable[[], unchanged.Word]) -> None:
    kept = word()
    mode = own.folder().stat().st_mode
    try:
        own.folder().rename(own.folder().with_name("real"))
        own.folder().symlink_to(own.folder().with_name("real"))
        assert not unchanged._holds(kept)
    finally:
        own.folder().unlink()
        own.folder().with_name("real").rename(own.folder())
    assert own.folder().stat().st_mode == mode


# Every file that the program opens and every folder that it lists, as Python's own audit tells (PEP 578).
_AUDITED = """
import json, os, sys
seen = set()
def hear(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and arguments and isinstance(arguments[0], (str, bytes)):
        path = os.fsdecode(arguments[0])
        if os.path.isabs(path):  # others are opened within a folder that was opened before
            seen.add(path)
sys.addaudithook(hear)
sys.argv = ["exhibit", "build", "--out", "out", "--jobs", "1"]
from generator import __main__
try:
    __main__.main()
finally:
    with open(os.environ["SEEN"], "w") as out:
        json.dump(sorted(seen), out)
"""


@pytest.mark.parametrize("is_committed", [False, True])
def test_nothing_is_read_that_is_not_looked_at(is_committed: bool, small: SiteDriver) -> None:
    if is_committed:
        if shutil.which("git") is None:
            pytest.skip("git makes what is read here")
        committed(small.root)
    else:
        (small.root / ".git").mkdir()
    told, cache = small.root.parent / "seen.json", small.root.parent / "own"
    variables = environment(SEEN=str(told), XDG_CACHE_HOME=str(cache), TMPDIR=str(small.root.parent / "tmp"))
    (small.root.parent / "tmp").mkdir()
    done = subprocess.run([sys.executable, "-c", _AUDITED], cwd=small.root, env=variables, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    file = next((cache / "exhibit" / unchanged.FOLDER / unchanged.STEP).rglob("*/*"))
    word = json.loads(file.read_bytes()[own.SEAL_SIZE :])
    watched = word["watched"]
    single = {*watched["files"], *watched["kinds"], watched["top"]}
    whole = (*watched["folders"], *watched["programs"], word["target"])
    objects = str(small.root / ".git/objects")  # named by what they hold: none of them ever changes
    made = (objects, str(cache), str(told), str(small.root.parent / "tmp"), str(small.root / ".out.building"))
    system = ("/proc/", "/sys/", "/dev/", "/etc/", sys.prefix, sys.base_prefix, *watched["files"])
    left = [
        each
        for each in json.loads(told.read_text())
        if each not in {*single, str(ROOT)} and not any(each == top or each.startswith(f"{top.rstrip('/')}/") for top in (*whole, *made, *system))
    ]
    assert left == [], "\n".join(left)
    assert str(PACKAGE) in watched["programs"] and str(small.root / CONFIG_FILE) in watched["files"]
