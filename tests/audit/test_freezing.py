"""A year that is frozen while the process is killed or the disk is full: nothing half is ever under a final name, and the next
run makes the whole. And what freezing costs beside a plain build.

``EXHIBIT_CRASHES`` multiplies how often each thing is tried (default 1); where the audit tries fewer examples, so do these.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from benchmarks.corpus import write_corpus
from generator.archive.verify import verify
from generator.ledger import locks
from generator.publishing.manifest import read_manifest
from tests.helpers.freezing import DAY, LOCK, NOW, YEAR, city, digests
from tests.helpers.memory import run_measured
from tests.helpers.places import ROOT
from tests.helpers.processes import COMMAND, environment
from tests.helpers.properties import ALL, examples
from tests.helpers.serving import until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="signals and mounts of Linux")

TIMES = int(os.environ.get("EXHIBIT_CRASHES", "1"))
KILLS, FULL = examples(100) * TIMES, 10 * TIMES
BRANDS = 500 if ALL else 80  # with two pictures each
FINAL = (f"archives/{YEAR}", f"deposit-{YEAR}")
MOST_MEMORY = 340 if ALL else 220  # MB of all processes: the program and its workers; Typst has a part of the book at a time


def _command(cache: Path, *more: str) -> list[str]:
    return [*COMMAND, "archive", YEAR, *NOW, "--on", DAY, "--cache", str(cache), "--jobs", "1", *more]


def _check(root: Path, whole: dict[str, str]) -> None:
    """Whatever is under a final name is whole, and a lock never is without its year and its deposit."""
    year, deposit, lock = root / "archives" / YEAR, root / f"deposit-{YEAR}", root / LOCK
    expected = {name.removeprefix(f"archives/{YEAR}/"): each for name, each in whole.items() if name.startswith(f"archives/{YEAR}/")}
    if year.exists():
        assert digests(year) == expected
    if deposit.exists():
        assert {f"deposit-{YEAR}/{name}": each for name, each in digests(deposit).items()}.items() <= whole.items()
        assert not verify(deposit).has_failed
    if lock.exists():
        assert year.is_dir() and deposit.is_dir()
        assert yaml.safe_load(lock.read_text("utf-8"))["digest"] == locks.digest_of(expected)


def test_killed_at_any_moment(tmp_path: Path) -> None:
    site = city(tmp_path)
    root, cache = site.root, tmp_path / "cache"
    before = set(digests(root))

    def clear() -> None:
        for name in ("archives", f"deposit-{YEAR}", "content/archives"):
            shutil.rmtree(root / name, ignore_errors=True)

    subprocess.run(_command(cache), cwd=root, env=environment(), check=True, capture_output=True)
    whole = digests(root)
    clear()
    start = time.monotonic()
    subprocess.run(_command(cache), cwd=root, env=environment(), check=True, capture_output=True)
    lasting, chance = time.monotonic() - start, random.Random(14)
    ends = set()
    for round_ in range(KILLS):
        if round_ % 4 == 0 or (root / LOCK).exists():
            clear()  # else what the one before left is gone on with
        child = subprocess.Popen(
            _command(cache), cwd=root, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        if round_ == 0:
            time.sleep(0.3)
        elif round_ % 4 == 3:  # few moments lie between the first final name and the last: they are waited for
            until(lambda child=child: child.poll() is not None or any((root / name).exists() for name in FINAL), 600)
            time.sleep(chance.uniform(0, lasting / 50))
        else:
            time.sleep(chance.uniform(0.3, lasting * 1.05))
        with contextlib.suppress(ProcessLookupError):  # it had ended by itself
            os.killpg(child.pid, signal.SIGKILL)
        child.wait(timeout=30)
        _check(root, whole)
        ends.add(any((root / name).exists() for name in FINAL))
    clear()
    subprocess.run(_command(cache), cwd=root, env=environment(), check=True, capture_output=True)
    assert digests(root) == whole
    left = {each for each in (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()) if each not in whole}
    assert left - before == set()
    assert ends == {True, False}


@pytest.fixture
def needs_mounts() -> None:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may mount disks")


@pytest.mark.usefixtures("needs_mounts")
def test_full_disks(tmp_path: Path) -> None:
    disk, cache = tmp_path / "disk", tmp_path / "cache"
    disk.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)], capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip("nothing can be mounted here")
    try:
        root = city(disk).root
        empty = _used(disk)
        subprocess.run(_command(cache), cwd=root, env=environment(), check=True, capture_output=True)
        whole, most = digests(root), _used(disk)
        ends = []
        for step in range(FULL):
            for name in ("archives", f"deposit-{YEAR}", "content/archives"):
                shutil.rmtree(root / name, ignore_errors=True)
            size = empty + 64 + (most * 2 - empty) * step // FULL
            subprocess.run(["mount", "-o", f"remount,size={size}k", str(disk)], check=True)
            ended = subprocess.run(_command(cache), cwd=root, env=environment(), capture_output=True, check=False)
            ends.append(ended.returncode)
            assert ended.returncode in (0, 2), ended.stderr.decode()
            _check(root, whole)
            if ended.returncode:
                assert not (root / LOCK).exists()
            subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
            subprocess.run(_command(cache), cwd=root, env=environment(), check=True, capture_output=True)
            assert digests(root) == whole
        assert ends[0] == 2, ends
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _used(disk: Path) -> int:
    """Kilobytes that are taken."""
    found = os.statvfs(disk)
    return (found.f_blocks - found.f_bfree) * found.f_frsize // 1024


def test_what_it_costs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How long brands with two pictures each take beside a plain build of the year, and how much memory: that is bounded, as it
    does not depend on how fast the machine is."""
    root, cache = tmp_path / "city", tmp_path / "cache"
    write_corpus(root, BRANDS, 1, pictures=True)
    year, times, memory = "2025", [], []
    plain = [*COMMAND, "build", "--root", str(root), "--year", year, *NOW, "--cache", str(cache), "--out"]
    freezing = [*COMMAND, "archive", year, *NOW, "--on", DAY, "--cache", str(cache), "--root", str(root), "--out"]
    for command in ([*plain, str(tmp_path / "plain")], [*plain, str(tmp_path / "warm")], [*freezing, str(tmp_path / "first")], [*freezing, str(tmp_path / "second")]):
        shutil.rmtree(root / "archives", ignore_errors=True)
        shutil.rmtree(root / "content/archives", ignore_errors=True)
        start = time.monotonic()
        code, most = run_measured(command, environment(), ROOT)
        assert code == 0
        times.append(time.monotonic() - start)
        memory.append(most)
    manifest = read_manifest(root / "archives" / year)
    assert manifest is not None
    with capsys.disabled():
        print(f"\nfreezing {BRANDS} brands: {len(manifest['files'])} files, cold build {times[0]:.1f} s, warm build {times[1]:.1f} s, "
              f"archive {times[2]:.1f} s, again {times[3]:.1f} s (ratio {times[3] / times[1]:.1f}); "
              f"most memory of all processes: warm build {memory[1]:.0f} MB, archive {memory[3]:.0f} MB")
    assert memory[3] < MOST_MEMORY
