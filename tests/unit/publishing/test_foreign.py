"""Publishing keeps its hands off what is not its own, whatever the file system can do, and leaves nothing of itself."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.messages import LANGUAGES, say
from generator.publishing import exchange, foreign, headers, scaffold
from generator.publishing.manifest import read_manifest, seal
from generator.publishing.publish import Busy, CannotPublish, NotOurs, prepare, publish
from generator.system.sealed import Sealed
from tests.helpers.driver import published_files, put_files
from tests.helpers.places import ROOT, SITES

PAGES = {"index.html": b"home", "brands/x/index.html": b"x", "robots.txt": b"ours", "old/index.html": b"old"}
NEXT = {"index.html": b"new home", "brands/x/index.html": b"x", "robots.txt": b"ours"}
# What hosts, search engines, people and git put beside a site.
FOREIGN = {
    "CNAME": b"pinpai.example.cn\n",
    "_headers": b"/*\n",
    "_redirects": b"/a /b\n",
    ".nojekyll": b"",
    ".well-known/security.txt": b"Contact: x\n",
    ".git/HEAD": b"ref: refs/heads/gh-pages\n",
    "baidu_verify_codeva-x.html": b"<p>x",
    "google0123456789abcdef.html": b"google-site-verification",
    "2023/index.html": b"frozen",
    "2023/manifest.json": b"{}",
    "brands/x/by-hand.pdf": b"%PDF",
    "photos/2024/1.jpg": b"\xff\xd8",
}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "public" / "site"
    publish(folder, PAGES.items(), {"generator": "1"})
    return folder


def _refusing(number: int) -> Callable[..., None]:
    def refuse(*args: object, **more: object) -> None:
        raise OSError(number, os.strerror(number), str(args[-1]))

    return refuse


# -- what is not ours --------------------------------------------------------------------------------------------------


def test_what_is_not_ours_stays_and_is_told_of(target: Path) -> None:
    put_files(target, FOREIGN)
    done = publish(target, NEXT.items(), {"generator": "1"})
    assert published_files(target) == NEXT | FOREIGN
    assert done.kept.files == len(FOREIGN)
    assert done.kept.names == (
        ".git/",
        ".nojekyll",
        ".well-known/",
        "2023/",
        "CNAME",
        "_headers",
        "_redirects",
        "baidu_verify_codeva-x.html",
        "brands/x/by-hand.pdf",
        "google0123456789abcdef.html",
        "photos/",
    )
    assert (done.removed, done.restored) == (1, ())
    manifest = read_manifest(target)
    assert manifest is not None and set(manifest["files"]) == set(NEXT)


def test_links_times_permissions_and_empty_folders_stay_as_they_are(target: Path) -> None:
    put_files(target, {"tool.sh": b"#!/bin/sh\n", "deep/er/x": b"1"})
    (target / "tool.sh").chmod(0o751)
    (target / "empty").mkdir(mode=0o700)
    (target / "there").symlink_to("nowhere/at-all")
    (target / "out").symlink_to("/", target_is_directory=True)
    for each in ("tool.sh", "deep/er/x", "deep/er", "deep", "empty"):
        os.utime(target / each, (1_000_000_000, 1_000_000_000))
    before = (target / "tool.sh").stat()
    done = publish(target, NEXT.items(), {})
    after = (target / "tool.sh").stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_mode) == (before.st_ino, before.st_mtime_ns, before.st_mode)
    assert [(target / each).stat().st_mtime for each in ("deep/er/x", "deep/er", "deep", "empty")] == [
        1_000_000_000
    ] * 4
    assert stat.S_IMODE((target / "empty").stat().st_mode) == 0o700
    assert (target / "there").readlink() == Path("nowhere/at-all")
    assert (target / "out").readlink() == Path("/")
    assert done.kept.names == ("deep/", "empty/", "out", "there", "tool.sh")


def test_what_a_former_build_made_goes_with_its_empty_folders(target: Path) -> None:
    publish(target, NEXT.items(), {})
    assert not (target / "old").exists()
    assert published_files(target) == NEXT


def test_a_file_of_ours_that_was_changed_is_made_anew_and_named(target: Path) -> None:
    (target / "index.html").write_bytes(b"by hand")
    (target / "robots.txt").unlink()
    (target / "robots.txt").symlink_to("/etc/hostname")
    done = publish(target, NEXT.items(), {})
    assert published_files(target) == NEXT
    assert not (target / "robots.txt").is_symlink()
    assert set(done.restored) == {"index.html", "robots.txt"}
    assert publish(target, NEXT.items(), {}).restored == ()


def test_a_changed_file_that_no_longer_belongs_to_the_site_is_somebody_elses(target: Path) -> None:
    (target / "old/index.html").write_bytes(b"weeks of work")
    done = publish(target, NEXT.items(), {})
    assert published_files(target) == NEXT | {"old/index.html": b"weeks of work"}
    assert (done.kept.names, done.removed) == (("old/index.html",), 0)


@pytest.mark.parametrize(
    ("theirs", "ours", "named"),
    [
        ({"robots.txt": b"theirs"}, {"index.html": b"1", "robots.txt": b"new"}, ("robots.txt",)),
        ({"years": b"a file"}, {"index.html": b"1", "years/2024/index.html": b"2"}, ("years",)),
        ({"feed.xml/x": b"a folder"}, {"index.html": b"1", "feed.xml": b"2"}, ("feed.xml/",)),
        ({"a.html": b"1", "b.html": b"2"}, {"index.html": b"1", "a.html": b"3", "b.html": b"4"}, ("a.html", "b.html")),
    ],
)
def test_what_stands_in_the_way_is_named_and_nothing_is_touched(
    tmp_path: Path, theirs: dict[str, bytes], ours: dict[str, bytes], named: tuple[str, ...]
) -> None:
    target = tmp_path / "site"
    publish(target, {"index.html": b"1"}.items(), {})
    put_files(target, theirs)
    with pytest.raises(CannotPublish) as refused:
        publish(target, ours.items(), {})
    assert (refused.value.key, refused.value.values["names"]) == ("publish.in_the_way", named)
    assert published_files(target) == {"index.html": b"1"} | theirs
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_the_same_file_from_elsewhere_is_no_hindrance(target: Path) -> None:
    put_files(target, {"feeds/all.xml": b"<feed/>"})
    done = publish(target, (NEXT | {"feeds/all.xml": b"<feed/>"}).items(), {})
    assert done.kept.names == ()


def test_a_folder_with_nothing_but_what_a_host_asks_for_takes_its_first_site(tmp_path: Path) -> None:
    put_files(tmp_path / "pages", {"CNAME": b"x", ".git/HEAD": b"ref", ".nojekyll": b""})
    done = publish(tmp_path / "pages", NEXT.items(), {})
    assert published_files(tmp_path / "pages") == NEXT | {"CNAME": b"x", ".git/HEAD": b"ref", ".nojekyll": b""}
    assert done.kept.files == 3


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{}",
        b"[]",
        b'{"files": {}}',
        b'{"files": {"main.js": "/static/main.js"}}',
        b'{"files": {"../thesis.txt": {"size": 1, "sha256": "' + b"0" * 64 + b'"}}}',
        b'{"files": {"thesis.txt": {"size": 1, "sha256": "x"}}}',
        b'{"name": "a program", "icons": []}',
        b"[" * 100_000,
    ],
)
def test_a_manifest_of_something_else_makes_no_folder_ours(tmp_path: Path, manifest: bytes) -> None:
    files = {"thesis.txt": b"years of work", "manifest.json": manifest}
    put_files(tmp_path / "documents", files)
    with pytest.raises(NotOurs) as refused:
        publish(tmp_path / "documents", NEXT.items(), {})
    assert "thesis.txt" in refused.value.values["names"]
    assert (tmp_path / "documents/thesis.txt").read_bytes() == b"years of work"
    assert [each.name for each in tmp_path.iterdir()] == ["documents"]


NAMES = st.lists(st.sampled_from(["a", "b", "c.html", "index.html", ".d"]), min_size=1, max_size=3).map("/".join)
TREE = st.dictionaries(NAMES, st.binary(max_size=3), max_size=6).filter(
    lambda files: not any(above in files for name in files for above in foreign.above(name))
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=TREE, theirs=TREE, second=TREE)
def test_nothing_of_others_is_ever_lost(
    tmp_path: Path, first: dict[str, bytes], theirs: dict[str, bytes], second: dict[str, bytes]
) -> None:
    shutil.rmtree(tmp_path / "s", ignore_errors=True)
    target = tmp_path / "s" / "site"
    publish(target, (first | {"i": b"1"}).items(), {})
    others = {name: content for name, content in theirs.items() if _fits(target, name)}
    put_files(target, others)
    own = {name: content for name, content in others.items() if first.get(name) != content}
    try:
        publish(target, (second | {"i": b"2"}).items(), {})
    except CannotPublish:
        assert published_files(target) == first | {"i": b"1"} | others
        return
    after = published_files(target)
    assert {name: after.get(name) for name in second} == second
    for name, content in own.items():
        assert after.get(name) == content or (name in second and name in first)
    assert set(after) <= set(second) | set(own) | {"i"}
    assert [each.name for each in target.parent.iterdir()] == ["site"]


def _fits(target: Path, name: str) -> bool:
    path = target / name
    return not path.is_dir() and all(each.is_dir() or not each.exists() for each in path.parents)


# -- file systems that can do less -------------------------------------------------------------------------------------

REFUSALS = [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV, errno.EACCES, errno.EINVAL]


@pytest.mark.parametrize("number", REFUSALS)
def test_without_hard_links_everything_is_copied(
    target: Path, tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film" * 1000)
    sealed = Sealed(tmp_path, "film.mp4", sha256(b"film" * 1000).hexdigest(), 4000)
    publish(target, [*NEXT.items(), ("videos/film.mp4", sealed)], {})
    put_files(target, FOREIGN)
    (target / "link").symlink_to("CNAME")
    os.utime(target / "CNAME", (1_000_000_000, 1_000_000_000))
    monkeypatch.setattr(os, "link", _refusing(number))
    for _ in range(2):
        publish(target, [*NEXT.items(), ("videos/film.mp4", sealed)], {})
    assert published_files(target) == NEXT | FOREIGN | {"videos/film.mp4": b"film" * 1000, "link": FOREIGN["CNAME"]}
    assert (target / "link").readlink() == Path("CNAME")
    assert (target / "CNAME").stat().st_mtime == 1_000_000_000


@pytest.mark.parametrize("call", ["utime", "chmod"])
def test_times_and_permissions_that_cannot_be_set_stop_nothing(
    target: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_files(target, FOREIGN)
    monkeypatch.setattr(os, "link", _refusing(errno.EPERM))
    monkeypatch.setattr(os, call, _refusing(errno.EPERM))
    publish(target, NEXT.items(), {})
    assert published_files(target) == NEXT | FOREIGN


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_without_locks_of_the_system_a_file_keeps_builds_apart(
    target: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    monkeypatch.setattr(fcntl, "flock", _refusing(number))

    def nested() -> Iterator[tuple[str, bytes]]:
        with pytest.raises(Busy, match=str(os.getpid())):
            publish(target, PAGES.items(), {})
        yield from NEXT.items()

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        publish(target, nested(), {})
    assert published_files(target) == NEXT
    assert [each.name for each in target.parent.iterdir()] == ["site"]


def test_two_renames_that_fail_half_way_are_taken_back(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "exchange", lambda one, other: False)
    rename = Path.rename

    def refuse(self: Path, to: Path) -> Path:
        if self.name == "next":
            raise OSError(errno.EIO, "broken")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="broken"):
        publish(target, NEXT.items(), {})
    assert published_files(target) == PAGES
    assert [each.name for each in target.parent.iterdir()] == ["site"]


def test_a_folder_that_cannot_be_moved_is_left_alone(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", _refusing(errno.EXDEV))
    monkeypatch.setattr(Path, "replace", _refusing(errno.EXDEV))
    with pytest.raises(OSError, match="Invalid cross-device link"):
        publish(target, NEXT.items(), {})
    assert published_files(target) == PAGES


def test_the_top_of_a_disk_is_refused(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda self: self == target)
    assert publish(target, NEXT.items(), {}).is_in_place  # but file by file a site can go there
    assert published_files(target) == NEXT
    with pytest.raises(CannotPublish) as refused:
        publish(Path("/"), NEXT.items(), {})
    assert refused.value.key == "publish.mount"


def test_a_disk_mounted_inside_is_refused_and_named(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_files(target, {"media/big.mp4": b"1"})
    monkeypatch.setattr(foreign, "mounts", frozenset)  # as on a system that lists none
    monkeypatch.setattr(Path, "is_mount", lambda self: self.name == "media")
    with pytest.raises(CannotPublish) as refused:
        publish(target, NEXT.items(), {})
    assert (refused.value.key, refused.value.values) == ("publish.mount_inside", {"name": "media/"})
    assert (target / "media/big.mp4").read_bytes() == b"1"


def test_a_folder_of_the_same_disk_that_is_mounted_inside_is_known_too(
    target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_files(target, {"two words/x": b"1"})
    listed = tmp_path / "mountinfo"
    place = str(target / "two words").replace(" ", "\\040")
    listed.write_text(f"1 2 8:1 / / rw - ext4 /dev/sda rw\n30 1 8:1 /srv {place} rw,relatime - ext4 /dev/sda rw\n")
    monkeypatch.setattr(foreign, "_MOUNTS", listed)
    with pytest.raises(CannotPublish) as refused:
        publish(target, NEXT.items(), {})
    assert (refused.value.key, refused.value.values) == ("publish.mount_inside", {"name": "two words/"})
    listed.write_text(f"30 1 8:1 /srv {target} rw,relatime - ext4 /dev/sda rw\n")
    assert publish(target, NEXT.items(), {}).is_in_place
    assert published_files(target) == NEXT | {"two words/x": b"1"}


@pytest.mark.parametrize(("where", "key"), [("site", "publish.read_only"), ("public", "publish.read_only_above")])
def test_read_only_folders_are_named(target: Path, where: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != where)  # tests may run as root
    if where == "public":
        target = target.with_name("another")
    with pytest.raises(CannotPublish) as refused:
        publish(target, NEXT.items(), {})
    assert (refused.value.key, Path(str(refused.value.values["path"])).name) == (key, where)


def test_a_read_only_folder_of_others_moves_too_and_nothing_stays_behind(target: Path) -> None:
    put_files(target, {"vault/x": b"1"})
    (target / "vault").chmod(0o555)
    publish(target, NEXT.items(), {})
    assert stat.S_IMODE((target / "vault").stat().st_mode) == 0o555
    assert (target / "vault/x").read_bytes() == b"1"
    assert [each.name for each in target.parent.iterdir()] == ["site"]
    (target / "vault").chmod(0o755)


# -- nothing stays behind ----------------------------------------------------------------------------------------------


def test_a_failed_build_takes_the_folders_it_made_away_again(tmp_path: Path) -> None:
    def failing() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"half"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        publish(tmp_path / "mis/typed/out", failing(), {})
    assert list(tmp_path.iterdir()) == []


def test_while_it_lasts_a_build_hides_from_git(target: Path) -> None:
    subprocess.run(["git", "init", "-q", str(target.parent)], check=True)

    def looking() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"1"
        seen = subprocess.run(
            ["git", "-C", str(target.parent), "status", "--porcelain", "-uall"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert ".building" not in seen.stdout
        assert scaffold.of(target).is_dir()

    publish(target, looking(), {})


def test_planted_links_are_not_written_through(target: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("PRECIOUS")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/x").write_text("PRECIOUS")
    place = scaffold.of(target)
    place.mkdir()
    for name in ("holder", ".gitignore"):
        (place / name).symlink_to(victim)
    for name in ("next", "old"):
        (place / name).symlink_to(tmp_path / "folder", target_is_directory=True)
    publish(target, NEXT.items(), {})
    assert victim.read_text() == (tmp_path / "folder/x").read_text() == "PRECIOUS"
    assert published_files(target) == NEXT
    place.symlink_to(tmp_path / "folder", target_is_directory=True)
    with pytest.raises(CannotPublish):
        publish(target, PAGES.items(), {})
    assert [each.name for each in (tmp_path / "folder").iterdir()] == ["x"]


SLOW = """
import sys, time
from pathlib import Path
from generator.publishing.publish import publish

def slowly():
    yield "index.html", b"half"
    print("under way", flush=True)
    time.sleep(60)

publish(Path(sys.argv[1]), slowly(), {})
"""
MANY = """
import sys
from pathlib import Path
from generator.publishing.publish import Busy, publish

out, mine = Path(sys.argv[1]), sys.argv[2].encode()
done = 0
for _ in range(int(sys.argv[3])):
    try:
        publish(out, ((f"{n}.txt", mine * 50) for n in range(20)), {})
        done += 1
    except Busy:
        pass
print(done)
"""
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def _start(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_interrupted_build_leaves_nothing(target: Path, number: signal.Signals) -> None:
    put_files(target, FOREIGN)
    child = _start(SLOW, target)
    assert child.stdout is not None
    assert child.stdout.readline() == b"under way\n"
    child.send_signal(number)
    child.communicate()
    assert child.returncode not in (0, None)
    assert published_files(target) == PAGES | FOREIGN
    assert [each.name for each in target.parent.iterdir()] == ["site"]


def test_builds_of_many_processes_never_mix_and_their_lock_goes(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "site"
    children = [_start(MANY, target, mine, 40) for mine in "abcd"]
    ends = [child.communicate() for child in children]
    assert [child.returncode for child in children] == [0] * 4, [error.decode() for _, error in ends]
    assert sum(int(out) for out, _ in ends) >= 40
    assert len(set(published_files(target).values())) == 1
    assert [each.name for each in target.parent.iterdir()] == ["site"]


def test_a_film_may_be_built_twice_into_names_side_by_side(tmp_path: Path) -> None:
    children = [_start(MANY, tmp_path / "new" / f"site-{mine}", mine, 20) for mine in "ab"]
    ends = [child.communicate() for child in children]
    assert [int(out) for out, _ in ends] == [20, 20], ends
    assert sorted(each.name for each in (tmp_path / "new").iterdir()) == ["site-a", "site-b"]


# -- where a user is ---------------------------------------------------------------------------------------------------


def _exhibit(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=False)


@pytest.mark.audit
@pytest.mark.engine
def test_the_command_keeps_tells_and_refuses(tmp_path: Path) -> None:
    root = tmp_path / "city"
    shutil.copytree(SITES / "good/small", root)
    shutil.rmtree(root / "expected")
    common = (
        "build",
        "--root",
        root,
        "--cache",
        tmp_path / "cache",
        "--as-of",
        "2026-06-01",
        "--out",
        tmp_path / "o/site",
    )
    assert _exhibit(*common).returncode == 0
    put_files(tmp_path / "o/site", {"CNAME": b"x\n", "2023/index.html": b"<p>", "google1.html": b"<p>"})
    (tmp_path / "o/site/index.html").write_text("by hand")
    done = _exhibit(*common)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "保留了 3 个不是本程序生成的文件：2023/、CNAME、google1.html。" in done.stdout
    assert "有 1 个生成的文件被人改过，已经按记录重新生成：index.html。" in done.stdout
    assert "frame-ancestors" in headers.of_site(tmp_path / "o/site", "static", "/", (), "zh")
    (tmp_path / "o/site/feeds/all.xml").unlink()
    manifest = tmp_path / "o/site/manifest.json"
    listed = json.loads(manifest.read_text("utf-8").replace('"feeds/all.xml"', '"feeds/none.xml"'))
    manifest.write_text(json.dumps(listed | {"seal": seal(listed)}), "utf-8")
    put_files(tmp_path / "o/site", {"feeds/all.xml": b"theirs"})
    done = _exhibit(*common)
    assert done.returncode == 2
    assert "feeds/all.xml 不是本程序生成的" in done.stderr
    assert [each.name for each in (tmp_path / "o").iterdir()] == ["site"]


@pytest.mark.audit
@pytest.mark.engine
def test_a_mistyped_folder_makes_none(tmp_path: Path) -> None:
    done = _exhibit("build", "--root", tmp_path / "no/such", "--out", tmp_path / "no/where/site")
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("x")
    done = _exhibit("build", "--root", SITES / "good/small", "--cache", tmp_path / "c", "--out", tmp_path / "file/site")
    assert done.returncode == 2, done.stdout
    assert "file 是一个文件，不是文件夹" in done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_can_be_said(language: Any) -> None:
    values = {"out": "o", "names": "n", "name": "n", "path": "p", "reason": "r", "pid": 1, "count": 1}
    keys = (
        "mount",
        "mount_inside",
        "not_a_folder",
        "read_only",
        "read_only_above",
        "no_copy",
        "in_the_way",
        "not_scaffold",
        "stranded",
        "half_done",
    )
    for key in ("cli.not_ours", "cli.busy", *(f"publish.{each}" for each in keys)):
        assert "{" not in say(key, language, **values)


def test_nobody_waits_where_no_other_build_ends(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(scaffold.time, "sleep", waits.append)
    for _ in range(20):
        publish(target, NEXT.items(), {})
    assert waits == []


def test_a_mount_inside_is_told_before_any_work(
    target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_files(target, {"media/big.mp4": b"1"})
    listed = tmp_path / "mountinfo"
    listed.write_text(f"30 1 8:1 /srv {target / 'media'} rw,relatime - ext4 /dev/sda rw\n")
    monkeypatch.setattr(foreign, "_MOUNTS", listed)
    with pytest.raises(CannotPublish) as refused:
        prepare(target, preview=False, tell=lambda step, values: None)
    assert (refused.value.key, refused.value.values) == ("publish.mount_inside", {"name": "media/"})
