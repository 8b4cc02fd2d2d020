"""The command as a user starts it: a process of its own, with what it prints and its exit code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

COMMAND = (sys.executable, "-m", "generator")
# A root user may read and write everything; without its privileges the bits of a file count for it as well.
POWERLESS = ("setpriv", "--inh-caps=-all", "--ambient-caps=-all", "--bounding-set=-all") if os.geteuid() == 0 else ()
HAS_POWERLESS = not POWERLESS or shutil.which(POWERLESS[0]) is not None


def environment(**more: str) -> dict[str, str]:
    """The variables of a user in a Chinese city, with ``more``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "EXHIBIT"))}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"} | more


def run(
    *arguments: str, cwd: Path, powerless: bool = False, stdout: int | None = None, **more: str
) -> subprocess.CompletedProcess[bytes]:
    """Run ``exhibit`` with ``arguments`` in ``cwd``; ``more`` are variables of its environment."""
    return subprocess.run(
        [*(POWERLESS if powerless else ()), *COMMAND, *arguments],
        cwd=cwd,
        env=environment(**more),
        stdout=subprocess.PIPE if stdout is None else stdout,
        stderr=subprocess.PIPE,
        check=False,
        timeout=120,
    )


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """All that was printed."""
    return (done.stdout or b"").decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")
