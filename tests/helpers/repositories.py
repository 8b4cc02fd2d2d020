"""Repositories for tests, made by git itself, without the configuration of whoever runs them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

WHEN = "2026-01-15T23:30:00-0500"


def git(folder: Path, *arguments: str, when: str = WHEN) -> str:
    """Run git in ``folder``, which commits at the time ``when``; return what it said."""
    who = {f"GIT_{one}_{what}": value for one in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "a"), ("EMAIL", "a@b"), ("DATE", when))}
    more = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **who, **more}, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def committed(folder: Path, what: str = "all") -> str:
    """Commit everything in ``folder``, which becomes a repository if it is none; return the name of the commit."""
    if not (folder / ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", what)
    return git(folder, "rev-parse", "HEAD")
