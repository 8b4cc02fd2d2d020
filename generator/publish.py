"""Publishing: the new site is built beside the old one and takes its place in one step.

A build that dies at any moment leaves the old site whole. Files that did not change keep their inode and time, so
that mirrors stay cheap. ``manifest.json`` names every file with its digest; a folder without one is never replaced.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

MANIFEST = "manifest.json"
PREVIEW = "preview"  # what the manifest of a preview has and no other
_EXCHANGE = 2  # RENAME_EXCHANGE, Linux renameat2(2)
_AT_FDCWD = -100


class NotOurs(Exception):
    """The target holds something that no build of ours made."""


class IsRelease(Exception):
    """The target holds a site that was built for publication, and a preview would take its place."""


class Busy(Exception):
    """Another build works on the same target. ``args[0]`` says which process."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication changed, in numbers of files."""

    files: int
    added: int
    changed: int
    removed: int
    size: int


def publish(target: Path, files: Iterable[tuple[str, bytes | Path]], facts: Mapping[str, Any]) -> Published:
    """Make ``target`` hold exactly ``files`` (address → bytes, or a file to copy) and the manifest with ``facts``.

    Raises ``IsRelease`` when ``facts`` are those of a preview and ``target`` holds none, ``NotOurs`` when ``target`` holds files of someone else, ``Busy`` when another build is at it, ``OSError``
    when the disk refuses; the old site is then untouched.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(target.with_name(f".{target.name}.lock"))
    holder = target.with_name(f".{target.name}.holder")
    try:
        with lock.acquire(timeout=0):
            holder.write_text(str(os.getpid()))
            try:
                return _publish(target, files, facts)
            finally:
                holder.unlink(missing_ok=True)
    except Timeout:
        raise Busy(holder.read_text() if holder.exists() else "?") from None


def _publish(target: Path, files: Iterable[tuple[str, bytes | Path]], facts: Mapping[str, Any]) -> Published:
    _recover(target)
    before = read_manifest(target)
    if before is None and target.exists() and any(target.iterdir()):
        raise NotOurs(str(target))
    if before is not None and is_preview(facts) and not is_preview(before):
        raise IsRelease(str(target))
    staging = target.with_name(f".{target.name}.next")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    try:
        known: Mapping[str, Any] = before["files"] if before else {}
        listed = _write_all(staging, target, files, known)
        manifest = {**facts, "files": dict(sorted(listed.items()))}
        content = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
        _place(staging / MANIFEST, target / MANIFEST, content, manifest == before)
        _swap(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Published(
        files=len(listed),
        added=len(listed.keys() - known.keys()),
        changed=sum(1 for name in listed.keys() & known.keys() if listed[name] != known[name]),
        removed=len(known.keys() - listed.keys()),
        size=sum(each["size"] for each in listed.values()),
    )


def _write_all(
    staging: Path, target: Path, files: Iterable[tuple[str, bytes | Path]], known: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    listed: dict[str, dict[str, Any]] = {}
    made: set[Path] = {staging}
    for name, content in files:
        if name in listed:
            raise ValueError(f"two outputs want the file {name}")
        file = staging / name
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        listed[name] = _lay(file, target / name, content, known.get(name))
    return listed


def _lay(file: Path, old: Path, content: bytes | Path, before: Any) -> dict[str, Any]:
    """Put ``content`` at ``file`` and return its entry in the manifest. Files are copied in blocks, never held whole."""
    if isinstance(content, bytes):
        entry = {"sha256": sha256(content).hexdigest(), "size": len(content)}
        _place(file, old, content, before == entry)
        return entry
    with content.open("rb") as source:
        entry = {"sha256": file_digest(source, "sha256").hexdigest(), "size": source.tell()}
    if before == entry and not old.is_symlink() and old.is_file() and _digest(old) == entry["sha256"]:
        os.link(old, file)
    else:
        shutil.copyfile(content, file)
    return entry


def _digest(file: Path) -> str:
    with file.open("rb") as source:
        return file_digest(source, "sha256").hexdigest()


def _place(file: Path, old: Path, content: bytes, same: bool) -> None:
    """Put ``content`` at ``file``: as the very file that was published before where that is still intact."""
    if same and _is_intact(old, content):
        try:
            os.link(old, file)
        except OSError:
            shutil.copy2(old, file)
        return
    file.write_bytes(content)


def _is_intact(file: Path, content: bytes) -> bool:
    try:
        return not file.is_symlink() and file.read_bytes() == content
    except OSError:
        return False


def read_manifest(target: Path) -> dict[str, Any] | None:
    """The manifest of the site at ``target``, ``None`` when there is none that can be read."""
    try:
        manifest = json.loads((target / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and isinstance(manifest.get("files"), dict) else None


def is_preview(manifest: Mapping[str, Any]) -> bool:
    """Whether a manifest is that of a preview, which is not for publication."""
    return PREVIEW in manifest


def _recover(target: Path) -> None:
    """Finish what a killed build left between its two renames, on systems that cannot exchange folders."""
    old = target.with_name(f".{target.name}.old")
    if old.exists():
        if target.exists():
            shutil.rmtree(old)
        else:
            old.rename(target)


def _swap(staging: Path, target: Path) -> None:
    if not target.exists():
        staging.rename(target)
        return
    if _exchange(staging, target):
        return  # the old site is now at ``staging`` and is removed there
    old = target.with_name(f".{target.name}.old")
    target.rename(old)
    staging.rename(target)
    shutil.rmtree(old)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; ``False`` where the system or the file system has no such call."""
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    done: int = call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
    return done == 0
