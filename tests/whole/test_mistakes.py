"""What clerks do wrong, one mistake at a time: the code, the place, and a remedy that says what to type."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.clerk import BRAND, RECORD, Mistake, site_of
from tests.helpers.clerk_mistakes import MISTAKES
from tests.helpers.driver import SiteDriver
from tests.helpers.places import SITES

OURS = ("SCH", "DAT", "REF", "ID", "IMG", "PII", "SEC", "CFG")  # families of which nothing else may be told


@pytest.mark.few(40)
@pytest.mark.parametrize("mistake", MISTAKES, ids=[each.name for each in MISTAKES])
def test_a_mistake_is_told_once_at_its_place_with_what_to_type(mistake: Mistake, tmp_path: Path) -> None:
    driver = site_of(SiteDriver.copy("good/small", tmp_path))
    mistake.make(driver)
    driver.check()
    wanted = {each[:4] for each in mistake.told}
    found = {(each.code, *each.span): each for each in driver.problems}
    others = {place for place, each in found.items() if each.code.partition("-")[0] in OURS} - wanted
    assert wanted <= set(found), driver.lines()
    assert not others, driver.lines()
    for *place, remedy in mistake.told:
        told = found[tuple(place)]  # type: ignore[index]
        assert remedy in told.remedy("zh"), told.remedy("zh")
        assert told.text("en") and told.remedy("en")
    assert len(driver.problems) == len(set(driver.problems))


def test_all_mistakes_of_a_clerks_file_come_in_one_run_and_the_command_fails(tmp_path: Path) -> None:
    """The file of the bad site: each mistake once, at its line, and exit code 1."""
    driver = SiteDriver.copy("bad/clerk", tmp_path)
    command = [sys.executable, "-m", "generator", "check", "--root", str(driver.root), "--as-of", "2026-06-01"]
    done = subprocess.run(
        [*command, "--cache", str(tmp_path / "cache"), "--format", "json"],
        capture_output=True,
        check=False,
        cwd=SITES.parent.parent,
    )
    assert done.returncode == 1, done.stderr
    rows = json.loads(done.stdout)["problems"]
    assert [(each["line"], each["code"]) for each in rows if each["path"].endswith("brand.yml")] == [
        *((3, "SCH-020"), (4, "SCH-002"), (5, "REF-001"), (7, "SCH-003"), (9, "DAT-001"), (12, "SCH-011")),
        *((16, "SCH-022"), (21, "SCH-023"), (23, "PII-002"), (23, "SEC-003"), (28, "TXT-053"), (30, "SEC-006")),
        *((35, "TXT-056"), (37, "SCH-024")),
    ]
    assert all(each["path"].endswith("brand.yml") for each in rows)


def test_pictures_that_are_missing_too_come_in_the_same_run(tmp_path: Path) -> None:
    """Also the one whose path is written as Windows writes it: put right, it would lead nowhere."""
    driver = SiteDriver.copy("bad/clerk", tmp_path).remove("brands/yixian-sudi/img").check()
    told = driver.codes()
    assert len(told) == len(set(told))
    record = "brands/yixian-sudi/brand.yml"
    for code, line in (("IMG-001", 11), ("SEC-006", 30), ("IMG-001", 30), ("TXT-056", 35), ("SCH-024", 37)):
        assert (code, record, line) in told, driver.lines()


@pytest.mark.parametrize(
    ("where", "is_told"),
    [
        ("www.example.gov.cn", True),
        ("example.gov.cn/a/b.html?x=1", True),
        ("WWW.Example.com:8080/a", True),
        ("https://example.gov.cn", False),
        ("市政府网站 www.example.gov.cn", False),
        ("第3版", False),
        ("GB/T 7714-2015", False),
        ("2024.5", False),
        ("report.pdf", False),
        ("jgdw@example.gov.cn", False),
    ],
)
def test_an_address_nobody_could_follow_is_told(where: str, is_told: bool, tmp_path: Path) -> None:
    driver = site_of(SiteDriver.copy("good/small", tmp_path))
    driver.write(RECORD, BRAND.replace("https://example.gov.cn/a.html", where)).check()
    assert ("TXT-056" in [code for code, _, _ in driver.codes()]) is is_told, driver.lines()
