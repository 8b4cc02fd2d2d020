"""What of this machine is ours to use: processors and memory, as a container or a batch system shares them out.

Linux tells of it in control groups (kernel documentation, admin-guide/cgroup-v1 and cgroup-v2). Where they say nothing,
the whole machine counts.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

PER_WORKER = 512 << 20  # bytes; what a worker for pictures may take at most (media/job.py)
OWN = 512 << 20  # bytes of the build itself
_NO_LIMIT = 1 << 60  # bytes; version 1 writes a number of this size where there is none


def jobs(files: Path = Path("/")) -> int:
    """How many workers this machine bears: one for each processor that is ours, fewer where the memory is short of
    them. ``files`` is where the files of the system begin."""
    return max(1, min(processors(files), (memory(files) - OWN) // PER_WORKER))


def processors(files: Path = Path("/")) -> int:
    """How many processors are ours at once; part of one counts as one."""
    shares = [-(-quota // period) for quota, period in _quotas(files) if quota > 0 and period > 0]
    return max(1, min([_allowed(), *shares]))


def memory(files: Path = Path("/")) -> int:
    """How many bytes of memory are ours."""
    return min([_installed(), *(each for each in _memory_limits(files) if 0 < each < _NO_LIMIT)])


def peaks() -> tuple[int, int] | None:
    """The most bytes of memory that this process had at once, and the same of the largest of the processes that it began and
    that have ended; ``None`` on Windows, which does not say."""
    try:
        import resource
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2)
    asked = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, child = (resource.getrusage(each).ru_maxrss * unit for each in asked)
    return own, child


def _allowed() -> int:
    """The processors that this process may run on; ``PYTHON_CPU_COUNT`` and ``taskset`` can make them fewer."""
    if hasattr(os, "process_cpu_count"):  # Python 3.13
        return os.process_cpu_count() or 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _installed() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):  # Windows has no such call
        return _NO_LIMIT


def _quotas(files: Path) -> Iterator[tuple[int, int]]:
    for folder in _groups(files, ""):
        quota, _, period = _line(folder / "cpu.max").partition(" ")
        yield _number(quota), _number(period)
    for folder in _groups(files, "cpu"):
        yield _number(_line(folder / "cpu.cfs_quota_us")), _number(_line(folder / "cpu.cfs_period_us"))


def _memory_limits(files: Path) -> Iterator[int]:
    for folder in _groups(files, ""):
        yield from (_number(_line(folder / name)) for name in ("memory.max", "memory.high"))
    for folder in _groups(files, "memory"):
        yield _number(_line(folder / "memory.limit_in_bytes"))


def _groups(files: Path, controller: str) -> Iterator[Path]:
    """The folders of our group and of those above it; ``controller`` is one of version 1, empty for version 2. A container
    sees its own group as the top, though it may be told another path."""
    for line in _text(files / "proc/self/cgroup").splitlines():
        _, _, rest = line.partition(":")
        names, _, path = rest.partition(":")
        if controller not in names.split(","):
            continue
        top = files / "sys/fs/cgroup" / (controller if controller else "")
        if not controller and (files / "sys/fs/cgroup/unified").is_dir():
            top = files / "sys/fs/cgroup/unified"  # both versions side by side
        parts = [each for each in path.split("/") if each not in ("", ".", "..")]
        yield from (top.joinpath(*parts[:length]) for length in range(len(parts), -1, -1))


def _number(text: str) -> int:
    """0 for ``max`` and all else that sets no limit."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0


def _line(file: Path) -> str:
    return _text(file).strip()


def _text(file: Path) -> str:
    try:
        return file.read_text("ascii", "replace")
    except OSError:
        return ""
