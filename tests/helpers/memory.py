"""How much memory a command takes with all its children, as the system counts it (proc(5), smaps_rollup)."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_OFTEN = 0.05  # seconds


def run_measured(command: Sequence[str], environment: Mapping[str, str], cwd: Path) -> tuple[int, float]:
    """Run ``command`` to its end: its exit code, and the most megabytes that it and its children had at one time. What several
    of them share counts once (Pss)."""
    most = 0.0
    process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        most = max(most, sum(_share(each) for each in _family(process.pid)))
        time.sleep(_OFTEN)
    return process.returncode, most


def _family(first: int) -> Iterator[int]:
    yield first
    with suppress(OSError):  # it has ended
        for thread in Path(f"/proc/{first}/task").iterdir():
            for child in (thread / "children").read_text("ascii").split():
                yield from _family(int(child))


def _share(process: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
