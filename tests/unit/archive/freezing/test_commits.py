"""The commit of a folder as git tells it, read without git."""

from __future__ import annotations

import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from generator.archive.freezing.commits import head, unlike
from generator.source.files import SourceFile
from tests.helpers.repositories import WHEN, git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git makes what is read here")
# Late in the evening where it was made, the next day in Greenwich and the other way round.
DAYS = [(WHEN, date(2026, 1, 15)), ("2026-01-16T00:30:00+0800", date(2026, 1, 16))]


def _commit(folder: Path, text: str, when: str = DAYS[0][0]) -> str:
    (folder / "a.txt").write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", f"{text}\n\ncommitter x <y> 1 +0000", when=when)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main", "work")
    return tmp_path / "work"


@pytest.mark.parametrize(("when", "day"), DAYS)
def test_the_day_is_that_of_the_place_where_it_was_made(work: Path, when: str, day: date) -> None:
    assert head(work) is None  # nothing is committed yet
    name = _commit(work, "one", when)
    (work / "inner").mkdir()
    assert head(work) == head(work / "inner") == (name, day)


def test_packed_with_changes_to_others_and_in_other_work_trees(work: Path, tmp_path: Path) -> None:
    text = "\n".join(f"a long line with the number {number} in it" for number in range(60))
    for number in range(30):
        _commit(work, f"{text}\n{number}")
    name = git(work, "rev-parse", "HEAD")
    git(work, "repack", "-adfq", "--depth=50", "--window=50")
    git(work, "pack-refs", "--all")
    assert not list((work / ".git/objects").glob("[0-9a-f][0-9a-f]"))
    assert head(work) == (name, DAYS[0][1])
    for back in (1, 7, 29):
        older = git(work, "rev-parse", f"HEAD~{back}")
        git(work, "worktree", "add", "-q", "--detach", str(tmp_path / f"other-{back}"), older)
        assert head(tmp_path / f"other-{back}") == (older, DAYS[0][1])


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_repository_that_borrows_from_another(work: Path, is_packed: bool, tmp_path: Path) -> None:
    name = _commit(work, "one")
    if is_packed:
        git(work, "repack", "-adfq")
    git(tmp_path, "clone", "-q", "--shared", "work", "first")
    git(tmp_path, "clone", "-q", "--shared", "first", "second")
    assert not list((tmp_path / "second/.git/objects").rglob("*.pack"))
    assert head(tmp_path / "second") == (name, DAYS[0][1])


def test_what_is_damaged_is_named_without_a_day(work: Path) -> None:
    name = _commit(work, "one")
    file = work / ".git/objects" / name[:2] / name[2:]
    file.chmod(0o600)
    file.write_bytes(b"broken")
    assert head(work) == (name, None)
    (work / ".git/refs/heads/main").write_text("ref: refs/heads/main")
    assert head(work) is None


def test_without_git_there_is_none(tmp_path: Path) -> None:
    assert head(tmp_path) is None


def _files(folder: Path, *paths: str) -> dict[str, SourceFile]:
    return {each: SourceFile(each, folder / each, (folder / each).stat().st_size) for each in paths}


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_what_is_changed_or_new_is_unlike_its_commit(form: str, is_packed: bool, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", f"--object-format={form}")
    site = tmp_path / "city"
    for number in range(300):  # more names than one small object holds
        (site / f"brands/名{number}").mkdir(parents=True)
        (site / f"brands/名{number}/brand.yml").write_text(f"id: b{number}\n")
    (site / "film.mp4").write_text(f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256(b'film').hexdigest()}\nsize 4\n")
    (site / "lines.md").write_bytes(b"a\nb\n")
    name = _commit(tmp_path, "all")
    if is_packed:
        git(tmp_path, "repack", "-adfq")
    (site / "film.mp4").write_bytes(b"film")  # as git LFS checks it out
    (site / "lines.md").write_bytes(b"a\r\nb\r\n")
    paths = [f"brands/名{number}/brand.yml" for number in range(300)]
    assert unlike(site, name, _files(site, "film.mp4", "lines.md", *paths)) == ()
    (site / "film.mp4").write_bytes(b"filn")
    (site / "lines.md").write_bytes(b"a\rb\n")
    (site / paths[7]).write_text("id: b8\n")
    (site / "new").mkdir()
    (site / "new/er.yml").write_text("id: b1\n")
    changed = ("film.mp4", "lines.md", paths[7], "new/er.yml")
    assert unlike(site, name, _files(site, "film.mp4", "lines.md", *paths, "new/er.yml")) == changed
    assert unlike(site, "0" * len(name), _files(site, "film.mp4")) == ()  # nobody knows
