"""All that lies in a folder."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path


def tree(folder: Path) -> dict[str, tuple[int, str]]:
    """All that is in ``folder``: path → mode, and the content of files."""
    return {
        each.relative_to(folder).as_posix(): (
            each.lstat().st_mode,
            sha256(each.read_bytes()).hexdigest() if each.is_file() and not each.is_symlink() else "",
        )
        for each in sorted(folder.rglob("*"))
    }
