"""Sources that are no files, or change while a build reads them: told, never waited for, never published."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from generator.kinds.video import files as films
from generator.kinds.video import probe
from generator.publishing import publish as publishing
from generator.source import files
from generator.stages import reading
from generator.system import sealed
from generator.system.sealed import Changed, Sealed
from tests.helpers.driver import SiteDriver
from tests.helpers.processes import run, said

unix = pytest.mark.skipif(os.name != "posix", reason="needs pipes and links with names")
FILM = "content/videos/kaiting/film.mp4"
BRAND = "brands/qingfeng"


def _codes(driver: SiteDriver) -> set[tuple[str, str]]:
    return {(each.code, each.span.path) for each in driver.problems if each.is_error}


# -- no files ----------------------------------------------------------------------------------------------------------


@pytest.mark.audit
@unix
@pytest.mark.parametrize(
    "path",
    [f"{BRAND}/brand.yml", f"{BRAND}/story.md", f"{BRAND}/img/more.jpg", "content/news.md", "brands/pipe", "theme/assets/css/9.css", "theme/exhibits/x.html"],
)  # fmt: skip
def test_a_pipe_is_told_and_never_waited_for(path: str, small: SiteDriver) -> None:
    if path.startswith("theme/"):
        small.write("theme/frame/main.html", "x")
    small.remove_if_there(path)
    (small.root / path).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(small.root / path)
    done = run("check", cwd=small.root)  # times out where it waits
    assert done.returncode == 1 and f"{path}:1:1 错误 SEC-020" in said(done) and "命名管道" in said(done)


@unix
def test_a_configuration_that_is_a_pipe_is_told(small: SiteDriver) -> None:
    small.remove("site_config.yml")
    os.mkfifo(small.root / "site_config.yml")
    done = run("check", "--root", ".", cwd=small.root)
    assert done.returncode != 0 and "site_config.yml" in said(done) and "内部出错" not in said(done)
    assert ("SEC-020", "site_config.yml") in _codes(small.check())


@unix
def test_a_socket_is_told(small: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.root / BRAND)  # the name of a socket has to be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.jpg")
        small.check()
    assert ("SEC-020", f"{BRAND}/s.jpg") in _codes(small)
    assert "套接字" in "".join(small.lines())


# -- between listing and reading ---------------------------------------------------------------------------------------

Change = Callable[[Path], None]


def _vanish(file: Path) -> None:
    file.unlink()


def _become_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _become_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _become_link(file: Path) -> None:
    file.unlink()
    file.symlink_to("/etc/passwd")


def _link_above(file: Path) -> None:
    other = file.parent.parent / f"{file.parent.name}-other"
    file.parent.rename(other)
    file.parent.symlink_to(other, target_is_directory=True)


CHANGES = (_vanish, _become_folder, _become_pipe, _become_link, _link_above)


@pytest.mark.audit
@unix
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("path", [f"{BRAND}/brand.yml", FILM, "picture"])
def test_what_is_replaced_after_it_was_listed_is_not_used(
    path: str, change: Change, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = site("good/video" if path == FILM else "good/small")
    if path == "picture":
        file = next(each for each in sorted((driver.root / BRAND).rglob("*")) if each.suffix in (".png", ".jpg"))
    else:
        file = driver.root / path
    name = file.relative_to(driver.root).as_posix()
    assert driver.build().is_published()
    before = driver.files()
    real = files.discover

    def discover(*given: Any) -> Any:
        found = real(*given)
        change(file)
        return found

    monkeypatch.setattr(reading, "discover", discover)
    driver.build()
    told = {path for code, path in _codes(driver) if code == "SEC-021"}
    assert name in told or change is _link_above and all(each.startswith(name.rpartition("/")[0]) for each in told)
    assert told, driver.lines()
    assert not driver.is_published() and driver.files() == before


@pytest.mark.audit
@unix
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("keep_going", [False, True])
def test_a_film_that_is_replaced_after_it_was_checked_is_not_published(
    change: Change, keep_going: bool, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = site("good/video")
    real = publishing.publish

    def publish(*given: Any) -> Any:
        change(driver.root / FILM)
        return real(*given)

    monkeypatch.setattr(publishing, "publish", publish)
    driver.build(keep_going=keep_going)
    assert _codes(driver) == {("SEC-021", FILM)} and not driver.is_published()
    assert not driver.out.exists() or not driver.files()


def test_a_film_that_grew_after_it_was_checked_is_not_published(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = site("good/video")
    real = publishing.publish

    def publish(*given: Any) -> Any:
        with (driver.root / FILM).open("ab") as film:
            film.write(b"x")
        return real(*given)

    monkeypatch.setattr(publishing, "publish", publish)
    assert _codes(driver.build()) == {("SEC-021", FILM)}


def test_a_text_that_grows_while_it_is_read_is_not_used(small: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sealed.read

    def read(root: Path, path: str, most: int) -> bytes:
        if not path.endswith("/brand.yml"):
            return real(root, path, most)
        with sealed.opened(root, path) as file:
            raw = file.read(most)
            with (root / path).open("ab") as out:
                out.write(b"# more\n")
            return raw

    monkeypatch.setattr(sealed, "read", read)
    assert ("SEC-021", f"{BRAND}/brand.yml") in _codes(small.check())


# -- the value ---------------------------------------------------------------------------------------------------------


def _seal(file: Path, raw: bytes) -> Sealed:
    return Sealed(file.parent, file.name, sha256(raw).hexdigest(), len(raw))


def test_a_sealed_file_gives_its_bytes_once_they_are_right(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"abc")
    assert _seal(file, b"abc").read() == b"abc"
    for other in (b"abd", b"ab", b"abcd", b""):
        with pytest.raises(Changed):
            _seal(file, other).read()


def test_the_root_may_be_a_link_of_whoever_builds(tmp_path: Path) -> None:
    (tmp_path / "real/a").mkdir(parents=True)
    (tmp_path / "real/a/b").write_bytes(b"x")
    (tmp_path / "root").symlink_to("real")
    assert sealed.read(tmp_path / "root", "a/b", 9) == b"x"


# -- ffprobe -----------------------------------------------------------------------------------------------------------


@unix
@pytest.mark.parametrize("entry", ["{root}/bin", ".", "", "bin", "{link}"])
def test_an_ffprobe_that_came_with_the_site_is_never_run(
    entry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "site"
    for folder in (root, root / "bin"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ffprobe").write_text("#!/bin/sh\n")
        (folder / "ffprobe").chmod(0o755)
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools/ffprobe").symlink_to(root / "ffprobe")
    monkeypatch.chdir(root)
    monkeypatch.setenv("PATH", entry.format(root=root, link=tmp_path / "tools"))
    assert probe.found(root) is None
    (tmp_path / "tools/ffprobe").unlink()
    (tmp_path / "tools/ffprobe").write_text("#!/bin/sh\n")
    (tmp_path / "tools/ffprobe").chmod(0o755)
    monkeypatch.setenv("PATH", f".:{tmp_path / 'tools'}")
    assert probe.found(root) == str(tmp_path / "tools/ffprobe")


@unix
def test_ffprobe_sees_the_file_that_we_opened_and_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool, file = tmp_path / "ffprobe", tmp_path / "a.mp4"
    tool.write_text('#!/bin/sh\nfor last; do :; done\ncat "${last#file:}"; echo "$TOKEN"\n')
    tool.chmod(0o755)
    file.write_bytes(b"right ")
    monkeypatch.setenv("TOKEN", "secret")
    with file.open("rb") as film:
        assert films.digest_of(film) == sha256(b"right ").hexdigest()
        file.unlink()
        file.write_bytes(b"wrong ")
        assert probe._run(str(tool), film, "mp4") == b"right \n"


@pytest.mark.parametrize(("put", "code"), [("nothing", "ID-006"), ("folder", "ID-006"), ("pipe", "SEC-020"), ("link", "SEC-005")])
def test_a_record_that_is_no_file_is_one_problem_whoever_points_at_it(put: str, code: str, small: SiteDriver) -> None:
    file = small.root / "brands/qingfeng/brand.yml"
    kept = file.rename(small.root.parent / "kept.yml")
    if put == "folder":
        file.mkdir()
    elif put == "pipe":
        os.mkfifo(file)
    elif put == "link":
        file.symlink_to(kept)
    assert [(each.code, each.span.path) for each in small.check().problems] == [(code, "brands/qingfeng/brand.yml")]
