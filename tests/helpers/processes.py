"""The command as a user starts it: a process of its own, with what it prints and its exit code."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli.commands import main as commands
from tests.helpers.places import ROOT

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
        timeout=300,
    )


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """All that was printed."""
    return (done.stdout or b"").decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")


def here(
    patch: pytest.MonkeyPatch, *arguments: str, cwd: Path, encoding: str = "utf-8", **more: str
) -> subprocess.CompletedProcess[bytes]:
    """The same within this process, for many short calls: only the streams and the variables are those of a user."""
    name, _, errors = encoding.partition(":")
    with patch.context() as local:
        streams = [io.TextIOWrapper(io.BytesIO(), name, errors or "strict") for _ in range(2)]
        local.chdir(cwd)
        local.setattr(sys, "argv", ["exhibit", *arguments])
        local.setattr(sys, "stdout", streams[0])
        local.setattr(sys, "stderr", streams[1])
        for variable, value in more.items():
            local.setenv(variable, value)
        with pytest.raises(SystemExit) as end:
            commands.main()
    out, err = (stream.buffer.getvalue() for stream in streams)  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(arguments, int(end.value.code or 0), out, err)
