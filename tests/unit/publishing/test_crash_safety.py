"""What a power cut, a damaged manifest, a mount or somebody's folder must not do to a site."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import MARK
from generator.publishing import exchange, in_place, scaffold, targets
from generator.publishing.manifest import former, read_manifest
from generator.publishing.publish import CannotPublish, NotOurs, prepare, publish
from generator.system import durable
from tests.helpers.driver import published_files, put_files
from tests.helpers.places import SITES
from tests.helpers.processes import POWERLESS, run, said
from tests.helpers.properties import examples

PAGES = {f"brands/x{n}/index.html": f"page {n}".encode() for n in range(5)} | {"index.html": MARK.encode() + b"home"}
NEXT = {name: content + b"!" for name, content in PAGES.items() if "x4" not in name} | {"brands/x4": b"now a file"}
THEIRS = {"CNAME": b"x", "2023/index.html": b"frozen", "brands/x1/by-hand.pdf": b"%PDF"}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "public" / "site"
    publish(folder, PAGES.items(), {})
    return folder


# -- on the disk -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("can_exchange", [True, False])
def test_content_is_on_the_disk_before_names_change_and_names_before_the_end(
    target: Path, can_exchange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[tuple[str, str]] = []
    settle, swap, folder, rename = durable.settle, exchange.exchange, durable.settle_folder, Path.rename

    def noted(what: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def noting(*arguments: Any) -> Any:
            order.append((what, arguments[0].name))
            return call(*arguments)

        return noting

    monkeypatch.setattr(durable, "settle", noted("settle", settle))
    monkeypatch.setattr(durable, "settle_folder", noted("folder", folder))
    monkeypatch.setattr(Path, "rename", noted("rename", rename))
    monkeypatch.setattr(exchange, "exchange", noted("exchange", swap if can_exchange else lambda one, other: False))
    publish(target, NEXT.items(), {})
    if can_exchange:
        assert order == [("settle", "next"), ("exchange", "next"), ("folder", "public")]
    else:
        steps = [("folder", ".site.building"), ("rename", "site"), ("rename", "next"), ("folder", "public")]
        assert order == [("settle", "next"), ("exchange", "next"), *steps]


def test_without_the_one_call_every_file_and_folder_is_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_files(tmp_path, PAGES)
    (tmp_path / "link").symlink_to("nowhere")
    settled: list[str] = []
    monkeypatch.setattr(durable, "_sync_disk", lambda folder: False)
    monkeypatch.setattr(durable, "_flush", lambda path, how: settled.append(path.relative_to(tmp_path).as_posix()))
    durable.settle(tmp_path)
    folders = {".", "brands", *(f"brands/x{n}" for n in range(5))}
    assert set(settled) == {*PAGES, *folders}


def test_a_disk_that_fails_to_settle_keeps_the_old_site(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(folder: Path) -> bool:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(folder))

    monkeypatch.setattr(durable, "_sync_disk", broken)
    with pytest.raises(OSError, match="Input/output"):
        publish(target, NEXT.items(), {})
    assert published_files(target) == PAGES


def test_what_fails_after_the_exchange_is_told_and_not_called_unchanged(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(folder: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(folder))

    monkeypatch.setattr(durable, "settle_folder", broken)
    done = publish(target, NEXT.items(), {})
    assert done.untidy is not None and published_files(target) == NEXT


# -- two renames -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [OSError(errno.EIO, "broken"), KeyboardInterrupt()])
def test_the_only_copy_of_a_site_never_goes(
    target: Path, reason: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "exchange", lambda one, other: False)
    rename = Path.rename

    def refuse(self: Path, to: Path) -> Path:
        if self.name in ("next", "old"):
            raise reason if self.name == "next" else OSError(errno.EIO, "broken")
        return rename(self, to)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", refuse)
        with pytest.raises((OSError, CannotPublish)):
            publish(target, NEXT.items(), {})
    place = scaffold.of(target)
    assert not target.exists() and published_files(place / "old") == PAGES
    assert "old" in (place / "README.txt").read_text("utf-8")
    told: list[str] = []
    prepare(target, preview=False, tell=lambda step, values: told.append(step))
    assert published_files(target) == PAGES and told == ["recovered"] and not place.exists()


# -- file by file ------------------------------------------------------------------------------------------------------


def test_a_folder_that_nothing_can_be_put_beside_gets_its_site_file_by_file(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_files(target, THEIRS)
    (target / "brands/x2/index.html").write_bytes(b"by hand")
    inode = target.stat().st_ino
    monkeypatch.setattr(targets, "_is_open", lambda folder: folder != target.parent)
    done = publish(target, NEXT.items(), {})
    assert done.is_in_place and target.stat().st_ino == inode
    assert published_files(target) == NEXT | THEIRS
    assert (done.kept.files, done.restored) == (3, ("brands/x2/index.html",))
    assert not (target / scaffold.IN_PLACE).exists()


@pytest.mark.parametrize("step", range(10))
def test_moving_that_stopped_is_told_and_finished_first(
    target: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "place_of", scaffold.within)
    move, calls = in_place._move, iter(range(100))

    def failing(new: Path, place: Path, name: str) -> None:
        if next(calls) == step:
            raise OSError(errno.EIO, "broken", name)
        move(new, place, name)

    with monkeypatch.context() as broken:
        broken.setattr(in_place, "_move", failing)
        if step < len(NEXT) + 1:
            with pytest.raises(CannotPublish) as refused:
                publish(target, NEXT.items(), {})
            assert refused.value.key == "publish.half_done"
        else:
            publish(target, NEXT.items(), {})
    prepare(target, preview=False, tell=lambda key, values: None)
    assert published_files(target) == NEXT
    assert read_manifest(target) is not None


@pytest.mark.parametrize(
    "journal",
    [b"", b"{}", b"[1]", b"[" * 99999, b'{"moves": ["../../x"], "gone": {}}', b'{"moves": 3, "gone": 4}', b"\xff"],
)
def test_a_journal_that_no_build_wrote_does_nothing(target: Path, journal: bytes) -> None:
    place = scaffold.within(target)
    put_files(place, {"journal.json": journal, "holder": b"1", "next/x": b"1"})
    assert not in_place.finish(scaffold.Scaffold(place), target)
    assert published_files(target).items() >= PAGES.items()


# -- a damaged manifest ------------------------------------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(50))
@given(where=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_any_bit_of_the_manifest_may_flip(tmp_path: Path, where: int, bit: int) -> None:
    target = tmp_path / "site"
    shutil.rmtree(target, ignore_errors=True)
    publish(target, PAGES.items(), {"as_of": "2026-06-01"})
    put_files(target, THEIRS | {"copy/index.html": PAGES["brands/x1/index.html"]})
    manifest = target / "manifest.json"
    raw = bytearray(manifest.read_bytes())
    raw[where % len(raw)] ^= 1 << bit
    manifest.write_bytes(raw)
    assert set(former(target).files) == set(PAGES)
    done = publish(target, NEXT.items(), {})
    assert done.was_damaged and done.doubtful == ()
    assert published_files(target) == NEXT | THEIRS | {"copy/index.html": PAGES["brands/x1/index.html"]}


@pytest.mark.parametrize("how", ["empty", "zeros", "gone", "half", "noise", "link"])
def test_a_lost_manifest_blocks_no_build_and_loses_nothing(target: Path, tmp_path: Path, how: str) -> None:
    put_files(target, THEIRS)
    manifest = target / "manifest.json"
    raw = manifest.read_bytes()
    left = {"empty": b"", "zeros": bytes(len(raw)), "half": raw[: len(raw) // 2], "noise": b"\x9f\x00{" * 99}
    manifest.unlink()
    if how == "link":
        manifest.symlink_to(tmp_path / "elsewhere.json")
    elif how != "gone":
        manifest.write_bytes(left[how])
    made = {name: each for name, each in NEXT.items() if name != "brands/x4"}
    done = publish(target, made.items(), {})
    now = published_files(target)
    assert done.was_damaged and now.items() >= (made | THEIRS).items()
    aside = published_files(done.aside) if done.aside else {}
    held = set(aside.items()) | set(now.items())
    certain = set() if how != "half" else {each for each in PAGES if each not in aside and each not in done.kept.names}
    assert {(name, each) for name, each in PAGES.items() if name not in certain} <= held
    assert publish(target, made.items(), {}).doubtful == ()


def test_a_power_cut_of_former_days_needs_no_cleaning(target: Path) -> None:
    for name in list(PAGES)[:3]:
        (target / name).write_bytes(b"" if name.endswith("x0/index.html") else bytes(64))
    (target / "manifest.json").write_bytes(b"")
    made = {name: each for name, each in NEXT.items() if name != "brands/x4"}
    done = publish(target, made.items(), {})
    assert published_files(target).items() >= made.items()
    assert not {"brands/x0/index.html", "brands/x1/index.html"} & set(done.doubtful)


@pytest.mark.parametrize("facts", [{"files": {}}, {"format": "exhibit-site", "files": {}}, {"generator": "0.1.0", "files": {}}])
def test_a_list_of_nothing_makes_no_folder_ours(tmp_path: Path, facts: dict[str, Any]) -> None:
    put_files(tmp_path / "d", {"thesis.docx": b"years", "manifest.json": json.dumps(facts).encode()})
    with pytest.raises(NotOurs):
        publish(tmp_path / "d", PAGES.items(), {})
    assert (tmp_path / "d/thesis.docx").read_bytes() == b"years"


def test_a_manifest_that_was_copied_makes_no_folder_ours(target: Path, tmp_path: Path) -> None:
    put_files(tmp_path / "d", {"thesis.docx": b"years", "index.html": b"their own"})
    shutil.copy(target / "manifest.json", tmp_path / "d")
    with pytest.raises(NotOurs):
        publish(tmp_path / "d", PAGES.items(), {})
    assert (tmp_path / "d/index.html").read_bytes() == b"their own"


# -- neighbours --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["thesis.docx", "next/thesis.docx", "old/thesis.docx", "lock/thesis.docx"])
def test_a_folder_with_the_name_of_the_scaffold_is_left_alone(target: Path, name: str) -> None:
    put_files(scaffold.of(target), {name: b"years of work"})
    with pytest.raises((CannotPublish, OSError)):
        publish(target, NEXT.items(), {})
    assert (scaffold.of(target) / name).read_bytes() == b"years of work"
    assert published_files(target) == PAGES


# -- where a user is ---------------------------------------------------------------------------------------------------


@pytest.mark.audit
@pytest.mark.engine
@pytest.mark.skipif(not POWERLESS and os.geteuid() == 0, reason="root may write everywhere")
def test_the_command_refuses_before_the_work_or_goes_in_file_by_file(tmp_path: Path) -> None:
    root, above = tmp_path / "city", tmp_path / "www"
    shutil.copytree(SITES / "good/small", root, ignore=shutil.ignore_patterns("expected"))
    (above / "html").mkdir(parents=True)
    above.chmod(0o555)
    common = ("build", "--root", str(root), "--as-of", "2026-06-01", "--cache", str(tmp_path / "cache"))
    try:
        done = run(*common, "--out", str(above / "new"), cwd=tmp_path, powerless=True)
        assert done.returncode == 2 and "sudo mkdir -p" in said(done) and not (tmp_path / "cache").exists()
        done = run(*common, "--out", str(above / "html"), cwd=tmp_path, powerless=True)
        assert done.returncode == 0, said(done)
        assert "已逐个换上" in said(done) and (above / "html/index.html").exists()
        (above / "html/manifest.json").write_bytes(b"")
        assert "manifest.json 损坏或丢失了" in said(run(*common, "--out", str(above / "html"), cwd=tmp_path, powerless=True))
    finally:
        above.chmod(0o755)


@pytest.mark.audit
@pytest.mark.engine
@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_whoever_reads_one_line_only_has_a_site_all_the_same(tmp_path: Path) -> None:
    shutil.copytree(SITES / "good/small", tmp_path / "city", ignore=shutil.ignore_patterns("expected"))
    line = f'"{sys.executable}" -m generator build --root city --out out --cache c --as-of 2026-06-01 | head -1; echo ${{PIPESTATUS[0]}}'
    from tests.helpers.processes import environment

    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "0", done.stderr
    assert (tmp_path / "out/index.html").exists() and "有些内容没有输出" in done.stderr


@pytest.mark.audit
def test_a_link_that_leads_to_itself_is_told(tmp_path: Path) -> None:
    shutil.copytree(SITES / "good/small", tmp_path / "city", ignore=shutil.ignore_patterns("expected"))
    (tmp_path / "loop").symlink_to("loop")
    for out in ("loop", "loop/site"):
        done = run("build", "--root", "city", "--out", out, "--cache", "c", cwd=tmp_path)
        assert done.returncode == 2 and "绕回自己的链接" in said(done)
