"""Killed, full, cut off: whatever ends a publication, the site is wholly old or wholly new and the next build is clean.

``EXHIBIT_CRASHES`` multiplies how often each thing is tried (default 1). What needs disks of its own needs root and mounts.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.publishing import manifest as manifests
from generator.publishing.manifest import read_manifest
from tests.helpers.places import ROOT, SITES
from tests.helpers.processes import COMMAND, environment

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="signals and mounts of Linux")

TIMES = int(os.environ.get("EXHIBIT_CRASHES", "1"))
FILES = 120
CODE = """
import os, signal, sys
from pathlib import Path
from generator.publishing import exchange, scaffold, targets
from generator.system import durable
from generator.__main__ import _at_signals, _end
from generator.publishing.publish import publish

out, mine, when, number = Path(sys.argv[1]), sys.argv[2].encode(), int(sys.argv[3]), int(sys.argv[4])
manner = sys.argv[5]
_at_signals(_end)
calls = 0

def count(event="", arguments=()):
    global calls
    if event == "open" and not str(arguments[0]).startswith(str(out.parent)):
        return
    if event in ("", "open") or event.startswith(("os.", "shutil.")):
        calls += 1
        if calls == when:
            os.kill(os.getpid(), number)

exchanging, settling = exchange.exchange, durable._sync_disk

def counted_exchange(*folders):
    if manner == "renames":
        return False
    count()
    done = exchanging(*folders)
    count()
    return done

def counted_settling(folder):
    count()
    return settling(folder)

exchange.exchange, durable._sync_disk = counted_exchange, counted_settling
if manner == "in place":
    targets.place_of = scaffold.within
sys.addaudithook(count)
done = publish(out, ((f"{n % 7}/{n}.txt", mine * (500 + n)) for n in range(int(sys.argv[6]))), {})
print(calls)
"""


def _publish(out: Path, mine: str, when: int = 0, number: int = 9, manner: str = "", files: int = FILES) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CODE, *map(str, (out, mine, when, number, manner, files))]
    return subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, timeout=120
    )


def _state(out: Path) -> str:
    """Whose site lies at ``out``, read file by file and compared with its manifest; fails for any mixture."""
    manifest = read_manifest(out)
    assert manifest is not None, "no manifest"
    held = {each.relative_to(out).as_posix(): each.read_bytes() for each in out.rglob("*") if each.is_file()}
    assert set(held) - {"manifest.json"} == set(manifest["files"])
    for name, entry in manifest["files"].items():
        assert len(held[name]) == entry["size"], name
    (mine,) = {content[:1] for name, content in held.items() if name != "manifest.json"}
    return mine.decode()


def _check(out: Path, manner: str = "") -> None:
    """Old or new, and the next build clean, whatever was left."""
    if manner == "" or out.exists():
        assert _state(out) in "01"
    done = _publish(out, "2")
    assert done.returncode == 0, done.stderr
    assert _state(out) == "2"
    assert [each.name for each in out.parent.iterdir() if each.name != "lost+found"] == [out.name]


# -- killed ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("manner", ["", "renames", "in place"])
def test_killed_at_file_calls_of_publishing(tmp_path: Path, manner: str) -> None:
    out = tmp_path / "o" / "site"
    files = 6  # so that every kind of call is among few
    assert _publish(out, "0", files=files).returncode == 0
    calls = int(_publish(out, "1", manner=manner, files=files).stdout)
    assert calls > 40
    tried = random.Random(manner).sample(range(1, calls + 1), calls if TIMES > 1 else 16)
    for each, number in zip(tried, [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT] * calls, strict=False):
        shutil.rmtree(out.parent)
        assert _publish(out, "0", files=files).returncode == 0
        ended = _publish(out, "1", each, number, manner, files)
        assert ended.returncode in (-number, 128 + number, 0), (each, number, ended.stderr)
        if manner == "in place":
            again = _publish(out, "2", manner=manner, files=files)
            assert again.returncode == 0, (each, number, again.stderr)
            assert _state(out) == "2" and not (out / ".exhibit-publishing").exists()
        else:
            _check(out, manner)


def test_builds_killed_at_any_moment(tmp_path: Path) -> None:
    """The whole command, alone and with all its processes."""
    root, out = tmp_path / "city", tmp_path / "o" / "site"
    shutil.copytree(SITES / "good/small", root, ignore=shutil.ignore_patterns("expected"))
    command = [*COMMAND, "build", "--root", str(root), "--out", str(out), "--as-of", "2026-06-01"]
    command += ["--cache", str(tmp_path / "cache"), "--jobs", "2"]
    start = time.monotonic()
    assert subprocess.run(command, env=environment(), capture_output=True, check=False).returncode == 0
    lasting, chance = time.monotonic() - start, random.Random(4)
    for round_ in range(6 * TIMES):
        number = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)[round_ % 4]
        child = subprocess.Popen(
            command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(chance.uniform(0.2, lasting * 1.1))
        if round_ % 2:
            os.killpg(child.pid, number)
        else:
            child.send_signal(number)
        child.wait(timeout=30)
        manifest = read_manifest(out)
        assert manifest is not None
        assert all(manifests.foreign.is_as_written(out / name, entry) for name, entry in manifest["files"].items())
    assert subprocess.run(command, env=environment(), capture_output=True, check=False).returncode == 0
    assert [each.name for each in out.parent.iterdir()] == ["site"]


# -- full and cut off --------------------------------------------------------------------------------------------------


@contextmanager
def _mounted(place: Path, *arguments: str) -> Iterator[Path]:
    place.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *arguments, str(place)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def needs_mounts() -> None:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may mount disks")


@pytest.mark.parametrize("full", ["size", "nr_inodes"])
@pytest.mark.usefixtures("needs_mounts")
def test_full_disks(tmp_path: Path, full: str) -> None:
    rest = {"size": 1000, "nr_inodes": 1000}
    ends = []
    with _mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=1000k,nr_inodes=1000", "tmpfs") as disk:
        out = disk / "site"
        for step in range(5 * TIMES):
            subprocess.run(["mount", "-o", "remount,size=3000k,nr_inodes=2000", str(disk)], check=True)
            shutil.rmtree(out, ignore_errors=True)
            assert _publish(out, "0").returncode == 0
            used = os.statvfs(disk)
            least = {
                "size": (used.f_blocks - used.f_bfree) * used.f_frsize // 1024 + 4,
                "nr_inodes": used.f_files - used.f_ffree + 1,
            }[full]
            top = {"size": 1000, "nr_inodes": 320}[full]
            at = least + (top - least) * step // (5 * TIMES)
            options = {**rest, full: at}
            text = ",".join(f"{name}={value}{'k' if name == 'size' else ''}" for name, value in options.items())
            subprocess.run(["mount", "-o", f"remount,{text}", str(disk)], check=True)
            ends.append(_publish(out, "1").returncode)
            assert _state(out) in "01"
            subprocess.run(["mount", "-o", "remount,size=3000k,nr_inodes=2000", str(disk)], check=True)
            _check(out)
    assert any(ends), "no disk was full"


@pytest.mark.usefixtures("needs_mounts")
def test_power_cuts(tmp_path: Path) -> None:
    """A disk is copied as it stands, at the end of a publication and in the midst of it, and the copy is mounted."""
    if shutil.which("mkfs.ext4") is None:
        pytest.skip("there is no mkfs.ext4")
    image, chance = tmp_path / "image", random.Random(7)
    with image.open("wb") as blank:
        blank.truncate(48 << 20)
    subprocess.run(["mkfs.ext4", "-q", str(image)], check=True)
    with _mounted(tmp_path / "disk", "-o", "loop", str(image)) as disk:
        out = disk / "o" / "site"
        for step in range(3 * TIMES):
            assert _publish(out, "0").returncode == 0
            is_whole = step % 2 == 0
            copy = tmp_path / f"copy-{step}"  # a new file: the system may still know blocks of a disk that was unmounted
            if is_whole:
                assert _publish(out, "1").returncode == 0
                shutil.copyfile(image, copy)
            else:
                _copy_in_the_midst(image, copy, out, chance.uniform(0.05, 0.5))
            with _mounted(tmp_path / "again", "-o", "loop", str(copy)) as again:
                found = _state(again / "o" / "site")
                assert found in ("1" if is_whole else "01")
                _check(again / "o" / "site")
            copy.unlink()


def _copy_in_the_midst(image: Path, copy: Path, out: Path, moment: float) -> None:
    command = [sys.executable, "-c", CODE, *map(str, (out, "1", 0, 9, "", FILES))]
    child = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    time.sleep(moment)
    child.send_signal(signal.SIGSTOP)
    shutil.copyfile(image, copy)
    child.send_signal(signal.SIGCONT)
    assert child.wait(timeout=30) == 0
