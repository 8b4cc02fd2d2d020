"""Publishing: the new site is built beside the old one and takes its place in one step.

A build that dies at any moment, with its machine or alone, leaves the old site whole. Files that did not change keep their
inode and time, so that mirrors stay cheap. ``manifest.json`` names every file with its digest: what it does not name is
somebody else's and stays where it is. A folder without one is never replaced. Where a folder cannot be replaced as a whole,
files are put into it one by one (``in_place.py``).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.publishing import exchange, foreign, in_place, scaffold, targets
from generator.publishing import manifest as manifests
from generator.publishing.foreign import Claims, FileEntry, Foreign, Kept
from generator.publishing.manifest import MANIFEST, Former, is_preview
from generator.publishing.scaffold import Busy, CannotPublish, Scaffold
from generator.publishing.staging import Spares, Staging
from generator.system import durable, plainfiles
from generator.system.sealed import Sealed, Standing
from generator.text.legible import in_line
from generator.text.pathnames import is_portable_path

__all__ = ["Busy", "CannotPublish", "NotOurs", "Published", "prepare", "publish"]


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
    somebody had changed by hand. With ``aside`` it put ``doubtful`` files there, of which nobody can tell whose they are.
    ``untidy`` is what the system refused once the new site was in its place. ``listed`` are all files as the manifest has
    them."""

    files: int
    added: int
    changed: int
    removed: int
    size: int
    kept: Kept = field(default_factory=Kept)
    restored: tuple[str, ...] = ()
    was_damaged: bool = False
    is_in_place: bool = False
    doubtful: tuple[str, ...] = ()
    aside: Path | None = None
    untidy: OSError | None = None
    listed: Mapping[str, FileEntry] = field(default_factory=dict, repr=False)


def prepare(target: Path, *, preview: bool, tell: Callable[[str, Mapping[str, Any]], None]) -> None:
    """Look whether a site can be published at ``target``, before any work is done for it, and finish what a publication
    that was cut short left there, which is told. Raises what ``publish`` would raise."""
    target = target.resolve()
    try:
        with scaffold.raised(target, targets.place_of(target)) as folders:
            if _recover(target, folders):
                tell("recovered", {})
            before = _former(target, preview=preview)
            if before.manifest is None:
                _others(target, before)
            else:
                foreign.check_mounts(target)
    except Busy:
        return  # by the time this site is made the other build has ended, or is told of


def publish(
    target: Path, files: Iterable[tuple[str, bytes | Sealed]], facts: Mapping[str, Any], spares: Spares | None = None
) -> Published:
    """Make ``target`` hold ``files`` (address → bytes, or a file to copy, as it was checked), the manifest with ``facts``, and what is not
    ours. What a former build made and this one does not goes; ``spares`` keep it for the next one.

    Raises ``NotOurs`` when no build of ours made ``target``, ``Busy`` when another build is at it, ``IsRelease`` when
    ``facts`` are those of a preview and ``target`` holds none, ``CannotPublish`` for all else that must be settled first,
    ``Changed`` when a file is no longer as it was checked, ``OSError`` when the disk refuses; the old site is then untouched.
    """
    target = target.resolve()
    done = None
    try:
        with scaffold.raised(target, targets.place_of(target)) as folders:
            done = _publish(target, folders, files, facts, spares or Spares())
            durable.settle_folder(target.parent)
    except OSError as error:
        if done is None:
            raise
        return replace(done, untidy=error)
    return done


def _publish(
    target: Path, folders: Scaffold, files: Iterable[tuple[str, bytes | Sealed]], facts: Mapping[str, Any], spares: Spares
) -> Published:
    _recover(target, folders)
    before = _former(target, preview=is_preview(facts))
    others = _others(target, before)
    staging = spares.take(target, folders.next)
    listed, restored = _write_all(staging, target, files, before.files, shares=is_preview(facts))
    content = manifests.written(facts, listed)
    is_known = _state_of(target / MANIFEST, staging, MANIFEST) is not None
    _place(staging, MANIFEST, target / MANIFEST, content, same=is_known)
    staging.finish()
    years = before.mounted if is_preview(facts) else before.mounted.intersection(facts.get("mounted", ()))
    others = replace(others, files=tuple(sorted({*others.files, *foreign.edited(target, before.files, listed, years)})))
    others, doubtful, aside = _settled(others, target, listed, before, folders)
    is_in_place = _put_in_place(folders, target, listed, before, others)
    if not is_in_place:
        spares.keep(target, folders.old if os.path.lexists(folders.old) else folders.next)
    return Published(
        files=len(listed),
        added=len(listed.keys() - before.files.keys()),
        changed=sum(1 for name in listed.keys() & before.files.keys() if listed[name] != before.files[name]),
        removed=len(before.files.keys() - listed.keys() - set(others.files)),
        size=sum(each["size"] for each in listed.values()),
        kept=others.kept(),
        restored=restored,
        was_damaged=before.is_damaged,
        is_in_place=is_in_place,
        doubtful=doubtful,
        aside=aside,
        listed=listed,
    )


def _former(target: Path, *, preview: bool) -> Former:
    before = manifests.former(target) if target.exists() else Former()
    if before.manifest is not None and preview and not is_preview(before.manifest):
        raise IsRelease
    return before


def _others(target: Path, before: Former) -> Foreign:
    if not target.exists():
        return Foreign()
    if before.manifest is not None:
        return foreign.found(target, {MANIFEST, *before.files})
    others = foreign.found(target, ())
    if not others.is_of_hosts:
        raise NotOurs(others.names)
    return others


def _settled(
    others: Foreign, target: Path, listed: Mapping[str, FileEntry], before: Former, folders: Scaffold
) -> tuple[Foreign, tuple[str, ...], Path | None]:
    """What is kept where it is, and what was put aside, and where: where a damaged manifest leaves open whose a file is,
    a copy of it stays. Raises ``CannotPublish`` with the names of those that stand in the way of the new site."""
    claims = foreign.claims(others, target, listed)
    blank = {each for each in claims.files if before.is_damaged and foreign.is_blank(target / each)}
    doubtful = tuple(sorted(set(claims.files) - blank))
    can_be_moved = before.is_damaged and not claims.folders and folders.place.parent == target.parent
    if claims.folders or (doubtful and not can_be_moved):
        raise CannotPublish("publish.in_the_way", names=Claims(files=doubtful, folders=claims.folders).names)
    aside = _put_aside(doubtful, target) if doubtful else None
    return foreign.beside(others, listed, {*claims.twins, *claims.files}), doubtful, aside


def _put_aside(names: Iterable[str], target: Path) -> Path:
    """Keep the files ``names`` in a new folder beside ``target``, which is returned."""
    number, aside = 1, target.with_name(f"{target.name}-kept")
    while os.path.lexists(aside):
        number, aside = number + 1, target.with_name(f"{target.name}-kept-{number + 1}")
    aside.mkdir()
    for name in names:
        (aside / name).parent.mkdir(parents=True, exist_ok=True)
        durable.link_or_copy(target / name, aside / name)
    return aside


def _put_in_place(
    folders: Scaffold, target: Path, listed: Mapping[str, FileEntry], before: Former, others: Foreign
) -> bool:
    """Put the new site in its place, as a whole where that can be; whether it went in file by file."""
    if folders.place.parent != target:
        foreign.carry(others, target, folders.next)
        if exchange.swap(folders, target):
            return False
    gone = {name: each for name, each in before.files.items() if name not in listed}
    in_place.put(folders, target, listed, gone)
    return True


def _write_all(
    staging: Staging,
    target: Path,
    files: Iterable[tuple[str, bytes | Sealed]],
    known: Mapping[str, FileEntry],
    *,
    shares: bool,
) -> tuple[dict[str, FileEntry], tuple[str, ...]]:
    """Write all files; return the entries of the manifest, and those that somebody had changed. A published file that has
    another name elsewhere is written anew, as a change there would change what is published; not so where the site
    ``shares`` its files, as the two folders of a live preview do."""
    listed: dict[str, FileEntry] = {}
    restored: list[str] = []
    for name, content in files:
        before = known.get(name)
        if before is None and not is_portable_path(name):  # absolute, with `..`, a drive, a device of Windows
            raise CannotPublish("publish.bad_name", name=in_line(name))
        if name in listed:
            raise ValueError(f"two outputs want the file {name}")
        if before is not None and isinstance(content, Standing) and _stands(content, before, staging, name):
            listed[name] = {"sha256": content.sha256, "size": content.size}
            continue
        old = target / name
        is_known = shares or (before is not None and _state_of(old, staging, name) is not None)
        listed[name], is_old = _lay(staging, name, old, content, before if is_known else None)
        if before is not None and not is_old and _was_changed(old, before, listed[name]):
            restored.append(name)
    return listed, tuple(restored)


def _stands(content: Standing, before: FileEntry, staging: Staging, name: str) -> bool:
    """Whether the published file is the one that stands, and only ours; then the next site has it too."""
    state = content.state_now()
    is_told = before == {"sha256": content.sha256, "size": content.size}
    if state is None or not is_told or state.st_nlink != (2 if staging.has(name, state) else 1):
        return False
    if staging.has(name, state):
        staging.keep(name)
    else:
        durable.link_or_copy(content.root / name, staging.room(name))
    return True


def _state_of(old: Path, staging: Staging, name: str) -> os.stat_result | None:
    """The state of the published file ``old``; ``None`` unless it is a file with no name but that, and perhaps the one in
    the folder where the next site is put together."""
    try:
        state = old.lstat()
    except OSError:
        return None
    names = 2 if staging.has(name, state) else 1
    return state if stat.S_ISREG(state.st_mode) and state.st_nlink == names else None


def _was_changed(old: Path, before: FileEntry, now: FileEntry) -> bool:
    """Whether somebody changed what was published, to something else than it becomes now."""
    return os.path.lexists(old) and not foreign.is_as_written(old, before) and foreign.fingerprint(old) != now


def _lay(
    staging: Staging, name: str, old: Path, content: bytes | Sealed, before: FileEntry | None
) -> tuple[FileEntry, bool]:
    """Put ``content`` at ``name``; return its entry in the manifest, and whether it is the file that was published
    before. Files are copied in blocks, never held whole."""
    if isinstance(content, bytes):
        entry = {"sha256": sha256(content).hexdigest(), "size": len(content)}
        return entry, _place(staging, name, old, content, same=before == entry)
    entry = {"sha256": content.sha256, "size": content.size}
    if before == entry and foreign.is_as_written(old, entry):
        _take_over(staging, name, old)
        return entry, True
    durable.write_blocks(staging.room(name), content.blocks())
    return entry, False


def _place(staging: Staging, name: str, old: Path, content: bytes, *, same: bool) -> bool:
    """Put ``content`` at ``name``: as the very file that was published before where that is still intact, which is
    returned."""
    if same and _is_intact(old, content):
        _take_over(staging, name, old)
        return True
    durable.write(staging.room(name), content)
    return False


def _take_over(staging: Staging, name: str, old: Path) -> None:
    """Have the published file ``old`` in the next site too."""
    if staging.has(name, old.lstat()):
        staging.keep(name)
    else:
        durable.link_or_copy(old, staging.room(name))


def _is_intact(file: Path, content: bytes) -> bool:
    return plainfiles.read(file, len(content)) == content


def _recover(target: Path, folders: Scaffold) -> bool:
    """Finish what a publication that was cut short left, and clear what else a killed build did; whether there was
    something to finish."""
    was_finished = in_place.finish(folders, target)
    folders.journal.unlink(missing_ok=True)  # of a broken one nothing can be done
    was_put_back = scaffold.put_back(folders, target)
    for each in (folders.next, folders.old):
        plainfiles.clear(each)
    return was_finished or was_put_back
