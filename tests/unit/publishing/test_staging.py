"""The site that was replaced is brought up to date for the next publication: the bytes are those of a new folder, whatever
became of it meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.publishing import staging
from generator.publishing.publish import MANIFEST, publish
from generator.publishing.staging import Spares
from tests.helpers.driver import published_files

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links and modes of POSIX")

Files = dict[str, bytes]
FIRST: Files = {f"brands/{number}/index.html": b"page %d" % number for number in range(5)} | {"index.html": b"home"}
SECOND: Files = FIRST | {"brands/1/index.html": b"edited", "brands/9/index.html": b"new"}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def spares(tmp_path: Path) -> Spares:
    (tmp_path / "cache").mkdir(mode=0o700)
    return Spares(tmp_path / "cache/sites")


def _spare(spares: Spares) -> Path:
    assert spares.folder is not None
    (found,) = spares.folder.iterdir()
    return found


def _numbers(folder: Path) -> dict[str, int]:
    return {str(each.relative_to(folder)): each.stat().st_ino for each in folder.rglob("*") if each.is_file()}


def test_no_folder_of_an_unchanged_page_is_made_again(
    target: Path, spares: Spares, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(target, FIRST.items(), {}, spares)
    publish(target, FIRST.items(), {}, spares)
    calls: list[tuple[str, str]] = []

    def noting(name: str) -> Callable[..., object]:
        real = getattr(os, name)
        return lambda *given, **more: (calls.append((name, Path(given[0]).name)), real(*given, **more))[1]

    for name in ("mkdir", "rmdir", "link"):
        monkeypatch.setattr(os, name, noting(name))
    before = _numbers(target)
    publish(target, SECOND.items(), {}, spares)
    assert published_files(target) == SECOND
    assert [each for each, number in _numbers(target).items() if before.get(each) == number and each != MANIFEST] == [
        each for each in _numbers(target) if each in FIRST and each != "brands/1/index.html"
    ]
    assert [each for each in calls if each[0] == "link" or each[1].isdecimal()] == [("mkdir", "9")]
    publish(target, SECOND.items(), {}, spares)
    publish(target, FIRST.items(), {}, spares)
    assert published_files(target) == FIRST


def test_a_file_that_has_a_name_elsewhere_is_written_anew(target: Path, spares: Spares, tmp_path: Path) -> None:
    for _ in range(2):
        publish(target, FIRST.items(), {}, spares)
    os.link(target / "index.html", tmp_path / "elsewhere")
    publish(target, FIRST.items(), {}, spares)
    assert (target / "index.html").stat().st_ino != (tmp_path / "elsewhere").stat().st_ino
    (tmp_path / "elsewhere").write_bytes(b"changed")
    assert published_files(target) == FIRST


def _led_elsewhere(spare: Path, victim: Path) -> None:
    (spare / "brands").rename(spare / "moved")
    (spare / "brands").symlink_to(victim, target_is_directory=True)


def _a_link(spare: Path, victim: Path) -> None:
    (spare / "brands/1/index.html").unlink()
    (spare / "brands/1/index.html").symlink_to(victim / "index.html")


def _another_name(spare: Path, victim: Path) -> None:
    (spare / "brands/1/index.html").unlink()
    os.link(victim / "index.html", spare / "brands/1/index.html")


def _a_folder_for_a_file(spare: Path, victim: Path) -> None:
    (spare / "index.html").unlink()
    (spare / "index.html/deep").mkdir(parents=True)
    (spare / "index.html/deep/x").write_bytes(b"x")


def _a_file_for_a_folder(spare: Path, victim: Path) -> None:
    (spare / "brands").rename(spare / "moved")
    (spare / "brands").write_bytes(b"x")


PLANTED: dict[str, Callable[[Path, Path], object]] = {
    "more files": lambda spare, victim: (spare / "brands/evil.html").write_bytes(b"evil"),
    "more folders": lambda spare, victim: (spare / "evil/deep").mkdir(parents=True),
    "a folder led elsewhere": _led_elsewhere,
    "a link": _a_link,
    "another name of a file": _another_name,
    "a pipe": lambda spare, victim: os.mkfifo(spare / "brands/pipe"),
    "a folder for a file": _a_folder_for_a_file,
    "a file for a folder": _a_file_for_a_folder,
    "other content": lambda spare, victim: (spare / "brands/0/index.html").write_bytes(b"evil"),
    "nothing in it": lambda spare, victim: [each.rename(victim / each.name) for each in (spare / "brands", spare / "index.html")],
}


@pytest.mark.parametrize("what", PLANTED)
def test_nothing_that_lies_there_is_believed(what: str, target: Path, spares: Spares, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "index.html").write_bytes(b"of a user")
    for _ in range(2):
        publish(target, FIRST.items(), {}, spares)
    kept = {each: (victim / each).read_bytes() for each in ("index.html",)}
    PLANTED[what](_spare(spares), victim)
    publish(target, SECOND.items(), {}, spares)
    assert published_files(target) == SECOND
    assert not [each for each in target.rglob("*") if each.is_symlink() or (each.is_dir() and not any(each.iterdir()))]
    assert what == "nothing in it" or {each: (victim / each).read_bytes() for each in kept} == kept


@pytest.mark.parametrize("what", ["a link", "a file", "nothing"])
def test_in_the_place_of_the_replaced_site_anything_may_lie(what: str, target: Path, spares: Spares, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    for _ in range(2):
        publish(target, FIRST.items(), {}, spares)
    spare = _spare(spares)
    spare.rename(tmp_path / "away")
    if what == "a link":
        spare.symlink_to(victim)
    elif what == "a file":
        spare.write_bytes(b"x")
    publish(target, SECOND.items(), {}, spares)
    assert published_files(target) == SECOND
    assert not any(victim.iterdir())
    publish(target, FIRST.items(), {}, spares)
    assert published_files(target) == FIRST


def test_of_others_the_newest_are_kept_and_all_can_go(tmp_path: Path, spares: Spares) -> None:
    for name in ("a", "b", "c", "a"):
        for _ in range(2):
            publish(tmp_path / name, FIRST.items(), {}, spares)
    assert spares.folder is not None
    assert len(list(spares.folder.iterdir())) == 2
    spares.clear()
    assert not spares.folder.exists()
    publish(tmp_path / "b", SECOND.items(), {}, spares)
    assert published_files(tmp_path / "b") == SECOND


def test_on_another_disk_nothing_is_kept(target: Path, spares: Spares, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_moved", lambda folder, to: False)
    for files in (FIRST, SECOND, FIRST):
        publish(target, files.items(), {}, spares)
        assert published_files(target) == files
    assert spares.folder is not None
    assert not any(spares.folder.iterdir())
    assert [each.name for each in target.parent.iterdir() if "building" in each.name] == []


def test_what_others_put_into_the_site_stays_there(target: Path, spares: Spares) -> None:
    publish(target, FIRST.items(), {}, spares)
    (target / "CNAME").write_bytes(b"example.org")
    (target / "media").mkdir()
    (target / "media/film.mp4").write_bytes(b"film")
    for files in (SECOND, FIRST, SECOND):
        done = publish(target, files.items(), {}, spares)
        assert done.kept.names == ("CNAME", "media/")
        assert published_files(target) == files | {"CNAME": b"example.org", "media/film.mp4": b"film"}
    (target / "CNAME").unlink()
    publish(target, FIRST.items(), {}, spares)
    assert published_files(target) == FIRST | {"media/film.mp4": b"film"}


NAMES = st.sampled_from(["a", "a/b", "a/b/c", "a/c", "b", "b/a", "c/d/e", "c/d", "index.html"])


def _is_tree(files: Files) -> bool:
    return not any(other.startswith(f"{name}/") for name in files for other in files)


@pytest.mark.property
@settings(deadline=None)
@given(st.lists(st.dictionaries(NAMES, st.sampled_from([b"1", b"2"]), min_size=1).filter(_is_tree), min_size=2, max_size=6))
def test_any_sites_one_after_the_other(tmp_path_factory: pytest.TempPathFactory, sites: list[Files]) -> None:
    folder = tmp_path_factory.mktemp("any")
    spares = Spares(folder / "cache")
    for files in sites:
        publish(folder / "site", files.items(), {}, spares)
        assert published_files(folder / "site") == files
        empty = [each for each in (folder / "site").rglob("*") if each.is_dir() and not any(each.iterdir())]
        assert empty == []
