"""Twenty faults in twenty records give twenty problems, each on its line, and the published site stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli.commands.main import exhibit
from tests.helpers.driver import SiteDriver

NAMES = [f"b{number:02}" for number in range(1, 21)]
BIDI = "\u202e"

Fault = tuple[str, Callable[[SiteDriver, str], object], str, str, int]


def _yml(name: str) -> str:
    return f"brands/{name}/brand.yml"


def _edit(old: str, new: str) -> Callable[[SiteDriver, str], object]:
    return lambda site, name: site.edit(_yml(name), old, new)


def _story(new: str) -> Callable[[SiteDriver, str], object]:
    return lambda site, name: site.write(f"brands/{name}/story.md", f"## 一\n\n正文。\n\n{new}\n")


def _truncate(site: SiteDriver, name: str) -> None:
    picture = f"brands/{name}/img/hall.jpg"
    raw = (site.root / picture).read_bytes()
    site.write(picture, raw[: len(raw) * 2 // 3])


def _link(site: SiteDriver, name: str) -> None:
    picture = site.root / f"brands/{name}/img/hall.jpg"
    picture.unlink()
    picture.symlink_to("/etc/hostname")


def _wrong_ending(site: SiteDriver, name: str) -> None:
    site.copy_file(f"brands/{name}/img/hall.jpg", f"brands/{name}/img/hall.png")
    site.edit(_yml(name), "src: img/hall.jpg", "src: img/hall.png")


FAULTS: tuple[Fault, ...] = (
    ("missing field", _edit("concept: 办案如清风，不留尘。\n", ""), "SCH-001", "brand.yml", 14),
    ("wrong type", _edit("year: 2024", "year: 二〇二四"), "SCH-003", "brand.yml", 6),
    ("unknown key", _edit("slogan: ", "slogon: "), "SCH-002", "brand.yml", 3),
    ("duplicate key", _edit("category: fazhi\n", "category: fazhi\nslogan: 再来一次\n"), "SCH-012", "brand.yml", 6),
    ("alias", _edit("background: 群众盼公正。", "background: *concept"), "SCH-013", "brand.yml", 16),
    ("tab indent", _edit("  src: img/logo.png", "\tsrc: img/logo.png"), "SCH-011", "brand.yml", 11),
    ("bad date", _edit("established_on: 2023-03-01", "established_on: 2023年3月1日"), "DAT-001", "brand.yml", 9),
    ("unknown unit", _edit("unit: court", "unit: cuort"), "REF-001", "brand.yml", 4),
    ("duplicate id", _edit("id: b09", "id: b01"), "ID-001", "brand.yml", 1),
    ("too long slogan", _edit("slogan: 清风徐来", "slogan: " + "清风徐来" * 8), "SCH-005", "brand.yml", 3),
    ("broken story link", _story("见[那里](../nowhere/brand.yml)。"), "LNK-001", "story.md", 5),
    ("script in a title", _edit("name: 清风", "name: <script>a()"), "SEC-003", "brand.yml", 2),
    ("script in a story", _story("<script>alert(1)</script>"), "SEC-004", "story.md", 5),
    ("traversal", _edit("src: img/hall.jpg", "src: ../../../etc/passwd"), "SEC-006", "brand.yml", 32),
    ("symlink", _link, "SEC-005", "img/hall.jpg", 1),
    ("truncated picture", _truncate, "IMG-004", "brand.yml", 32),
    ("wrong extension", _wrong_ending, "IMG-003", "brand.yml", 32),
    ("bidi control", _edit("issuer: 省法院", f"issuer: 省{BIDI}法院"), "SEC-001", "brand.yml", 29),
    ("empty file", lambda site, name: site.write(_yml(name), ""), "SCH-016", "brand.yml", 1),
    (
        "not UTF-8",
        lambda site, name: site.write(_yml(name), (site.root / _yml(name)).read_text("utf-8").encode("gb18030")),
        "TXT-001",
        "brand.yml",
        2,
    ),
)


@pytest.fixture
def published(small: SiteDriver) -> SiteDriver:
    """A site with twenty more good brands, already published."""
    for name in NAMES:
        small.copy_folder("brands/qingfeng", f"brands/{name}").edit(_yml(name), "id: qingfeng", f"id: {name}")
    small.build()
    assert small.is_published(), small.lines()
    return small


def test_twenty_faults_are_twenty_problems_on_their_lines(published: SiteDriver) -> None:
    before = {path: (content, (published.out / path).stat()) for path, content in published.files().items()}
    expected = []
    for name, (_, break_it, code, file, line) in zip(NAMES, FAULTS, strict=True):
        break_it(published, name)
        expected.append((code, f"brands/{name}/{file}", line))
    published.build().without_copies()
    assert sorted(published.codes()) == sorted(expected), "\n".join(published.lines())
    assert not published.is_published()
    after = {path: (content, (published.out / path).stat()) for path, content in published.files().items()}
    assert {path: (each[0], each[1].st_mtime_ns, each[1].st_ino) for path, each in before.items()} == {
        path: (each[0], each[1].st_mtime_ns, each[1].st_ino) for path, each in after.items()
    }


@pytest.mark.audit
@pytest.mark.parametrize("fault", FAULTS, ids=[each[0] for each in FAULTS])
def test_each_fault_alone_is_one_problem_and_exit_code_1(fault: Fault, small: SiteDriver, tmp_path: Path) -> None:
    from click.testing import CliRunner

    _, break_it, code, file, line = fault
    names = ("b01", "b09") if code == "ID-001" else (NAMES[FAULTS.index(fault)],)
    for name in names:
        small.copy_folder("brands/qingfeng", f"brands/{name}").edit(_yml(name), "id: qingfeng", f"id: {name}")
    break_it(small, names[-1])
    small.check().without_copies()
    assert small.codes() == [(code, f"brands/{names[-1]}/{file}", line)], "\n".join(small.lines())
    for language in ("zh", "en"):
        assert all("{" not in each for each in small.lines(language))
    run = CliRunner().invoke(exhibit, ["check", "--root", str(small.root), "--cache", str(tmp_path / "c")])
    assert run.exit_code == 1
    assert f"brands/{names[-1]}/{file}:{line}:" in run.output
    assert code in run.output
