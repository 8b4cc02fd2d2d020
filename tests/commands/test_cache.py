"""``exhibit cache``: what is kept, what the newest build used, and what may go."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from generator.cli.commands.main import exhibit
from generator.media import workers
from generator.publishing.staging import SPARES
from generator.system import cache
from generator.system.cache import Cache, InUse, key
from tests.helpers.driver import SiteDriver

HALL = "brands/qingfeng/img/hall.jpg"


def _files(root: Path) -> set[str]:
    return {each.relative_to(root).as_posix() for each in root.rglob("*") if each.is_file()}


def _values(site: SiteDriver) -> set[str]:
    return {each for each in _files(site.root.parent / "cache") if each.startswith("pictures/")}


def _other_picture(site: SiteDriver) -> None:
    Image.new("RGB", (40, 30), (1, 200, 3)).save(site.root / HALL)


def _run(site: SiteDriver, *args: str) -> Result:
    common = ["--root", str(site.root), "--cache", str(site.root.parent / "cache")]
    return CliRunner().invoke(exhibit, ["cache", *args, *common])


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on, no worker can be started: no pixel is touched."""

    def fail(worker: object) -> None:
        raise workers.CannotStart("a picture was decoded")

    return lambda: monkeypatch.setattr(workers._Worker, "__init__", fail)


def test_a_second_build_and_a_check_touch_no_pixel(small: SiteDriver, no_worker: Callable[[], None]) -> None:
    first = small.build().files()
    no_worker()
    assert small.build().files() == first
    assert small.check().codes() == []


def test_a_second_check_touches_no_pixel(small: SiteDriver, no_worker: Callable[[], None]) -> None:
    small.check()
    no_worker()
    assert small.check().codes() == []


def test_a_changed_picture_is_made_anew(small: SiteDriver, no_worker: Callable[[], None]) -> None:
    small.build()
    _other_picture(small)
    no_worker()
    with pytest.raises(workers.CannotStart, match="was decoded"):
        small.build()


def test_a_damaged_value_is_replaced(small: SiteDriver) -> None:
    first = small.build().files()
    folder = small.root.parent / "cache"
    before = {each: (folder / each).read_bytes() for each in _values(small)}
    for each, content in before.items():
        (folder / each).write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])
    assert small.build().files() == first
    assert {each: (folder / each).read_bytes() for each in _values(small)} == before


def test_a_cache_that_keeps_nothing_loses_no_picture(small: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    first = small.build().files()
    monkeypatch.setattr(cache, "_put", lambda root, place, content: False)
    monkeypatch.setattr(Cache, "read", lambda self, step, name: None)
    assert small.build().files() == first


def test_prune_removes_what_the_newest_build_did_not_use(small: SiteDriver, no_worker: Callable[[], None]) -> None:
    small.build()
    old = _values(small)
    _other_picture(small)
    newest = small.build().files()
    both = _values(small)
    assert len(both - old) == 1
    said = _run(small, "prune")
    assert said.exit_code == 0 and "1 个文件" in said.output
    assert len(_values(small)) == len(old) and both - old < _values(small)
    no_worker()
    assert small.build().files() == newest
    assert "0 个文件" in _run(small, "prune").output


def test_prune_keeps_all_of_a_build_that_stopped(small: SiteDriver) -> None:
    small.build()
    good = _values(small)
    _other_picture(small)
    small.edit("brands/qingfeng/brand.yml", "unit: court", "unit: nowhere").build()
    assert not small.is_published()
    _run(small, "prune")
    assert good <= _values(small)


def test_prune_without_a_build_removes_nothing(small: SiteDriver) -> None:
    small.check()
    before = _values(small)
    said = _run(small, "prune")
    assert said.exit_code == 0 and "什么也没有删" in said.output
    assert before and _values(small) == before


def test_prune_touches_only_what_is_named_like_a_value(small: SiteDriver) -> None:
    small.build()
    root = small.root.parent / "cache"
    name = key("x", "1", ())
    strange = ["notes.txt", "pictures/ab/short", f"pictures/zz/{'g' * 62}", "documents/ab/a letter.docx"]
    for each in (*strange, f"old/{name[:2]}/{name[2:]}", "pictures/ab/.new-torn"):
        (root / each).parent.mkdir(parents=True, exist_ok=True)
        (root / each).write_bytes(b"x")
    small.build()
    assert any((small.root.parent / "cache" / SPARES).iterdir())
    said = _run(small, "prune")
    assert "2 个文件" in said.output
    assert not (small.root.parent / "cache" / SPARES).exists(), "nor does it keep the site before"
    assert set(strange) <= _files(root)
    assert not [each for each in _files(root) if "torn" in each or each.startswith("old/")]


def test_stat_counts_files_and_bytes_by_step(small: SiteDriver) -> None:
    small.build()
    store = Cache(small.root.parent / "cache")
    store.write("other", key("other", "1", ()), b"x" * 68)
    said = _run(small, "stat").output
    values = list(store.root.glob("*/??/*"))
    size = sum(each.stat().st_size for each in values)
    assert f"pictures：{len(_values(small))} 个文件" in said and "其中 0 个" in said
    assert "other：1 个文件" in said and "其中 1 个" in said
    assert f"共 {len(values)} 个文件" in said and f"{size} 字节" in said
    english = _run(small, "stat", "--lang", "en").output
    assert "other: 1 files" in english


def test_stat_of_nothing_is_nothing(small: SiteDriver) -> None:
    said = _run(small, "stat")
    assert said.exit_code == 0 and "共 0 个文件" in said.output


def _hold(root: Path, ready: object, done: object) -> None:
    with Cache(root).building():
        ready.set()  # type: ignore[attr-defined]
        done.wait(60)  # type: ignore[attr-defined]


def test_nothing_is_pruned_while_a_build_is_under_way(small: SiteDriver) -> None:
    small.build()
    root = small.root.parent / "cache"
    before = _files(root)
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    build = context.Process(target=_hold, args=(root, ready, done))
    build.start()
    assert ready.wait(60)
    said = _run(small, "prune")
    assert said.exit_code == 2 and "正在生成" in said.output
    build.kill()  # its lock goes with it, and the file that it leaves is no obstacle
    build.join()
    assert _run(small, "prune").exit_code == 0
    assert _files(root) == before


def test_two_builds_may_share_a_cache(tmp_path: Path) -> None:
    store = Cache(tmp_path)
    store.note_used()
    with store.building(), Cache(tmp_path).building(), pytest.raises(InUse):
        cache.prune(tmp_path)
    assert cache.prune(tmp_path) == (0, 0)
