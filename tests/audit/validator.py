"""The Nu Html Checker over every page of a built site, in one process."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.audit.tools import JAVA, MODULES

LIMIT = 600  # seconds


@dataclass(frozen=True)
class Validation:
    """``errors`` and ``warnings`` are for people to read; ``files`` counts what was looked at."""

    files: int
    errors: tuple[str, ...]
    warnings: tuple[str, ...]


def validate(folder: Path) -> Validation:
    """Check every HTML file below ``folder``. Raises ``RuntimeError`` when the checker says nothing that can be read."""
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        [
            str(JAVA),
            "-Xss4m",
            "-jar",
            str(jar),
            "--format",
            "json",
            "--exit-zero-always",
            "--skip-non-html",
            str(folder),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=False,
    )
    try:
        messages = json.loads(done.stderr)["messages"]
    except (ValueError, KeyError) as fault:
        raise RuntimeError(f"the checker ended with {done.returncode}: {done.stderr[-2000:]}") from fault
    files = sum(1 for _ in folder.rglob("*.html"))
    errors = tuple(_line(each, folder) for each in messages if each["type"] != "info")
    warnings = tuple(_line(each, folder) for each in messages if each["type"] == "info")
    return Validation(files, errors, warnings)


def _line(message: dict[str, object], folder: Path) -> str:
    path = unquote(urlsplit(str(message.get("url", ""))).path).removeprefix(f"{folder.resolve().as_posix()}/")
    extract = " ".join(str(message.get("extract", "")).split())
    return f"{path}:{message.get('lastLine', 0)}: {message.get('message')} [{extract}]"
