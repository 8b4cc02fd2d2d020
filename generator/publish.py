"""Publishing: the new site is built beside the old one and takes its place in one step.

A build that dies at any moment leaves the old site whole. Files that did not change keep their inode and time, so
that mirrors stay cheap. ``manifest.json`` names every file with its digest: what it does not name is somebody else's and
stays where it is. A folder without one is never replaced.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from generator import foreign, scaffold
from generator.foreign import Entry, Foreign, Kept
from generator.legible import in_line
from generator.pathnames import is_portable_path
from generator.plainfiles import clear, read
from generator.scaffold import Busy, CannotPublish, Scaffold

__all__ = ["MANIFEST", "Busy", "CannotPublish", "NotOurs", "Published", "publish", "read_manifest"]

MANIFEST = "manifest.json"
PREVIEW = "preview"  # what the manifest of a preview has and no other
_EXCHANGE = 2  # RENAME_EXCHANGE, Linux renameat2(2)
_AT_FDCWD = -100
_LARGEST = 256 << 20  # bytes of a manifest; a million files have less
_DIGEST = re.compile("[0-9a-f]{64}")


class NotOurs(CannotPublish):
    """The target holds files and no build of ours made it; ``names`` are some of them."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("cli.not_ours", names=names)


class IsRelease(CannotPublish):
    """The target holds a site that was built for publication, and a preview would take its place."""

    def __init__(self) -> None:
        super().__init__("cli.preview_over_site")



@dataclass(frozen=True, slots=True)
class Published:
    """What a publication changed, in numbers of files; what of others it kept, and which files it wrote anew that
    somebody had changed by hand."""

    files: int
    added: int
    changed: int
    removed: int
    size: int
    kept: Kept = field(default_factory=Kept)
    restored: tuple[str, ...] = ()


def publish(target: Path, files: Iterable[tuple[str, bytes | Path]], facts: Mapping[str, Any]) -> Published:
    """Make ``target`` hold ``files`` (address → bytes, or a file to copy), the manifest with ``facts``, and what is not
    ours. What a former build made and this one does not goes.

    Raises ``NotOurs`` when no build of ours made ``target``, ``Busy`` when another build is at it, ``IsRelease`` when
    ``facts`` are those of a preview and ``target`` holds none, ``CannotPublish`` for all else that must be settled first,
    ``OSError`` when the disk refuses; the old site is then untouched.
    """
    target = target.resolve()
    _check_target(target)
    with scaffold.raised(target) as folders:
        return _publish(target, folders, files, facts)


def _check_target(target: Path) -> None:
    """A site takes the place of a folder as a whole: of one that can be moved."""
    if target.parent == target or foreign.is_mount(target, foreign.mounts()):
        raise CannotPublish("publish.mount")
    if target.exists() and not target.is_dir():
        raise CannotPublish("publish.not_a_folder", path=target)
    if target.exists() and not os.access(target, os.W_OK | os.X_OK):
        raise CannotPublish("publish.read_only", path=target)
    above = next(each for each in target.parents if each.exists())
    if not above.is_dir():
        raise CannotPublish("publish.not_a_folder", path=above)
    if not os.access(above, os.W_OK | os.X_OK):
        raise CannotPublish("publish.read_only_above", path=above)


def _publish(
    target: Path, folders: Scaffold, files: Iterable[tuple[str, bytes | Path]], facts: Mapping[str, Any]
) -> Published:
    _recover(target, folders)
    before = read_manifest(target)
    if before is not None and is_preview(facts) and not is_preview(before):
        raise IsRelease
    known: Mapping[str, Entry] = before["files"] if before else {}
    others = _others(target, before)
    folders.next.mkdir()
    listed, restored = _write_all(folders.next, target, files, known)
    others = replace(others, files=tuple(sorted({*others.files, *foreign.edited(target, known, listed)})))
    others = foreign.without_twins(others, target, listed)
    foreign.carry(others, target, folders.next)
    manifest = {**facts, "files": dict(sorted(listed.items()))}
    content = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    _place(folders.next / MANIFEST, target / MANIFEST, content, manifest == before)
    _swap(folders, target)
    return Published(
        files=len(listed),
        added=len(listed.keys() - known.keys()),
        changed=sum(1 for name in listed.keys() & known.keys() if listed[name] != known[name]),
        removed=len(known.keys() - listed.keys() - set(others.files)),
        size=sum(each["size"] for each in listed.values()),
        kept=others.kept(),
        restored=restored,
    )


def _others(target: Path, before: Mapping[str, Any] | None) -> Foreign:
    if not target.exists():
        return Foreign()
    if before is not None:
        return foreign.found(target, {MANIFEST, *before["files"]})
    others = foreign.found(target, ())
    if not others.is_of_hosts:
        raise NotOurs(others.names)
    return others


def _write_all(
    staging: Path, target: Path, files: Iterable[tuple[str, bytes | Path]], known: Mapping[str, Entry]
) -> tuple[dict[str, Entry], tuple[str, ...]]:
    """Write all files; return the entries of the manifest, and those that somebody had changed."""
    listed: dict[str, Entry] = {}
    restored: list[str] = []
    made: set[Path] = {staging}
    for name, content in files:
        if not is_portable_path(name):  # absolute, with `..`, a drive, a device of Windows
            raise CannotPublish("publish.bad_name", name=in_line(name))
        if name in listed:
            raise ValueError(f"two outputs want the file {name}")
        file, old, before = staging / name, target / name, known.get(name)
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        listed[name], is_old = _lay(file, old, content, before)
        if before is not None and not is_old and _was_changed(old, before, listed[name]):
            restored.append(name)
    return listed, tuple(restored)


def _was_changed(old: Path, before: Entry, now: Entry) -> bool:
    """Whether somebody changed what was published, to something else than it becomes now."""
    return os.path.lexists(old) and not foreign.is_as_written(old, before) and foreign.fingerprint(old) != now


def _lay(file: Path, old: Path, content: bytes | Path, before: Entry | None) -> tuple[Entry, bool]:
    """Put ``content`` at ``file``; return its entry in the manifest, and whether it is the file that was published
    before. Files are copied in blocks, never held whole."""
    if isinstance(content, bytes):
        entry = {"sha256": sha256(content).hexdigest(), "size": len(content)}
        return entry, _place(file, old, content, before == entry)
    with content.open("rb") as source:
        entry = {"sha256": file_digest(source, "sha256").hexdigest(), "size": source.tell()}
    if before == entry and foreign.is_as_written(old, entry):
        foreign.keep(old, file)
        return entry, True
    shutil.copyfile(content, file)
    return entry, False


def _place(file: Path, old: Path, content: bytes, same: bool) -> bool:
    """Put ``content`` at ``file``: as the very file that was published before where that is still intact, which is
    returned."""
    if same and _is_intact(old, content):
        foreign.keep(old, file)
        return True
    file.write_bytes(content)
    return False


def _is_intact(file: Path, content: bytes) -> bool:
    return read(file, len(content)) == content


def read_manifest(target: Path) -> dict[str, Any] | None:
    """The manifest of the site at ``target``, ``None`` when there is none that a build of ours can have written."""
    try:
        manifest = json.loads(read(target / MANIFEST, _LARGEST) or b"")
    except (ValueError, RecursionError):
        return None
    files = manifest.get("files") if isinstance(manifest, dict) else None
    is_ours = isinstance(files, dict) and files and all(map(_is_entry, files.keys(), files.values()))
    return manifest if is_ours else None


def is_preview(manifest: Mapping[str, Any]) -> bool:
    """Whether a manifest is that of a preview, which is not for publication."""
    return PREVIEW in manifest


def _is_entry(name: str, entry: Any) -> bool:
    return (
        is_portable_path(name)
        and isinstance(entry, dict)
        and isinstance(entry.get("size"), int)
        and isinstance(entry.get("sha256"), str)
        and _DIGEST.fullmatch(entry["sha256"]) is not None
    )


def _recover(target: Path, folders: Scaffold) -> None:
    """Clear what a killed build left, and finish what it left between its two renames, on systems that cannot exchange
    folders."""
    if not target.exists() and folders.old.is_dir() and not folders.old.is_symlink():
        folders.old.rename(target)
    for each in (folders.next, folders.old):
        clear(each)


def _swap(folders: Scaffold, target: Path) -> None:
    if not target.exists():
        folders.next.rename(target)
        return
    with suppress(OSError):  # FAT and network shares know no permissions
        shutil.copymode(target, folders.next)
    if _exchange(folders.next, target):
        return  # the old site now stands in the scaffold and goes with it
    try:
        target.rename(folders.old)
    except OSError as error:
        raise CannotPublish("publish.cannot_move", reason=error.strerror) from error
    try:
        folders.next.rename(target)
    except OSError:
        folders.old.rename(target)
        raise


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; ``False`` where the system or the file system has no such call."""
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    done: int = call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
    return done == 0
