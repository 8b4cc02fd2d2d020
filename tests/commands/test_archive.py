"""``exhibit archive`` as a shell sees it: what it writes and what it refuses, and its exit codes."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.archive.verify import verify
from generator.ledger import locks
from generator.publishing.manifest import read_manifest
from tests.helpers.driver import SiteDriver
from tests.helpers.freezing import DAY, LOCK, NOW, YEAR, city, digests, freeze, frozen
from tests.helpers.processes import COMMAND, environment, here, run, said

BRAND = "brands/qingfeng/brand.yml"


@pytest.fixture
def site(tmp_path: Path) -> SiteDriver:
    return city(tmp_path)


def _same(site: SiteDriver) -> dict[str, str]:
    return digests(site.root)


def test_a_year_is_frozen_with_its_deposit_and_its_lock(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    code, told = freeze(site, monkeypatch)
    assert code == 0, told
    folder, lock = frozen(site), yaml.safe_load((site.root / LOCK).read_text("utf-8"))
    found = digests(folder)
    assert (lock["digest"], lock["files"]) == (locks.digest_of(found), len(found))
    assert lock["bytes"] == sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
    assert (str(lock["frozen_on"]), lock["commit"], lock["year"]) == (DAY, "", int(YEAR))
    assert lock["digest"] in told and f"archives/{YEAR}/" in told
    assert not [each for each in (site.root / "archives").iterdir() if each.name != YEAR]
    assert not verify(folder).has_failed and not verify(site.root / f"deposit-{YEAR}").has_failed
    bag = site.root / f"deposit-{YEAR}" / f"exhibition-{YEAR}" / "data"
    assert digests(bag / YEAR) == found
    assert (bag / "versions/brands/index.html").is_file() and (bag / "versions/index.html").is_file()
    crate = json.loads((bag / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    (page,) = [each for each in crate if each["@id"] == f"{YEAR}/brands/qingfeng/index.html"]
    assert page["isBasedOn"] == [{"@id": f"{YEAR}/archive/records/{BRAND}"}]


def test_the_deposit_is_named_as_it_is_found_from_here(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    code, told = freeze(site, monkeypatch)
    assert code == 0 and f"Deposit to be handed over: deposit-{YEAR}/\n" in told, told
    code, told = freeze(site, monkeypatch, "--out", str(site.root / "given"))
    assert code == 0 and "Deposit to be handed over: given/\n" in told, told
    code, told = freeze(site, monkeypatch, "--out", str(site.root.parent / "elsewhere"))
    assert code == 0 and f"Deposit to be handed over: {site.root.parent}/elsewhere/\n" in told, told


def test_what_is_read_in_english_is_english(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("site_config.yml", (site.root / "site_config.yml").read_text("utf-8") + "archive:\n  retention: 30年\n")
    assert freeze(site, monkeypatch)[0] == 0
    names = [yaml.safe_load((site.root / "site_config.yml").read_text("utf-8"))[each] for each in ("name",)]
    names += ["小城机关工委", "·2024年", "目录文件", "电子档案元数据", "其他", "说明文件"]
    deposit = site.root / f"deposit-{YEAR}"
    for file in (deposit / "README.txt", frozen(site) / "README.txt", deposit / f"exhibition-{YEAR}-handover/说明文件.TXT"):
        chinese, english = re.split(r"(?=This is the (?:deposit|frozen)|, a folder for an archive office)", file.read_text("utf-8"), maxsplit=1)
        for each in names:
            english = english.replace(each, "")
        assert "30年" in chinese and "没有使用 git" in chinese and "没有写明" in chinese, file
        assert "30 years" in english and "not stated" in english and re.findall("[\u4e00-\u9fff]+", english) == [], file


def test_its_index_ties_each_page_to_its_record(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    assert freeze(site, monkeypatch)[0] == 0
    folder = frozen(site)
    index, found = json.loads((folder / "archive/archive.json").read_text("utf-8")), digests(folder)
    own = set(found) - {"archive/archive.json", "manifest.json"}
    assert (index["format"], index["version"], index["files"]) == ("exhibition-archive", 1, len(own))
    assert index["bytes"] == sum((folder / name).stat().st_size for name in own)
    (row,) = [each for each in index["records"] if each["kind"] == "brand"]
    assert row == {
        "kind": "brand",
        "id": "qingfeng",
        "title": "清风",
        "address": "brands/qingfeng/",
        "page": "brands/qingfeng/index.html",
        "sha256": found["brands/qingfeng/index.html"],
        "source": f"archive/records/{BRAND}",
        "dated": "2024-05-01",
    }
    for each in index["records"]:
        assert found[each["page"]] == each["sha256"] and each["source"] in found
    manifest = read_manifest(folder)
    assert manifest is not None and manifest["frozen"] == {"on": DAY, "commit": "", "generator": index["generator"]}
    assert set(manifest["files"]) == set(found) - {"manifest.json"}


def test_every_page_says_that_it_is_frozen_and_leads_to_later_states(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    assert freeze(site, monkeypatch)[0] == 0
    folder = frozen(site)
    pages = [each for each in folder.rglob("*.html") if '<header class="masthead' in each.read_text("utf-8")]
    assert len(pages) > 10
    for each in pages:
        text, up = each.read_text("utf-8"), "../" * (len(each.relative_to(folder).parts) - 1)
        assert "2024年封存版" in text and "2026年1月15日封存" in text, each
        assert f'href="{up}archive/index.html"' in text, each
        assert f'href="{up}../versions/' in text, each
    assert "../../../versions/brands/index.html#qingfeng" in (folder / "brands/qingfeng/index.html").read_text("utf-8")
    start = (folder / "archive/index.html").read_text("utf-8")
    assert "sha256sum" in start and "archive/records/" in start and "没有使用 git" in start
    readme = (folder / "README.txt").read_text("utf-8")
    assert "从这里看起" in readme and "Begin here" in readme and DAY in readme


def test_frozen_once_more_it_is_unchanged_and_nothing_is_written(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    assert freeze(site, monkeypatch)[0] == 0
    before = _same(site)
    times = {each: each.stat().st_mtime_ns for each in site.root.rglob("*") if each.is_file()}
    for on in (DAY, "2027-03-03", ""):
        code, told = freeze(site, monkeypatch, on=on)
        assert code == 0 and "frozen already and unchanged" in told, told
        assert _same(site) == before
    assert {each: each.stat().st_mtime_ns for each in site.root.rglob("*") if each.is_file()} == times


def test_frozen_with_other_content_it_is_refused_and_the_files_are_named(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    assert freeze(site, monkeypatch)[0] == 0
    site.edit(BRAND, "slogan: 清风徐来", "slogan: 清风常在")
    before = _same(site)
    code, told = freeze(site, monkeypatch)
    assert code == 1 and "ARC-022" in told, told
    assert f"archives/{YEAR}/archive/records/{BRAND}" in told and "exhibit thaw" in told and "nothing was written" in told
    assert re.search(rf"^{BRAND}:1:1 error ARC-022", told, re.MULTILINE), told
    assert len([line for line in told.splitlines() if "ARC-022" in line]) == 1  # the record, not every page that shows it
    assert _same(site) == before


def test_what_is_published_later_does_not_change_a_frozen_year(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    assert freeze(site, monkeypatch)[0] == 0
    site.copy_folder("brands/qingfeng", "brands/later").edit("brands/later/brand.yml", "id: qingfeng", "id: later")
    site.edit("brands/later/brand.yml", "name: 清风\n", "name: 后来窗口\n").edit("brands/later/brand.yml", "published_on: 2024-05-01", "published_on: 2025-05-01")
    code, told = freeze(site, monkeypatch)
    assert code == 0 and "unchanged" in told and "1 records of this year were published after its end" in told, told


def test_a_lost_folder_or_deposit_is_made_again(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    assert freeze(site, monkeypatch)[0] == 0
    before = _same(site)
    shutil.rmtree(frozen(site))
    code, told = freeze(site, monkeypatch, on="")
    assert code == 0 and "made again" in told and _same(site) == before, told
    shutil.rmtree(site.root / f"deposit-{YEAR}")
    assert freeze(site, monkeypatch, on="")[0] == 0 and _same(site) == before


def test_a_changed_folder_and_a_changed_lock_are_refused(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    assert freeze(site, monkeypatch)[0] == 0
    page, lock = frozen(site) / "index.html", site.root / LOCK
    whole, text = page.read_bytes(), lock.read_text("utf-8")
    page.write_bytes(whole + b"<!-- -->")
    code, told = freeze(site, monkeypatch)
    assert code == 1 and f"exhibit verify archives/{YEAR}" in told, told
    row = next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith("digest: "))
    assert re.search(rf"^{LOCK}:{row}:9 error ARC-023", told, re.MULTILINE), told
    page.write_bytes(whole)
    digest = yaml.safe_load(text)["digest"]
    lock.write_text(text.replace(digest, "0" * 64), "utf-8")
    assert freeze(site, monkeypatch)[0] == 1
    shutil.rmtree(frozen(site))
    code, told = freeze(site, monkeypatch)
    assert code == 1 and "ARC-022" in told and not frozen(site).exists(), told
    lock.write_text(text.replace('generator: "', 'generator: "99.'), "utf-8")
    code, told = freeze(site, monkeypatch)
    assert code == 2 and "newer version 99." in told, told
    lock.write_text("year: [", "utf-8")
    code, told = freeze(site, monkeypatch)
    assert code == 1 and f"{LOCK}:1" in told and "nothing was written" in told, told


def test_thawed_it_is_frozen_again_with_other_content(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    assert freeze(site, monkeypatch)[0] == 0
    lock = site.root / LOCK
    digest = yaml.safe_load(lock.read_text("utf-8"))["digest"]
    lock.write_text(lock.read_text("utf-8") + f'thawed:\n- on: 2026-02-01\n  by: "机关工委"\n  reason: "图片放错"\n  digest: "{digest}"\n', "utf-8")
    site.edit(BRAND, "slogan: 清风徐来", "slogan: 清风常在")
    code, told = freeze(site, monkeypatch, on="2026-02-02")
    assert code == 2 and "no deposit of 2024 as it is now" in told, told
    code, told = freeze(site, monkeypatch, "--out", "second", on="2026-02-02")
    assert code == 0 and "frozen again" in told, told
    now = yaml.safe_load(lock.read_text("utf-8"))
    assert now["digest"] != digest == now["thawed"][0]["digest"] and str(now["frozen_on"]) == "2026-02-02"
    assert "清风常在" in (frozen(site) / "brands/qingfeng/index.html").read_text("utf-8")
    assert freeze(site, monkeypatch, "--out", "second")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "on", "words"),
    [
        ((), "", "git commit"),
        (("--as-of", "2024-12-31"), DAY, "not over"),
        ((), "2024-12-31", "before the end"),
        (("--out", "brands/x"), DAY, "brands"),
        (("--out", "archives/2023"), DAY, "archives"),
        (("--key", "missing.key"), DAY, "missing.key"),
    ],
)
def test_what_cannot_be_done_writes_nothing(
    arguments: tuple[str, ...], on: str, words: str, site: SiteDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _same(site)
    code, told = freeze(site, monkeypatch, *arguments, on=on)
    assert code == 2 and words in told, told
    assert _same(site) == before and not (site.root / "archives").exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ("2024年还没有过完，不能封存", "是用更新的版本 99.", "请用 99.")), ("en", ("2024 is not over", "frozen by the newer version 99.", "Use version 99."))],
)
def test_what_cannot_be_done_is_said_in_both_languages(language: str, words: tuple[str, ...], site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    code, told = freeze(site, monkeypatch, "--lang", language, "--as-of", "2024-12-31")
    assert code == 2 and words[0] in told and not (site.root / "archives").exists(), told
    assert freeze(site, monkeypatch)[0] == 0
    lock = site.root / LOCK
    lock.write_text(lock.read_text("utf-8").replace('generator: "', 'generator: "99.'), "utf-8")
    before = _same(site)
    code, told = freeze(site, monkeypatch, "--lang", language)
    assert code == 2 and all(each in told for each in words[1:]) and _same(site) == before, told


@pytest.mark.parametrize("year", ["24", "20244", "abcd", "1066", "２０２４"])
def test_what_is_no_year_is_said(year: str, site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    assert freeze(site, monkeypatch, year=year)[0] == 2


def test_records_that_wait_stop_it_all_at_once_at_their_lines(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    for id, old, new in (
        ("draft", "status: published", "status: draft"),
        ("review", "status: published", "status: review"),
        ("ahead", "published_on: 2024-05-01", "published_on: 2026-07-01"),
        ("next", "year: 2024", "year: 2025"),
    ):
        site.copy_folder("brands/qingfeng", f"brands/{id}").edit(f"brands/{id}/brand.yml", "id: qingfeng", f"id: {id}")
        site.edit(f"brands/{id}/brand.yml", old, new)
    site.edit("brands/next/brand.yml", "status: published", "status: draft")
    site.copy_folder("brands/draft", "brands/broken").edit("brands/broken/brand.yml", "id: draft", "id: broken")
    site.edit("brands/broken/brand.yml", "unit: court\n", "")
    code, told = freeze(site, monkeypatch)
    lines = [line for line in told.splitlines() if "ARC-020" in line]
    assert code == 1 and [line.split(":")[0] for line in lines] == [f"brands/{id}/brand.yml" for id in ("ahead", "broken", "draft", "review")], told
    text = (site.root / "brands/ahead/brand.yml").read_text("utf-8").splitlines()
    row = next(number for number, line in enumerate(text, 1) if "2026-07-01" in line)
    assert lines[0].startswith(f"brands/ahead/brand.yml:{row}:")
    assert not (site.root / "archives").exists() and not (site.root / LOCK).exists() and not (site.root / f"deposit-{YEAR}").exists()


@pytest.mark.parametrize(("old", "new", "state"), [("status: published", "status: draft", "草稿"), ("status: published", "status: review", "审核中"), ("published_on: 2024-05-01", "published_on: 2026-07-01", "2026")])
def test_one_record_that_waits_is_enough(old: str, new: str, state: str, site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    site.copy_folder("brands/qingfeng", "brands/late").edit("brands/late/brand.yml", "id: qingfeng", "id: late")
    site.edit("brands/late/brand.yml", "name: 清风\n", "name: 迟来窗口\n").edit("brands/late/brand.yml", old, new)
    before = _same(site)
    row = (site.root / "brands/late/brand.yml").read_text("utf-8").splitlines().index(new) + 1
    for language, words, stopped in (("zh", "错误 ARC-020", "没有封存，什么也没有写"), ("en", "error ARC-020", "Nothing was frozen and nothing was written")):
        code, told = freeze(site, monkeypatch, "--lang", language)
        assert code == 1 and re.search(rf"^brands/late/brand.yml:{row}:\d+ {words}", told, re.MULTILINE) and stopped in told, told
        assert language == "en" or state in told
    assert _same(site) == before


def test_mistakes_in_records_stop_it(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    site.edit(BRAND, "unit: court", "unit: nobody")
    code, told = freeze(site, monkeypatch)
    assert code == 1 and "REF-001" in told and not (site.root / "archives").exists(), told


def test_the_day_and_the_commit_come_from_git(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("git") is None:
        pytest.skip("git makes what is read here")
    who = {f"GIT_{one}_{what}": text for one in ("AUTHOR", "COMMITTER") for what, text in (("NAME", "a"), ("EMAIL", "a@b"), ("DATE", "2026-02-03T09:00:00+0800"))}
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "all")):
        subprocess.run(["git", *arguments], cwd=site.root, env={**os.environ, **who}, check=True)
    name = subprocess.run(["git", "rev-parse", "HEAD"], cwd=site.root, capture_output=True, text=True, check=True).stdout.strip()
    code, told = freeze(site, monkeypatch, on="")
    assert code == 0, told
    lock = yaml.safe_load((site.root / LOCK).read_text("utf-8"))
    assert (lock["commit"], str(lock["frozen_on"])) == (name, "2026-02-03")
    page = (frozen(site) / "brands/qingfeng/index.html").read_text("utf-8")
    assert name[:12] in page and f'"propertyID":"commit","value":"{name}"' in page and '"value":"brand:qingfeng"' in page
    subprocess.run(["git", "commit", "-qm", "later", "--allow-empty"], cwd=site.root, env={**os.environ, **who}, check=True)
    assert "unchanged" in freeze(site, monkeypatch, on="")[1]


def test_what_is_not_committed_is_not_frozen_as_if_it_were(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("git") is None:
        pytest.skip("git makes what is read here")
    who = {f"GIT_{one}_{what}": text for one in ("AUTHOR", "COMMITTER") for what, text in (("NAME", "a"), ("EMAIL", "a@b"), ("DATE", "2026-02-03T09:00:00+0800"))}

    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=site.root, env={**os.environ, **who}, check=True)

    git("init", "-q")
    git("add", "site_config.yml", "content")
    git("commit", "-qm", "all but the brands")
    config = (site.root / "site_config.yml").read_text("utf-8")
    site.write("site_config.yml", f"# of the city\n{config}")
    code, told = freeze(site, monkeypatch, on="")
    assert code == 1 and not (site.root / "archives").exists() and not (site.root / "deposit-2024").exists(), told
    for path in ("site_config.yml", BRAND, "brands/qingfeng/story.md"):
        assert re.search(rf"^{path}:1:1 .*ARC-027", told, re.MULTILINE), told
    assert "content/units.yml" not in told and told.count("ARC-027") > 3
    git("add", "-A")
    git("commit", "-qm", "all")
    code, told = freeze(site, monkeypatch, on="")
    assert code == 0, told


def test_the_records_make_the_same_year_again(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    assert freeze(site, monkeypatch)[0] == 0
    records, cache = frozen(site) / "archive/records", str(site.root.parent / "cache")
    done = here(monkeypatch, "build", "--root", str(records), "--year", YEAR, "--out", "again", "--cache", cache, "--lang", "en", cwd=site.root.parent)
    assert done.returncode == 0, said(done)
    assert digests(site.root.parent / "again") == digests(frozen(site))
    done = here(monkeypatch, "build", "--root", str(records), "--out", "other", "--lang", "en", cwd=site.root.parent)
    assert done.returncode == 2 and f"--year {YEAR}" in said(done)


def _umasked(site: SiteDriver, jobs: str, umask: int, **more: str) -> None:
    command = [*COMMAND, "archive", YEAR, *NOW, "--on", DAY, "--jobs", jobs, "--cache", str(site.root.parent / "cache")]
    done = subprocess.run(command, cwd=site.root, env=environment(**more), umask=umask, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="a mask of permissions")
def test_two_machines_write_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name, jobs, umask, more in (
        ("a", "1", 0o022, {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        ("another folder 另一处", "2", 0o077, {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}),
    ):
        site = city(tmp_path / name)
        _umasked(site, jobs, umask, **more)
        made.append(_same(site))
        shutil.rmtree(frozen(site))
        shutil.rmtree(site.root / f"deposit-{YEAR}")
        (site.root / LOCK).unlink()
        _umasked(site, jobs, umask, **more)  # from a warm cache
        made.append(_same(site))
    assert made[0] == made[1] == made[2] == made[3]
    assert len(made[0]) > 300


@pytest.mark.skipif(sys.platform == "win32", reason="permissions")
def test_a_folder_that_cannot_be_written_is_said_and_there_is_no_lock(site: SiteDriver) -> None:
    (site.root / "archives").mkdir()
    (site.root / "archives").chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        done = run("archive", YEAR, *NOW, "--on", DAY, "--cache", str(site.root.parent / "cache"), cwd=site.root, powerless=True)
    finally:
        (site.root / "archives").chmod(0o755)
    assert done.returncode == 2, said(done)
    assert not (site.root / LOCK).exists() and not any((site.root / "archives").iterdir())
    assert not [each.name for each in site.root.iterdir() if each.name.endswith(".building")]


def test_what_a_killed_run_left_is_cleared_and_nothing_is_said_of_it(site: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (f".archive-{YEAR}.building/year", f".deposit-{YEAR}.building"):
        (site.root / name).mkdir(parents=True)
        (site.root / name / "half.html").write_text("half")
    assert here(monkeypatch, "check", "--lang", "en", *NOW, cwd=site.root).returncode == 0
    assert freeze(site, monkeypatch)[0] == 0
    assert not [each.name for each in site.root.iterdir() if each.name.endswith(".building")]
