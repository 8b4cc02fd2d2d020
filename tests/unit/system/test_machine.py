"""How many workers a machine bears, as its control groups say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.media.workers import job
from generator.system import machine

GB = 1 << 30


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of 16 processors and 64 GB, before its groups are asked."""
    monkeypatch.setattr(machine, "_allowed", lambda: 16)
    monkeypatch.setattr(machine, "_installed", lambda: 64 * GB)


def _files(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n", "ascii")
    return root


V2, V1 = {"proc/self/cgroup": "0::/a/b"}, {"proc/self/cgroup": "5:cpu,cpuacct:/a\n3:memory:/a/b\n1:name=systemd:/x"}
CASES: dict[str, tuple[dict[str, str], int]] = {
    "nothing known": ({}, 16),
    "no limit": ({**V2, "sys/fs/cgroup/a/b/cpu.max": "max 100000", "sys/fs/cgroup/a/b/memory.max": "max"}, 16),
    "two processors": ({**V2, "sys/fs/cgroup/a/b/cpu.max": "200000 100000"}, 2),
    "one and a half": ({**V2, "sys/fs/cgroup/a/b/cpu.max": "150000 100000"}, 2),
    "a tenth": ({**V2, "sys/fs/cgroup/a/b/cpu.max": "10000 100000"}, 1),
    "of the group above": ({**V2, "sys/fs/cgroup/a/cpu.max": "300000 100000"}, 3),
    "the smallest of all": (
        {**V2, "sys/fs/cgroup/a/cpu.max": "300000 100000", "sys/fs/cgroup/a/b/cpu.max": "900000 100000"},
        3,
    ),
    "a container": ({"proc/self/cgroup": "0::/", "sys/fs/cgroup/cpu.max": "400000 100000"}, 4),
    "a path that is not there": ({"proc/self/cgroup": "0::/../x", "sys/fs/cgroup/memory.max": str(2 * GB)}, 3),
    "2 GB": ({**V2, "sys/fs/cgroup/a/b/memory.max": str(2 * GB)}, 3),
    "soft 3 GB": ({**V2, "sys/fs/cgroup/a/memory.high": str(3 * GB)}, 5),
    "256 MB": ({**V2, "sys/fs/cgroup/a/b/memory.max": str(GB // 4)}, 1),
    "both short": (
        {**V2, "sys/fs/cgroup/a/b/memory.max": str(8 * GB), "sys/fs/cgroup/a/b/cpu.max": "200000 100000"},
        2,
    ),
    "version 1": (
        {
            **V1,
            "sys/fs/cgroup/cpu/a/cpu.cfs_quota_us": "300000",
            "sys/fs/cgroup/cpu/a/cpu.cfs_period_us": "100000",
            "sys/fs/cgroup/memory/a/b/memory.limit_in_bytes": "9223372036854771712",
        },
        3,
    ),
    "version 1, memory": ({**V1, "sys/fs/cgroup/memory/a/b/memory.limit_in_bytes": str(2 * GB)}, 3),
    "version 1, no quota": (
        {**V1, "sys/fs/cgroup/cpu/a/cpu.cfs_quota_us": "-1", "sys/fs/cgroup/cpu/a/cpu.cfs_period_us": "100000"},
        16,
    ),
    "both versions": (
        {"proc/self/cgroup": "0::/a\n3:memory:/a", "sys/fs/cgroup/unified/a/cpu.max": "500000 100000"},
        5,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_as_many_workers_as_the_groups_give(case: str, tmp_path: Path) -> None:
    files, right = CASES[case]
    assert machine.jobs(_files(tmp_path, files)) == right


@given(group=st.text("0:/a.,cpumery\n", max_size=40), limit=st.text("0123456789 max-\u00b2", max_size=25))
def test_whatever_stands_there_gives_a_number(
    group: str, limit: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.getbasetemp() / "any"
    for name, text in {"proc/self/cgroup": group, "sys/fs/cgroup/cpu.max": limit, "sys/fs/cgroup/memory.max": limit}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    assert 1 <= machine.jobs(root) <= 16


def test_a_worker_is_counted_with_what_it_may_take() -> None:
    assert machine.PER_WORKER == job.MEMORY


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system ties no process to a processor")
def test_only_processors_count_that_we_may_run_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert machine.processors() == 1
    finally:
        os.sched_setaffinity(0, before)
