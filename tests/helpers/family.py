"""Builds as processes, with all their children."""

from __future__ import annotations

import signal
import subprocess
import time
import uuid
from pathlib import Path

from tests.helpers.driver import SiteDriver
from tests.helpers.processes import COMMAND, environment

MARK = "TEMP"  # one of the few variables that workers have from their parent


def family(mark: str) -> dict[int, str]:
    """The processes that have ``mark`` in their environment, with their command lines, but for those that have ended."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={mark}\0".encode() in (folder / "environ").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue  # it ended while we looked
    return found


def left_after(mark: str, seconds: float) -> dict[int, str]:
    """Those that have not ended after ``seconds``."""
    end = time.monotonic() + seconds
    while (left := family(mark)) and time.monotonic() < end:
        time.sleep(0.05)
    return left


def start_build(site: SiteDriver, mark: str, *more: str) -> subprocess.Popen[bytes]:
    """A build of ``site`` with three workers, all of them with ``mark`` in their environment."""
    cache = site.root.parent / f"cache-{uuid.uuid4().hex}"
    arguments = ("build", "--jobs", "3", "--as-of", "2026-06-01", "--cache", str(cache), "--out", str(site.out), *more)
    return subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=site.root,
        env=environment(**{MARK: mark}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


CODES = {signal.SIGKILL: -9, signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130}
