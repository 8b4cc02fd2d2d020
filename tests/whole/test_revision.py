"""Where a page comes from: the manifest names the commit, and ties each page to its record and that one's texts."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageOps

from generator import __version__
from generator.publishing.manifest import read_manifest
from generator.system.resources import THEME
from generator.themes.basis import Basis
from tests.helpers.driver import SiteDriver
from tests.helpers.repositories import committed, git

BRAND, PAGE = "brands/qingfeng/brand.yml", "brands/qingfeng/index.html"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git makes what is read here")


def _manifest(site: SiteDriver) -> dict[str, Any]:
    assert site.build().is_published(), site.problems
    found = read_manifest(site.out)
    assert found is not None
    return found


def _at(root: Path) -> SiteDriver:
    """The site at ``root`` of another work tree."""
    site = SiteDriver(root)
    site.out = root.parent / "other-out"
    return site


def _packed(site: SiteDriver, name: str) -> SiteDriver:
    git(site.root, "gc", "-q", "--prune=now")
    assert not (site.root / ".git/refs/heads/main").exists()
    return site


def _detached(site: SiteDriver, name: str) -> SiteDriver:
    git(site.root, "checkout", "-q", "--detach")
    return site


def _work_tree(site: SiteDriver, name: str) -> SiteDriver:
    git(site.root, "worktree", "add", "-q", "-b", "other", "../other")
    assert (site.root.parent / "other/.git").is_file()
    return _at(site.root.parent / "other")


def _shallow(site: SiteDriver, name: str) -> SiteDriver:
    git(site.root.parent, "clone", "-q", "--depth=1", f"file://{site.root}", "other")
    assert (site.root.parent / "other/.git/shallow").is_file()
    return _at(site.root.parent / "other")


def _separate(site: SiteDriver, name: str) -> SiteDriver:
    git(site.root, "init", "-q", "--separate-git-dir", "../elsewhere")
    return site


FORMS: dict[str, Callable[[SiteDriver, str], SiteDriver]] = {
    "as it is": lambda site, name: site,
    "packed": _packed,
    "detached": _detached,
    "another work tree": _work_tree,
    "shallow": _shallow,
    "git elsewhere": _separate,
}


@needs_git
@pytest.mark.parametrize("form", FORMS)
def test_the_manifest_names_the_commit_and_says_whether_the_sources_differ(form: str, small: SiteDriver) -> None:
    committed(small.root, "before")
    small.edit(BRAND, "slogan: 清风徐来", "slogan: 清风常在")
    name = committed(small.root)
    site = FORMS[form](small, name)
    assert _manifest(site)["revision"] == {"commit": name, "differs": False}
    site.edit(BRAND, "slogan: 清风常在", "slogan: 清风又来")
    assert _manifest(site)["revision"] == {"commit": name, "differs": True}
    site.edit(BRAND, "slogan: 清风又来", "slogan: 清风常在")
    assert _manifest(site)["revision"] == {"commit": name, "differs": False}


@needs_git
def test_a_site_may_be_a_folder_of_a_repository(small: SiteDriver) -> None:
    name = committed(small.root.parent)
    (small.root.parent / "beside.txt").write_text("not of this site")
    assert _manifest(small)["revision"] == {"commit": name, "differs": False}


def _other_picture(site: SiteDriver) -> None:
    file = site.root / "brands/qingfeng/img/hall.jpg"
    with Image.open(file) as picture:
        other = ImageOps.mirror(picture.convert("RGB"))
    other.save(file, "JPEG")


OTHERS: dict[str, Callable[[SiteDriver], object]] = {
    "a picture": _other_picture,
    "a new text": lambda site: site.write("content/about/new.md", "---\ntitle: 新的一页\nstatus: published\npublished_on: 2024-05-01\n---\n\n这里写一段话。\n"),
    "one that is gone": lambda site: site.remove("content/about/new.md"),
    "the configuration": lambda site: site.write("site_config.yml", "# new\n" + (site.root / "site_config.yml").read_text("utf-8")),
}


@needs_git
@pytest.mark.parametrize("what", OTHERS)
def test_whatever_it_is_that_differs_is_seen(what: str, small: SiteDriver) -> None:
    if what == "one that is gone":
        OTHERS["a new text"](small)
    committed(small.root)
    OTHERS[what](small)
    assert _manifest(small)["revision"]["differs"] is True
    committed(small.root)
    assert _manifest(small)["revision"]["differs"] is False


@needs_git
def test_a_theme_of_the_site_counts_where_it_is_used(small: SiteDriver) -> None:
    shutil.copytree(THEME, small.root / "theme")
    committed(small.root)
    style = small.root / "theme/assets/css/09-cards.css"
    style.write_text(style.read_text("utf-8") + "\n.card { color: #123456; }\n", "utf-8")
    assert _manifest(small)["revision"]["differs"] is False
    small.build(basis=Basis(small.root / "theme", small.root))
    found = read_manifest(small.out)
    assert found is not None and found["revision"]["differs"] is True


@needs_git
def test_of_a_commit_whose_folders_are_not_there_it_is_not_said(small: SiteDriver) -> None:
    name = committed(small.root)
    tree = git(small.root, "rev-parse", "HEAD:brands")
    (small.root / ".git/objects" / tree[:2] / tree[2:]).unlink()
    assert _manifest(small)["revision"] == {"commit": name, "differs": None}


def test_without_git_no_commit_is_named(small: SiteDriver) -> None:
    found = _manifest(small)
    assert "revision" not in found and found["generator"] == __version__ and found["as_of"] == "2024-05-01"
    assert found["records"]["brands/qingfeng/"]["record"] == "brand:qingfeng"


def test_each_page_of_a_record_names_it_and_the_digest_of_its_texts(small: SiteDriver) -> None:
    found = _manifest(small)
    assert {each["record"].partition(":")[0] for each in found["records"].values()} >= {"brand", "unit"}
    for address, told in found["records"].items():
        page = (small.out / address / "index.html").read_text("utf-8")
        named = {each["propertyID"]: each["value"] for each in _graph(page)["identifier"]}
        expected = {"record": told["record"], "sources": f"sha256:{told['digest']}", "generator": f"exhibit {__version__}", "content": found["as_of"]}
        assert named == expected, address
        up = "../" * address.count("/")
        assert f'<link rel="describedby" type="application/json" href="{up}manifest.json">' in page, address
        lines = "".join(f"{digest}  {path}\n" for path, digest in told["texts"].items())
        assert _sum(lines) == told["digest"]


def _sum(text: str) -> str:
    done = subprocess.run(["sha256sum"], input=text.encode(), capture_output=True, check=True)
    return done.stdout.split()[0].decode()


def _graph(page: str) -> dict[str, Any]:
    text = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    return json.loads(text)["@graph"][0]  # type: ignore[no-any-return]


def test_the_digests_are_those_of_the_texts(small: SiteDriver) -> None:
    found = _manifest(small)["records"]
    texts = found["brands/qingfeng/"]["texts"]
    assert {BRAND, "brands/qingfeng/story.md"} <= texts.keys() and [*texts] == sorted(texts)
    told = subprocess.run(["sha256sum", *texts], cwd=small.root, capture_output=True, text=True, check=True).stdout
    assert told == "".join(f"{digest}  {path}\n" for path, digest in texts.items())
    (row,) = [each["texts"] for each in found.values() if each["record"] == "unit:school-office"]
    units = (small.root / "content/units.yml").read_text("utf-8")
    own = units[units.index("- id: school-office") : units.index("- id: old-school-office")]
    assert row == {"content/units.yml#school-office": _sum(own)}


def _files(site: SiteDriver) -> dict[str, bytes]:
    return {each.relative_to(site.out).as_posix(): each.read_bytes() for each in site.out.rglob("*") if each.is_file()}


@needs_git
def test_a_commit_that_changes_no_source_makes_only_the_manifest_anew(small: SiteDriver) -> None:
    committed(small.root)
    small.build()
    before, inodes = _files(small), {each: each.stat().st_ino for each in small.out.rglob("*") if each.is_file()}
    name = committed(small.root, "another")
    assert _manifest(small)["revision"]["commit"] == name
    now = _files(small)
    assert now.keys() == before.keys() and {each for each in now if now[each] != before[each]} == {"manifest.json"}
    assert [each.name for each, inode in inodes.items() if each.stat().st_ino != inode] == ["manifest.json"]


def test_a_remark_in_a_text_makes_the_page_of_its_record_anew_and_no_other(small: SiteDriver) -> None:
    small.with_brands("other").build()
    before = _files(small)
    small.write(BRAND, (small.root / BRAND).read_text("utf-8") + "# seen\n").build()
    now = _files(small)
    assert {each for each in now if now[each] != before[each]} == {"manifest.json", PAGE}
