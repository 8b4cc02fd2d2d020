"""Records that have not changed come from the cache; a site that was read from it is the one that is read anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.catalog import collector, records
from generator.system import sealed
from generator.system.cache import Cache
from tests.helpers.driver import SiteDriver

Reads = list[str]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """The folders that are really read, each a part of its own."""
    found: Reads = []
    read = records._read_folder

    def noted(kind: Any, mine: Any, file: Any, folder: str, *rest: str) -> None:
        found.append(folder)
        read(kind, mine, file, folder, *rest)

    monkeypatch.setattr(records, "_read_folder", noted)
    monkeypatch.setattr(records, "_parts", lambda folders: [(each,) for each in folders])
    return found


@pytest.fixture
def several(tmp_path: Path) -> SiteDriver:
    return SiteDriver.copy("good/small", tmp_path).with_brands("a", "b")


def test_what_has_not_changed_is_not_read_again(several: SiteDriver, reads: Reads) -> None:
    first = several.build()
    files, problems = first.files(), first.problems
    assert {"brands/a", "brands/b", "brands/qingfeng"} <= set(reads)
    reads.clear()
    assert several.build().files() == files and several.problems == problems
    assert reads == []


CHANGES: dict[str, Callable[[SiteDriver], object]] = {
    "a field": lambda site: site.edit("brands/a/brand.yml", "name: ", "name: 新"),
    "the story": lambda site: site.write("brands/a/story.md", "另一个故事。\n"),
    "the name of a picture": lambda site: (site.root / "brands/a/more.jpg").write_bytes(b"\xff\xd8\xff"),
    "a text that nobody reads": lambda site: site.write("brands/a/note.txt", "放错的文件\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_is_read_and_nothing_else(change: str, several: SiteDriver, reads: Reads) -> None:
    several.check()
    reads.clear()
    CHANGES[change](several)
    problems = several.check().problems
    assert reads == ["brands/a"]
    assert several.check().problems == problems


def test_another_configuration_reads_everything(several: SiteDriver, reads: Reads) -> None:
    several.check()
    reads.clear()
    several.edit("site_config.yml", "categories:\n", "categories:\n  - {id: another, name: 另一类}\n").check()
    assert {"brands/a", "brands/b", "brands/qingfeng"} <= set(reads)


def test_another_program_reads_everything(several: SiteDriver, reads: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    several.check()
    reads.clear()
    monkeypatch.setattr(collector, "_program", lambda: "another")
    several.check()
    assert {"brands/a", "brands/b", "brands/qingfeng"} <= set(reads)


def test_what_is_written_while_it_is_read_is_not_kept(several: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the text that was there before would for ever have the values of the other."""
    story = several.root / "brands/a/story.md"
    before = story.read_bytes()
    read = records._read_folder

    def writing(kind: Any, mine: Any, file: Any, folder: str, *rest: str) -> None:
        if folder == "brands/a":
            story.write_bytes("换了的故事。\n".encode())
        read(kind, mine, file, folder, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(records, "_read_folder", writing)
        several.check()
    story.write_bytes(before)
    several.build()
    assert "换了的故事" not in several.page("brands/a/")


def test_a_file_that_cannot_be_read_is_told_each_time(several: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sealed.read

    def changed(root: Path, path: str, most: int) -> bytes:
        if path == "brands/a/story.md":
            raise sealed.Changed(path)
        return real(root, path, most)

    with monkeypatch.context() as patch:
        patch.setattr(sealed, "read", changed)
        assert "SEC-021" in [code for code, _, _ in several.check().codes()]
    assert "SEC-021" not in [code for code, _, _ in several.check().codes()]


def test_mistakes_are_told_again(reads: Reads, tmp_path: Path) -> None:
    site = SiteDriver.copy("bad/brand", tmp_path).check()
    problems = site.problems
    assert problems and site.check().problems == problems


def test_a_value_of_somebody_else_is_none(several: SiteDriver, reads: Reads) -> None:
    several.check()
    cache = Cache(several.root.parent / "cache")
    kept = list(cache.root.glob("records/??/*"))
    assert kept
    for each in kept:
        each.write_bytes(each.read_bytes()[:-1] + b"!")
    reads.clear()
    several.check()
    assert {"brands/a", "brands/b", "brands/qingfeng"} <= set(reads)


# -- any order of changes ------------------------------------------------------------------------------------------------


def _rename(site: SiteDriver, draw: random.Random) -> None:
    folder = draw.choice(_brands(site))
    target = folder.with_name(f"r{draw.randrange(10_000)}")
    folder.rename(target)
    _replace(target / "brand.yml", f"id: {folder.name}\n", f"id: {target.name}\n")


def _copy(site: SiteDriver, draw: random.Random) -> None:
    folder, name = draw.choice(_brands(site)), f"c{draw.randrange(10_000)}"
    site.copy_folder(f"brands/{folder.name}", f"brands/{name}")
    if draw.random() < 0.8:  # else two have one id
        _replace(site.root / f"brands/{name}/brand.yml", f"id: {folder.name}\n", f"id: {name}\n")


def _remove(site: SiteDriver, draw: random.Random) -> None:
    if len(_brands(site)) > 2:
        site.remove(f"brands/{draw.choice(_brands(site)).name}")


def _edit(site: SiteDriver, draw: random.Random) -> None:
    with (draw.choice(_brands(site)) / "story.md").open("a", encoding="utf-8") as story:
        story.write(f"\n再写一段，编号{draw.randrange(100)}。\n")


def _break(site: SiteDriver, draw: random.Random) -> None:
    file = draw.choice(_brands(site)) / "brand.yml"
    if file.is_file():
        file.write_text(draw.choice(["name: [\n", file.read_text("utf-8").replace("year: ", "year: 二〇"), ""]), "utf-8")


def _mend(site: SiteDriver, draw: random.Random) -> None:
    sound = (site.root / "brands/qingfeng/brand.yml").read_text("utf-8")
    folder = draw.choice([each for each in _brands(site) if each.name != "qingfeng"] or _brands(site))
    (folder / "brand.yml").write_text(sound.replace("id: qingfeng\n", f"id: {folder.name}\n"), "utf-8")


def _configure(site: SiteDriver, draw: random.Random) -> None:
    file = site.root / "site_config.yml"
    text = file.read_text("utf-8")
    extra = "  - {id: another, name: 另一类}\n"
    file.write_text(text.replace(extra, "") if extra in text else text.replace("categories:\n", f"categories:\n{extra}"), "utf-8")


def _misname(site: SiteDriver, draw: random.Random) -> None:
    file = draw.choice(_brands(site)) / "brand.yml"
    if file.is_file() and file.parent.name != "qingfeng":
        file.rename(file.with_name("Brand.yaml"))


STEPS = (_rename, _copy, _remove, _edit, _break, _mend, _configure, _misname)


def _brands(site: SiteDriver) -> list[Path]:
    return sorted(each for each in (site.root / "brands").iterdir() if each.is_dir())


def _replace(file: Path, old: str, new: str) -> None:
    if file.is_file():
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.few
@pytest.mark.parametrize("seed", range(8))
def test_after_any_changes_it_is_the_site_that_is_read_anew(seed: int, several: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_TOGETHER", 2)
    draw = random.Random(seed)
    parent = several.root.parent
    for number in range(12):
        step = draw.choice([each for each in STEPS if each is not _remove or number % 3 == 0])
        if (several.root / "brands/qingfeng/brand.yml").is_file():
            step(several, draw)
        one = several.build(keep_going=True, cache=parent / "kept")
        problems, files = one.problems, one.files()
        other = SiteDriver(several.root)
        other.out = parent / f"anew-{number}"
        other.build(keep_going=True, cache=parent / f"cache-{number}")
        assert other.problems == problems, (seed, number, step.__name__)
        assert other.files() == files, (seed, number, step.__name__)
