"""``exhibit addresses`` as a shell sees it: what is printed and written, and how it ends."""

from __future__ import annotations

from subprocess import CompletedProcess

import pytest

from generator.ledger.lines import LEDGER
from tests.helpers.driver import SiteDriver
from tests.helpers.processes import run, said


def _addresses(site: SiteDriver, *arguments: str) -> CompletedProcess[bytes]:
    common = ("--as-of", "2026-06-01", "--cache", str(site.root.parent / "cache"))
    return run("addresses", *common, *arguments, cwd=site.root)


@pytest.fixture
def kept(small: SiteDriver) -> SiteDriver:
    done = _addresses(small, "--write")
    assert done.returncode == 0, said(done)
    return small


def test_it_prints_what_is_lacking_writes_it_and_has_nothing_more_to_say(small: SiteDriver) -> None:
    file = small.root / LEDGER
    asked = _addresses(small)
    assert asked.returncode == 0 and not file.exists()
    assert b"brands/qingfeng/\tbrand:qingfeng\t2024-05-01\n" in asked.stdout
    assert _addresses(small, "--check").returncode == 1 and not file.exists()
    done = _addresses(small, "--write")
    assert done.returncode == 0 and LEDGER in said(done)
    assert file.read_bytes() == asked.stdout, "to the byte"
    before = file.stat().st_mtime_ns
    for arguments in ((), ("--check",), ("--write",)):
        again = _addresses(small, *arguments)
        assert again.returncode == 0 and b"\t" not in again.stdout, said(again)
    assert file.stat().st_mtime_ns == before
    assert sorted(each.name for each in file.parent.iterdir() if each.name.startswith(".")) == []


def test_it_only_adds(kept: SiteDriver) -> None:
    before = (kept.root / LEDGER).read_text("utf-8").splitlines()
    kept.copy_folder("brands/qingfeng", "brands/neu").edit("brands/neu/brand.yml", "id: qingfeng", "id: neu")
    done = _addresses(kept, "--write", "--lang", "en")
    assert done.returncode == 0 and "Added 2 lines" in said(done)
    after = (kept.root / LEDGER).read_text("utf-8").splitlines()
    assert after == sorted(after)
    assert [each for each in after if each in before] == before
    assert {each.split("\t")[0] for each in after} - {each.split("\t")[0] for each in before} == {"brands/neu/", "b/neu/"}


@pytest.mark.parametrize("arguments", [(), ("--check",), ("--write",)], ids=str)
def test_a_site_with_errors_is_told_and_nothing_is_written(arguments: tuple[str, ...], kept: SiteDriver) -> None:
    kept.edit(LEDGER, "brands/qingfeng/\tbrand", "brands/qingfeng/ brand")
    before = (kept.root / LEDGER).read_bytes()
    done = _addresses(kept, *arguments)
    assert done.returncode == 1 and "URL-011" in said(done), said(done)
    assert (kept.root / LEDGER).read_bytes() == before


def test_a_loss_ends_the_check_and_the_build_with_1_and_a_tombstone_with_0(kept: SiteDriver) -> None:
    kept.copy_folder("brands/qingfeng", "brands/stays").edit("brands/stays/brand.yml", "id: qingfeng", "id: stays")
    for file in (kept.root / "content").rglob("*.md"):  # nothing that an author wrote leads to the brand
        file.write_text("\n".join(each for each in file.read_text("utf-8").splitlines() if "](" not in each) + "\n", "utf-8")
    kept.remove("brands/qingfeng")
    common = ("--as-of", "2026-06-01", "--cache", str(kept.root.parent / "cache"))
    for command in (("check",), ("check", LEDGER), ("build", "--out", "../out")):
        done = run(*command, *common, cwd=kept.root)
        assert done.returncode == 1 and "URL-001" in said(done), said(done)
    assert not (kept.root.parent / "out").exists()
    kept.write(
        "content/tombstones.yml",
        "- {address: brands/qingfeng/, what: 品牌“清风”, withdrawn_on: 2026-03-04, reason: 单位撤并, by: 机关工委办公室}\n",
    )
    for command in (("check",), ("check", LEDGER), ("check", "content/tombstones.yml"), ("build", "--out", "../out")):
        done = run(*command, *common, cwd=kept.root)
        assert done.returncode == 0, said(done)
    assert "已撤下" in (kept.root.parent / "out/b/qingfeng/index.html").read_text("utf-8")


def test_a_build_says_what_the_ledger_lacks_and_only_where_there_is_one(small: SiteDriver) -> None:
    common = ("build", "--out", "../out", "--as-of", "2026-06-01", "--cache", str(small.root.parent / "cache"), "--lang", "en")
    assert "addresses --write" not in said(run(*common, cwd=small.root))
    assert _addresses(small, "--write").returncode == 0
    assert "addresses --write" not in said(run(*common, cwd=small.root))
    small.copy_folder("brands/qingfeng", "brands/neu").edit("brands/neu/brand.yml", "id: qingfeng", "id: neu")
    for _ in range(2):  # also where nothing else has changed
        done = run(*common, cwd=small.root)
        assert done.returncode == 0 and "lacks 2 lines" in said(done), said(done)
    assert "lacks" not in said(run(*common, "--keep-going", "--out", "../preview", cwd=small.root))


def test_both_at_once_is_what_nobody_can_do(small: SiteDriver) -> None:
    done = _addresses(small, "--write", "--check")
    assert done.returncode == 2 and "--write" in said(done)
    assert not (small.root / LEDGER).exists()


def test_a_ledger_that_is_a_link_is_not_written_through(small: SiteDriver) -> None:
    elsewhere = small.root.parent / "elsewhere.tsv"
    elsewhere.write_text("", "utf-8")
    (small.root / LEDGER).symlink_to(elsewhere)
    done = _addresses(small, "--write")
    assert done.returncode == 1 and "SEC-005" in said(done)
    assert elsewhere.read_text("utf-8") == ""


def test_the_schema_of_tombstones_is_printed(small: SiteDriver) -> None:
    done = run("schema", "tombstones", cwd=small.root)
    assert done.returncode == 0 and b'"withdrawn_on"' in done.stdout
