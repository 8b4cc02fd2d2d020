"""What somebody else laid where this program writes or looks for its own: nothing is written outside, nothing is run,
nothing is hidden, and nothing waits for ever."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.checks import root as roots
from generator.cli.commands.main import exhibit
from generator.cli.console import Screen
from generator.cli.places import check_cache
from generator.problems import CATALOGUE
from generator.publishing import scaffold
from generator.publishing.publish import MANIFEST, CannotPublish, publish
from generator.system import cache as caches
from generator.system import gitindex, plainfiles
from generator.system import own as own_of_user
from generator.system.cache import Cache, InUse, key, prune, stat
from generator.system.failures import CannotDo
from tests.helpers.driver import SiteDriver
from tests.helpers.processes import run
from tests.helpers.trees import tree

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links, pipes and owners are those of POSIX")
STEP, NAME = "pictures", key("pictures", "1", ("a",))
HEX = "0" * 62


@pytest.fixture
def victim(tmp_path: Path) -> Iterator[Path]:
    """A folder of somebody else, which is as it was at the end of the test."""
    folder = tmp_path / "victim"
    for name in ("passwd", "uv.lock", ".new-mine", f"00/{HEX}", f"pictures/00/{HEX}", "next/a", "holder", "builds/x.lock"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("PRECIOUS")
    before = tree(folder)
    yield folder
    assert tree(folder) == before


# -- names that are published ------------------------------------------------------------------------------------------

NAMES = (
    "/etc/x", "//host/x", "../x", "a/../../x", "a/..", "..", ".", "./x", "a/./b", "", "/", "a//b", "a/", "\\x", "a\\b",
    "..\\x", "\\\\host\\x", "C:x", "C:\\x", "c:/x", "a/D:b", "x\0y", "\0", "a/\0", "con", "NUL.html", "a/aux/b", "com1.txt",
    "LPT³", "conin$", "a./b", "a /b", "x.", "x ", "a:b", "x?y", "x*", "a|b", "<x>", 'a"b', "x\ny", "x\x1b", "\x7f", "a" * 300,
    "e\u0301.html", "\udcff", "~/../x",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_no_name_leads_out_of_the_published_folder(name: str, tmp_path: Path) -> None:
    target = tmp_path / "a/b/site"
    publish(target, [("index.html", b"old")], {})
    before = tree(tmp_path)
    with pytest.raises(CannotPublish) as told:
        publish(target, [("index.html", b"new"), (name, b"x")], {})
    assert told.value.key == "publish.bad_name"
    assert tree(tmp_path) == before


@given(st.text(max_size=30) | st.from_regex(r"(\.\.?|[a-c]|con|c:|/|\\){1,6}", fullmatch=True))
def test_what_is_published_lies_where_its_name_says(name: str) -> None:
    from generator.text.pathnames import is_portable_path

    if is_portable_path(name):
        assert os.path.normpath(f"/site/{name}") == f"/site/{name}"


# -- manifests ---------------------------------------------------------------------------------------------------------


def _listing(*names: str, content: bytes = b"PRECIOUS") -> bytes:
    entry = {"sha256": sha256(content).hexdigest(), "size": len(content)}
    return json.dumps({"files": dict.fromkeys(names, entry)}).encode()


MANIFESTS = {
    "up": _listing("../../victim/passwd"),
    "absolute": _listing("/etc/passwd"),
    "drive": _listing("C:x"),
    "backslash": _listing("..\\..\\victim\\passwd"),
    "device": _listing("nul"),
    "empty": _listing(""),
    "bomb": b"[" * 200_000,
    "braces": b'{"files":' * 50_000,
    "numbers": b'{"files": {"a": {"sha256": "' + b"0" * 64 + b'", "size": 1e999}}}',
    "digits": b'{"files": {"a": ' + b"9" * 20_000 + b"}}",
    "list": b'[{"files": 1}]',
    "pickle": b"cposix\nsystem\n(S'touch owned'\ntR.",
    "bytes": b"\xff\xfe\x00" * 99,
    "nothing": b"",
    "null": b"null",
}


@pytest.mark.parametrize("case", MANIFESTS)
def test_a_manifest_that_no_build_wrote_makes_nothing_ours(case: str, tmp_path: Path, victim: Path) -> None:
    target = tmp_path / "out/site"
    target.mkdir(parents=True)
    (target / MANIFEST).write_bytes(MANIFESTS[case])
    (target / "thesis.docx").write_text("only copy")
    before = tree(target)
    with pytest.raises(CannotPublish) as told:
        publish(target, [("index.html", b"new")], {})
    assert told.value.key == "cli.not_ours" and tree(target) == before


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_a_manifest_that_is_no_file_is_none(kind: str, tmp_path: Path, victim: Path) -> None:
    target = tmp_path / "site"
    target.mkdir()
    (tmp_path / "listing").write_bytes(_listing("thesis.docx", content=b"only copy"))
    _plant(target / MANIFEST, kind, tmp_path / "listing", victim)
    (target / "thesis.docx").write_text("only copy")
    with pytest.raises(CannotPublish):
        publish(target, [("index.html", b"new")], {})
    assert (target / "thesis.docx").read_text() == "only copy"


@pytest.mark.parametrize("name", ["CNAME", "_headers", ".git/config", ".nojekyll", "google1.html", "2023/index.html", "2023/manifest.json"])
def test_a_manifest_takes_away_nothing_of_hosts_and_frozen_years(name: str, tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish(target, [("index.html", b"old")], {})
    (target / name).parent.mkdir(exist_ok=True)
    (target / name).write_bytes(b"PRECIOUS")
    if name.startswith("2023/"):
        (target / "2023/manifest.json").write_bytes(b"PRECIOUS")
    listing = json.loads((target / MANIFEST).read_bytes())
    listing["files"] |= json.loads(_listing(name))["files"]
    (target / MANIFEST).write_text(json.dumps(listing))
    publish(target, [("index.html", b"new")], {})
    assert (target / name).read_bytes() == b"PRECIOUS"


@pytest.mark.parametrize("content", [b"PRECIOUS", b"other"])
def test_a_published_file_with_another_name_elsewhere_is_not_written_through(content: bytes, tmp_path: Path, victim: Path) -> None:
    target = tmp_path / "site"
    publish(target, [("index.html", b"PRECIOUS")], {})
    (target / "index.html").unlink()
    os.link(victim / "passwd", target / "index.html")
    publish(target, [("index.html", content)], {})
    assert (target / "index.html").read_bytes() == content
    assert (target / "index.html").stat().st_nlink == 1, "a change there would change what is published"


# -- the folder a site is built in -------------------------------------------------------------------------------------


def _plant(path: Path, kind: str, file: Path, folder: Path) -> None:
    """Lay something at ``path``: a link to ``file`` or ``folder``, another name of ``file``, or what is no file at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "link":
        path.symlink_to(file)
    elif kind == "folder link":
        path.symlink_to(folder, target_is_directory=True)
    elif kind == "dangling":
        path.symlink_to(folder / "not-there")
    elif kind == "hard link":
        os.link(file, path)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
        (path / "x").write_text("x")
    else:
        raise AssertionError(kind)


KINDS = ("link", "folder link", "dangling", "hard link", "pipe", "folder")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["lock", "holder", ".gitignore", "next", "old"])
def test_nothing_in_the_folder_of_a_build_leads_elsewhere(name: str, kind: str, tmp_path: Path, victim: Path) -> None:
    target = tmp_path / "site"
    publish(target, [("index.html", b"old")], {})
    _plant(scaffold.of(target) / name, kind, victim / "passwd", victim)
    if kind == "folder":  # no build of ours makes folders of these names, or leaves full ones without a word of who builds
        with pytest.raises(CannotPublish, match="not_scaffold"):
            publish(target, [("index.html", b"new")], {})
        assert (scaffold.of(target) / name / "x").exists() and (target / "index.html").read_bytes() == b"old"
        return
    publish(target, [("index.html", b"new")], {})
    assert (target / "index.html").read_bytes() == b"new"
    assert not scaffold.of(target).exists()


def test_the_word_of_who_builds_is_a_number_of_a_process(tmp_path: Path, victim: Path) -> None:
    (victim / "passwd").chmod(0o644)
    place = tmp_path / "place"
    place.mkdir()
    (place / "holder").symlink_to(victim / "passwd")
    assert scaffold._holder(place) == "?"
    (place / "holder").unlink()
    os.mkfifo(place / "holder")
    assert scaffold._holder(place) == "?"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another user")
def test_no_site_is_built_in_the_folder_of_another_user(tmp_path: Path) -> None:
    place = scaffold.of(tmp_path / "site")
    place.mkdir()
    os.chown(place, 12345, 12345)
    with pytest.raises(CannotPublish) as told:
        publish(tmp_path / "site", [("index.html", b"new")], {})
    assert told.value.key == "publish.of_others"


# -- the cache ---------------------------------------------------------------------------------------------------------

PLACES = (STEP, f"{STEP}/{NAME[:2]}", f"{STEP}/{NAME[:2]}/{NAME[2:]}", "newest-build", "gate.lock", "builds")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", PLACES)
def test_nothing_in_a_cache_leads_elsewhere(place: str, kind: str, tmp_path: Path, victim: Path) -> None:
    """Everything that is done with a cache is done with this one, twice, as by two builds."""
    root = tmp_path / "cache"
    _plant(root / place, kind, victim / "passwd", victim)
    for _ in range(2):
        cache = Cache(root)
        with cache.building():
            before = cache.read(STEP, NAME)
            assert before in (None, b"value"), "what was planted is not believed"
            if cache.write(STEP, NAME, b"value"):
                assert cache.read(STEP, NAME) == b"value"
            cache.note_used()
        assert all(each.step == STEP for each in stat(root))
        prune(root)


@pytest.mark.parametrize("named", ["objects", "pictures", "x" * 40, "..", "Pictures"])
def test_pruning_follows_no_link_to_what_only_looks_like_values(named: str, tmp_path: Path, victim: Path) -> None:
    """The objects of a git repository with SHA-256 have names like values."""
    cache = Cache(tmp_path / "cache")
    cache.write(STEP, NAME, b"value")
    cache.note_used()
    if named != "..":
        shutil.rmtree(cache.root / named, ignore_errors=True)
        (cache.root / named).symlink_to(victim, target_is_directory=True)
    (cache.root / "more").mkdir()
    (cache.root / "more" / "00").symlink_to(victim / "00", target_is_directory=True)
    (cache.root / "builds").symlink_to(victim / "builds", target_is_directory=True)
    assert stat(cache.root) is not None
    prune(cache.root)


@pytest.mark.parametrize("told", [b"../../victim/passwd\n" * 9, b"\xff\xfe", b"/\n//\n", b"pictures/" + b"0" * 10_000_000, b"[" * 99_999])
def test_the_list_of_the_newest_build_only_says_what_stays(told: bytes, tmp_path: Path, victim: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.write(STEP, NAME, b"value")
    (cache.root / "newest-build").write_bytes(told)
    assert [each.step for each in stat(cache.root)] == [STEP]
    prune(cache.root)


def test_a_value_without_end_is_a_miss(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.write(STEP, NAME, b"value")
    with (cache.root / STEP / NAME[:2] / NAME[2:]).open("r+b") as file:
        file.truncate(1 << 40)  # takes no room on the disk
    assert cache.read(STEP, NAME) is None


def test_a_lock_that_a_build_holds_is_still_seen(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.note_used()
    with cache.building(), pytest.raises(InUse):
        prune(cache.root)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The user's own folder, new."""
    folder = tmp_path / "home/exhibit"
    monkeypatch.setattr(own_of_user, "folder", lambda: folder)
    own_of_user.secret.cache_clear()
    yield folder
    own_of_user.secret.cache_clear()


def _silent(values: object) -> None:
    raise AssertionError(values)


@pytest.mark.parametrize("kind", [*KINDS, "readable", "short", "long"])
def test_a_secret_that_others_know_is_none(kind: str, own: Path, tmp_path: Path, victim: Path) -> None:
    known = b"k" * 32
    (tmp_path / "known").write_bytes(known)
    (tmp_path / "known").chmod(0o600 if kind in KINDS else 0o644)
    own.mkdir(mode=0o700, parents=True)
    if kind in ("readable", "short", "long"):
        (own / "secret").write_bytes({"readable": known, "short": known[:9], "long": known * 2}[kind])
        (own / "secret").chmod(0o644 if kind == "readable" else 0o600)
    else:
        _plant(own / "secret", kind, tmp_path / "known", victim)
    if kind == "hard link":
        (own / "secret").chmod(0o640)
    secret = own_of_user.secret()
    assert len(secret) == 32 and secret != known
    assert (tmp_path / "known").read_bytes() == known


def test_an_own_folder_inside_of_the_site_is_not_relied_upon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some hosts keep the home of a job in its checkout; with a strict umask even a secret from there looks private."""
    site, told = tmp_path / "site", []
    own = site / ".cache/exhibit"
    own.mkdir(mode=0o700, parents=True)
    (own / "secret").write_bytes(b"k" * 32)
    (own / "secret").chmod(0o600)
    monkeypatch.setattr(own_of_user, "folder", lambda: own)
    own_of_user.secret.cache_clear()
    try:
        cache = caches.of_site(site, None, told.append)
        assert cache.secret != b"k" * 32 and not cache.root.is_relative_to(site)
        assert told == [{"folder": str(own)}]
        assert caches.of_site(site, tmp_path / "given", told.append).secret != b"k" * 32
    finally:
        own_of_user.secret.cache_clear()


def test_an_own_folder_that_is_a_link_or_of_others_is_not_relied_upon(own: Path, tmp_path: Path, victim: Path) -> None:
    assert caches.of_site(tmp_path / "site", None, _silent).root.is_relative_to(own)
    own.chmod(0o777)
    assert caches.of_site(tmp_path / "site", None, _silent).root.is_relative_to(own)
    assert own.stat().st_mode & 0o077 == 0, "what was open to others is closed"
    shutil.rmtree(own)
    own.symlink_to(victim, target_is_directory=True)
    told: list[object] = []
    assert not caches.of_site(tmp_path / "site", None, told.append).root.resolve().is_relative_to(victim)
    assert told


@pytest.mark.parametrize("named", ["sites", "its own"])
def test_a_link_to_the_folder_of_a_site_is_not_followed(named: str, own: Path, tmp_path: Path, victim: Path) -> None:
    first = caches.folder_of(tmp_path / "site")
    link = first if named == "its own" else first.parent
    shutil.rmtree(link)
    link.symlink_to(victim, target_is_directory=True)
    found = caches.of_site(tmp_path / "site", None, lambda values: None).root
    assert not found.resolve().is_relative_to(victim) and Cache(found).write(STEP, NAME, b"value")


# -- what a checkout brings along --------------------------------------------------------------------------------------

BROUGHT = (".cache", ".Cache", "exhibit-cache", ".exhibit-cache", "site", "SITE", "site-preview", "site-2024", "site-2024-preview")
LEFT = (".site.building", ".site.holder", ".site.next", ".site.old", ".site.lock", ".site-2024.building", ".site-preview.next", ".exhibit-init-7")


def _git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "core.hooksPath=/dev/null")
    subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, check=True)


def _codes(site: Path) -> list[tuple[str, str]]:
    return [(each.code, each.span.path) for each in roots.in_folder(site)]


@pytest.mark.parametrize("name", [*BROUGHT, *LEFT])
def test_links_and_pipes_where_the_program_writes_are_problems(name: str, tmp_path: Path, victim: Path) -> None:
    for kind, code in (("link", "SEC-011"), ("folder link", "SEC-011"), ("dangling", "SEC-011"), ("pipe", "SEC-013")):
        site = tmp_path / f"site {kind}"
        _plant(site / name, kind, victim / "passwd", victim)
        assert _codes(site) == [(code, name)]
    assert all(CATALOGUE[code].level == "error" for code in ("SEC-011", "SEC-012", "SEC-013"))


def test_what_git_tracks_of_caches_and_sites_is_a_problem(tmp_path: Path) -> None:
    top = tmp_path / "top"
    site = top / "deep/city"  # a site need not be all of its repository
    for name in (*BROUGHT, *LEFT):
        (site / name).mkdir(parents=True)
        (site / name / "x").write_text("x")
    (top / ".cache").mkdir()
    (top / ".cache/x").write_text("of another program")
    _git(top, "init", "-q")
    assert _codes(site) == [], "what only lies there does no harm"
    _git(top, "add", "-Af")
    assert _codes(site) == [("SEC-012", each) for each in sorted((*BROUGHT, *LEFT))]
    _git(top, "rm", "-rq", "--cached", ".")
    assert _codes(site) == []


ORDINARY = ("site_config.yml", "sites/x", "site.md", "siteplan/x", "docs/site/x", ".cached/x", "website/x", "site-plan/x", "site/.gitkeep", ".sites/x", "exhibit/x", "site-20245/x")


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_names_are_no_problem(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("x")
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "-Af")
    assert _codes(tmp_path) == []


@pytest.mark.parametrize("path", ["theme", "theme/assets", "theme/assets/css/x.css", "theme/exhibits/brand.html"])
def test_a_link_in_the_theme_is_a_problem(path: str, tmp_path: Path, victim: Path) -> None:
    _plant(tmp_path / path, "folder link", victim / "passwd", victim)
    assert _codes(tmp_path) == [("SEC-005", path)]


@pytest.mark.parametrize("path", ["brands", "content", "brands/qingfeng", "brands/qingfeng/img", "brands/qingfeng/img/hall.jpg", "brands/qingfeng/brand.yml", "site_config.yml"])
def test_a_link_on_the_way_to_a_record_is_an_error(path: str, small: SiteDriver) -> None:
    place = small.root / path
    place.rename(small.root.parent / "moved")
    place.symlink_to(small.root.parent / "moved")
    found = [each for each in small.check().problems if each.code == "SEC-005"]
    assert [each.span.path for each in found] == [path]


def test_a_tracked_link_is_one_also_where_it_was_checked_out_as_a_file(tmp_path: Path) -> None:
    _git(tmp_path, "init", "-q")
    (tmp_path / "brands/a").mkdir(parents=True)
    (tmp_path / "brands/a/brand.yml").symlink_to("/etc/passwd")
    _git(tmp_path, "add", "-A")
    (tmp_path / "brands/a/brand.yml").unlink()
    (tmp_path / "brands/a/brand.yml").write_text("/etc/passwd")
    assert _codes(tmp_path) == [("SEC-005", "brands/a/brand.yml")]


def test_no_command_of_the_checkout_runs(small: SiteDriver, tmp_path: Path) -> None:
    """git would run what the configuration of a repository names."""
    proof = tmp_path / "proof"
    _git(small.root, "init", "-q")
    _git(small.root, "add", "-A")
    command = tmp_path / "evil"
    command.write_text(f"#!/bin/sh\ntouch {proof}\n")
    command.chmod(0o755)
    for name in ("core.fsmonitor", "core.sshCommand", "core.pager", "diff.external", "filter.x.clean"):
        _git(small.root, "config", name, str(command))
    proof.unlink(missing_ok=True)
    (small.root / ".gitattributes").write_text("* filter=x\n")
    done = run("check", "--root", str(small.root), "--as-of", "2026-06-01", cwd=tmp_path, PATH=f"{small.root}:{os.environ['PATH']}")
    assert done.returncode == 0, done.stdout.decode()
    assert not proof.exists()


# -- git's index -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("digest", ["sha1", "sha256"])
@pytest.mark.parametrize("version", ["2", "3", "4"])
@pytest.mark.parametrize("split", [False, True])
def test_the_index_is_read_as_git_reads_it(digest: str, version: str, split: bool, tmp_path: Path) -> None:
    _git(tmp_path, "init", "-q", f"--object-format={digest}")
    for number in range(12):
        file = tmp_path / f"brands/中{number}/x{'y' * number}"
        file.parent.mkdir(parents=True)
        file.write_text("x")
    (tmp_path / "link").symlink_to("x")
    _git(tmp_path, "add", "-A")
    _git(tmp_path, "update-index", "--index-version", version)
    if version == "3":  # only an entry with more flags makes git write it
        (tmp_path / "intended").write_text("")
        _git(tmp_path, "add", "-N", "intended")
    if split:
        _git(tmp_path, "update-index", "--split-index")
        (tmp_path / "late").write_text("1")
        (tmp_path / "link").unlink()
        (tmp_path / "link").symlink_to("elsewhere")
        _git(tmp_path, "add", "-A")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=tmp_path, capture_output=True, check=True).stdout
    found = gitindex.tracked(tmp_path)
    assert found is not None
    assert {each.path for each in found} == set(listed.decode().split("\0")[:-1])
    assert {each.path for each in found if each.is_link} == {"link"}


def test_a_second_work_tree_has_its_own_index(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/x").write_text("x")
    _git(tmp_path / "a", "init", "-q")
    _git(tmp_path / "a", "add", "-A")
    _git(tmp_path / "a", "commit", "-qm", "x")
    _git(tmp_path / "a", "worktree", "add", "-q", str(tmp_path / "b"))
    (tmp_path / "b/y").write_text("y")
    _git(tmp_path / "b", "add", "-A")
    found = gitindex.tracked(tmp_path / "b")
    assert found is not None and [each.path for each in found] == ["x", "y"]


@given(st.binary(max_size=400), st.integers(2, 4), st.integers(0, 5))
def test_no_index_breaks_the_reader(body: bytes, version: int, count: int) -> None:
    for content in (body, b"DIRC" + version.to_bytes(4) + count.to_bytes(4) + body):
        for size in (20, 32):
            try:
                names, end = gitindex._entries(content, size)
            except (ValueError, IndexError):
                continue
            assert len(names) <= count and end <= len(content)


@pytest.mark.parametrize("damage", ["cut", "zeros", "text", "empty", "folder", "pipe", "link"])
def test_an_index_that_nobody_can_read_is_told(damage: str, tmp_path: Path, victim: Path) -> None:
    (tmp_path / "x").write_text("x")
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "-A")
    index = tmp_path / ".git/index"
    content = index.read_bytes()
    index.unlink()
    if damage in ("folder", "pipe", "link"):
        _plant(index, damage, victim / "passwd", victim)
    else:
        index.write_bytes({"cut": content[:40], "zeros": bytes(len(content)), "text": b"hello", "empty": b""}[damage])
    assert _codes(tmp_path) == [("SEC-014", "site_config.yml")]
    assert CATALOGUE["SEC-014"].level == "warning"


# -- folders that a person names ---------------------------------------------------------------------------------------

@pytest.mark.parametrize(("command", "out"), [("build", "dist/site"), ("build", "dist/../dist/x"), ("schema", "dist")])
def test_out_leads_through_no_link_of_the_checkout(command: str, out: str, small: SiteDriver, victim: Path) -> None:
    (small.root / "dist").symlink_to(victim, target_is_directory=True)
    done = run(command, "--out", out, cwd=small.root)
    assert done.returncode == 2 and b"dist" in done.stderr, done.stderr.decode()


@pytest.mark.parametrize("kind", ["inside", "link", "shared", "below a link"])
def test_a_cache_that_others_can_reach_is_refused(kind: str, small: SiteDriver, tmp_path: Path, victim: Path) -> None:
    cache = small.root / "kept" if kind == "inside" else tmp_path / "kept"
    if kind == "link":
        cache.symlink_to(victim, target_is_directory=True)
    elif kind == "shared":
        cache.mkdir()
        cache.chmod(0o777)
    elif kind == "below a link":
        (small.root / "kept").symlink_to(victim, target_is_directory=True)
        cache = small.root / "kept/below"
    done = run("check", "--cache", str(cache), cwd=small.root)
    assert done.returncode == 2 and b"--cache" in done.stderr and done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("kind", ["link", "dangling", "hard link", "pipe"])
def test_schemas_are_written_through_no_link(kind: str, small: SiteDriver, victim: Path) -> None:
    _plant(small.root / "docs/schema/brand.json", kind, victim / "passwd", victim)
    done = CliRunner().invoke(exhibit, ["schema", "--root", str(small.root), "--out", str(small.root / "docs/schema")], obj=Screen())
    assert done.exit_code == 0
    assert plainfiles.is_plain(small.root / "docs/schema/brand.json")


def test_headers_are_read_from_no_link_and_look_through_no_disk(small: SiteDriver, victim: Path) -> None:
    small.build()
    page = small.out / "about/index.html"
    for kind in ("link", "pipe", "dangling"):
        page.unlink()
        _plant(page, kind, victim / "passwd", victim)
        done = CliRunner().invoke(exhibit, ["headers", "--for", "static", "--root", str(small.root), "--out", str(small.out)], obj=Screen())
        assert done.exit_code != 0
    done = CliRunner().invoke(exhibit, ["headers", "--for", "static", "--root", str(small.root), "--out", "/"], obj=Screen())
    assert done.exit_code != 0


@pytest.mark.parametrize("cache", ["/", "..", "."])
def test_a_cache_is_a_folder_of_its_own(cache: str, small: SiteDriver) -> None:
    with pytest.raises(CannotDo):
        check_cache((small.root / cache), small.root, "zh")


def test_a_reader_of_plain_files_waits_for_nothing(tmp_path: Path, victim: Path) -> None:
    for number, kind in enumerate(KINDS):
        _plant(tmp_path / str(number), kind, victim / "passwd", victim)
        found = plainfiles.read(tmp_path / str(number), 100)
        assert found == (b"PRECIOUS" if kind == "hard link" else None)
    assert plainfiles.read(victim / "passwd", 7) is None
    assert sys.platform != "linux" or plainfiles.read(Path("/dev/zero"), 100) is None
